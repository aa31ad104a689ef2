//! Frames, blocked windows and strangers around the page.

use serde_json::Value;
use thirtyfour::WindowHandle;

use crate::accessibility::objections;
use crate::browser::Browser;
use crate::engine::Look;
use crate::story::{NOA, Story};

/// Opens the picker in a frame of a host on another site, and goes into it. Returns the host's window.
async fn open_in_a_foreign_frame(story: &Story, query: &str) -> WindowHandle {
    story.open_v8_frame(&story.simulator.origins().lms, query).await
}

/// "Continue in a new window", and goes there.
async fn continue_in_a_window(story: &Story) -> WindowHandle {
    let before = story.browser.windows().await;
    story.browser.click("button", "Continue in a new window").await;
    story.browser.go_to_window_besides(&before).await
}

#[tokio::test]
async fn a_frame_of_another_site_continues_in_a_window_of_its_own() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = open_in_a_foreign_frame(&story, "").await;
    continue_in_a_window(&story).await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    // The host takes the frame away, and the window goes with it.
    browser.see_windows(1).await;
    browser.return_to(&host).await;
    browser.hear("status", "1 picked.").await;
}

/// The host answers no more token, so that the work goes on by a sign-in of its own, elsewhere.
#[tokio::test]
async fn what_was_chosen_in_a_frame_goes_along_to_its_window() {
    for gone_elsewhere in [false, true] {
        let story = Story::begin().await;
        let browser = &story.browser;
        let host = open_in_a_foreign_frame(&story, "&token=account").await;
        story.choose("Campus.jpg").await;
        story.choose("Podcast jingle.mp3").await;
        browser.see("button", "Import 2 files").await;
        browser.leave_frames().await;
        // A host without a token from now on, and a token that has ended.
        browser.act("document.getElementById('token').value = 'none'").await;
        let account = story.simulator.world().accounts()[0].username.clone();
        story.simulator.world().directory().revoke_tokens(&account);
        browser.enter_frame("OneDrive").await;
        browser.click("link", "Recent").await;
        browser.hear("alert", "Your sign-in has ended. Your choice is kept.").await;
        browser.click("button", "Sign in").await;
        let window = continue_in_a_window(&story).await;
        if gone_elsewhere {
            // Closed by mistake: the frame still has it.
            browser.see("button", "Sign in with Microsoft").await;
            browser.driver.close_window().await.expect("a window");
            browser.return_to(&host).await;
            browser.enter_frame("OneDrive").await;
            continue_in_a_window(&story).await;
        }
        story.sign_in(&account).await;
        browser.see("button", "Import 2 files").await;
        // Not in the address, where a server would read it.
        let address = browser.driver.current_url().await.expect("an address");
        assert!(!address.as_str().contains("sourceItems"), "{address}");
        browser.click("button", "Import 2 files").await;
        browser.see_windows(1).await;
        browser.return_to(&host).await;
        browser.hear("status", "2 picked.").await;
        assert!(!browser.windows().await.contains(&window));
    }
}

#[tokio::test]
async fn the_window_of_a_frame_goes_on_with_what_the_frame_has_handed_over() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = open_in_a_foreign_frame(&story, "&token=account&quirk=pick-stays").await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.see("heading", "The files were handed over").await;
    browser.click("button", "Choose more").await;
    browser.leave_frames().await;
    browser.act("document.getElementById('token').value = 'none'").await;
    let account = story.simulator.world().accounts()[0].username.clone();
    story.simulator.world().directory().revoke_tokens(&account);
    browser.enter_frame("OneDrive").await;
    browser.click("link", "Recent").await;
    let window = continue_in_a_window(&story).await;
    story.sign_in(&account).await;
    browser.see("button", "Show the import").await;
    browser.return_to(&host).await;
    // A host may not add to what was handed over.
    browser
        .act(
            "const { id, parentReference } = host.items[0]; const { driveId } = parentReference; \
             window.answers = []; host.port.addEventListener('message', ({ data }) => { if (data.type === 'result') window.answers.push(data); }); \
             host.post({ type: 'given-before', items: [{ id: '01OTHER', driveId }] }); \
             host.post({ type: 'command', id: 'h1', data: { command: 'refresh-links', items: [{ id, driveId }, { id: '01OTHER', driveId }] } }); \
             host.post({ type: 'notification', data: { notification: 'import-progress', items: [{ id, driveId, state: 'ready' }] } });",
        )
        .await;
    let answer = browser
        .eventually("an answer", async || {
            let answers: Vec<Value> = browser.ask("return window.answers").await;
            answers.into_iter().find(|answer| answer["id"] == "h1")
        })
        .await;
    let links = &answer["data"]["items"];
    let link = links[0]["@microsoft.graph.downloadUrl"].as_str().expect("a link");
    assert!(link.starts_with(&story.simulator.origins().downloads), "{link}");
    assert_eq!(links[1]["error"]["code"], "not_chosen");
    browser.return_to(&window).await;
    browser.click("button", "Show the import").await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
}

#[tokio::test]
async fn the_window_begins_with_what_the_host_has_configured() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = open_in_a_foreign_frame(&story, "&quirk=waits-for-configuration").await;
    browser.leave_frames().await;
    let port = "return !!window.host.port";
    browser.eventually("the handshake", async || browser.ask::<bool>(port).await.then_some(())).await;
    browser
        .act(
            "host.post({ type: 'command', id: 'c', data: { command: 'configure', options: \
             { title: 'Announced', selection: { mode: 'multiple' } } } })",
        )
        .await;
    browser.hear("status", "Answer to c: success").await;
    browser.enter_frame("OneDrive").await;
    continue_in_a_window(&story).await;
    story.sign_in(NOA).await;
    browser.see("heading", "Announced").await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.see_windows(1).await;
    browser.return_to(&host).await;
    browser.hear("status", "1 picked.").await;
}

/// The host asks for a fresh link to what it was given first, and gets one.
async fn ask_for_a_fresh_link(browser: &Browser, id: &str) {
    let script = "const { id, parentReference } = host.items[0]; host.post({ type: 'command', id: arguments[0], \
        data: { command: 'refresh-links', items: [{ id, driveId: parentReference.driveId }] } })";
    browser.driver.execute(script, vec![id.into()]).await.expect("the host's page");
    browser.hear("status", &format!("Answer to {id}: success")).await;
}

#[tokio::test]
async fn the_window_shows_the_import_and_gives_fresh_links_through_the_frame() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = open_in_a_foreign_frame(&story, "&quirk=progress").await;
    let window = continue_in_a_window(&story).await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
    browser.return_to(&host).await;
    ask_for_a_fresh_link(browser, "h1").await;
    browser.return_to(&window).await;
    // Whoever closes the window and opens another goes on with what was handed over in the first.
    browser.driver.close_window().await.expect("a window");
    browser.return_to(&host).await;
    browser.enter_frame("OneDrive").await;
    let again = continue_in_a_window(&story).await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see_windows(2).await;
    browser.return_to(&again).await;
    browser.click("button", "Show the import").await;
    browser.hear("listitem", "Campus").await;
    browser.return_to(&host).await;
    ask_for_a_fresh_link(browser, "h2").await;
    browser.return_to(&again).await;
    browser.click("button", "Done").await;
    browser.see_windows(1).await;
    browser.return_to(&host).await;
    browser.hear("status", "Cancelled.").await;
}

#[tokio::test]
async fn a_window_that_is_closed_leaves_the_frame_as_it_was() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = open_in_a_foreign_frame(&story, "").await;
    continue_in_a_window(&story).await;
    browser.see("button", "Sign in with Microsoft").await;
    browser.driver.close_window().await.expect("a window");
    browser.return_to(&host).await;
    browser.enter_frame("OneDrive").await;
    // And once more, to the end.
    continue_in_a_window(&story).await;
    browser.click("button", "Cancel").await;
    browser.see_windows(1).await;
    browser.return_to(&host).await;
    browser.hear("status", "Cancelled.").await;
}

#[tokio::test]
async fn a_stranger_who_opens_the_window_of_a_frame_hears_nothing() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let lms = &story.simulator.origins().lms;
    browser.visit(&format!("{lms}/hosts/v8.html")).await;
    let stranger = browser.window().await;
    // The stranger is even an allowed host, but the window is only for a frame of the picker's own origin.
    let options = format!("{{\"messaging\":{{\"origin\":\"{lms}\",\"channelId\":\"1\"}}}}");
    let address = format!("{}&continued=1", story.picker_url(&options));
    let before = browser.windows().await;
    browser
        .act(&format!(
            "window.heard = 0; addEventListener('message', () => window.heard++); window.open('{address}', '_blank')"
        ))
        .await;
    let window = browser.go_to_window_besides(&before).await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.see("alert", "").await;
    browser.return_to(&stranger).await;
    assert_eq!(browser.ask::<u32>("return window.heard").await, 0);
    browser.return_to(&window).await;
}

#[tokio::test]
async fn a_frame_of_another_site_signs_in_by_itself_where_the_browser_gives_it_access() {
    let story = Story::begin_with(Look { third_party_cookies: true, ..Look::default() }).await;
    let browser = &story.browser;
    open_in_a_foreign_frame(&story, "").await;
    story.sign_in_in_frame("OneDrive", NOA).await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.leave_frames().await;
    browser.hear("status", "1 picked.").await;
}

#[tokio::test]
async fn a_frame_of_another_site_offers_a_window_when_the_browser_refuses_access() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = open_in_a_foreign_frame(&story, "").await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see_no("button", "Sign in with Microsoft").await;
    assert_eq!(browser.window_count().await, 1);
    continue_in_a_window(&story).await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.see_windows(1).await;
    browser.return_to(&host).await;
    browser.hear("status", "1 picked.").await;
}

#[tokio::test]
async fn axe_finds_nothing_on_the_cards_of_a_frame_and_of_a_blocked_window() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mut found = Vec::new();
    story.visit_picker().await;
    browser.see("button", "Sign in with Microsoft").await;
    browser.act("window.open = () => null").await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("button", "Sign in in this window").await;
    found.extend(objections(browser, "blocked").await);
    let focused: String = browser.ask("return document.activeElement.textContent").await;
    assert_eq!(focused, "Open the window again");

    let host = open_in_a_foreign_frame(&story, "").await;
    browser.see("button", "Continue in a new window").await;
    found.extend(objections(browser, "framed").await);
    continue_in_a_window(&story).await;
    browser.return_to(&host).await;
    browser.enter_frame("OneDrive").await;
    browser.see("heading", "Go on in the other window").await;
    found.extend(objections(browser, "elsewhere").await);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[tokio::test]
async fn a_dialog_of_my_media_inside_a_course_continues_in_a_window_of_its_own() {
    let story = Story::begin_with(Look { width: 1280, height: 900, ..Look::default() }).await;
    let browser = &story.browser;
    browser.visit(&story.simulator.origins().lms).await;
    let course = browser.window().await;
    browser.enter_frame("MediaSpace").await;
    browser.see("heading", "You have no media yet").await;
    story.press_create_in_a_dialog().await;
    let window = continue_in_a_window(&story).await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.hear("status", "1 ready, 0 failed, 0 to go").await;
    browser.return_to(&window).await;
    browser.click("button", "Done").await;
    browser.see_windows(1).await;
    browser.return_to(&course).await;
    browser.enter_frame("MediaSpace").await;
    browser.see("row", "/Campus.*Ready/").await;
}

#[tokio::test]
async fn a_frame_of_another_site_takes_the_token_of_its_host() {
    let story = Story::begin().await;
    let browser = &story.browser;
    open_in_a_foreign_frame(&story, "&token=account").await;
    story.choose("Campus.jpg").await;
    browser.click("button", "Import 1 file").await;
    browser.leave_frames().await;
    browser.hear("status", "1 picked.").await;
}

#[tokio::test]
async fn a_blocked_window_is_noticed_and_opened_by_another_click() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    let picker = browser.window().await;
    browser.see("button", "Sign in with Microsoft").await;
    browser.act("window.openKept = window.open; window.open = () => null").await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("heading", "The sign-in window was blocked").await;
    browser.act("window.open = window.openKept").await;
    browser.click("button", "Open the window again").await;
    let microsoft = story.go_to_microsoft().await;
    story.pick_account(NOA).await;
    story.accept_until_closed(&microsoft).await;
    browser.return_to(&picker).await;
    browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn a_window_that_stays_blocked_lets_this_one_go_to_microsoft_and_come_back() {
    for flow in ["implicit", "code"] {
        let story = Story::begin().await;
        let browser = &story.browser;
        if flow == "code" {
            let application = story.simulator.world().application_id.clone();
            let directory = story.simulator.world().directory();
            assert!(directory.change_registration(&application, |registration| registration.move_to_spa()));
            story.simulator.site().set("flow", flow);
        }
        browser.block_windows().await;
        story.visit_picker().await;
        browser.click("button", "Sign in with Microsoft").await;
        browser.click("button", "Sign in in this window").await;
        story.pick_account(NOA).await;
        browser.click("button", "Accept").await;
        story.open_folder("Teaching").await;
        browser.click("link", "My files").await;
        story.choose("Campus.jpg").await;
        story.open_folder("Recordings").await;
        browser.see("button", "Import 1 file").await;
        // The sign-in ends in the middle of work. Nothing else can be opened, and nothing is lost.
        story.simulator.world().directory().revoke_tokens(NOA);
        story.simulator.world().directory().end_sessions();
        browser.click("link", "My files").await;
        browser.hear("alert", "Your sign-in has ended").await;
        browser.click("button", "Sign in").await;
        browser.click("button", "Sign in in this window").await;
        browser.click("button", "Next").await;
        browser.see("grid", "My files").await;
        browser.see("button", "Import 1 file").await;
        assert_eq!(browser.window_count().await, 1);
        assert!(browser.all("alert", "").await.is_empty());
        let kept: String = browser.ask("return JSON.stringify(sessionStorage)").await;
        assert!(!kept.contains("redirect"), "{kept}");
    }
}

#[tokio::test]
async fn a_window_with_a_host_never_leaves_for_microsoft() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_v8_host("").await;
    browser.see("button", "Sign in with Microsoft").await;
    browser.act("window.open = () => null").await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("heading", "The sign-in window was blocked").await;
    assert!(browser.all("button", "Sign in in this window").await.is_empty());
}

#[tokio::test]
async fn a_frame_that_may_open_no_window_says_so() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_v8_frame(&story.simulator.origins().mediaspace, "&quirk=sandbox-teams").await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("heading", "The sign-in window was blocked").await;
    browser.hear("alert", "open your media site in a tab of its own").await;
    assert!(browser.all("button", "Sign in in this window").await.is_empty());
    browser.click("button", "Cancel").await;
    browser.see("button", "Sign in with Microsoft").await;
}

#[tokio::test]
async fn the_return_page_tells_nothing_to_a_stranger_around_it_or_behind_it() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.visit(&format!("{}/hosts/v8.html", story.simulator.origins().lms)).await;
    let stranger = browser.window().await;
    let answer = format!("{}#access_token=secret&state=known", story.simulator.picker());
    let script = format!(
        "window.heard = []; addEventListener('message', (event) => window.heard.push(JSON.stringify(event.data))); \
         const frame = document.createElement('iframe'); frame.onload = () => {{ window.framed = true; }}; \
         frame.src = '{answer}'; document.body.append(frame); window.open('{answer}', '_blank');"
    );
    browser.act(&script).await;
    browser
        .eventually("the frame", async || {
            browser.ask::<bool>("return window.framed === true").await.then_some(())
        })
        .await;
    browser.see_windows(1).await;
    browser.return_to(&stranger).await;
    let heard: Vec<String> = browser.ask("return window.heard").await;
    assert!(heard.is_empty(), "{heard:?}");
    let address: String = browser
        .ask(
            "try { return document.querySelector('iframe').contentWindow.location.hash } catch { return '' }",
        )
        .await;
    assert_eq!(address, "");
}

#[tokio::test]
async fn signs_in_after_microsoft_has_changed_its_keys() {
    let story = Story::begin().await;
    story.visit_picker().await;
    story.browser.see("button", "Sign in with Microsoft").await;
    story.simulator.world().directory().rotate_keys();
    story.sign_in(NOA).await;
    story.browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn fits_a_phone_of_320_pixels() {
    let story = Story::begin_with(Look { width: 320, height: 640, ..Look::default() }).await;
    let browser = &story.browser;
    story.visit_picker().await;
    browser.see("button", "Sign in with Microsoft").await;
    fits(&story, "the card").await;
    story.sign_in(NOA).await;
    browser.see("row", "/./").await;
    fits(&story, "the listing").await;
    story.choose("Campus.jpg").await;
    browser.see("button", "/Import/").await;
    fits(&story, "the tray").await;
}

async fn fits(story: &Story, screen: &str) {
    let (wide, room): (u32, u32) =
        story.browser.ask("return [document.documentElement.scrollWidth, innerWidth]").await;
    assert_eq!(room, 320, "{screen}");
    assert!(wide <= room, "{screen} is {wide} pixels wide");
}
