//! Which function goes where, and how the parts find each other.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::FunctionBody;

use super::module::Module;
use super::order::by_likeness;
use super::rooms::Part;

/// Where every function of a module goes.
///
/// The parts find each other through the module's own table of functions, which all use: a function that another part
/// calls has a slot in it, which is empty until the part is there. Whoever calls through a slot asks for what is missing
/// first. What JavaScript calls is in the first part; a late function has a stub there, which does the same.
#[derive(Debug)]
pub(super) struct Plan {
    /// How many slots are added to the table.
    pub(super) more_slots: u32,
    /// The slot that each function is called through.
    slots: BTreeMap<u32, u32>,
    parts: BTreeMap<u32, Part>,
    functions: BTreeMap<Part, Vec<u32>>,
}

impl Plan {
    /// Sends functions to later parts, together with those that only they call. `part` says where a function belongs that is
    /// not needed at first, and nothing for one that is.
    pub(super) fn new(
        module: &Module,
        bodies: &[FunctionBody<'_>],
        part: impl Fn(u32) -> Option<Part>,
    ) -> Self {
        let parts = with_followers(module, part);
        let part_of = |function: u32| parts.get(&function).copied().unwrap_or(Part::First);
        let mut called_from_elsewhere = BTreeSet::new();
        for function in module.defined() {
            let elsewhere =
                |called: &&u32| module.place(**called).is_some() && part_of(**called) != part_of(function);
            called_from_elsewhere.extend(module.called_by(function).iter().filter(elsewhere));
        }
        let late_exports = module.exported.iter().filter(|function| part_of(**function) != Part::First);
        called_from_elsewhere.extend(late_exports);
        // Those of a part beside each other, so that one line of the part fills them.
        let mut without_slot: Vec<u32> = called_from_elsewhere
            .into_iter()
            .copied()
            .filter(|function| !module.slots.contains_key(function))
            .collect();
        without_slot.sort_by_key(|function| part_of(*function));
        let mut slots = module.slots.clone();
        let new_slots = module.table_length()..;
        slots.extend(without_slot.iter().copied().zip(new_slots));
        let more_slots = u32::try_from(without_slot.len()).unwrap_or(u32::MAX);
        let mut plan = Self { more_slots, slots, parts, functions: BTreeMap::new() };
        plan.in_order(module, bodies);
        plan
    }

    /// The part that a function is in.
    pub(super) fn part(&self, function: u32) -> Part {
        self.parts.get(&function).copied().unwrap_or(Part::First)
    }

    /// The slot that a function is called through from other parts.
    pub(super) fn slot(&self, function: u32) -> Option<i32> {
        self.slots.get(&function).and_then(|slot| i32::try_from(*slot).ok())
    }

    /// What a part puts into the table: slots and functions.
    pub(super) fn filled(&self, module: &Module, part: Part) -> BTreeMap<u32, u32> {
        let added = self.slots.iter().map(|(function, slot)| (*slot, *function));
        let known = module.table.iter().map(|(slot, function)| (*slot, *function));
        known.chain(added).filter(|(_, function)| self.part(*function) == part).collect()
    }

    /// The functions of a part, in the order that they get there. A late one in the first part stands for its stub.
    pub(super) fn functions(&self, part: Part) -> &[u32] {
        self.functions.get(&part).map_or(&[], Vec::as_slice)
    }

    /// Puts the functions of each part in order.
    fn in_order(&mut self, module: &Module, bodies: &[FunctionBody<'_>]) {
        for part in [Part::First].into_iter().chain(Part::LATER) {
            let is_stub = |function: &u32| part == Part::First && module.exported.contains(function);
            let functions: Vec<u32> = module
                .defined()
                .filter(|function| self.part(*function) == part || is_stub(function))
                .collect();
            let bytes = |function: &u32| {
                module
                    .place(*function)
                    .and_then(|place| bodies.get(place))
                    .map_or(&[][..], FunctionBody::as_bytes)
            };
            let order = by_likeness(&functions.iter().map(bytes).collect::<Vec<_>>());
            let functions = order.into_iter().filter_map(|place| functions.get(place).copied()).collect();
            self.functions.insert(part, functions);
        }
    }
}

/// The late functions, and those that nothing else needs: not exported, in no table, called by late ones alone. Such a one
/// goes to the earliest part that calls it.
fn with_followers(module: &Module, part: impl Fn(u32) -> Option<Part>) -> BTreeMap<u32, Part> {
    let mut parts: BTreeMap<u32, Part> =
        module.defined().filter_map(|function| Some((function, part(function)?))).collect();
    let mut reached: BTreeSet<u32> = module
        .defined()
        .filter(|function| !parts.contains_key(function) && module.is_root(*function))
        .collect();
    follow(module, reached.iter().copied().collect(), &mut reached, &parts);
    for next in Part::LATER {
        let begin: Vec<u32> =
            parts.iter().filter(|(_, part)| **part == next).map(|(function, _)| *function).collect();
        let mut followers = reached.clone();
        follow(module, begin, &mut followers, &parts);
        parts.extend(followers.difference(&reached).map(|function| (*function, next)).collect::<Vec<_>>());
        reached = followers;
    }
    let unreached: Vec<u32> = module
        .defined()
        .filter(|function| !reached.contains(function) && !parts.contains_key(function))
        .collect();
    parts.extend(unreached.into_iter().map(|function| (function, Part::Rest)));
    parts
}

/// Adds to what was reached all that is called from there, but for what has a part of its own.
fn follow(module: &Module, mut open: Vec<u32>, reached: &mut BTreeSet<u32>, parts: &BTreeMap<u32, Part>) {
    while let Some(function) = open.pop() {
        for called in module.called_by(function) {
            let is_free = module.place(*called).is_some() && !parts.contains_key(called);
            if is_free && reached.insert(*called) {
                open.push(*called);
            }
        }
    }
}
