//! Tokens that end: known ahead, in the middle of work, several requests at once, while an import runs.

use onedrive_simulator::drive::{Fault, FaultKind, Party};

use crate::engine::Look;
use crate::story::{NOA, SAVES_DATA, Story};

/// A browser that gives frames of other sites their cookies, so that silent renewal works.
async fn with_cookies_in_frames() -> Story {
    Story::begin_with(Look { third_party_cookies: true, ..Look::default() }).await
}

impl Story {
    /// How many requests for a sign-in Microsoft got, shown or silent.
    fn sign_ins(&self) -> usize {
        let log = self.simulator.world().log().list();
        log.iter().filter(|call| call.party == Party::Identity && call.path.ends_with("/authorize")).count()
    }

    /// How many calls Graph refused.
    fn refused_calls(&self) -> usize {
        let log = self.simulator.world().log().list();
        log.iter().filter(|call| call.party == Party::Graph && call.status == 401).count()
    }

    /// Lets time pass, here and at Microsoft.
    async fn wait_seconds(&self, seconds: u64) {
        let script = format!("const now = Date.now; Date.now = () => now.call(Date) + {seconds}000");
        self.browser.act(&script).await;
        self.simulator.world().advance(seconds);
    }

    /// No question was asked: no second window, no alert.
    async fn sees_no_question(&self) {
        assert_eq!(self.browser.window_count().await, 1);
        assert!(self.browser.all("alert", "").await.is_empty());
    }

    /// "Sign in" in the banner: Microsoft's window opens and closes by itself.
    async fn sign_in_again_by_one_click(&self) {
        let picker = self.browser.window().await;
        let before = self.browser.window_count().await;
        self.browser.hear("alert", "Your sign-in has ended. Your choice is kept.").await;
        self.browser.click("button", "Sign in").await;
        self.browser.see_windows(before).await;
        self.browser.return_to(&picker).await;
    }

    async fn scroll_top(&self) -> u32 {
        self.browser.ask("return Math.round(document.querySelector('[role=grid]').scrollTop)").await
    }
}

#[tokio::test]
async fn a_token_that_is_about_to_end_is_renewed_before_graph_refuses_it() {
    let story = with_cookies_in_frames().await;
    let browser = &story.browser;
    story.visit_picker().await;
    story.sign_in("short@faults.example").await;
    browser.see("grid", "My files").await;
    assert_eq!(story.sign_ins(), 1);
    // The token lives for a minute and is due in the last fifth of it.
    story.wait_seconds(50).await;
    browser.click("link", "Recent").await;
    browser.see("grid", "Recent").await;
    browser.eventually("the renewal", async || (story.sign_ins() == 2).then_some(())).await;
    story.wait_seconds(15).await;
    browser.click("link", "My files").await;
    browser.see("grid", "My files").await;
    browser.see("row", "/, /").await;
    assert_eq!((story.sign_ins(), story.refused_calls()), (2, 0));
    story.sees_no_question().await;
}

#[tokio::test]
async fn a_token_that_has_ended_is_not_sent_any_more() {
    let story = with_cookies_in_frames().await;
    let browser = &story.browser;
    story.visit_picker().await;
    story.sign_in("short@faults.example").await;
    browser.see("row", "/, /").await;
    story.wait_seconds(61).await;
    browser.click("link", "Recent").await;
    browser.see("grid", "Recent").await;
    browser.eventually("the renewal", async || (story.sign_ins() == 2).then_some(())).await;
    assert_eq!(story.refused_calls(), 0);
    story.sees_no_question().await;
}

#[tokio::test]
async fn a_token_refused_in_the_middle_of_work_is_renewed_and_the_request_sent_once_more() {
    let story = with_cookies_in_frames().await;
    let browser = &story.browser;
    browser.before_each_page(SAVES_DATA).await;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    for kind in [FaultKind::Unauthorized, FaultKind::ClaimsChallenge] {
        let (before, refused) = (story.sign_ins(), story.refused_calls());
        story
            .simulator
            .world()
            .faults()
            .add(Fault::new(kind).account(NOA).path("/items/*/children").times(1));
        story.open_folder("Recordings").await;
        browser.see("row", "/^Thesis colloquium/").await;
        browser.see("button", "Import 1 file").await;
        // The second time the rows are there at once, and read anew behind.
        let renewed = (before + 1, refused + 1);
        browser
            .eventually("one renewal", async || {
                ((story.sign_ins(), story.refused_calls()) == renewed).then_some(())
            })
            .await;
        browser.click("link", "My files").await;
        browser.see("row", "/^Campus/").await;
    }
    story.sees_no_question().await;
}

#[tokio::test]
async fn requests_refused_together_share_one_renewal() {
    let story = with_cookies_in_frames().await;
    let browser = &story.browser;
    story.visit_picker_for_many().await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Campus/").await;
    story.simulator.world().directory().revoke_tokens(NOA);
    let (before, refused) = (story.sign_ins(), story.refused_calls());
    // Each folder is counted by requests of its own, all at once.
    browser
        .act(
            "for (const row of document.querySelectorAll('[role=row][aria-selected]')) \
             if (/^(Documents|Radio|Recordings)/.test(row.getAttribute('aria-label'))) row.querySelector('[data-part=check]').click()",
        )
        .await;
    browser.see("button", "/^Import \\d+ files$/").await;
    assert!(story.refused_calls() >= refused + 2, "{} refused", story.refused_calls() - refused);
    assert_eq!(story.sign_ins(), before + 1);
    assert!(!browser.text().await.contains("Your sign-in has ended"));
}

#[tokio::test]
async fn one_need_gets_one_silent_try() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Campus/").await;
    let before = story.sign_ins();
    story.simulator.world().directory().revoke_tokens(NOA);
    for place in ["Recent", "Shared", "My files", "Recent", "My files"] {
        browser.click("link", place).await;
        browser.see("grid", place).await;
        browser.hear("alert", "Your sign-in has ended").await;
    }
    assert_eq!(story.sign_ins(), before + 1);
    story.sign_in_again_by_one_click().await;
    browser.see("row", "/^Campus/").await;
    assert_eq!(story.sign_ins(), before + 2);
}

#[tokio::test]
async fn place_scrolling_and_choice_survive_both_ways() {
    for silently in [true, false] {
        let story = Story::begin_with(Look { third_party_cookies: silently, ..Look::default() }).await;
        let browser = &story.browser;
        story.visit_picker_for_many().await;
        story.sign_in(NOA).await;
        story.choose("Campus.jpg").await;
        story.open_folder("Teaching").await;
        browser.click("link", "My files").await;
        browser.see("row", "/^Campus/").await;
        browser.act("document.querySelector('[role=grid]').scrollTop = 150").await;
        let scrolled = story.scroll_top().await;
        assert!(scrolled > 0);
        story.simulator.world().directory().revoke_tokens(NOA);
        // Choosing a folder asks Graph what is in it.
        browser
            .act(
                "[...document.querySelectorAll('[role=row][aria-selected]')].find((row) => \
                 row.getAttribute('aria-label').startsWith('Teaching')).querySelector('[data-part=check]').click()",
            )
            .await;
        if !silently {
            story.sign_in_again_by_one_click().await;
        }
        browser.see("button", "/^Import \\d+ files$/").await;
        assert_eq!(story.scroll_top().await, scrolled, "silently: {silently}");
        browser.see("grid", "My files").await;
        assert!(browser.all("alert", "").await.is_empty());
    }
}

#[tokio::test]
async fn a_claims_challenge_is_answered_by_one_click_where_frames_get_no_cookies() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    // The token is good for one call, unless it answers a challenge.
    story.sign_in("revoked@faults.example").await;
    browser.click("link", "Recent").await;
    story.sign_in_again_by_one_click().await;
    for place in ["Recent", "My files"] {
        browser.click("link", place).await;
        browser.see("grid", place).await;
    }
    assert!(browser.all("alert", "").await.is_empty());
}

#[tokio::test]
async fn a_running_import_survives_and_its_links_are_fetched_with_the_new_token() {
    for silently in [true, false] {
        let story = Story::begin_with(Look { third_party_cookies: silently, ..Look::default() }).await;
        let browser = &story.browser;
        let host = story.open_v8_host("?quirk=pick-stays").await;
        let picker = browser.window().await;
        story.sign_in(NOA).await;
        story.import_campus().await;
        browser.see("heading", "The files were handed over").await;
        story.simulator.world().directory().revoke_tokens(NOA);
        browser.return_to(&host).await;
        browser
            .act(
                "const { id, parentReference } = host.items[0]; host.post({ type: 'command', id: 'h1', \
                 data: { command: 'refresh-links', items: [{ id, driveId: parentReference.driveId }] } })",
            )
            .await;
        if !silently {
            browser.return_to(&picker).await;
            story.sign_in_again_by_one_click().await;
            browser.see("heading", "The files were handed over").await;
            browser.return_to(&host).await;
        }
        browser.hear("status", "Answer to h1: success").await;
        browser.return_to(&picker).await;
        browser.see("heading", "The files were handed over").await;
        assert!(browser.all("alert", "").await.is_empty());
    }
}

#[tokio::test]
async fn another_account_does_not_go_on_with_the_work_of_the_one_before() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    story.open_folder("Teaching").await;
    let directory = story.simulator.world().directory();
    directory.revoke_tokens(NOA);
    directory.end_sessions();
    browser.click("link", "My files").await;
    browser.hear("alert", "Your sign-in has ended").await;
    let picker = browser.window().await;
    browser.click("button", "Sign in").await;
    let microsoft = story.go_to_microsoft().await;
    let field = browser.see("textbox", "/email/").await;
    field.clear().await.expect("a field");
    field.send_keys("tomas@openu.example").await.expect("a field");
    browser.click("button", "Next").await;
    story.accept_until_closed(&microsoft).await;
    browser.return_to(&picker).await;
    browser.see("button", "/Account: Tom/").await;
    browser.see("button", "Import").await;
    assert!(browser.all("row", "/^Campus/").await.is_empty());
}

#[tokio::test]
async fn a_host_is_asked_again_when_its_token_ends() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_v8_host("?token=account").await;
    browser.see("row", "/^Campus/").await;
    let account = story.simulator.world().accounts()[0].username.clone();
    story.simulator.world().directory().revoke_tokens(&account);
    story.open_folder("Documents").await;
    browser.see("row", "/^Syllabus/").await;
    assert!(browser.all("alert", "").await.is_empty());
    assert_eq!(story.sign_ins(), 0);
}

#[tokio::test]
async fn a_token_of_the_host_that_graph_does_not_take_leads_to_the_card() {
    for query in ["?token=wrong", "?quirk=sharepoint-token"] {
        let story = Story::begin().await;
        story.open_v8_host(query).await;
        story.sign_in(NOA).await;
        story.browser.see("row", "/^Campus/").await;
        assert!(story.browser.all("alert", "").await.is_empty(), "{query}");
    }
}

#[tokio::test]
async fn a_session_kept_in_the_tab_needs_no_sign_in_after_a_reload() {
    let story = Story::begin().await;
    story.keeps_token_in_session.set(true);
    story.simulator.site().set("tokenStorage", "session");
    story.visit_picker().await;
    story.sign_in(NOA).await;
    story.browser.see("row", "/^Campus/").await;
    let before = story.sign_ins();
    story.visit_picker().await;
    story.browser.see("row", "/^Campus/").await;
    assert_eq!(story.sign_ins(), before);
}
