//! The return page and what strangers do with it; where tokens may not be found.

use crate::story::{NOA, Story};

#[tokio::test]
async fn the_return_page_opened_by_hand_delivers_nothing() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    browser.see("heading", "Finish signing in in the other window").await;
    for fragment in
        ["access_token=t&state=foreign", "access_token=t", "error=x&state=foreign", "id_token=a.b.c&state="]
    {
        let address = format!("{}#{fragment}", story.simulator.picker());
        let window = browser.driver.new_window().await.expect("a window");
        browser.return_to(&window).await;
        // It may close at once.
        let _ = browser.driver.goto(&address).await;
        if let Ok(url) = browser.driver.current_url().await {
            assert_eq!(url.fragment().unwrap_or_default(), "", "{fragment} stays in the address bar");
            let _ = browser.driver.close_window().await;
        }
        browser.return_to(&picker).await;
        browser.see("heading", "Finish signing in in the other window").await;
    }
    assert_eq!(story.graph_calls(), 0);
}

#[tokio::test]
async fn the_page_visited_by_hand_says_what_it_is_for_and_loads_no_picker() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.visit(&story.simulator.picker()).await;
    browser.see("heading", "OneDrive picker").await;
    let loaded: Vec<String> =
        browser.ask("return performance.getEntriesByType('resource').map((entry) => entry.name)").await;
    assert!(loaded.iter().all(|name| !name.contains(".wasm")), "{loaded:?}");
    assert!(story.simulator.world().log().list().is_empty());
}

#[tokio::test]
async fn two_tabs_that_sign_in_at_the_same_time_each_get_their_own() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mut tabs = Vec::new();
    for account in [NOA, "tomas@openu.example"] {
        let picker = browser.visit_in_new_window(&story.picker_url("{}")).await;
        let before = browser.windows().await;
        browser.click("button", "Sign in with Microsoft").await;
        let microsoft = browser.go_to_window_besides(&before).await;
        browser.see("heading", "Pick an account").await;
        tabs.push((picker, microsoft, account));
    }
    // The answers come in the other order.
    for (picker, microsoft, account) in tabs.iter().rev() {
        browser.return_to(microsoft).await;
        story.pick_account(account).await;
        story.accept_until_closed(microsoft).await;
        browser.return_to(picker).await;
        browser.see("grid", "My files").await;
    }
    for (picker, _, account) in &tabs {
        browser.return_to(picker).await;
        browser.see("grid", "My files").await;
        browser.eventually(account, async || browser.text().await.contains(account).then_some(())).await;
    }
}

#[tokio::test]
async fn an_answer_sent_twice_is_taken_once() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    browser
        .act(
            "const Old = BroadcastChannel; window.states = []; \
             window.BroadcastChannel = class extends Old { constructor(name) { super(name); window.states.push(name); \
             this.addEventListener('message', (event) => { window.answer = event.data; }); } };",
        )
        .await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Campus/").await;
    let calls = story.graph_calls();
    browser
        .act(
            "for (const state of [...window.states]) new BroadcastChannel(state).postMessage(window.answer); \
             window.postMessage(window.answer, location.origin)",
        )
        .await;
    story.open_folder("Documents").await;
    assert!(browser.all("alert", "").await.is_empty());
    assert!(story.graph_calls() > calls);
    let me = story.simulator.world().log().list().iter().filter(|call| call.path == "/me").count();
    assert!(me <= 1, "the second answer started another session");
}

#[tokio::test]
#[should_panic(expected = "an access token lies in the localStorage of")]
async fn a_token_that_is_left_behind_is_found() {
    let story = Story::browse_as(NOA).await;
    let token = story.simulator.world().directory().issued().remove(0);
    story.browser.act(&format!("localStorage.forgotten = '{token}'")).await;
}

#[tokio::test]
#[should_panic(expected = "an access token lies in the heard of")]
async fn a_token_that_a_host_hears_is_found() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host("").await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Campus/").await;
    let token = story.simulator.world().directory().issued().remove(0);
    browser.act(&format!("opener.postMessage({{ token: '{token}' }}, '*')")).await;
    browser.return_to(&host).await;
    browser
        .eventually("the message", async || {
            browser.ask::<bool>("return heardByThisPage.join().includes('EwB')").await.then_some(())
        })
        .await;
}
