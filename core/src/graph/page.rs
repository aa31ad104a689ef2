//! One page of a listing, the way to the next, and the listing without repetitions.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::base::GraphBase;
use super::error::GraphError;
use super::ids::FileRef;
use super::item::{Item, ItemReader};
use super::json;
use super::node::Node;
use crate::web::{Request, Response};

/// One page of children or of a drive search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The items that could be read, in Graph's order.
    pub items: Vec<Item>,
    /// How many could not be read.
    pub(crate) skipped: usize,
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
    /// What a page will turn out to name as the next one, without reading it: a name in quotes cannot stand within a
    /// text. `None` if it names none that may be fetched, and for an answer that is cut off.
    pub(crate) fn peek(base: &GraphBase, response: &Response) -> Option<Self> {
        const NAME: &str = "\"@odata.nextLink\":";
        let body = response.body.trim_end();
        let rest = body.split_once(NAME).filter(|_| body.ends_with('}'))?.1;
        let mut link = serde_json::Deserializer::from_str(rest);
        match next_of(base, Node::deserialize(&mut link).ok().as_ref()) {
            Next::More(link) => Some(link),
            Next::End | Next::Foreign => None,
        }
    }

    /// The request for the next page.
    pub fn request(&self) -> Request {
        Request::get(self.0.as_str())
    }
}

impl fmt::Debug for NextLink {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NextLink(..)")
    }
}

/// Reads a page of driveItems, in one pass over its text; `reader` knows the drive of items that do not say.
///
/// The answer is a success: what others mean, [`GraphError::of_response`] says.
///
/// # Errors
/// [`GraphError::Malformed`] if there is no `value`.
pub fn parse_page(base: &GraphBase, response: &Response, reader: ItemReader) -> Result<Page, GraphError> {
    let mut body = PageBody { reader, items: Vec::new(), count: None, next: None };
    let mut deserializer = serde_json::Deserializer::from_str(json::text_of(response));
    let read = deserializer.deserialize_map(&mut body).and_then(|()| deserializer.end());
    let count = read.ok().and(body.count).ok_or_else(|| GraphError::malformed(response))?;
    Ok(Page { skipped: count - body.items.len(), items: body.items, next: next_of(base, body.next.as_ref()) })
}

/// What `@odata.nextLink` says.
fn next_of(base: &GraphBase, link: Option<&Node<'_>>) -> Next {
    match link {
        None | Some(Node::Null) => Next::End,
        Some(Node::Text(link)) if link.is_empty() => Next::End,
        Some(Node::Text(link)) if base.owns(link) => Next::More(NextLink(String::from(link.as_ref()))),
        Some(_) => Next::Foreign,
    }
}

/// What is read of a page: one item after the other, so that no more than one is held as JSON.
struct PageBody<'de> {
    reader: ItemReader,
    items: Vec<Item>,
    /// How many items there were, readable or not; `None` before `value`.
    count: Option<usize>,
    next: Option<Node<'de>>,
}

impl<'de> Visitor<'de> for &mut PageBody<'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a page")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Cow<'_, str>>()? {
            match name.as_ref() {
                "value" => map.next_value_seed(Values(&mut *self))?,
                "@odata.nextLink" => self.next = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

/// The items of a page.
struct Values<'r, 'de>(&'r mut PageBody<'de>);

impl<'de> DeserializeSeed<'de> for Values<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Values<'_, 'de> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("items")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<(), A::Error> {
        let Values(body) = self;
        body.items.clear();
        let mut count = 0;
        while let Some(node) = sequence.next_element::<Node<'de>>()? {
            count += 1;
            body.items.extend(body.reader.read_node(&node));
        }
        body.count = Some(count);
        Ok(())
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

    /// Whether that page was read already.
    pub fn knows(&self, link: &NextLink) -> bool {
        self.links.contains(link)
    }

    /// Forgets which pages were read, for a listing that starts again.
    pub(crate) fn forget_links(&mut self) {
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
    pub(crate) fn merge_items(&mut self, mut items: Vec<Item>) -> Vec<Item> {
        items.retain(|item| self.files.insert(item.file.clone()));
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::DriveId;
    use crate::graph::testing::{answer, any_json, base};
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn of(drive: &str) -> ItemReader {
        ItemReader::new(DriveId::new(drive))
    }

    fn page(next: &Value, ids: &[&str]) -> Page {
        let values: Vec<Value> = ids.iter().map(|id| json!({"id": id, "name": id, "file": {}})).collect();
        let body = json!({"value": values, "@odata.nextLink": next});
        parse_page(&base(), &answer(200, body), of("b!x")).unwrap()
    }

    #[test]
    fn skips_and_counts_items_that_cannot_be_read() {
        let body = json!({"value":[{"id":"1","name":"a","file":{}}, {"name":"no id"}, 7, null, {"id":{}}]});
        let page = parse_page(&base(), &answer(200, body), of("b!x")).unwrap();
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
    fn tells_the_next_page_before_this_one_is_read() {
        let link = "https://graph.microsoft.com/v1.0/x?$skiptoken=1";
        let name = r#"a "@odata.nextLink":"https://graph.microsoft.com/v1.0/no" b"#;
        let items = json!([{"id": "1", "name": name, "file": {}}]).to_string();
        let before = format!(r#"{{"@odata.nextLink":"{link}","value":{items}}}"#);
        let after = format!(
            r#"{{"value":{items},"@odata.nextLink":"https:\/\/graph.microsoft.com/v1.0/x?$skiptoken=1"}}"#
        );
        for body in [before, after] {
            let response = answer(200, body);
            let page = parse_page(&base(), &response, of("b!x")).unwrap();
            assert_eq!(&*page.items[0].name, name);
            assert_eq!(NextLink::peek(&base(), &response).map(Next::More), Some(page.next));
        }
        for next in [json!("https://evil.example/v1.0/x"), json!(7), Value::Null] {
            assert_eq!(NextLink::peek(&base(), &answer(200, json!({"@odata.nextLink": next}))), None);
        }
        assert_eq!(NextLink::peek(&base(), &answer(200, r#"{"@odata.nextLink":"#)), None);
    }

    #[test]
    fn reads_a_cut_or_foreign_body_as_malformed() {
        for body in [
            r#"{"value":[]} x"#,
            r#"{"value":null}"#,
            r#"{"@odata.nextLink":"x"}"#,
            "",
            "<!doctype html>",
            r#"{"value":[{"id":"1""#,
            r#"{"value":{}}"#,
            "[]",
            "null",
        ] {
            assert_eq!(
                parse_page(&base(), &answer(200, body), of("")).unwrap_err().code(),
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
            let _ = parse_page(&base(), &answer(status, body), of("b!x"));
            let _ = parse_page(&base(), &answer(status, text), of(""));
        }

        #[test]
        fn every_value_is_read_or_counted(values in proptest::collection::vec(any_json(), 0..6)) {
            let count = values.len();
            let page = parse_page(&base(), &answer(200, json!({"value": values})), of("d")).unwrap();
            prop_assert_eq!(page.items.len() + page.skipped, count);
        }
    }
}
