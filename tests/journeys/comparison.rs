//! The picker against the page of `bench/`, which lists the same by hand: same server, same browser, same run. `cargo xtask
//! bench` takes more rounds.

use onedrive_simulator::{Options, Running};
use serde::Deserialize;

use crate::browser::Browser;
use crate::engine::Look;
use crate::files::{dist, host, root};
use crate::story::{NOA, start_world};

/// Visits of each page in a browser after the cold one; the last is taken, when everything is in the browser's caches.
const WARM_VISITS: usize = 3;

/// Milliseconds from the navigation.
#[derive(Clone, Copy, Debug, Deserialize)]
struct Times {
    /// The first row is painted.
    first: f64,
    /// The last row is painted, at the end of the list.
    all: f64,
}

/// What a page took, once per round.
#[derive(Debug, Default)]
struct Taken {
    cold: Vec<Times>,
    warm: Vec<Times>,
}

/// How often each page is opened in a browser of its own.
fn rounds() -> usize {
    let named = std::env::var("ONEDRIVE_PICKER_ROUNDS").ok();
    named.and_then(|text| text.parse().ok()).unwrap_or(2)
}

/// A world where Noa's files are those of one of her large folders.
async fn world_of(folder: &str) -> Running {
    let options = Options { bench: Some(root().join("bench")), ..Options::for_tests(dist(), host()) };
    let simulator = start_world(options).await;
    assert!(simulator.world().raise_folder(NOA, &format!("Large folders/{folder}")), "no folder {folder}");
    simulator
}

/// Opens a page in a fresh browser, then again.
async fn open(simulator: &Running, page: &str, count: usize, taken: &mut Taken) {
    let browser = Browser::start(Look { alone: true, ..Look::default() }).await;
    browser.visit(&format!("{}/bench/host.html", simulator.origins().mediaspace)).await;
    let script = "const done = arguments[arguments.length - 1]; \
                  window.measure(arguments[0], arguments[1], arguments[2]).then(done)";
    let graph = simulator.origins().graph_base();
    for visit in 0..=WARM_VISITS {
        let arguments = vec![page.into(), graph.clone().into(), count.into()];
        let times = browser.driver.execute_async(script, arguments).await.expect("both times");
        let times: Times = times.convert().expect("numbers");
        match visit {
            0 => taken.cold.push(times),
            WARM_VISITS => taken.warm.push(times),
            _ => {}
        }
    }
}

/// Both pages in turn, the order turned round each time. The picker's times and the vanilla page's.
async fn compare(folder: &str, count: usize) -> (Taken, Taken) {
    let simulator = world_of(folder).await;
    println!("| from the navigation to | picker | by hand | share |\n| --- | ---: | ---: | ---: |");
    let (mut picker, mut vanilla) = (Taken::default(), Taken::default());
    for round in 0..rounds() {
        for turn in 0..2 {
            if (round + turn) % 2 == 0 {
                open(&simulator, "/bench/vanilla.html", count, &mut vanilla).await;
            } else {
                open(&simulator, "/onedrive/index/blank-page", count, &mut picker).await;
            }
        }
    }
    (picker, vanilla)
}

fn median(times: &[Times], what: fn(&Times) -> f64) -> f64 {
    let mut values: Vec<f64> = times.iter().map(what).collect();
    values.sort_by(f64::total_cmp);
    // Of an even number the better one in the middle: what disturbs only adds.
    values[(values.len() - 1) / 2]
}

/// A line of the table; the picker's share of the vanilla page's time.
fn line(what: &str, picker: &[Times], vanilla: &[Times], time: fn(&Times) -> f64) -> f64 {
    let (picker, vanilla) = (median(picker, time), median(vanilla, time));
    println!("| {what} | {picker:.0} ms | {vanilla:.0} ms | {:.2} |", picker / vanilla);
    picker / vanilla
}

#[tokio::test]
async fn shows_the_first_of_two_hundred_nearly_as_soon_as_a_page_by_hand() {
    let (picker, vanilla) = compare("200 items", 200).await;
    let cold = line("first of 200 rows, first visit", &picker.cold, &vanilla.cold, |times| times.first);
    let warm = line("first of 200 rows, later visit", &picker.warm, &vanilla.warm, |times| times.first);
    // The machine has other work too; docs/performance.md has what a quiet one measured.
    assert!(cold < 4.0 && warm < 3.0, "{picker:?} {vanilla:?}");
}

#[tokio::test]
async fn reaches_the_last_of_five_thousand_sooner_than_a_page_that_creates_them_all() {
    let (picker, vanilla) = compare("5,000 items", 5_000).await;
    line("first of 5,000 rows, first visit", &picker.cold, &vanilla.cold, |times| times.first);
    let cold = line("last of 5,000 rows, first visit", &picker.cold, &vanilla.cold, |times| times.all);
    let warm = line("last of 5,000 rows, later visit", &picker.warm, &vanilla.warm, |times| times.all);
    assert!(cold < 1.5 && warm < 1.5, "{picker:?} {vanilla:?}");
}
