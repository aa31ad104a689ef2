//! Cuts a page's WebAssembly in two: what the first screen needs, and the rest, which comes after it.
//!
//! What is late is read off a list, which is measured (`cargo xtask profile`): functions that do not run before the first
//! listing, and regions of those that do; data that only those read goes with them. The halves share memory, tables and global variables. A late function that the
//! first half refers to has a stub there, which fetches the rest and goes on in it: whatever the list says, the program
//! does the same.

mod body;
mod cut;
mod data;
mod first;
mod instrument;
mod late;
mod module;
mod names;
mod outline;
mod plan;
mod region;
mod rest;
mod rooms;
mod shared;
#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]
mod tests;

pub(crate) use data::Layout;
pub(crate) use late::Late;

use std::collections::BTreeSet;

use wasmparser::{Validator, WasmFeatures};

use crate::failure::{Attempt, Outcome};
use data::Memory;
use module::Module;
use plan::Plan;

/// The two halves of a program.
pub(crate) struct Halves {
    /// What is loaded at the start.
    pub(crate) first: Vec<u8>,
    /// What is loaded after the first screen.
    pub(crate) rest: Vec<u8>,
}

/// Cuts a module in two.
///
/// Fails if it is not as compiled Rust is.
pub(crate) fn split(bytes: &[u8], late: &Late, layout: &Layout) -> Outcome<Halves> {
    let module = Module::read(bytes)?;
    let bytes = cut::cut(bytes, &module, &cut::bodies(bytes)?, late)?;
    let regions = module.defined().end;
    let module = Module::read(&bytes)?;
    let is_late = |function: u32| {
        let name = module.place(function).and_then(|place| module.names.get(place));
        function >= regions || name.is_some_and(|name| late.has_function(name))
    };
    let plan = Plan::new(&module, is_late);
    let memory = Memory::read(&bytes)?;
    let all = memory.without(&[]);
    let late_data = data::late(layout, &first::first(&bytes, &module, &plan, &all)?, &memory)?;
    let halves = Halves {
        first: first::first(&bytes, &module, &plan, &memory.without(&late_data))?,
        rest: rest::rest(&bytes, &module, &plan, &memory.of(&late_data))?,
    };
    for half in [&halves.first, &halves.rest] {
        Validator::new_with_features(WasmFeatures::all())
            .validate_all(half)
            .attempting("a half of the WebAssembly")?;
    }
    Ok(halves)
}

/// A module that notes which of its places are reached, for [`measured`].
///
/// Fails if it cannot be written again.
pub(crate) fn instrumented(bytes: &[u8]) -> Outcome<Vec<u8>> {
    instrument::instrumented(bytes, &cut::bodies(bytes)?)
}

/// What is late, given the numbers of the places that were reached before the first listing.
///
/// Fails if the module is not as compiled Rust is.
pub(crate) fn measured(bytes: &[u8], reached: &BTreeSet<usize>) -> Outcome<Late> {
    Ok(Late::measured(&Module::read(bytes)?, &cut::bodies(bytes)?, reached))
}
