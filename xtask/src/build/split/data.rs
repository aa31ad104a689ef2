//! Which bytes of memory only late code reads.
//!
//! The linker leaves word of every thing that it has put into memory, and of every number in the code that is the address of
//! one or counts from it (WebAssembly's tool conventions, "Linking"; `build.rs` asks for it). What the numbers in the first
//! part mean stays there, and so does what the words in that mean in turn.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;

use wasmparser::{
    DataKind, KnownCustom, Linking, LinkingSectionReader, MemArg, Name, NameSectionReader, Operator, Parser,
    Payload, RelocSectionReader, RelocationType, SymbolInfo,
};

use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;
use crate::toolchain::TARGET;

/// What errors are about.
const WHAT: &str = "what the linker has left of the picker";

/// The things that the linker has put into memory, and what numbers mean.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    /// The things, by the address that they begin at.
    things: BTreeMap<u32, Thing>,
    /// Where the things begin that a number in code may mean, in bounds or not.
    meant: BTreeMap<u32, BTreeSet<u32>>,
}

#[derive(Debug)]
struct Thing {
    end: u32,
    /// Whether it never changes. What changes stays in the first part.
    is_constant: bool,
}

/// A segment of the data: where it begins, and whether it never changes.
type Segments = Vec<(u32, bool)>;

impl Layout {
    /// That of the picker as it was last linked.
    ///
    /// Fails if it was not linked.
    pub(crate) fn of(paths: &Paths) -> Outcome<Self> {
        let linked = paths.target().join(TARGET).join("release/onedrive-picker.wasm");
        Self::read(&fs::read(&linked).attempting(linked.display())?)
    }

    /// Reads what the linker has left. Without it nothing is known, and all data stays in the first part.
    ///
    /// Fails if it cannot be understood.
    pub(crate) fn read(linked: &[u8]) -> Outcome<Self> {
        let mut segments = Segments::new();
        let (mut linking, mut relocations) = (None, Vec::new());
        for payload in Parser::new(0).parse_all(linked) {
            match payload.attempting(WHAT)? {
                Payload::DataSection(section) => {
                    for data in section {
                        segments.push((address(&data.attempting(WHAT)?.kind)?, false));
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(section) => linking = Some(section),
                    KnownCustom::Reloc(section) => relocations.push(section),
                    KnownCustom::Name(names) => find_constants(names, &mut segments)?,
                    _ => {}
                },
                _ => {}
            }
        }
        let mut layout = Self::default();
        if let Some(linking) = linking {
            let symbols = layout.take_things(&linking, &segments)?;
            for relocations in relocations {
                layout.take_numbers(&relocations, &symbols)?;
            }
        }
        Ok(layout)
    }

    /// One thing that never changes.
    #[cfg(test)]
    pub(super) fn one(bytes: Range<u32>) -> Self {
        let thing = Thing { end: bytes.end, is_constant: true };
        Self { things: [(bytes.start, thing)].into(), meant: [(bytes.start, [bytes.start].into())].into() }
    }

    /// Takes the things, and says where each symbol begins; nothing for what is no data or begins as zeros.
    fn take_things(
        &mut self,
        linking: &LinkingSectionReader<'_>,
        segments: &Segments,
    ) -> Outcome<Vec<Option<u32>>> {
        let mut starts = Vec::new();
        for part in linking.subsections() {
            let Linking::SymbolTable(table) = part.attempting(WHAT)? else { continue };
            for symbol in table {
                let defined = match symbol.attempting(WHAT)? {
                    SymbolInfo::Data { symbol, .. } => symbol,
                    _ => None,
                };
                let segment =
                    |index: u32| usize::try_from(index).ok().and_then(|index| segments.get(index)).copied();
                let found = defined.and_then(|defined| Some((defined, segment(defined.index)?)));
                starts.push(found.map(|(defined, (address, is_constant))| {
                    let start = address + defined.offset;
                    if defined.size > 0 {
                        let thing = self.things.entry(start).or_insert(Thing { end: start, is_constant });
                        thing.end = thing.end.max(start + defined.size);
                        thing.is_constant &= is_constant;
                    }
                    start
                }));
            }
        }
        Ok(starts)
    }

    /// Takes what numbers in code mean.
    fn take_numbers(&mut self, relocations: &RelocSectionReader<'_>, symbols: &[Option<u32>]) -> Outcome {
        for relocation in relocations.entries() {
            let relocation = relocation.attempting(WHAT)?;
            if !matches!(relocation.ty, RelocationType::MemoryAddrLeb | RelocationType::MemoryAddrSleb) {
                continue;
            }
            let symbol = usize::try_from(relocation.index).ok().and_then(|index| symbols.get(index));
            if let Some(start) = symbol.copied().flatten() {
                let number = i64::from(start) + relocation.addend;
                let number = u32::try_from(number & i64::from(u32::MAX)).attempting(WHAT)?;
                self.meant.entry(number).or_default().insert(start);
            }
        }
        Ok(())
    }

    /// Where the thing begins that an address lies in or right behind.
    fn around(&self, number: u32) -> Option<u32> {
        let (start, thing) = self.things.range(..=number).next_back()?;
        (number <= thing.end).then_some(*start)
    }

    /// The bytes that code with these numbers in it does not read, given what the memory holds at the start.
    pub(super) fn unread(&self, numbers: &BTreeSet<u32>, memory: &Memory) -> Vec<Range<u32>> {
        let changing = self.things.iter().filter(|(_, thing)| !thing.is_constant).map(|(start, _)| *start);
        let mut open: Vec<u32> = changing.collect();
        for number in numbers {
            open.extend(self.meant.get(number).into_iter().flatten());
            open.extend(self.around(*number));
        }
        let mut kept = BTreeSet::new();
        while let Some(start) = open.pop() {
            let Some(thing) = self.things.get(&start) else { continue };
            if kept.insert(start) {
                open.extend(memory.words(&(start..thing.end)).filter_map(|word| self.around(word)));
            }
        }
        let unread = self.things.iter().filter(|(start, _)| !kept.contains(start));
        let kept_bytes = Self::ends(&kept, &self.things);
        unread.map(|(start, thing)| *start..thing.end).filter(|bytes| !overlaps(bytes, &kept_bytes)).collect()
    }

    fn ends(kept: &BTreeSet<u32>, things: &BTreeMap<u32, Thing>) -> BTreeMap<u32, u32> {
        kept.iter().filter_map(|start| Some((*start, things.get(start)?.end))).collect()
    }
}

/// Whether some bytes lie in things that are kept: the linker lets things share bytes.
fn overlaps(bytes: &Range<u32>, kept: &BTreeMap<u32, u32>) -> bool {
    kept.range(..bytes.end).next_back().is_some_and(|(_, end)| *end > bytes.start)
}

/// Notes which segments never change, by their names.
fn find_constants(names: NameSectionReader<'_>, segments: &mut Segments) -> Outcome {
    for part in names {
        let Name::Data(names) = part.attempting(WHAT)? else { continue };
        for name in names {
            let name = name.attempting(WHAT)?;
            let index = usize::try_from(name.index).unwrap_or(usize::MAX);
            if let Some((_, is_constant)) = segments.get_mut(index) {
                *is_constant = name.name.starts_with(".rodata");
            }
        }
    }
    Ok(())
}

/// The address that data goes to.
///
/// Fails if it has none that is known.
fn address(kind: &DataKind<'_>) -> Outcome<u32> {
    let elsewhere = || Failure::new("the WebAssembly has data without an address");
    let DataKind::Active { memory_index: 0, offset_expr } = kind else { return Err(elsewhere()) };
    match offset_expr.get_operators_reader().read().attempting("the data of the WebAssembly")? {
        Operator::I32Const { value } => Ok(value.cast_unsigned()),
        _ => Err(elsewhere()),
    }
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
                let start = usize::try_from(address(&data.kind)?).map_err(|_| elsewhere())?;
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

/// The ranges of some that are not among others; both in order, and the others among the former.
pub(super) fn difference(all: &[Range<u32>], without: &[Range<u32>]) -> Vec<Range<u32>> {
    let without: BTreeSet<(u32, u32)> = without.iter().map(|range| (range.start, range.end)).collect();
    all.iter().filter(|range| !without.contains(&(range.start, range.end))).cloned().collect()
}

/// The numbers in the code of some modules that may be addresses.
///
/// Fails if one is no module.
pub(super) fn numbers(modules: &[Vec<u8>]) -> Outcome<BTreeSet<u32>> {
    let what = "a part";
    let mut numbers = BTreeSet::new();
    for payload in modules.iter().flat_map(|module| Parser::new(0).parse_all(module)) {
        let Payload::CodeSectionEntry(body) = payload.attempting(what)? else { continue };
        let mut operators = body.get_operators_reader().attempting(what)?;
        while !operators.eof() {
            match operators.read().attempting(what)? {
                Operator::I32Const { value } => numbers.extend(u32::try_from(value)),
                other => numbers.extend(offset(&other)),
            }
        }
    }
    Ok(numbers)
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

    /// The second constant.
    const SECOND: Range<u32> = 0x6c..0x74;

    fn layout() -> Layout {
        let thing = |start, end, is_constant| (start, Thing { end, is_constant });
        Layout {
            things: [
                thing(0x64, 0x6c, true),
                thing(0x6c, 0x74, true),
                thing(0x74, 0x78, false),
                thing(0x400, 0x408, true),
            ]
            .into(),
            // A loop that counts up to zero from behind the second constant; one that begins far before the third.
            meant: [(0x74, [0x6c].into()), (0x200, [0x400].into())].into(),
        }
    }

    fn memory() -> Memory {
        let mut bytes = vec![0; 0x408];
        // The first thing holds the address of the third constant.
        bytes[0x64..0x68].copy_from_slice(&0x400_u32.to_le_bytes());
        bytes[0x6c..0x74].fill(7);
        bytes[0x400..0x408].fill(9);
        Memory(bytes)
    }

    #[test]
    fn keeps_what_code_means_what_that_means_and_what_changes() {
        for (number, unread) in [
            (0x64, vec![SECOND]),
            (0x68, vec![SECOND]),
            (0x6e, vec![0x64..0x6c, 0x400..0x408]),
            (0x74, vec![0x64..0x6c, 0x400..0x408]),
            (0x200, vec![0x64..0x6c, SECOND]),
            (0x400, vec![0x64..0x6c, SECOND]),
            (0x7fff, vec![0x64..0x6c, SECOND, 0x400..0x408]),
        ] {
            assert_eq!(layout().unread(&BTreeSet::from([number]), &memory()), unread, "{number:#x}");
        }
    }

    #[test]
    fn keeps_bytes_that_something_kept_shares() {
        let mut layout = layout();
        layout.things.insert(0x70, Thing { end: 0x74, is_constant: true });
        assert_eq!(layout.unread(&BTreeSet::from([0x6c]), &memory()), [0x64..0x6c, 0x400..0x408]);
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
