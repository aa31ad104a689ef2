//! Which local variables something reads later.

use std::collections::BTreeSet;

use wasmparser::Operator;

use super::region::labels;

/// For each instruction of a function, the local variables whose values before it may be read by it or after it, and where
/// branches lead.
#[derive(Debug, Default)]
pub(super) struct Liveness {
    /// As many words of 64 bits for each instruction.
    words: usize,
    bits: Vec<u64>,
    /// Where each label leads, the innermost last: the instruction that a branch there goes on with. For each instruction the number
    /// of a list in `scopes`.
    scope: Vec<usize>,
    scopes: Vec<Vec<usize>>,
}

impl Liveness {
    /// That of a function with so many local variables, parameters included.
    pub(super) fn of(operators: &[Operator<'_>], locals: usize) -> Self {
        let words = locals.div_ceil(64);
        let mut liveness = Self { words, bits: vec![0; words * (operators.len() + 1)], ..Self::default() };
        let (ends, elses) = constructs(operators);
        liveness.find_scopes(operators, &ends);
        let mut has_changed = true;
        // Loops make what is known at their beginning known at their end, the next time round.
        while has_changed {
            has_changed = false;
            for at in (0..operators.len()).rev() {
                has_changed |= liveness.step(at, operators, &ends, &elses);
            }
        }
        liveness
    }

    /// Whether a variable's value before an instruction may be read by it or later.
    pub(super) fn is_live(&self, at: usize, local: u32) -> bool {
        let (word, bit) = place(local);
        word < self.words && self.bits.get(at * self.words + word).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    /// The instruction that a branch to a label goes on with, seen from an instruction.
    pub(super) fn target(&self, at: usize, label: u32) -> Option<usize> {
        let scope = self.scopes.get(*self.scope.get(at)?)?;
        scope.len().checked_sub(1 + usize::try_from(label).ok()?).and_then(|place| scope.get(place)).copied()
    }

    fn find_scopes(&mut self, operators: &[Operator<'_>], ends: &[usize]) {
        let mut open = vec![operators.len()];
        self.scopes.push(open.clone());
        let mut current = vec![0];
        for (at, operator) in operators.iter().enumerate() {
            self.scope.push(current.last().copied().unwrap_or(0));
            match operator {
                Operator::Block { .. } | Operator::If { .. } | Operator::Loop { .. } => {
                    let end = ends.get(at).copied().unwrap_or(operators.len());
                    open.push(if matches!(operator, Operator::Loop { .. }) { at } else { end });
                    current.push(self.scopes.len());
                    self.scopes.push(open.clone());
                }
                Operator::End => {
                    open.pop();
                    current.pop();
                }
                _ => {}
            }
        }
    }

    /// What holds before an instruction, given what holds before those that may follow it. Says whether that is new.
    fn step(&mut self, at: usize, operators: &[Operator<'_>], ends: &[usize], elses: &[usize]) -> bool {
        let Some(operator) = operators.get(at) else { return false };
        let end = ends.get(at).copied().unwrap_or(operators.len());
        let mut next: BTreeSet<usize> = match operator {
            Operator::Br { .. } | Operator::BrTable { .. } | Operator::Return | Operator::Unreachable => {
                BTreeSet::new()
            }
            // Here ends what runs if the condition holds.
            Operator::Else => BTreeSet::from([end]),
            Operator::If { .. } => {
                BTreeSet::from([at + 1, elses.get(at).copied().filter(|place| *place > 0).unwrap_or(end)])
            }
            _ => BTreeSet::from([at + 1]),
        };
        for label in labels(operator).unwrap_or_default() {
            next.extend(self.target(at, label));
        }
        let mut has_changed = false;
        for word in 0..self.words {
            let after = |place: &usize| self.bits.get(place * self.words + word).copied().unwrap_or(0);
            let mut live = next.iter().map(after).fold(0, |all, bits| all | bits);
            match *operator {
                Operator::LocalGet { local_index } if place(local_index).0 == word => {
                    live |= 1 << place(local_index).1;
                }
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index }
                    if place(local_index).0 == word =>
                {
                    live &= !(1 << place(local_index).1);
                }
                _ => {}
            }
            if let Some(known) = self.bits.get_mut(at * self.words + word) {
                has_changed |= *known != live;
                *known = live;
            }
        }
        has_changed
    }
}

/// The word and the bit in it that stand for a local variable.
fn place(local: u32) -> (usize, u32) {
    (usize::try_from(local / 64).unwrap_or(usize::MAX), local % 64)
}

/// For each instruction that begins a construct, and each `else`, the place of the `end`; and for each `if` the place behind
/// its `else`, 0 if it has none.
fn constructs(operators: &[Operator<'_>]) -> (Vec<usize>, Vec<usize>) {
    let (mut ends, mut elses) = (vec![0; operators.len()], vec![0; operators.len()]);
    let mut open: Vec<Vec<usize>> = vec![Vec::new()];
    for (at, operator) in operators.iter().enumerate() {
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } => open.push(vec![at]),
            Operator::Else => {
                let innermost = open.last_mut();
                let of_if = innermost.as_ref().and_then(|begins| begins.first()).copied();
                if let Some(behind) = of_if.and_then(|begin| elses.get_mut(begin)) {
                    *behind = at + 1;
                }
                innermost.into_iter().for_each(|begins| begins.push(at));
            }
            Operator::End => {
                for begin in open.pop().unwrap_or_default() {
                    if let Some(end) = ends.get_mut(begin) {
                        *end = at;
                    }
                }
            }
            _ => {}
        }
    }
    (ends, elses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmparser::BlockType;

    const GET: Operator<'_> = Operator::LocalGet { local_index: 0 };
    const SET: Operator<'_> = Operator::LocalSet { local_index: 0 };
    const ONE: Operator<'_> = Operator::I32Const { value: 1 };
    const BLOCK: BlockType = BlockType::Empty;

    /// Before which instructions the only variable is live.
    fn live(operators: &[Operator<'_>]) -> Vec<usize> {
        let liveness = Liveness::of(operators, 1);
        (0..operators.len()).filter(|at| liveness.is_live(*at, 0)).collect()
    }

    #[test]
    fn knows_what_is_read_later() {
        assert_eq!(live(&[ONE, SET, GET, Operator::Drop, Operator::End]), [2]);
        // A branch past the only reading.
        let past =
            [Operator::Block { blockty: BLOCK }, Operator::Br { relative_depth: 0 }, GET, Operator::Drop];
        assert_eq!(live(&[&past[..], &[Operator::End, Operator::End]].concat()), [2]);
        // What is set at the end of a loop is read at its beginning.
        let again = [Operator::Loop { blockty: BLOCK }, GET, Operator::Drop, ONE, SET];
        let until = [ONE, Operator::BrIf { relative_depth: 0 }, Operator::End, Operator::End];
        assert_eq!(live(&[&again[..], &until[..]].concat()), [0, 1, 5, 6]);
        // Set in one case only: the other one keeps what was before.
        let either =
            [ONE, Operator::If { blockty: BLOCK }, ONE, SET, Operator::Else, Operator::Nop, Operator::End];
        assert_eq!(live(&[&either[..], &[GET, Operator::Drop, Operator::End]].concat()), [0, 1, 4, 5, 6, 7]);
        let maybe = [ONE, Operator::If { blockty: BLOCK }, ONE, SET, Operator::End, GET, Operator::Drop];
        assert_eq!(live(&[&maybe[..], &[Operator::End]].concat()), [0, 1, 4, 5]);
    }

    #[test]
    fn knows_where_labels_lead() {
        let operators = [
            Operator::Loop { blockty: BLOCK },
            Operator::Block { blockty: BLOCK },
            Operator::Nop,
            Operator::End,
            Operator::End,
            Operator::End,
        ];
        let liveness = Liveness::of(&operators, 0);
        let targets = [0, 1, 2, 3].map(|label| liveness.target(2, label));
        assert_eq!(targets, [Some(3), Some(0), Some(6), None]);
    }
}
