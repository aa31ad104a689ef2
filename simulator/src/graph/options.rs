//! Query options (microsoft-graph.md section 2).

use super::error::GraphError;
use crate::drive::parse_query;

/// The names that are options, without `$`.
const NAMES: [&str; 9] =
    ["select", "expand", "top", "orderby", "filter", "skiptoken", "skip", "count", "search"];

/// The options of a call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Options {
    /// `$select`
    pub(super) select: Option<Vec<String>>,
    /// Whether options are written with `$`.
    pub(super) dollar: bool,
    /// `$expand`
    pub(super) expand: Vec<String>,
    /// `$top`
    pub(super) top: Option<usize>,
    /// `$orderby`
    pub(super) order_by: Option<String>,
    /// `$filter`
    pub(super) filter: Option<String>,
    /// `$skiptoken`
    pub(super) skip_token: Option<String>,
    /// `search`, as `/sites` takes it.
    pub(super) search: Option<String>,
}

impl Options {
    /// Reads a query. Fails if options with and without `$` are mixed, on an unknown option with `$`, on one that comes
    /// twice, and on values that cannot be.
    pub(super) fn parse(query: &str) -> Result<Self, GraphError> {
        let mut options = Self::default();
        let (mut with, mut without, mut seen) = (false, false, Vec::new());
        for (name, value) in parse_query(query) {
            let plain = name.strip_prefix('$');
            let key = plain.unwrap_or(&name).to_lowercase();
            if !NAMES.contains(&key.as_str()) {
                if plain.is_some() {
                    return Err(GraphError::bad_request(&format!(
                        "The query parameter '{name}' is not supported."
                    )));
                }
                continue;
            }
            if seen.contains(&key) {
                let message = format!(
                    "Query option '{name}' was specified more than once, but it must be specified at most once."
                );
                return Err(GraphError::bad_request(&message));
            }
            with |= plain.is_some();
            without |= plain.is_none() && key != "search";
            options.set(&key, &value)?;
            seen.push(key);
        }
        if with && without {
            return Err(GraphError::bad_request("Query options with and without '$' must not be mixed."));
        }
        options.dollar = with;
        Ok(options)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), GraphError> {
        let list = || split(value);
        match key {
            "select" => self.select = Some(list()),
            "expand" => self.expand = list(),
            "top" => {
                let top = value.parse().ok().filter(|top| *top > 0);
                let message = format!("Invalid value '{value}' for $top query option found.");
                self.top = Some(top.ok_or_else(|| GraphError::bad_request(&message))?);
            }
            "orderby" => self.order_by = Some(value.to_owned()),
            "filter" => self.filter = Some(value.to_owned()),
            "skiptoken" => self.skip_token = Some(value.to_owned()),
            "search" => self.search = Some(value.to_owned()),
            "skip" => return Err(GraphError::invalid("$skip is not supported on this API.")),
            _ => {}
        }
        Ok(())
    }

    /// Whether `$select` names it.
    pub(super) fn selects(&self, name: &str) -> bool {
        self.select.as_ref().is_some_and(|names| names.iter().any(|one| one == name))
    }
}

/// Splits at commas outside parentheses.
fn split(value: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0_i32);
    for character in value.chars() {
        match character {
            ',' if depth == 0 => parts.push(String::new()),
            _ => {
                depth += i32::from(character == '(') - i32::from(character == ')');
                if let Some(part) = parts.last_mut() {
                    part.push(character);
                }
            }
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_options_in_both_spellings() {
        let options =
            Options::parse("$select=id,name&$expand=thumbnails($select=small,large)&$top=5").unwrap();
        assert_eq!(options.select.unwrap(), ["id", "name"]);
        assert_eq!(options.expand, ["thumbnails($select=small,large)"]);
        assert_eq!((options.top, options.dollar), (Some(5), true));
        assert!(Options::parse("select=id&allowexternal=true").unwrap().selects("id"));
    }

    #[test]
    fn refuses_what_cannot_be() {
        for query in
            ["$select=id&top=5", "$foo=1", "$top=0", "$top=-1", "$top=x", "$top=1&$top=2", "$skip=20"]
        {
            assert_eq!(Options::parse(query).map_err(|error| error.status), Err(400), "{query}");
        }
    }
}
