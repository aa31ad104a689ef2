//! What the host tells beside the state: files not handed over, waits, approval.

use super::*;

#[test]
fn says_how_many_files_still_need_the_page_if_the_host_tells() {
    let mut hand_over = importing();
    hand_over.report(&report("a.mp4", ImportState::Queued));
    assert_eq!(hand_over.sums(0).to_hand_over, 0, "a host that tells nothing has all files");
    for (name, handed_over, expected) in [
        ("a.mp4", Some(false), (2, 2)),
        ("b.mp4", Some(true), (1, 2)),
        ("a.mp4", None, (1, 2)),
        ("a.mp4", Some(true), (0, 2)),
    ] {
        hand_over
            .report(&ImportItem { handed_over, ..report(name, ImportState::Importing { percent: None }) });
        let sums = hand_over.sums(0);
        assert_eq!((sums.to_hand_over, sums.taken), expected, "{name} {handed_over:?}");
    }
}

#[test]
fn a_wait_is_shown_until_the_host_goes_on() {
    let mut hand_over = importing();
    for is_held_up in [true, false] {
        hand_over.report(&ImportItem { is_held_up, ..report("a.mp4", ImportState::Queued) });
        assert_eq!(hand_over.sums(0).is_held_up, is_held_up);
    }
}

#[test]
fn what_waits_for_approval_is_ready_and_may_be_approved_later() {
    let mut hand_over = importing();
    for moderation in [Moderation::Pending, Moderation::None] {
        hand_over.report(&ImportItem { moderation, ..report("a.mp4", ImportState::Ready) });
        let expected = LineState::Ready { entry_id: None, moderation };
        assert_eq!(hand_over.line(&file_ref("a.mp4")).map(|line| &line.state), Some(&expected));
    }
    assert_eq!(hand_over.sums(0).ready, 1);
}
