//! Scripts, styles, WebAssembly, words, and the host kit.

use super::ask::{Answer, Ask};
use super::document::Document;
use super::findings::Findings;
use super::headers::nosniff;
use crate::serving::{FOR_EVER, is_hashed};

/// The shortest time for a name that never changes its content, in seconds: a year less a day.
const LONG: u64 = 364 * 24 * 60 * 60;

/// Judges them all.
pub(super) fn judge(document: &Document, answered: &[(&Ask, &Answer)], findings: &mut Findings) {
    let kit = document.host_kit_url();
    for url in document.assets.iter().chain([&kit]) {
        let of = |encoding: &str| {
            let fits = |(ask, _): &&(&Ask, &Answer)| ask.url == *url && ask.encoding == encoding;
            answered.iter().find(fits).map(|(_, answer)| *answer)
        };
        let Some(plain) = of("identity") else { continue };
        let name = url.strip_prefix(document.base.as_str()).unwrap_or(url);
        if plain.status != 200 {
            if *url == kit {
                findings.note(format!("{url} is not there; pages may have the host kit from elsewhere"));
            } else {
                findings.wrong(
                    format!("{name}: {url} answers {}", plain.status),
                    "Put all files of the release there, or build with --base for where they are.",
                );
            }
            continue;
        }
        let before = findings.0.len();
        judge_one(name, plain, *url == kit, findings);
        for encoding in ["br", "gzip"] {
            if let Some(answer) = of(encoding) {
                judge_twin(name, encoding, plain, answer, findings);
            }
        }
        if findings.0.len() == before {
            findings.right(format!("{name}: type, caching, compression"));
        }
    }
}

fn judge_one(name: &str, answer: &Answer, is_kit: bool, findings: &mut Findings) {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let (wanted, fits) = match ending {
        "wasm" => ("application/wasm", answer.media_type() == "application/wasm"),
        "json" => ("application/json", answer.media_type() == "application/json"),
        "css" => ("text/css", answer.media_type() == "text/css"),
        // The older name is as good to browsers.
        _ => (
            "text/javascript",
            matches!(answer.media_type().as_str(), "text/javascript" | "application/javascript"),
        ),
    };
    if !fits {
        findings.wrong(
            format!("{name}: its Content-Type is {:?}", answer.header("content-type")),
            format!(
                "Serve .{ending} as `{wanted}`; with another type browsers refuse it or compile it late."
            ),
        );
    }
    let cache = answer.header("cache-control");
    if is_hashed(name) {
        if !(cache.contains("immutable") && max_age(cache) >= LONG) {
            findings.wrong(
                format!("{name}: its Cache-Control is {cache:?}"),
                format!("Send `Cache-Control: {FOR_EVER}`: the name changes with the content."),
            );
        }
    } else if max_age(cache) > 24 * 60 * 60 || cache.contains("immutable") {
        findings.wrong(
            format!("{name}: its Cache-Control is {cache:?}"),
            "Send `Cache-Control: no-cache`: the name stays when the content changes.",
        );
    }
    if is_kit && answer.header("access-control-allow-origin") != "*" {
        findings.note(format!(
            "{name}: without `Access-Control-Allow-Origin: *` only pages of this site can load it"
        ));
    }
    nosniff(name, answer, findings);
}

fn judge_twin(name: &str, encoding: &str, plain: &Answer, answer: &Answer, findings: &mut Findings) {
    if answer.header("content-encoding") != encoding {
        findings.wrong(
            format!("{name}: not compressed by {encoding} for a browser that takes it"),
            "Serve the .br and .gz that lie beside it; deploy/ shows how.",
        );
    } else if answer.sum != plain.sum {
        findings.wrong(
            format!("{name}: its {encoding} twin holds something else"),
            "Replace the files together with their .br and .gz: these are of another release.",
        );
    } else if !answer.header("vary").to_ascii_lowercase().contains("accept-encoding") {
        findings.wrong(
            format!("{name}: compressed without saying that it varies"),
            "Send `Vary: Accept-Encoding`, or a cache hands compressed bytes to who cannot read them.",
        );
    }
}

fn max_age(cache: &str) -> u64 {
    let directive = cache.split(',').find_map(|directive| directive.trim().strip_prefix("max-age="));
    directive.and_then(|seconds| seconds.parse().ok()).unwrap_or(0)
}
