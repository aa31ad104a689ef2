//! The pages of the book: all of them in its summary, and every link to a file or a heading that there is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Attempt, Failure, Outcome};
use crate::files;
use crate::paths::Paths;

/// Pages outside the book that link into it.
const OUTSIDE: [&str; 7] = [
    "README.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "host-kit/README.md",
    "host-kit/server/README.md",
    "simulator/README.md",
    "deploy/README.md",
];

/// Looks at them all.
///
/// Fails with everything that is wrong, a line for each.
pub(super) fn check(paths: &Paths) -> Outcome {
    let mut wrong = Vec::new();
    let docs = paths.root.join("docs");
    let summary = docs.join("SUMMARY.md");
    let summary = fs::read_to_string(&summary).attempting(summary.display())?;
    let listed: BTreeSet<PathBuf> = links(&summary).map(|link| docs.join(link)).collect();
    for page in all(paths)? {
        let name = page.strip_prefix(&paths.root).unwrap_or(&page).display().to_string();
        if page.starts_with(&docs)
            && page.file_name().is_some_and(|name| name != "SUMMARY.md")
            && !listed.contains(&page)
        {
            wrong.push(format!("{name} is not in docs/SUMMARY.md"));
        }
        let text = fs::read_to_string(&page).attempting(&name)?;
        for link in links(&text) {
            if let Some(reason) = broken(&page, &text, link) {
                wrong.push(format!("{name}: {link}: {reason}"));
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Failure::new(wrong.join("\n"))) }
}

/// Every page of the documentation.
///
/// Fails if a folder cannot be read.
pub(super) fn all(paths: &Paths) -> Outcome<Vec<PathBuf>> {
    let mut pages = files::below(&paths.root.join("docs"))?;
    pages.retain(|file| file.extension().is_some_and(|extension| extension == "md"));
    pages.extend(OUTSIDE.iter().map(|name| paths.root.join(name)).filter(|file| file.is_file()));
    Ok(pages)
}

/// Why a link leads nowhere.
fn broken(page: &Path, text: &str, link: &str) -> Option<String> {
    if link.starts_with("http") || link.starts_with("mailto:") {
        return None;
    }
    let (file, heading) = link.split_once('#').unwrap_or((link, ""));
    let target = page.parent()?.join(file);
    if !file.is_empty() && !target.exists() {
        return Some("there is no such file".to_owned());
    }
    let text =
        if file.is_empty() { text.to_owned() } else { fs::read_to_string(&target).unwrap_or_default() };
    (!heading.is_empty() && !headings(&text).contains(heading)).then(|| "there is no such heading".to_owned())
}

/// The targets of the links and pictures of a page, code left out.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split("```").step_by(2).flat_map(|part| part.split("](").skip(1));
    parts.filter_map(|rest| rest.split(')').next()).filter(|link| !link.is_empty() && !link.contains(' '))
}

/// The names by which the headings of a page are linked to, as GitHub and mdBook make them.
fn headings(text: &str) -> BTreeSet<String> {
    let lines = text.split("```").step_by(2).flat_map(str::lines).filter(|line| line.starts_with('#'));
    let name = |line: &str| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        words.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter)).collect::<String>()
    };
    lines.map(|line| name(line).replace(' ', "-")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_in_the_book_and_every_link_leads_somewhere() {
        check(&Paths::find().unwrap()).unwrap();
    }

    #[test]
    fn finds_links_and_headings_outside_code() {
        let text = "# A page: *one*\n[a](b.md#c) ![p](q.png)\n```\n[no](x.md)\n# no\n```\n## `two` words\n[d](#two-words)";
        assert_eq!(links(text).collect::<Vec<_>>(), ["b.md#c", "q.png", "#two-words"]);
        assert!(headings(text).contains("a-page-one") && headings(text).contains("two-words"));
        let page = Path::new("/nowhere/page.md");
        assert!(
            broken(page, text, "#two-words").is_none() && broken(page, text, "https://a.example").is_none()
        );
        assert!(broken(page, text, "#three").is_some() && broken(page, text, "b.md").is_some());
    }
}
