//! What the splitter needs to know of a module.

use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{
    CompositeInnerType, ElementItems, ElementKind, ExternalKind, FuncType, GlobalType, KnownCustom,
    MemoryType, Name, Operator, Parser, Payload, TableType, TypeRef,
};

use super::names::plain;
use crate::failure::{Attempt, Failure, Outcome};

/// A module as the compiler, wasm-bindgen and wasm-opt leave it. Functions are numbered as in WebAssembly: the imported
/// ones first.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// The signatures, by type index.
    pub(super) signatures: Vec<FuncType>,
    /// The type index of each function.
    pub(super) types: Vec<u32>,
    /// The imported functions: module and name.
    pub(super) imports: Vec<(String, String)>,
    /// Who calls whom: for each defined function, the functions that it calls by their number.
    pub(super) calls: Vec<Vec<u32>>,
    /// The name of each defined function without what differs from one compilation to the next; empty if it has none.
    pub(super) names: Vec<String>,
    /// The first slot of a function in the table of functions.
    pub(super) slots: BTreeMap<u32, u32>,
    /// The table of functions: the function in each slot.
    pub(super) table: BTreeMap<u32, u32>,
    /// The tables; the first one is that of the functions.
    pub(super) tables: Vec<TableType>,
    /// The memories.
    pub(super) memories: Vec<MemoryType>,
    /// The global variables.
    pub(super) globals: Vec<GlobalType>,
    /// The functions that JavaScript calls.
    pub(super) exported: BTreeSet<u32>,
}

impl Module {
    /// Reads it.
    ///
    /// Fails if it is no module, or has something that compiled Rust has not.
    pub(super) fn read(bytes: &[u8]) -> Outcome<Self> {
        let mut module = Self::default();
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload.attempting("the WebAssembly")?)?;
        }
        module.names.resize(module.calls.len(), String::new());
        Ok(module)
    }

    /// How long the table of functions is.
    pub(super) fn table_length(&self) -> u32 {
        self.tables.first().and_then(|table| u32::try_from(table.initial).ok()).unwrap_or(0)
    }

    /// How many functions are imported.
    pub(super) fn imported(&self) -> u32 {
        u32::try_from(self.imports.len()).unwrap_or(u32::MAX)
    }

    /// The imported functions that some functions call, in their order.
    pub(super) fn imported_by(&self, functions: &[u32]) -> Vec<u32> {
        let called: BTreeSet<u32> =
            functions.iter().flat_map(|function| self.called_by(*function)).copied().collect();
        called.into_iter().filter(|function| *function < self.imported()).collect()
    }

    /// The numbers of the defined functions.
    pub(super) fn defined(&self) -> std::ops::Range<u32> {
        self.imported()..self.imported() + u32::try_from(self.calls.len()).unwrap_or(0)
    }

    /// Where a defined function stands among the defined ones; nothing for an imported one.
    pub(super) fn place(&self, function: u32) -> Option<usize> {
        function.checked_sub(self.imported()).and_then(|place| usize::try_from(place).ok())
    }

    /// What a function calls, imported functions included.
    pub(super) fn called_by(&self, function: u32) -> &[u32] {
        self.place(function).and_then(|place| self.calls.get(place)).map_or(&[], Vec::as_slice)
    }

    /// Whether a function may run although no other one calls it by its number, or has no name to know it by.
    pub(super) fn is_root(&self, function: u32) -> bool {
        let named = self.place(function).and_then(|place| self.names.get(place));
        self.exported.contains(&function)
            || self.slots.contains_key(&function)
            || named.is_some_and(String::is_empty)
    }

    /// The signature of a function.
    ///
    /// Fails if there is no such function.
    pub(super) fn signature(&self, function: u32) -> Outcome<(u32, &FuncType)> {
        let of_type = |index: &u32| Some((*index, self.signatures.get(usize::try_from(*index).ok()?)?));
        usize::try_from(function)
            .ok()
            .and_then(|function| self.types.get(function))
            .and_then(of_type)
            .ok_or_else(|| Failure::new(format!("the WebAssembly has no function {function}")))
    }

    fn take(&mut self, payload: Payload<'_>) -> Outcome {
        let what = "the WebAssembly";
        match payload {
            Payload::TypeSection(types) => {
                for group in types {
                    for kind in group.attempting(what)?.into_types() {
                        let CompositeInnerType::Func(signature) = kind.composite_type.inner else {
                            return Err(Failure::new("the WebAssembly has types that are no functions"));
                        };
                        self.signatures.push(signature);
                    }
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    let import = import.attempting(what)?;
                    let TypeRef::Func(kind) = import.ty else {
                        return Err(Failure::new("the WebAssembly imports something that is no function"));
                    };
                    self.types.push(kind);
                    self.imports.push((import.module.to_owned(), import.name.to_owned()));
                }
            }
            Payload::FunctionSection(functions) => {
                for kind in functions {
                    self.types.push(kind.attempting(what)?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table.attempting(what)?.ty);
                }
            }
            Payload::MemorySection(memories) => {
                for memory in memories {
                    self.memories.push(memory.attempting(what)?);
                }
            }
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.globals.push(global.attempting(what)?.ty);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export.attempting(what)?;
                    match export.kind {
                        ExternalKind::Table if export.index == 0 => {
                            return Err(Failure::new("JavaScript may change the table of functions"));
                        }
                        ExternalKind::Func => {
                            self.exported.insert(export.index);
                        }
                        _ => {}
                    }
                }
            }
            Payload::StartSection { .. } => {
                return Err(Failure::new("the WebAssembly starts by itself, before it can be split"));
            }
            Payload::ElementSection(elements) => {
                for element in elements {
                    let element = element.attempting(what)?;
                    self.take_element(&element.kind, element.items)?;
                }
            }
            Payload::CodeSectionEntry(body) => {
                let mut calls = Vec::new();
                let mut operators = body.get_operators_reader().attempting(what)?;
                while !operators.eof() {
                    match operators.read().attempting(what)? {
                        Operator::Call { function_index } => calls.push(function_index),
                        Operator::ReturnCall { .. } | Operator::RefFunc { .. } => {
                            return Err(Failure::new(
                                "the WebAssembly refers to functions in an unknown way",
                            ));
                        }
                        _ => {}
                    }
                }
                self.calls.push(calls);
            }
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for names in names {
                        if let Name::Function(names) = names.attempting(what)? {
                            self.take_names(names)?;
                        }
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn take_element(&mut self, kind: &ElementKind<'_>, items: ElementItems<'_>) -> Outcome {
        let unknown = || Failure::new("the WebAssembly fills its table of functions in an unknown way");
        let ElementKind::Active { table_index: None | Some(0), offset_expr } = kind else {
            return Err(unknown());
        };
        let Operator::I32Const { value } =
            offset_expr.get_operators_reader().read().attempting("the WebAssembly")?
        else {
            return Err(unknown());
        };
        let first = u32::try_from(value).map_err(|_| unknown())?;
        let ElementItems::Functions(functions) = items else { return Err(unknown()) };
        for (slot, function) in (first..).zip(functions) {
            let function = function.attempting("the WebAssembly")?;
            self.slots.entry(function).or_insert(slot);
            self.table.insert(slot, function);
        }
        Ok(())
    }

    fn take_names(&mut self, names: wasmparser::NameMap<'_>) -> Outcome {
        self.names.resize(self.calls.len(), String::new());
        for name in names {
            let name = name.attempting("the names of the functions")?;
            let place = self.place(name.index);
            if let Some(known) = place.and_then(|place| self.names.get_mut(place)) {
                *known = plain(name.name);
            }
        }
        Ok(())
    }
}
