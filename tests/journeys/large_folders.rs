//! Folders of thousands: few elements, few requests, no long task, little memory, every row in reach.

use onedrive_simulator::drive::Party;
use serde::Deserialize;
use thirtyfour::Key;

use crate::engine::Look;
use crate::story::{NOA, Story};

/// Items of a large page of Graph; a short one comes before.
const PAGE: usize = 1_000;
/// A task that a person feels (W3C Long Tasks).
const LONG_TASK: u32 = 50;
/// The machine has other work too: what is long each time is the picker's.
const PASSES: usize = 4;

/// Keeps the memory of every WebAssembly instance, counts elements and notes long tasks.
const WATCH: &str = r"
    window.watched = { memories: new Set(), most: 0, tasks: [] };
    const keep = (result) => {
        const exports = (result.instance || result).exports;
        for (const name in exports) {
            if (exports[name] instanceof WebAssembly.Memory) window.watched.memories.add(exports[name]);
        }
        return result;
    };
    for (const name of ['instantiate', 'instantiateStreaming']) {
        const real = WebAssembly[name];
        WebAssembly[name] = (...rest) => real.apply(WebAssembly, rest).then(keep);
    }
    const count = () => {
        window.watched.most = Math.max(window.watched.most, document.getElementsByTagName('*').length);
        requestAnimationFrame(count);
    };
    count();
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.watched.tasks.push(Math.round(entry.duration));
    }).observe({ type: 'longtask', buffered: true });
";

/// Scrolls as a wheel does, as a dragged scroll bar does, to the end and back, a step a frame. Tells the long tasks, and the rows
/// whose `aria-rowindex` is not that of the place where they are.
const SCROLL: &str = r"
    const done = arguments[arguments.length - 1];
    const list = document.querySelector('[role=grid]');
    const head = list.querySelector('.head').offsetHeight;
    const steps = [];
    for (let step = 1; step <= 60; step++) steps.push(() => list.scrollTop += 120);
    for (let step = 1; step <= 40; step++) steps.push(() => list.scrollTop = (step * 0.618 % 1) * list.scrollHeight);
    for (let step = 1; step <= 20; step++) steps.push(() => list.scrollTop = list.scrollHeight);
    for (let step = 1; step <= 20; step++) steps.push(() => list.scrollTop -= 400);
    steps.push(() => list.scrollTop = 0);
    const wrong = new Set();
    const look = () => {
        const box = list.getBoundingClientRect();
        let inSight = 0;
        for (const row of list.querySelectorAll('[role=row][aria-selected]')) {
            const place = row.getBoundingClientRect();
            if (place.bottom < box.top || place.top > box.bottom) continue;
            inSight += 1;
            const above = place.top - box.top - head + list.scrollTop;
            const index = 2 + Math.round(above / place.height);
            if (Number(row.getAttribute('aria-rowindex')) !== index) wrong.add(`${row.getAttribute('aria-rowindex')} at ${index}`);
        }
        if (inSight < Math.floor((box.height - head) / 60)) wrong.add(`${inSight} rows at ${list.scrollTop}`);
    };
    // After everything that is done for a frame, and before it is shown (HTML, update the rendering).
    const painted = (then) => {
        const observer = new ResizeObserver(() => { observer.disconnect(); then(); });
        observer.observe(list);
    };
    window.watched.tasks.length = 0;
    const next = () => {
        const step = steps.shift();
        if (!step) {
            // Long tasks are told a little later.
            setTimeout(() => done({ tasks: window.watched.tasks.splice(0), wrong: [...wrong] }), 200);
            return;
        }
        step();
        requestAnimationFrame(() => requestAnimationFrame(() => painted(() => { look(); next(); })));
    };
    next();
";

#[derive(Debug, Deserialize)]
struct Scrolled {
    tasks: Vec<u32>,
    wrong: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Memory {
    heap: u64,
    wasm: u64,
}

impl Story {
    /// A browser that watches its pages from their start.
    async fn watch_as(account: &str) -> Self {
        let story = Self::begin_with(Look { alone: true, ..Look::default() }).await;
        story.browser.before_each_page(WATCH).await;
        story.visit_picker().await;
        story.sign_in(account).await;
        story
    }

    async fn scroll(&self) -> Scrolled {
        let scrolled = self.browser.driver.execute_async(SCROLL, Vec::new()).await.expect("it scrolls");
        scrolled.convert().expect("what happened")
    }

    /// The row with the focus, as assistive technology counts.
    async fn focused_row(&self) -> Option<usize> {
        let index: Option<String> =
            self.browser.ask("return document.activeElement.getAttribute('aria-rowindex')").await;
        index.and_then(|index| index.parse().ok())
    }

    /// Waits until a listing says that it has all its rows.
    async fn see_all_of(&self, name: &str, count: usize) {
        let total = (count + 1).to_string();
        self.browser
            .eventually("all rows", async || {
                let grid = self.browser.all("grid", name).await.into_iter().next()?;
                (grid.attr("aria-rowcount").await.ok()?? == total).then_some(())
            })
            .await;
    }
}

async fn holds(name: &str, count: usize) {
    let story = Story::watch_as(NOA).await;
    let browser = &story.browser;
    story.open_folder("Large folders").await;
    story.simulator.world().log().clear();
    story.open_folder(name).await;
    // A row of the folder, not the head.
    browser.see("row", r"/\d/").await;

    let loading = story.scroll().await;
    assert_eq!(loading.wrong, [""; 0], "while pages arrive");
    story.see_all_of(name, count).await;
    let asked = story.simulator.world().log().count(Party::Graph, "/children");

    let mut passes = Vec::new();
    for _ in 0..PASSES {
        let scrolled = story.scroll().await;
        assert_eq!(scrolled.wrong, [""; 0]);
        let is_smooth = scrolled.tasks.iter().all(|task| *task <= LONG_TASK);
        passes.push(scrolled.tasks);
        if is_smooth {
            break;
        }
    }
    let most: usize = browser.ask("return window.watched.most").await;
    let memory: Memory = browser
        .ask(
            "return { heap: performance.memory.usedJSHeapSize, \
             wasm: [...window.watched.memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }",
        )
        .await;
    println!(
        "{name}: {asked} requests, at most {most} elements, {} kB of heap and {} kB of WebAssembly memory; long tasks (ms) \
         while scrolling as pages arrive {:?}, afterwards {passes:?}",
        memory.heap / 1024,
        memory.wasm / 1024,
        loading.tasks
    );
    assert_eq!(asked, count.div_ceil(PAGE) + 1, "requests");
    assert!(most < 400, "{most} elements");
    assert!(memory.wasm > 0, "the memory was not found");
    assert!(memory.heap + memory.wasm < 60 << 20, "{memory:?}");
    assert!(memory.wasm < 25 << 20, "{memory:?}");
    assert!(passes.last().is_some_and(|tasks| tasks.iter().all(|task| *task <= LONG_TASK)), "{passes:?}");
    reaches_every_row_by_keyboard(&story, count).await;
}

async fn reaches_every_row_by_keyboard(story: &Story, count: usize) {
    let browser = &story.browser;
    for (key, row) in
        [(Key::End, count + 1), (Key::Home, 2), (Key::Down, 3), (Key::End, count + 1), (Key::Up, count)]
    {
        browser.press(key).await;
        browser
            .eventually(&format!("the focus on row {row}"), async || {
                (story.focused_row().await == Some(row)).then_some(())
            })
            .await;
    }
    // A name far below, by its first letters; the folders are above the files.
    browser.press(Key::Home).await;
    let wanted = format!("Lecture {}", count - 3);
    browser.press(wanted.as_str()).await;
    let focused = browser
        .eventually("the focus on a lecture", async || {
            let label: Option<String> = browser.ask("return document.activeElement.ariaLabel").await;
            label.filter(|label| label.starts_with("Lecture"))
        })
        .await;
    println!("{wanted:?} leads to {focused:?}");
}

#[tokio::test]
async fn holds_five_thousand() {
    holds("5,000 items", 5_000).await;
}

#[tokio::test]
async fn holds_twenty_thousand() {
    holds("20,000 items", 20_000).await;
}

#[tokio::test]
async fn keeps_the_focus_while_rows_come_and_go() {
    let story = Story::watch_as(NOA).await;
    let browser = &story.browser;
    story.open_folder("Large folders").await;
    story.open_folder("20,000 items").await;
    // A row of the folder, not the head.
    browser.see("row", r"/\d/").await;
    browser.press(Key::Home).await;
    browser.press(Key::Down).await;
    browser.eventually("the second row", async || (story.focused_row().await == Some(3)).then_some(())).await;
    let script = "window.lost = 0; const look = () => { if (document.activeElement === document.body) window.lost += 1; \
                  requestAnimationFrame(look); }; look(); return document.activeElement.ariaLabel";
    let focused: String = browser.ask(script).await;
    story.scroll().await;
    story.see_all_of("20,000 items", 20_000).await;
    let (after, lost): (String, u32) =
        browser.ask("return [document.activeElement.ariaLabel, window.lost]").await;
    assert_eq!((after, lost), (focused, 0), "the focus stays with its file");
    browser.press(Key::Down).await;
    browser.eventually("the next row", async || (story.focused_row().await == Some(4)).then_some(())).await;
}

#[tokio::test]
async fn sorts_the_whole_folder_without_a_long_task() {
    let story = Story::watch_as(NOA).await;
    let browser = &story.browser;
    story.open_folder("Large folders").await;
    story.open_folder("20,000 items").await;
    story.see_all_of("20,000 items", 20_000).await;
    let mut passes = Vec::new();
    for (column, first) in
        [("Size", "descending"), ("Modified", "descending"), ("Name", "ascending"), ("Size", "descending")]
    {
        browser.act("window.watched.tasks.length = 0").await;
        // As a person presses it: a test's own look at the page is a long task by itself.
        let script = "const done = arguments[arguments.length - 1]; \
            const head = [...document.querySelectorAll('[role=columnheader]')].find((head) => head.innerText.trim() === arguments[0]); \
            head.querySelector('button').click(); const end = Date.now() + 15000; const look = () => { \
            const grid = document.querySelector('[role=grid]'); \
            if (grid.ariaBusy === 'true' && Date.now() < end) setTimeout(look, 50); else setTimeout(() => done(window.watched.tasks.splice(0)), 200); }; \
            setTimeout(look, 50);";
        let tasks = browser.driver.execute_async(script, vec![column.into()]).await.expect("it sorts");
        let tasks: Vec<u32> = tasks.convert().expect("durations");
        let head = browser.see("columnheader", column).await;
        assert_eq!(head.attr("aria-sort").await.expect("an attribute").as_deref(), Some(first));
        println!("20,000 items by {column}: long tasks (ms) {tasks:?}");
        passes.push(tasks);
    }
    assert!(passes.iter().any(|tasks| tasks.iter().all(|task| *task <= LONG_TASK)), "{passes:?}");
}

#[tokio::test]
async fn asks_nothing_for_each_item() {
    let story = Story::browse_as(NOA).await;
    story.open_folder("Large folders").await;
    story.simulator.world().log().clear();
    story.open_folder("200 items").await;
    story.// A row of the folder, not the head.
    browser.see("row", r"/\d/").await;
    story.see_all_of("200 items", 200).await;
    assert_eq!(story.simulator.world().log().count(Party::Graph, "/children"), 1);
    let calls = story.simulator.world().log().list();
    let others = calls.iter().filter(|call| call.party == Party::Graph && !call.in_batch).count() - 1;
    assert!(others <= 2, "{others} batches of thumbnails for the rows in view");
}
