//! What both halves use: the first one exports it, the rest imports it.

use std::fmt;

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ConstExpr, DataSection, EntityType, ExportKind, GlobalType, ValType};

use super::module::Module;

/// The module that the function which fetches the rest is imported from.
pub(super) const LOADER_MODULE: &str = "rest";

/// That function. It returns once the rest is there, and does nothing if it already is.
pub(super) const LOADER: &str = "need";

/// The module that the rest imports the first half from.
pub(super) const FIRST_MODULE: &str = "first";

/// The global variable that is 1 once the rest is there, and 0 before.
pub(super) const IS_THERE: GlobalType = GlobalType { val_type: ValType::I32, mutable: true, shared: false };

/// Its number: behind all others.
pub(super) fn is_there(module: &Module) -> u32 {
    u32::try_from(module.globals.len()).unwrap_or(u32::MAX)
}

/// Data, by the address that it goes to.
pub(super) type Runs = [(u32, Vec<u8>)];

/// Adds data to a half.
pub(super) fn add_runs(data: &mut DataSection, runs: &Runs) {
    for (start, bytes) in runs {
        data.active(0, &ConstExpr::i32_const(start.cast_signed()), bytes.iter().copied());
    }
}

/// A function that was to be in the other half.
#[derive(Debug)]
pub(super) struct Astray(pub(super) u32);

impl fmt::Display for Astray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "function {} is in the other half", self.0)
    }
}

/// Memory, tables and global variables: their names between the halves, their kind and number in the module, and what
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
        // The first half makes the table of functions longer than it was.
        table.maximum = None;
        add(ExportKind::Table, index, again.table_type(table).ok().map(EntityType::Table));
    }
    for (index, global) in (0..).zip(&module.globals) {
        add(ExportKind::Global, index, again.global_type(*global).ok().map(EntityType::Global));
    }
    add(ExportKind::Global, is_there(module), Some(EntityType::Global(IS_THERE)));
    all
}
