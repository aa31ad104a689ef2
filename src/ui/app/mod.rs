//! The application's state as signals, and what each press does. Components read the signals and call the methods;
//! what the methods decide lies in the pure modules.

mod browsing;
mod choosing;
mod chunks;
mod configuring;
mod counting;
mod elsewhere;
mod entering;
mod focus_trap;
mod focusing;
mod handing_over;
mod hosting;
mod linking;
mod loading;
mod previewing;
mod reading;
mod reading_ahead;
mod redirecting;
mod renewing;
mod restoring;
mod searching;
mod services;
mod sessions;
mod signing_in;
mod sorting;
mod source;
mod start;
mod thumbnails;
mod tokens;

use super::banner::Notice;
use super::chunk::{Calls, Chunks};
use super::element::{Built, mount_view};
use super::later::Later;
use super::link_dialog::LinkState;
use super::preview::Shown as Preview;
use super::refusal::Refused;
use super::sign_in_step::SignInStep;
use super::speech::Speech;
use super::state::{Kept, State};
use crate::browser::Formats;
use leptos::prelude::*;
use onedrive_picker_core::auth::Account;
use onedrive_picker_core::graph::{GraphError, Item};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::basket::Basket;
use onedrive_picker_core::picker::client::Waiting;
use onedrive_picker_core::picker::hand_over::HandOver;
use onedrive_picker_core::picker::listing::Listing;
use onedrive_picker_core::picker::order::Order;
use onedrive_picker_core::picker::place::Location;
use onedrive_picker_core::picker::selection::Selection;
use services::Services;
use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;
use web_sys::Element;

pub use choosing::{Click, RowPart};
pub use chunks::ChunkNotice;
pub use elsewhere::Reach;
pub use signing_in::Trouble;
pub use source::{PageAnswer, Source};
pub use start::Start;

/// What fills the window.
#[derive(Clone)]
pub enum Screen {
    /// Nothing yet.
    Starting,
    /// The picker cannot be used, and why.
    Refused(Rc<Refused>),
    /// The sign-in card.
    SigningIn,
    /// Places, listing, tray.
    Browsing,
    /// The import, file by file.
    Importing,
}

/// Which sign-in card is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// The one with the button.
    Ask,
    /// Microsoft's window is open.
    Waiting,
    /// The browser let no window open.
    Blocked,
    /// The answer is being checked.
    Checking,
    /// The picker goes on in a window of its own.
    Elsewhere,
    /// It would, but the browser let no window open.
    BlockedElsewhere,
}

/// How the listing lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Rows under each other.
    List,
    /// Pictures beside each other.
    Tiles,
}

/// What a row shows of an item besides what is true of it in a folder.
#[derive(Clone, Debug, Default)]
pub struct RowNotes {
    /// The parts of its name that were searched for, as byte ranges.
    pub marks: Vec<(usize, usize)>,
    /// Where it is located.
    pub location: Option<String>,
}

type Annotate = Box<dyn Fn(App, &Item) -> RowNotes>;

/// The application. A copy is a handle.
#[derive(Clone, Copy)]
pub struct App(Kept<Model>);

impl Deref for App {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.0
    }
}

/// What the application knows.
pub struct Model {
    /// What fills the window.
    pub screen: State<Screen>,
    /// Which sign-in card is shown.
    pub sign_in: State<SignIn>,
    /// Whether a page of another origin is around this one.
    pub framed: State<bool>,
    /// How far the answer of a sign-in reaches.
    pub reach: State<Reach>,
    /// Whether that is known.
    pub access_known: State<bool>,
    /// Why the last sign-in did not work.
    pub trouble: State<Option<Rc<Trouble>>>,
    /// Who is signed in.
    pub account: State<Option<Rc<Account>>>,
    /// Where the person is: place, folders, search.
    pub location: State<Location>,
    /// The rows.
    pub listing: Kept<State<Listing<Rc<GraphError>>>>,
    /// Changes whenever the rows change.
    pub version: Memo<usize>,
    /// Whether rows show dates and sizes: the first rows do not wait for the browser's formatters.
    pub facts_shown: State<bool>,
    /// Grows when thumbnails have come.
    pub pictures: State<u32>,
    /// Grows with each place that is entered: its rows are not those of the place before.
    pub visit: State<u32>,
    /// How many rows there are.
    pub row_count: Memo<usize>,
    /// The order of the rows.
    pub order: Memo<Order>,
    /// What is chosen.
    pub basket: State<Basket>,
    /// Focus and anchor.
    pub selection: Kept<State<Selection>>,
    /// The row with the tab stop.
    pub focused_row: Memo<usize>,
    /// List or tiles.
    pub view: State<View>,
    /// How far the listing is scrolled, in pixels.
    pub scroll_top: State<i32>,
    /// The height of the listing's window, in pixels.
    pub viewport: State<u32>,
    /// The width of the listing's window, in pixels.
    pub list_width: State<u32>,
    /// Whether the window is as narrow as a phone, or touched.
    pub narrow: State<bool>,
    /// The height of a row, in pixels.
    pub row_height: State<u32>,
    /// What stands in the search field.
    pub search_text: State<String>,
    /// Grows when the search field is to be focused.
    pub search_focus: State<u32>,
    /// The file that is previewed.
    pub previewed: State<Option<Preview>>,
    /// Whether the list of keys is shown.
    pub keys_shown: State<bool>,
    /// How far the opening of a pasted link is.
    pub link: State<LinkState>,
    /// What the banner says.
    pub notice: State<Option<Notice>>,
    /// What just happened, for assistive technology.
    pub announcement: State<String>,
    /// Why and until when a request waits to be repeated.
    pub waiting: State<Option<Waiting>>,
    /// The hand-over and the import.
    pub hand_over: State<HandOver>,
    /// What is said of code that is not there yet.
    pub chunk_notice: State<ChunkNotice>,
    later_calls: Calls<Later>,
    sign_in_calls: Calls<SignInStep>,
    speech: Speech,
    /// What finds out more of the rows of a search or a place than the rows of a folder show; the deferred chunk brings it.
    annotate: RefCell<Option<Annotate>>,
    /// Whether everything is begun that the first rows did not need.
    settled: Cell<bool>,
    /// Whether a row ever had the focus.
    row_had_focus: Cell<bool>,
    /// When a finger last ended to choose, in milliseconds since 1970.
    pub touch_ended: Cell<Option<u64>>,
    services: RefCell<Option<Rc<Services>>>,
    list: RefCell<Option<Built>>,
}

impl App {
    /// The application at its start. Call within a reactive owner.
    pub fn new(speech: Speech, chunks: Chunks) -> Self {
        let listing = Kept::new(State::new(Listing::folder()));
        let selection = Kept::new(State::new(Selection::default()));
        Self(Kept::new(Model {
            screen: State::new(Screen::Starting),
            sign_in: State::new(SignIn::Ask),
            framed: State::new(false),
            reach: State::new(Reach::Here),
            access_known: State::new(false),
            trouble: State::new(None),
            account: State::new(None),
            location: State::new(Location::default()),
            version: Memo::new(move |_| listing.with(Listing::version) as usize),
            facts_shown: State::new(false),
            pictures: State::new(0),
            visit: State::new(0),
            row_count: Memo::new(move |_| listing.with(|listing| listing.len())),
            order: Memo::new(move |_| listing.with(|listing| listing.order())),
            listing,
            basket: State::new(Basket::new(100)),
            focused_row: Memo::new(move |_| selection.with(Selection::focus)),
            selection,
            view: State::new(View::List),
            scroll_top: State::new(0),
            viewport: State::new(600),
            list_width: State::new(800),
            narrow: State::new(false),
            row_height: State::new(44),
            search_text: State::new(String::new()),
            search_focus: State::new(0),
            previewed: State::new(None),
            keys_shown: State::new(false),
            link: State::new(LinkState::Closed),
            notice: State::new(None),
            announcement: State::new(String::new()),
            waiting: State::new(None),
            hand_over: State::new(HandOver::default()),
            chunk_notice: State::new(ChunkNotice::None),
            later_calls: Calls::new(chunks.later),
            sign_in_calls: Calls::new(chunks.sign_in),
            speech,
            annotate: RefCell::default(),
            settled: Cell::new(false),
            row_had_focus: Cell::new(false),
            touch_ended: Cell::new(None),
            services: RefCell::default(),
            list: RefCell::default(),
        }))
    }

    /// The application, from any component.
    pub fn here() -> Self {
        expect_context::<Self>()
    }

    /// The words and formats.
    pub fn speech(self) -> Speech {
        self.speech
    }

    /// A text without places.
    pub fn say(self, message: Message) -> String {
        self.speech.say(message)
    }

    /// Shows a view of Leptos in an element, in place of what it holds, until the current reactive owner ends.
    pub fn mount_in<View: IntoView + 'static>(self, parent: &Element, view: impl FnOnce() -> View + 'static) {
        // One kind of mounted view for all: each kind has its code.
        fn mount(app: App, parent: &Element, view: Box<dyn FnOnce() -> AnyView>) {
            parent.set_text_content(None);
            mount_view(parent, move || {
                provide_context(app.speech);
                provide_context(app);
                view()
            });
        }
        mount(self, parent, Box::new(move || view().into_any()));
    }

    /// What a row shows of an item besides what is true of it in a folder.
    pub fn row_notes(self, item: &Item) -> RowNotes {
        self.annotate.borrow().as_ref().map(|annotate| annotate(self, item)).unwrap_or_default()
    }

    /// Settings, options, client, host: there once the start has gone well.
    fn services(self) -> Option<Rc<Services>> {
        self.services.borrow().clone()
    }

    /// Says what just happened in the `status`.
    pub fn announce(self, text: String) {
        self.announcement.set(text);
    }

    /// Does something with the formatters.
    fn collation<T>(self, with: impl FnOnce(&dyn Fn(&str, &str) -> std::cmp::Ordering) -> T) -> T {
        self.speech.format(|formats: &Formats| with(&|left, right| formats.compare(left, right)))
    }
}
