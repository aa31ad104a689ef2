//! What the served page names: its base, its assets, its settings.

use super::ask::Ask;
use crate::serving::is_hashed;

/// The page as it came.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// The origin that it came from.
    pub(super) own_origin: String,
    /// Where its assets lie, with a slash at the end.
    pub(super) base: String,
    /// The addresses of the assets that it names.
    pub(super) assets: Vec<String>,
    /// The text of its settings block, if it has one.
    pub(super) settings: Option<String>,
}

/// What ends the name of an asset.
const ENDINGS: [&str; 4] = [".js", ".css", ".wasm", ".json"];

/// The modules that a host's page loads first.
const HOST_KIT: &str = "host/onedrive-picker.js";

impl Document {
    /// Reads it. `None` if it is not the picker's page.
    pub(super) fn read(page: &str, text: &str) -> Option<Self> {
        let base = base(page, text)?;
        let own_origin = origin(page).to_owned();
        let mut document = Self { own_origin, settings: settings(text), assets: Vec::new(), base };
        document.name_assets(text);
        Some(document)
    }

    /// Adds the assets that a text names, and says which of them are new.
    pub(super) fn name_assets(&mut self, text: &str) -> Vec<String> {
        let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "-_.".contains(letter)));
        let mut named: Vec<String> = words
            .filter(|word| is_hashed(word) && ENDINGS.iter().any(|ending| word.ends_with(ending)))
            .map(|name| [self.base.as_str(), name].concat())
            .filter(|url| !self.assets.contains(url))
            .collect();
        named.sort();
        named.dedup();
        self.assets.extend(named.clone());
        named
    }

    /// The origin of its assets if it is another than its own.
    pub(super) fn foreign_asset_origin(&self) -> Option<&str> {
        Some(origin(&self.base)).filter(|origin| *origin != self.own_origin)
    }

    /// Where the settings are if they do not stand in the page.
    pub(super) fn settings_url(&self) -> String {
        [self.base.as_str(), "onedrive-settings.json"].concat()
    }

    /// Where the set-up assistant is.
    pub(super) fn assistant_url(&self) -> String {
        [self.base.as_str(), "setup"].concat()
    }

    /// Where the host kit is.
    pub(super) fn host_kit_url(&self) -> String {
        [self.base.as_str(), HOST_KIT].concat()
    }

    /// Everything to ask for: what has a compressed twin three times.
    pub(super) fn asks(&self) -> Vec<Ask> {
        let mut asks = vec![Ask::get(&self.assistant_url())];
        if self.settings.is_none() {
            asks.push(Ask::get(&self.settings_url()));
        }
        let kit = self.host_kit_url();
        asks.extend(Self::asks_for(self.assets.iter().chain([&kit])));
        asks
    }

    /// Each three times: plain, and in both encodings.
    pub(super) fn asks_for<'a>(urls: impl IntoIterator<Item = &'a String>) -> Vec<Ask> {
        let encodings = ["identity", "br", "gzip"];
        urls.into_iter().flat_map(|url| encodings.map(|encoding| Ask::encoded(url, encoding))).collect()
    }
}

/// `https://media.example` of any address on it.
pub(super) fn origin(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(start..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}

/// The base: that of a `<base>`, or the one that was built in.
fn base(page: &str, text: &str) -> Option<String> {
    let of_element = text.split_once("<base ").and_then(|(_, rest)| quoted(rest.split_once("href=")?.1));
    let built_in = || quoted(text.split_once("new URL(")?.1);
    let base = of_element.or_else(built_in)?;
    let base = base.get(..=base.rfind('/')?)?;
    if base.contains("://") {
        return Some(base.to_owned());
    }
    let start = if base.starts_with('/') { origin(page) } else { page.get(..=page.rfind('/')?)? };
    Some([start, base].concat())
}

/// The text between the quotation marks that it begins with.
fn quoted(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|mark| matches!(mark, '"' | '\'' | '`'))?;
    text.get(1..)?.split_once(mark).map(|(inside, _)| inside)
}

fn settings(text: &str) -> Option<String> {
    let block = text.split("<script").find(|element| {
        let tag = element.split('>').next().unwrap_or_default();
        tag.contains("onedrive-settings") && tag.contains("application/json")
    })?;
    let inside = block.split_once('>')?.1.split("</script").next()?;
    Some(inside.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://media.example/onedrive/index/blank-page";

    #[test]
    fn finds_base_assets_and_settings() {
        let text = "<head><script type=\"application/json\" id=\"onedrive-settings\">{\"a\":1}</script></head>\
            <script>const e=new URL(\"/onedrive/index/\",location).href;a(\"app-0123456789abcdef.js\");\
            b={he:\"he-0123456789abcdef.json\"};c(\"words.json\")</script>";
        let document = Document::read(PAGE, text).unwrap();
        assert_eq!(document.settings.as_deref(), Some("{\"a\":1}"));
        assert_eq!(
            document.assets,
            [
                "https://media.example/onedrive/index/app-0123456789abcdef.js",
                "https://media.example/onedrive/index/he-0123456789abcdef.json"
            ]
        );
        assert!(Document::read(PAGE, "<html><form>Please log in</form></html>").is_none());
    }

    #[test]
    fn takes_the_base_element_over_the_one_built_in() {
        for (href, base) in [
            ("/assets/7/", "https://media.example/assets/7/"),
            ("https://cdn.example/x/", "https://cdn.example/x/"),
            ("here/", "https://media.example/onedrive/index/here/"),
        ] {
            let text =
                format!("<base target=_top href=\"{href}\"><script>new URL(\"/no/\",location)</script>");
            assert_eq!(Document::read(PAGE, &text).unwrap().base, base);
        }
    }
}
