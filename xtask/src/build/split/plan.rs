//! Which function goes where, and how the two halves find each other.

use std::collections::{BTreeMap, BTreeSet};

use super::module::Module;

/// Where every function of a module goes.
///
/// The halves find each other through the module's own table of functions, which both use: a function that the other
/// half calls has a slot in it. The first half asks for the rest before it calls into it. Where anybody may call a late
/// function, because it was in the table from the start or JavaScript calls it, there is a stub in its place which does so.
#[derive(Debug)]
pub(super) struct Plan {
    /// The functions of the first half, in order. A late one stands for its stub.
    pub(super) first: Vec<u32>,
    /// Those of the rest, in order.
    pub(super) rest: Vec<u32>,
    /// Functions of the first half that get a slot at the end of the table because the rest calls them, in order.
    pub(super) new_slots: Vec<u32>,
    /// How many slots are added to the table: those, and behind them empty ones that the rest will fill.
    pub(super) more_slots: u32,
    /// The slot of every function that has one.
    pub(super) slots: BTreeMap<u32, u32>,
    late: BTreeSet<u32>,
}

impl Plan {
    /// Sends the functions to the rest that are `late`, together with those that only they call.
    pub(super) fn new(module: &Module, late: impl Fn(u32) -> bool) -> Self {
        let late = with_followers(module, late);
        let is_late = |function: &u32| late.contains(function);
        let (mut to_rest, mut to_first) = (BTreeSet::new(), BTreeSet::new());
        for function in module.defined() {
            let calls = module.place(function).and_then(|place| module.calls.get(place));
            for called in calls.into_iter().flatten() {
                match (is_late(&function), is_late(called)) {
                    (false, true) => to_rest.insert(*called),
                    (true, false) if module.place(*called).is_some() => to_first.insert(*called),
                    _ => false,
                };
            }
        }
        let stubs: BTreeSet<u32> =
            module.slots.keys().chain(&module.exported).copied().filter(is_late).collect();
        let mut slots = module.slots.clone();
        let new_slots: Vec<u32> =
            to_first.into_iter().filter(|function| !slots.contains_key(function)).collect();
        let mut next = module.table_length();
        for function in new_slots.iter().chain(&to_rest).chain(&stubs) {
            slots.entry(*function).or_insert_with(|| {
                next += 1;
                next - 1
            });
        }
        // Like ones beside each other, so that compression finds them.
        let mut first: Vec<u32> =
            module.defined().filter(|function| !is_late(function) || stubs.contains(function)).collect();
        first.sort_by_key(|function| module.place(*function).and_then(|place| module.names.get(place)));
        Self {
            first,
            rest: module.defined().filter(is_late).collect(),
            new_slots,
            more_slots: next - module.table_length(),
            slots,
            late,
        }
    }

    /// Whether a function is in the rest.
    pub(super) fn is_late(&self, function: u32) -> bool {
        self.late.contains(&function)
    }
}

/// The late functions, and those that nothing else needs: not exported, in no table, called by late ones alone.
fn with_followers(module: &Module, late: impl Fn(u32) -> bool) -> BTreeSet<u32> {
    let mut needed: BTreeSet<u32> = module.defined().filter(|function| !late(*function)).collect();
    // What is needed for its own sake; everything else only if somebody early calls it.
    let mut open: Vec<u32> = needed
        .iter()
        .copied()
        .filter(|function| {
            let named = module.place(*function).and_then(|place| module.names.get(place));
            module.exported.contains(function)
                || module.slots.contains_key(function)
                || named.is_some_and(|name| name.is_empty())
        })
        .collect();
    let mut reached: BTreeSet<u32> = open.iter().copied().collect();
    while let Some(function) = open.pop() {
        let calls = module.place(function).and_then(|place| module.calls.get(place));
        for called in calls.into_iter().flatten() {
            if needed.contains(called) && reached.insert(*called) {
                open.push(*called);
            }
        }
    }
    needed.retain(|function| reached.contains(function));
    module.defined().filter(|function| !needed.contains(function)).collect()
}
