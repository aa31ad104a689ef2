//! What the options of a v8 host do.

use onedrive_simulator::drive::{Fault, FaultKind};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::story::{NOA, Story, encode};

/// What the host was given last.
async fn picked(story: &Story) -> Value {
    let text: String = story.browser.ask("return document.getElementById('result').textContent").await;
    serde_json::from_str(&text).expect("JSON")
}

#[tokio::test]
async fn begins_in_the_folder_that_the_host_names() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let files = |files: Value| json!({"entry": {"oneDrive": {"files": files}}});
    let host = story.open_v8_host_with(&files(json!({"folder": "Teaching/signals and Systems"}))).await;
    browser.see("grid", "Signals and Systems").await;
    browser.click("link", "Teaching").await;
    browser.see("row", "/^Signals and Systems/").await;
    story.close_picker(&host).await;

    story.open_v8_host_with(&files(json!({"folder": "Teaching/Nowhere"}))).await;
    browser.hear("alert", "The folder that this page asks for can’t be opened").await;
    browser.see("row", "/^Acoustics lab/").await;
    story.close_picker(&host).await;

    story.open_v8_host_with(&files(json!({"folder": "Nowhere", "fallbackToRoot": true}))).await;
    browser.see("row", "/^Acoustics lab/").await;
    assert!(browser.all("alert", "").await.is_empty());
}

#[tokio::test]
async fn begins_in_a_library_that_the_host_names_and_stays_there_if_it_must() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let path =
        json!({"web": "https://openu.sharepoint.example/sites/engineering", "list": "Lecture recordings"});
    let host = story.open_v8_host_with(&json!({"entry": {"sharePoint": {"byPath": path}}})).await;
    browser.see("grid", "Lecture recordings").await;
    browser.see("row", "/^Faculty of Engineering trailer/").await;
    browser.see("link", "My files").await;
    story.close_picker(&host).await;

    let only = json!({"typesAndSources": {"mode": "all", "locations": {"sharePoint": {"byPath": path}}}});
    story.open_v8_host_with(&only).await;
    browser.see("grid", "Lecture recordings").await;
    browser.see_no("link", "My files").await;
    browser.see("row", "/^Faculty of Engineering trailer/").await;
    browser.press(Key::Backspace).await;
    let libraries = browser.see("grid", "Sites").await;
    browser.see("row", "/^Lecture recordings/").await;
    assert_eq!(
        libraries.attr("aria-rowcount").await.expect("a page").as_deref(),
        Some("2"),
        "a head and the library"
    );
}

#[tokio::test]
async fn names_sorts_and_lays_out_as_the_host_says() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let options = json!({
        "title": "Choose a lecture",
        "commands": {"pick": {"label": "Take it"}, "close": {"label": "Not now"}},
        "search": {"enabled": false},
        "entry": {"oneDrive": {"files": {}}, "sortBy": {"fieldName": "File_x0020_Size", "isAscending": false}},
        "typesAndSources": {"mode": "files", "pivots": {"oneDrive": true, "recent": true}},
    });
    let host = story.open_v8_host_with(&options).await;
    browser.see("heading", "Choose a lecture").await;
    browser.see("button", "Take it").await;
    browser.see("button", "Not now").await;
    browser.see("link", "Recent").await;
    for (role, name) in [("link", "Sites"), ("link", "Shared"), ("searchbox", "")] {
        browser.see_no(role, name).await;
    }
    let size = browser.see("columnheader", "/Size/").await;
    assert_eq!(size.attr("aria-sort").await.expect("a page").as_deref(), Some("descending"));
    let title: String = browser.ask("return document.title").await;
    assert_eq!(title, "Choose a lecture");
    story.close_picker(&host).await;

    let options = json!({"leftNav": {"enabled": false}, "list": {"layout": {"type": "tiles"}}});
    story.open_v8_host_with(&options).await;
    browser.see("grid", "My files").await;
    browser.see_no("navigation", "Places").await;
    let tiles = browser.see("button", "Tiles").await;
    assert_eq!(tiles.attr("aria-pressed").await.expect("a page").as_deref(), Some("true"));
}

#[tokio::test]
async fn speaks_takes_and_limits_as_the_host_says() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let options = json!({
        "localization": {"language": "fr"},
        "typesAndSources": {"mode": "files", "filters": [".mp4"]},
        "selection": {"mode": "multiple", "maximumCount": 1},
    });
    browser.visit(&story.picker_url(&options.to_string())).await;
    story.sign_in_by("Se connecter avec Microsoft", NOA).await;
    story.see_in_row("Campus.jpg", "ne peuvent pas être importé").await;
    for folder in ["Teaching", "Signals and Systems", "Guest lectures"] {
        story.open_folder(folder).await;
    }
    story.choose("Guest 1").await;
    browser.see("button", "Importer 1 fichier").await;
    story.click_mark("Guest 2").await;
    browser.hear("alert", "Seul 1 fichier peut être importé à la fois").await;
    browser.see("button", "Importer 1 fichier").await;
}

#[tokio::test]
async fn lets_only_folders_be_chosen_and_hands_over_their_files() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let options = json!({"typesAndSources": {"mode": "folders"}, "selection": {"mode": "multiple"}});
    let host = story.open_v8_host_with(&options).await;
    browser.see("row", "/^Campus.*Only folders can be chosen here/").await;
    story.choose("Radio").await;
    browser.click("button", "/^Import \\d+ files?$/").await;
    story.return_when_closed(&host, "picked.").await;
    let items = picked(&story).await;
    let items = items.as_array().expect("items");
    assert!(!items.is_empty());
    for item in items {
        assert!(item["kaltura"]["path"].as_str().expect("a path").starts_with("Radio"), "{item}");
        assert!(item["file"].is_object(), "{item}");
    }
}

#[tokio::test]
async fn lets_only_files_be_chosen() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let options =
        json!({"typesAndSources": {"mode": "files", "filters": [".jpg"]}, "selection": {"mode": "multiple"}});
    story.open_v8_host_with(&options).await;
    let radio = browser.see("row", "/^Radio/").await;
    radio.find(By::Css("[data-part=check]")).await.expect("a mark").click().await.expect("a click");
    browser.hear("status", "Folders can’t be chosen here").await;
    let jingle = browser.eventually("the jingle", async || story.row("Podcast jingle").await).await;
    let label = jingle.attr("aria-label").await.expect("a page").expect("a name");
    assert!(label.contains("can’t be imported here"), "{label}");
    story.choose("Campus.jpg").await;
    browser.see("button", "Import 1 file").await;
    story.open_folder("Radio").await;
}

#[tokio::test]
async fn hands_a_file_over_by_the_click_on_it() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host_with(&json!({"selection": {"mode": "pick"}})).await;
    browser.click("row", "/^Campus/").await;
    story.return_when_closed(&host, "1 picked.").await;
}

#[tokio::test]
async fn chooses_from_the_start_what_the_host_names() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host_with(&json!({"selection": {"mode": "pick"}})).await;
    browser.click("row", "/^Campus/").await;
    story.return_when_closed(&host, "1 picked.").await;
    let campus = picked(&story).await[0].clone();
    let source =
        json!({"id": campus["id"], "parentReference": {"driveId": campus["parentReference"]["driveId"]}});
    let gone = json!({"id": "01GONE", "parentReference": {"driveId": campus["parentReference"]["driveId"]}});
    let selection = json!({"mode": "multiple", "enablePersistence": false, "sourceItems": [source, gone]});
    story.open_v8_host_with(&json!({"selection": selection})).await;
    browser.see("button", "Import 1 file").await;
    let row = browser.see("row", "/^Campus/").await;
    assert_eq!(row.attr("aria-selected").await.expect("a page").as_deref(), Some("true"));
    // Without persistence going elsewhere drops the choice.
    story.open_folder("Radio").await;
    browser.see("button", "Import").await;
}

#[tokio::test]
async fn waits_for_announced_options_and_takes_them_over() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host("?token=account&quirk=waits-for-configuration").await;
    let picker = browser.window().await;
    let calls = story.graph_calls();
    browser.return_to(&host).await;
    browser
        .eventually("the handshake", async || {
            browser.ask::<bool>("return !!window.host.port").await.then_some(())
        })
        .await;
    assert_eq!(story.graph_calls(), calls, "nothing of the person's files is asked for before");
    let options = json!({"title": "Announced", "authentication": {}, "selection": {"mode": "single"},
        "typesAndSources": {"filters": [".mp3"], "pivots": {"oneDrive": true}},
        "entry": {"oneDrive": {"files": {"folder": "Radio"}}}});
    let configure = |options: &Value| {
        format!(
            "window.host.post({{type: 'command', id: 'c', data: {{command: 'configure', options: {options}}}}})"
        )
    };
    browser.act(&configure(&options)).await;
    browser.hear("status", "Answer to c: success").await;
    browser.return_to(&picker).await;
    browser.see("heading", "Announced").await;
    browser.see("grid", "Radio").await;
    browser.see_no("link", "Sites").await;

    browser.return_to(&host).await;
    browser.act(&configure(&json!({"title": "Changed", "commands": {"pick": {"label": "Take"}}}))).await;
    browser.return_to(&picker).await;
    browser.see("heading", "Changed").await;
    browser.see("button", "Take").await;
    browser.see("grid", "Radio").await;
    browser.see("link", "Sites").await;
}

#[tokio::test]
async fn goes_on_without_announced_options_that_never_come() {
    let story = Story::begin().await;
    let options = json!({"messaging": {"initializeTimeout": 500, "waitForConfiguration": true, "channelId": "27",
        "origin": story.simulator.origins().mediaspace}});
    story.open_v8_host_with(&options).await;
    story.browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn keeps_tab_within_the_picker_if_the_host_wants_that() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let accessibility = json!({"enableFocusTrap": true, "showFocusOnLoad": true});
    story
        .open_v8_host_with(&json!({"accessibility": accessibility, "selection": {"mode": "multiple"}}))
        .await;
    story.choose("Campus.jpg").await;
    let import = browser.see("button", "Import 1 file").await;
    import.focus().await.expect("the focus");
    let at = "return document.activeElement.textContent";
    browser.press(Key::Tab).await;
    assert_eq!(browser.ask::<String>(at).await, "My files");
    browser.act("document.querySelector('.place').focus()").await;
    let back = browser.driver.action_chain().key_down(Key::Shift).send_keys(Key::Tab).key_up(Key::Shift);
    back.perform().await.expect("keys");
    assert_eq!(browser.ask::<String>(at).await, "Import 1 file");
}

#[tokio::test]
async fn a_frame_tells_its_height_and_says_when_it_can_be_left() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mediaspace = &story.simulator.origins().mediaspace;
    story.open_v8_frame(mediaspace, "&token=account&quirk=close-ignored").await;
    browser.leave_frames().await;
    browser
        .eventually("the height", async || {
            let log: String = browser.ask("return document.getElementById('log').textContent").await;
            log.contains(r#"{"subject":"lti.frameResize","height":800}"#).then_some(())
        })
        .await;
    browser.enter_frame("OneDrive").await;
    browser.see("row", "/^Campus/").await;
    browser.click("button", "Cancel").await;
    browser.hear("alert", "You can go back to the page").await;
    browser.click("button", "Choose more").await;
    browser.see("row", "/^Campus/").await;
}

#[tokio::test]
async fn a_claims_challenge_goes_to_a_host_that_can_answer_it() {
    for (can_answer, authentication) in
        [(true, json!({"claimsChallenge": {"enabled": true}})), (false, json!({}))]
    {
        let story = Story::begin().await;
        let browser = &story.browser;
        let host = story.open_v8_host_with(&json!({"authentication": authentication})).await;
        let picker = browser.window().await;
        browser.see("row", "/^Campus/").await;
        browser.return_to(&host).await;
        browser
            .act(
                "window.asked = []; const hear = host.onPortMessage.bind(host); host.onPortMessage = (event) => { \
                 if (event.data.data?.command === 'authenticate') asked.push(event.data.data); return hear(event); }",
            )
            .await;
        browser.return_to(&picker).await;
        let challenge = Fault::new(FaultKind::ClaimsChallenge).path("/search/query").times(1);
        story.simulator.world().faults().add(challenge);
        // A place is not read ahead, as folders may be.
        browser.click("link", "Shared").await;
        browser.see("grid", "Shared").await;
        browser.see("row", "/\\d/").await;
        assert!(browser.all("alert", "").await.is_empty(), "{authentication}");
        browser.return_to(&host).await;
        let asked: Vec<Value> = browser.ask("return window.asked").await;
        assert_eq!(asked.len(), 1, "{asked:?}");
        if can_answer {
            assert_eq!(asked[0]["claimsChallenge"]["error"], "insufficient_claims");
            let claims = asked[0]["claimsChallenge"]["claims"].as_str().expect("a text");
            let claims: Value = serde_json::from_str(claims).expect("JSON");
            assert_eq!(claims["access_token"]["nbf"]["essential"], true, "{claims}");
        } else {
            assert_eq!(asked[0].get("claimsChallenge"), None);
        }
    }
}

#[tokio::test]
async fn takes_the_focus_from_the_page_only_if_the_host_lets_it() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mediaspace = &story.simulator.origins().mediaspace;
    for (role, name, token) in
        [("row", "/^Campus/", "&token=account"), ("button", "Sign in with Microsoft", "")]
    {
        for takes in [true, false] {
            let options = json!({"accessibility": {"trapFocusOnLoad": takes}}).to_string();
            let options = encode(&options);
            story.open_v8_frame(mediaspace, &format!("{token}&options={options}")).await;
            browser.see(role, name).await;
            // What is there has its focus within two frames.
            let settled = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))";
            browser.driver.execute_async(settled, Vec::new()).await.expect("two frames");
            let within: bool = browser.ask("return document.hasFocus()").await;
            browser.leave_frames().await;
            let focused: String = browser.ask("return document.activeElement.tagName").await;
            assert_eq!(
                (within, focused.as_str()),
                (takes, if takes { "IFRAME" } else { "BUTTON" }),
                "{name}"
            );
        }
    }
}
