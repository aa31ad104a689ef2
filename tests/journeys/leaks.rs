//! At the end of every journey: no token lies where a script, a host or a bystander could find it.

use serde_json::{Value, json};

use crate::driver::Driver;

/// Notes what a page hears, by its window and by every port that it is handed. The picker itself is left out: it is the
/// one that may hear an answer.
pub(crate) const RECORDER: &str = "(() => { \
    if (new URLSearchParams(location.search).has('filePicker')) return; \
    const heard = []; \
    Object.defineProperty(window, 'heardByThisPage', { value: heard }); \
    const note = (event) => { \
        try { heard.push(JSON.stringify(event.data) ?? ''); } catch {} \
        for (const port of event.ports) port.addEventListener('message', note); \
    }; \
    addEventListener('message', note, true); \
})()";

/// Everything of a page that others could get at.
const COLLECT: &str = "const text = (value) => { try { return JSON.stringify(value) ?? ''; } catch { return ''; } }; \
    const storage = (name) => { try { return text(window[name]); } catch { return ''; } }; \
    return { address: location.href, referrer: document.referrer, cookie: (() => { try { return document.cookie; } catch { return ''; } })(), \
    localStorage: storage('localStorage'), sessionStorage: storage('sessionStorage'), \
    history: text(history.state), name: window.name, page: document.documentElement.outerHTML, \
    values: [...document.querySelectorAll('input, textarea')].map((field) => field.value).join(' '), \
    requests: performance.getEntriesByType('resource').map((entry) => entry.name).join(' '), \
    globals: Object.keys(window).map((key) => { const value = window[key]; return typeof value === 'string' ? value : ''; }).join(' '), \
    launch: text(window.onedrivePicker), heard: (window.heardByThisPage ?? []).join(' ') }";

/// Frames within frames that are looked into.
const DEEPEST: usize = 3;

/// What is looked for, and where it may be all the same.
#[derive(Debug)]
pub(crate) struct Search {
    /// Every token that was issued.
    pub(crate) tokens: Vec<String>,
    /// Where the pages of Microsoft live, which may know their own tokens.
    pub(crate) microsoft: String,
    /// Whether the administrator wants the token in the tab's storage.
    pub(crate) kept_in_session: bool,
}

impl Search {
    /// Looks through all windows and their frames, and through what the browser's console said.
    ///
    /// Fails if a token is anywhere.
    pub(crate) fn run(&self, driver: &Driver, console: &str) {
        for line in console.lines().filter(|line| line.contains("CONSOLE")) {
            assert!(self.find(line).is_none(), "the console says a token: {line}");
        }
        let handles = driver.get("/window/handles").unwrap_or_default();
        for handle in handles.as_array().into_iter().flatten() {
            if driver.post("/window", &json!({"handle": handle})).is_ok() {
                self.look_into(driver, 0);
            }
        }
    }

    fn look_into(&self, driver: &Driver, depth: usize) {
        let found = driver.post("/execute/sync", &json!({"script": COLLECT, "args": []})).unwrap_or_default();
        self.judge(&found);
        if depth == DEEPEST {
            return;
        }
        let count = driver.post("/execute/sync", &json!({"script": "return window.length", "args": []}));
        for index in 0..count.ok().and_then(|count| count.as_u64()).unwrap_or(0) {
            // An error leaves the driver where it was.
            if driver.post("/frame", &json!({"id": index})).is_ok_and(|answer| answer.is_null()) {
                self.look_into(driver, depth + 1);
                let _ = driver.post("/frame/parent", &json!({}));
            }
        }
    }

    /// Sees that no part of a page holds a token.
    fn judge(&self, page: &Value) {
        let address = page.get("address").and_then(Value::as_str).unwrap_or_default();
        if address.starts_with(&self.microsoft) {
            return;
        }
        for (place, text) in page.as_object().into_iter().flatten() {
            let text = text.as_str().unwrap_or_default();
            if place == "sessionStorage" && self.kept_in_session {
                continue;
            }
            if let Some(what) = self.find(text) {
                panic!(
                    "{what} lies in the {place} of {}",
                    address.split(['?', '#']).next().unwrap_or_default()
                );
            }
        }
        for parameter in ["access_token=", "id_token=", "code="] {
            let fragment = address.split_once('#').map_or("", |(_, fragment)| fragment);
            assert!(!fragment.contains(parameter), "the address bar shows {parameter}");
        }
    }

    fn find(&self, text: &str) -> Option<&'static str> {
        let is_issued = |token: &String| {
            text.contains(token.as_str())
                || text.contains(&encoded(token))
                || text.contains(&token.replace('/', "\\/"))
        };
        // A JSON Web Token: the header of each begins with {".
        let is_word = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
        let is_signed = text.match_indices("eyJ").any(|(start, _)| {
            let word = text[start..].split(|letter| !is_word(letter)).next().unwrap_or_default();
            word.split('.').filter(|part| part.len() > 8).count() >= 3
        });
        if self.tokens.iter().any(is_issued) {
            Some("an access token")
        } else {
            is_signed.then_some("an ID token")
        }
    }
}

/// As in an address.
fn encoded(token: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    token
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02x}") })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search() -> Search {
        Search {
            tokens: vec!["EwB+a/==".to_owned()],
            microsoft: "https://login".to_owned(),
            kept_in_session: false,
        }
    }

    #[test]
    fn finds_a_token_however_it_is_written() {
        for text in [
            "EwB+a/==",
            "x EwB%2ba%2f%3d%3d",
            r#"{"t":"EwB+a\/=="}"#,
            "id eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.eyJhdWQiOiIxMjM0NTY3OCJ9.c2lnbmF0dXJlLXNpZ25hdHVyZQ&state=1",
        ] {
            assert!(search().find(text).is_some(), "{text}");
        }
        for text in ["", "eyJ", "EwB", "access", "eyJ0.eyJ1.x"] {
            assert!(search().find(text).is_none(), "{text}");
        }
    }

    #[test]
    #[should_panic(expected = "an access token lies in the localStorage of https://a/b")]
    fn says_where_it_lies() {
        search().judge(&json!({"address": "https://a/b?c", "localStorage": "EwB+a/=="}));
    }
}
