//! Which page sizes a drive takes: learned from its refusals, remembered for the visit.

use std::cell::RefCell;
use std::rc::Rc;

use crate::graph::DriveId;

/// How the folders of a drive are asked for their pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum PageSize {
    /// A short first page, then large ones.
    #[default]
    Large,
    /// Only pages of the usual size: larger ones were refused.
    Usual,
    /// No size at all: channel folders refuse any
    /// (<https://github.com/microsoftgraph/microsoft-graph-toolkit/issues/2409>).
    Unset,
}

/// The page sizes of the drives that differ. A copy shares them.
#[derive(Clone, Debug, Default)]
pub(super) struct PageSizes(Rc<RefCell<Vec<Learned>>>);

/// What was learned of a drive; of the account's own one where it is not named.
type Learned = (Option<DriveId>, PageSize);

impl PageSizes {
    /// The page size of a drive; `None` is the account's own, as long as its id is not known.
    pub(super) fn of(&self, drive: Option<&DriveId>) -> PageSize {
        let known = self.0.borrow();
        known.iter().find(|(other, _)| other.as_ref() == drive).map_or(PageSize::Large, |(_, size)| *size)
    }

    /// Notes what a drive has refused.
    pub(super) fn learn(&self, drive: Option<&DriveId>, size: PageSize) {
        let mut known = self.0.borrow_mut();
        known.retain(|(other, _)| other.as_ref() != drive);
        known.push((drive.cloned(), size));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_what_each_drive_refused() {
        let sizes = PageSizes::default();
        let copy = sizes.clone();
        let drive = DriveId::new("b!x");
        sizes.learn(drive.as_ref(), PageSize::Usual);
        copy.learn(drive.as_ref(), PageSize::Unset);
        assert_eq!(sizes.of(drive.as_ref()), PageSize::Unset);
        assert_eq!(sizes.of(None), PageSize::Large);
        assert_eq!(sizes.of(DriveId::new("b!y").as_ref()), PageSize::Large);
    }
}
