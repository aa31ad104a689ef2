//! Reading many items again, fresh, in batches: a state machine that the client drives.
//!
//! Graph gives a download address with `$select` only by the detour `content.downloadUrl`, and `sharepointIds` only
//! with `$select`. So each item is read with a selection, and a file whose answer lacks the address a second time
//! without; both answers are put together. A `remoteItem` that appears only now is followed once.

#[cfg(test)]
mod tests;

use serde_json::{Map, Value};

use super::base::GraphBase;
use super::batch::{BATCH_SIZE, build_batch, parse_batch};
use super::error::GraphError;
use super::ids::FileRef;
use super::json;
use super::link::DownloadUrl;
use crate::web::{Request, Response};

/// What to ask of each item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Everything a host can use.
    Whole,
    /// Only a fresh download address.
    Link,
    /// What a listing shows, for hits of a search.
    Row,
}

const WHOLE: &str = "?$select=id,name,size,description,file,folder,package,bundle,root,audio,video,image,photo,location,\
     specialFolder,malware,deleted,pendingOperations,remoteItem,shared,eTag,cTag,webUrl,webDavUrl,createdDateTime,\
     lastModifiedDateTime,createdBy,lastModifiedBy,fileSystemInfo,parentReference,sharepointIds,content.downloadUrl";
const LINK: &str = "?$select=id,file,folder,remoteItem,content.downloadUrl";

/// The items still to read and those read.
#[derive(Debug)]
pub(crate) struct Reread {
    selection: Selection,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    file: FileRef,
    followed: bool,
    step: Step,
}

#[derive(Debug)]
enum Step {
    /// Read with the selection; how that failed so far, if it may pass.
    Selected(Option<GraphError>),
    /// Read once more without, to add to what was selected; `None` if the selection itself was refused.
    Plain(Option<Map<String, Value>>, Option<GraphError>),
    /// Done.
    Done(Result<Map<String, Value>, GraphError>),
    /// Done, and told.
    Told,
}

/// What became of one item.
#[derive(Debug)]
pub(crate) struct Settled {
    /// Its place among the files of [`Reread::new`], from 0.
    pub(crate) place: usize,
    /// The file that was read: another one than asked for if a `remoteItem` was followed.
    pub(crate) file: FileRef,
    /// The driveItem, or why there is none.
    pub answer: Result<Value, GraphError>,
}

/// One batch: which entries it reads, and the request.
#[derive(Debug)]
pub(crate) struct Round {
    places: Vec<usize>,
    /// The request to send.
    pub(crate) request: Request,
}

impl Reread {
    /// Nothing read yet.
    pub(crate) fn new(files: impl IntoIterator<Item = FileRef>, selection: Selection) -> Self {
        let entry = |file| Entry { file, followed: false, step: Step::Selected(None) };
        Self { selection, entries: files.into_iter().map(entry).collect() }
    }

    /// The batches that read everything that is still open, once.
    pub(crate) fn rounds(&self, base: &GraphBase) -> Vec<Round> {
        let open: Vec<usize> =
            (0..self.entries.len()).filter(|place| self.entry(*place).is_some_and(Entry::is_open)).collect();
        open.chunks(BATCH_SIZE)
            .map(|places| {
                let paths: Vec<String> = places
                    .iter()
                    .filter_map(|place| self.entry(*place))
                    .map(|entry| entry.path(self.selection))
                    .collect();
                Round { places: places.to_vec(), request: build_batch(base, &paths) }
            })
            .collect()
    }

    /// Takes the answer to a batch.
    ///
    /// # Errors
    /// If the batch as a whole failed; its items stay open.
    pub(crate) fn take(&mut self, round: &Round, response: &Response) -> Result<(), GraphError> {
        let answers = parse_batch(response, round.places.len())?;
        let selection = self.selection;
        for (place, answer) in round.places.iter().zip(answers) {
            if let Some(entry) = self.entries.get_mut(*place) {
                entry.take(selection, answer);
            }
        }
        Ok(())
    }

    /// Why items are still open, the longest wait first; `None` if none has failed in passing.
    pub(crate) fn waiting_for(&self) -> Option<&GraphError> {
        self.entries.iter().filter_map(Entry::passing).max_by_key(|error| error.retry_after().unwrap_or(0))
    }

    /// Whether a token was refused, so that reading goes on only with a new one.
    pub(crate) fn refused_token(&self) -> Option<&GraphError> {
        self.entries
            .iter()
            .filter_map(Entry::passing)
            .find(|error| matches!(error, GraphError::Unauthorized { .. }))
    }

    /// What was settled since this was last asked, in the order of the files.
    pub(crate) fn settled(&mut self) -> Vec<Settled> {
        let mut settled = Vec::new();
        for (place, entry) in self.entries.iter_mut().enumerate() {
            if matches!(entry.step, Step::Done(_))
                && let Step::Done(answer) = std::mem::replace(&mut entry.step, Step::Told)
            {
                settled.push(Settled { place, file: entry.file.clone(), answer: answer.map(Value::Object) });
            }
        }
        settled
    }

    /// Settles what is still open with why it is.
    pub(crate) fn give_up(&mut self) {
        for entry in &mut self.entries {
            entry.step = match std::mem::replace(&mut entry.step, Step::Told) {
                // The first answer is whole but for the address.
                Step::Plain(Some(selected), _) => Step::Done(Ok(selected)),
                Step::Selected(error) | Step::Plain(None, error) => {
                    let unasked = GraphError::Unavailable { retry_after: None, trace: Default::default() };
                    Step::Done(Err(error.unwrap_or(unasked)))
                }
                step @ (Step::Done(_) | Step::Told) => step,
            };
        }
    }

    fn entry(&self, place: usize) -> Option<&Entry> {
        self.entries.get(place)
    }
}

impl Entry {
    fn is_open(&self) -> bool {
        !matches!(self.step, Step::Done(_) | Step::Told)
    }

    fn passing(&self) -> Option<&GraphError> {
        match &self.step {
            Step::Selected(error) | Step::Plain(_, error) => error.as_ref(),
            Step::Done(_) | Step::Told => None,
        }
    }

    fn path(&self, selection: Selection) -> String {
        let mut path = self.file.path();
        match (&self.step, selection) {
            (Step::Plain(..), _) => {}
            (_, Selection::Whole) => path.push_str(WHOLE),
            (_, Selection::Link) => path.push_str(LINK),
            (_, Selection::Row) => {
                path.push('?');
                super::listing::push_selection(&mut path);
            }
        }
        path
    }

    fn take(&mut self, selection: Selection, answer: Result<Value, GraphError>) {
        let step = std::mem::replace(&mut self.step, Step::Selected(None));
        self.step = match (step, answer) {
            (done @ (Step::Done(_) | Step::Told), _) => done,
            (Step::Selected(_), Err(error)) if may_pass(&error) => Step::Selected(Some(error)),
            (Step::Plain(selected, _), Err(error)) if may_pass(&error) => Step::Plain(selected, Some(error)),
            (Step::Selected(_), Err(GraphError::BadRequest(_))) => Step::Plain(None, None),
            (Step::Selected(_) | Step::Plain(None, _), Err(error)) => Step::Done(Err(error)),
            // The item was read; only its address is missing.
            (Step::Plain(Some(selected), _), Err(_)) => Step::Done(Ok(selected)),
            (Step::Selected(_), Ok(item)) => self.selected(selection, item),
            (Step::Plain(selected, _), Ok(item)) => Step::Done(Ok(join(selected.unwrap_or_default(), item))),
        };
    }

    fn selected(&mut self, selection: Selection, item: Value) -> Step {
        if let Some(target) = remote_of(&item).filter(|target| !self.followed && *target != self.file) {
            self.file = target;
            self.followed = true;
            return Step::Selected(None);
        }
        let wants_link =
            selection != Selection::Row && json::has(&item, "file") && DownloadUrl::of_item(&item).is_none();
        match item {
            Value::Object(item) if wants_link => Step::Plain(Some(item), None),
            Value::Object(item) => Step::Done(Ok(item)),
            _ => Step::Done(Err(GraphError::Malformed(Default::default()))),
        }
    }
}

/// A refused token may be replaced, so it is passing here.
fn may_pass(error: &GraphError) -> bool {
    error.is_passing() || matches!(error, GraphError::Unauthorized { .. })
}

fn remote_of(item: &Value) -> Option<FileRef> {
    let remote = item.get("remoteItem")?;
    FileRef::parse(json::text(remote, &["parentReference", "driveId"])?, json::text(remote, &["id"])?)
}

/// The later answer wins member by member, since it is fresher.
fn join(mut selected: Map<String, Value>, item: Value) -> Map<String, Value> {
    if let Value::Object(item) = item {
        selected.extend(item);
    }
    selected
}
