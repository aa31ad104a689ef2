//! One page of a listing, the way to the next, and the listing without repetitions.

use std::collections::BTreeSet;

use serde_json::Value;

use super::base::GraphBase;
use super::error::GraphError;
use super::ids::{DriveId, FileRef};
use super::item::{Item, ItemReader};
use super::json;
use crate::web::{Request, Response};

/// One page of children or of a drive search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The items that could be read, in Graph's order.
    pub items: Vec<Item>,
    /// How many could not be read.
    pub skipped: usize,
    /// What follows.
    pub next: Next,
}

/// What follows a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing: this was the last page.
    End,
    /// Another page.
    More(NextLink),
    /// Graph names a next page that must not be fetched. The rows of this page are good.
    Foreign,
}

/// The address of the next page (`@odata.nextLink`), followed verbatim. It lies below the Graph base.
#[derive(Clone, PartialEq, Eq)]
pub struct NextLink(String);

impl NextLink {
    /// The request for the next page.
    pub fn request(&self) -> Request {
        Request::get(self.0.as_str())
    }
}

impl std::fmt::Debug for NextLink {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("NextLink(..)")
    }
}

/// Reads a page of driveItems; `home` is the drive of items that do not say.
///
/// # Errors
/// What the status says, or [`GraphError::Malformed`] if there is no `value`.
pub fn parse_page(base: &GraphBase, response: &Response, home: Option<&DriveId>) -> Result<Page, GraphError> {
    let body = json::body(response)?;
    let Some(values) = body.get("value").and_then(Value::as_array) else {
        return Err(GraphError::malformed(response));
    };
    let mut reader = ItemReader::new(home.cloned());
    let items: Vec<Item> = values.iter().filter_map(|value| reader.read(value)).collect();
    Ok(Page { skipped: values.len() - items.len(), items, next: next_of(base, &body) })
}

/// What `@odata.nextLink` says.
pub(super) fn next_of(base: &GraphBase, body: &Value) -> Next {
    match body.get("@odata.nextLink") {
        None | Some(Value::Null) => Next::End,
        Some(Value::String(link)) if link.is_empty() => Next::End,
        Some(Value::String(link)) if base.owns(link) => Next::More(NextLink(link.clone())),
        Some(_) => Next::Foreign,
    }
}

/// Pages in a row without anything new after which a listing goes in a circle, whatever its links say. More than
/// a listing has that starts again.
const STALE_PAGES: usize = 500;

/// Puts the pages of one listing together: each item once, each page once.
#[derive(Debug, Default)]
pub struct PageMerger {
    files: BTreeSet<FileRef>,
    links: Vec<NextLink>,
    /// Pages in a row that had items and none that was new.
    stale: usize,
}

impl PageMerger {
    /// Nothing read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets which pages were read, for a listing that starts again.
    pub fn forget_links(&mut self) {
        self.links.clear();
    }

    /// The items of the page that are new, and the next page.
    ///
    /// The second part is [`GraphError::ForeignNextLink`] or [`GraphError::RepeatedNextLink`] if the listing
    /// cannot go on; the items are good all the same.
    pub fn merge(&mut self, page: Page) -> (Vec<Item>, Result<Option<NextLink>, GraphError>) {
        let had_items = !page.items.is_empty();
        let items = self.merge_items(page.items);
        self.stale = if had_items && items.is_empty() { self.stale + 1 } else { 0 };
        let next = match page.next {
            Next::End => Ok(None),
            Next::Foreign => Err(GraphError::ForeignNextLink),
            Next::More(link) if self.stale <= STALE_PAGES && !self.links.contains(&link) => {
                self.links.push(link.clone());
                Ok(Some(link))
            }
            Next::More(_) => Err(GraphError::RepeatedNextLink),
        };
        (items, next)
    }

    /// The items that are new.
    pub fn merge_items(&mut self, mut items: Vec<Item>) -> Vec<Item> {
        items.retain(|item| self.files.insert(item.file.clone()));
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{answer, any_json, base};
    use proptest::prelude::*;
    use serde_json::json;

    fn page(next: &Value, ids: &[&str]) -> Page {
        let values: Vec<Value> = ids.iter().map(|id| json!({"id": id, "name": id, "file": {}})).collect();
        let body = json!({"value": values, "@odata.nextLink": next});
        parse_page(&base(), &answer(200, body), DriveId::new("b!x").as_ref()).unwrap()
    }

    #[test]
    fn skips_and_counts_items_that_cannot_be_read() {
        let body = json!({"value":[{"id":"1","name":"a","file":{}}, {"name":"no id"}, 7, null, {"id":{}}]});
        let page = parse_page(&base(), &answer(200, body), DriveId::new("b!x").as_ref()).unwrap();
        assert_eq!((page.items.len(), page.skipped, page.next), (1, 4, Next::End));
    }

    #[test]
    fn follows_only_its_own_next_link() {
        for (link, expected) in [
            (json!("https://graph.microsoft.com/v1.0/drives/b!x/items/01A/children?$skiptoken=U"), true),
            (json!("https://evil.example/v1.0/drives/b!x"), false),
            (json!("https://graph.microsoft.com.evil.example/v1.0/x"), false),
            (json!("https://graph.microsoft.com/beta/drives"), false),
            (json!("/v1.0/drives"), false),
            (json!(7), false),
        ] {
            let page = page(&link, &["1"]);
            assert_eq!(matches!(page.next, Next::More(_)), expected, "{link}");
            assert_eq!(page.items.len(), 1, "the rows stay");
        }
        assert_eq!(page(&Value::Null, &[]).next, Next::End);
        assert_eq!(page(&json!(""), &[]).next, Next::End);
    }

    #[test]
    fn reads_a_cut_or_foreign_body_as_malformed() {
        for body in ["", "<!doctype html>", r#"{"value":[{"id":"1""#, r#"{"value":{}}"#, "[]", "null"] {
            assert_eq!(
                parse_page(&base(), &answer(200, body), None).unwrap_err().code(),
                "malformed",
                "{body}"
            );
        }
    }

    #[test]
    fn merges_pages_without_repetition() {
        let mut merger = PageMerger::new();
        let link = |token: &str| json!(format!("https://graph.microsoft.com/v1.0/x?$skiptoken={token}"));
        let (items, next) = merger.merge(page(&link("1"), &["a", "b"]));
        assert_eq!((items.len(), next.unwrap().is_some()), (2, true));
        let (items, next) = merger.merge(page(&link("2"), &["b", "c"]));
        assert_eq!((items.len(), next.unwrap().is_some()), (1, true));
        let (items, next) = merger.merge(page(&link("1"), &["d"]));
        assert_eq!((items.len(), next), (1, Err(GraphError::RepeatedNextLink)));
        let (_, next) = merger.merge(page(&json!("https://evil.example/"), &[]));
        assert_eq!(next, Err(GraphError::ForeignNextLink));
    }

    #[test]
    fn ends_a_listing_that_goes_in_a_circle() {
        let mut merger = PageMerger::new();
        let pages =
            (0..).map(|number| page(&json!(format!("https://graph.microsoft.com/v1.0/x?{number}")), &["a"]));
        let count = pages.take_while(|page| merger.merge(page.clone()).1.is_ok()).count();
        assert_eq!(count, STALE_PAGES + 1);
    }

    proptest! {
        #[test]
        fn reads_any_body_without_panic(body in any_json(), text in any::<String>(), status in 100u16..600) {
            let _ = parse_page(&base(), &answer(status, body), DriveId::new("b!x").as_ref());
            let _ = parse_page(&base(), &answer(status, text), None);
        }

        #[test]
        fn every_value_is_read_or_counted(values in proptest::collection::vec(any_json(), 0..6)) {
            let count = values.len();
            let page = parse_page(&base(), &answer(200, json!({"value": values})), DriveId::new("d").as_ref()).unwrap();
            prop_assert_eq!(page.items.len() + page.skipped, count);
        }
    }
}
