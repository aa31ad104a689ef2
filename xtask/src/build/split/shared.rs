//! What the parts use together: the first one exports it, the others import it.

use std::collections::BTreeMap;
use std::fmt;

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind, Instruction,
};
use wasmparser::{FunctionBody, Operator};

use super::module::Module;
use super::plan::Plan;
use super::rooms::Part;

/// The module that the function which fetches the next part is imported from.
pub(super) const LOADER_MODULE: &str = "parts";

/// That function. It returns once another part is there, and throws if there is none or it cannot be had.
pub(super) const LOADER: &str = "need";

/// The module that late parts import the first one from.
pub(super) const FIRST_MODULE: &str = "first";

/// The name of the function of the first part that takes the number of a slot and gives it back once the slot is filled.
pub(super) const FILLED: &str = "filled";

/// Data, by the address that it goes to.
pub(super) type Runs = [(u32, Vec<u8>)];

/// Adds data to a part.
pub(super) fn add_runs(data: &mut DataSection, runs: &Runs) {
    for (start, bytes) in runs {
        data.active(0, &ConstExpr::i32_const(start.cast_signed()), bytes.iter().copied());
    }
}

/// A function that was to be in another part.
#[derive(Debug)]
pub(super) struct Astray(pub(super) u32);

impl fmt::Display for Astray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function {} is in another part", self.0)
    }
}

/// A part, while it is written.
pub(super) struct Writing<'a> {
    pub(super) module: &'a Module,
    pub(super) plan: &'a Plan,
    pub(super) part: Part,
    /// The number of each function in the part; a late one in the first part has that of its stub, if it has one.
    pub(super) numbers: BTreeMap<u32, u32>,
    /// The number of the function that gives back the number of a slot once it is filled.
    pub(super) when_filled: u32,
}

impl Writing<'_> {
    /// The number of a function in the part.
    ///
    /// Fails if it is in another one.
    pub(super) fn number(&self, function: u32) -> Result<u32, Error<Astray>> {
        self.numbers.get(&function).copied().ok_or(Error::UserError(Astray(function)))
    }

    /// What calls a function when its arguments are on the stack.
    ///
    /// Fails if it is in another part and has no slot.
    pub(super) fn call(&self, function: u32) -> Result<Vec<Instruction<'static>>, Error<Astray>> {
        let astray = || Error::UserError(Astray(function));
        let is_here = self.module.place(function).is_none() || self.plan.part(function) == self.part;
        if is_here {
            return Ok(vec![Instruction::Call(self.number(function)?)]);
        }
        let (type_index, _) = self.module.signature(function).map_err(|_| astray())?;
        let mut call = vec![Instruction::I32Const(self.plan.slot(function).ok_or_else(astray)?)];
        if self.plan.part(function) > self.part {
            call.push(Instruction::Call(self.when_filled));
        }
        call.push(Instruction::CallIndirect { type_index, table_index: 0 });
        Ok(call)
    }

    /// What the part puts into the table of functions.
    ///
    /// Fails if one of the functions is in another part.
    pub(super) fn elements(&self) -> Result<ElementSection, Error<Astray>> {
        let mut by_slot = self.plan.filled(self.module, self.part);
        let mut elements = ElementSection::new();
        while let Some((start, function)) = by_slot.pop_first() {
            let mut run = vec![self.number(function)?];
            let mut next = start + 1;
            while let Some(function) = by_slot.remove(&next) {
                run.push(self.number(function)?);
                next += 1;
            }
            let start = i32::try_from(start).unwrap_or(i32::MAX);
            elements.active(None, &ConstExpr::i32_const(start), Elements::Functions(run.into()));
        }
        Ok(elements)
    }
}

/// Writes a function again: what it calls may be in another part. Once the last part is there, so are all.
///
/// Fails if it cannot be written again.
pub(super) fn write<'a, W>(
    writer: &mut W,
    code: &mut CodeSection,
    body: &FunctionBody<'_>,
    writing: impl Fn(&W) -> &Writing<'a>,
) -> Result<(), Error<Astray>>
where
    W: Reencode<Error = Astray>,
{
    let mut function = writer.new_function_with_parsed_locals(body)?;
    let mut operators = body.get_operators_reader()?;
    while !operators.eof() {
        match operators.read()? {
            Operator::Call { function_index } => {
                for instruction in writing(writer).call(function_index)? {
                    function.instruction(&instruction);
                }
            }
            other => {
                if matches!(other, Operator::CallIndirect { .. }) && writing(writer).part != Part::Rest {
                    function.instruction(&Instruction::Call(writing(writer).when_filled));
                }
                function.instruction(&writer.instruction(other)?);
            }
        }
    }
    code.function(&function);
    Ok(())
}

/// Memory, tables and global variables: their names between the parts, their kind and number in the module, and what
/// they are. The names are numbers, which no other export has.
pub(super) fn all(module: &Module) -> Vec<(String, ExportKind, u32, EntityType)> {
    let mut again = RoundtripReencoder;
    let mut all = Vec::new();
    let mut add = |kind, index, what: Option<EntityType>| {
        all.extend(what.map(|what| (all.len().to_string(), kind, index, what)));
    };
    for (index, memory) in (0..).zip(&module.memories) {
        add(ExportKind::Memory, index, again.memory_type(*memory).ok().map(EntityType::Memory));
    }
    for (index, table) in (0..).zip(&module.tables) {
        let mut table = *table;
        // The first part makes the table of functions longer than it was.
        table.maximum = None;
        add(ExportKind::Table, index, again.table_type(table).ok().map(EntityType::Table));
    }
    for (index, global) in (0..).zip(&module.globals) {
        add(ExportKind::Global, index, again.global_type(*global).ok().map(EntityType::Global));
    }
    all
}
