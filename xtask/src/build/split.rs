//! Cuts a page's WebAssembly into parts: what the first listing needs, what other people's may need, and the rest, which
//! both come after it.
//!
//! What is late is read off a list, which is measured (`cargo xtask profile`): functions that do not run before the first
//! listing, and regions of those that do; data that only those read goes with them. The parts share memory, tables and global
//! variables. Whoever calls something late asks for the part that it is in, and goes on once that is there: whatever the
//! list says, the program does the same.

mod body;
mod cut;
mod data;
mod first;
mod instrument;
mod late;
mod later;
mod liveness;
mod module;
mod names;
mod order;
mod outline;
mod plan;
mod region;
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

use wasmparser::{FunctionBody, Parser, Payload, Validator, WasmFeatures};

use crate::failure::{Attempt, Outcome};
use data::Memory;
use module::Module;
use plan::Plan;
use rooms::Part;
use shared::Runs;

/// The parts of a program.
pub(crate) struct Parts {
    /// What is loaded at the start.
    pub(crate) first: Vec<u8>,
    /// What is loaded after the first listing, or as soon as some of it is needed.
    pub(crate) spare: Vec<u8>,
    /// What is loaded after that.
    pub(crate) rest: Vec<u8>,
}

/// Cuts a module in parts.
///
/// Fails if it is not as compiled Rust is.
pub(crate) fn split(bytes: &[u8], late: &Late, layout: &Layout) -> Outcome<Parts> {
    let module = Module::read(bytes)?;
    let regions = module.defined().end;
    let (bytes, parts_of_regions) = cut::cut(bytes, &module, &cut::bodies(bytes)?, late)?;
    let module = Module::read(&bytes)?;
    let part = |function: u32| {
        if let Some(region) = function.checked_sub(regions) {
            return parts_of_regions.get(usize::try_from(region).ok()?).copied();
        }
        let name = module.place(function).and_then(|place| module.names.get(place))?;
        late.has_function(name).then(|| rooms::part(name))
    };
    let plan = Plan::new(&module, &function_bodies(&bytes)?, part);
    let memory = Memory::read(&bytes)?;
    let first = |runs: &Runs| first::first(&bytes, &module, &plan, runs);
    let later = |part, runs: &Runs| later::later(&bytes, &module, &plan, part, runs);
    // What the parts read can be seen once they are written.
    let (first_code, spare_code) = (first(&[])?, later(Part::Spare, &[])?);
    let after_first = layout.unread(&data::numbers(&[&first_code])?, &memory);
    let after_spare = layout.unread(&data::numbers(&[&first_code, &spare_code])?, &memory);
    let parts = Parts {
        first: first(&memory.without(&after_first))?,
        spare: later(Part::Spare, &memory.of(&data::difference(&after_first, &after_spare)))?,
        rest: later(Part::Rest, &memory.of(&after_spare))?,
    };
    for part in [&parts.first, &parts.spare, &parts.rest] {
        Validator::new_with_features(WasmFeatures::all())
            .validate_all(part)
            .attempting("a part of the WebAssembly")?;
    }
    Ok(parts)
}

/// The functions of a module as they are written.
///
/// Fails if it is no module.
fn function_bodies(bytes: &[u8]) -> Outcome<Vec<FunctionBody<'_>>> {
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(bytes) {
        if let Payload::CodeSectionEntry(body) = payload.attempting("the WebAssembly")? {
            bodies.push(body);
        }
    }
    Ok(bodies)
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
