//! Reading many items again, fresh, in batches: a state machine that the client drives.
//!
//! Graph gives a download address with `$select` only by the detour `content.downloadUrl`, and `sharepointIds` only
//! with `$select`. So each item is read with a selection, and a file whose answer lacks the address a second time
//! without; both answers are put together. A `remoteItem` that appears only now is followed once.

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
pub struct Reread {
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
    /// Read once more without, to add what was selected.
    Plain(Map<String, Value>, Option<GraphError>),
    /// Done.
    Done(Result<Map<String, Value>, GraphError>),
    /// Done, and told.
    Told,
}

/// What became of one item.
#[derive(Debug)]
pub struct Settled {
    /// Its place among the files of [`Reread::new`], from 0.
    pub place: usize,
    /// The file that was read: another one than asked for if a `remoteItem` was followed.
    pub file: FileRef,
    /// The driveItem, or why there is none.
    pub answer: Result<Value, GraphError>,
}

/// One batch: which entries it reads, and the request.
#[derive(Debug)]
pub struct Round {
    places: Vec<usize>,
    /// The request to send.
    pub request: Request,
}

impl Reread {
    /// Nothing read yet.
    pub fn new(files: impl IntoIterator<Item = FileRef>, selection: Selection) -> Self {
        let entry = |file| Entry { file, followed: false, step: Step::Selected(None) };
        Self { selection, entries: files.into_iter().map(entry).collect() }
    }

    /// The batches that read everything that is still open, once.
    pub fn rounds(&self, base: &GraphBase) -> Vec<Round> {
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
    pub fn take(&mut self, round: &Round, response: &Response) -> Result<(), GraphError> {
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
    pub fn waiting_for(&self) -> Option<&GraphError> {
        self.entries.iter().filter_map(Entry::passing).max_by_key(|error| error.retry_after().unwrap_or(0))
    }

    /// Whether a token was refused, so that reading goes on only with a new one.
    pub fn refused_token(&self) -> Option<&GraphError> {
        self.entries
            .iter()
            .filter_map(Entry::passing)
            .find(|error| matches!(error, GraphError::Unauthorized { .. }))
    }

    /// What was settled since this was last asked, in the order of the files.
    pub fn settled(&mut self) -> Vec<Settled> {
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
    pub fn give_up(&mut self) {
        for entry in &mut self.entries {
            entry.step = match std::mem::replace(&mut entry.step, Step::Told) {
                Step::Selected(error) => {
                    let unasked = GraphError::Unavailable { retry_after: None, trace: Default::default() };
                    Step::Done(Err(error.unwrap_or(unasked)))
                }
                // The first answer is whole but for the address.
                Step::Plain(selected, _) => Step::Done(Ok(selected)),
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
            (Step::Selected(_), Err(error)) => Step::Done(Err(error)),
            // The item was read; only its address is missing.
            (Step::Plain(selected, _), Err(_)) => Step::Done(Ok(selected)),
            (Step::Selected(_), Ok(item)) => self.selected(selection, item),
            (Step::Plain(selected, _), Ok(item)) => Step::Done(Ok(join(selected, item))),
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
            Value::Object(item) if wants_link => Step::Plain(item, None),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{answer, any_json, base};
    use proptest::prelude::*;
    use serde_json::json;

    fn files(count: usize) -> Vec<FileRef> {
        (0..count).map(|index| FileRef::parse("d", &format!("f{index}")).unwrap()).collect()
    }

    fn urls(round: &Round) -> Vec<String> {
        let body: Value = serde_json::from_str(round.request.body.as_deref().unwrap()).unwrap();
        body["requests"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["url"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Answers every open item with what `part` makes of its address.
    fn sweep(reread: &mut Reread, part: impl Fn(&str) -> (u16, Value)) -> usize {
        let rounds = reread.rounds(&base());
        for round in &rounds {
            let responses: Vec<Value> = urls(round)
                .iter()
                .enumerate()
                .map(|(index, url)| {
                    let (status, body) = part(url);
                    json!({"id": (index + 1).to_string(), "status": status, "headers": {"Retry-After": "3"}, "body": body})
                })
                .collect();
            reread.take(round, &answer(200, json!({"responses": responses}))).unwrap();
        }
        rounds.len()
    }

    fn finish(mut reread: Reread) -> Vec<Settled> {
        reread.give_up();
        reread.settled()
    }

    #[test]
    fn reads_a_hundred_items_in_five_batches() {
        let mut reread = Reread::new(files(100), Selection::Whole);
        let rounds =
            sweep(&mut reread, |_| (200, json!({"file": {}, "@microsoft.graph.downloadUrl": "https://f/1"})));
        assert_eq!((rounds, reread.rounds(&base()).len()), (5, 0));
        assert!(finish(reread).iter().all(|settled| settled.answer.is_ok()));
    }

    #[test]
    fn reads_a_file_without_address_once_more_and_joins() {
        let mut reread = Reread::new(files(1), Selection::Whole);
        sweep(&mut reread, |url| {
            assert!(url.starts_with("/drives/d/items/f0?$select=") && url.ends_with(",content.downloadUrl"));
            (200, json!({"id": "f0", "file": {}, "sharepointIds": {"listId": "l"}}))
        });
        sweep(&mut reread, |url| {
            assert_eq!(url, "/drives/d/items/f0");
            (200, json!({"id": "f0", "file": {}, "@microsoft.graph.downloadUrl": "https://f/1"}))
        });
        assert!(reread.rounds(&base()).is_empty());
        let item = finish(reread).remove(0).answer.unwrap();
        assert_eq!(item["sharepointIds"]["listId"], "l");
        assert!(DownloadUrl::of_item(&item).is_some());
    }

    #[test]
    fn repeats_only_what_may_pass() {
        let mut reread = Reread::new(files(3), Selection::Link);
        sweep(&mut reread, |url| match url {
            url if url.contains("f0") => (429, json!({"error": {"code": "TooManyRequests"}})),
            url if url.contains("f1") => (404, json!({"error": {"code": "itemNotFound"}})),
            _ => (200, json!({"@microsoft.graph.downloadUrl": "https://f/2"})),
        });
        assert_eq!(reread.waiting_for().unwrap().retry_after(), Some(3));
        assert!(reread.refused_token().is_none());
        assert_eq!(urls(&reread.rounds(&base())[0]), [format!("/drives/d/items/f0{LINK}")]);
        let codes: Vec<&str> = finish(reread)
            .iter()
            .map(|settled| settled.answer.as_ref().err().map_or("ok", GraphError::code))
            .collect();
        assert_eq!(codes, ["throttled", "not_found", "ok"]);
    }

    #[test]
    fn tells_what_is_settled_once() {
        let mut reread = Reread::new(files(3), Selection::Link);
        let is_last = |url: &str| url.contains("f2");
        sweep(&mut reread, |url| (if is_last(url) { 503 } else { 404 }, json!({})));
        let places: Vec<usize> = reread.settled().iter().map(|settled| settled.place).collect();
        assert_eq!(places, [0, 1]);
        assert!(reread.settled().is_empty());
        reread.give_up();
        assert_eq!(reread.settled()[0].place, 2);
    }

    #[test]
    fn waits_for_a_new_token() {
        let mut reread = Reread::new(files(1), Selection::Whole);
        sweep(&mut reread, |_| (401, json!({"error": {"code": "InvalidAuthenticationToken"}})));
        assert!(reread.refused_token().is_some() && reread.rounds(&base()).len() == 1);
    }

    #[test]
    fn follows_a_remote_item_once() {
        let mut reread = Reread::new(files(1), Selection::Whole);
        let shortcut = json!({"id": "x", "remoteItem": {"id": "t", "parentReference": {"driveId": "e"}}});
        sweep(&mut reread, |_| (200, shortcut.clone()));
        sweep(&mut reread, |url| {
            assert!(url.starts_with("/drives/e/items/t?"));
            (
                200,
                json!({"id": "t", "folder": {}, "remoteItem": {"id": "u", "parentReference": {"driveId": "e"}}}),
            )
        });
        assert!(reread.rounds(&base()).is_empty());
        assert_eq!(finish(reread)[0].file, FileRef::parse("e", "t").unwrap());
    }

    #[test]
    fn keeps_items_open_when_the_batch_fails() {
        let mut reread = Reread::new(files(2), Selection::Whole);
        let round = reread.rounds(&base()).remove(0);
        assert_eq!(reread.take(&round, &answer(200, "<html>")).unwrap_err().code(), "malformed");
        assert_eq!(reread.rounds(&base()).len(), 1);
    }

    proptest! {
        #[test]
        fn takes_any_answer_and_ends(bodies in proptest::collection::vec(any_json(), 4), status in 100u16..600) {
            let mut reread = Reread::new(files(4), Selection::Whole);
            for _ in 0..4 {
                sweep(&mut reread, |url| {
                    let index = url.bytes().filter(u8::is_ascii_digit).count() % 4;
                    (status, bodies[index].clone())
                });
            }
            prop_assert_eq!(finish(reread).len(), 4);
        }
    }
}
