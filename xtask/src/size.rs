//! The job `size`: what a person downloads, against the budgets of the design.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use serde_json::Value;

use crate::build;
use crate::failure::{Attempt, Failure, Outcome};
use crate::flags::Flags;
use crate::page_tools::{self, Weight};
use crate::paths::Paths;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "print what is downloaded, and fail above the budget";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask size

Weighs the files that the last `cargo xtask build` left in dist/: raw, gzip 9 and brotli 11.";

/// All that the picker may ship before the first rows where the host supplies the token, brotli 11.
const FIRST_ROWS: u64 = 150_000;

/// All that it may ship before the card of its own sign-in, brotli 11.
const SIGN_IN_CARD: u64 = 165_000;

/// All that it may ship in English, brotli 11.
const IN_ALL: u64 = 350_000;

/// The page that a sign-in comes back to, raw.
const RETURN_PAGE: u64 = 3_000;

/// The modules that open the picker from a page, brotli 11.
const HOST_KIT: u64 = 4_000;

/// The module that imports into Kaltura, brotli 11.
const HOST_KIT_IMPORT: u64 = 8_000;

/// The modules that open the picker. What imports into Kaltura and what stands in for OneDrive.js 7.2 is loaded by who needs it.
const HOST_KIT_MODULES: &[&str] = &["host/onedrive-picker.js", "host/picker-dialog.js", "host/element.js"];

/// What one line of the table weighs.
struct Part<'a> {
    name: &'a str,
    weight: Weight,
}

/// Runs the job.
///
/// Fails if nothing was built or a budget is exceeded.
pub(crate) fn run(paths: &Paths, flags: Flags) -> Outcome {
    flags.finish()?;
    check(paths)
}

/// Prints the table.
///
/// Fails if nothing was built.
pub(crate) fn print(paths: &Paths) -> Outcome {
    table(paths).map(|_| ())
}

/// Prints the table and judges it.
///
/// Fails if nothing was built or a budget is exceeded.
pub(crate) fn check(paths: &Paths) -> Outcome {
    let over = table(paths)?;
    if over.is_empty() { Ok(()) } else { Err(Failure::new(over.join("; "))) }
}

/// Prints the table and says which budgets are exceeded.
fn table(paths: &Paths) -> Outcome<Vec<String>> {
    let names = build::names(paths)?;
    let asset = |placeholder: &str| names.get(placeholder).and_then(Value::as_str).map(str::to_owned);
    let first = [
        ("html", Some("index.html".to_owned())),
        ("css", asset("APP_CSS")),
        ("js", asset("APP_JS")),
        ("wasm", asset("APP_WASM")),
    ];
    println!("{:<28}{:>10}{:>10}{:>10}", "bytes", "raw", "gzip 9", "brotli 11");
    let mut total = Weight::default();
    let mut html = Weight::default();
    for (name, file) in first {
        let file = file.filter(|file| !file.is_empty());
        let part = Part { name, weight: weight_of(paths, file.as_slice())? };
        if name == "html" {
            html = part.weight;
        }
        total += part.weight;
        row(&part);
    }
    row(&Part { name: "before the first rows", weight: total });
    println!();
    let groups = chunk_groups(&names);
    let mut chunks = BTreeSet::new();
    let mut card = total;
    for (group, files) in &groups {
        let weight = weight_of(paths, files)?;
        row(&Part { name: &format!("chunks of {group}"), weight });
        if group == "sign_in" {
            card += weight;
        }
        chunks.extend(files.iter().cloned());
    }
    let chunks: Vec<String> = chunks.into_iter().collect();
    let mut all = total;
    all += weight_of(paths, &chunks)?;
    row(&Part { name: "in all, English", weight: all });
    let visit: Vec<String> = asset("VISIT_JS").into_iter().collect();
    row(&Part { name: "opened by hand", weight: weight_of(paths, &visit)? });
    let locales: Vec<String> = names
        .get("LOCALES")
        .and_then(Value::as_object)
        .map(|locales| locales.values().filter_map(Value::as_str).map(str::to_owned).collect())
        .unwrap_or_default();
    row(&Part { name: "languages, all of them", weight: weight_of(paths, &locales)? });
    let setup: Vec<String> = ["SETUP_CSS", "SETUP_JS", "SETUP_WASM"]
        .into_iter()
        .filter_map(asset)
        .filter(|file| !file.is_empty())
        .collect();
    row(&Part { name: "set-up assistant", weight: weight_of(paths, &setup)? });
    let mut kit = Weight::default();
    let mut import = Weight::default();
    for module in modules(paths)? {
        let weight = weight_of(paths, std::slice::from_ref(&module))?;
        if HOST_KIT_MODULES.contains(&module.as_str()) {
            kit += weight;
        }
        if module == "host/kaltura-import.js" {
            import = weight;
        }
        row(&Part { name: &module, weight });
    }

    let budgets = [
        ("before the first rows", total.brotli, FIRST_ROWS),
        ("before the sign-in card", card.brotli, SIGN_IN_CARD),
        ("in all, English", all.brotli, IN_ALL),
        ("return page, raw", html.raw, RETURN_PAGE),
        ("host kit, brotli", kit.brotli, HOST_KIT),
        ("import, brotli", import.brotli, HOST_KIT_IMPORT),
    ];
    println!();
    let mut over = Vec::new();
    for (name, bytes, budget) in budgets {
        println!("{name:<28}{bytes:>10} of {budget}");
        if bytes >= budget {
            over.push(format!("{name}: {bytes} bytes, the budget is {budget}"));
        }
    }
    Ok(over)
}

/// The files of each group of split functions.
fn chunk_groups(names: &Value) -> BTreeMap<String, Vec<String>> {
    let files = |files: &Value| -> Vec<String> {
        files.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let groups = names.get("CHUNKS").and_then(Value::as_object);
    groups.into_iter().flatten().map(|(group, names)| (group.clone(), files(names))).collect()
}

fn row(part: &Part<'_>) {
    let Weight { raw, gzip, brotli } = part.weight;
    println!("{:<28}{raw:>10}{gzip:>10}{brotli:>10}", part.name);
}

/// What some files of `dist/` weigh together.
fn weight_of(paths: &Paths, files: &[String]) -> Outcome<Weight> {
    let files: Vec<PathBuf> = files.iter().map(|file| paths.dist().join(file)).collect();
    let mut sum = Weight::default();
    for weight in page_tools::weigh(&files)? {
        sum += weight;
    }
    Ok(sum)
}

/// All modules for embedding pages.
fn modules(paths: &Paths) -> Outcome<Vec<String>> {
    let folder = paths.dist().join("host");
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut modules = Vec::new();
    for file in std::fs::read_dir(&folder).attempting(folder.display())? {
        let name = file.attempting(folder.display())?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".js") {
            modules.push(format!("host/{name}"));
        }
    }
    modules.sort();
    Ok(modules)
}
