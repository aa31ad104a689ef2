//! Every kind of page that opens the picker.

use serde_json::Value;

use crate::engine::Look;
use crate::files::root;
use crate::story::{NOA, Story, encode};

/// What the host shows under "Result".
async fn result(story: &Story) -> Value {
    let text: String = story.browser.ask("return document.getElementById('result').textContent").await;
    serde_json::from_str(&text).expect("JSON")
}

#[tokio::test]
async fn serves_a_v8_host_in_a_window_however_it_launches() {
    let story = Story::begin().await;
    let browser = &story.browser;
    for (round, launch) in ["post", "own-form", "get", "href"].iter().enumerate() {
        let host = story.open_v8_host(&format!("?launch={launch}")).await;
        if round == 0 {
            story.sign_in(NOA).await;
        } else {
            // Microsoft knows the account by now: one click, no typing.
            let picker = browser.window().await;
            browser.click("button", "Sign in with Microsoft").await;
            browser.see_windows(2).await;
            browser.return_to(&picker).await;
        }
        story.import_campus().await;
        story.return_when_closed(&host, "1 picked.").await;
        let items = result(&story).await;
        let item = &items[0];
        assert_eq!(item["name"], "Campus.jpg", "{launch}");
        assert_eq!(item["@sharePoint.endpoint"], story.simulator.origins().graph_base(), "{launch}");
        // KalturaMediaType.IMAGE
        assert_eq!(item["kaltura"]["mediaType"], 2, "{launch}");
        assert_eq!(item["kaltura"]["referenceId"], item["id"], "{launch}");
        let link = item["@microsoft.graph.downloadUrl"].as_str().expect("a link");
        assert_eq!(item["@content.downloadUrl"], link, "{launch}");
        assert!(link.starts_with(&story.simulator.origins().downloads), "{launch}");
        assert!(item["parentReference"]["driveId"].is_string(), "{launch}");
        // What Microsoft's own picker gives, and what it leaves out.
        for member in [
            "/size",
            "/webUrl",
            "/webDavUrl",
            "/createdDateTime",
            "/lastModifiedDateTime",
            "/file/mimeType",
            "/file/hashes/quickXorHash",
            "/photo/takenDateTime",
            "/sharepointIds/listItemUniqueId",
            "/sharepointIds/siteUrl",
            "/parentReference/path",
            "/kaltura/name",
        ] {
            assert!(
                item.pointer(member).is_some_and(|value| !value.is_null()),
                "{launch}: {member} in {item}"
            );
        }
    }
}

/// The first example of `docs/host-protocol.md`, put into an empty page of the site.
#[tokio::test]
async fn serves_the_whole_host_of_the_documentation_as_it_stands() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let protocol = std::fs::read_to_string(root().join("docs/host-protocol.md")).expect("the page");
    let example = protocol.split("```html\n").nth(1).and_then(|rest| rest.split("```").next());
    let (button, script) =
        example.and_then(|example| example.split_once("<script type=\"module\">")).expect("an example");
    let script = script.trim_end().trim_end_matches("</script>");
    browser.visit(&format!("{}/hosts/v8.html", story.simulator.origins().mediaspace)).await;
    let host = browser.window().await;
    // By the driver, since the page's policy lets no script in that stands in it.
    browser
        .act(&format!(
            "window.printed = []; console.log = (items) => printed.push(items); \
             document.body.innerHTML = `{button}`; {script}"
        ))
        .await;
    for choice in ["Import 1 file", "Cancel"] {
        browser.click("button", "OneDrive").await;
        browser.go_to_window("filePicker=").await;
        if choice == "Cancel" {
            browser.click("button", "Cancel").await;
        } else {
            story.sign_in(NOA).await;
            // The example takes videos and recordings only.
            story.choose("Podcast jingle.mp3").await;
            browser.click("button", choice).await;
        }
        browser.see_windows(1).await;
        browser.return_to(&host).await;
    }
    let printed: Vec<Vec<Value>> = browser.ask("return printed").await;
    assert_eq!(printed.len(), 1, "{printed:?}");
    assert_eq!(printed[0][0]["name"], "Podcast jingle.mp3");
}

#[tokio::test]
async fn serves_a_v8_host_in_a_frame() {
    let story = Story::begin().await;
    let browser = &story.browser;
    story.open_v8_frame(&story.simulator.origins().mediaspace, "").await;
    story.sign_in_in_frame("OneDrive", NOA).await;
    story.import_campus().await;
    browser.leave_frames().await;
    browser.hear("status", "1 picked.").await;
}

#[tokio::test]
async fn takes_the_token_of_a_host_that_has_one() {
    let story = Story::begin().await;
    let host = story.open_v8_host("?token=account").await;
    story.import_campus().await;
    story.return_when_closed(&host, "1 picked.").await;
}

#[tokio::test]
async fn signs_in_by_itself_when_the_host_has_no_token() {
    for quirk in ["authenticate-error", "sharepoint-only"] {
        let story = Story::begin().await;
        story.open_v8_host(&format!("?quirk={quirk}")).await;
        story.sign_in(NOA).await;
        story.browser.see("row", "/^Campus/").await;
    }
}

#[tokio::test]
async fn says_that_it_looks_for_a_token_and_signs_in_by_itself_when_the_host_stays_silent() {
    let story = Story::begin().await;
    let mediaspace = &story.simulator.origins().mediaspace;
    let options = format!(
        "{{\"messaging\":{{\"origin\":\"{mediaspace}\",\"channelId\":\"27\",\"resultTimeout\":1500}}}}"
    );
    story.open_v8_host(&format!("?quirk=authenticate-silence&options={}", encode(&options))).await;
    story.browser.hear("status", "Checking your sign-in…").await;
    story.sign_in(NOA).await;
    story.browser.see("row", "/^Campus/").await;
}

/// The host is asked twice for 15 seconds each, longer than the browser here waits to see something.
#[tokio::test]
async fn offers_to_sign_in_while_the_host_is_silent_and_takes_its_token_if_that_comes_first() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host("?token=account&quirk=authenticate-silence").await;
    let picker = browser.window().await;
    browser.hear("status", "Checking your sign-in…").await;
    browser.see("button", "Cancel").await;
    browser.see("button", "Sign in with Microsoft").await;
    browser.return_to(&host).await;
    browser.act("host.giveToken(host.unanswered)").await;
    browser.return_to(&picker).await;
    browser.see("row", "/^Campus/").await;

    let story = Story::begin().await;
    let host = story.open_v8_host("?token=account&quirk=authenticate-silence").await;
    story.sign_in(NOA).await;
    story.browser.see("row", "/^Campus/").await;
    story.choose("Campus.jpg").await;
    // Whoever has signed in stays: a token that comes now changes nothing.
    let picker = story.browser.window().await;
    story.browser.return_to(&host).await;
    story.browser.act("host.giveToken(host.unanswered)").await;
    story.browser.return_to(&picker).await;
    story.browser.click("button", "Import 1 file").await;
    story.browser.return_to(&host).await;
    story.browser.hear("status", "1 picked.").await;
}

#[tokio::test]
async fn serves_a_page_written_for_onedrive_js_7_2() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mediaspace = &story.simulator.origins().mediaspace;
    browser.visit(&format!("{mediaspace}/hosts/v72.html")).await;
    let host = browser.window().await;
    browser.click("button", "Launch OneDrive").await;
    browser.go_to_window("filePicker=").await;
    story.sign_in(NOA).await;
    story.choose("Campus.jpg").await;
    browser.click("button", "/1 file$/").await;
    story.return_when_closed(&host, "success").await;
    let files = result(&story).await;
    assert_eq!(files["value"][0]["name"], "Campus.jpg");
    assert!(files["value"][0]["@microsoft.graph.downloadUrl"].is_string());

    browser.click("button", "Launch OneDrive").await;
    browser.go_to_window("filePicker=").await;
    browser.click("button", "Cancel").await;
    story.return_when_closed(&host, "cancel").await;
}

#[tokio::test]
async fn shows_what_a_v8_host_tells_of_the_import_file_by_file() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host("?token=account&quirk=progress").await;
    let picker = browser.window().await;
    story.choose("Campus.jpg").await;
    story.choose("Podcast jingle.mp3").await;
    browser.click("button", "Import 2 files").await;
    browser.see("heading", "Importing 2 files").await;
    browser.see("progressbar", "All files").await;
    browser.see("progressbar", "/^Campus|^Podcast/").await;
    browser.hear("status", "1 ready, 1 failed, 0 to go").await;
    browser.hear("alert", "Kaltura could not fetch the file.").await;
    browser.return_to(&host).await;
    let before = result(&story).await;
    browser.act("document.getElementById('result').textContent = 'null'").await;
    browser.return_to(&picker).await;
    browser.click("button", "Try again").await;
    browser.return_to(&host).await;
    // The failed file is picked again, with a link of its own.
    let again = browser
        .eventually("the second pick", async || {
            let again = result(&story).await;
            again.is_array().then_some(again)
        })
        .await;
    assert_eq!(again.as_array().map(Vec::len), Some(1));
    let old = before.as_array().and_then(|items| items.iter().find(|item| item["id"] == again[0]["id"]));
    assert_ne!(
        old.expect("the same file")["@microsoft.graph.downloadUrl"],
        again[0]["@microsoft.graph.downloadUrl"]
    );
}

#[tokio::test]
async fn calls_exactly_one_callback_in_every_odd_case_of_7_2() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mediaspace = &story.simulator.origins().mediaspace;
    for (query, callback) in [
        ("case=save", "error unsupportedFeature"),
        ("action=share", "error unsupportedFeature"),
        ("case=bad-client", "error unknown"),
        ("case=no-success", "error typeError"),
        ("case=bad-parameters", "error optionsError"),
        ("case=foreign-redirect", "error optionsError"),
        ("case=blocked", "error popupOpen"),
        ("case=twice", "cancel"),
        ("case=plain", "cancel"),
    ] {
        browser.visit(&format!("{mediaspace}/hosts/v72.html?{query}")).await;
        let host = browser.window().await;
        browser.click("button", "Launch OneDrive").await;
        if callback == "cancel" {
            browser.go_to_window("filePicker=").await;
            browser.see("button", "Sign in with Microsoft").await;
            // One person closes the window, the other presses Cancel.
            if query == "case=plain" {
                browser.driver.close_window().await.expect("a window");
            } else {
                browser.click("button", "Cancel").await;
            }
            browser.see_windows(1).await;
            browser.return_to(&host).await;
        }
        browser.hear("status", callback).await;
        let called: Vec<String> = browser
            .ask("return [...document.getElementById('callbacks').children].map((line) => line.textContent)")
            .await;
        assert_eq!(called, [callback], "{query}");
    }
}

#[tokio::test]
async fn serves_a_page_with_the_custom_element() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.visit(&format!("{}/hosts/element.html", story.simulator.origins().mediaspace)).await;
    let host = browser.window().await;
    browser
        .driver
        .find(thirtyfour::By::Css("onedrive-picker"))
        .await
        .expect("the element")
        .click()
        .await
        .expect("a click");
    browser.go_to_window("filePicker=").await;
    story.sign_in(NOA).await;
    story.import_campus().await;
    browser.return_to(&host).await;
    browser.hear("status", "pick").await;
    assert_eq!(result(&story).await[0]["name"], "Campus.jpg");
}

#[tokio::test]
async fn imports_from_my_media_inside_a_course() {
    let story = Story::begin_with(Look { width: 1280, height: 900, ..Look::default() }).await;
    let browser = &story.browser;
    browser.visit(&story.simulator.origins().lms).await;
    let course = browser.window().await;
    browser.enter_frame("MediaSpace").await;
    browser.see("heading", "You have no media yet").await;
    story.press_create_onedrive().await;
    browser.go_to_window("filePicker=").await;
    story.sign_in(NOA).await;
    story.import_campus().await;
    browser.hear("status", "1 ready").await;
    browser.click("button", "Done").await;
    browser.see_windows(1).await;
    browser.return_to(&course).await;
    browser.enter_frame("MediaSpace").await;
    browser.see("row", "/Campus.*Ready/").await;
}
