//! The job `check-site`: holds a live site against what the picker needs, and says how to mend what is wrong.

mod ask;
mod assets;
mod document;
mod findings;
mod headers;
mod page;
mod policy;
mod settings;
#[cfg(test)]
mod tests;

use crate::failure::{Failure, Outcome};
use crate::flags::Flags;
use crate::paths::Paths;
use crate::serving::{Cloud, PAGE_ADDRESSES};
use crate::setup;
use ask::{Answer, Ask, answers};
use document::Document;
use findings::Findings;

/// What the job does, in one line.
pub(crate) const SUMMARY: &str = "look at a live site and say what is wrong with how it serves the picker";

/// How the job is used.
pub(crate) const USAGE: &str = "\
cargo xtask check-site URL [--cloud NAME] [--host-origin ORIGIN]…

  URL                   the site, or the address of the picker's page on it
  --cloud NAME          global (the default), gcc-high, dod or china
  --host-origin ORIGIN  a site that is to frame the picker; may be repeated

Asks for the page by GET and POST, for the assistant, the settings, every asset and the host kit, as a
browser would and without signing in. Fails if something is wrong, and says how to mend it.";

/// What the site is held against.
#[derive(Debug, Clone, Default)]
struct Expected {
    cloud: Cloud,
    host_origins: Vec<String>,
}

/// Runs the job.
///
/// Fails if the site does not answer, or if something is wrong with it.
pub(crate) fn run(paths: &Paths, mut flags: Flags) -> Outcome {
    let mut expected = Expected { cloud: Cloud::take(&mut flags)?, host_origins: Vec::new() };
    while let Some(origin) = flags.value("--host-origin")? {
        expected.host_origins.push(origin);
    }
    let [url] = <[String; 1]>::try_from(flags.words())
        .map_err(|_| Failure::new("one URL is needed; `cargo xtask help check-site` tells more"))?;
    flags.finish()?;
    setup::prepare_node(paths)?;
    let page = page_url(&url)
        .ok_or_else(|| Failure::new(format!("{url:?}: a URL such as https://media.example.edu is needed")))?;
    let findings = look(&page, &expected)?;
    findings.print();
    findings.outcome(&page)
}

/// The address of the page: as given, or the redirect URI of a site.
fn page_url(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https") || rest.is_empty() || rest.starts_with('/') {
        return None;
    }
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let path = rest.split_once('/').map_or("", |(_, path)| path);
    Some(if path.is_empty() {
        format!("{}{}", url.trim_end_matches('/'), PAGE_ADDRESSES[0])
    } else {
        url.to_owned()
    })
}

/// Asks for everything: the page first, then what it names, then what its scripts name.
fn look(page: &str, expected: &Expected) -> Outcome<Findings> {
    let mut findings = Findings::default();
    let others = page::other_addresses(page);
    let mut asks = vec![Ask::get(page), Ask::post(page)];
    asks.extend(others.iter().map(|url| Ask::get(url)));
    let mut first = answers(&asks)?.into_iter();
    let (got, posted) = (first.next().unwrap_or_default(), first.next().unwrap_or_default());
    let Some(mut document) = page::judge(page, &got, &posted, expected, &mut findings) else {
        return Ok(findings);
    };
    for (url, answer) in others.iter().zip(first) {
        page::judge_other(url, &answer, &got, &mut findings);
    }
    let mut asks = document.asks();
    let mut second = answers(&asks)?;
    let is_script = |(ask, _): &(&Ask, &Answer)| ask.url.ends_with(".js") && ask.encoding == "identity";
    let scripts = asks.iter().zip(&second).filter(is_script);
    let later: Vec<String> = scripts.flat_map(|(_, answer)| document.name_assets(&answer.text)).collect();
    let later = Document::asks_for(&later);
    second.extend(answers(&later)?);
    asks.extend(later);
    let answered: Vec<(&Ask, &Answer)> = asks.iter().zip(&second).collect();
    settings::judge(&document, &answered, &mut findings);
    page::judge_assistant(&document, &answered, expected, &mut findings);
    assets::judge(&document, &answered, &mut findings);
    Ok(findings)
}
