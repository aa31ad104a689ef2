//! What a preview shows beyond the row: a fresh address to play from, the owner, a large picture.

use serde_json::Value;

use super::base::GraphBase;
use super::error::GraphError;
use super::ids::FileRef;
use super::item::{Item, ItemReader};
use super::json;
use super::link::DownloadUrl;
use crate::web::{Request, Response};

/// A file, seconds after Graph was asked.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The file as a listing would show it.
    pub item: Item,
    /// Where it can be played from for some minutes.
    pub link: Option<DownloadUrl>,
    /// Who made it.
    pub owner: Option<String>,
    /// When it was made, in milliseconds since 1970-01-01 UTC.
    pub created: Option<u64>,
}

/// Asks for one file. Without a selection, since only then the download address comes for sure.
pub(crate) fn build_preview(base: &GraphBase, file: &FileRef) -> Request {
    Request::get(base.url(&file.path()))
}

/// Reads the file.
///
/// # Errors
/// What the status says, or [`GraphError::Malformed`] if it has no id or name.
pub(crate) fn parse_preview(response: &Response, file: &FileRef) -> Result<Preview, GraphError> {
    let body = json::body(response)?;
    let item = ItemReader::new(Some(file.drive.clone())).read(&body);
    let owner = ["user", "group", "application"]
        .into_iter()
        .find_map(|who| json::text(&body, &["createdBy", who, "displayName"]));
    Ok(Preview {
        item: item.ok_or_else(|| GraphError::malformed(response))?,
        link: DownloadUrl::of_item(&body),
        owner: owner.map(str::to_owned),
        created: json::text(&body, &["createdDateTime"]).and_then(super::parse_timestamp),
    })
}

/// Asks for the thumbnails of one file.
pub(crate) fn build_thumbnails(base: &GraphBase, file: &FileRef) -> Request {
    let mut url = base.url(&file.path());
    url.push_str("/thumbnails");
    Request::get(url)
}

/// The address of the largest thumbnail, about 800 pixels. `None` if there is none, which is normal.
///
/// # Errors
/// What the status says, or [`GraphError::Malformed`] if there is no `value`.
pub fn parse_thumbnails(response: &Response) -> Result<Option<String>, GraphError> {
    let body = json::body(response)?;
    let sets = body.get("value").and_then(Value::as_array).ok_or_else(|| GraphError::malformed(response))?;
    let url = sets.first().and_then(|set| {
        ["large", "medium", "small"].into_iter().find_map(|size| json::text(set, &[size, "url"]))
    });
    Ok(url.filter(|url| url.starts_with("http")).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{answer, any_json, base};
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn asks_without_selection() {
        let file = FileRef::parse("b!x", "01").unwrap();
        assert_eq!(build_preview(&base(), &file).url, "https://graph.microsoft.com/v1.0/drives/b!x/items/01");
        assert!(build_thumbnails(&base(), &file).url.ends_with("/items/01/thumbnails"));
    }

    #[test]
    fn reads_owner_and_address() {
        let body = json!({"id":"01","name":"a.mp4","file":{"mimeType":"video/mp4"},"createdBy":{"user":{"displayName":"Ada"}},
            "createdDateTime":"2026-10-01T08:00:00Z","@microsoft.graph.downloadUrl":"https://f/1"});
        let preview = parse_preview(&answer(200, body), &FileRef::parse("b!x", "01").unwrap()).unwrap();
        assert_eq!((preview.owner.as_deref(), preview.created), (Some("Ada"), Some(1_790_841_600_000)));
        assert!(preview.link.is_some());
    }

    #[test]
    fn takes_the_largest_thumbnail() {
        for (body, expected) in [
            (
                json!({"value":[{"small":{"url":"https://t/s"},"large":{"url":"https://t/l"}}]}),
                Some("https://t/l"),
            ),
            (json!({"value":[{"small":{"url":"https://t/s"}}]}), Some("https://t/s")),
            (json!({"value":[]}), None),
        ] {
            assert_eq!(parse_thumbnails(&answer(200, body)).unwrap().as_deref(), expected);
        }
    }

    proptest! {
        #[test]
        fn reads_any_body_without_panic(body in any_json()) {
            let _ = parse_preview(&answer(200, &body), &FileRef::parse("d", "i").unwrap());
            let _ = parse_thumbnails(&answer(200, &body));
        }
    }
}
