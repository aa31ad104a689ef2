//! The application's state as signals, and what each press does. Components read the signals and call the methods;
//! what the methods decide lies in the pure modules.

mod browsing;
mod choosing;
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
mod signing_in;
mod sorting;
mod source;
mod start;
mod tokens;

use super::banner::Notice;
use super::link_dialog::LinkState;
use super::preview::Shown as Preview;
use super::refusal::Refused;
use super::speech::Speech;
use crate::auth::Account;
use crate::browser::Formats;
use crate::graph::GraphError;
use crate::picker::basket::Basket;
use crate::picker::client::Waiting;
use crate::picker::hand_over::HandOver;
use crate::picker::listing::Listing;
use crate::picker::order::Order;
use crate::picker::place::Location;
use crate::picker::selection::Selection;
use leptos::html::Div;
use leptos::prelude::*;
use services::Services;
use std::rc::Rc;

pub use elsewhere::Reach;
pub use signing_in::Trouble;
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

/// The application. A copy is a handle.
#[derive(Clone, Copy)]
pub struct App {
    /// What fills the window.
    pub screen: RwSignal<Screen, LocalStorage>,
    /// Which sign-in card is shown.
    pub sign_in: RwSignal<SignIn>,
    /// Whether a page of another origin is around this one.
    pub framed: RwSignal<bool>,
    /// How far the answer of a sign-in reaches.
    pub reach: RwSignal<Reach>,
    /// Why the last sign-in did not work.
    pub trouble: RwSignal<Option<Rc<Trouble>>, LocalStorage>,
    /// Who is signed in.
    pub account: RwSignal<Option<Rc<Account>>, LocalStorage>,
    /// Where the person is: place, folders, search.
    pub location: RwSignal<Location, LocalStorage>,
    /// The rows.
    pub listing: RwSignal<Listing<Rc<GraphError>>, LocalStorage>,
    /// Changes whenever the rows change.
    pub version: Memo<u32>,
    /// Grows with each place that is entered: its rows are not those of the place before.
    pub visit: RwSignal<u32>,
    /// How many rows there are.
    pub row_count: Memo<usize>,
    /// The order of the rows.
    pub order: Memo<Order>,
    /// What is chosen.
    pub basket: RwSignal<Basket, LocalStorage>,
    /// Focus and anchor.
    pub selection: RwSignal<Selection, LocalStorage>,
    /// The row with the tab stop.
    pub focused_row: Memo<usize>,
    /// List or tiles.
    pub view: RwSignal<View>,
    /// How far the listing is scrolled, in pixels.
    pub scroll_top: RwSignal<i32>,
    /// The height of the listing's window, in pixels.
    pub viewport: RwSignal<u32>,
    /// The width of the listing's window, in pixels.
    pub list_width: RwSignal<u32>,
    /// Whether the window is as narrow as a phone, or touched.
    pub narrow: RwSignal<bool>,
    /// The height of a row, in pixels.
    pub row_height: RwSignal<u32>,
    /// What stands in the search field.
    pub search_text: RwSignal<String>,
    /// Grows when the search field is to be focused.
    pub search_focus: RwSignal<u32>,
    /// The file that is previewed.
    pub previewed: RwSignal<Option<Preview>, LocalStorage>,
    /// Whether the list of keys is shown.
    pub keys_shown: RwSignal<bool>,
    /// How far the opening of a pasted link is.
    pub link: RwSignal<LinkState>,
    /// What the banner says.
    pub notice: RwSignal<Option<Notice>, LocalStorage>,
    /// What just happened, for assistive technology.
    pub announcement: RwSignal<String>,
    /// Why and until when a request waits to be repeated.
    pub waiting: RwSignal<Option<Waiting>, LocalStorage>,
    /// The hand-over and the import.
    pub hand_over: RwSignal<HandOver, LocalStorage>,
    speech: Speech,
    services: StoredValue<Option<Rc<Services>>, LocalStorage>,
    list: StoredValue<Option<NodeRef<Div>>, LocalStorage>,
}

impl App {
    /// The application at its start. Call within a reactive owner.
    pub fn new(speech: Speech) -> Self {
        let listing = RwSignal::new_local(Listing::folder());
        let selection = RwSignal::new_local(Selection::default());
        Self {
            screen: RwSignal::new_local(Screen::Starting),
            sign_in: RwSignal::new(SignIn::Ask),
            framed: RwSignal::new(false),
            reach: RwSignal::new(Reach::Here),
            trouble: RwSignal::new_local(None),
            account: RwSignal::new_local(None),
            location: RwSignal::new_local(Location::default()),
            version: Memo::new(move |_| listing.with(Listing::version)),
            visit: RwSignal::new(0),
            row_count: Memo::new(move |_| listing.with(|listing| listing.len())),
            order: Memo::new(move |_| listing.with(|listing| listing.order())),
            listing,
            basket: RwSignal::new_local(Basket::new(100)),
            focused_row: Memo::new(move |_| selection.with(Selection::focus)),
            selection,
            view: RwSignal::new(View::List),
            scroll_top: RwSignal::new(0),
            viewport: RwSignal::new(600),
            list_width: RwSignal::new(800),
            narrow: RwSignal::new(false),
            row_height: RwSignal::new(44),
            search_text: RwSignal::new(String::new()),
            search_focus: RwSignal::new(0),
            previewed: RwSignal::new_local(None),
            keys_shown: RwSignal::new(false),
            link: RwSignal::new(LinkState::Closed),
            notice: RwSignal::new_local(None),
            announcement: RwSignal::new(String::new()),
            waiting: RwSignal::new_local(None),
            hand_over: RwSignal::new_local(HandOver::default()),
            speech,
            services: StoredValue::new_local(None),
            list: StoredValue::new_local(None),
        }
    }

    /// The application, from any component.
    pub fn here() -> Self {
        expect_context::<Self>()
    }

    /// Settings, options, client, host: there once the start has gone well.
    fn services(self) -> Option<Rc<Services>> {
        self.services.get_value()
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
