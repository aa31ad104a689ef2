//! The pages that name the tests of each clause name only tests that there are.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};

/// Every `file::test` in backticks on a page.
fn names(page: &str) -> Vec<(String, String)> {
    page.split('`')
        .skip(1)
        .step_by(2)
        .filter_map(|span| span.split_once("::"))
        .map(|(file, test)| (file.to_owned(), test.to_owned()))
        .collect()
}

/// Where the pages say that a file lies.
fn place(root: &Path, file: &str) -> PathBuf {
    if file.starts_with("host/tests/") || file.starts_with("tests/") {
        root.join(file)
    } else if file.contains('/') {
        root.join("src").join(file)
    } else {
        root.join("tests/journeys").join(format!("{file}.rs"))
    }
}

/// Whether a source has the test: a function right below a test attribute, or a call of `test` under Node.js.
fn has(source: &str, file: &str, test: &str) -> bool {
    if Path::new(file).extension().is_some_and(|ending| ending == "mjs") {
        return source.replace(r"\'", "'").contains(&format!("test('{test}',"));
    }
    let mut attributed = false;
    for line in source.lines().map(str::trim) {
        if line == "#[test]" || line.starts_with("#[tokio::test") {
            attributed = true;
        } else if line.contains(&format!("fn {test}(")) {
            return attributed;
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            attributed = false;
        }
    }
    false
}

#[test]
fn every_test_that_a_page_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut missing = Vec::new();
    for page in ["docs/sign-in-tests.md", "docs/hand-over-tests.md"] {
        let text = fs::read_to_string(root.join(page)).expect("the page is there");
        let named = names(&text);
        assert!(named.len() > 40, "{page} names {} tests only", named.len());
        for (file, test) in named {
            let source = fs::read_to_string(place(root, &file)).unwrap_or_default();
            if !has(&source, &file, &test) {
                missing.push(format!("{page}: {file}::{test}"));
            }
        }
    }
    assert!(missing.is_empty(), "no such test:\n{}", missing.join("\n"));
}

#[test]
fn a_test_that_is_gone_is_noticed() {
    let source = "#[test]\nfn holds() {}\n\nfn helper() {}\n";
    assert!(has(source, "host/a.rs", "holds"));
    assert!(!has(source, "host/a.rs", "helper"));
    assert!(!has(source, "host/a.rs", "hold"));
    assert!(!has("test('is there', () => {});", "host/tests/a.test.mjs", "is"));
}
