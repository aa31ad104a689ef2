//! WebAssembly without exports that its JavaScript does not use.

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, Module};
use wasmparser::{ExportSectionReader, ExternalKind, Parser};

use crate::failure::{Attempt, Outcome};

/// Leaves out every exported function that no `wasm.name` of the JavaScript names.
///
/// Fails if the module cannot be written again.
pub(super) fn without_unused(wasm: &[u8], glue: &str) -> Outcome<Vec<u8>> {
    let mut encoded = Module::new();
    Used(glue).parse_core_module(&mut encoded, Parser::new(0), wasm).attempting("the module's exports")?;
    Ok(encoded.finish())
}

struct Used<'a>(&'a str);

impl Reencode for Used<'_> {
    type Error = std::convert::Infallible;

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        for export in section {
            let export = export?;
            if export.kind != ExternalKind::Func || self.0.contains(&format!("wasm.{}", export.name)) {
                utils::parse_export(self, exports, export)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{CodeSection, ExportKind, Function, FunctionSection, Instruction, TypeSection};

    #[test]
    fn keeps_what_the_javascript_names() {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut exports = ExportSection::new();
        exports.export("used", ExportKind::Func, 0).export("unused", ExportKind::Func, 0);
        let mut body = Function::new([]);
        body.instruction(&Instruction::End);
        let mut code = CodeSection::new();
        code.function(&body);
        let mut module = Module::new();
        module.section(&types).section(&functions).section(&exports).section(&code);
        let wasm = without_unused(&module.finish(), "wasm.used();").unwrap();
        let has = |name: &str| wasm.windows(name.len()).any(|bytes| bytes == name.as_bytes());
        assert!(has("used") && !has("unused"));
    }
}
