//! What the deferred chunk does: everything that the first rows do not need.

use super::above::Above;
use super::account::AccountButton;
use super::app::{App, Click, PageAnswer, SignIn, Source};
use super::caveat::Caveat;
use super::column_heads::ColumnHeads;
use super::element::{Built, until_cleanup};
use super::importing::Importing;
use super::link_dialog::LinkButton;
use super::list_keys::on_stray_key;
use super::listing::{Bare, Failed, Filtered};
use super::preview::Preview;
use super::problem::SignInProblem;
use super::refusal::{Refused, RefusedScreen};
use super::sign_in_state::SignInState;
use super::tiles::tiles;
use super::touch::watch_touch;
use super::tray::Chosen;
use crate::browser::{Launch, listen};
use futures_channel::oneshot;
use leptos::prelude::*;
use onedrive_picker_core::auth::Prompt;
use onedrive_picker_core::graph::{GraphError, Item};
use onedrive_picker_core::host::{HostCommandId, ImportItem, ItemReference};
use onedrive_picker_core::picker::beginning::Beginning;
use onedrive_picker_core::picker::client::Pager;
use onedrive_picker_core::picker::keys::Command;
use onedrive_picker_core::picker::order::Order;
use onedrive_picker_core::picker::place::Location;
use onedrive_picker_core::web::Response;
use std::rc::Rc;
use wasm_bindgen::JsCast;

/// A part of the page.
#[derive(Clone, Debug)]
pub enum Part {
    /// The screen that says why the picker cannot be used.
    Refused(Rc<Refused>),
    /// The import, file by file.
    Importing,
    /// The bar above the listing, banners and dialogs.
    Above,
    /// What may be missing among the rows.
    Caveat,
    /// What is chosen, in the tray.
    Chosen,
    /// The button for a pasted link.
    Link,
    /// Who is signed in.
    Account,
    /// The column heads.
    ColumnHeads,
    /// Nothing is there.
    Bare,
    /// Nothing of the kind that is shown is there.
    Filtered,
    /// The listing could not be had.
    Failed,
    /// The listing as tiles.
    Tiles,
    /// A file before it is imported.
    Preview,
    /// The sign-in card while something is waited for.
    SignInState(SignIn),
    /// Why the last sign-in did not work.
    SignInProblem,
}

/// A call into the deferred chunk.
pub enum Later {
    /// Fill an element with a part of the page.
    Show(Part, Built),
    /// Find out what an answer of Graph means that is no success.
    JudgeAnswer(Box<Response>, oneshot::Sender<GraphError>),
    /// Sort the listing of a visit as the host wishes.
    Sort(u32, Order),
    /// Go on with a sort that was under way when its place was left.
    ResumeSort,
    /// Say that the place to begin at is gone.
    StartIsGone,
    /// Drop what is chosen, since the user goes elsewhere.
    DropChoice,
    /// Tell the host that this user may not import.
    ReportUser(Rc<Refused>),
    /// Write the session into the tab's storage, or remove it from there.
    StoreSession,
    /// Take up the session in the tab's storage.
    RestoreSession(oneshot::Sender<()>),
    /// Begin with what the first rows did not need: prefetching, the choice of an earlier visit, keys pressed anywhere.
    Settle,
    /// Keep Tab within the page where the host wants that.
    TrapFocus,
    /// A click on the row of an item, in a visit, that does not open a folder.
    Click(Click, u32, Box<Item>),
    /// A key pressed in the listing, in a visit.
    Command(Command, u32),
    /// Choosing by touch, in this list.
    Touch(Built),
    /// The press on "Import".
    Import,
    /// Find the place that the host names to begin at, from this visit on.
    FindStart(Beginning, u32),
    /// Say why the listing of a visit could not be read to its end, and from where it can be read on.
    ListingFailed(u32, GraphError, Option<Pager>),
    /// The first page of a listing that is no folder.
    OpenSource(Location, oneshot::Sender<Result<Source, GraphError>>),
    /// The next page of such a listing.
    NextPage(Box<Pager>, oneshot::Sender<PageAnswer>),
    /// Thumbnails of the rows in view.
    Thumbnails,
    /// Sign in silently where that works, else by the card.
    SignIn,
    /// Get ready for a sign-in: discovery, keys, storage access.
    PrepareSignIn,
    /// Take up the sign-in for which this window went to Microsoft and back.
    ComeBack,
    /// What the sign-in window brought back.
    SignInAnswered(String),
    /// Get another token, because Graph refused the one in use; with the challenge that Graph gave. Answers whether there is one.
    Renew(Option<String>, oneshot::Sender<bool>),
    /// Renew a token that ends soon.
    RenewAhead,
    /// Open Microsoft's window for a sign-in by a code.
    BeginByCode(Option<Prompt>),
    /// Continue in a window of its own.
    ContinueInWindow,
    /// Something that the host said, where a window goes on for this one or this one for a frame.
    HostWrote(String),
    /// How the import stands.
    ImportProgress(Vec<ImportItem>),
    /// The host wants fresh links.
    RefreshLinks(HostCommandId, Vec<ItemReference>),
    /// The host has accepted a choice that seemed lost.
    TakenLate,
    /// The window in which a framed picker goes on may begin.
    ActivateOtherWindow,
    /// The page is being left; so is that window.
    CloseOtherWindow,
    /// The host does not take part.
    HostIsSilent,
    /// Tell the page around why the picker cannot be used.
    ReportRefusal(Rc<Refused>, Box<Launch>),
}

impl Later {
    /// Carries it out. Only the split function calls this, so that its code is in the deferred chunk.
    pub fn run(self, app: App) {
        app.speech().add_deferred_english();
        match self {
            Self::Show(part, slot) => show(app, part, &slot),
            Self::JudgeAnswer(response, reply) => {
                let _ = reply.send(GraphError::of_response(&response));
            }
            Self::ResumeSort => app.continue_sort(),
            Self::StartIsGone => app.say_start_is_gone(),
            Self::DropChoice => app.drop_choice(),
            Self::ReportUser(refused) => app.report_user(&refused),
            Self::StoreSession => app.store_session(),
            Self::RestoreSession(reply) => app.restore_session(reply),
            Self::Settle => app.settle_in(),
            Self::TrapFocus => app.trap_focus(),
            Self::Click(click, visit, item) => app.clicked(click, visit, &item),
            Self::Command(command, visit) if app.is_visit(visit) => app.execute(command),
            Self::Command(..) => {}
            Self::Touch(list) => watch_touch(app, &list),
            Self::Import => app.import(),
            Self::FindStart(beginning, visit) => app.find_start(beginning, visit),
            Self::ListingFailed(visit, error, pager) if app.is_visit(visit) => {
                app.listing_failed(error, pager);
            }
            Self::Sort(visit, order) if app.is_visit(visit) => app.sort(order),
            // The user has gone elsewhere.
            Self::ListingFailed(..) | Self::Sort(..) => {}
            Self::OpenSource(location, reply) => app.open_source(location, reply),
            Self::NextPage(pager, reply) => app.read_next_page(pager, reply),
            Self::Thumbnails => app.ask_for_thumbnails(),
            Self::SignIn => app.start_sign_in(),
            Self::PrepareSignIn => app.prepare_sign_in(),
            Self::ComeBack => app.come_back(),
            Self::SignInAnswered(fragment) => app.complete_sign_in(fragment),
            Self::Renew(claims, reply) => app.renew(claims, reply),
            Self::RenewAhead => app.renew_ahead(),
            Self::BeginByCode(prompt) => app.begin_by_code(prompt),
            Self::ContinueInWindow => app.continue_in_window(),
            Self::HostWrote(text) => app.relay_from_host(&text),
            Self::ImportProgress(items) => app.import_progressed(&items),
            Self::RefreshLinks(command, items) => app.answer_links(command, items),
            Self::TakenLate => app.taken_late(),
            Self::ActivateOtherWindow => app.activate_other_window(),
            Self::CloseOtherWindow => app.close_other_window(),
            Self::HostIsSilent => app.say_host_is_silent(),
            Self::ReportRefusal(refused, launch) => app.report_refusal(&refused, &launch),
        }
    }
}

fn show(app: App, part: Part, slot: &Built) {
    match part {
        Part::Refused(refused) => app.mount_in(slot, move || view! { <RefusedScreen refused /> }),
        Part::Importing => app.mount_in(slot, Importing),
        Part::Above => app.mount_in(slot, Above),
        Part::Caveat => app.mount_in(slot, Caveat),
        Part::Chosen => app.mount_in(slot, Chosen),
        Part::Link => app.mount_in(slot, LinkButton),
        Part::Account => app.mount_in(slot, AccountButton),
        Part::ColumnHeads => app.mount_in(slot, ColumnHeads),
        Part::Bare => app.mount_in(slot, Bare),
        Part::Filtered => app.mount_in(slot, Filtered),
        Part::Failed => app.mount_in(slot, Failed),
        Part::Tiles => {
            slot.clear();
            slot.append(&tiles(app));
        }
        Part::SignInState(state) => app.mount_in(slot, move || view! { <SignInState state /> }),
        Part::SignInProblem => app.mount_in(slot, SignInProblem),
        Part::Preview => {
            if let Some(window) = web_sys::window() {
                let act = move |event: &web_sys::Event| on_stray_key(app, event.unchecked_ref());
                until_cleanup(listen(&window, "keydown", act));
            }
            app.mount_in(slot, Preview);
        }
    }
    app.keep_focus();
}
