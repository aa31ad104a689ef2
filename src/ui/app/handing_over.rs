//! From "Import" to "ready": every file is read again, handed over with a fresh link, and followed.

use super::loading::Task;
use super::{App, Screen};
use crate::browser::Browser;
use crate::ui::banner::Notice;
use crate::ui::empty::Tone;
use leptos::task::spawn_local;
use onedrive_picker_core::graph::{Chosen, ConfirmRules, FileRef, ItemProblem, MediaKind};
use onedrive_picker_core::host::message::HostError;
use onedrive_picker_core::host::{
    CommandFailure, HostCommandId, ImportItem, ItemAdditions, ItemReference, LinkProblem, PickedItem,
    RefreshedLink,
};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::basket::Refusal;
use onedrive_picker_core::picker::client::Verdict;
use onedrive_picker_core::picker::hand_over::{Departure, HandOver, Next};
use onedrive_picker_core::picker::history::History;
use onedrive_picker_core::picker::ports::{Clock, Store};
use std::rc::Rc;

/// What "Try again" does after a hand-over that did not work.
type Again = Rc<dyn Fn()>;

impl App {
    /// Whether "Import" can be pressed. Reactive.
    pub fn can_import(self) -> bool {
        let ready = self.basket.with(|basket| {
            let totals = basket.totals();
            totals.files > 0 && !totals.counting
        });
        ready && !self.hand_over.with(HandOver::is_busy)
    }

    /// The words of the primary button. Reactive.
    pub fn import_label(self) -> String {
        let totals = self.basket.with(onedrive_picker_core::picker::basket::Basket::totals);
        if self.hand_over.with(HandOver::is_busy) {
            return self.speech.say(Message::Confirming);
        }
        if totals.counting {
            return self.speech.say(Message::Counting);
        }
        let label = self.services().and_then(|services| services.options().commands.pick_label.clone());
        match (label, totals.files) {
            (Some(label), _) => label,
            (None, 0) => self.speech.say(Message::Import),
            (None, files) => self.speech.count(Message::ImportFiles, files as u64, &[]),
        }
    }

    /// The words of the other button.
    pub fn cancel_label(self) -> String {
        self.services()
            .and_then(|services| services.options().commands.close_label.clone())
            .unwrap_or_else(|| self.speech.say(Message::Cancel))
    }

    /// Confirms what is chosen and hands it over.
    pub fn import(self) {
        // The host may have lowered the limit since.
        if let Some(limit) = self.basket.with_untracked(|basket| basket.is_over().then(|| basket.limit())) {
            return self.refuse(Refusal::Full { limit, left_out: 1 });
        }
        let departures: Vec<Departure> = self.basket.with_untracked(|basket| {
            let files = basket.files();
            files
                .iter()
                .map(|chosen| Departure { item: chosen.item.clone(), path: chosen.path.to_owned() })
                .collect()
        });
        self.depart(departures, Rc::new(move || self.import()));
    }

    /// Tries a failed file again, with a fresh link.
    pub fn import_again(self, file: &FileRef) {
        let departure = self.hand_over.with_untracked(|hand_over| hand_over.again(file));
        let file = file.clone();
        self.depart(departure.into_iter().collect(), Rc::new(move || self.import_again(&file)));
    }

    /// Tries all failed files again that may end differently.
    pub fn import_all_again(self) {
        let departures = self.hand_over.with_untracked(HandOver::all_again);
        self.depart(departures, Rc::new(move || self.import_all_again()));
    }

    fn depart(self, departures: Vec<Departure>, again: Again) {
        let Some(services) = self.services() else { return };
        if departures.is_empty() {
            return;
        }
        if !self.has_host() {
            self.notice.set(Some(Notice::new(Tone::Warn, self.speech.say(Message::NoHost))));
            return;
        }
        let chosen: Vec<Chosen> = departures
            .iter()
            .map(|departure| Chosen { file: departure.item.file.clone(), size: departure.item.size })
            .collect();
        let known = departures.clone();
        if !self.hand_over.update(|hand_over| hand_over.begin(departures)) {
            return;
        }
        self.announce(self.speech.say(Message::Confirming));
        self.notice.set(None);
        let task = Task::spawn(async move { self.confirm_and_hand_over(chosen, known, again).await });
        services.loads.ahead.borrow_mut().interrupt();
        *services.loads.hand_over.borrow_mut() = Some(task);
    }

    async fn confirm_and_hand_over(self, chosen: Vec<Chosen>, known: Vec<Departure>, again: Again) {
        let Some(services) = self.services() else { return };
        let all = [MediaKind::Video, MediaKind::Audio, MediaKind::Image, MediaKind::Document];
        let limits = services.wanted();
        let media = all.into_iter().filter(|kind| limits.rules.kinds.contains(*kind)).collect();
        let rules = ConfirmRules { media: Some(media), max_item_bytes: limits.rules.largest };
        let verdicts = match services.graph.confirm(&chosen, &rules).await {
            Ok(verdicts) => verdicts,
            Err(error) => {
                self.hand_over.update(HandOver::undecided);
                let look = crate::ui::troubles::look(&error);
                let text =
                    [self.speech.say(look.title), String::from(". "), self.speech.say(look.text)].concat();
                self.notice.set(Some(
                    Notice::new(Tone::Warn, text).with(self.speech.say(Message::TryAgain), move || again()),
                ));
                return;
            }
        };
        let mut items = Vec::with_capacity(verdicts.len());
        self.hand_over.update(|hand_over| {
            for verdict in verdicts {
                let known = known.iter().find(|known| known.item.file == verdict.file);
                let path = known.map_or("", |known| known.path.as_str());
                let outcome = self.ready(&verdict, path).map(|(mut item, picked)| {
                    // The confirming answer has no pictures; the listing had.
                    item.thumbnail =
                        item.thumbnail.or_else(|| known.and_then(|known| known.item.thumbnail.clone()));
                    items.push((verdict.file.clone(), picked));
                    item
                });
                hand_over.confirmed(&verdict.file, outcome);
            }
        });
        match self.hand_over.update(HandOver::hand_over) {
            Some(Next::Send(files)) => {
                let picked = files
                    .iter()
                    .filter_map(|file| {
                        items.iter().find(|(of, _)| of == file).map(|(_, picked)| picked.clone())
                    })
                    .collect();
                match self.hand_to_host(picked).await {
                    Ok(()) => self.accepted(),
                    Err(failure) => self.not_accepted(&failure, again),
                }
            }
            Some(Next::NothingLeft(files)) => self.nothing_left(&files),
            None => {}
        }
    }

    fn ready(
        self,
        verdict: &Verdict,
        path: &str,
    ) -> Result<(onedrive_picker_core::graph::Item, PickedItem), ItemProblem> {
        let base =
            self.services().map(|services| services.graph.base().as_str().to_owned()).unwrap_or_default();
        let confirmed = verdict.outcome.clone()?;
        let additions = ItemAdditions {
            graph_base: &base,
            download_url: Some(confirmed.link.as_str()),
            media_type: confirmed.media_type,
            name: confirmed.entry_name(),
            reference_id: confirmed.reference_id(),
            path,
        };
        let picked = PickedItem::build(&confirmed.drive_item, &additions).ok_or(ItemProblem::Gone)?;
        Ok((confirmed.item, picked))
    }

    fn accepted(self) {
        let now = Browser.now();
        let taken = self.hand_over.update(|hand_over| hand_over.accepted(now));
        self.remember_picked(&taken, now);
        self.basket.update(|basket| basket.retain(|file| !taken.contains(file)));
        self.keep_choice();
        self.keep_given();
        self.notice.set(None);
        self.screen.set(Screen::Importing);
    }

    /// Remembers what was picked, for Recent.
    fn remember_picked(self, files: &[FileRef], now: u64) {
        let Some(key) = self.memory_key("history") else { return };
        let mut history = Browser.get(&key).map(|text| History::from_text(&text)).unwrap_or_default();
        self.hand_over.with_untracked(|hand_over| {
            let lines = hand_over.lines().iter().filter(|line| files.contains(&line.item.file));
            history.note(lines.map(|line| &line.item), now);
        });
        Browser.set(&key, &history.to_text());
    }

    fn not_accepted(self, failure: &CommandFailure, again: Again) {
        self.hand_over.update(HandOver::refused);
        let text = match failure {
            // The host's own words are meant for the person where it found files unusable.
            CommandFailure::Refused(HostError { code, message }) if code == "unusableItem" => {
                [self.speech.say(Message::HostRefused).as_str(), " ", message].concat().trim_end().to_owned()
            }
            CommandFailure::Refused(_) => self.speech.say(Message::HostRefused),
            _ => [
                self.speech.say(Message::HostSilent),
                String::from(". "),
                self.speech.say(Message::HostSilentText),
            ]
            .concat(),
        };
        self.notice.set(Some(
            Notice::new(Tone::Bad, text).with(self.speech.say(Message::TryAgain), move || again()),
        ));
    }

    /// None of the files may go: each has its line with the reason.
    fn nothing_left(self, files: &[FileRef]) {
        self.basket.update(|basket| basket.retain(|file| !files.contains(file)));
        self.keep_choice();
        self.announce(self.speech.say(Message::NothingUsable));
        self.screen.set(Screen::Importing);
    }

    /// The host took the choice after it had seemed lost.
    pub(in crate::ui) fn taken_late(self) {
        self.accepted();
    }

    /// The host tells how the import stands.
    pub(in crate::ui) fn import_progressed(self, items: &[ImportItem]) {
        let Some(services) = self.services() else { return };
        if self.hand_over.with_untracked(|hand_over| hand_over.lines().is_empty()) {
            // Loaded anew, the picker has yet to read again what the host speaks of.
            *services.reports.borrow_mut() = items.to_vec();
            return;
        }
        let before = self.hand_over.with_untracked(|hand_over| hand_over.sums(Browser.now()));
        self.hand_over.update(|hand_over| {
            for item in items {
                hand_over.report(item);
            }
        });
        let after = self.hand_over.with_untracked(|hand_over| hand_over.sums(Browser.now()));
        if (before.ready, before.failed) != (after.ready, after.failed) {
            self.announce(crate::ui::importing::summary(self.speech, &after));
        }
    }

    /// Goes back to the files while the import goes on.
    pub fn choose_more(self) {
        self.hand_over.update(HandOver::choose_more);
        self.screen.set(Screen::Browsing);
        let is_under_way = self.hand_over.with_untracked(|hand_over| hand_over.sums(Browser.now()).to_go > 0);
        if is_under_way {
            self.tell_of_import();
        }
    }

    /// Says beside the files how the import stands.
    pub(super) fn tell_of_import(self) {
        let (sums, is_silent) =
            self.hand_over.with_untracked(|hand_over| (hand_over.sums(Browser.now()), hand_over.is_silent()));
        if sums.to_go + sums.failed + sums.ready > 0 {
            let text = if is_silent {
                self.speech.say(Message::Handed)
            } else {
                crate::ui::importing::summary(self.speech, &sums)
            };
            let show = self.speech.say(Message::ShowImport);
            self.notice.set(Some(Notice::new(Tone::Calm, text).with(show, move || self.show_import())));
        }
    }

    /// Shows the import again.
    pub fn show_import(self) {
        self.hand_over.update(HandOver::show_import);
        self.screen.set(Screen::Importing);
    }

    /// Answers the host's wish for fresh links.
    pub(in crate::ui) fn answer_links(self, command: HostCommandId, items: Vec<ItemReference>) {
        spawn_local(async move { self.refresh_links(command, items).await });
    }

    async fn refresh_links(self, command: HostCommandId, items: Vec<ItemReference>) {
        let Some(services) = self.services() else { return };
        // Only for what was given to the host in this visit: it may not fetch links to anything else that the account can
        // read.
        let known: Vec<(ItemReference, FileRef)> = items
            .iter()
            .filter_map(|item| Some((item.clone(), FileRef::parse(&item.drive_id, &item.id)?)))
            .filter(|(_, file)| {
                services.given_before.borrow().contains(file)
                    || self.hand_over.with_untracked(|hand_over| hand_over.was_given(file))
            })
            .collect();
        let files: Vec<FileRef> = known.iter().map(|(_, file)| file.clone()).collect();
        let fresh = services.graph.refresh_links(&files).await;
        let links: Vec<RefreshedLink> = items
            .into_iter()
            .map(|item| {
                let file = known.iter().find(|(of, _)| *of == item).map(|(_, file)| file);
                let link = match (&fresh, file) {
                    (Ok(fresh), Some(file)) => match fresh.iter().find(|link| link.file == *file) {
                        Some(link) => match &link.outcome {
                            Ok(url) => Ok(url.as_str().to_owned()),
                            Err(problem) => Err(LinkProblem::new(problem.code(), problem.to_string())),
                        },
                        None => Err(LinkProblem::new("gone", "the item was not found")),
                    },
                    (Err(error), _) => Err(LinkProblem::new(error.code(), error.to_string())),
                    (Ok(_), None) => Err(LinkProblem::new("not_chosen", "the item was not handed over")),
                };
                RefreshedLink { item, link }
            })
            .collect();
        self.with_link(|link| link.answer_refresh(&command, &links));
    }

    /// Says that the host does not take part.
    pub(in crate::ui) fn say_host_is_silent(self) {
        let text = [
            self.speech.say(Message::HostSilent),
            String::from(". "),
            self.speech.say(Message::HostSilentText),
        ]
        .concat();
        self.notice.set(Some(Notice::new(Tone::Warn, text)));
    }
}
