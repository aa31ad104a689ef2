//! The query language of Microsoft Search (KQL), made from what a person typed.

/// A query for `POST /search/query`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kql(String);

impl Kql {
    /// Things that have all these words. What KQL would read as syntax is taken as text.
    ///
    /// `None` if no word is left.
    pub(crate) fn words(text: &str) -> Option<Self> {
        let mut query = String::with_capacity(text.len());
        // Inside a word these separate it, as the index does; elsewhere they are operators of KQL.
        let separates = |character: char| {
            character.is_whitespace() || character.is_control() || "\"()*:=<>|&?;{}[]".contains(character)
        };
        for word in text.split(separates) {
            let word = word.trim_start_matches(['-', '+', '#']);
            if word.is_empty() {
                continue;
            }
            if !query.is_empty() {
                query.push(' ');
            }
            if is_operator(word) {
                // An operator is one in capitals only.
                query.push_str(&word.to_ascii_lowercase());
            } else {
                query.push_str(word);
            }
        }
        (!query.is_empty()).then_some(Self(query))
    }

    /// All files, of everything that the account may read.
    pub(crate) fn files() -> Self {
        Self(String::from(FILES))
    }

    /// What lies at or below an address. `None` if the address has a character that no address has.
    pub(crate) fn at_address(url: &str) -> Option<Self> {
        if url.contains(|character: char| character == '"' || character.is_control()) {
            return None;
        }
        let mut query = String::from("path:\"");
        query.push_str(url);
        query.push('"');
        Some(Self(query))
    }

    /// The files of other people's drives, given the address of the own one: they stand beside it on one host.
    /// `None` if the address has not that shape.
    pub(crate) fn files_beside(own_drive: &str) -> Option<Self> {
        // `https://contoso-my.sharepoint.com/personal/ada_contoso_com/Documents`
        let (host, _) = own_drive.split_once("/personal/").filter(|(host, _)| host.starts_with("http"))?;
        let mut query = Self::at_address(host)?.only_files();
        query.0.push_str(" NOT ");
        query.0.push_str(&Self::at_address(own_drive)?.0);
        Some(query)
    }

    /// The same, but files only: neither folders nor libraries.
    #[must_use]
    pub(crate) fn only_files(mut self) -> Self {
        self.0.push(' ');
        self.0.push_str(FILES);
        self
    }

    /// The query as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

const FILES: &str = "isDocument=true";

fn is_operator(word: &str) -> bool {
    let name = word.split('/').next().unwrap_or_default();
    matches!(name, "AND" | "OR" | "NOT" | "NEAR" | "ONEAR" | "WORDS" | "XRANK")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn takes_what_was_typed_as_words() {
        for (text, expected) in [
            ("contoso designs", Some("contoso designs")),
            ("  lecture\t1 ", Some("lecture 1")),
            ("filetype:docx", Some("filetype docx")),
            ("\"a OR b\" -secret (x)", Some("a or b secret x")),
            ("isDocument=false*", Some("isDocument false")),
            ("x NEAR/5 y", Some("x near/5 y")),
            ("d'Alembert C++ 100%", Some("d'Alembert C++ 100%")),
            ("שיעור 1", Some("שיעור 1")),
            ("lecture-1.mp4", Some("lecture-1.mp4")),
            ("\"*\"", None),
            ("", None),
        ] {
            assert_eq!(Kql::words(text).as_ref().map(Kql::as_str), expected, "{text}");
        }
        assert_eq!(Kql::words("a").unwrap().only_files().as_str(), "a isDocument=true");
    }

    #[test]
    fn finds_an_address() {
        let query = Kql::at_address("https://contoso.sharepoint.com/sites/Team/A b.mp4").unwrap();
        assert_eq!(query.as_str(), "path:\"https://contoso.sharepoint.com/sites/Team/A b.mp4\"");
        assert_eq!(Kql::at_address("https://x/\" OR \""), None);
        let query = Kql::files_beside("https://c-my.sharepoint.com/personal/ada/Documents").unwrap();
        assert_eq!(
            query.as_str(),
            "path:\"https://c-my.sharepoint.com\" isDocument=true NOT path:\"https://c-my.sharepoint.com/personal/ada/Documents\""
        );
        assert_eq!(Kql::files_beside("https://onedrive.live.com/?cid=1"), None);
    }

    proptest! {
        #[test]
        fn leaves_no_syntax(text in any::<String>()) {
            if let Some(query) = Kql::words(&text) {
                prop_assert!(!query.as_str().contains(['"', '(', ')', '*', ':', '=', '<', '>']));
            }
        }
    }
}
