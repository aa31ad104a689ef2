//! What pages ask for, what they give up, and how long they wait.

use serde_json::Value;

use crate::browser::Browser;
use crate::story::{NOA, SAVES_DATA, Story};

/// Notes the address of every request, and of those that are given up before they have their answer. While `hurried` is set, a
/// second lasts twenty milliseconds for whoever waits for ten or more.
const WATCH: &str = "{
    window.asked = []; window.givenUp = [];
    const fetch = window.fetch;
    window.fetch = (request, ...rest) => {
        const url = String(request.url || request);
        let answered = false;
        window.asked.push(url);
        request.signal?.addEventListener('abort', () => { if (!answered) window.givenUp.push(url); });
        return fetch(request, ...rest).finally(() => { answered = true; });
    };
    const timeout = window.setTimeout;
    window.waits = [];
    window.setTimeout = (act, wait, ...rest) => {
        const isLong = window.hurried && wait >= 10_000;
        if (isLong) window.waits.push(wait);
        return timeout(act, isLong ? wait / 50 : wait, ...rest);
    };
}";

impl Browser {
    /// Watches what every page from now on asks for.
    pub(crate) async fn watch_requests(&self) {
        self.before_each_page(WATCH).await;
    }

    /// How many requests have gone to addresses with that text in them.
    pub(crate) async fn asked(&self, part: &str) -> usize {
        self.ask(&format!("return window.asked.filter((url) => url.includes('{part}')).length")).await
    }

    /// How many of those were given up before they had their answer.
    pub(crate) async fn given_up(&self, part: &str) -> usize {
        self.ask(&format!("return window.givenUp.filter((url) => url.includes('{part}')).length")).await
    }

    /// Waits until so many requests have gone to addresses with that text in them.
    pub(crate) async fn await_asked(&self, part: &str, count: usize) {
        self.eventually(&format!("{count} requests to {part}"), async || {
            (self.asked(part).await == count).then_some(())
        })
        .await;
    }

    /// Lets long waits of the page pass quickly from now on.
    pub(crate) async fn hurry(&self) {
        self.act("window.hurried = true").await;
    }

    /// The long waits, in milliseconds, that passed quickly.
    pub(crate) async fn long_waits(&self) -> Vec<u32> {
        self.ask("return window.waits").await
    }
}

impl Story {
    /// A person who may choose many files, at a site with these settings, in the last of these folders with all that is around
    /// the rows. What pages ask for is watched, and they ask for nothing ahead.
    pub(crate) async fn browse_in(settings: &[(&str, Value)], folders: &[&str]) -> Self {
        let story = Self::begin().await;
        for (name, value) in settings {
            story.simulator.site().set(name, value.clone());
        }
        story.browser.before_each_page(SAVES_DATA).await;
        story.browser.watch_requests().await;
        story.visit_picker_for_many().await;
        story.sign_in(NOA).await;
        for folder in folders {
            story.open_folder(folder).await;
        }
        story.browser.see("contentinfo", "").await;
        story
    }
}
