//! The attack list of sign-in: each account's answer is refused by name, and its token is never used.

use onedrive_simulator::drive::Party;

use thirtyfour::WindowHandle;

use crate::story::{NOA, Story};

/// The account's name before `@faults.example`, and the codes that fit what is wrong with its answer.
const ANSWERS: [(&str, &[&str]); 21] = [
    ("wrong-nonce", &["nonce_mismatch"]),
    ("no-nonce", &["nonce_missing"]),
    ("wrong-audience", &["audience_mismatch"]),
    ("wrong-issuer", &["issuer_mismatch"]),
    ("wrong-tenant", &["issuer_mismatch", "tenant_not_allowed"]),
    ("wrong-hash", &["at_hash_mismatch"]),
    ("no-hash", &["at_hash_missing"]),
    ("alg-none", &["algorithm_not_allowed"]),
    ("hs256", &["algorithm_not_allowed"]),
    ("unknown-key", &["key_unknown"]),
    ("foreign-key", &["key_issuer_mismatch", "signature_invalid", "issuer_mismatch"]),
    ("wrong-key", &["signature_invalid"]),
    ("tampered", &["signature_invalid"]),
    ("expired", &["id_token_expired"]),
    ("not-yet", &["id_token_not_yet_valid"]),
    ("not-a-token", &["id_token_malformed"]),
    ("no-id-token", &["id_token_missing"]),
    ("no-access-token", &["access_token_missing"]),
    ("duplicate", &["parameter_repeated"]),
    ("less-scope", &["scope_not_granted"]),
    ("no-lifetime", &["lifetime_malformed"]),
];

/// Accounts that Microsoft refuses by an answer, Microsoft's code, and words for the person.
const REFUSALS: [(&str, &str, &str); 5] = [
    ("declined", "AADSTS65004", "You cancelled at Microsoft’s page"),
    ("unconsented", "AADSTS65001", "Nobody has agreed yet"),
    ("multifactor", "AADSTS50076", "Microsoft wants a second proof that it is you"),
    ("server-error", "AADSTS90033", "Microsoft is busy"),
    ("internal-error", "AADSTS50000", "Microsoft had a fault"),
];

#[tokio::test]
async fn refuses_each_manipulated_answer_by_its_name() {
    let story = Story::begin().await;
    story.visit_picker().await;
    catch_copies(&story).await;
    story.sign_in(&address(ANSWERS[0].0)).await;
    let (first, rest) = (ANSWERS[0], &ANSWERS[1..]);
    expect_code(&story, first.0, first.1).await;
    for (account, codes) in rest {
        story.sign_in_by("Use another account", &address(account)).await;
        expect_code(&story, account, codes).await;
    }
}

#[tokio::test]
async fn explains_what_microsoft_refuses() {
    let story = Story::begin().await;
    story.visit_picker().await;
    catch_copies(&story).await;
    story.sign_in(&address("declined")).await;
    for (account, code, words) in REFUSALS {
        story.sign_in_by("Use another account", &address(account)).await;
        story.browser.hear("alert", words).await;
        expect_code(&story, account, &[code]).await;
    }
}

#[tokio::test]
async fn shows_no_markup_of_an_error_description() {
    let story = Story::begin().await;
    story.visit_picker().await;
    story.sign_in(&address("script")).await;
    story.browser.see("alert", "").await;
    let scripts: u64 = story
        .browser
        .ask("return document.querySelectorAll('#app script, #app img[onerror], #app svg[onload]').length")
        .await;
    assert_eq!(scripts, 0);
    assert_eq!(story.graph_calls(), 0);
}

/// Answers that this sign-in cannot be told from a stranger's: the picker goes on waiting.
#[tokio::test]
async fn goes_on_waiting_after_an_answer_that_is_not_its_own() {
    for account in ["wrong-state", "no-state"] {
        let story = Story::begin().await;
        let browser = &story.browser;
        story.visit_picker().await;
        let picker = browser.window().await;
        browser.click("button", "Sign in with Microsoft").await;
        story.go_to_microsoft().await;
        story.pick_account(&address(account)).await;
        if account == "no-state" {
            // The page that nobody asked for says so, and shows no token.
            browser.go_to_window("/onedrive/index/blank-page").await;
        }
        browser.return_to(&picker).await;
        browser.see("heading", "Finish signing in in the other window").await;
        assert_eq!(story.graph_calls(), 0, "{account}");
        browser.click("button", "Cancel").await;
        browser.see("button", "Sign in with Microsoft").await;
    }
}

#[tokio::test]
async fn refuses_a_fragment_of_two_megabytes() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.visit_picker().await;
    catch_copies(&story).await;
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    let microsoft = story.go_to_microsoft().await;
    story.pick_account(&address("huge")).await;
    browser
        .eventually("the end of the sign-in", async || {
            (!browser.windows().await.contains(&microsoft)).then_some(())
        })
        .await;
    browser.return_to(&picker).await;
    expect_code(&story, "huge", &["response_too_large"]).await;
}

/// The state of the sign-in in Microsoft's window, which no stranger could know.
async fn state_at_microsoft(story: &Story) -> String {
    story.go_to_microsoft().await;
    let address = story.browser.driver.current_url().await.expect("an address");
    let state = address.query_pairs().find(|(name, _)| name == "state").map(|(_, value)| value.into_owned());
    state.expect("a state")
}

/// A script that sends the picker a refusal with the right state.
fn forged(target: &str, state: &str) -> String {
    format!(
        "{target}.postMessage({{ v: 1, payload: 'error=access_denied&error_subcode=cancel&state={state}' }}, '*')"
    )
}

/// The picker has gone on waiting, and the true answer still counts.
async fn still_waits(story: &Story, picker: &WindowHandle) {
    let browser = &story.browser;
    browser.return_to(picker).await;
    // A message sent later has arrived later: then the forged one is here, too.
    let arrived = "const done = arguments[0]; addEventListener('message', (event) => event.data === 'last' && done(true)); \
                   window.postMessage('last', location.origin)";
    browser.driver.execute_async(arrived, Vec::new()).await.expect("a message");
    browser.see("heading", "Finish signing in in the other window").await;
    let microsoft = story.go_to_microsoft().await;
    story.pick_account(NOA).await;
    story.accept_until_closed(&microsoft).await;
    browser.return_to(picker).await;
    browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn drops_an_answer_of_another_origin_though_it_comes_from_the_sign_in_window() {
    let story = Story::begin().await;
    let browser = &story.browser;
    // As long as Microsoft does not cut its window off, its pages could speak to the picker.
    story.change_registration(|app| app.coop_enforcement = Some(false));
    story.visit_picker().await;
    let picker = browser.window().await;
    browser.click("button", "Sign in with Microsoft").await;
    let state = state_at_microsoft(&story).await;
    browser.act(&forged("opener", &state)).await;
    still_waits(&story, &picker).await;
}

#[tokio::test]
async fn drops_an_answer_of_another_window_though_it_is_of_the_own_origin() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let world = story.simulator.world();
    let host = story.create_from_onedrive().await;
    let picker = browser.window().await;
    browser.return_to(&host).await;
    // My Media has no handle on the window by itself.
    browser
        .act("window.open = ((open) => (...all) => (window.picker = open.apply(window, all)))(window.open)")
        .await;
    browser.return_to(&picker).await;
    browser.driver.close_window().await.expect("a window");
    browser.return_to(&host).await;
    story.press_create_onedrive().await;
    let picker = browser.go_to_window("filePicker=").await;
    browser.click("button", "Sign in with Microsoft").await;
    let state = state_at_microsoft(&story).await;
    browser.return_to(&host).await;
    browser.act(&forged("picker", &state)).await;
    still_waits(&story, &picker).await;
    assert_eq!(world.log().count(Party::Identity, "/authorize"), 1);
}

#[tokio::test]
async fn takes_the_answer_by_message_where_microsoft_leaves_the_windows_connected() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.change_registration(|app| app.coop_enforcement = Some(false));
    browser.before_pages("window.BroadcastChannel = undefined").await;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Campus/").await;
}

fn address(account: &str) -> String {
    format!("{account}@faults.example")
}

/// Keeps what "Copy details" would put on the clipboard, which a browser without a screen does not have.
async fn catch_copies(story: &Story) {
    let script =
        "navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }";
    story.browser.act(script).await;
}

async fn expect_code(story: &Story, account: &str, codes: &[&str]) {
    let browser = &story.browser;
    browser.see("alert", "").await;
    browser.act("window.copied = ''").await;
    browser.click("button", "Copy details").await;
    let details: String = browser
        .eventually("the details", async || {
            let copied: String = browser.ask("return window.copied").await;
            (!copied.is_empty()).then_some(copied)
        })
        .await;
    assert!(codes.iter().any(|code| details.contains(code)), "{account}: {codes:?} expected in:\n{details}");
    assert!(!details.contains("eyJ"), "{account}: a token among the details");
    let calls = story.simulator.world().log().count(Party::Graph, "");
    assert_eq!(calls, 0, "{account}: its token was used");
}
