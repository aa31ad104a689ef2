//! Searching: in the open folder or everywhere.

use super::App;
use onedrive_picker_core::graph::{DriveType, Item, site_name};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::place::{Location, Place, Shown};
use onedrive_picker_core::picker::search::{Query, Scope};

impl App {
    /// Whether the host wants a search field.
    pub fn search_offered(self) -> bool {
        self.services().is_some_and(|services| !services.options().search_disabled)
    }

    /// Searches for what stands in the field; an empty field ends the search.
    pub fn search_now(self) {
        let text = self.search_text.get_untracked();
        let (before, scope) = self.location.with_untracked(|location| {
            let scope = location.query().map_or(Scope::Everywhere, Query::scope);
            (location.query().map(|query| query.text().to_owned()), scope)
        });
        match Query::parse(&text, scope) {
            Some(query) if before.as_deref() == Some(query.text()) => {}
            Some(query) => self.travel(|location| location.search(query)),
            None if before.is_some() => self.travel(Location::end_search),
            None => {}
        }
    }

    /// Where the search looks. Reactive.
    pub fn search_scope(self) -> Option<Scope> {
        self.location.with(|location| match location.shown() {
            Shown::Results { query, .. } => Some(query.scope()),
            _ => None,
        })
    }

    /// Searches for the same somewhere else.
    pub fn search_in(self, scope: Scope) {
        let query =
            self.location.with_untracked(|location| location.query().map(|query| query.within(scope)));
        if let Some(query) = query {
            self.travel(|location| location.search(query));
        }
    }

    /// The parts of a name that were searched for.
    pub fn marks(self, item: &Item) -> Vec<(usize, usize)> {
        self.location.with_untracked(|location| match location.shown() {
            Shown::Results { query, .. } => {
                query.hits(&item.name).into_iter().map(|range| (range.start, range.end)).collect()
            }
            _ => Vec::new(),
        })
    }

    /// Where a hit lives, for the second line of its row.
    pub fn whereabouts(self, item: &Item) -> Option<String> {
        let elsewhere = self.location.with_untracked(|location| {
            matches!(
                location.shown(),
                Shown::Results { .. } | Shown::Place(Place::Recent | Place::Shared | Place::Sites)
            )
        });
        let parent = item.parent.as_ref().filter(|parent| elsewhere && !parent.path.is_empty())?;
        let is_in_site = parent.drive_type == DriveType::DocumentLibrary;
        let site = item.web_url.as_deref().filter(|_| is_in_site).map(site_name);
        let path = Some(parent.path.trim_matches('/').replace('/', " › ")).filter(|path| !path.is_empty());
        match (site, path) {
            (Some(site), Some(path)) => Some([&site, " › ", &path].concat()),
            // Whatever lies at the top of another's drive is shared; so may be what is the person's own.
            (None, None) => Some(match item.shared_by.as_deref() {
                _ if !item.shared => self.speech.say(Message::MyFiles),
                Some(name) if self.is_own(item, name) => self.speech.say(Message::MyFiles),
                Some(name) => self.speech.fill(Message::SharedBy, &[("name", name)]),
                None => self.speech.say(Message::Shared),
            }),
            (site, path) => site.or(path),
        }
    }

    /// Whether an item is the person's own, though it is shared: by its drive where theirs is known, else by the name of
    /// who shares it.
    fn is_own(self, item: &Item, shared_by: &str) -> bool {
        let own = self.services().and_then(|services| {
            services.loads.drive.borrow().as_ref().map(|drive| drive.id == item.file.drive)
        });
        own.unwrap_or_else(|| {
            let account = self.account.get_untracked();
            account.is_some_and(|account| account.name() == shared_by)
        })
    }

    /// Empties the field and ends the search.
    pub fn clear_search(self) {
        self.search_text.set(String::new());
        self.search_now();
        self.focus_rows();
    }

    /// Closes what is open beside the listing, or ends the search.
    pub(super) fn dismiss(self) {
        if self.previewed.with_untracked(Option::is_some) {
            self.close_preview();
        } else if self.location.with_untracked(|location| location.query().is_some()) {
            self.search_text.set(String::new());
            self.search_now();
        }
    }
}
