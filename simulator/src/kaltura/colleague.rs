//! A colleague who has every file already, where that is switched on.

use super::entry::{Entry, EntryKind, EntryStatus};
use super::kaltura::Kaltura;
use super::service::Service;
use super::switches::Colleague;

/// The colleague's id in Kaltura.
pub const COLLEAGUE: &str = "tomas.lind";

/// How long ago the colleague made the entry.
const AGE_MS: u64 = 3_600_000;

/// Lets the colleague have an entry with each of these references, in no category.
pub(super) fn meet(kaltura: &Kaltura, service: Service, references: &[String]) {
    let Some(colleague) = kaltura.switches().colleague else { return };
    let then = kaltura.now().saturating_sub(AGE_MS);
    let mut state = kaltura.state();
    for reference in references {
        let known = state
            .entries
            .all()
            .iter()
            .any(|entry| entry.user_id == COLLEAGUE && entry.reference_id.as_ref() == Some(reference));
        if known {
            continue;
        }
        let kind = if service == Service::Media { EntryKind::Media(1) } else { EntryKind::Document(11) };
        let mut entry = Entry::new(state.new_id(), kind, COLLEAGUE, then);
        entry.name = "A colleague's".to_owned();
        entry.reference_id = Some(reference.clone());
        entry.status = match colleague {
            Colleague::Ready => EntryStatus::Ready,
            Colleague::NoContent => EntryStatus::NoContent,
        };
        state.entries.insert(entry, then, 0);
    }
}
