//! Parts of a function that can be a function of their own.
//!
//! A region begins where the stack of the innermost construct is empty and goes on to that construct's end. The program
//! can come into it only at its beginning: labels inside it belong to constructs inside it.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{BlockType, FrameKind, Operator, ValType};

use super::body::Body;
use super::module::Module;

/// How a program leaves a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Exit {
    /// At its end, where the construct ends.
    End,
    /// By a branch to the label that many constructs out from the one that the region is in (0 is that one's).
    Branch(u32),
    /// By returning from the function.
    Return,
}

/// A region, and what goes in and out.
#[derive(Debug)]
pub(super) struct Region {
    /// Its first instruction.
    pub(super) start: usize,
    /// The `end` or `else` after its last one.
    pub(super) end: usize,
    /// The local variables that it may read before it has written them, or may leave as they were for somebody to read.
    pub(super) takes: Vec<u32>,
    /// Those that it writes and something reads afterwards.
    pub(super) gives: Vec<u32>,
    /// All that it touches.
    pub(super) touches: BTreeSet<u32>,
    /// How it is left, and the value that goes along. If there are several, in the order of their numbers.
    pub(super) exits: BTreeMap<Exit, Option<ValType>>,
}

/// Where a region may begin: everything in the program that cannot be reached without passing one of these is as often
/// reached as the last one passed.
pub(super) fn starts(body: &Body<'_>) -> Vec<usize> {
    let begins = |at: usize| {
        at.checked_sub(1).and_then(|before| body.operators.get(before)).is_none_or(|before| {
            matches!(
                before,
                Operator::Block { .. }
                    | Operator::Loop { .. }
                    | Operator::If { .. }
                    | Operator::Else
                    | Operator::End
                    | Operator::BrIf { .. }
            )
        })
    };
    let usable = |at: usize| body.places.get(at).is_some_and(|place| place.is_empty && place.is_reachable);
    (0..body.operators.len()).filter(|at| begins(*at) && usable(*at)).collect()
}

impl Region {
    /// The region that begins there; nothing if it cannot be a function.
    pub(super) fn at(module: &Module, body: &Body<'_>, start: usize) -> Option<Self> {
        let depth = body.places.get(start)?.depth;
        let inside = body.inside.get(start)?;
        let end = (start..body.operators.len()).find(|at| {
            let closes = matches!(body.operators.get(*at), Some(Operator::End | Operator::Else));
            closes && body.places.get(*at).is_some_and(|place| place.depth == depth)
        })?;
        let mut region = Self {
            start,
            end,
            takes: Vec::new(),
            gives: Vec::new(),
            touches: BTreeSet::new(),
            exits: BTreeMap::new(),
        };
        let result = value(module, inside.block)?;
        if body.places.get(end)?.is_reachable {
            region.exits.insert(Exit::End, result);
        }
        for at in start..end {
            let nested = u32::try_from(body.places.get(at)?.depth - depth).ok()?;
            let operator = body.operators.get(at)?;
            for label in labels(operator)? {
                let Some(out) = label.checked_sub(nested) else { continue };
                let exit =
                    if out == 0 && inside.kind != FrameKind::Loop { Exit::End } else { Exit::Branch(out) };
                let carried = carried(module, body, start, out)?;
                if carried.is_some() && matches!(operator, Operator::BrTable { .. }) {
                    return None;
                }
                region.exits.insert(exit, carried);
            }
            if matches!(operator, Operator::Return) {
                region.exits.insert(Exit::Return, value(module, body.inside.first()?.block)?);
            }
        }
        region.find_locals(body);
        Some(region)
    }

    fn find_locals(&mut self, body: &Body<'_>) {
        let mut written = BTreeSet::new();
        for operator in body.operators.get(self.start..self.end).unwrap_or_default() {
            match *operator {
                Operator::LocalGet { local_index } => {
                    self.touches.insert(local_index);
                }
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    self.touches.insert(local_index);
                    written.insert(local_index);
                }
                _ => {}
            }
        }
        let is_live = |at: usize| move |local: &u32| body.liveness.is_live(at, *local);
        self.takes = self.touches.iter().copied().filter(is_live(self.start)).collect();
        let goes_on: Vec<usize> = self
            .exits
            .keys()
            .filter_map(|exit| match exit {
                Exit::End => Some(self.end),
                Exit::Branch(out) => body.liveness.target(self.start, *out),
                Exit::Return => None,
            })
            .collect();
        let is_read = |local: &u32| goes_on.iter().any(|at| body.liveness.is_live(*at, *local));
        self.gives = written.into_iter().filter(is_read).collect();
    }

    /// The types of the values that exits carry: one variable for each.
    pub(super) fn carries(&self) -> Vec<ValType> {
        let mut kinds = Vec::new();
        for kind in self.exits.values().flatten() {
            if !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
        kinds
    }

    /// Whether the caller must be told by which exit the region was left.
    pub(super) fn tells_exit(&self) -> bool {
        self.exits.len() > 1
    }

    /// The number by which the caller is told of an exit.
    pub(super) fn number(&self, exit: Exit) -> Option<i32> {
        self.exits.keys().position(|known| *known == exit).and_then(|place| i32::try_from(place).ok())
    }
}

/// The labels that an instruction may branch to; nothing if it is one that a region cannot hold.
pub(super) fn labels(operator: &Operator<'_>) -> Option<Vec<u32>> {
    Some(match operator {
        Operator::Br { relative_depth } | Operator::BrIf { relative_depth } => vec![*relative_depth],
        Operator::BrTable { targets } => {
            let mut labels: Vec<u32> = targets.targets().collect::<Result<_, _>>().ok()?;
            labels.push(targets.default());
            labels
        }
        Operator::BrOnNull { .. }
        | Operator::BrOnNonNull { .. }
        | Operator::Try { .. }
        | Operator::TryTable { .. } => {
            return None;
        }
        _ => Vec::new(),
    })
}

/// The one value that a construct leaves, if any; nothing if it leaves several or takes some.
fn value(module: &Module, block: BlockType) -> Option<Option<ValType>> {
    match block {
        BlockType::Empty => Some(None),
        BlockType::Type(kind) => Some(Some(kind)),
        BlockType::FuncType(kind) => {
            let signature = module.signatures.get(usize::try_from(kind).ok()?)?;
            match signature.results() {
                [] => Some(None),
                [one] => Some(Some(*one)),
                _ => None,
            }
        }
    }
}

/// The value that a branch to a label carries: that of the construct so many out from the one that `start` is in.
fn carried(module: &Module, body: &Body<'_>, start: usize, out: u32) -> Option<Option<ValType>> {
    let depth = body.places.get(start)?.depth.checked_sub(usize::try_from(out).ok()?)?;
    // The construct around is innermost somewhere before: the nearest place at that depth is in it.
    let around =
        (0..=start).rev().find(|at| body.places.get(*at).is_some_and(|place| place.depth == depth))?;
    let construct = body.inside.get(around)?;
    if construct.kind != FrameKind::Loop {
        return value(module, construct.block);
    }
    match construct.block {
        BlockType::FuncType(kind) => {
            module.signatures.get(usize::try_from(kind).ok()?)?.params().is_empty().then_some(None)
        }
        _ => Some(None),
    }
}
