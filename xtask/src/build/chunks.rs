//! Splitting the picker's WebAssembly into chunks, between the linker and wasm-bindgen.
//!
//! Trunk has no hook between the two (<https://github.com/trunk-rs/trunk/issues/1022>), but takes the `wasm-bindgen` that it finds
//! first on `PATH`. The build puts a program of that name there, which splits and then calls the real one.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use wasm_split_cli_support::{Options, transform};

use crate::command::run;
use crate::failure::{Attempt, Failure, Outcome};
use crate::paths::Paths;

/// The job behind the stand-in; it is not for people, so the overview does not list it.
pub(crate) const WASM_BINDGEN_JOB: &str = "split-then-bind";

/// Where the stand-in leaves the chunks.
const FOLDER_VARIABLE: &str = "ONEDRIVE_PICKER_CHUNKS";

/// The JavaScript that loads chunks, beside them.
pub(super) const LINK_MODULE: &str = "__wasm_split.js";

/// What [`split`] writes beside the chunks: which files each group of split functions needs, as JSON.
const GROUPS: &str = "groups.json";

/// Has a command that calls `wasm-bindgen` split the WebAssembly first, into this folder.
///
/// Fails if the folder cannot be made empty.
pub(super) fn split_before_binding(paths: &Paths, folder: &Path, command: &mut Command) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).attempting(folder.display())?;
    }
    let tools = folder.join("bin");
    fs::create_dir_all(&tools).attempting(tools.display())?;
    let stand_in = tools.join("wasm-bindgen");
    let own = std::env::current_exe().attempting("the path of this program")?;
    let script = format!("#!/bin/sh\nexec '{}' {WASM_BINDGEN_JOB} \"$@\"\n", own.display());
    fs::write(&stand_in, script).attempting(stand_in.display())?;
    fs::set_permissions(&stand_in, fs::Permissions::from_mode(0o755)).attempting(stand_in.display())?;
    command.env(FOLDER_VARIABLE, folder).env("PATH", Paths::path_with([tools, paths.bin()])?);
    Ok(())
}

/// What the stand-in does: splits the WebAssembly among the arguments and hands the main chunk to the real wasm-bindgen.
///
/// Fails if the module cannot be split, or if wasm-bindgen does.
pub(crate) fn split_then_bind(paths: &Paths, arguments: &[String]) -> Outcome {
    let mut bindgen = Command::new(paths.bin().join("wasm-bindgen"));
    let is_wasm = |argument: &&String| argument.ends_with(".wasm");
    let Some(linked) = arguments.iter().find(is_wasm) else {
        return run(bindgen.args(arguments));
    };
    let folder = std::env::var_os(FOLDER_VARIABLE).map(PathBuf::from);
    let folder = folder.ok_or_else(|| Failure::new(format!("{FOLDER_VARIABLE} is not set")))?;
    let main = split(Path::new(linked), &folder)?;
    bindgen.args(arguments.iter().filter(|argument| !is_wasm(argument)));
    // The chunks find memory and table among the exports that the linker made.
    run(bindgen.args(["--keep-lld-exports", "--no-demangle"]).arg(main))
}

/// Splits a linked module (with its relocations) and says where its main chunk is.
fn split(linked: &Path, folder: &Path) -> Outcome<PathBuf> {
    let module = fs::read(linked).attempting(linked.display())?;
    let program = linked.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let main = folder.join("main.wasm");
    let glue = format!("./{program}.js");
    let mut options = Options::new(&module);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = "./__wasm_split.js";
    options.main_module = &glue;
    let split =
        transform(options).map_err(|error| Failure::new(format!("splitting the module: {error:#}")))?;
    let groups: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    let file = folder.join(GROUPS);
    fs::write(&file, serde_json::json!(groups).to_string()).attempting(file.display())?;
    Ok(main)
}

/// The chunks of a split program: the names of their files without extension, by group.
///
/// Fails if the program was not split.
pub(super) fn groups(folder: &Path) -> Outcome<BTreeMap<String, Vec<String>>> {
    let file = folder.join(GROUPS);
    let text = fs::read_to_string(&file).attempting(file.display())?;
    serde_json::from_str(&text).attempting(file.display())
}

/// What the file of a chunk is called: after its group, or `shared` if more than one group needs it.
pub(super) fn file_stem(chunk: &str) -> &str {
    chunk.strip_prefix("split_").unwrap_or("shared")
}

/// The loader with a way around servers that send WebAssembly under another media type, which `instantiateStreaming` refuses.
///
/// Fails if the loader is not as expected.
pub(super) fn lenient_loader(loader: &str) -> Outcome<String> {
    const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
    if !loader.contains(STREAMING) {
        return Err(Failure::new("the loader of the chunks is not as expected: it does not stream them"));
    }
    let loader = loader.replace(STREAMING, "instantiate(src, imports)");
    // A request that hangs ends as one that failed, and can be tried again.
    let limited = format!("import.meta.url), {{ signal: AbortSignal.timeout({CHUNK_LIMIT_MS}) }})");
    Ok([&loader.replace("import.meta.url))", &limited), INSTANTIATE].concat())
}

/// How long a chunk may take to come.
const CHUNK_LIMIT_MS: u32 = 120_000;

/// Instantiates a chunk from its response.
const INSTANTIATE: &str = r#"
async function instantiate(src, imports) {
    const response = await src;
    if (!response.ok) throw new Error(`${response.status} for ${response.url}`);
    return response.headers.get("Content-Type") === "application/wasm"
        ? WebAssembly.instantiateStreaming(response, imports)
        : WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chunk_of_another_media_type_is_instantiated_from_its_bytes() {
        let loader = "const src = fetch(new URL(\"./a.wasm\", import.meta.url));\n\
            return async (imports) => (WebAssembly.instantiateStreaming(src, imports));";
        let lenient = lenient_loader(loader).unwrap();
        assert!(lenient.contains("import.meta.url), { signal: AbortSignal.timeout(120000) });"), "{lenient}");
        assert!(lenient.contains("return async (imports) => (instantiate(src, imports));"));
        assert!(lenient_loader("import.source(src)").is_err());
    }
}
