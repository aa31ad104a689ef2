//! Between choice and hand-over: is every chosen file still there, and still what was chosen? (DESIGN section 4.)

use std::sync::Arc;

use serde_json::Value;

use super::error::GraphError;
use super::ids::FileRef;
use super::item::{Item, ItemReader, Obstacle};
use super::link::DownloadUrl;
use super::media::{MediaKind, kaltura_media_type, stem};

/// A chosen file, as the listing knew it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Which file.
    pub file: FileRef,
    /// Its size in bytes at that time; `None` if it was not known.
    pub size: Option<u64>,
}

/// What may be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmRules {
    /// The kinds of media that are taken; `None` takes every file.
    pub media: Option<Vec<MediaKind>>,
    /// The largest size in bytes that is taken.
    pub max_item_bytes: Option<u64>,
}

/// A file that is there and may go, seconds after Graph said so.
#[derive(Clone, Debug)]
pub struct ConfirmedItem {
    /// As a listing shows it now.
    pub item: Item,
    /// The driveItem as Graph gave it, with `parentReference.driveId` in any case.
    pub drive_item: Value,
    /// The fresh download address.
    pub link: DownloadUrl,
    /// Kaltura's number for its kind.
    pub media_type: Option<u8>,
}

impl ConfirmedItem {
    /// What the entry is called in Kaltura: the name without its extension.
    pub fn entry_name(&self) -> &str {
        stem(&self.item.name)
    }

    /// What recognises the file at a second import: the driveItem's id.
    pub fn reference_id(&self) -> &str {
        self.item.file.item.as_str()
    }
}

/// Why a chosen file cannot go.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ItemProblem {
    /// It was deleted or moved away.
    #[error("the file is gone")]
    Gone,
    /// The account may not read it any more.
    #[error("the file may not be read")]
    Forbidden,
    /// It may not be chosen at all.
    #[error("the file cannot be imported")]
    Obstacle(Obstacle),
    /// It is a folder.
    #[error("folders are not imported themselves")]
    Folder,
    /// Its kind of media is not taken.
    #[error("this kind of file is not imported")]
    MediaKind(Option<MediaKind>),
    /// It is larger than the limit, in bytes.
    #[error("the file is too large")]
    TooLarge {
        /// Its size.
        size: u64,
        /// The limit.
        limit: u64,
    },
    /// Its size is another one than when it was chosen. Choosing what it is now is the way on.
    #[error("the file has changed")]
    Changed(Box<Item>),
    /// Graph gives no download address for it.
    #[error("the file has no download address")]
    NoLink,
    /// Graph was too busy for it, several times.
    #[error("graph is too busy")]
    Busy,
    /// Anything else that Graph said.
    #[error(transparent)]
    Graph(GraphError),
}

impl ItemProblem {
    /// A stable name for messages and tests.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Forbidden => "forbidden",
            Self::Obstacle(obstacle) => obstacle.code(),
            Self::Folder => "folder",
            Self::MediaKind(_) => "media_kind",
            Self::TooLarge { .. } => "too_large",
            Self::Changed(_) => "changed",
            Self::NoLink => "no_link",
            Self::Busy => "busy",
            Self::Graph(error) => error.code(),
        }
    }
}

impl From<GraphError> for ItemProblem {
    fn from(error: GraphError) -> Self {
        match error {
            GraphError::NotFound(_) => Self::Gone,
            GraphError::Forbidden(_) => Self::Forbidden,
            GraphError::Malware(_) => Self::Obstacle(Obstacle::Malware),
            GraphError::Throttled { .. } => Self::Busy,
            other => Self::Graph(other),
        }
    }
}

/// Judges the fresh answer for a chosen file; `file` is the one that was read.
///
/// # Errors
/// [`ItemProblem`], the gravest first: what the item is, then whether it may be taken, then whether it changed.
pub(crate) fn judge_chosen(
    chosen: &Chosen,
    file: &FileRef,
    answer: Result<Value, GraphError>,
    rules: &ConfirmRules,
) -> Result<ConfirmedItem, ItemProblem> {
    let mut drive_item = answer?;
    complete(&mut drive_item, file);
    let read = ItemReader::new(Some(file.drive.clone())).read(&drive_item);
    let mut item = read.ok_or(ItemProblem::Graph(GraphError::Malformed(Default::default())))?;
    item.file = file.clone();
    match item.obstacle {
        Some(Obstacle::Deleted) => return Err(ItemProblem::Gone),
        Some(obstacle) => return Err(ItemProblem::Obstacle(obstacle)),
        None if item.is_folder() => return Err(ItemProblem::Folder),
        None => {}
    }
    let media = item.media();
    if rules.media.as_ref().is_some_and(|kinds| !media.is_some_and(|media| kinds.contains(&media))) {
        return Err(ItemProblem::MediaKind(media));
    }
    if let (Some(size), Some(limit)) = (item.size, rules.max_item_bytes)
        && size > limit
    {
        return Err(ItemProblem::TooLarge { size, limit });
    }
    if chosen.size.is_some() && item.size.is_some() && chosen.size != item.size {
        return Err(ItemProblem::Changed(Box::new(item)));
    }
    let link = DownloadUrl::of_item(&drive_item).ok_or(ItemProblem::NoLink)?;
    let media_type = kaltura_media_type(media, &item.name, mime_of(&item).as_deref());
    Ok(ConfirmedItem { item, drive_item, link, media_type })
}

/// The fresh download address of a file that was handed over before, for `refresh-links`.
///
/// # Errors
/// [`ItemProblem`] if the file is gone, forbidden or has no address.
pub(crate) fn judge_link(answer: Result<Value, GraphError>) -> Result<DownloadUrl, ItemProblem> {
    DownloadUrl::of_item(&answer?).ok_or(ItemProblem::NoLink)
}

fn mime_of(item: &Item) -> Option<Arc<str>> {
    match &item.kind {
        super::item::ItemKind::File { mime, .. } => mime.clone(),
        _ => None,
    }
}

/// A host asks for the item by `parentReference.driveId` and `id`, so both are there and are the right ones.
fn complete(drive_item: &mut Value, file: &FileRef) {
    let Some(members) = drive_item.as_object_mut() else { return };
    members.remove("@odata.context");
    members.insert("id".into(), Value::from(file.item.as_str()));
    let parent = members.entry("parentReference").or_insert_with(|| Value::Object(Default::default()));
    if !parent.is_object() {
        *parent = Value::Object(Default::default());
    }
    if let Some(parent) = parent.as_object_mut() {
        parent.insert("driveId".into(), Value::from(file.drive.as_str()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::any_json;
    use proptest::prelude::*;
    use serde_json::json;

    const VIDEO_ONLY: fn() -> ConfirmRules =
        || ConfirmRules { media: Some(vec![MediaKind::Video]), max_item_bytes: Some(100) };

    fn judge(item: Value) -> Result<ConfirmedItem, ItemProblem> {
        let file = FileRef::parse("b!x", "01FILE").unwrap();
        let chosen = Chosen { file: file.clone(), size: Some(5) };
        judge_chosen(&chosen, &file, Ok(item), &VIDEO_ONLY())
    }

    #[allow(clippy::needless_pass_by_value, reason = "a test passes what it has just made")]
    fn video(change: Value) -> Value {
        let mut item = json!({"@odata.context":"c","id":"01FILE","name":"Lecture 1.mp4","size":5,"file":{"mimeType":"video/mp4"},
            "cTag":"c","parentReference":{"driveId":"b!x","id":"01A"},"@microsoft.graph.downloadUrl":"https://f/1?tempauth=x"});
        item.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        item
    }

    #[test]
    fn confirms_what_is_as_it_was() {
        let confirmed = judge(video(json!({}))).unwrap();
        assert_eq!((confirmed.entry_name(), confirmed.reference_id()), ("Lecture 1", "01FILE"));
        assert_eq!(confirmed.media_type, Some(1));
        assert_eq!(confirmed.link.as_str(), "https://f/1?tempauth=x");
        assert_eq!(confirmed.drive_item["cTag"], "c", "nothing of Graph's is lost");
        assert_eq!(confirmed.drive_item.get("@odata.context"), None);
        assert!(!format!("{:?}", confirmed.link).contains("tempauth"));
    }

    #[test]
    fn names_every_problem() {
        for (change, expected) in [
            (json!({"deleted":{}}), "gone"),
            (json!({"malware":{}}), "malware"),
            (json!({"pendingOperations":{}}), "pending"),
            (json!({"size":0}), "empty"),
            (json!({"file":null,"folder":{}}), "folder"),
            (json!({"file":null}), "not_a_file"),
            (json!({"file":{"mimeType":"image/png"},"name":"a.png"}), "media_kind"),
            (json!({"size":101}), "too_large"),
            (json!({"size":6}), "changed"),
            (json!({"@microsoft.graph.downloadUrl":null}), "no_link"),
            (json!({"name":7}), "malformed"),
        ] {
            assert_eq!(judge(video(change.clone())).unwrap_err().code(), expected, "{change}");
        }
    }

    #[test]
    fn renames_graphs_own_errors() {
        let chosen = Chosen { file: FileRef::parse("d", "i").unwrap(), size: None };
        for (error, expected) in [
            (GraphError::NotFound(Default::default()), "gone"),
            (GraphError::Forbidden(Default::default()), "forbidden"),
            (GraphError::Malware(Default::default()), "malware"),
            (GraphError::Throttled { retry_after: None, trace: Default::default() }, "busy"),
            (GraphError::Locked(Default::default()), "locked"),
        ] {
            let judged = judge_chosen(&chosen, &chosen.file, Err(error), &VIDEO_ONLY());
            assert_eq!(judged.unwrap_err().code(), expected);
        }
    }

    #[test]
    fn gives_hosts_the_drive_and_the_id_that_were_read() {
        let item = video(json!({"id":"other","parentReference":{"id":"01A"}}));
        let confirmed = judge(item).unwrap();
        assert_eq!(confirmed.drive_item["id"], "01FILE");
        assert_eq!(confirmed.drive_item["parentReference"], json!({"driveId":"b!x","id":"01A"}));
    }

    proptest! {
        #[test]
        fn judges_any_answer_without_panic(item in any_json()) {
            let _ = judge(item);
        }
    }
}
