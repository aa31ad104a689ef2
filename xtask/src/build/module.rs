//! The WebAssembly of wasm-bindgen as it is deployed: without exports that its JavaScript does not use, without what the linker noted
//! for the splitter, and with short import names. wasm-bindgen gives each import a name that ends in a hash, which no compression makes
//! small, and both files hold all of them.

use std::collections::BTreeMap;

use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection, Module};
use wasmparser::{
    CustomSectionReader, ExportSectionReader, ExternalKind, Import, ImportSectionReader, Parser, Payload,
};

use crate::failure::{Attempt, Failure, Outcome};

/// A module and its JavaScript, in step with each other.
#[derive(Debug)]
pub(super) struct Deployable {
    /// The module.
    pub(super) wasm: Vec<u8>,
    /// Its JavaScript.
    pub(super) glue: String,
}

/// Makes both smaller.
///
/// Fails if the module cannot be written again, or if the JavaScript lacks an import of it.
pub(super) fn deployable(wasm: &[u8], glue: &str, program: &str) -> Outcome<Deployable> {
    let names = short_names(wasm, &format!("./{program}_bg.js"))?;
    let mut encoded = Module::new();
    Smaller { glue, names: &names }
        .parse_core_module(&mut encoded, Parser::new(0), wasm)
        .attempting("the module of wasm-bindgen")?;
    Ok(Deployable { wasm: encoded.finish(), glue: renamed(glue, &names)? })
}

/// A chunk without what the linker noted for the splitter.
///
/// Fails if it cannot be written again.
pub(super) fn without_relocations(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoded = Module::new();
    Smaller { glue: "", names: &BTreeMap::new() }
        .parse_core_module(&mut encoded, Parser::new(0), wasm)
        .attempting("a chunk")?;
    Ok(encoded.finish())
}

/// Short names for what a module imports from another one.
fn short_names(wasm: &[u8], from: &str) -> Outcome<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(imports) = payload.attempting("the module of wasm-bindgen")? {
            for import in imports.into_imports() {
                let import = import.attempting("an import")?;
                if import.module == from && !names.contains_key(import.name) {
                    names.insert(import.name.to_owned(), short_name(names.len()));
                }
            }
        }
    }
    Ok(names)
}

/// The n-th of `a`, `b`, … `z`, `aa`, `ab`, …
fn short_name(n: usize) -> String {
    let (before, last) = (n / 26, u8::try_from(n % 26).unwrap_or_default());
    let mut name = if before == 0 { String::new() } else { short_name(before - 1) };
    name.push(char::from(b'a' + last));
    name
}

/// The JavaScript with short names for the imports that it defines.
fn renamed(glue: &str, names: &BTreeMap<String, String>) -> Outcome<String> {
    let mut result = String::with_capacity(glue.len());
    let mut defined = 0;
    let mut rest = glue;
    while let Some(start) = rest.find(is_in_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|letter| !is_in_word(letter)).unwrap_or(from.len()));
        result.push_str(before);
        let short = names.get(word).filter(|_| after.starts_with(':'));
        defined += usize::from(short.is_some());
        result.push_str(short.map_or(word, String::as_str));
        rest = after;
    }
    result.push_str(rest);
    if defined < names.len() {
        return Err(Failure::new("the JavaScript of wasm-bindgen is not as expected: it lacks imports"));
    }
    Ok(result)
}

fn is_in_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

struct Smaller<'a> {
    glue: &'a str,
    names: &'a BTreeMap<String, String>,
}

impl Reencode for Smaller<'_> {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error> {
        for import in section.into_imports() {
            let import = import?;
            let name = self.names.get(import.name).map_or(import.name, String::as_str);
            utils::parse_import(self, imports, Import { name, ..import })?;
        }
        Ok(())
    }

    fn parse_export_section(
        &mut self,
        exports: &mut ExportSection,
        section: ExportSectionReader<'_>,
    ) -> Result<(), Error> {
        for export in section {
            let export = export?;
            let is_used = self.glue.is_empty() || self.glue.contains(&format!("wasm.{}", export.name));
            if export.kind != ExternalKind::Func || is_used {
                utils::parse_export(self, exports, export)?;
            }
        }
        Ok(())
    }

    fn parse_custom_section(
        &mut self,
        module: &mut Module,
        section: CustomSectionReader<'_>,
    ) -> Result<(), Error> {
        if section.name() == "linking" || section.name().starts_with("reloc.") {
            return Ok(());
        }
        utils::parse_custom_section(self, module, section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        CodeSection, CustomSection, EntityType, ExportKind, Function, FunctionSection, Instruction,
        TypeSection,
    };

    fn module() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("./p_bg.js", "__wbg_get_12", EntityType::Function(0));
        imports.import("./__wasm_split.js", "load", EntityType::Function(0));
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut exports = ExportSection::new();
        exports.export("used", ExportKind::Func, 2).export("unused", ExportKind::Func, 2);
        let mut body = Function::new([]);
        body.instruction(&Instruction::End);
        let mut code = CodeSection::new();
        code.function(&body);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&code);
        module.section(&CustomSection { name: "reloc.CODE".into(), data: (&[1, 2, 3]).into() });
        module.finish()
    }

    fn has(wasm: &[u8], name: &str) -> bool {
        wasm.windows(name.len()).any(|bytes| bytes == name.as_bytes())
    }

    #[test]
    fn keeps_what_the_javascript_names_under_short_names() {
        let glue = "const i = { __wbg_get_12: function() { wasm.used(); } };";
        let Deployable { wasm, glue } = deployable(&module(), glue, "p").unwrap();
        assert!(has(&wasm, "used") && !has(&wasm, "unused"));
        assert!(!has(&wasm, "__wbg_get_12") && has(&wasm, "load") && !has(&wasm, "reloc"));
        assert_eq!(glue, "const i = { a: function() { wasm.used(); } };");
    }

    #[test]
    fn refuses_javascript_that_lacks_an_import() {
        assert!(deployable(&module(), "const i = {};", "p").is_err());
    }

    #[test]
    fn counts_in_letters() {
        let names: Vec<String> = [0, 25, 26, 51, 52].into_iter().map(short_name).collect();
        assert_eq!(names, ["a", "z", "aa", "az", "ba"]);
    }
}
