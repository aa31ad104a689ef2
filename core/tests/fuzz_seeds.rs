//! The fuzz targets over their seeds, on the stable toolchain: what once broke a parser stays mended.

#![cfg(not(target_arch = "wasm32"))]

#[allow(unreachable_pub, reason = "public in the fuzzing crate")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;

fn replay(name: &str, target: fn(&str)) -> std::io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(name);
    let mut count = 0;
    for entry in fs::read_dir(&folder)? {
        let seed = fs::read(entry?.path())?;
        let text = String::from_utf8_lossy(&seed);
        target(&text);
        // Cut anywhere, an answer is still only an answer.
        for start in (0..text.len()).step_by(7).filter_map(|end| text.get(..end)) {
            target(start);
        }
        count += 1;
    }
    assert!(count > 2, "{name} has its seeds");
    Ok(())
}

#[test]
fn fragments_hold() -> std::io::Result<()> {
    replay("fragment", targets::fragment)
}

#[test]
fn id_tokens_hold() -> std::io::Result<()> {
    replay("id_token", targets::id_token)
}

#[test]
fn host_messages_hold() -> std::io::Result<()> {
    replay("host_message", targets::host_message)
}

#[test]
fn host_options_hold() -> std::io::Result<()> {
    replay("host_options", targets::host_options)
}

#[test]
fn graph_answers_hold() -> std::io::Result<()> {
    replay("graph_answer", targets::graph_answer)
}
