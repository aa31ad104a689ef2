//! Which function of a linked module refers to which other one, from the linker's relocations: calls, addresses of functions,
//! and data that hold such addresses. See <https://github.com/WebAssembly/tool-conventions/blob/main/Linking.md>.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rustc_demangle::demangle;
use wasmparser::{
    BinaryReaderError, ExternalKind, KnownCustom, Linking, Name, Parser, Payload, RelocationType, SymbolInfo,
    TypeRef,
};

/// A function by its index, or a data symbol by its place in the symbol table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Node {
    /// A function.
    Function(u32),
    /// A piece of data.
    Data(usize),
}

/// A module as functions and data that refer to each other.
#[derive(Debug, Default)]
pub(super) struct Graph {
    names: BTreeMap<Node, String>,
    bytes: BTreeMap<Node, usize>,
    references: BTreeMap<Node, BTreeSet<Node>>,
    entries: Vec<Node>,
    /// The split functions, by what they are exported as.
    split: Vec<(String, Node)>,
}

/// A function body or a piece of data, by where it begins in its section.
type Places = BTreeMap<u64, (u64, Node)>;

impl Graph {
    /// Reads a module that was linked with `--emit-relocs`.
    ///
    /// Fails if it is no module.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, BinaryReaderError> {
        let mut graph = Self::default();
        let mut imported = 0;
        let mut functions = 0;
        let mut code = 0;
        let (mut bodies, mut pieces) = (Places::new(), Places::new());
        let mut segments = Vec::new();
        let mut symbols = Vec::new();
        for payload in Parser::new(0).parse_all(bytes) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        let import = import?;
                        if matches!(import.ty, TypeRef::Func(_)) {
                            graph.names.insert(Node::Function(imported), import.name.to_owned());
                            imported += 1;
                        }
                    }
                    functions = imported;
                }
                Payload::ExportSection(exports) => {
                    for export in exports {
                        let export = export?;
                        let node = Node::Function(export.index);
                        match export.kind {
                            ExternalKind::Func if export.name.starts_with(SPLIT) => {
                                graph.split.push((export.name.to_owned(), node));
                            }
                            ExternalKind::Func if is_entry(export.name) => graph.entries.push(node),
                            _ => {}
                        }
                    }
                }
                Payload::CodeSectionStart { range, .. } => code = range.start,
                Payload::CodeSectionEntry(body) => {
                    let node = Node::Function(functions);
                    let (start, end) = (body.range().start - code, body.range().end - code);
                    bodies.insert(start, (end, node));
                    graph.bytes.insert(node, length(start, end));
                    functions += 1;
                }
                Payload::DataSection(section) => {
                    let data = section.range().start;
                    for segment in section {
                        let segment = segment?;
                        let length = u64::try_from(segment.data.len()).unwrap_or_default();
                        segments.push(segment.range.end - length - data);
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(linking) => {
                        for part in linking.subsections() {
                            let Linking::SymbolTable(table) = part? else { continue };
                            for symbol in table {
                                symbols.push(graph.symbol(symbols.len(), symbol?, &segments, &mut pieces));
                            }
                        }
                    }
                    KnownCustom::Name(names) => graph.take_names(names)?,
                    KnownCustom::Reloc(relocations) => {
                        let places = if section.name() == "reloc.CODE" { &bodies } else { &pieces };
                        if !matches!(section.name(), "reloc.CODE" | "reloc.DATA") {
                            continue;
                        }
                        for relocation in relocations.entries() {
                            let relocation = relocation?;
                            if relocation.ty == RelocationType::TypeIndexLeb {
                                continue;
                            }
                            let to = usize::try_from(relocation.index).ok().and_then(|at| symbols.get(at));
                            let from = holder(places, u64::from(relocation.offset));
                            if let (Some(from), Some(Some(to))) = (from, to) {
                                graph.references.entry(from).or_default().insert(*to);
                            }
                        }
                    }
                    _ => {}
                },
                _ => {}
            }
        }
        Ok(graph)
    }

    /// Notes a symbol, and says which node it stands for.
    fn symbol(
        &mut self,
        place: usize,
        symbol: SymbolInfo<'_>,
        segments: &[u64],
        pieces: &mut Places,
    ) -> Option<Node> {
        match symbol {
            SymbolInfo::Func { index, .. } => Some(Node::Function(index)),
            SymbolInfo::Data { name, symbol, .. } => {
                let node = Node::Data(place);
                self.names.insert(node, name.to_owned());
                if let Some(defined) = symbol {
                    let segment = usize::try_from(defined.index).ok().and_then(|at| segments.get(at))?;
                    let start = segment + u64::from(defined.offset);
                    let end = start + u64::from(defined.size);
                    pieces.insert(start, (end, node));
                    self.bytes.insert(node, length(start, end));
                }
                Some(node)
            }
            _ => None,
        }
    }

    fn take_names(&mut self, names: wasmparser::NameSectionReader<'_>) -> Result<(), BinaryReaderError> {
        for part in names {
            let Name::Function(functions) = part? else { continue };
            for naming in functions {
                let naming = naming?;
                self.names.insert(Node::Function(naming.index), format!("{:#}", demangle(naming.name)));
            }
        }
        Ok(())
    }

    /// Everything that the entry points of the main chunk reach, or the split functions of a group, each with what it was reached from
    /// on the shortest way.
    pub(super) fn reached(&self, group: Option<&str>) -> BTreeMap<Node, Option<Node>> {
        let entries: Vec<Node> = match group {
            None => self.entries.clone(),
            Some(group) => {
                let prefix = format!("{SPLIT}{group}00_export_");
                let of_group = self.split.iter().filter(|(name, _)| name.starts_with(&prefix));
                of_group.map(|(_, node)| *node).collect()
            }
        };
        let mut reached: BTreeMap<Node, Option<Node>> =
            entries.into_iter().map(|entry| (entry, None)).collect();
        let mut next: VecDeque<Node> = reached.keys().copied().collect();
        while let Some(from) = next.pop_front() {
            for to in self.references.get(&from).into_iter().flatten() {
                if !reached.contains_key(to) {
                    reached.insert(*to, Some(from));
                    next.push_back(*to);
                }
            }
        }
        reached
    }

    /// Whether it is a function.
    pub(super) fn is_function(&self, node: Node) -> bool {
        matches!(node, Node::Function(_))
    }

    /// What it is called.
    pub(super) fn name(&self, node: Node) -> String {
        self.names.get(&node).cloned().unwrap_or_else(|| format!("{node:?}"))
    }

    /// How many bytes it has.
    pub(super) fn bytes(&self, node: Node) -> usize {
        self.bytes.get(&node).copied().unwrap_or_default()
    }
}

/// What the exports of split functions begin with (wasm_split_macros).
const SPLIT: &str = "__wasm_split_00";

/// Whether an export is called from outside. wasm-bindgen interprets its descriptions and then removes them; the build drops the
/// streams that a dependency exports and nothing makes (`build/glue.rs`).
fn is_entry(export: &str) -> bool {
    !["__wasm_split_", "__wbindgen_describe", "intounderlying", "__wbg_intounderlying"]
        .iter()
        .any(|prefix| export.starts_with(prefix))
}

/// The body or piece that holds an offset.
fn holder(places: &Places, offset: u64) -> Option<Node> {
    let (_, (end, node)) = places.range(..=offset).next_back()?;
    (offset < *end).then_some(*node)
}

fn length(start: u64, end: u64) -> usize {
    usize::try_from(end.saturating_sub(start)).unwrap_or_default()
}
