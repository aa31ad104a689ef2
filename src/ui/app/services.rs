//! What stands still while the picker is used: settings, the client, the link to the host; and the host's options, which
//! may come later than the address (`configure`).

use super::hosting::HostConnection;
use super::loading::Loads;
use super::signing_in::SignInWork;
use super::tokens::Tokens;
use crate::browser::{Browser, Embedding, Launch, Relay};
use futures_channel::oneshot;
use onedrive_picker_core::graph::FileRef;
use onedrive_picker_core::host::{HostOptions, ImportItem};
use onedrive_picker_core::i18n::Locale;
use onedrive_picker_core::picker::client::GraphClient;
use onedrive_picker_core::picker::place::Crumb;
use onedrive_picker_core::picker::typeahead::Typeahead;
use onedrive_picker_core::picker::wanted::Wanted;
use onedrive_picker_core::settings::Settings;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// The parts of one picker that do not change.
pub(super) struct Services {
    /// What the administrator set.
    pub settings: Settings,
    /// What the host asked for, and what can be chosen by that.
    pub asked: RefCell<Asked>,
    /// Whether the page runs from right to left.
    pub right_to_left: bool,
    /// How the page was launched.
    pub launch: Launch,
    /// How the page is shown.
    pub embedding: Embedding,
    /// The token in use.
    pub tokens: Tokens,
    /// Microsoft Graph.
    pub graph: GraphClient<Browser, Tokens>,
    /// The link to the host; `None` if there is no host.
    pub host: Option<HostConnection>,
    /// The sign-in under way.
    pub sign_in: SignInWork,
    /// The window in which a framed picker goes on.
    pub elsewhere: RefCell<Option<Relay>>,
    /// The requests under way.
    pub loads: Loads,
    /// What was typed to jump to a name.
    pub typed: RefCell<Typeahead>,
    /// The one place that the host lets files be chosen from (`locations.sharePoint.byPath`), the library first.
    pub confines: RefCell<Option<Rc<[Crumb]>>>,
    /// To be told once announced options have come, or will not come any more.
    pub configuration: RefCell<Option<oneshot::Sender<()>>>,
    /// The host's last `configure`, whole, for the window in which a framed picker goes on.
    pub configured: RefCell<Option<String>>,
    /// What the host was given by another page of this picker: the frame for which this window goes on, or a window that went on
    /// for this frame.
    pub given_before: RefCell<Vec<FileRef>>,
    /// What the host has said of files that are not known yet, after a reload.
    pub reports: RefCell<Vec<ImportItem>>,
    /// Whether files that were chosen before this page was loaded have been looked for.
    pub restored: Cell<bool>,
}

/// The host's options and what follows from them. A copy shares both.
#[derive(Clone)]
pub(super) struct Asked {
    /// The options.
    pub options: Rc<HostOptions>,
    /// What may be chosen.
    pub wanted: Rc<Wanted>,
}

impl Asked {
    /// What these options mean under these settings.
    pub(super) fn new(settings: &Settings, options: HostOptions) -> Self {
        Self { wanted: Rc::new(Wanted::of(settings, &options)), options: Rc::new(options) }
    }
}

impl Services {
    /// What the host asked for.
    pub(super) fn options(&self) -> Rc<HostOptions> {
        Rc::clone(&self.asked.borrow().options)
    }

    /// What may be chosen.
    pub(super) fn wanted(&self) -> Rc<Wanted> {
        Rc::clone(&self.asked.borrow().wanted)
    }
}

/// The locale: the address, the host, the settings, the browser.
pub(super) fn locale(launch: &Launch, options: Option<&HostOptions>, settings: Option<&Settings>) -> Locale {
    let languages = web_sys::window().map(|window| window.navigator().languages()).unwrap_or_default();
    let languages: Vec<String> = languages.iter().filter_map(|language| language.as_string()).collect();
    let first = [
        launch.locale.as_deref(),
        options.and_then(|options| options.language.as_deref()),
        settings.and_then(|settings| settings.locale.as_deref()),
    ];
    Locale::choose(first.into_iter().flatten().chain(languages.iter().map(String::as_str)))
}
