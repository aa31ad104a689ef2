//! The Content-Security-Policy of a live page: does it let the picker work, and nothing else?

use super::Expected;
use super::ask::Answer;
use super::document::Document;
use super::findings::Findings;
use crate::serving::{Policy, hashes};

/// Sources of scripts that make a policy worthless.
const LOOSE_SCRIPTS: [&str; 7] =
    ["'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:", "data:", "blob:"];

/// Judges it.
pub(super) fn judge(
    what: &str,
    answer: &Answer,
    document: &Document,
    expected: &Expected,
    findings: &mut Findings,
) {
    let header = answer.header("content-security-policy");
    if header.is_empty() {
        findings.wrong(
            format!("{what}: no Content-Security-Policy"),
            "Send the one of deploy/ in the release, which knows the scripts in its pages.",
        );
        return;
    }
    let before = findings.0.len();
    // All policies of all headers hold at once.
    let policies: Vec<Policy> = header.split(',').map(Policy::parse).collect();
    let wanted = Policy::strict(&hashes(&answer.text), expected.cloud);
    let own = document.own_origin.as_str();
    for (directive, sources) in wanted.fetches() {
        let assets = document.foreign_asset_origin();
        let assets = assets.filter(|_| matches!(directive, "script-src" | "style-src" | "connect-src"));
        for needed in sources.iter().map(String::as_str).chain(assets) {
            let covers = |policy: &Policy| {
                policy
                    .fetch_sources(directive)
                    .is_none_or(|given| given.iter().any(|one| covers(one, needed, own)))
            };
            if !policies.iter().all(covers) {
                let mend = if needed.starts_with("'sha256-") {
                    format!(
                        "Add {needed} to {directive}, or take the policy from the release that the page is of: it must \
                         know the script in it."
                    )
                } else {
                    format!("Add {needed} to {directive}.")
                };
                findings.wrong(format!("{what}: its policy's {directive} lacks {needed}"), mend);
            }
        }
    }
    loose(what, &policies, findings);
    framing(what, &policies, expected, findings);
    if findings.0.len() == before {
        findings.right(format!("{what}: Content-Security-Policy"));
    }
}

/// What the policy forbids too little of.
fn loose(what: &str, policies: &[Policy], findings: &mut Findings) {
    // One strict policy is enough: all hold.
    let any = |fits: &dyn Fn(&Policy) -> bool| policies.iter().any(fits);
    let is_without = |directive: &'static str, loose: &'static [&'static str]| {
        move |policy: &Policy| {
            let given = policy.fetch_sources(directive);
            given.is_some_and(|given| {
                !given.iter().any(|one| loose.contains(&one.to_ascii_lowercase().as_str()))
            })
        }
    };
    if !any(&is_without("script-src", &LOOSE_SCRIPTS)) {
        findings.wrong(
            format!("{what}: its policy lets foreign scripts run"),
            "Name in script-src only 'self', 'wasm-unsafe-eval' and the hash of the page's script.",
        );
    }
    if !any(&is_without("connect-src", &["*", "https:", "http:"])) {
        findings.wrong(
            format!("{what}: its policy lets the page send to anybody"),
            "Name in connect-src only 'self', Microsoft's sign-in, Graph and the download hosts.",
        );
    }
    for (directive, fits, mend) in [
        ("object-src", "'none'", "Begin with `default-src 'none'`."),
        (
            "require-trusted-types-for",
            "'script'",
            "Add `require-trusted-types-for 'script'`: no text may become markup.",
        ),
    ] {
        let has = |policy: &Policy| {
            let given = if directive == "object-src" {
                policy.fetch_sources(directive)
            } else {
                policy.sources(directive)
            };
            given.is_some_and(|given| given.iter().any(|one| one == fits))
        };
        if !any(&has) {
            findings.wrong(format!("{what}: its policy has no {directive} {fits}"), mend);
        }
    }
    for (directive, mend) in [
        ("base-uri", "Add `base-uri 'self'`: a foreign <base> would load foreign assets."),
        ("form-action", "Add `form-action 'none'`: the pages send no form."),
    ] {
        if !any(&|policy: &Policy| policy.sources(directive).is_some()) {
            findings.wrong(format!("{what}: its policy has no {directive}"), mend);
        }
    }
}

/// Who may frame the page.
fn framing(what: &str, policies: &[Policy], expected: &Expected, findings: &mut Findings) {
    let given: Vec<&[String]> =
        policies.iter().filter_map(|policy| policy.sources("frame-ancestors")).collect();
    let is_open =
        |sources: &&[String]| sources.iter().any(|one| matches!(one.as_str(), "*" | "https:" | "http:"));
    if given.iter().all(is_open) {
        findings.wrong(
            format!("{what}: everybody may frame it"),
            "Add `frame-ancestors 'self'` and the sites of hostOrigins.",
        );
    }
    for host in &expected.host_origins {
        if !given.iter().all(|sources| sources.iter().any(|one| covers(one, host, ""))) {
            findings
                .wrong(format!("{what}: {host} may not frame it"), format!("Add {host} to frame-ancestors."));
        }
    }
}

/// Whether a source that is given covers one that is needed. `own` is the page's origin.
fn covers(given: &str, needed: &str, own: &str) -> bool {
    let given = if needed.starts_with("'sha256-") { given.to_owned() } else { given.to_ascii_lowercase() };
    if given == needed || (needed == "'wasm-unsafe-eval'" && given == "'unsafe-eval'") {
        return true;
    }
    let needed = if needed == "'self'" { own } else { needed };
    let Some((scheme, host)) = needed.split_once("://") else { return false };
    let (given_scheme, given_host) = given.split_once("://").unwrap_or(("", given.as_str()));
    if given == "*" || given.strip_suffix(':') == Some(scheme) {
        return true;
    }
    let given_host = given_host.split('/').next().unwrap_or_default();
    let fits_host = match given_host.strip_prefix('*') {
        Some(suffix) => suffix.starts_with('.') && host.ends_with(suffix),
        None => given_host == host,
    };
    (given_scheme.is_empty() || given_scheme == scheme) && fits_host
}
