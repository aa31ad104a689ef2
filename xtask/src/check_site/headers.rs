//! The headers of the picker's documents.

use super::Expected;
use super::ask::Answer;
use super::document::Document;
use super::findings::Findings;
use super::policy;

/// Judges the headers of a document. `what` names it.
pub(super) fn judge(
    what: &str,
    answer: &Answer,
    document: &Document,
    expected: &Expected,
    findings: &mut Findings,
) {
    let header = |name| answer.header(name);
    findings.check(
        answer.media_type() == "text/html" && header("content-type").to_ascii_lowercase().contains("utf-8"),
        &format!("{what}: Content-Type"),
        format!("{what}: its Content-Type is {:?}", header("content-type")),
        "Serve it as `text/html; charset=utf-8`.",
    );
    findings.check(
        header("cache-control").contains("no-store"),
        &format!("{what}: not kept by caches"),
        format!("{what}: its Cache-Control is {:?}", header("cache-control")),
        "Send `Cache-Control: no-store`: a kept page names assets of an older release, and may hold somebody's role.",
    );
    let opener = header("cross-origin-opener-policy");
    findings.check(
        opener.is_empty() || opener.starts_with("unsafe-none"),
        &format!("{what}: no Cross-Origin-Opener-Policy"),
        format!("{what}: Cross-Origin-Opener-Policy is {opener:?}"),
        "Leave it out here: it cuts the picker off from the page that opened it.",
    );
    let embedder = header("cross-origin-embedder-policy");
    findings.check(
        !embedder.starts_with("require-corp"),
        &format!("{what}: no Cross-Origin-Embedder-Policy that keeps pictures out"),
        format!("{what}: Cross-Origin-Embedder-Policy is {embedder:?}"),
        "Leave it out here: SharePoint's thumbnails do not say who may embed them.",
    );
    findings.check(
        header("x-frame-options").is_empty(),
        &format!("{what}: no X-Frame-Options"),
        format!("{what}: X-Frame-Options is {:?}", header("x-frame-options")),
        "Leave it out and let frame-ancestors of the Content-Security-Policy say who may frame the page.",
    );
    findings.check(
        header("referrer-policy") == "no-referrer",
        &format!("{what}: Referrer-Policy"),
        format!("{what}: its Referrer-Policy is {:?}", header("referrer-policy")),
        "Send `Referrer-Policy: no-referrer`: the address holds the host's options.",
    );
    findings.check(
        header("permissions-policy").contains("camera=()"),
        &format!("{what}: Permissions-Policy"),
        format!("{what}: its Permissions-Policy is {:?}", header("permissions-policy")),
        format!("Send `Permissions-Policy: {}`.", crate::serving::PERMISSIONS),
    );
    nosniff(what, answer, findings);
    policy::judge(what, answer, document, expected, findings);
}

/// Judges `X-Content-Type-Options`.
pub(super) fn nosniff(what: &str, answer: &Answer, findings: &mut Findings) {
    if answer.header("x-content-type-options") != "nosniff" {
        findings.wrong(format!("{what}: its type may be guessed"), "Send `X-Content-Type-Options: nosniff`.");
    }
}
