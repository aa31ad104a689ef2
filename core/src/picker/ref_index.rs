//! Finds an item by its reference: a small open-addressing table over numbers into someone else's list.

use crate::graph::FileRef;

/// From a reference to a number, usually an index into a list of items that the caller keeps.
#[derive(Clone, Debug, Default)]
pub(crate) struct RefIndex {
    slots: Vec<u32>,
    used: usize,
}

const EMPTY: u32 = u32::MAX;

impl RefIndex {
    /// The number under a reference; `at` gives the reference that a number stands for.
    pub(crate) fn find<'a>(&self, wanted: &FileRef, at: impl Fn(u32) -> Option<&'a FileRef>) -> Option<u32> {
        let number = *self.slots.get(self.probe(wanted, &at)?)?;
        (number != EMPTY).then_some(number)
    }

    /// Puts a number under its reference, in place of one that is there.
    pub(crate) fn insert<'a>(&mut self, number: u32, of: &FileRef, at: impl Fn(u32) -> Option<&'a FileRef>) {
        if (self.used + 1) * 4 > self.slots.len() * 3 {
            self.grow(&at);
        }
        let Some(position) = self.probe(of, &at) else { return };
        if let Some(slot) = self.slots.get_mut(position) {
            if *slot == EMPTY {
                self.used += 1;
            }
            *slot = number;
        }
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.slots.clear();
        self.used = 0;
    }

    /// The slot that holds the reference or where it would go.
    fn probe<'a>(&self, wanted: &FileRef, at: &impl Fn(u32) -> Option<&'a FileRef>) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut position = usize::try_from(hash(wanted)).unwrap_or_default() & mask;
        for _ in 0..=mask {
            let number = *self.slots.get(position)?;
            if number == EMPTY || at(number) == Some(wanted) {
                return Some(position);
            }
            position = (position + 1) & mask;
        }
        None
    }

    fn grow<'a>(&mut self, at: &impl Fn(u32) -> Option<&'a FileRef>) {
        let size = (self.slots.len() * 2).max(16);
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; size]);
        for number in old {
            if number != EMPTY
                && let Some(position) = at(number).and_then(|of| self.probe(of, at))
                && let Some(slot) = self.slots.get_mut(position)
            {
                *slot = number;
            }
        }
    }
}

/// FNV-1a over the item's id, which hardly ever comes in two drives. Ids are Microsoft's, so nobody gains from making
/// them collide.
fn hash(of: &FileRef) -> u32 {
    let mut hash = 0x811C_9DC5_u32;
    for byte in of.item.as_str().bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(item: u32) -> FileRef {
        FileRef::parse("b!drive", &format!("01A{item}")).unwrap()
    }

    proptest! {
        #[test]
        fn finds_exactly_what_was_put_in(items in prop::collection::vec(0u32..200, 0..150)) {
            let refs: Vec<FileRef> = items.iter().map(|item| file(*item)).collect();
            let at = |number: u32| refs.get(number as usize);
            let mut index = RefIndex::default();
            for (number, of) in refs.iter().enumerate() {
                index.insert(number as u32, of, at);
            }
            for item in 0..200 {
                let expected = items.iter().rposition(|other| *other == item).map(|number| number as u32);
                prop_assert_eq!(index.find(&file(item), at), expected);
            }
        }
    }

    #[test]
    fn tells_drives_apart() {
        let refs = [FileRef::parse("a", "1").unwrap(), FileRef::parse("b", "1").unwrap()];
        let at = |number: u32| refs.get(number as usize);
        let mut index = RefIndex::default();
        index.insert(0, &refs[0], at);
        assert_eq!(index.find(&refs[1], at), None);
        index.clear();
        assert_eq!(index.find(&refs[0], at), None);
    }
}
