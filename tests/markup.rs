//! No view makes elements from markup. Leptos does so for a nested element that is all literals (`innerHTML` of a
//! template), and the policy that releases are served with forbids it (`require-trusted-types-for 'script'`).
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};

/// A tag as it stands in a view.
#[derive(Debug, PartialEq)]
struct Tag<'a> {
    name: &'a str,
    /// Whether every attribute is a name or `name="text"`, and how many there are.
    literal_attributes: Option<usize>,
    closes_itself: bool,
    /// What follows it.
    rest: &'a str,
}

/// Reads a tag from `<` on. `None` if there is none: a comparison, a generic type, a component.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find(|letter: char| !letter.is_ascii_alphanumeric())?;
    let (name, mut rest) = inside.split_at(end);
    name.chars().next().filter(char::is_ascii_lowercase)?;
    let mut count = Some(0);
    loop {
        rest = rest.trim_start();
        if let Some(rest) = rest.strip_prefix("/>") {
            return Some(Tag { name, literal_attributes: count, closes_itself: true, rest });
        }
        if let Some(rest) = rest.strip_prefix('>') {
            return Some(Tag { name, literal_attributes: count, closes_itself: false, rest });
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || "=/>".contains(letter))?;
        let (key, after) = rest.split_at(end);
        if !key.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            return None;
        }
        let Some(value) = after.strip_prefix('=') else {
            (count, rest) = (count.map(|count| count + 1), after);
            continue;
        };
        let Some(quoted) = value.strip_prefix('"') else {
            // Not a literal; where it ends does not matter.
            return Some(Tag { name, literal_attributes: None, closes_itself: false, rest: value });
        };
        (count, rest) = (count.map(|count| count + 1), quoted.split_once('"')?.1);
    }
}

/// The elements of a source file that Leptos would make from markup, each by its line. Enough to look at those with
/// nothing but texts inside: an element is all literals only if what it holds is.
fn made_from_markup(source: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    for (at, _) in source.match_indices('<') {
        let Some((before, from)) = source.split_at_checked(at) else { continue };
        let Some(found) = tag(from) else { continue };
        let is_outermost = before.trim_end().ends_with("view! {");
        let mut rest = found.rest.trim_start();
        let mut has_text = false;
        while let Some((_, after)) = rest.strip_prefix('"').and_then(|text| text.split_once('"')) {
            (rest, has_text) = (after.trim_start(), true);
        }
        let is_leaf = found.closes_itself || rest.starts_with(&format!("</{}>", found.name));
        let is_literal =
            found.literal_attributes.is_some_and(|count| count > 0 || (has_text && !found.closes_itself));
        if is_leaf && is_literal && !is_outermost {
            lines.push(before.matches('\n').count() + 1);
        }
    }
    lines
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn tells_elements_that_are_all_literals_from_others() {
    for (view, expected) in [
        ("view! { <p> <span class=\"a\"></span> </p> }", true),
        ("view! { <p> <b>\"text\"</b> </p> }", true),
        ("view! { <svg class=c> <path d=\"M0\" /> </svg> }", true),
        ("view! { <p> <hr role=\"separator\" hidden /> </p> }", true),
        ("view! { <span class=\"a\"></span> }", false),
        ("view! { <p> <span class=built(\"a\")></span> </p> }", false),
        ("view! { <p> <b>{text}</b> </p> }", false),
        ("view! { <p> <span class=\"a\">{text}</span> <wbr /> </p> }", false),
        ("view! { <p> <Icon shape=\"a\" /> </p> }", false),
        ("if a <b && c> d { vec::<u8>() }", false),
    ] {
        assert_eq!(!made_from_markup(view).is_empty(), expected, "{view}");
    }
}

#[test]
fn no_view_makes_elements_from_markup() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui"), &mut files);
    assert!(files.len() > 50);
    let mut found = Vec::new();
    for file in files {
        let source = std::fs::read_to_string(&file).unwrap();
        found.extend(made_from_markup(&source).iter().map(|line| format!("{}:{line}", file.display())));
    }
    assert!(found.is_empty(), "give one attribute by `built` (src/ui/built.rs):\n{}", found.join("\n"));
}

#[test]
fn the_page_preconnects_to_the_addresses_of_each_cloud() {
    use onedrive_picker_core::settings::Cloud;
    let script = include_str!("../src/browser/preconnect.js");
    for cloud in Cloud::NAMES.into_iter().filter_map(Cloud::parse) {
        let line =
            format!("\"{}\": [\"{}\", \"{}\"]", cloud.name(), cloud.login_base_url(), cloud.graph_resource());
        assert!(script.contains(&line), "{line}");
    }
}

/// A synchronous one blocks the page, and a site may forbid it (<https://xhr.spec.whatwg.org/#sync-xhr>, "sync-xhr"); `fetch` cannot block.
#[test]
fn nothing_uses_xml_http_request() {
    fn look(path: &Path, found: &mut Vec<String>) {
        if path.is_dir() {
            for entry in std::fs::read_dir(path).unwrap() {
                look(&entry.unwrap().path(), found);
            }
        } else if let Ok(text) = std::fs::read_to_string(path)
            && ["XMLHttp", "XmlHttp"].iter().any(|start| text.contains(&format!("{start}Request")))
        {
            found.push(path.display().to_string());
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for place in ["core", "src", "host", "host-kit", "index.html", "setup.html", "visit.js", "Cargo.toml"] {
        if root.join(place).exists() {
            look(&root.join(place), &mut found);
        }
    }
    assert!(found.is_empty(), "{found:?}");
}
