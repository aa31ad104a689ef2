//! One file of an import.

use super::Departure;
use crate::graph::{Item, ItemProblem};
use crate::host::Moderation;

/// One file of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The file as it was when it was confirmed.
    pub item: Item,
    /// The folders it lies in from the chosen folder on.
    pub(crate) path: String,
    /// How it stands.
    pub state: LineState,
    /// Whether Kaltura has the file, so that neither page is needed for it; `None` if the host does not tell.
    pub(crate) handed_over: Option<bool>,
    /// Whether the host waits for something that it will try again by itself.
    pub(crate) is_held_up: bool,
}

/// How the import of a file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineState {
    /// The host has it and has not begun.
    Waiting,
    /// The host imports it; per cent, 0 to 100, where known.
    Running(Option<u8>),
    /// It stands in Kaltura.
    Ready {
        /// The Kaltura entry, if the host says so.
        entry_id: Option<String>,
        /// Whether somebody has to approve it first.
        moderation: Moderation,
    },
    /// It does not go further.
    Failed(Trouble),
}

/// Why a file failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It could not go to the host at all.
    Problem(ItemProblem),
    /// The host or Kaltura could not import it.
    Host {
        /// The host's code.
        code: String,
        /// The host's words, cleaned.
        message: String,
    },
}

impl LineState {
    /// Whether something is still to come.
    pub fn is_under_way(&self) -> bool {
        matches!(self, Self::Waiting | Self::Running(_))
    }
}

impl Trouble {
    /// Whether another try may end differently.
    pub fn can_retry(&self) -> bool {
        match self {
            Self::Host { .. } => true,
            Self::Problem(problem) => !matches!(
                problem,
                ItemProblem::Gone
                    | ItemProblem::Folder
                    | ItemProblem::Obstacle(_)
                    | ItemProblem::MediaKind(_)
                    | ItemProblem::TooLarge { .. }
            ),
        }
    }
}

impl Line {
    /// A file of which the host has told nothing yet.
    pub(super) fn new(item: Item, path: String, state: LineState) -> Self {
        Self { item, path, state, handed_over: None, is_held_up: false }
    }

    /// Takes a new state from the host. Messages may come late and in any order: what is ready stays ready, what is
    /// under way does not fall back, and only the host's own failure may begin again. False if nothing changes.
    pub(super) fn advance(&mut self, state: LineState) -> bool {
        let allowed = match (&self.state, &state) {
            (LineState::Ready { entry_id: None, .. }, LineState::Ready { entry_id: Some(_), .. }) => true,
            (LineState::Ready { moderation, .. }, LineState::Ready { moderation: now, .. }) => {
                moderation != now
            }
            (LineState::Ready { .. } | LineState::Failed(Trouble::Problem(_)), _) => false,
            (LineState::Running(_), LineState::Waiting) => false,
            (LineState::Running(Some(before)), LineState::Running(after)) => {
                after.is_some_and(|after| after > *before)
            }
            (before, after) => before != after,
        };
        if allowed {
            self.state = state;
        }
        allowed
    }

    /// The file as it goes on its way again after a failure. One that changed goes as it is now.
    pub(super) fn again(&self) -> Option<Departure> {
        let LineState::Failed(trouble) = &self.state else { return None };
        let item = match trouble {
            Trouble::Problem(ItemProblem::Changed(now)) => now.as_ref().clone(),
            other if other.can_retry() => self.item.clone(),
            Trouble::Problem(_) | Trouble::Host { .. } => return None,
        };
        Some(Departure { item, path: self.path.clone() })
    }
}
