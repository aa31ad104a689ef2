//! A module that notes which of its places were reached.

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    CodeSection, ConstExpr, ExportKind, ExportSection, GlobalSection, GlobalType, Instruction,
    Module as Encoded, ValType,
};
use wasmparser::{ExportSectionReader, FunctionBody, GlobalSectionReader, Parser};

use super::body::Body;
use super::region::starts;
use crate::failure::{Attempt, Outcome};

/// Adds a bit for every place where a region may begin, set when the program comes there. The bits are in exported
/// global variables `p0`, `p1`, … of 64 bits each, in the order of the functions.
///
/// Fails if the module cannot be written again.
pub(super) fn instrumented(bytes: &[u8], bodies: &[Body<'_>]) -> Outcome<Vec<u8>> {
    let starts: Vec<Vec<usize>> = bodies.iter().map(starts).collect();
    let places = starts.iter().map(Vec::len).sum();
    let mut encoded = Encoded::new();
    let mut instrumented = Instrumented { starts, places, first_global: 0, function: 0, place: 0 };
    instrumented
        .parse_core_module(&mut encoded, Parser::new(0), bytes)
        .attempting("the module that notes places")?;
    Ok(encoded.finish())
}

struct Instrumented {
    starts: Vec<Vec<usize>>,
    places: usize,
    first_global: u32,
    function: usize,
    place: usize,
}

impl Instrumented {
    fn globals(&self) -> u32 {
        u32::try_from(self.places.div_ceil(64)).unwrap_or(u32::MAX)
    }
}

impl Reencode for Instrumented {
    type Error = std::convert::Infallible;

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_global_section(self, globals, section)?;
        self.first_global = globals.len();
        for _ in 0..self.globals() {
            let bits = GlobalType { val_type: ValType::I64, mutable: true, shared: false };
            globals.global(bits, &ConstExpr::i64_const(0));
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        utils::parse_export_section(self, exports, section)?;
        for index in 0..self.globals() {
            exports.export(&format!("p{index}"), ExportKind::Global, self.first_global + index);
        }
        Ok(())
    }

    fn parse_function_body(&mut self, code: &mut CodeSection, body: FunctionBody<'_>) -> Result<(), Error> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let starts = self.starts.get_mut(self.function).map(std::mem::take).unwrap_or_default();
        self.function += 1;
        let mut starts = starts.into_iter().peekable();
        let mut operators = body.get_operators_reader()?;
        let mut at = 0;
        while !operators.eof() {
            if starts.next_if_eq(&at).is_some() {
                let global = self.first_global + u32::try_from(self.place / 64).unwrap_or(0);
                let bit = 1_u64 << (self.place % 64);
                self.place += 1;
                function.instruction(&Instruction::GlobalGet(global));
                function.instruction(&Instruction::I64Const(bit.cast_signed()));
                function.instruction(&Instruction::I64Or);
                function.instruction(&Instruction::GlobalSet(global));
            }
            function.instruction(&self.parse_instruction(&mut operators)?);
            at += 1;
        }
        code.function(&function);
        Ok(())
    }
}
