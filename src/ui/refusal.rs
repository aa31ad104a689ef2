//! The picker cannot be used: wrong settings, module off, role too low, a host that may not open it. Said in words,
//! with the key, the value and what is allowed, and what to do.

use super::app::App;
use super::button::Button;
use super::copy::CopyDetails;
use super::empty::{Empty, Tone};
use super::icon::Shape;
use super::speech::{Speech, say, speech};
use leptos::prelude::*;
use onedrive_picker_core::host::OptionsError;
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::settings::{Refusal, SettingsError};
use std::rc::Rc;

/// Why the picker cannot be used.
#[derive(Clone, Debug)]
pub enum Refused {
    /// Neither in the page nor beside it are settings that can be read.
    NoSettings,
    /// A setting is missing or wrong.
    Settings(SettingsError),
    /// The person may not import.
    Person(Refusal),
    /// The host's options cannot be used.
    Options(OptionsError),
    /// The person has left, and the page has not closed the picker.
    Left,
}

impl Refused {
    /// A stable name.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoSettings => "settings_missing",
            Self::Settings(error) => error.code(),
            Self::Person(refusal) => refusal.code(),
            Self::Options(error) => error.code(),
            Self::Left => "left",
        }
    }

    /// The developer's words, for "Copy details" and for the host.
    pub fn details(&self) -> String {
        match self {
            Self::NoSettings => String::from("neither the page nor onedrive-settings.json gave settings"),
            Self::Settings(error) => error.to_string(),
            Self::Person(refusal) => refusal.to_string(),
            Self::Options(error) => error.to_string(),
            Self::Left => String::from("the host was asked to close the picker and has not"),
        }
    }

    fn words(&self, speech: Speech) -> (Shape, Tone, Message, String) {
        match self {
            Self::NoSettings => {
                (Shape::Warning, Tone::Bad, Message::WrongSetting, speech.say(Message::NoSettings))
            }
            Self::Settings(error) => {
                (Shape::Warning, Tone::Bad, Message::WrongSetting, setting(speech, error))
            }
            Self::Person(Refusal::ModuleDisabled) => {
                (Shape::Cloud, Tone::Calm, Message::ModuleOff, speech.say(Message::ModuleOffText))
            }
            Self::Person(refusal) => {
                let needed = match refusal {
                    Refusal::RoleTooLow { needed, .. } | Refusal::RoleUnknown { needed, .. } => Some(*needed),
                    _ => None,
                };
                let text = match needed {
                    Some(needed) => speech.fill(Message::RoleTooLowText, &[("needed", needed.name())]),
                    None => speech.say(Message::RoleMissingText),
                };
                (Shape::Lock, Tone::Calm, Message::RoleTooLow, text)
            }
            Self::Left => (Shape::Check, Tone::Calm, Message::Left, speech.say(Message::LeftText)),
            Self::Options(OptionsError::OriginNotAllowed(origin)) => {
                let text = speech.fill(Message::WrongHostText, &[("origin", origin.as_str())]);
                (Shape::Lock, Tone::Bad, Message::WrongHost, text)
            }
            Self::Options(error) => {
                let text = speech.fill(Message::WrongOptionsText, &[("problem", &error.to_string())]);
                (Shape::Warning, Tone::Bad, Message::WrongOptions, text)
            }
        }
    }
}

fn setting(speech: Speech, error: &SettingsError) -> String {
    match error {
        SettingsError::Missing { key, .. } => speech.fill(Message::MissingSettingText, &[("key", key)]),
        SettingsError::Wrong { key, value, allowed } => speech.fill(
            Message::WrongSettingText,
            &[("key", key), ("value", value), ("allowed", &allowed.to_string())],
        ),
        _ => speech.say(Message::NoSettings),
    }
}

/// The screen of a refusal.
#[component]
pub fn RefusedScreen(
    /// What is wrong.
    refused: Rc<Refused>,
) -> impl IntoView {
    let app = App::here();
    let (shape, tone, title, text) = refused.words(speech());
    let mut details = String::from(refused.code());
    details.push_str(": ");
    details.push_str(&refused.details());
    let has_left = matches!(&*refused, Refused::Left);
    let setup =
        matches!(&*refused, Refused::NoSettings | Refused::Settings(_)).then(|| app.setup_url()).flatten();
    view! {
        <main class="stage">
            <section class="card">
                <Empty shape tone alert=true title=say(title) text=text>
                    {setup
                        .map(|href| {
                            view! {
                                <a class="button primary" href=href target="_blank" rel="noopener">
                                    {say(Message::OpenSetup)}
                                </a>
                            }
                        })}
                    {if has_left {
                        view! { <Button press=move || app.open_again()>{say(Message::ChooseMore)}</Button> }.into_any()
                    } else {
                        view! {
                            <CopyDetails details />
                            <Button press=move || app.leave()>{say(Message::Close)}</Button>
                        }
                            .into_any()
                    }}
                </Empty>
            </section>
        </main>
    }
}
