//! Regions as functions of their own, and calls in their place.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{BlockType, Function, Instruction, ValType};
use wasmparser::Operator;

use super::body::Body;
use super::region::{Exit, Region, labels};
use crate::failure::{Attempt, Failure, Outcome};

/// A region as a function.
pub(super) struct Outlined {
    /// What it takes: local variables of the function that it was in.
    pub(super) parameters: Vec<ValType>,
    /// What it gives: local variables, then values that exits carry, then the number of the exit.
    pub(super) results: Vec<ValType>,
    /// The function.
    pub(super) function: Function,
}

/// What a region's variables are called where the region now is, or where it was.
struct Variables {
    /// The values that exits carry, by type.
    carried: Vec<(wasmparser::ValType, u32)>,
    /// The number of the exit.
    exit: u32,
    /// Something to set aside for an instruction or two.
    aside: u32,
}

impl Variables {
    fn carried(&self, kind: wasmparser::ValType) -> Outcome<u32> {
        let found = self.carried.iter().find(|(known, _)| *known == kind).map(|(_, local)| *local);
        found.ok_or_else(|| Failure::new("an exit carries a value of an unknown type"))
    }

    fn new(region: &Region, mut next: impl FnMut(ValType) -> u32) -> Outcome<Self> {
        let carried = region.carries().into_iter().map(|kind| Ok((kind, next(encoded(kind)?))));
        Ok(Self {
            carried: carried.collect::<Outcome<_>>()?,
            exit: next(ValType::I32),
            aside: next(ValType::I32),
        })
    }
}

fn encoded(kind: wasmparser::ValType) -> Outcome<ValType> {
    RoundtripReencoder.val_type(kind).attempting("a type of the WebAssembly")
}

fn local_type(body: &Body<'_>, local: u32) -> Outcome<ValType> {
    let kind = usize::try_from(local).ok().and_then(|local| body.locals.get(local));
    kind.map_or_else(
        || Err(Failure::new(format!("there is no local variable {local}"))),
        |kind| encoded(*kind),
    )
}

/// Makes a function of a region.
///
/// Fails if the region has something that cannot be written again.
pub(super) fn outlined(body: &Body<'_>, region: &Region) -> Outcome<Outlined> {
    let parameters: Vec<ValType> =
        region.takes.iter().map(|local| local_type(body, *local)).collect::<Outcome<_>>()?;
    let mut locals = Vec::new();
    let mut names: BTreeMap<u32, u32> = (0..).zip(&region.takes).map(|(new, old)| (*old, new)).collect();
    let taken = u32::try_from(parameters.len()).unwrap_or(u32::MAX);
    let mut next = |kind| {
        locals.push(kind);
        taken + u32::try_from(locals.len()).unwrap_or(u32::MAX) - 1
    };
    for local in region.touches.iter().filter(|local| !region.takes.contains(local)) {
        names.insert(*local, next(local_type(body, *local)?));
    }
    let variables = Variables::new(region, next)?;

    let mut writer = Writer { region, names, variables, written: vec![Instruction::Block(BlockType::Empty)] };
    let depth = body.places.get(region.start).map_or(0, |place| place.depth);
    for at in region.start..region.end {
        let nested = body.places.get(at).map_or(0, |place| place.depth.saturating_sub(depth));
        if let Some(operator) = body.operators.get(at) {
            writer.write(operator, u32::try_from(nested).unwrap_or(0))?;
        }
    }
    if region.exits.contains_key(&Exit::End) {
        writer.leave(Exit::End, 0)?;
    }
    let Writer { names, variables, mut written, .. } = writer;
    written.push(Instruction::End);

    let mut results = Vec::new();
    for local in &region.gives {
        results.push(local_type(body, *local)?);
        written.push(Instruction::LocalGet(
            *names.get(local).ok_or_else(|| Failure::new("a local variable is lost"))?,
        ));
    }
    for (kind, local) in &variables.carried {
        results.push(encoded(*kind)?);
        written.push(Instruction::LocalGet(*local));
    }
    if region.tells_exit() {
        results.push(ValType::I32);
        written.push(Instruction::LocalGet(variables.exit));
    }
    written.push(Instruction::End);
    let mut function = Function::new_with_locals_types(locals);
    for instruction in &written {
        function.instruction(instruction);
    }
    Ok(Outlined { parameters, results, function })
}

/// Writes the instructions of a region, in a block that is left where the region is.
struct Writer<'a> {
    region: &'a Region,
    names: BTreeMap<u32, u32>,
    variables: Variables,
    written: Vec<Instruction<'a>>,
}

impl<'a> Writer<'a> {
    fn name(&self, local: u32) -> Outcome<u32> {
        self.names.get(&local).copied().ok_or_else(|| Failure::new("a local variable is lost"))
    }

    /// Sets down what the exit carries and its number, and leaves the block, from so many constructs inside it.
    fn leave(&mut self, exit: Exit, nested: u32) -> Outcome {
        if let Some(kind) = self.region.exits.get(&exit).copied().flatten() {
            self.written.push(Instruction::LocalSet(self.variables.carried(kind)?));
        }
        self.leave_without_value(exit, nested)
    }

    fn leave_without_value(&mut self, exit: Exit, nested: u32) -> Outcome {
        let number = self.region.number(exit).ok_or_else(|| Failure::new("an exit is unknown"))?;
        if self.region.tells_exit() {
            self.written.push(Instruction::I32Const(number));
            self.written.push(Instruction::LocalSet(self.variables.exit));
        }
        self.written.push(Instruction::Br(nested));
        Ok(())
    }

    /// The exit that a label is, if it is one, seen from so many constructs inside.
    fn exit(&self, label: u32, nested: u32) -> Option<Exit> {
        let out = label.checked_sub(nested)?;
        Some(if out == 0 && !self.region.exits.contains_key(&Exit::Branch(0)) {
            Exit::End
        } else {
            Exit::Branch(out)
        })
    }

    fn write(&mut self, operator: &Operator<'a>, nested: u32) -> Outcome {
        match operator {
            Operator::LocalGet { local_index } => {
                self.written.push(Instruction::LocalGet(self.name(*local_index)?));
            }
            Operator::LocalSet { local_index } => {
                self.written.push(Instruction::LocalSet(self.name(*local_index)?));
            }
            Operator::LocalTee { local_index } => {
                self.written.push(Instruction::LocalTee(self.name(*local_index)?));
            }
            Operator::Return => self.leave(Exit::Return, nested)?,
            Operator::Br { relative_depth } => match self.exit(*relative_depth, nested) {
                Some(exit) => self.leave(exit, nested)?,
                None => self.written.push(Instruction::Br(*relative_depth)),
            },
            Operator::BrIf { relative_depth } => match self.exit(*relative_depth, nested) {
                Some(exit) => self.leave_if(exit, nested)?,
                None => self.written.push(Instruction::BrIf(*relative_depth)),
            },
            Operator::BrTable { targets } => {
                let labels = labels(operator).unwrap_or_default();
                if labels.iter().any(|label| *label >= nested) {
                    self.leave_by_table(&labels, nested)?;
                } else {
                    let targets: Vec<u32> =
                        targets.targets().collect::<Result<_, _>>().attempting("a branch table")?;
                    self.written
                        .push(Instruction::BrTable(targets.into(), labels.last().copied().unwrap_or(0)));
                }
            }
            other => {
                let again = RoundtripReencoder.instruction(other.clone());
                self.written.push(again.attempting("an instruction of the WebAssembly")?);
            }
        }
        Ok(())
    }

    fn leave_if(&mut self, exit: Exit, nested: u32) -> Outcome {
        if let Some(kind) = self.region.exits.get(&exit).copied().flatten() {
            // The value stays where it is if the branch is not taken.
            self.written.push(Instruction::LocalSet(self.variables.aside));
            self.written.push(Instruction::LocalTee(self.variables.carried(kind)?));
            self.written.push(Instruction::LocalGet(self.variables.aside));
        } else if !self.region.tells_exit() {
            self.written.push(Instruction::BrIf(nested));
            return Ok(());
        }
        self.written.push(Instruction::If(BlockType::Empty));
        self.leave_without_value(exit, nested + 1)?;
        self.written.push(Instruction::End);
        Ok(())
    }

    /// A block around the table for each exit in it; after the end of each, its exit.
    fn leave_by_table(&mut self, all: &[u32], nested: u32) -> Outcome {
        let mut exits: Vec<Exit> = all.iter().filter_map(|label| self.exit(*label, nested)).collect();
        exits.sort_unstable();
        exits.dedup();
        let count = u32::try_from(exits.len()).unwrap_or(u32::MAX);
        self.written.push(Instruction::LocalSet(self.variables.aside));
        self.written.extend(exits.iter().map(|_| Instruction::Block(BlockType::Empty)));
        self.written.push(Instruction::LocalGet(self.variables.aside));
        let mut targets: Vec<u32> = all
            .iter()
            .map(|label| {
                let place =
                    self.exit(*label, nested).and_then(|exit| exits.iter().position(|known| *known == exit));
                place.and_then(|place| u32::try_from(place).ok()).unwrap_or(label + count)
            })
            .collect();
        let default = targets.pop().unwrap_or(0);
        self.written.push(Instruction::BrTable(targets.into(), default));
        for (around, exit) in (1..).zip(exits) {
            self.written.push(Instruction::End);
            self.leave_without_value(exit, nested + count - around)?;
        }
        Ok(())
    }
}

/// The call in place of a region, and what follows from how the region was left. `next` gives new local variables.
///
/// Fails if the region is not as it should be.
pub(super) fn call(
    region: &Region,
    function: u32,
    next: impl FnMut(ValType) -> u32,
) -> Outcome<Vec<Instruction<'static>>> {
    let variables = Variables::new(region, next)?;
    let mut written: Vec<Instruction<'static>> =
        region.takes.iter().map(|local| Instruction::LocalGet(*local)).collect();
    written.push(Instruction::Call(function));
    if region.tells_exit() {
        written.push(Instruction::LocalSet(variables.exit));
    }
    written.extend(variables.carried.iter().rev().map(|(_, local)| Instruction::LocalSet(*local)));
    written.extend(region.gives.iter().rev().map(|local| Instruction::LocalSet(*local)));
    if region.exits.is_empty() {
        written.push(Instruction::Unreachable);
    }
    // The end of the construct is the exit that needs no branch, so it comes last.
    let mut exits: Vec<(Exit, Option<wasmparser::ValType>)> =
        region.exits.iter().map(|(exit, kind)| (*exit, *kind)).collect();
    exits.sort_by_key(|(exit, _)| *exit == Exit::End);
    let last = exits.len().saturating_sub(1);
    for (place, (exit, kind)) in exits.into_iter().enumerate() {
        let number = region.number(exit).unwrap_or(0);
        let is_last = place == last;
        if !is_last {
            written.push(Instruction::LocalGet(variables.exit));
            written.push(Instruction::I32Const(number));
            written.push(Instruction::I32Eq);
            written.push(Instruction::If(BlockType::Empty));
        }
        if let Some(kind) = kind {
            written.push(Instruction::LocalGet(variables.carried(kind)?));
        }
        match exit {
            Exit::End => {}
            Exit::Branch(out) => written.push(Instruction::Br(if is_last { out } else { out + 1 })),
            Exit::Return => written.push(Instruction::Return),
        }
        if !is_last {
            written.push(Instruction::End);
        }
    }
    Ok(written)
}
