//! The job `why`: what keeps a function in the picker's main chunk.

mod graph;

use std::collections::BTreeMap;

use crate::failure::{Attempt, Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::toolchain::TARGET;
use graph::{Graph, Node};

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "say what keeps a function in the picker's main chunk";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask why [NAME] [--chunk GROUP]

Reads the picker that the last `cargo xtask build` linked. With a NAME (a part of a function's path, such as `preview::` or
`sha2`), prints the shortest chain of references from an entry point of the main chunk to each function of that name that it
reaches, largest first. Without, prints what the main chunk holds by crate and module, and its largest functions. Bytes are those of the
linker's output, before wasm-opt and compression.

With --chunk, the same for the chunks of a group of split functions (`sign_in` or `later`) without what is in the main chunk.

A chunk ends at its split functions (src/main.rs): one call past them, or one function pointer, and all that is behind it
is in the main chunk.";

/// Chains shown at most.
const CHAINS: usize = 8;

/// Functions and modules shown at most.
const LINES: usize = 40;

/// Runs the job.
///
/// Fails if nothing was built yet, or nothing in the main chunk has that name.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let group = flags.value("--chunk")?;
    let words = flags.words();
    flags.finish()?;
    let module = paths.target().join(TARGET).join("release/onedrive-picker.wasm");
    let bytes = std::fs::read(&module)
        .map_err(|_| Failure::new("the picker is not built yet; run: cargo xtask build"))?;
    let graph = Graph::read(&bytes).attempting(module.display())?;
    let mut reached = graph.reached(None);
    if let Some(group) = &group {
        let main = reached;
        reached = graph.reached(Some(group));
        reached.retain(|node, _| !main.contains_key(node));
        if reached.is_empty() {
            return Err(Failure::new(format!("there is no group of split functions called {group:?}")));
        }
    }
    match words.as_slice() {
        [] => {
            overview(&graph, &reached);
            Ok(())
        }
        [name] => chains(&graph, &reached, name),
        _ => Err(Failure::new("NAME is one word")),
    }
}

/// Prints the chain to each function of a name.
fn chains(graph: &Graph, reached: &BTreeMap<Node, Option<Node>>, name: &str) -> Outcome {
    let is_meant = |node: &&Node| graph.is_function(**node) && graph.name(**node).contains(name);
    let mut found: Vec<Node> = reached.keys().filter(is_meant).copied().collect();
    found.sort_by_key(|node| std::cmp::Reverse(graph.bytes(*node)));
    if found.is_empty() {
        return Err(Failure::new(format!("no function there is called {name:?}")));
    }
    let bytes: usize = found.iter().map(|node| graph.bytes(*node)).sum();
    println!("{} functions, {bytes} bytes", found.len());
    for target in found.iter().take(CHAINS) {
        println!();
        let mut chain = vec![*target];
        while let Some(Some(from)) = chain.last().and_then(|node| reached.get(node)) {
            chain.push(*from);
        }
        for node in chain.into_iter().rev() {
            println!("{:>8}  {}", graph.bytes(node), graph.name(node));
        }
    }
    Ok(())
}

/// Prints what is heavy.
fn overview(graph: &Graph, reached: &BTreeMap<Node, Option<Node>>) {
    let mut modules = BTreeMap::<String, usize>::new();
    let mut functions = Vec::new();
    let (mut code, mut data) = (0, 0);
    for node in reached.keys() {
        let bytes = graph.bytes(*node);
        if graph.is_function(*node) {
            code += bytes;
            let name = graph.name(*node);
            *modules.entry(module_of(&name)).or_default() += bytes;
            functions.push((bytes, name));
        } else {
            data += bytes;
        }
    }
    println!("{code} bytes of code, {data} bytes of data\n");
    let mut modules: Vec<(usize, String)> =
        modules.into_iter().map(|(module, bytes)| (bytes, module)).collect();
    modules.sort_by(|left, right| right.cmp(left));
    functions.sort_by(|left, right| right.cmp(left));
    for (bytes, name) in modules.iter().take(LINES) {
        println!("{bytes:>8}  {name}");
    }
    println!();
    for (bytes, name) in functions.iter().take(LINES) {
        println!("{bytes:>8}  {name}");
    }
}

/// The crate of a function, and its module where the crate is this project's.
fn module_of(name: &str) -> String {
    let path = name.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let parts: Vec<&str> = path.split("::").collect();
    let depth = if parts.first().is_some_and(|first| first.starts_with("onedrive_picker")) { 3 } else { 1 };
    let end = depth.min(parts.len().saturating_sub(1)).max(1);
    let module = parts.get(..end).unwrap_or_default().join("::");
    module.split(" as ").next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_module_of_a_function() {
        for (name, module) in [
            ("onedrive_picker::ui::grid::frame", "onedrive_picker::ui::grid"),
            (
                "<onedrive_picker_core::graph::page::Page as core::fmt::Debug>::fmt",
                "onedrive_picker_core::graph::page",
            ),
            ("core::fmt::write", "core"),
            ("malloc", "malloc"),
        ] {
            assert_eq!(module_of(name), module, "{name}");
        }
    }
}
