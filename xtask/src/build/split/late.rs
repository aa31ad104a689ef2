//! The list of what is late: functions, and regions of functions that are not.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use sha2::{Digest, Sha256};
use wasmparser::Operator;

use super::body::Body;
use super::module::Module;
use super::region::{Region, starts};
use super::rooms::{self, Part};
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;

/// What the list calls a function or a region: a hash of its name, and of its instructions if it is a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(u32);

/// What comes after the first rows, and whether right after them.
#[derive(Debug, Default)]
pub(crate) struct Late(BTreeMap<Key, Soon>);

/// Whether something late is needed for what is around the first rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Soon(bool);

/// The numbers of the places that were reached.
#[derive(Debug, Default)]
pub(crate) struct Reached {
    /// Until the first rows.
    pub(crate) first: BTreeSet<usize>,
    /// Until all is there that is around them.
    pub(crate) around: BTreeSet<usize>,
}

/// What a line of the list begins with that is about something needed right after the first rows.
const SOON: char = '+';

/// A region that is smaller than this stays where it is: its call would be as large, in bytes.
const SMALLEST: u64 = 24;

impl Late {
    /// The list of this repository.
    ///
    /// Fails if it cannot be read.
    pub(crate) fn of(paths: &Paths) -> Outcome<Self> {
        let list = Self::file(paths);
        Self::read(&fs::read_to_string(&list).attempting(list.display())?)
    }

    /// Where it is kept.
    pub(crate) fn file(paths: &Paths) -> PathBuf {
        paths.root.join("late.txt")
    }

    /// Reads the list: a key a line, as eight hexadecimal digits, with a `+` before what is needed right after the first
    /// rows.
    ///
    /// Fails if a line is something else.
    pub(crate) fn read(text: &str) -> Outcome<Self> {
        let key = |line: &str| {
            let soon = line.strip_prefix(SOON);
            let key =
                u32::from_str_radix(soon.unwrap_or(line), 16).map(|key| (Key(key), Soon(soon.is_some())));
            key.map_err(|_| Failure::new(format!("{line:?} in the list of late functions is no key")))
        };
        text.lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .map(key)
            .collect::<Outcome<_>>()
            .map(Self)
    }

    /// Writes the list.
    pub(crate) fn text(&self) -> String {
        self.0.iter().fold(String::new(), |mut text, (key, soon)| {
            if soon.0 {
                text.push(SOON);
            }
            let _ = writeln!(text, "{:08x}", key.0);
            text
        })
    }

    /// The list of everything that was not reached before the first rows, given the places that were.
    pub(super) fn measured(module: &Module, bodies: &[Body<'_>], reached: &Reached) -> Self {
        let (mut late, mut early) = (BTreeMap::new(), BTreeSet::new());
        let mut first_place = 0;
        for (name, body) in module.names.iter().zip(bodies) {
            let starts = starts(body);
            if rooms::part(name) == Part::First {
                first_place += starts.len();
                continue;
            }
            let is_reached = |place: usize| reached.first.contains(&(first_place + place));
            let soon = |place: usize| Soon(reached.around.contains(&(first_place + place)));
            let mut function = BTreeMap::new();
            if is_reached(0) {
                early.insert(of_function(name));
                let hashes = hashes(body);
                let mut after = 0;
                for (place, start) in starts.iter().enumerate() {
                    let Some(region) = Region::at(module, body, *start) else { continue };
                    let key = of_region(name, &hashes, &region);
                    if is_reached(place) {
                        early.insert(key);
                    } else if *start >= after && is_worth_it(body, &region) {
                        after = region.end;
                        function.insert(key, soon(place));
                    }
                }
            } else if !name.is_empty() {
                function.insert(of_function(name), soon(0));
            }
            late.extend(function);
            first_place += starts.len();
        }
        late.retain(|key, _| !early.contains(key));
        Self(late)
    }

    /// The part that a function goes to if it is late as a whole.
    pub(super) fn part_of_function(&self, name: &str) -> Option<Part> {
        let soon = self.0.get(&of_function(name)).filter(|_| !name.is_empty())?;
        Some(soon.part(rooms::part(name)))
    }

    /// The late regions of a function that is not late itself, and the part that each goes to.
    pub(super) fn regions(&self, module: &Module, name: &str, body: &Body<'_>) -> Vec<(Region, Part)> {
        let hashes = hashes(body);
        let mut after = 0;
        let mut regions = Vec::new();
        for start in starts(body) {
            if start < after {
                continue;
            }
            let Some(region) = Region::at(module, body, start) else { continue };
            if is_worth_it(body, &region)
                && let Some(soon) = self.0.get(&of_region(name, &hashes, &region))
            {
                after = region.end;
                regions.push((region, soon.part(rooms::part_of_regions(name))));
            }
        }
        regions
    }
}

impl Soon {
    /// The part that something goes to, given the one that its room would.
    fn part(self, of_room: Part) -> Part {
        if self.0 { of_room.min(Part::Around) } else { of_room }
    }
}

/// Whether a call is smaller than the region: two bytes for each variable in or out, and some for each exit.
fn is_worth_it(body: &Body<'_>, region: &Region) -> bool {
    let offset = |at: usize| body.offsets.get(at).copied().unwrap_or(0);
    let length = offset(region.end).saturating_sub(offset(region.start));
    let call = 8 + 2 * (region.takes.len() + region.gives.len()) + 7 * region.exits.len().saturating_sub(1);
    region.takes.len() < 40 && length >= SMALLEST && length > u64::try_from(call + 8).unwrap_or(u64::MAX)
}

fn of_function(name: &str) -> Key {
    key(Sha256::new_with_prefix(name))
}

fn of_region(name: &str, hashes: &[u64], region: &Region) -> Key {
    let mut hasher = Sha256::new_with_prefix(name);
    for hash in hashes.get(region.start..region.end).unwrap_or_default() {
        hasher.update(hash.to_le_bytes());
    }
    key(hasher)
}

fn key(hasher: Sha256) -> Key {
    Key(hasher.finalize().iter().take(4).fold(0, |key, byte| key << 8 | u32::from(*byte)))
}

/// What stands for each instruction in the key of a region: which one it is, not what it is about, since numbers of
/// functions and addresses change with every build.
fn hashes(body: &Body<'_>) -> Vec<u64> {
    body.operators.iter().map(|operator| fnv(kind(operator).as_bytes())).collect()
}

/// The name of an instruction.
fn kind(operator: &Operator<'_>) -> String {
    let mut kind = String::new();
    let _ = write!(kind, "{operator:?}");
    let end = kind.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(kind.len());
    kind.truncate(end);
    kind
}

fn fnv(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
