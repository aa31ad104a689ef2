//! The step "Kaltura session": what a pasted session may do, and that nothing of it is left.

use onedrive_simulator::kaltura::{EntryStatus, NewSession, SessionPreset};

use crate::story::Story;

impl Story {
    /// Opens the step and checks a session.
    async fn check_session(&self, preset: SessionPreset) -> String {
        let ks = self.simulator.kaltura().start(NewSession::of("noa.bar-lev", preset));
        self.open_assistant().await;
        self.go_to_the_last_step().await;
        self.browser.click("button", "Next: Kaltura session").await;
        self.see_step(6).await;
        self.fill("Address of Kaltura’s API", &self.simulator.origins().kaltura).await;
        self.paste("kaltura-session", &ks).await;
        self.browser.click("button", "Check this session").await;
        self.browser.hear("status", "The session was checked").await;
        ks
    }

    /// No test entry is left, and the session is nowhere.
    async fn nothing_is_left(&self, ks: &str) {
        let entries = self.simulator.kaltura().entries();
        assert!(!entries.is_empty());
        assert!(entries.iter().all(|entry| entry.status == EntryStatus::Deleted), "{entries:?}");
        let script = "return JSON.stringify({ ...localStorage, ...sessionStorage }) + location.href + \
                      [...document.querySelectorAll('input')].map((field) => field.value).join()";
        let kept: String = self.browser.ask(script).await;
        assert!(!kept.contains(ks), "the session is forgotten");
    }
}

#[tokio::test]
async fn tells_what_a_plain_session_lacks_and_how_to_give_it() {
    let story = Story::begin().await;
    story.simulator.kaltura().switch(|switches| switches.moderation = true);
    let ks = story.check_session(SessionPreset::PlainUser).await;
    for check in ["Know the user (user.get)", "Add an entry", "The test entries are deleted"] {
        assert!(story.verdict(check).await.contains("Passed"), "{check}");
    }
    for (check, remedy) in [
        ("Keep the reference (referenceId)", "CONTENT_INGEST_REFERENCE_MODIFY"),
        ("Set adminTags", "editadmintags:*"),
        ("Set categories", "categoryEntry.add"),
        ("Add captions", "CAPTION_MODIFY"),
        ("Entries need no approval", "moderator"),
    ] {
        let verdict = story.verdict(check).await;
        assert!(verdict.contains(remedy), "{check}: {verdict}");
    }
    story.nothing_is_left(&ks).await;
}

#[tokio::test]
async fn passes_a_session_that_may_do_everything() {
    let story = Story::begin().await;
    let ks = story.check_session(SessionPreset::Administrator).await;
    for check in ["Keep the reference (referenceId)", "Set adminTags", "Set categories", "Add captions"] {
        assert!(story.verdict(check).await.contains("Passed"), "{check}");
    }
    story.nothing_is_left(&ks).await;
}

#[tokio::test]
async fn says_that_a_session_has_ended() {
    let story = Story::begin().await;
    story.simulator.kaltura().switch(|switches| switches.session_ends_after_calls = Some(0));
    story.check_session(SessionPreset::PlainUser).await;
    let verdict = story.verdict("Add an entry").await;
    assert!(verdict.contains("Copy a new one"), "{verdict}");
    assert!(story.simulator.kaltura().entries().is_empty());
}
