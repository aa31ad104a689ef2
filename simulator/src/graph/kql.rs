//! The query language of `/search/query`, as far as pickers use it: words, phrases, `filetype:`, `path:`,
//! `isDocument`, `OR`, `AND`, `NOT`, parentheses left aside.

use super::item_search::fits;

/// What a query says about one thing that could be found.
pub(super) struct Candidate<'a> {
    pub(super) name: &'a str,
    /// Where it is; made only if a query asks.
    pub(super) web_url: &'a dyn Fn() -> String,
    pub(super) author: &'a str,
    pub(super) is_document: bool,
}

/// A query: alternatives of conditions that must all hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Query {
    alternatives: Vec<Vec<Term>>,
    /// The words without properties, for highlighting.
    pub(super) words: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    negated: bool,
    property: Option<String>,
    value: String,
}

impl Query {
    /// Reads a query. Fails with a reason on an empty one and on an open quotation mark. Neighbouring restrictions of
    /// the same property are alternatives, everything else must hold together.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let tokens = tokens(text)?;
        if tokens.is_empty() {
            return Err("The query string is empty.");
        }
        let (mut alternatives, mut current, mut negated) = (Vec::new(), Vec::new(), false);
        let mut words = Vec::new();
        for token in tokens {
            match token.as_str() {
                "OR" => alternatives.push(std::mem::take(&mut current)),
                "AND" => {}
                "NOT" => negated = true,
                _ => {
                    let term = term(&token, negated);
                    if term.property.is_none() && !term.negated {
                        words.push(term.value.clone());
                    }
                    current.push(term);
                    negated = false;
                }
            }
        }
        alternatives.push(current);
        Ok(Self { alternatives, words })
    }

    /// Whether the candidate is found.
    pub(super) fn finds(&self, candidate: &Candidate<'_>) -> bool {
        self.alternatives.iter().any(|terms| terms.iter().all(|term| term.holds(candidate)))
    }
}

impl Term {
    fn holds(&self, candidate: &Candidate<'_>) -> bool {
        let value = self.value.to_lowercase();
        let extension = candidate.name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase();
        let holds = match self.property.as_deref() {
            None => value == "*" || fits(candidate.name, value.trim_end_matches('*')),
            Some("filetype" | "fileextension") => extension == value,
            Some("path") => (candidate.web_url)().to_lowercase().starts_with(&value.replace(' ', "%20")),
            Some("isdocument") => candidate.is_document == matches!(value.as_str(), "true" | "1"),
            Some("filename" | "title") => fits(candidate.name, &value),
            Some("author") => fits(candidate.author, &value),
            Some("contentclass") => candidate.is_document == (value == "sts_listitem_documentlibrary"),
            Some(_) => false,
        };
        holds != self.negated
    }
}

fn term(token: &str, negated: bool) -> Term {
    let (negated, token) = token.strip_prefix('-').map_or((negated, token), |rest| (true, rest));
    let split = token.find([':', '=']).filter(|at| *at > 0);
    let (property, value) = match split.map(|at| token.split_at(at)) {
        Some((property, value)) if property.chars().all(char::is_alphanumeric) => {
            (Some(property.to_lowercase()), value.get(1..).unwrap_or_default())
        }
        _ => (None, token),
    };
    Term { negated, property, value: value.trim_matches(|edge| matches!(edge, '"' | '(' | ')')).to_owned() }
}

/// Splits at spaces outside quotation marks.
fn tokens(text: &str) -> Result<Vec<String>, &'static str> {
    let (mut tokens, mut current, mut quoted) = (Vec::new(), String::new(), false);
    for character in text.chars() {
        quoted ^= character == '"';
        if character.is_whitespace() && !quoted {
            tokens.push(std::mem::take(&mut current));
        } else {
            current.push(character);
        }
    }
    tokens.push(current);
    tokens.retain(|token| !token.trim_matches(|edge| matches!(edge, '(' | ')')).is_empty());
    if quoted { Err("A quotation mark is open.") } else { Ok(tokens) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(query: &str, name: &str) -> bool {
        let web_url = format!("https://x.example/sites/a/Shared%20Documents/{name}");
        let candidate =
            Candidate { name, web_url: &|| web_url.clone(), author: "Noa", is_document: name.contains('.') };
        Query::parse(query).unwrap().finds(&candidate)
    }

    #[test]
    fn finds_as_the_reference_says() {
        for (query, name, expected) in [
            ("lecture", "Lecture 1.mp4", true),
            ("lecture isDocument=true", "Lecture 1.mp4", true),
            ("lecture isDocument=true", "Lectures", false),
            ("filetype:docx OR filetype:mp4", "a.mp4", true),
            ("filetype:docx", "a.mp4", false),
            ("path:\"https://x.example/sites/a/Shared Documents\" a", "a.mp4", true),
            ("path:\"https://x.example/sites/b\"", "a.mp4", false),
            ("\"lecture 1\" NOT filetype:pdf", "Lecture 1.mp4", true),
            ("*", "a.mp4", true),
            ("unknown:thing", "a.mp4", false),
        ] {
            assert_eq!(finds(query, name), expected, "{query} {name}");
        }
    }

    #[test]
    fn refuses_an_empty_query_and_an_open_quotation() {
        assert!(Query::parse("  ").is_err());
        assert!(Query::parse("\"lecture").is_err());
    }
}
