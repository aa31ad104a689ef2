//! The rest: the late functions, which work on the first half's memory and tables.

use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, Function, FunctionSection,
    ImportSection, Instruction, Module as Encoded, StartSection, TypeSection,
};
use wasmparser::{FunctionBody, Operator, Parser, Payload};

use super::module::Module;
use super::plan::Plan;
use super::shared::{self, Astray, FIRST_MODULE, Runs};
use crate::failure::{Attempt, Outcome};

/// Makes it.
///
/// Fails if the module has something that cannot be written again.
pub(super) fn rest(bytes: &[u8], module: &Module, plan: &Plan, runs: &Runs) -> Outcome<Vec<u8>> {
    let what = "the rest";
    let imported = imported(module, plan);
    let numbers =
        (0..).zip(imported.iter().chain(&plan.rest)).map(|(number, function)| (*function, number)).collect();
    let mut rest = Rest { module, plan, numbers };

    let (mut types, mut code) = (TypeSection::new(), CodeSection::new());
    let mut functions = module.defined();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload.attempting(what)? {
            Payload::TypeSection(section) => rest.parse_type_section(&mut types, section).attempting(what)?,
            Payload::CodeSectionEntry(body)
                if functions.next().is_some_and(|function| plan.is_late(function)) =>
            {
                rest.parse_function_body(&mut code, body).attempting(what)?;
            }
            _ => {}
        }
    }
    let mut imports = ImportSection::new();
    for function in &imported {
        let place = usize::try_from(*function).unwrap_or(usize::MAX);
        if let Some((from, name)) = module.imports.get(place) {
            imports.import(from, name, EntityType::Function(module.signature(*function)?.0));
        }
    }
    for (name, _, _, kind) in shared::all(module) {
        imports.import(FIRST_MODULE, &name, kind);
    }
    let mut signatures = FunctionSection::new();
    for function in &plan.rest {
        signatures.function(module.signature(*function)?.0);
    }
    // Once the slots are filled, a start function says that the rest is there.
    let start =
        StartSection { function_index: u32::try_from(imported.len() + plan.rest.len()).unwrap_or(u32::MAX) };
    signatures.function(types.len());
    types.ty().function([], []);
    let mut body = Function::new([]);
    body.instruction(&Instruction::I32Const(1));
    body.instruction(&Instruction::GlobalSet(shared::is_there(module)));
    body.instruction(&Instruction::End);
    code.function(&body);

    let mut encoded = Encoded::new();
    encoded.section(&types).section(&imports).section(&signatures).section(&start).section(&rest.elements());
    let mut data = DataSection::new();
    shared::add_runs(&mut data, runs);
    encoded.section(&code).section(&data);
    Ok(encoded.finish())
}

/// The imported functions that late ones call.
fn imported(module: &Module, plan: &Plan) -> Vec<u32> {
    let calls = |function: &u32| module.place(*function).and_then(|place| module.calls.get(place));
    let called: BTreeSet<u32> = plan.rest.iter().filter_map(calls).flatten().copied().collect();
    called.into_iter().filter(|function| *function < module.imported()).collect()
}

/// Writes late functions again, with other numbers for what they call.
struct Rest<'a> {
    module: &'a Module,
    plan: &'a Plan,
    /// The number of each function in the rest.
    numbers: BTreeMap<u32, u32>,
}

impl Rest<'_> {
    /// Puts the late functions into the slots where the stubs are.
    fn elements(&self) -> ElementSection {
        let mut by_slot: BTreeMap<u32, u32> = self
            .plan
            .slots
            .iter()
            .filter(|(function, _)| self.plan.is_late(**function))
            .filter_map(|(function, slot)| Some((*slot, *self.numbers.get(function)?)))
            .collect();
        let mut elements = ElementSection::new();
        while let Some((start, function)) = by_slot.pop_first() {
            let mut run = vec![function];
            let mut next = start + 1;
            while let Some(function) = by_slot.remove(&next) {
                run.push(function);
                next += 1;
            }
            let start = i32::try_from(start).unwrap_or(i32::MAX);
            elements.active(None, &ConstExpr::i32_const(start), Elements::Functions(run.into()));
        }
        elements
    }

    /// A call of a function in the first half goes through its slot.
    fn call(&self, function: u32) -> Result<Vec<Instruction<'static>>, Error<Astray>> {
        let astray = || Error::UserError(Astray(function));
        if let Some(number) = self.numbers.get(&function) {
            return Ok(vec![Instruction::Call(*number)]);
        }
        let slot =
            self.plan.slots.get(&function).and_then(|slot| i32::try_from(*slot).ok()).ok_or_else(astray)?;
        let (type_index, _) = self.module.signature(function).map_err(|_| astray())?;
        Ok(vec![Instruction::I32Const(slot), Instruction::CallIndirect { type_index, table_index: 0 }])
    }
}

impl Reencode for Rest<'_> {
    type Error = Astray;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Astray>> {
        self.numbers.get(&function).copied().ok_or(Error::UserError(Astray(function)))
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Astray>> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            match operators.read()? {
                Operator::Call { function_index } => {
                    for instruction in self.call(function_index)? {
                        function.instruction(&instruction);
                    }
                }
                other => {
                    function.instruction(&self.instruction(other)?);
                }
            }
        }
        code.function(&function);
        Ok(())
    }
}
