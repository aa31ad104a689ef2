//! A module whose late regions are functions of their own, behind all others.

use std::collections::HashMap;

use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasm_encoder::{CodeSection, Function, FunctionSection, Module as Encoded, TypeSection, ValType};
use wasmparser::{
    CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeSectionReader, ValidPayload, Validator,
    WasmFeatures,
};

use super::body::Body;
use super::late::Late;
use super::module::Module;
use super::outline::{self, Outlined};
use super::region::Region;
use super::rooms::Part;
use crate::failure::{Attempt, Outcome};

/// Takes every function of a module apart.
///
/// Fails if the module is not valid.
pub(super) fn bodies(bytes: &[u8]) -> Outcome<Vec<Body<'_>>> {
    let what = "the WebAssembly";
    let mut validator = Validator::new_with_features(WasmFeatures::all());
    let mut allocations = Default::default();
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload: Payload<'_> = payload.attempting(what)?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload).attempting(what)? {
            let (body, used) = Body::read(function, &body, allocations)?;
            allocations = used;
            bodies.push(body);
        }
    }
    Ok(bodies)
}

/// Cuts the late regions out of the functions that are not late themselves. Gives the module and, for each function that is
/// new behind all others, the part that it goes to.
///
/// Fails if the module cannot be written again.
pub(super) fn cut(
    bytes: &[u8],
    module: &Module,
    bodies: &[Body<'_>],
    late: &Late,
) -> Outcome<(Vec<u8>, Vec<Part>)> {
    let mut cut = Cut {
        functions: Vec::new(),
        outlined: Vec::new(),
        parts: Vec::new(),
        first_new: module.defined().end,
        types: HashMap::new(),
    };
    for ((name, body), function) in module.names.iter().zip(bodies).zip(module.defined()) {
        let is_late = late.part_of_function(name).is_some();
        let regions = if is_late { Vec::new() } else { late.regions(module, name, body) };
        let (regions, parts): (Vec<Region>, Vec<Part>) = regions.into_iter().unzip();
        let (_, signature) = module.signature(function)?;
        let rewritten = if regions.is_empty() {
            None
        } else {
            cut.parts.extend(parts);
            Some(cut.take(body, signature.params().len(), &regions)?)
        };
        cut.functions.push(rewritten);
    }
    let mut encoded = Encoded::new();
    cut.parse_core_module(&mut encoded, Parser::new(0), bytes)
        .attempting("the module without late regions")?;
    Ok((encoded.finish(), cut.parts))
}

struct Cut {
    /// The functions without their late regions, where there were any.
    functions: Vec<Option<Function>>,
    outlined: Vec<Outlined>,
    parts: Vec<Part>,
    first_new: u32,
    /// The types of the new functions.
    types: HashMap<(Vec<ValType>, Vec<ValType>), u32>,
}

impl Cut {
    fn take(&mut self, body: &Body<'_>, parameters: usize, regions: &[Region]) -> Outcome<Function> {
        let again =
            |kind: &wasmparser::ValType| RoundtripReencoder.val_type(*kind).attempting("a local variable");
        let mut locals: Vec<ValType> =
            body.locals.iter().skip(parameters).map(again).collect::<Outcome<_>>()?;
        let mut instructions = Vec::new();
        let mut regions = regions.iter().peekable();
        let mut at = 0;
        while let Some(operator) = body.operators.get(at) {
            if let Some(region) = regions.next_if(|region| region.start == at) {
                let function = self.first_new + u32::try_from(self.outlined.len()).unwrap_or(0);
                self.outlined.push(outline::outlined(body, region)?);
                let next = |kind| {
                    locals.push(kind);
                    u32::try_from(parameters + locals.len()).unwrap_or(u32::MAX) - 1
                };
                instructions.extend(outline::call(region, function, next)?);
                at = region.end;
            } else {
                let again = RoundtripReencoder.instruction(operator.clone());
                instructions.push(again.attempting("an instruction of the WebAssembly")?);
                at += 1;
            }
        }
        let mut function = Function::new_with_locals_types(locals);
        for instruction in &instructions {
            function.instruction(instruction);
        }
        Ok(function)
    }
}

impl Reencode for Cut {
    type Error = std::convert::Infallible;

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_type_section(self, types, section)?;
        for outlined in &self.outlined {
            let signature = (outlined.parameters.clone(), outlined.results.clone());
            self.types.entry(signature).or_insert_with_key(|(parameters, results)| {
                types.ty().function(parameters.iter().copied(), results.iter().copied());
                types.len() - 1
            });
        }
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_function_section(self, functions, section)?;
        for outlined in &self.outlined {
            let signature = (outlined.parameters.clone(), outlined.results.clone());
            functions.function(self.types.get(&signature).copied().unwrap_or(0));
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        let functions = std::mem::take(&mut self.functions);
        for (rewritten, body) in functions.into_iter().zip(section) {
            match rewritten {
                Some(function) => {
                    code.function(&function);
                }
                None => self.parse_function_body(code, body?)?,
            }
        }
        for outlined in &self.outlined {
            code.function(&outlined.function);
        }
        Ok(())
    }
}
