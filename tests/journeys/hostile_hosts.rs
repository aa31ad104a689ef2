//! Hosts that are broken or mean harm: none of them loses a choice, gets an item that is not for it, or leaves the person
//! before a dead window.

use serde_json::{Value, json};

use crate::lenient::Lenient;
use crate::story::{NOA, Story, encode};

/// Opens a host with that quirk, chooses a file and sees that it can still be handed over.
async fn picks_all_the_same(story: &Story, quirk: &str) {
    let host = story.open_v8_host(&format!("?token=account&quirk={quirk}")).await;
    story.import_campus().await;
    story.return_when_closed(&host, "1 picked.").await;
}

#[tokio::test]
async fn floods_huge_messages_nonsense_and_odd_answers_change_nothing() {
    let story = Story::begin().await;
    for quirk in [
        "flood",
        "huge",
        "nonsense",
        "strings",
        "no-type",
        "acknowledges-twice",
        "acknowledges-everything",
        "no-acknowledge",
    ] {
        let browser = &story.browser;
        if quirk == "no-type" {
            // This one shows what it got and leaves the window to the person.
            let host = story.open_v8_host("?token=account&quirk=no-type").await;
            story.import_campus().await;
            browser.see("heading", "The files were handed over").await;
            browser.click("button", "Done").await;
            browser.see_windows(1).await;
            browser.return_to(&host).await;
        } else {
            picks_all_the_same(&story, quirk).await;
        }
    }
}

#[tokio::test]
async fn a_host_that_never_answers_a_pick_is_named_and_the_choice_kept() {
    for (quirk, limits) in
        [("pick-silence", json!({"resultTimeout": 500})), ("wrong-id", json!({"resultTimeout": 500}))]
    {
        let story = Story::begin().await;
        let browser = &story.browser;
        let mut messaging = limits;
        messaging["origin"] = json!(story.simulator.origins().mediaspace);
        messaging["channelId"] = json!("27");
        let options = json!({"messaging": messaging, "authentication": {"enabled": false}});
        story.open_v8_host(&format!("?quirk={quirk}&options={}", encode(&options.to_string()))).await;
        story.sign_in(NOA).await;
        story.import_campus().await;
        let said = browser.hear("alert", "did not answer").await;
        assert!(said.contains("Your choice is kept."), "{quirk}: {said}");
        browser.see("button", "Import 1 file").await;
        browser.click("button", "Cancel").await;
        browser.see_windows(1).await;
    }
}

#[tokio::test]
async fn a_host_that_never_takes_part_leaves_a_picker_that_says_so() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let messaging =
        json!({"origin": story.simulator.origins().mediaspace, "channelId": "27", "initializeTimeout": 500});
    let options = json!({"messaging": messaging, "authentication": {"enabled": false}});
    story.open_v8_host(&format!("?quirk=never-activates&options={}", encode(&options.to_string()))).await;
    story.sign_in(NOA).await;
    story.import_campus().await;
    browser.hear("alert", "The page that opened the picker did not answer").await;
    browser.see("button", "Import 1 file").await;
    browser.click("button", "Cancel").await;
    browser.see_windows(1).await;
}

#[tokio::test]
async fn a_host_that_goes_elsewhere_gets_nothing_more() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host("?token=account").await;
    story.choose("Campus.jpg").await;
    let picker = browser.window().await;
    browser.return_to(&host).await;
    let elsewhere = format!("{}/hosts/v8.html", story.simulator.origins().lms);
    browser.visit(&elsewhere).await;
    browser
        .act("window.heard = []; addEventListener('message', (event) => window.heard.push(JSON.stringify(event.data)))")
        .await;
    browser.return_to(&picker).await;
    browser.click("button", "Import 1 file").await;
    browser.hear("alert", "did not answer").await;
    // Loaded anew, the picker introduces itself to the origin that it was opened for, and to nobody else.
    browser.driver.refresh().await.expect("the picker");
    browser.see("button", "Sign in with Microsoft").await;
    browser.return_to(&host).await;
    let heard: Vec<String> = browser.ask("return window.heard").await;
    assert!(heard.is_empty(), "{heard:?}");
}

#[tokio::test]
async fn options_of_every_wrong_shape_are_refused_or_ignored() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let own = story.simulator.origins().mediaspace.clone();
    let messaging = |origin: Value| json!({"messaging": {"origin": origin, "channelId": "1"}}).to_string();
    for refused in [
        "{".to_owned(),
        "null".to_owned(),
        "\"text\"".to_owned(),
        messaging(json!("*")),
        messaging(json!(null)),
        messaging(json!("null")),
        messaging(json!(format!("{own}/path"))),
        messaging(json!(["https://media.example"])),
        json!({"messaging": {"origin": own}}).to_string(),
        json!({"messaging": null}).to_string(),
    ] {
        browser.visit(&story.picker_url(&refused)).await;
        browser.see("alert", "").await;
        browser.see("button", "Copy details").await;
        browser.see_no("button", "Sign in with Microsoft").await;
    }
    assert!(story.simulator.world().log().list().is_empty(), "nobody at Microsoft was asked anything");
    for ignored in [
        json!({"sdk": 8, "unknown": {"a": [1]}, "__proto__": {"polluted": true}, "constructor": "x"}),
        json!({"entry": 7, "typesAndSources": [], "selection": "multiple", "commands": null, "search": "no", "theme": 3,
            "list": {"layout": {"type": {}}}, "leftNav": 0, "accessibility": "yes", "title": {}, "localization": [],
            "authentication": "yes", "signIn": 1}),
    ] {
        browser.visit(&story.picker_url(&ignored.to_string())).await;
        browser.see("button", "Sign in with Microsoft").await;
    }
}

/// Where a server lets them through at all: most answer 414 by themselves.
#[tokio::test]
async fn options_of_a_megabyte_are_refused_by_name_however_they_are_posted() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let lenient = Lenient::before(&story.simulator.origins().mediaspace).await;
    browser.visit(&format!("{}/hosts/v8.html", lenient.origin)).await;
    let host = browser.window().await;
    let post = |place: &str| {
        format!(
            "const options = JSON.stringify({{ sdk: '8.0', title: 'x'.repeat(1 << 20) }}); \
             const form = document.createElement('form'); form.method = 'POST'; form.target = '_blank'; \
             form.action = '/_layouts/15/FilePicker.aspx'; {place}; document.body.append(form); form.submit()"
        )
    };
    browser.act(&post("form.action += '?filePicker=' + encodeURIComponent(options)")).await;
    browser.go_to_window("FilePicker.aspx").await;
    browser.see("alert", "").await;
    browser.see("button", "Copy details").await;
    browser.see_no("button", "Sign in with Microsoft").await;
    story.close_picker(&host).await;

    // In the body nobody reads them: the page is one that was opened without a host.
    let field = "const field = document.createElement('input'); field.name = 'filePicker'; field.value = options; form.append(field)";
    browser.act(&post(field)).await;
    browser.go_to_window("FilePicker.aspx").await;
    browser.see("heading", "OneDrive picker").await;
    assert!(story.simulator.world().log().list().is_empty(), "nobody at Microsoft was asked anything");
}

#[tokio::test]
async fn two_pickers_on_one_page_keep_apart() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mediaspace = &story.simulator.origins().mediaspace;
    let page = format!("{mediaspace}/hosts/v8.html?view=iframe&token=account&quirk=channel-27");
    browser.visit(&page).await;
    // The second frame has the same channel id: only its window tells the two apart.
    browser.click("button", "Open the picker").await;
    browser
        .act(
            "window.first = window.host; const frame = first.frame; const Host = first.constructor; \
             const second = window.second = new Host(first.quirk); const other = document.createElement('iframe'); \
             other.title = 'Second'; document.body.append(other); second.frame = other; second.win = other.contentWindow; \
             window.addEventListener('message', (event) => second.onWindowMessage(event)); other.src = second.url();",
        )
        .await;
    for (frame, file, name) in
        [("OneDrive", "Campus.jpg", "first"), ("Second", "Podcast jingle.mp3", "second")]
    {
        browser.enter_frame(frame).await;
        story.choose(file).await;
        browser.click("button", "Import 1 file").await;
        browser.leave_frames().await;
        let items = format!("return (window.{name}.items || []).map((item) => item.name)");
        browser
            .eventually("the pick", async || {
                (browser.ask::<Vec<String>>(&items).await == [file]).then_some(())
            })
            .await;
    }
}

#[tokio::test]
async fn a_host_that_closes_at_any_moment_leaves_nothing_behind() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let mediaspace = &story.simulator.origins().mediaspace;
    browser.visit(&format!("{mediaspace}/hosts/v8.html?view=iframe&token=account")).await;
    let errors = "return (window.errors = window.errors || []).length";
    browser.act("window.errors = []; addEventListener('error', (event) => errors.push(event.message))").await;
    for moment in ["before it is loaded", "while it is loaded", "with files shown", "with a file chosen"] {
        browser.click("button", "Open the picker").await;
        if moment != "before it is loaded" {
            browser
                .eventually("the handshake", async || {
                    browser.ask::<bool>("return !!window.host.port").await.then_some(())
                })
                .await;
        }
        if moment.starts_with("with") {
            browser.enter_frame("OneDrive").await;
            browser.see("row", "/^Campus/").await;
            if moment.ends_with("chosen") {
                story.choose("Campus.jpg").await;
            }
            browser.leave_frames().await;
        }
        browser.act("window.host.close()").await;
        assert_eq!(browser.ask::<u32>(errors).await, 0, "{moment}");
    }
}

#[tokio::test]
async fn links_are_refreshed_for_what_was_handed_over_and_for_nothing_else() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let host = story.open_v8_host("?token=account&quirk=pick-stays").await;
    story.import_campus().await;
    browser.see("heading", "The files were handed over").await;
    browser.return_to(&host).await;
    browser
        .act(
            "window.answers = []; const at = host.onPortMessage.bind(host); \
             host.port.addEventListener('message', ({ data }) => { if (data.type === 'result') window.answers.push(data); }); \
             const { id, parentReference } = host.items[0]; const driveId = parentReference.driveId; \
             host.post({ type: 'command', id: 'h1', data: { command: 'refresh-links', items: [{ id, driveId }, { id: '01OTHER', driveId }] } }); \
             host.post({ type: 'command', id: 'h2', data: { command: 'refresh-links', items: [{ id: '01OTHER', driveId }] } });",
        )
        .await;
    let answers: Vec<Value> = browser
        .eventually("two answers", async || {
            let answers: Vec<Value> = browser.ask("return window.answers").await;
            (answers.len() == 2).then_some(answers)
        })
        .await;
    let of = |id: &str| answers.iter().find(|answer| answer["id"] == id).expect("an answer")["data"].clone();
    let links = of("h1");
    assert_eq!(links["result"], "success");
    let link = links["items"][0]["@microsoft.graph.downloadUrl"].as_str().expect("a link");
    assert!(link.starts_with(&story.simulator.origins().downloads));
    assert_eq!(links["items"][1]["error"]["code"], "not_chosen");
    assert_eq!(of("h2")["result"], "error");
    assert_eq!(of("h2")["error"]["code"], "not_chosen");
}
