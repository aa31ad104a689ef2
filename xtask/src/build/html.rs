//! A document without what only its authors need.

use crate::failure::Outcome;
use crate::page_tools::{self, Source};
use crate::paths::Paths;

/// Removes the links that speak to trunk and mean nothing to a browser.
pub(super) fn without_trunk_links(document: &str) -> String {
    let mut parts = document.split("<link data-trunk");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result.push_str(part.split_once('>').map_or(part, |(_, after)| after.trim_start()));
    }
    result
}

/// Strips comments and indentation, and minifies inline scripts and styles.
///
/// Fails on a syntax error in one of those.
pub(super) fn minified(paths: &Paths, document: &str) -> Outcome<String> {
    rewritten(document, |source, text| page_tools::minified(paths, source, text))
}

/// Goes through a document from one element with a meaning of its own to the next.
fn rewritten(document: &str, minified: impl Fn(Source, &str) -> Outcome<String>) -> Outcome<String> {
    let mut rest = document;
    let mut result = String::with_capacity(document.len());
    while let Some(start) =
        rest.find("<!--").into_iter().chain(rest.find("<script")).chain(rest.find("<style")).min()
    {
        let (before, from) = rest.split_at(start);
        push_collapsed(&mut result, before);
        if from.starts_with("<!--") {
            rest = from.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let end = if from.starts_with("<script") { "</script>" } else { "</style>" };
        let (Some((tag, _)), Some((element, after))) = (from.split_once('>'), from.split_once(end)) else {
            result.push_str(from);
            return Ok(result);
        };
        let content = element.get(tag.len() + 1..).unwrap_or_default();
        let source = match tag {
            _ if content.trim().is_empty() => None,
            "<script" => Some(Source::Script),
            "<script type=\"module\"" => Some(Source::Module),
            "<style" => Some(Source::Style),
            _ => None,
        };
        result.push_str(tag);
        result.push('>');
        match source {
            Some(source) => result.push_str(minified(source, content)?.trim_end_matches(';')),
            None => result.push_str(content.trim()),
        }
        result.push_str(end);
        rest = after;
    }
    push_collapsed(&mut result, rest);
    Ok(result)
}

/// Adds markup with each run of white space made one space, or nothing where it only breaks the line between two tags.
fn push_collapsed(result: &mut String, markup: &str) {
    let mut rest = markup;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_whitespace()) {
        let (before, from) = rest.split_at(start);
        result.push_str(before);
        rest = from.trim_ascii_start();
        let breaks_line = from.get(..from.len() - rest.len()).is_some_and(|space| space.contains('\n'));
        let between_tags =
            (result.is_empty() || result.ends_with('>')) && (rest.is_empty() || rest.starts_with('<'));
        if !(breaks_line && between_tags) {
            result.push(' ');
        }
    }
    result.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stripped(document: &str) -> String {
        rewritten(document, |_, text| Ok(text.split_whitespace().collect())).unwrap()
    }

    #[test]
    fn strips_indentation_and_comments_but_keeps_spaces_between_words() {
        let cases = [
            ("<p>\n  a\n  b</p>\n", "<p> a b</p>"),
            ("<!doctype html>\n<html>\n<!-- why -->\n<body>\n", "<!doctype html><html><body>"),
            ("<b>a</b> <i>b</i>", "<b>a</b> <i>b</i>"),
            ("<script>\n  let a;\n</script>\n<p>", "<script>leta</script><p>"),
            (
                "<script type=\"application/json\"> {\"a\": 1} </script>",
                "<script type=\"application/json\">{\"a\": 1}</script>",
            ),
            ("<script src=\"a b\"></script>", "<script src=\"a b\"></script>"),
        ];
        for (from, to) in cases {
            assert_eq!(stripped(from), to, "{from}");
        }
    }

    #[test]
    fn removes_what_is_meant_for_trunk_alone() {
        let document = "<title>a</title>\n<link data-trunk rel=\"rust\">\n<link rel=\"icon\">";
        assert_eq!(without_trunk_links(document), "<title>a</title>\n<link rel=\"icon\">");
    }

    #[test]
    fn loses_nothing_of_a_document_that_breaks_off() {
        assert_eq!(stripped("<p>a</p><script>never closed"), "<p>a</p><script>never closed");
    }
}
