//! The first part: everything but the late functions, stubs where JavaScript calls one of those, and what asks for the
//! other parts.

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{
    BlockType, CodeSection, DataSection, ElementSection, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, ImportSection, Instruction, Module as Encoded, TableSection, TypeSection, ValType,
};
use wasmparser::{
    CodeSectionReader, DataSectionReader, ElementSectionReader, ExportSectionReader, FunctionBody,
    FunctionSectionReader, ImportSectionReader, Parser, TableSectionReader, TypeRef, TypeSectionReader,
};

use super::module::Module;
use super::plan::Plan;
use super::rooms::Part;
use super::shared::{self, Astray, FILLED, LOADER, LOADER_MODULE, Runs, Writing};
use crate::failure::{Attempt, Outcome};

/// Makes it.
///
/// Fails if the module has something that cannot be written again.
pub(super) fn first(bytes: &[u8], module: &Module, plan: &Plan, data: &Runs) -> Outcome<Vec<u8>> {
    // Behind the imported functions: the one that fetches another part, then the one that asks for it.
    let functions = plan.functions(Part::First);
    let own: Vec<u32> =
        functions.iter().copied().filter(|function| plan.part(*function) == Part::First).collect();
    let given = module.exported.iter().chain(module.table.values()).copied();
    let mut imported = module.imported_by(&own);
    imported.extend(given.filter(|function| module.place(*function).is_none()));
    imported.sort_unstable();
    imported.dedup();
    let when_filled = u32::try_from(imported.len()).unwrap_or(u32::MAX) + 1;
    let numbers =
        imported.iter().copied().zip(0..).chain(functions.iter().copied().zip(when_filled + 1..)).collect();
    let writing = Writing { module, plan, part: Part::First, numbers, when_filled };
    let mut first = First { writing, data, new_types: 0 };
    let mut encoded = Encoded::new();
    first.parse_core_module(&mut encoded, Parser::new(0), bytes).attempting("the first part")?;
    Ok(encoded.finish())
}

/// Writes the module again, with other numbers for its functions.
struct First<'a> {
    writing: Writing<'a>,
    data: &'a Runs,
    /// The number of the type of a function that takes and gives nothing; behind it, that of one that takes and gives a slot.
    new_types: u32,
}

impl First<'_> {
    /// The function that gives back the number of a slot once it is filled.
    fn when_filled(&self) -> Function {
        let mut body = Function::new([]);
        for instruction in [
            Instruction::Loop(BlockType::Empty),
            Instruction::LocalGet(0),
            Instruction::TableGet(0),
            Instruction::RefIsNull,
            Instruction::If(BlockType::Empty),
            Instruction::Call(self.writing.when_filled - 1),
            Instruction::Br(1),
            Instruction::End,
            Instruction::End,
            Instruction::LocalGet(0),
            Instruction::End,
        ] {
            body.instruction(&instruction);
        }
        body
    }

    fn stub(&self, function: u32) -> Result<Function, Error<Astray>> {
        let astray = |_| Error::UserError(Astray(function));
        let (_, signature) = self.writing.module.signature(function).map_err(astray)?;
        let mut stub = Function::new([]);
        for (argument, _) in (0u32..).zip(signature.params()) {
            stub.instruction(&Instruction::LocalGet(argument));
        }
        for instruction in self.writing.call(function)? {
            stub.instruction(&instruction);
        }
        stub.instruction(&Instruction::End);
        Ok(stub)
    }
}

impl Reencode for First<'_> {
    type Error = Astray;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Astray>> {
        self.writing.number(function)
    }

    fn parse_type_section(
        &mut self,
        types: &mut TypeSection,
        section: TypeSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        utils::parse_type_section(self, types, section)?;
        self.new_types = types.len();
        types.ty().function([], []);
        types.ty().function([ValType::I32], [ValType::I32]);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        let mut function = 0;
        for import in section.into_imports() {
            let import = import?;
            let is_function = matches!(import.ty, TypeRef::Func(_));
            // What only later parts call, they import themselves.
            if !is_function || self.writing.numbers.contains_key(&function) {
                utils::parse_import(self, imports, import)?;
            }
            function += u32::from(is_function);
        }
        imports.import(LOADER_MODULE, LOADER, EntityType::Function(self.new_types));
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        functions.function(self.new_types + 1);
        for function in self.writing.plan.functions(Part::First) {
            let signature = self.writing.module.signature(*function);
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
                let more = u64::from(self.writing.plan.more_slots);
                table.ty.initial += more;
                table.ty.maximum = table.ty.maximum.map(|maximum| maximum + more);
            }
            utils::parse_table(self, tables, table)?;
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        utils::parse_export_section(self, exports, section)?;
        for (name, kind, index, _) in shared::all(self.writing.module) {
            exports.export(&name, kind, index);
        }
        exports.export(FILLED, ExportKind::Func, self.writing.when_filled);
        Ok(())
    }

    fn parse_element_section(
        &mut self,
        elements: &mut ElementSection,
        _section: ElementSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        *elements = self.writing.elements()?;
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Astray>> {
        let bodies: Vec<FunctionBody<'_>> = section.into_iter().collect::<Result<_, _>>()?;
        code.function(&self.when_filled());
        for function in self.writing.plan.functions(Part::First).to_vec() {
            if self.writing.plan.part(function) == Part::First {
                let body = self.writing.module.place(function).and_then(|place| bodies.get(place));
                shared::write(self, code, body.ok_or(Error::UserError(Astray(function)))?, |first| {
                    &first.writing
                })?;
            } else {
                code.function(&self.stub(function)?);
            }
        }
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
