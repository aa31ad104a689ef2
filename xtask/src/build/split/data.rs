//! Which bytes of memory only late code reads.
//!
//! What is read is found as a cautious garbage collector finds it: a number in the code of the first half that is an
//! address of the data keeps what lies there, and so do the words of what is kept. Where one thing ends and the next
//! begins is known from the linker (`build.rs`).

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;

use wasmparser::{DataKind, MemArg, Operator, Parser, Payload};

use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;
use crate::toolchain::TARGET;

/// A number that is no beginning of anything may be one from which the program counts onwards, to something behind it.
const ONWARDS: u32 = 512;

/// The things that the linker has put into memory, in order.
#[derive(Debug, Default)]
pub(crate) struct Layout(Vec<Thing>);

#[derive(Debug)]
struct Thing {
    bytes: Range<u32>,
    /// Whether it never changes. What changes stays in the first half.
    is_constant: bool,
}

impl Layout {
    /// That of the picker as it was last linked.
    ///
    /// Fails if the linker has left no map.
    pub(crate) fn of(paths: &Paths) -> Outcome<Self> {
        let map = paths.target().join(TARGET).join("release/picker.map");
        Ok(Self::read(&fs::read_to_string(&map).attempting(map.display())?))
    }

    /// Reads the linker's map: address, offset, size, and in brackets the section that a thing comes from.
    pub(crate) fn read(map: &str) -> Self {
        let mut things: Vec<Thing> =
            map.lines().filter_map(thing).filter(|thing| !thing.bytes.is_empty()).collect();
        things.sort_by_key(|thing| thing.bytes.start);
        Self(things)
    }

    /// The places of the things that a number may be the address of.
    fn meant(&self, number: u32) -> Range<usize> {
        let after = self.0.partition_point(|thing| thing.bytes.start <= number);
        let Some(place) = after.checked_sub(1) else { return 0..0 };
        let Some(Thing { bytes, .. }) = self.0.get(place) else { return 0..0 };
        if bytes.start == number {
            return place..after;
        }
        let beyond = number.saturating_add(ONWARDS);
        if number > bytes.end.saturating_add(ONWARDS) {
            return 0..0;
        }
        place..self.0.partition_point(|thing| thing.bytes.start < beyond)
    }

    /// The bytes that code with these numbers in it does not read, given what the memory holds at the start.
    fn unread(&self, numbers: &BTreeSet<u32>, memory: &Memory) -> Vec<Range<u32>> {
        let mut kept = vec![false; self.0.len()];
        let mut open: Vec<usize> = (0..self.0.len())
            .filter(|place| self.0.get(*place).is_some_and(|thing| !thing.is_constant))
            .chain(numbers.iter().flat_map(|number| self.meant(*number)))
            .collect();
        while let Some(place) = open.pop() {
            let (Some(thing), Some(known)) = (self.0.get(place), kept.get_mut(place)) else { continue };
            if !std::mem::replace(known, true) {
                open.extend(memory.words(&thing.bytes).flat_map(|word| self.meant(word)));
            }
        }
        let unread = self.0.iter().zip(kept).filter(|(_, kept)| !kept);
        unread.map(|(thing, _)| thing.bytes.clone()).collect()
    }
}

fn thing(line: &str) -> Option<Thing> {
    let mut words = line.split_whitespace();
    let mut number = || u32::from_str_radix(words.next()?, 16).ok();
    let (start, _, size) = (number()?, number()?, number()?);
    let (_, section) = line.rsplit_once(":(")?;
    let is_constant = section.starts_with(".rodata");
    let is_data =
        is_constant || [".data", ".bss", ".tdata", ".tbss"].iter().any(|kind| section.starts_with(kind));
    is_data.then(|| Thing { bytes: start..start.saturating_add(size), is_constant })
}

/// What memory holds at the start.
pub(super) struct Memory(Vec<u8>);

impl Memory {
    /// Reads the data of a module.
    ///
    /// Fails if it does not lie at fixed addresses.
    pub(super) fn read(bytes: &[u8]) -> Outcome<Self> {
        let elsewhere = || Failure::new("the WebAssembly has data without an address");
        let mut memory = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            let Payload::DataSection(section) = payload.attempting("the WebAssembly")? else { continue };
            for data in section {
                let data = data.attempting("the data of the WebAssembly")?;
                let DataKind::Active { memory_index: 0, offset_expr } = data.kind else {
                    return Err(elsewhere());
                };
                let Operator::I32Const { value } =
                    offset_expr.get_operators_reader().read().attempting("the data")?
                else {
                    return Err(elsewhere());
                };
                let start = usize::try_from(value).map_err(|_| elsewhere())?;
                let end = start + data.data.len();
                if memory.len() < end {
                    memory.resize(end, 0);
                }
                memory.get_mut(start..end).ok_or_else(elsewhere)?.copy_from_slice(data.data);
            }
        }
        Ok(Self(memory))
    }

    fn words(&self, bytes: &Range<u32>) -> impl Iterator<Item = u32> {
        let aligned = bytes.start.next_multiple_of(4)..bytes.end;
        let words = self.0.get(self.within(&aligned)).unwrap_or_default().chunks_exact(4);
        words.filter_map(|word| word.try_into().ok().map(u32::from_le_bytes))
    }

    /// The data in runs, without the bytes of some ranges.
    pub(super) fn without(&self, ranges: &[Range<u32>]) -> Vec<(u32, Vec<u8>)> {
        let mut bytes = self.0.clone();
        for range in ranges {
            if let Some(range) = bytes.get_mut(self.within(range)) {
                range.fill(0);
            }
        }
        runs(0, &bytes)
    }

    /// The data of some ranges in runs. What lies between the ranges is in none.
    pub(super) fn of(&self, ranges: &[Range<u32>]) -> Vec<(u32, Vec<u8>)> {
        let bytes = |range: &Range<u32>| self.0.get(self.within(range)).map(|bytes| (range.start, bytes));
        let mut together: Vec<(u32, Vec<u8>)> = Vec::new();
        for (start, bytes) in ranges.iter().filter_map(bytes) {
            match together.last_mut() {
                Some((before, known))
                    if u32::try_from(known.len()).is_ok_and(|length| *before + length == start) =>
                {
                    known.extend_from_slice(bytes);
                }
                _ => together.push((start, bytes.to_vec())),
            }
        }
        together.iter().flat_map(|(start, bytes)| runs(*start, bytes)).collect()
    }

    fn within(&self, range: &Range<u32>) -> Range<usize> {
        let limit = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).min(self.0.len());
        limit(range.start)..limit(range.end)
    }
}

/// Bytes from an address on in runs: without long stretches of zeros.
fn runs(from: u32, bytes: &[u8]) -> Vec<(u32, Vec<u8>)> {
    let mut runs: Vec<(u32, Vec<u8>)> = Vec::new();
    for (at, byte) in (from..).zip(bytes).filter(|(_, byte)| **byte != 0) {
        match runs.last_mut() {
            Some((start, run)) if at - *start - u32::try_from(run.len()).unwrap_or(0) < SHORT_GAP => {
                run.resize(usize::try_from(at - *start).unwrap_or(0), 0);
                run.push(*byte);
            }
            _ => runs.push((at, vec![*byte])),
        }
    }
    runs
}

/// A gap in the data that costs less, in bytes, than the head of another run.
const SHORT_GAP: u32 = 12;

/// The bytes that only late code reads, given the first half of a module.
///
/// Fails if the first half is no module.
pub(super) fn late(layout: &Layout, first: &[u8], memory: &Memory) -> Outcome<Vec<Range<u32>>> {
    let what = "the first half";
    let mut numbers = BTreeSet::new();
    for payload in Parser::new(0).parse_all(first) {
        let Payload::CodeSectionEntry(body) = payload.attempting(what)? else { continue };
        let mut operators = body.get_operators_reader().attempting(what)?;
        while !operators.eof() {
            match operators.read().attempting(what)? {
                Operator::I32Const { value } => numbers.extend(u32::try_from(value)),
                other => numbers.extend(offset(&other)),
            }
        }
    }
    Ok(layout.unread(&numbers, memory))
}

/// The offset that an instruction adds to an address; compilers put addresses there.
fn offset(operator: &Operator<'_>) -> Option<u32> {
    let of = |memory: MemArg| u32::try_from(memory.offset).ok();
    match *operator {
        Operator::I32Load { memarg }
        | Operator::I64Load { memarg }
        | Operator::F32Load { memarg }
        | Operator::F64Load { memarg }
        | Operator::I32Load8S { memarg }
        | Operator::I32Load8U { memarg }
        | Operator::I32Load16S { memarg }
        | Operator::I32Load16U { memarg }
        | Operator::I64Load8S { memarg }
        | Operator::I64Load8U { memarg }
        | Operator::I64Load16S { memarg }
        | Operator::I64Load16U { memarg }
        | Operator::I64Load32S { memarg }
        | Operator::I64Load32U { memarg } => of(memarg),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = "\
    Addr      Off     Size Out     In      Symbol
      64        0        8         a.o:(.rodata..Lanon.1)
      6c        8        8         a.o:(.rodata..Lanon.2)
      74       10        4         a.o:(.data.counter)
     400       20        8         a.o:(.rodata..Lanon.3)
       -       30        8         a.o:(.debug_info)";

    /// The second constant.
    const SECOND: Range<u32> = 0x6c..0x74;

    fn memory() -> Memory {
        let mut bytes = vec![0; 0x408];
        // The first thing holds the address of the third constant.
        bytes[0x64..0x68].copy_from_slice(&0x400_u32.to_le_bytes());
        bytes[0x6c..0x74].fill(7);
        bytes[0x400..0x408].fill(9);
        Memory(bytes)
    }

    #[test]
    fn keeps_what_code_names_what_that_names_and_what_changes() {
        let layout = Layout::read(MAP);
        assert_eq!(layout.unread(&BTreeSet::from([0x64]), &memory()), std::slice::from_ref(&SECOND));
        assert_eq!(layout.unread(&BTreeSet::from([0x400]), &memory()), [0x64..0x6c, 0x6c..0x74]);
        assert_eq!(layout.unread(&BTreeSet::new(), &memory()), [0x64..0x6c, 0x6c..0x74, 0x400..0x408]);
    }

    #[test]
    fn keeps_what_lies_behind_a_number_that_is_no_beginning() {
        let layout = Layout::read(MAP);
        assert_eq!(layout.unread(&BTreeSet::from([0x66]), &memory()), Vec::new());
    }

    #[test]
    fn divides_the_data_without_touching_what_lies_between() {
        let memory = memory();
        let late = std::slice::from_ref(&SECOND);
        assert_eq!(memory.of(late), [(0x6c, vec![7; 8])]);
        let first = memory.without(late);
        assert_eq!(
            first.iter().map(|(start, run)| (*start, run.len())).collect::<Vec<_>>(),
            [(0x65, 1), (0x400, 8)]
        );
    }
}
