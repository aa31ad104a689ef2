//! A good site passes; each way of being wrong is found and named.

use std::collections::BTreeMap;

use super::findings::Finding;
use super::*;
use crate::serving::{FOR_EVER, PERMISSIONS, Policy, hashes};

const PAGE: &str = "https://media.example/onedrive/index/blank-page";
const TEXT: &str = "<!doctype html><script>e=new URL(\"/onedrive/index/\",location).href;i(\"app-0123456789abcdef.js\");\
    w(\"app-fedcba9876543210.wasm\")</script>";

/// The answers of a site by URL and encoding, `POST` for the page's POST.
struct Site(BTreeMap<(String, &'static str), Answer>);

impl Site {
    fn good() -> Self {
        let mut site = Self(BTreeMap::new());
        let policy = format!(
            "{}; frame-ancestors 'self' https://lms.example",
            Policy::strict(&hashes(TEXT), Cloud::Global)
        );
        let headers = [
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", "no-store"),
            ("referrer-policy", "no-referrer"),
            ("permissions-policy", PERMISSIONS),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", policy.as_str()),
        ];
        for (url, encoding) in
            [(PAGE, "identity"), (PAGE, "POST"), ("https://media.example/onedrive/index/setup", "identity")]
        {
            site.add(url, encoding, &headers, TEXT);
        }
        site.add(
            "https://media.example/onedrive/index/onedrive-settings.json",
            "identity",
            &[("content-type", "application/json"), ("cache-control", "no-store")],
            "{\"applicationId\":\"a\"}",
        );
        for (name, kind, cache) in [
            ("app-0123456789abcdef.js", "text/javascript", FOR_EVER),
            ("app-fedcba9876543210.wasm", "application/wasm", FOR_EVER),
            ("host/onedrive-picker.js", "text/javascript", "no-cache"),
        ] {
            for encoding in ["identity", "br", "gzip"] {
                let headers = [
                    ("content-type", kind),
                    ("cache-control", cache),
                    ("x-content-type-options", "nosniff"),
                    ("access-control-allow-origin", "*"),
                    ("vary", "Accept-Encoding"),
                    ("content-encoding", encoding),
                ];
                site.add(&format!("https://media.example/onedrive/index/{name}"), encoding, &headers, "");
            }
        }
        site
    }

    fn add(&mut self, url: &str, encoding: &'static str, headers: &[(&str, &str)], text: &str) {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let sum = format!("sum of {url}");
        let answer = Answer { status: 200, headers, text: text.to_owned(), sum, error: String::new() };
        self.0.insert((url.to_owned(), encoding), answer);
    }

    /// The one whose URL ends like that.
    fn answer(&mut self, ending: &str, encoding: &str) -> &mut Answer {
        let found = self.0.iter_mut().find(|((url, known), _)| url.ends_with(ending) && *known == encoding);
        found.map(|(_, answer)| answer).unwrap()
    }

    fn header(&mut self, ending: &str, encoding: &str, name: &str, value: &str) {
        self.answer(ending, encoding).headers.insert(name.to_owned(), value.to_owned());
    }

    fn judged(&self, expected: &Expected) -> Findings {
        let answer = |url: &str, encoding: &str| {
            let found = self.0.iter().find(|((known, by), _)| known == url && *by == encoding);
            found.map_or(Answer { status: 404, ..Answer::default() }, |(_, answer)| answer.clone())
        };
        let mut findings = Findings::default();
        let (got, posted) = (answer(PAGE, "identity"), answer(PAGE, "POST"));
        let Some(document) = page::judge(PAGE, &got, &posted, expected, &mut findings) else {
            return findings;
        };
        let asks = document.asks();
        let answers: Vec<Answer> = asks.iter().map(|ask| answer(&ask.url, ask.encoding)).collect();
        let answered: Vec<(&Ask, &Answer)> = asks.iter().zip(&answers).collect();
        settings::judge(&document, &answered, &mut findings);
        page::judge_assistant(&document, &answered, expected, &mut findings);
        assets::judge(&document, &answered, &mut findings);
        findings
    }

    /// What is wrong, each in a line.
    fn wrongs(&self) -> Vec<String> {
        let expected =
            Expected { host_origins: vec!["https://lms.example".to_owned()], ..Expected::default() };
        let findings = self.judged(&expected).0.into_iter();
        findings
            .filter_map(|finding| match finding {
                Finding::Wrong { is, mend } => Some(format!("{is} | {mend}")),
                _ => None,
            })
            .collect()
    }
}

#[test]
fn finds_nothing_wrong_with_a_good_site() {
    assert_eq!(Site::good().wrongs(), [""; 0]);
}

#[test]
fn names_each_wrong_header_and_its_mend() {
    let csp = "content-security-policy";
    let cases: [(&str, &str, &str, &str, &str); 19] = [
        ("blank-page", "identity", "cache-control", "max-age=60", "no-store"),
        ("blank-page", "identity", "content-type", "text/plain", "text/html"),
        ("blank-page", "identity", "cross-origin-opener-policy", "same-origin", "cuts the picker off"),
        ("blank-page", "identity", "cross-origin-embedder-policy", "require-corp", "thumbnails"),
        ("blank-page", "identity", "x-frame-options", "DENY", "frame-ancestors"),
        ("blank-page", "identity", "referrer-policy", "origin", "no-referrer"),
        ("blank-page", "identity", "permissions-policy", "", "camera=()"),
        ("blank-page", "identity", "x-content-type-options", "", "nosniff"),
        ("blank-page", "identity", csp, "", "no Content-Security-Policy"),
        ("blank-page", "identity", csp, "default-src *", "lets foreign scripts run"),
        ("blank-page", "identity", csp, "default-src 'self'", "lacks https://graph.microsoft.com"),
        ("blank-page", "identity", csp, "default-src 'self'", "lacks 'wasm-unsafe-eval'"),
        ("blank-page", "identity", csp, "script-src 'self'", "everybody may frame it"),
        ("blank-page", "identity", csp, "frame-ancestors 'self'", "https://lms.example may not frame it"),
        (
            "setup",
            "identity",
            csp,
            "default-src 'self'",
            "the set-up assistant: its policy's script-src lacks 'sha256-",
        ),
        ("abcdef.js", "identity", "cache-control", "no-cache", "immutable"),
        ("3210.wasm", "identity", "content-type", "application/octet-stream", "`application/wasm`"),
        ("3210.wasm", "br", "content-encoding", "", "not compressed by br"),
        ("onedrive-picker.js", "identity", "cache-control", FOR_EVER, "the name stays"),
    ];
    for (ending, encoding, name, value, wrong) in cases {
        let mut site = Site::good();
        site.header(ending, encoding, name, value);
        let wrongs = site.wrongs();
        assert!(wrongs.iter().any(|one| one.contains(wrong)), "{name}: {value:?}: {wrongs:?}");
    }
}

#[test]
fn names_what_is_wrong_with_an_answer() {
    type Change = fn(&mut Site);
    let cases: [(Change, &str); 9] = [
        (|site| site.answer("blank-page", "identity").status = 500, "it answers 500"),
        (|site| site.answer("blank-page", "identity").status = 302, "without a login"),
        (
            |site| site.answer("blank-page", "identity").text = "<form>Log in</form>".to_owned(),
            "another page",
        ),
        (|site| site.answer("blank-page", "POST").status = 405, "Answer POST like GET"),
        (|site| site.answer("settings.json", "identity").status = 404, "no settings"),
        (|site| site.answer("settings.json", "identity").text = "{".to_owned(), "no JSON object"),
        (
            |site| site.answer("settings.json", "identity").text = "{\"clientSecret\":1}".to_owned(),
            "hold a secret",
        ),
        (|site| site.answer("abcdef.js", "gzip").sum = "another".to_owned(), "of another release"),
        (|site| site.answer("3210.wasm", "identity").status = 404, "--base"),
    ];
    for (change, wrong) in cases {
        let mut site = Site::good();
        change(&mut site);
        let wrongs = site.wrongs();
        assert!(wrongs.iter().any(|one| one.contains(wrong)), "{wrong}: {wrongs:?}");
    }
}

#[test]
fn makes_the_redirect_uri_of_a_site() {
    for (url, page) in [
        ("https://media.example", Some(PAGE)),
        ("https://media.example/", Some(PAGE)),
        ("https://media.example/picker?filePicker={}", Some("https://media.example/picker")),
        ("media.example", None),
        ("ftp://media.example", None),
        ("https://", None),
    ] {
        assert_eq!(page_url(url).as_deref(), page, "{url}");
    }
}
