//! Cuts a page's WebAssembly into parts: what the first rows need, what other people's may need, what is around the rows, and the
//! rest, which all come after it.
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
pub(crate) use late::{Late, Reached};

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
    /// What is loaded after the first listing, or as soon as some of it is needed: each with its name, in their order.
    pub(crate) later: Vec<(&'static str, Vec<u8>)>,
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
        late.part_of_function(name)
    };
    let plan = Plan::new(&module, &function_bodies(&bytes)?, part);
    let memory = Memory::read(&bytes)?;
    let first = |runs: &Runs| first::first(&bytes, &module, &plan, runs);
    let later = |part, runs: &Runs| later::later(&bytes, &module, &plan, part, runs);
    // What the parts read can be seen once they are written.
    let mut codes = vec![first(&[])?];
    let mut unread = vec![layout.unread(&data::numbers(&codes)?, &memory)];
    for part in Part::LATER {
        codes.push(later(part, &[])?);
        let left = if part == Part::Rest {
            Default::default()
        } else {
            layout.unread(&data::numbers(&codes)?, &memory)
        };
        unread.push(left);
    }
    let parts = Parts {
        first: first(&memory.without(unread.first().unwrap_or(&Default::default())))?,
        later: Part::LATER
            .into_iter()
            .zip(unread.windows(2))
            .map(|(part, unread)| match unread {
                [before, after] => {
                    Ok((part.name(), later(part, &memory.of(&data::difference(before, after)))?))
                }
                _ => Ok((part.name(), later(part, &[])?)),
            })
            .collect::<Outcome<_>>()?,
    };
    for part in parts.later.iter().map(|(_, part)| part).chain([&parts.first]) {
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

/// What is late, given the places that were reached.
///
/// Fails if the module is not as compiled Rust is.
pub(crate) fn measured(bytes: &[u8], reached: &Reached) -> Outcome<Late> {
    Ok(Late::measured(&Module::read(bytes)?, &cut::bodies(bytes)?, reached))
}
