//! The page of the picker and the assistant.

use super::ask::{Answer, Ask};
use super::document::{Document, origin};
use super::findings::Findings;
use super::{Expected, headers};
use crate::serving::PAGE_ADDRESSES;

/// The other addresses of the page on the same site.
pub(super) fn other_addresses(page: &str) -> Vec<String> {
    let site = origin(page);
    let addresses = PAGE_ADDRESSES.iter().map(|path| [site, path].concat());
    addresses.filter(|url| url != page).collect()
}

/// Judges the page, and gives what it names. `None` if it is not there.
pub(super) fn judge(
    url: &str,
    got: &Answer,
    posted: &Answer,
    expected: &Expected,
    findings: &mut Findings,
) -> Option<Document> {
    let is_local =
        ["http://localhost", "http://127.0.0.1", "http://[::1]"].iter().any(|start| url.starts_with(start));
    findings.check(
        url.starts_with("https://") || is_local,
        "https",
        "the site is served by http",
        "Serve it by https: Microsoft sends people back to nothing else.",
    );
    let document = Document::read(url, &got.text).filter(|_| got.status == 200);
    let Some(document) = document else {
        let (is, mend) = match got.status {
            0 => (
                format!("no answer ({})", got.error),
                "Look at the name, the port, the certificate and the firewall.",
            ),
            301..=308 => (
                format!("it sends visitors to {}", got.header("location")),
                "Let everybody open the address without a login: Microsoft comes back to it before anybody is known.",
            ),
            200 => (
                "it answers with another page".to_owned(),
                "Serve index.html of the release there, not a login or an error page.",
            ),
            401 | 403 => (
                format!("it answers {}", got.status),
                "Let everybody open the address without a login: Microsoft comes back to it before anybody is known.",
            ),
            status => (format!("it answers {status}"), "Serve index.html of the release there."),
        };
        findings.wrong(format!("GET {url}: {is}"), mend);
        return None;
    };
    findings.right(format!("GET {url} answers with the picker's page"));
    findings.check(
        posted.status == 200 && posted.sum == got.sum,
        "POST answers with the same page",
        format!("POST {url}: it answers {}", posted.status),
        "Answer POST like GET: hosts that were written for Microsoft's picker open it that way.",
    );
    headers::judge("the page", got, &document, expected, findings);
    Some(document)
}

/// Judges the page at one of its other addresses, which not every site has.
pub(super) fn judge_other(url: &str, answer: &Answer, page: &Answer, findings: &mut Findings) {
    let same_policy = answer.header("content-security-policy") == page.header("content-security-policy");
    if answer.status == 200 && answer.sum == page.sum {
        findings.check(
            same_policy,
            &format!("GET {url} answers with the same page"),
            format!("{url}: another Content-Security-Policy than the redirect URI's"),
            "Send the same headers at every address of the page.",
        );
    } else {
        findings
            .note(format!("{url} is not the picker; only hosts written for Microsoft's picker look there"));
    }
}

/// Judges the set-up assistant, which a site may leave out.
pub(super) fn judge_assistant(
    document: &Document,
    answered: &[(&Ask, &Answer)],
    expected: &Expected,
    findings: &mut Findings,
) {
    let url = document.assistant_url();
    let Some((_, answer)) = answered.iter().find(|(ask, _)| ask.url == url) else { return };
    match Document::read(&url, &answer.text).filter(|_| answer.status == 200) {
        Some(own) => headers::judge("the set-up assistant", answer, &own, expected, findings),
        None => {
            findings.note(format!("{url}: the set-up assistant is not there; administrators can do without"));
        }
    }
}
