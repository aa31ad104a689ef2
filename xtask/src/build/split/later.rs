//! A later part: functions that work on the first part's memory and tables.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, DataSection, EntityType, FunctionSection, ImportSection, Module as Encoded, TypeSection,
};
use wasmparser::{FunctionBody, Parser, Payload};

use super::function_bodies;
use super::module::Module;
use super::plan::Plan;
use super::rooms::Part;
use super::shared::{self, Astray, FILLED, FIRST_MODULE, Runs, Writing};
use crate::failure::{Attempt, Outcome};

/// Makes it.
///
/// Fails if the module has something that cannot be written again.
pub(super) fn later(bytes: &[u8], module: &Module, plan: &Plan, part: Part, runs: &Runs) -> Outcome<Vec<u8>> {
    let what = "a later part";
    let functions = plan.functions(part);
    let imported = module.imported_by(functions);
    let when_filled = u32::try_from(imported.len()).unwrap_or(u32::MAX);
    let numbers: BTreeMap<u32, u32> =
        imported.iter().copied().zip(0..).chain(functions.iter().copied().zip(when_filled + 1..)).collect();
    let mut later = Later(Writing { module, plan, part, numbers, when_filled });

    let (mut types, mut code) = (TypeSection::new(), CodeSection::new());
    for payload in Parser::new(0).parse_all(bytes) {
        if let Payload::TypeSection(section) = payload.attempting(what)? {
            later.parse_type_section(&mut types, section).attempting(what)?;
        }
    }
    let bodies = function_bodies(bytes)?;
    let slot_to_slot = types.len();
    types.ty().function([wasm_encoder::ValType::I32], [wasm_encoder::ValType::I32]);
    let mut imports = ImportSection::new();
    for function in &imported {
        let place = usize::try_from(*function).unwrap_or(usize::MAX);
        if let Some((from, name)) = module.imports.get(place) {
            imports.import(from, name, EntityType::Function(module.signature(*function)?.0));
        }
    }
    imports.import(FIRST_MODULE, FILLED, EntityType::Function(slot_to_slot));
    for (name, _, _, kind) in shared::all(module) {
        imports.import(FIRST_MODULE, &name, kind);
    }
    let mut signatures = FunctionSection::new();
    for function in functions {
        signatures.function(module.signature(*function)?.0);
        let body = module.place(*function).and_then(|place| bodies.get(place)).cloned();
        let body = body.ok_or(Error::UserError(Astray(*function))).attempting(what)?;
        later.parse_function_body(&mut code, body).attempting(what)?;
    }
    let elements = later.0.elements().attempting(what)?;
    let mut data = DataSection::new();
    shared::add_runs(&mut data, runs);
    let mut encoded = Encoded::new();
    encoded.section(&types).section(&imports).section(&signatures).section(&elements);
    encoded.section(&code).section(&data);
    Ok(encoded.finish())
}

/// Writes functions again, with other numbers for what they call.
struct Later<'a>(Writing<'a>);

impl Reencode for Later<'_> {
    type Error = Astray;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Astray>> {
        self.0.number(function)
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> Result<(), Error<Astray>> {
        shared::write(self, code, &body, |later| &later.0)
    }
}
