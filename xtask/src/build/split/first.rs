//! The first half: everything but the late functions, and stubs where anybody may call them.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportSection,
    Function, FunctionSection, GlobalSection, ImportSection, Instruction, Module as Encoded, TableSection,
    TypeSection,
};
use wasmparser::{
    CodeSectionReader, DataSectionReader, ElementSectionReader, ExportSectionReader, FunctionBody,
    FunctionSectionReader, GlobalSectionReader, ImportSectionReader, Operator, Parser, TableSectionReader,
    TypeSectionReader,
};

use super::module::Module;
use super::plan::Plan;
use super::shared::{self, Astray, LOADER, LOADER_MODULE, Runs};
use crate::failure::{Attempt, Outcome};

/// Makes it.
///
/// Fails if the module has something that cannot be written again.
pub(super) fn first(bytes: &[u8], module: &Module, plan: &Plan, data: &Runs) -> Outcome<Vec<u8>> {
    // Behind the imported functions: the one that fetches the rest, then the one that asks for it.
    let defined = module.imported() + 2;
    let numbers = (0..module.imported())
        .map(|function| (function, function))
        .chain(plan.first.iter().copied().zip(defined..))
        .collect();
    let mut first = First { module, plan, data, numbers, no_arguments: 0 };
    let mut encoded = Encoded::new();
    first.parse_core_module(&mut encoded, Parser::new(0), bytes).attempting("the first half")?;
    Ok(encoded.finish())
}

/// Writes the module again, with other numbers for its functions.
struct First<'a> {
    module: &'a Module,
    plan: &'a Plan,
    data: &'a Runs,
    /// The number of each function in the first half; a late one has that of its stub, if it has one.
    numbers: BTreeMap<u32, u32>,
    /// The type of a function that takes and gives nothing.
    no_arguments: u32,
}

impl First<'_> {
    /// The function of JavaScript's that fetches the rest.
    fn fetch(&self) -> u32 {
        self.module.imported()
    }

    /// The function that returns once the rest is there.
    fn need(&self) -> u32 {
        self.fetch() + 1
    }

    /// What that function does.
    fn need_body(&self) -> Function {
        let mut need = Function::new([]);
        need.instruction(&Instruction::GlobalGet(shared::is_there(self.module)));
        need.instruction(&Instruction::I32Eqz);
        need.instruction(&Instruction::If(BlockType::Empty));
        need.instruction(&Instruction::Call(self.fetch()));
        need.instruction(&Instruction::End);
        need.instruction(&Instruction::End);
        need
    }

    /// What calls a late function when its arguments are on the stack.
    fn call(&self, function: u32) -> Option<[Instruction<'static>; 3]> {
        let (type_index, _) = self.module.signature(function).ok()?;
        let slot = i32::try_from(*self.plan.slots.get(&function)?).ok()?;
        Some([
            Instruction::Call(self.need()),
            Instruction::I32Const(slot),
            Instruction::CallIndirect { type_index, table_index: 0 },
        ])
    }

    fn stub(&self, function: u32) -> Option<Function> {
        let (_, signature) = self.module.signature(function).ok()?;
        let mut stub = Function::new([]);
        for (argument, _) in (0u32..).zip(signature.params()) {
            stub.instruction(&Instruction::LocalGet(argument));
        }
        for instruction in self.call(function)? {
            stub.instruction(&instruction);
        }
        stub.instruction(&Instruction::End);
        Some(stub)
    }
}

impl Reencode for First<'_> {
    type Error = Astray;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Astray>> {
        self.numbers.get(&function).copied().ok_or(Error::UserError(Astray(function)))
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        utils::parse_type_section(self, types, section)?;
        self.no_arguments = types.len();
        types.ty().function([], []);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        utils::parse_import_section(self, imports, section)?;
        imports.import(LOADER_MODULE, LOADER, EntityType::Function(self.no_arguments));
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        functions.function(self.no_arguments);
        for function in &self.plan.first {
            let signature = self.module.signature(*function);
            functions.function(signature.map_err(|_| Error::UserError(Astray(*function)))?.0);
        }
        Ok(())
    }

    fn parse_table_section(
        &mut self,
        tables: &mut TableSection,
        section: TableSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        for (index, table) in section.into_iter().enumerate() {
            let mut table = table?;
            if index == 0 {
                let more = u64::from(self.plan.more_slots);
                table.ty.initial += more;
                table.ty.maximum = table.ty.maximum.map(|maximum| maximum + more);
            }
            utils::parse_table(self, tables, table)?;
        }
        Ok(())
    }

    fn parse_global_section(
        &mut self,
        globals: &mut GlobalSection,
        section: GlobalSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        utils::parse_global_section(self, globals, section)?;
        globals.global(shared::IS_THERE, &ConstExpr::i32_const(0));
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        utils::parse_export_section(self, exports, section)?;
        for (name, kind, index, _) in shared::all(self.module) {
            exports.export(&name, kind, index);
        }
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        section: ElementSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        utils::parse_element_section(self, elements, section)?;
        let start = i32::try_from(self.module.table_length()).unwrap_or(i32::MAX);
        let new = self.plan.new_slots.iter().filter_map(|function| self.numbers.get(function).copied());
        let new: Vec<u32> = new.collect();
        elements.active(None, &ConstExpr::i32_const(start), Elements::Functions(new.into()));
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        let bodies: Vec<FunctionBody<'_>> = section.into_iter().collect::<Result<_, _>>()?;
        code.function(&self.need_body());
        for function in &self.plan.first {
            let astray = || Error::UserError(Astray(*function));
            if self.plan.is_late(*function) {
                code.function(&self.stub(*function).ok_or_else(astray)?);
            } else {
                let body =
                    self.module.place(*function).and_then(|place| bodies.get(place)).ok_or_else(astray)?;
                self.parse_function_body(code, body.clone())?;
            }
        }
        Ok(())
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
                Operator::Call { function_index } if self.plan.is_late(function_index) => {
                    let call = self.call(function_index).ok_or(Error::UserError(Astray(function_index)))?;
                    for instruction in call {
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

    fn data_count(&mut self, _count: u32) -> Result<u32, Error<Astray>> {
        Ok(u32::try_from(self.data.len()).unwrap_or(u32::MAX))
    }

    fn parse_data_section(
        &mut self,
        data: &mut DataSection,
        _section: DataSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        shared::add_runs(data, self.data);
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        _module: &mut Encoded,
        _section: wasmparser::CustomSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        Ok(())
    }
}
