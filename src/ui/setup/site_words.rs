//! What was changed in a pasted address, and why one cannot be used.

use super::tell::{tell, tell_around, tell_with};
use crate::ui::icon::{Icon, Shape};
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;
use onedrive_picker_core::registration::{ReadSite, SiteChange, SiteError};

/// An address that shows what one looks like.
pub const EXAMPLE: &str = "media.example.edu";

/// Why an address cannot be used.
pub fn site_problem(error: SiteError) -> String {
    let message = match error {
        SiteError::Empty => SetupMessage::SiteEmpty,
        SiteError::ClientSecret => SetupMessage::SecretTitle,
        SiteError::HttpNotAllowed => SetupMessage::SiteHttp,
        SiteError::SchemeNotAllowed => SetupMessage::SiteScheme,
        SiteError::Wildcard => SetupMessage::SiteWildcard,
        SiteError::Query => SetupMessage::SiteQuery,
        SiteError::UserInformation => SetupMessage::SiteUser,
        SiteError::Port => SetupMessage::SitePort,
        _ => SetupMessage::SiteHost,
    };
    tell_with(message, &[("example", EXAMPLE)])
}

/// The hosts before and after underscores were left out, if they were.
pub fn underscores(read: &ReadSite) -> Option<(&str, &str)> {
    read.changes.iter().find_map(|change| match change {
        SiteChange::UnderscoresRemoved { before, after } => Some((before.as_str(), after.as_str())),
        _ => None,
    })
}

/// What was changed, each in a line of its own.
#[component]
pub fn SiteChanges(
    /// The address as it was read.
    read: ReadSite,
) -> impl IntoView {
    read.changes
        .into_iter()
        .map(|change| match change {
            SiteChange::UnderscoresRemoved { before, after } => {
                view! { <UnderscoreNote before after /> }.into_any()
            }
            SiteChange::SchemeAdded(scheme) => {
                let scheme = [scheme, "://"].concat();
                calm(tell_with(SetupMessage::SchemeAdded, &[("scheme", &scheme)]))
            }
            SiteChange::LowerCased => calm(tell(SetupMessage::LowerCased)),
            SiteChange::PathDropped => calm(tell(SetupMessage::PathDropped)),
        })
        .collect_view()
}

fn calm(text: String) -> AnyView {
    view! {
        <p class="quietly change">
            <Icon shape=Shape::Info class="small" />
            {text}
        </p>
    }
    .into_any()
}

/// The site's name with the underscores crossed out.
#[component]
pub fn UnderscoreNote(
    /// The host with them.
    before: String,
    /// The host without.
    after: String,
) -> impl IntoView {
    let name = before.split('.').find(|label| label.contains('_')).unwrap_or(&before).to_owned();
    let letters = name
        .split_inclusive('_')
        .map(|piece| match piece.strip_suffix('_') {
            Some(start) => view! { {start.to_owned()} <del>{"_"}</del> }.into_any(),
            None => piece.to_owned().into_any(),
        })
        .collect_view();
    let site = view! { <code dir="ltr" translate="no">{letters}</code> }.into_any();
    let text = tell_around(SetupMessage::Underscore, vec![("site", site)]);
    view! {
        <div class="banner warn note near">
            <Icon shape=Shape::Info />
            <p class="quietly">{text} " " {tell_with(SetupMessage::UnderscoreServe, &[("host", &after)])}</p>
        </div>
    }
}

/// The redirect URI with the names marked that lost underscores. It may break before a slash.
pub fn marked_uri(read: &ReadSite) -> AnyView {
    let uri = read.site.redirect_uri();
    let (host, path) = uri.split_at(uri.find("/onedrive").unwrap_or(uri.len()));
    let host = match underscores(read)
        .and_then(|(before, after)| Some((before, after, host.split_once(after)?)))
    {
        Some((before, after, (start, end))) => {
            let labels = before.split('.').zip(after.split('.')).enumerate().map(|(index, (old, new))| {
                let dot = if index == 0 { "" } else { "." };
                let label = new.to_owned();
                match old == new {
                    true => view! { {dot} {label} }.into_any(),
                    false => view! { {dot} <ins>{label}</ins> }.into_any(),
                }
            });
            view! { {start.to_owned()} {labels.collect_view()} {end.to_owned()} }.into_any()
        }
        None => host.to_owned().into_any(),
    };
    let path = path.split_inclusive('/').collect::<Vec<_>>();
    let segments = path.into_iter().filter(|segment| *segment != "/").map(|segment| {
        let segment = segment.trim_end_matches('/').to_owned();
        view! { <wbr /> "/" {segment} }
    });
    view! { <code dir="ltr" translate="no">{host} {segments.collect_view()}</code> }.into_any()
}
