//! Cuts a page's WebAssembly in two: what the first screen needs, and the rest, which comes after it.
//!
//! What is late is read off a list, which is measured (`cargo xtask profile`): functions that do not run before the first
//! listing, and regions of those that do. The halves share memory, tables and global variables. A late function that the
//! first half refers to has a stub there, which fetches the rest and goes on in it: whatever the list says, the program
//! does the same.

mod body;
mod cut;
mod first;
mod instrument;
mod late;
mod module;
mod names;
mod outline;
mod plan;
mod region;
mod rest;
mod shared;

pub(crate) use late::Late;

use std::collections::BTreeSet;

use crate::failure::Outcome;
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
pub(crate) fn split(bytes: &[u8], late: &Late) -> Outcome<Halves> {
    let module = Module::read(bytes)?;
    let bytes = cut::cut(bytes, &module, &cut::bodies(bytes)?, late)?;
    let regions = module.defined().end;
    let module = Module::read(&bytes)?;
    let is_late = |function: u32| {
        let name = module.place(function).and_then(|place| module.names.get(place));
        function >= regions || name.is_some_and(|name| late.has_function(name))
    };
    let plan = Plan::new(&module, is_late);
    Ok(Halves { first: first::first(&bytes, &module, &plan)?, rest: rest::rest(&bytes, &module, &plan)? })
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
