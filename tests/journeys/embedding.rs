//! Frames of other sites, and strangers around the page.

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

/// The host has no token from now on, and the one that it gave to the frame has ended. Returns the account.
async fn end_the_token_of_the_host(story: &Story) -> String {
    story.browser.leave_frames().await;
    story.browser.act("document.getElementById('token').value = 'none'").await;
    let account = story.simulator.world().accounts()[0].username.clone();
    story.simulator.world().directory().revoke_tokens(&account);
    story.browser.enter_frame("OneDrive").await;
    account
}

#[tokio::test]
async fn a_frame_of_another_site_continues_in_a_window_of_its_own() {
    let story = Story::begin().await;
    let host = open_in_a_foreign_frame(&story, "").await;
    continue_in_a_window(&story).await;
    story.sign_in(NOA).await;
    story.import_campus().await;
    // The host takes the frame away, and the window goes with it.
    story.return_when_closed(&host, "1 picked.").await;
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
        let account = end_the_token_of_the_host(&story).await;
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
        story.return_when_closed(&host, "2 picked.").await;
        assert!(!browser.windows().await.contains(&window));
    }
}

#[tokio::test]
async fn the_window_of_a_frame_goes_on_with_what_the_frame_has_handed_over() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = open_in_a_foreign_frame(&story, "&token=account&quirk=pick-stays").await;
    story.import_campus().await;
    browser.see("heading", "The files were handed over").await;
    browser.click("button", "Choose more").await;
    let account = end_the_token_of_the_host(&story).await;
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
    story.import_campus().await;
    story.return_when_closed(&host, "1 picked.").await;
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
    story.import_campus().await;
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
    story.return_when_closed(&host, "Cancelled.").await;
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
    story.return_when_closed(&host, "Cancelled.").await;
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
    story.import_campus().await;
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
    story.import_campus().await;
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
    story.import_campus().await;
    story.return_when_closed(&host, "1 picked.").await;
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
    story.import_campus().await;
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
    story.import_campus().await;
    browser.leave_frames().await;
    browser.hear("status", "1 picked.").await;
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
