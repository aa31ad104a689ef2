//! What a person sees beyond names and roles: room, selection, direction.

use onedrive_simulator::drive::{Fault, FaultKind};
use serde_json::json;
use thirtyfour::prelude::*;

use crate::engine::Look;
use crate::story::{NOA, Story};

/// The width of the narrowest tile in pixels; `null` while there is none.
const NARROWEST: &str = "const tiles = [...document.querySelectorAll('.tile')]; \
    return tiles.length ? Math.min(...tiles.map((tile) => Math.round(tile.getBoundingClientRect().width))) : null";

#[tokio::test]
async fn tiles_lie_anew_when_a_preview_takes_their_room() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.see("row", "/^Campus/").await;
    browser.click("button", "Tiles").await;
    story.preview("Campus.jpg").await;
    browser
        .eventually("tiles that are wide enough", async || {
            let narrowest: Option<u32> = browser.ask(NARROWEST).await;
            narrowest.filter(|width| *width >= 150)
        })
        .await;
}

#[tokio::test]
async fn a_double_click_marks_no_word_of_what_comes() {
    let story = Story::browse_as(NOA).await;
    story.double_click("Attachments").await;
    story.browser.see("heading", "This folder is empty").await;
    let marked: String = story.browser.ask("return String(getSelection())").await;
    assert_eq!(marked, "");
}

#[tokio::test]
async fn a_phone_chooses_where_to_search_and_shows_no_way_up_from_the_top() {
    let look = Look { width: 360, height: 720, ..Look::default() };
    let story = Story::begin_with(look).await;
    let browser = &story.browser;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    browser.see("row", "/^Acoustics/").await;
    assert!(browser.all("button", "Back").await.is_empty(), "there is nothing above");
    story.open_folder("Documents").await;
    browser.see("button", "Back").await;
    browser.act("document.querySelector('[role=searchbox], input[type=search]').focus()").await;
    browser.press("syllabus").await;
    browser.press(Key::Enter).await;
    let switch = browser.see("button", "This folder").await;
    assert!(switch.is_displayed().await.expect("an element"));
    switch.click().await.expect("a click");
    browser.see("row", "/^Syllabus/").await;
}

/// Lets the deferred chunk come only when the test says so.
const HOLD_LATER: &str = "const real = window.fetch; window.fetch = (url, ...rest) => String(url).includes('/later-') \
    ? new Promise((resolve) => { window.letLater = () => resolve(real(url, ...rest)); }) : real(url, ...rest)";

#[tokio::test]
async fn rows_stay_where_they_are_when_the_deferred_chunk_comes() {
    for (width, height) in [(1080, 680), (375, 700)] {
        let story = Story::begin_with(Look { width, height, ..Look::default() }).await;
        let browser = &story.browser;
        browser.before_pages(HOLD_LATER).await;
        // Its own sign-in would need the chunk.
        story.open_v8_frame(&story.simulator.origins().mediaspace, "&token=account").await;
        let row = browser.see("row", "/^Acoustics lab/").await;
        browser
            .eventually("the chunk to be asked for", async || {
                browser.ask::<bool>("return !!window.letLater").await.then_some(())
            })
            .await;
        browser.see("button", "Cancel").await;
        browser.see("navigation", "Places").await;
        assert!(browser.all("searchbox", "Search").await.is_empty());
        let before = row.rect().await.expect("a row");
        browser.act("window.letLater()").await;
        browser.see("contentinfo", "").await;
        browser.see("searchbox", "Search").await;
        let after = row.rect().await.expect("the same row");
        assert_eq!((before.x, before.y, before.width), (after.x, after.y, after.width), "{width}");
    }
}

/// Notes in `tops` where the first row stands, picture by picture.
const NOTE_TOPS: &str = "window.tops = new Set(); const look = () => { \
    const row = document.querySelector('[role=row][data-index=\"0\"]'); \
    if (row) window.tops.add(Math.round(row.getBoundingClientRect().top)); requestAnimationFrame(look); }; look()";

#[tokio::test]
async fn rows_stay_where_they_are_in_a_picker_that_begins_elsewhere() {
    for (options, row) in [
        (r#"{"entry":{"oneDrive":{"recent":{}}}}"#, "/mp4/"),
        (r#"{"entry":{"oneDrive":{"sharedWithMe":{}}}}"#, "/./"),
        (r#"{"entry":{"oneDrive":{"files":{"folder":"/Teaching/Signals and Systems"}}}}"#, "/^Lecture/"),
    ] {
        let story = Story::begin_with(Look { width: 375, height: 700, ..Look::default() }).await;
        let browser = &story.browser;
        browser.before_pages(NOTE_TOPS).await;
        browser.visit(&story.picker_url(options)).await;
        story.sign_in(NOA).await;
        browser.see("row", row).await;
        browser.see("contentinfo", "").await;
        browser.see("searchbox", "Search").await;
        if !options.contains("folder") {
            browser.hear("note", "This list can be incomplete").await;
        }
        let tops: Vec<i32> = browser.ask("return [...window.tops]").await;
        assert_eq!(tops.len(), 1, "{options}: {tops:?}");
    }
}

/// How far the text of a hit's name and that of the line below it end from the right edge of their cell, in pixels.
const FROM_THE_RIGHT: &str = "const cell = document.querySelector('[role=row] .label:has(mark)'); \
    if (!cell?.querySelector('.more')) return null; \
    return ['.name', '.more'].map((part) => { const range = document.createRange(); \
        range.selectNodeContents(cell.querySelector(part)); \
        return Math.round(cell.getBoundingClientRect().right - range.getBoundingClientRect().right); })";

#[tokio::test]
async fn in_hebrew_the_place_of_a_hit_stands_below_its_name() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.visit(&format!("{}&locale=he", story.picker_url("{}"))).await;
    story.sign_in_by("כניסה באמצעות Microsoft", NOA).await;
    browser.see("row", "/^Campus/").await;
    browser.see("searchbox", "").await.send_keys("thesis").await.expect("keys");
    let edges = browser
        .eventually("a hit with its place", async || {
            browser.ask::<Option<Vec<i32>>>(FROM_THE_RIGHT).await.filter(|edges| edges.len() == 2)
        })
        .await;
    assert!(edges.iter().all(|edge| (0..=2).contains(edge)), "{edges:?}");
}

/// What stands beyond the edge of the screen, and how far. A phone's window grows with what is in it.
const BEYOND: &str = "return [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility() && !one.closest('.list, .chips, .hidden')) \
    .map((one) => [Math.round(one.getBoundingClientRect().right - screen.width), one.className]).filter(([by]) => by > 0) \
    .concat(document.documentElement.scrollWidth > screen.width ? [[document.documentElement.scrollWidth - screen.width, 'page']] : [])";

#[tokio::test]
async fn a_window_of_320_pixels_has_room_for_everything() {
    let story = Story::begin_with(Look { width: 320, height: 640, ..Look::default() }).await;
    let browser = &story.browser;
    story.visit_picker_for_many().await;
    browser.see("button", "Sign in with Microsoft").await;
    assert_eq!(browser.ask::<Vec<(i32, String)>>(BEYOND).await, [], "the card");
    story.sign_in(NOA).await;
    browser.see("contentinfo", "").await;
    story.choose("Campus.jpg").await;
    assert_eq!(browser.ask::<Vec<(i32, String)>>(BEYOND).await, [], "the rows");
    story.preview("Campus.jpg").await;
    browser.see("button", "Close preview").await;
    assert_eq!(browser.ask::<Vec<(i32, String)>>(BEYOND).await, [], "the preview");
    browser.click("button", "Close preview").await;
    browser.click("link", "Shared").await;
    browser.see("grid", "Shared").await;
    browser.see("row", r"/\d/").await;
    assert!(browser.text().await.contains("This list can be incomplete"));
    assert_eq!(browser.ask::<Vec<(i32, String)>>(BEYOND).await, [], "a place with something to say");
}

/// Controls (not links within a sentence) that nothing covers, and that a finger misses within 44 pixels around their middle (a hair less, for the rounding).
const TOO_SMALL: &str = "return [...document.querySelectorAll('button, a[href], input, summary')] \
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().width > 1 && getComputedStyle(one).display !== 'inline') \
    .map((one) => one.closest('label') ?? one) \
    .filter((one) => { one.scrollIntoView({ block: 'center' }); const box = one.getBoundingClientRect(); const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]; \
        const misses = ([right, down]) => { const there = document.elementFromPoint(x + right, y + down); return there && !one.contains(there); }; \
        return !misses([0, 0]) && [[0, -21], [0, 21], [-21, 0], [21, 0]].some(misses); }) \
    .map((one) => `${one.ariaLabel ?? one.textContent} ${Math.round(one.offsetWidth)} x ${Math.round(one.offsetHeight)}`)";

#[tokio::test]
async fn a_finger_finds_every_control() {
    let story = Story::begin_with(Look { width: 360, height: 720, ..Look::default() }).await;
    let browser = &story.browser;
    story.visit_picker_for_many().await;
    browser.see("button", "Sign in with Microsoft").await;
    assert_eq!(browser.ask::<Vec<String>>(TOO_SMALL).await, [""; 0], "the card");
    story.sign_in(NOA).await;
    browser.see("contentinfo", "").await;
    story.choose("Campus.jpg").await;
    browser.see("button", "Import 1 file").await;
    assert_eq!(browser.ask::<Vec<String>>(TOO_SMALL).await, [""; 0], "the rows");
    browser.click("button", "/^Sort by/").await;
    browser.see("menu", "Sort by").await;
    assert_eq!(browser.ask::<Vec<String>>(TOO_SMALL).await, [""; 0], "a menu");
    browser.press(Key::Escape).await;
    story.preview("Campus.jpg").await;
    browser.see("button", "Close preview").await;
    assert_eq!(browser.ask::<Vec<String>>(TOO_SMALL).await, [""; 0], "the preview");
    browser.click("button", "Close preview").await;
    browser.click("link", "Shared").await;
    browser.see("row", r"/\d/").await;
    assert_eq!(browser.ask::<Vec<String>>(TOO_SMALL).await, [""; 0], "a place");
}

#[tokio::test]
async fn a_finger_finds_every_control_of_the_assistant() {
    let story = Story::begin_with(Look { width: 360, height: 720, ..Look::default() }).await;
    let browser = &story.browser;
    story.open_assistant().await;
    for next in
        ["Next: register the app", "Next: tokens and permissions", "Next: OneDrive module", "Next: try it"]
    {
        browser.see("button", next).await;
        assert_eq!(browser.ask::<Vec<String>>(TOO_SMALL).await, [""; 0], "before “{next}”");
        browser.click("button", next).await;
    }
    story.see_step(5).await;
    assert_eq!(browser.ask::<Vec<String>>(TOO_SMALL).await, [""; 0], "before the check");
    story.check_as(NOA).await;
    browser.hear("status", "Everything works").await;
    assert_eq!(browser.ask::<Vec<String>>(TOO_SMALL).await, [""; 0], "what was checked");
}

/// What turns, and the rows in the shape of what comes.
const WAITING: &str = "return [[...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).animationName === 'turn').length, \
    document.querySelectorAll('.list .row[aria-hidden=true]').length]";

#[tokio::test]
async fn waits_with_rows_in_the_shape_of_what_comes_and_nothing_that_turns() {
    let story = Story::browse_as(NOA).await;
    let browser = &story.browser;
    browser.see("searchbox", "Search").await;
    let faults = story.simulator.world().faults();
    faults.add(
        Fault::new(FaultKind::Delay { milliseconds: 3_000 }).account(NOA).path("/items/*/children").times(1),
    );
    story.double_click("Attachments").await;
    browser
        .eventually("rows in the shape of what comes", async || {
            (browser.ask::<(usize, usize)>(WAITING).await == (0, 6)).then_some(())
        })
        .await;
    assert_eq!(browser.ask::<String>("return document.querySelector('[role=grid]').ariaBusy").await, "true");
    browser.see("heading", "This folder is empty").await;
    assert_eq!(browser.ask::<(usize, usize)>(WAITING).await, (0, 0));
}

#[tokio::test]
async fn nothing_moves_by_itself_where_the_system_wants_less_motion() {
    let story = Story::begin().await;
    let browser = &story.browser;
    browser.prefer("prefers-reduced-motion", "reduce").await;
    story.visit_picker().await;
    story.sign_in(NOA).await;
    browser.see("contentinfo", "").await;
    browser.click("button", "/^Sort by/").await;
    browser.see("menu", "Sort by").await;
    let moving = "return [...document.querySelectorAll('*')].map((one) => getComputedStyle(one)) \
        .filter((style) => [style.transitionDuration, style.animationDuration].some((times) => \
        times.split(', ').some((time) => parseFloat(time) > 0.01))).length";
    assert_eq!(browser.ask::<usize>(moving).await, 0);
    browser.prefer("prefers-reduced-motion", "no-preference").await;
    assert!(browser.ask::<usize>(moving).await > 0, "otherwise something does");
}

#[tokio::test]
async fn takes_the_accent_of_the_host_and_the_colours_that_the_system_forces() {
    let story = Story::begin().await;
    let browser = &story.browser;
    let theme = json!({"theme": {"palette": {"themePrimary": "#00687a"}, "isInverted": false}, "selection": {"mode": "multiple"}});
    story.open_v8_host_with(&theme).await;
    story.choose("Campus.jpg").await;
    browser.see("button", "Import 1 file").await;
    // Whatever space the style sheet mixes colours in, and once the button has come to its colour.
    let pixel = "const button = [...document.querySelectorAll('button')].find((one) => one.textContent.includes('Import 1')); \
        const canvas = document.createElement('canvas').getContext('2d'); canvas.fillStyle = getComputedStyle(button).backgroundColor; \
        canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)";
    browser
        .eventually("the accent of the host", async || {
            let painted: [i32; 3] = browser.ask(pixel).await;
            painted.iter().zip([0, 104, 122]).all(|(is, wanted)| (is - wanted).abs() < 4).then_some(())
        })
        .await;

    browser.prefer("forced-colors", "active").await;
    let rows = "const colour = (element) => getComputedStyle(element).backgroundColor; const probe = document.createElement('i'); \
        probe.style.cssText = 'forced-color-adjust: none; background: Highlight'; document.body.append(probe); \
        const highlight = colour(probe); probe.remove(); \
        return [true, false].map((chosen) => colour(document.querySelector(`[role=row][aria-selected=${chosen}]`)) === highlight)";
    browser
        .eventually("the colour of what is chosen, on that alone", async || {
            (browser.ask::<[bool; 2]>(rows).await == [true, false]).then_some(())
        })
        .await;
    // A mark stands in what is chosen alone, and the button can be read: a system puts its own ground behind words otherwise.
    let marks = "return [true, false].map((chosen) => parseFloat(getComputedStyle( \
        document.querySelector(`[role=row][aria-selected=${chosen}] [data-part=check]`), '::after').borderRightWidth) > 0)";
    assert_eq!(browser.ask::<[bool; 2]>(marks).await, [true, false]);
    let import = browser.see("button", "Import 1 file").await;
    assert_eq!(import.css_value("forced-color-adjust").await.expect("a style"), "none");
}
