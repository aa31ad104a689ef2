//! Which thumbnails to ask for: those of the rows in view, each once, in batches. What is out of view before it is
//! answered is given up; what cannot be had leaves the icon.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::client::ThumbnailAnswers;
use crate::graph::{BATCH_SIZE, FileRef, GraphError, Item, ThumbnailSize, may_have_thumbnail};

/// How long the rows in view have to rest before their thumbnails are asked for, in milliseconds.
pub const REST_MS: u32 = 200;
/// Files whose thumbnails are kept.
const KEPT: usize = 500;
/// How long an address is good, in milliseconds; Microsoft's hold for about an hour.
const FRESH_MS: u64 = 30 * 60 * 1000;
/// How often the thumbnail of a file is asked for while that fails in passing.
const TRIES: u8 = 2;
/// Requests under way at most.
const PARALLEL: usize = 4;
/// How long nothing is asked for after Graph was busy and did not say for how long, in milliseconds.
const CALM_MS: u64 = 30_000;

/// The thumbnails of one visit. A `T` is a request under way; dropping it gives it up.
#[derive(Debug)]
pub struct Thumbnails<T> {
    known: BTreeMap<FileRef, Entry>,
    under_way: Vec<Request<T>>,
    /// Counts what was looked at, so that the entries that were in view last can be told.
    clock: u64,
    number: u32,
    /// Whether Graph takes batches from this account.
    takes_batches: bool,
    not_before: u64,
}

#[derive(Debug)]
struct Entry {
    /// When the file was changed last; another content has another picture.
    modified: Option<u64>,
    size: ThumbnailSize,
    outcome: Outcome,
    /// When it was answered, in milliseconds since 1970.
    at: u64,
    seen: u64,
}

#[derive(Debug)]
enum Outcome {
    Address(Arc<str>),
    /// There is none, or none can be had.
    Nothing,
    /// It could not be had so often.
    Failed(u8),
}

#[derive(Debug)]
struct Request<T> {
    number: u32,
    size: ThumbnailSize,
    files: Vec<(FileRef, Option<u64>)>,
    /// `None` until it is sent.
    work: Option<T>,
}

/// A request to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThumbnailRequest {
    /// Its number, for [`Thumbnails::sent`] and [`Thumbnails::finish`].
    pub number: u32,
    /// Whose thumbnails to ask for: in a batch if there are several, or if batches are taken.
    pub files: Vec<FileRef>,
    /// Whether to ask by a batch.
    pub as_batch: bool,
}

impl<T> Default for Thumbnails<T> {
    fn default() -> Self {
        Self {
            known: BTreeMap::new(),
            under_way: Vec::new(),
            clock: 0,
            number: 0,
            takes_batches: true,
            not_before: 0,
        }
    }
}

impl<T> Thumbnails<T> {
    /// The address of a file's thumbnail, if it is known.
    pub fn address(&self, item: &Item) -> Option<Arc<str>> {
        let entry = self.known.get(&item.file).filter(|entry| entry.modified == item.modified)?;
        match &entry.outcome {
            Outcome::Address(address) => Some(Arc::clone(address)),
            Outcome::Nothing | Outcome::Failed(_) => None,
        }
    }

    /// The requests to send for the rows in view. Those under way for nothing but rows out of view are given up.
    pub fn requests<'a>(
        &mut self,
        rows: impl Iterator<Item = &'a Item>,
        size: ThumbnailSize,
        now: u64,
    ) -> Vec<ThumbnailRequest> {
        let rows: Vec<&Item> = rows.filter(|item| may_have_thumbnail(item)).collect();
        self.under_way.retain(|request| {
            request.files.iter().any(|(file, _)| rows.iter().any(|item| item.file == *file))
        });
        self.clock += 1;
        let mut wanted = Vec::new();
        for item in rows {
            if self.wants(item, size, now) {
                wanted.push((item.file.clone(), item.modified));
            }
        }
        if now < self.not_before {
            return Vec::new();
        }
        let room = PARALLEL.saturating_sub(self.under_way.len());
        let batch = if self.takes_batches { BATCH_SIZE } else { 1 };
        wanted.chunks(batch).take(room).map(|files| self.begin(files, size)).collect()
    }

    fn begin(&mut self, files: &[(FileRef, Option<u64>)], size: ThumbnailSize) -> ThumbnailRequest {
        self.number = self.number.wrapping_add(1);
        self.under_way.push(Request { number: self.number, size, files: files.to_vec(), work: None });
        let files = files.iter().map(|(file, _)| file.clone()).collect();
        ThumbnailRequest { number: self.number, files, as_batch: self.takes_batches }
    }

    /// Whether the thumbnail of a row in view is to be asked for.
    fn wants(&mut self, item: &Item, size: ThumbnailSize, now: u64) -> bool {
        let clock = self.clock;
        let is_asked = self
            .under_way
            .iter()
            .any(|request| request.size >= size && request.files.iter().any(|(file, _)| *file == item.file));
        let Some(entry) = self.known.get_mut(&item.file) else { return !is_asked };
        entry.seen = clock;
        let is_of_content = entry.modified == item.modified;
        let is_good = match entry.outcome {
            Outcome::Address(_) => entry.size >= size && now < entry.at.saturating_add(FRESH_MS),
            Outcome::Nothing => true,
            Outcome::Failed(times) => times >= TRIES,
        };
        !(is_asked || is_of_content && is_good)
    }

    /// Notes that a request was sent.
    pub fn sent(&mut self, number: u32, work: T) {
        if let Some(request) = self.under_way.iter_mut().find(|request| request.number == number) {
            request.work = Some(work);
        }
    }

    /// Takes what a request came to.
    pub fn finish(&mut self, number: u32, answers: Result<ThumbnailAnswers, GraphError>, now: u64) {
        let Some(place) = self.under_way.iter().position(|request| request.number == number) else { return };
        let Request { size, files, .. } = self.under_way.swap_remove(place);
        let answers = match answers {
            Ok(answers) => answers,
            Err(error) if self.takes_batches && is_refusal(&error) => {
                // Each by itself, then.
                self.takes_batches = false;
                return;
            }
            Err(error) => files.iter().map(|_| Err(error.clone())).collect(),
        };
        for ((file, modified), answer) in files.into_iter().zip(answers) {
            if let Err(
                GraphError::Throttled { retry_after, .. } | GraphError::Unavailable { retry_after, .. },
            ) = &answer
            {
                let wait = retry_after.map_or(CALM_MS, |seconds| u64::from(seconds) * 1_000);
                self.not_before = self.not_before.max(now.saturating_add(wait));
            }
            let failed = match self.known.get(&file) {
                Some(Entry { outcome: Outcome::Failed(times), .. }) => *times,
                _ => 0,
            };
            let outcome = match answer {
                Ok(Some(address)) => Outcome::Address(address.into()),
                Ok(None) => Outcome::Nothing,
                Err(error) if is_refusal(&error) => Outcome::Nothing,
                Err(_) => Outcome::Failed(failed.saturating_add(1)),
            };
            self.known.insert(file, Entry { modified, size, outcome, at: now, seen: self.clock });
        }
        self.forget();
    }

    /// Forgets everything, as for another account.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Forgets what was longest out of view, a quarter at a time.
    fn forget(&mut self) {
        if self.known.len() <= KEPT {
            return;
        }
        let mut seen: Vec<u64> = self.known.values().map(|entry| entry.seen).collect();
        seen.sort_unstable();
        let oldest = seen.get(seen.len() - KEPT * 3 / 4).copied().unwrap_or_default();
        self.known.retain(|_, entry| entry.seen >= oldest);
        // All of the same age would stay.
        while self.known.len() > KEPT {
            self.known.pop_first();
        }
    }
}

/// Whether Graph has said no, rather than not now: of a batch, that it takes none; of a file, that there is nothing.
fn is_refusal(error: &GraphError) -> bool {
    matches!(
        error,
        GraphError::BadRequest(_)
            | GraphError::NotSupported(_)
            | GraphError::NotFound(_)
            | GraphError::Forbidden(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picker::testing::{file, folder};
    use proptest::prelude::*;
    use std::rc::{Rc, Weak};

    const NOW: u64 = 1_700_000_000_000;
    const SMALL: ThumbnailSize = ThumbnailSize::Small;

    fn videos(range: std::ops::Range<u32>) -> Vec<Item> {
        range.map(|number| file(&format!("{number}.mp4"))).collect()
    }

    fn ask(thumbnails: &mut Thumbnails<Rc<()>>, rows: &[Item]) -> Vec<ThumbnailRequest> {
        thumbnails.requests(rows.iter(), SMALL, NOW)
    }

    fn send(thumbnails: &mut Thumbnails<Rc<()>>, request: &ThumbnailRequest) -> Weak<()> {
        let work = Rc::new(());
        let watched = Rc::downgrade(&work);
        thumbnails.sent(request.number, work);
        watched
    }

    fn addresses(request: &ThumbnailRequest) -> ThumbnailAnswers {
        request.files.iter().map(|file| Ok(Some(format!("https://t/{}", file.item.as_str())))).collect()
    }

    fn throttled(retry_after: Option<u32>) -> GraphError {
        GraphError::Throttled { retry_after, trace: Default::default() }
    }

    #[test]
    fn asks_for_twenty_in_a_batch_and_for_each_once() {
        let mut thumbnails = Thumbnails::default();
        let mut rows = videos(0..30);
        rows.extend([folder("F"), file("a.mp3"), file("a.zip")]);
        let requests = ask(&mut thumbnails, &rows);
        let sizes: Vec<usize> = requests.iter().map(|request| request.files.len()).collect();
        assert_eq!(sizes, [20, 10], "no folders, and nothing that has none");
        assert!(requests.iter().all(|request| request.as_batch));
        assert_eq!(ask(&mut thumbnails, &rows), [], "they are under way");
        for request in &requests {
            thumbnails.finish(request.number, Ok(addresses(request)), NOW);
        }
        assert_eq!(ask(&mut thumbnails, &rows), [], "they are known");
        assert_eq!(thumbnails.address(&rows[3]).as_deref(), Some("https://t/3.mp4"));
        assert_eq!(thumbnails.address(&rows[30]), None);
    }

    #[test]
    fn gives_up_what_is_out_of_view_before_it_is_answered() {
        let mut thumbnails = Thumbnails::default();
        let requests = ask(&mut thumbnails, &videos(0..20));
        let overtaken = send(&mut thumbnails, &requests[0]);
        let requests = ask(&mut thumbnails, &videos(15..35));
        let kept = overtaken.strong_count() == 1;
        assert!(kept, "some of its rows are still in view");
        assert_eq!(requests[0].files.len(), 15, "the others are not asked for twice");
        let next = send(&mut thumbnails, &requests[0]);
        ask(&mut thumbnails, &videos(100..120));
        assert_eq!((overtaken.strong_count(), next.strong_count()), (0, 0));
        thumbnails.finish(requests[0].number, Ok(addresses(&requests[0])), NOW);
        assert_eq!(thumbnails.address(&videos(20..21)[0]), None, "what was given up tells nothing");
    }

    #[test]
    fn asks_one_by_one_where_batches_are_refused() {
        let mut thumbnails = Thumbnails::default();
        let rows = videos(0..10);
        let requests = ask(&mut thumbnails, &rows);
        thumbnails.finish(requests[0].number, Err(GraphError::NotSupported(Default::default())), NOW);
        let mut asked = 0;
        loop {
            let requests = ask(&mut thumbnails, &rows);
            if requests.is_empty() {
                break;
            }
            assert!(requests.len() <= PARALLEL, "few at a time");
            for request in requests {
                assert!(request.files.len() == 1 && !request.as_batch);
                asked += 1;
                thumbnails.finish(request.number, Ok(addresses(&request)), NOW);
            }
        }
        assert_eq!(asked, 10);
    }

    #[test]
    fn leaves_the_icon_where_there_is_none_and_never_asks_for_ever() {
        let rows = videos(0..1);
        for (error, expected) in [
            (GraphError::NotFound(Default::default()), 1),
            (GraphError::Forbidden(Default::default()), 1),
            (GraphError::Unavailable { retry_after: Some(0), trace: Default::default() }, 2),
        ] {
            let mut thumbnails = Thumbnails::<Rc<()>>::default();
            let mut asked = 0;
            while let [request] = ask(&mut thumbnails, &rows).as_slice() {
                asked += 1;
                thumbnails.finish(request.number, Ok(vec![Err(error.clone())]), NOW);
            }
            assert_eq!((asked, thumbnails.address(&rows[0])), (expected, None), "{error:?}");
        }
        let mut thumbnails = Thumbnails::<Rc<()>>::default();
        let request = &ask(&mut thumbnails, &rows)[0];
        thumbnails.finish(request.number, Ok(vec![Ok(None)]), NOW);
        assert_eq!(ask(&mut thumbnails, &rows), []);
    }

    #[test]
    fn leaves_graph_alone_while_it_is_busy() {
        for (retry_after, wait) in [(Some(7), 7_000), (None, CALM_MS)] {
            let mut thumbnails = Thumbnails::<Rc<()>>::default();
            let rows = videos(0..2);
            let request = &ask(&mut thumbnails, &rows)[0];
            thumbnails.finish(request.number, Err(throttled(retry_after)), NOW);
            assert_eq!(thumbnails.requests(rows.iter(), SMALL, NOW + wait - 1), []);
            assert_eq!(thumbnails.requests(rows.iter(), SMALL, NOW + wait).len(), 1);
        }
    }

    #[test]
    fn asks_again_for_another_content_a_larger_size_and_an_old_address() {
        let mut thumbnails = Thumbnails::<Rc<()>>::default();
        let rows = videos(0..1);
        let request = &ask(&mut thumbnails, &rows)[0];
        thumbnails.finish(request.number, Ok(addresses(request)), NOW);
        let changed = [Item { modified: Some(7), ..rows[0].clone() }];
        for (rows, size, now, expected) in [
            (rows.as_slice(), SMALL, NOW, 0),
            (&changed, SMALL, NOW, 1),
            (&rows, ThumbnailSize::Medium, NOW, 1),
            (&rows, SMALL, NOW + FRESH_MS, 1),
        ] {
            let requests = thumbnails.requests(rows.iter(), size, now);
            assert_eq!(requests.len(), expected);
            thumbnails.under_way.clear();
        }
        assert_eq!(thumbnails.address(&changed[0]), None, "the picture is of what it was before");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

        #[test]
        fn keeps_what_was_in_view_last(views in prop::collection::vec(0u32..5_000, 1..80)) {
            let mut thumbnails = Thumbnails::<Rc<()>>::default();
            for first in views {
                let rows = videos(first..first + 26);
                for request in ask(&mut thumbnails, &rows) {
                    thumbnails.finish(request.number, Ok(addresses(&request)), NOW);
                }
                prop_assert!(thumbnails.known.len() <= KEPT);
                prop_assert!(rows.iter().all(|row| thumbnails.address(row).is_some()));
            }
        }
    }
}
