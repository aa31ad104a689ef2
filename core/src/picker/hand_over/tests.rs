//! Hand-overs that go well, badly, late and twice.

mod waiting;

use super::*;
use crate::graph::MediaKind;
use crate::host::{ItemReference, Moderation};
use crate::picker::testing::{file, file_ref};
use proptest::prelude::*;

fn departure(name: &str) -> Departure {
    Departure { item: file(name), path: String::new() }
}

fn report(name: &str, state: ImportState) -> ImportItem {
    let item = ItemReference { drive_id: "b!drive".to_owned(), id: name.to_owned() };
    ImportItem {
        item,
        state,
        entry_id: None,
        handed_over: None,
        is_held_up: false,
        moderation: Moderation::None,
    }
}

fn failed() -> ImportState {
    ImportState::Failed { code: "expired".to_owned(), message: String::new() }
}

fn names(files: &[FileRef]) -> Vec<&str> {
    files.iter().map(|file| file.item.as_str()).collect()
}

/// A hand-over of three files, the last of which is gone.
fn confirmed() -> HandOver {
    let mut hand_over = HandOver::default();
    assert!(hand_over.begin(vec![departure("a.mp4"), departure("b.mp4"), departure("c.mp4")]));
    assert_eq!(hand_over.hand_over(), None, "not before every file is decided");
    hand_over.confirmed(&file_ref("a.mp4"), Ok(file("a.mp4")));
    assert_eq!(hand_over.stage(), Stage::Confirming { done: 1, total: 3 });
    hand_over.confirmed(&file_ref("b.mp4"), Ok(file("b.mp4")));
    hand_over.confirmed(&file_ref("c.mp4"), Err(ItemProblem::Gone));
    hand_over
}

fn importing() -> HandOver {
    let mut hand_over = confirmed();
    hand_over.hand_over();
    hand_over.accepted(1_000);
    hand_over
}

#[test]
fn names_what_cannot_go_and_lets_the_rest_go_on() {
    let mut hand_over = confirmed();
    assert_eq!(hand_over.hand_over(), Some(Next::Send(vec![file_ref("a.mp4"), file_ref("b.mp4")])));
    assert_eq!(hand_over.stage(), Stage::HandingOver);
    assert_eq!(names(&hand_over.accepted(0)), ["a.mp4", "b.mp4", "c.mp4"]);
    assert_eq!(hand_over.stage(), Stage::Importing);
    let states: Vec<_> = hand_over.lines().iter().map(|line| line.state.is_under_way()).collect();
    assert_eq!(states, [true, true, false]);
}

#[test]
fn goes_on_after_a_reload_with_what_the_host_was_given() {
    let before = importing();
    let given: Vec<Item> = before.given().cloned().collect();
    assert!(!given.is_empty());
    let mut hand_over = HandOver::default();
    hand_over.resume(given.clone(), 1_000);
    hand_over.resume(given.clone(), 2_000);
    assert_eq!((hand_over.lines().len(), hand_over.stage()), (given.len(), Stage::Choosing));
    assert!(hand_over.is_silent() && hand_over.was_given(&given[0].file));
    hand_over.report(&report("a.mp4", ImportState::Ready));
    hand_over.show_import();
    assert_eq!(hand_over.sums(3_000).ready, 1);
}

#[test]
fn the_first_report_breaks_the_silence_whatever_it_says() {
    let mut hand_over = importing();
    assert!(hand_over.is_silent());
    hand_over.report(&report("a.mp4", ImportState::Queued));
    assert!(!hand_over.is_silent());
}

#[test]
fn knows_what_the_host_was_given() {
    let mut hand_over = HandOver::default();
    assert!(hand_over.begin(vec![departure("a.mp4"), departure("b.mp4")]));
    let known =
        |hand_over: &HandOver| ["a.mp4", "b.mp4", "c.mp4"].map(|name| hand_over.was_given(&file_ref(name)));
    hand_over.confirmed(&file_ref("a.mp4"), Ok(file("a.mp4")));
    hand_over.confirmed(&file_ref("b.mp4"), Err(ItemProblem::Gone));
    assert_eq!(known(&hand_over), [false; 3], "nothing was posted yet");
    hand_over.hand_over();
    assert_eq!(known(&hand_over), [true, false, false]);
    hand_over.refused();
    assert_eq!(known(&hand_over), [true, false, false], "it had the links");
    hand_over.accepted(1_000);
    assert_eq!(known(&hand_over), [true, false, false]);
}

#[test]
fn follows_the_import_to_its_end() {
    let mut hand_over = importing();
    assert!(!hand_over.is_reported);
    hand_over.report(&report("a.mp4", ImportState::Importing { percent: Some(40) }));
    assert!(hand_over.is_reported);
    hand_over.report(&report("a.mp4", ImportState::Ready));
    assert_eq!(hand_over.stage(), Stage::Importing);
    hand_over.report(&report("b.mp4", failed()));
    assert_eq!(hand_over.stage(), Stage::Done);
    let sums = hand_over.sums(2_000);
    assert_eq!((sums.ready, sums.failed, sums.to_go, sums.percent), (1, 2, 0, 100));
}

#[test]
fn hands_over_once_however_often_the_button_is_pressed() {
    let mut hand_over = HandOver::default();
    assert!(hand_over.begin(vec![departure("a.mp4")]));
    assert!(!hand_over.begin(vec![departure("a.mp4")]));
    hand_over.confirmed(&file_ref("a.mp4"), Ok(file("a.mp4")));
    assert!(hand_over.hand_over().is_some());
    assert_eq!(hand_over.hand_over(), None);
    assert!(!hand_over.begin(vec![departure("b.mp4")]));
    assert!(!HandOver::default().begin(Vec::new()));
}

#[test]
fn a_refusal_keeps_the_choice() {
    let mut hand_over = confirmed();
    hand_over.hand_over();
    hand_over.refused();
    assert_eq!(hand_over.stage(), Stage::Choosing);
    assert!(hand_over.lines().is_empty(), "nothing left the basket");
    assert!(hand_over.begin(vec![departure("a.mp4")]));
}

#[test]
fn a_refused_retry_leads_back_to_the_import() {
    let mut hand_over = importing();
    hand_over.report(&report("b.mp4", failed()));
    assert!(hand_over.begin(hand_over.all_again()));
    hand_over.report(&report("a.mp4", ImportState::Ready));
    hand_over.confirmed(&file_ref("b.mp4"), Ok(file("b.mp4")));
    hand_over.hand_over();
    hand_over.refused();
    assert_eq!(hand_over.stage(), Stage::Done);
    assert!(hand_over.again(&file_ref("b.mp4")).is_some());
}

#[test]
fn a_host_that_accepts_late_has_accepted() {
    let mut hand_over = confirmed();
    hand_over.hand_over();
    hand_over.refused();
    assert_eq!(hand_over.accepted(0).len(), 3);
    assert_eq!(hand_over.stage(), Stage::Importing);
    assert!(hand_over.accepted(0).is_empty(), "only once");
}

#[test]
fn a_late_acceptance_does_not_disturb_a_new_round() {
    let mut hand_over = confirmed();
    hand_over.hand_over();
    hand_over.refused();
    hand_over.begin(vec![departure("a.mp4")]);
    assert!(hand_over.accepted(0).is_empty());
    assert_eq!(hand_over.stage(), Stage::Confirming { done: 0, total: 1 });
}

#[test]
fn without_an_answer_from_microsoft_nothing_is_decided() {
    let mut hand_over = confirmed();
    hand_over.undecided();
    assert_eq!((hand_over.stage(), hand_over.lines().len()), (Stage::Choosing, 0));
}

#[test]
fn does_not_ask_the_host_when_nothing_may_go() {
    let mut hand_over = HandOver::default();
    hand_over.begin(vec![departure("a.mp4")]);
    hand_over.confirmed(&file_ref("a.mp4"), Err(ItemProblem::Forbidden));
    assert_eq!(hand_over.hand_over(), Some(Next::NothingLeft(vec![file_ref("a.mp4")])));
    assert_eq!(hand_over.stage(), Stage::Done);
    assert_eq!(hand_over.lines()[0].state, LineState::Failed(Trouble::Problem(ItemProblem::Forbidden)));
}

#[test]
fn a_failed_file_goes_again_on_its_own_line() {
    let mut hand_over = importing();
    hand_over.report(&report("a.mp4", ImportState::Ready));
    hand_over.report(&report("b.mp4", failed()));
    assert_eq!(hand_over.again(&file_ref("a.mp4")), None);
    assert_eq!(hand_over.again(&file_ref("c.mp4")), None, "what is gone does not come back");
    let again = hand_over.all_again();
    assert_eq!(again, [departure("b.mp4")]);
    assert!(hand_over.begin(again));
    hand_over.confirmed(&file_ref("b.mp4"), Ok(file("b.mp4")));
    hand_over.hand_over();
    hand_over.accepted(9_000);
    assert_eq!(hand_over.lines().len(), 3);
    assert_eq!(hand_over.stage(), Stage::Importing);
    hand_over.report(&report("b.mp4", ImportState::Ready));
    assert_eq!(hand_over.stage(), Stage::Done);
}

#[test]
fn a_changed_file_goes_as_it_is_now() {
    let now = Item { size: Some(7), ..file("a.mp4") };
    let mut hand_over = HandOver::default();
    hand_over.begin(vec![departure("a.mp4")]);
    hand_over.confirmed(&file_ref("a.mp4"), Err(ItemProblem::Changed(Box::new(now.clone()))));
    hand_over.hand_over();
    assert_eq!(hand_over.again(&file_ref("a.mp4")).unwrap().item, now);
}

#[test]
fn a_file_under_way_is_not_handed_over_again() {
    let mut hand_over = importing();
    hand_over.choose_more();
    assert_eq!(hand_over.stage(), Stage::Choosing);
    assert!(!hand_over.begin(vec![departure("a.mp4")]));
    assert!(hand_over.begin(vec![departure("a.mp4"), departure("d.mp4")]));
    assert_eq!(hand_over.stage(), Stage::Confirming { done: 0, total: 1 });
}

#[test]
fn the_import_goes_on_while_more_is_chosen() {
    let mut hand_over = importing();
    hand_over.choose_more();
    hand_over.report(&report("a.mp4", ImportState::Ready));
    hand_over.report(&report("b.mp4", ImportState::Ready));
    assert_eq!(hand_over.stage(), Stage::Choosing);
    hand_over.show_import();
    assert_eq!(hand_over.stage(), Stage::Done);
    let mut nothing = HandOver::default();
    nothing.show_import();
    assert_eq!(nothing.stage(), Stage::Choosing);
}

#[test]
fn messages_in_the_wrong_order_turn_nothing_back() {
    let mut hand_over = importing();
    for (state, expected) in [
        (ImportState::Importing { percent: Some(40) }, LineState::Running(Some(40))),
        (ImportState::Importing { percent: Some(20) }, LineState::Running(Some(40))),
        (ImportState::Importing { percent: None }, LineState::Running(Some(40))),
        (ImportState::Queued, LineState::Running(Some(40))),
        (ImportState::Ready, LineState::Ready { entry_id: None, moderation: Moderation::None }),
        (failed(), LineState::Ready { entry_id: None, moderation: Moderation::None }),
    ] {
        hand_over.report(&report("a.mp4", state));
        assert_eq!(hand_over.line(&file_ref("a.mp4")).unwrap().state, expected);
    }
    let entry_id = Some("1_abcd".to_owned());
    hand_over.report(&ImportItem { entry_id: entry_id.clone(), ..report("a.mp4", ImportState::Ready) });
    assert_eq!(
        hand_over.line(&file_ref("a.mp4")).unwrap().state,
        LineState::Ready { entry_id, moderation: Moderation::None }
    );
    hand_over.report(&report("b.mp4", failed()));
    hand_over.report(&report("b.mp4", ImportState::Queued));
    assert!(
        hand_over.line(&file_ref("b.mp4")).unwrap().state.is_under_way(),
        "a host may try again by itself"
    );
    hand_over.report(&report("c.mp4", ImportState::Ready));
    assert!(!hand_over.line(&file_ref("c.mp4")).unwrap().state.is_under_way());
    let lines = hand_over.lines().len();
    hand_over.report(&report("stranger.mp4", ImportState::Ready));
    assert_eq!(hand_over.lines().len(), lines, "nobody asked for that file");
}

#[test]
fn tells_how_long_it_may_take() {
    let sized =
        |name: &str, size| Departure { item: Item { size: Some(size), ..file(name) }, path: String::new() };
    let mut hand_over = HandOver::default();
    hand_over.begin(vec![sized("a.mp4", 100_000_000), sized("b.mp4", 300_000_000)]);
    for name in ["a.mp4", "b.mp4"] {
        let item = hand_over.round.iter().find(|entry| &*entry.departure.item.name == name).unwrap();
        let item = item.departure.item.clone();
        hand_over.confirmed(&file_ref(name), Ok(item));
    }
    hand_over.hand_over();
    hand_over.accepted(10_000);
    assert_eq!(hand_over.sums(11_000).left, None);
    hand_over.report(&report("a.mp4", ImportState::Ready));
    let sums = hand_over.sums(20_000);
    assert_eq!((sums.bytes_done, sums.bytes, sums.percent), (100_000_000, 400_000_000, 25));
    assert!((29_000..31_000).contains(&sums.left.unwrap()), "{sums:?}");
    hand_over.report(&report("b.mp4", failed()));
    assert_eq!(hand_over.sums(20_000).percent, 100);
}

#[derive(Clone, Debug)]
enum Event {
    Begin(Vec<u8>),
    Confirm(u8, bool),
    HandOver,
    Accepted,
    Refused,
    Undecided,
    Report(u8, u8),
    More,
    Show,
    Retry,
}

fn events() -> impl Strategy<Value = Event> {
    prop_oneof![
        prop::collection::vec(0u8..6, 0..4).prop_map(Event::Begin),
        (0u8..6, any::<bool>()).prop_map(|(number, good)| Event::Confirm(number, good)),
        Just(Event::HandOver),
        Just(Event::Accepted),
        Just(Event::Refused),
        Just(Event::Undecided),
        (0u8..6, 0u8..4).prop_map(|(number, state)| Event::Report(number, state)),
        Just(Event::More),
        Just(Event::Show),
        Just(Event::Retry),
    ]
}

proptest! {
    #[test]
    fn loses_no_file_and_shows_none_twice(events in prop::collection::vec(events(), 0..60)) {
        let name = |number: u8| format!("{number}.mp4");
        let mut hand_over = HandOver::default();
        let mut ready: Vec<FileRef> = Vec::new();
        for event in events {
            match event {
                Event::Begin(numbers) => {
                    let files: Vec<Departure> = numbers.iter().map(|number| departure(&name(*number))).collect();
                    hand_over.begin(files);
                }
                Event::Confirm(number, good) => {
                    let verdict = if good { Ok(file(&name(number))) } else { Err(ItemProblem::MediaKind(Some(MediaKind::Image))) };
                    hand_over.confirmed(&file_ref(&name(number)), verdict);
                }
                Event::HandOver => match hand_over.hand_over() {
                    Some(Next::NothingLeft(left)) => {
                        prop_assert!(left.iter().all(|file| hand_over.line(file).is_some()));
                        ready.retain(|file| !left.contains(file));
                    }
                    Some(Next::Send(files)) => prop_assert!(!files.is_empty()),
                    None => {}
                },
                Event::Accepted => {
                    let left = hand_over.accepted(0);
                    prop_assert!(left.iter().all(|file| hand_over.line(file).is_some()));
                    ready.retain(|file| !left.contains(file));
                }
                Event::Refused => hand_over.refused(),
                Event::Undecided => hand_over.undecided(),
                Event::Report(number, state) => {
                    let state = match state {
                        0 => ImportState::Queued,
                        1 => ImportState::Importing { percent: Some(number) },
                        2 => ImportState::Ready,
                        _ => failed(),
                    };
                    hand_over.report(&report(&name(number), state));
                }
                Event::More => hand_over.choose_more(),
                Event::Show => hand_over.show_import(),
                Event::Retry => drop(hand_over.begin(hand_over.all_again())),
            }
            let mut lines: Vec<&FileRef> = hand_over.lines().iter().map(|line| &line.item.file).collect();
            lines.sort();
            let count = lines.len();
            lines.dedup();
            prop_assert_eq!(lines.len(), count);
            for file in &ready {
                let state = hand_over.line(file).map(|line| &line.state);
                prop_assert!(matches!(state, Some(LineState::Ready { .. })), "{:?}", state);
            }
            ready = hand_over.lines().iter().filter(|line| matches!(line.state, LineState::Ready { .. })).map(|line| line.item.file.clone()).collect();
            let under_way = hand_over.lines().iter().any(|line| line.state.is_under_way());
            match hand_over.stage() {
                Stage::Importing => prop_assert!(under_way),
                Stage::Done => prop_assert!(!under_way),
                Stage::Confirming { done, total } => prop_assert!(done <= total),
                Stage::Choosing | Stage::HandingOver => {}
            }
            prop_assert!(hand_over.sums(5_000).percent <= 100);
        }
    }
}
