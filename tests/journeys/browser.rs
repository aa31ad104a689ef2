//! A person at a browser: headless Chromium, driven by WebDriver. Everything is found by role and name, as assistive
//! technology finds it (Testing Library's queries, put into the page).

use std::sync::OnceLock;
use std::time::{Duration, Instant};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::extensions::cdp::ChromeDevTools;
use thirtyfour::prelude::*;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::driver::Driver;
use crate::engine::{Engine, Look};
use crate::files::node_module;
use crate::leaks::RECORDER;

/// How long a person waits for something to appear.
const PATIENCE: Duration = Duration::from_secs(25);
/// How long one command may take: a page may be slow to load.
const LONGEST_COMMAND: Duration = Duration::from_secs(50);
/// Between two looks.
const BLINK: Duration = Duration::from_millis(25);
/// Browsers at a time: each keeps a core busy.
static SEATS: Semaphore = Semaphore::const_new(BROWSERS as usize);
const BROWSERS: u32 = 2;

/// A browser of one person, empty at the start.
pub(crate) struct Browser {
    pub(crate) driver: WebDriver,
    /// There until the end.
    engine: Option<Engine>,
    /// What the console had said before, in bytes.
    said_before: usize,
    _seat: SemaphorePermit<'static>,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Not by the driver's own means, which need a runtime that goes on after a failed test.
        let _ = self.driver.clone().leak();
        let engine = self.engine.take();
        if !std::thread::panicking() {
            engine.into_iter().for_each(Engine::give_back);
        }
    }
}

impl Browser {
    /// Starts a browser in which nobody has been.
    pub(crate) async fn start(look: Look) -> Self {
        let seat = SEATS.acquire_many(if look.alone { BROWSERS } else { 1 }).await.expect("seats");
        let (engine, driver) = Engine::get(look).await;
        let said_before = engine.console().len();
        let browser = Self { driver, engine: Some(engine), said_before, _seat: seat };
        browser.record().await;
        browser
    }

    fn engine(&self) -> &Engine {
        self.engine.as_ref().expect("there until the end")
    }

    /// What all pages wrote to their consoles.
    pub(crate) fn console(&self) -> String {
        String::from_utf8_lossy(&self.engine().console().split_off(self.said_before)).into_owned()
    }

    /// Notes what pages of the first window hear.
    async fn record(&self) {
        self.before_pages(RECORDER).await;
    }

    /// Lets no page of this window open another one, as some browsers inside of applications do.
    pub(crate) async fn block_windows(&self) {
        self.before_pages("window.open = () => null").await;
    }

    /// Runs a script in every page of this window before the page's own.
    pub(crate) async fn before_pages(&self, script: &str) {
        self.command("Page.addScriptToEvaluateOnNewDocument", serde_json::json!({"source": script})).await;
    }

    /// Takes the network away, or gives it back.
    pub(crate) async fn be_offline(&self, offline: bool) {
        let conditions = serde_json::json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.command("Network.enable", serde_json::json!({})).await;
        self.command("Network.emulateNetworkConditions", conditions).await;
    }

    /// Sets a wish of the person's system, as style sheets ask for it.
    pub(crate) async fn prefer(&self, feature: &str, value: &str) {
        let features = serde_json::json!({"features": [{"name": feature, "value": value}]});
        self.command("Emulation.setEmulatedMedia", features).await;
    }

    async fn command(&self, name: &str, parameters: serde_json::Value) {
        let tools = ChromeDevTools::new(self.driver.handle.clone());
        tools.execute_cdp_with_params(name, parameters).await.expect("a command of the developer tools");
    }

    /// The driver without a runtime.
    pub(crate) fn plain_driver(&self) -> &Driver {
        self.engine().driver()
    }

    /// Opens an address.
    pub(crate) async fn visit(&self, url: &str) {
        let opening = async {
            match self.driver.goto(url).await {
                // A kept connection may end just as it is used again (RFC 9112, section 9.3): the page was not asked for.
                Err(error) if matches!(&*error, WebDriverErrorInner::RequestFailed(_)) => {
                    self.driver.goto(url).await
                }
                opened => opened,
            }
        };
        self.answer("a page opens", opening).await;
    }

    /// Runs a script at the start of every page from now on, before the page's own.
    pub(crate) async fn before_each_page(&self, script: &str) {
        let tools = ChromeDevTools::new(self.driver.handle.clone());
        let source = serde_json::json!({ "source": script });
        let added = tools.execute_cdp_with_params("Page.addScriptToEvaluateOnNewDocument", source).await;
        added.expect("the script is taken");
    }

    /// Everything with the role whose name matches: exactly, or as a regular expression if written `/…/`.
    pub(crate) async fn all(&self, role: &str, name: &str) -> Vec<WebElement> {
        let script = r#"
            if (!window.TestingLibraryDom) return null;
            const name = arguments[1];
            const options = name === "" ? {} : { name: name.startsWith("/") ? new RegExp(name.slice(1, -1)) : name };
            return window.TestingLibraryDom.queryAllByRole(document.body, arguments[0], options);
        "#;
        let arguments = vec![role.into(), name.into()];
        let Ok(mut found) = self.driver.execute(script, arguments.clone()).await else { return Vec::new() };
        if found.json().is_null() {
            // As a script of the driver: a page's policy may forbid `eval`.
            let _ = self.driver.execute(testing_library(), Vec::new()).await;
            let Ok(again) = self.driver.execute(script, arguments).await else { return Vec::new() };
            found = again;
        }
        found.elements().unwrap_or_default()
    }

    /// Waits until something with that role and name is there.
    pub(crate) async fn see(&self, role: &str, name: &str) -> WebElement {
        self.eventually(&format!("{role} “{name}”"), async || {
            self.all(role, name).await.into_iter().next()
        })
        .await
    }

    /// Waits until something with that role says these words, and returns all that it says.
    pub(crate) async fn hear(&self, role: &str, words: &str) -> String {
        self.eventually(&format!("{role} saying “{words}”"), async || {
            for element in self.all(role, "").await {
                let text = element.prop("textContent").await.ok()??;
                if text.contains(words) {
                    return Some(text);
                }
            }
            None
        })
        .await
    }

    /// Waits until nothing with that role and name is there.
    pub(crate) async fn see_no(&self, role: &str, name: &str) {
        self.eventually(&format!("no {role} “{name}”"), async || {
            self.all(role, name).await.is_empty().then_some(())
        })
        .await;
    }

    /// Waits for something and clicks it. An element that is replaced meanwhile is looked for again; a window that
    /// closes in the click is what was wanted.
    pub(crate) async fn click(&self, role: &str, name: &str) {
        self.eventually(&format!("a click on {role} “{name}”"), async || {
            let element = self.all(role, name).await.into_iter().next()?;
            element.is_enabled().await.ok().filter(|enabled| *enabled)?;
            match element.click().await {
                Ok(()) => Some(()),
                Err(error) if matches!(&*error, WebDriverErrorInner::NoSuchWindow(_)) => Some(()),
                Err(_) => None,
            }
        })
        .await;
    }

    /// Waits until the probe gives something.
    pub(crate) async fn eventually<T>(&self, what: &str, probe: impl AsyncFn() -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // A driver may leave a command unanswered, such as one to a window that is closing.
            match timeout(PATIENCE, probe()).await {
                Ok(Some(seen)) => return seen,
                Ok(None) => {}
                Err(_) => panic!("the browser did not answer within {PATIENCE:?}, while waiting for {what}"),
            }
            if Instant::now() > deadline {
                let text = timeout(PATIENCE, self.text()).await;
                let text = text.unwrap_or_else(|_| "nothing, for it does not answer".to_owned());
                panic!("waited in vain for {what}; the page says:\n{text}");
            }
            tokio::time::sleep(BLINK).await;
        }
    }

    /// What the driver answers to one command. Fails by name where it does not.
    pub(crate) async fn answer<T>(&self, what: &str, command: impl Future<Output = WebDriverResult<T>>) -> T {
        match timeout(LONGEST_COMMAND, command).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => panic!("{what}: {error:?}"),
            Err(_) => panic!("{what}: the browser did not answer within {LONGEST_COMMAND:?}"),
        }
    }

    /// The address and the text of the page as it is now.
    pub(crate) async fn text(&self) -> String {
        let script = "return location.origin + location.pathname + '\\n' + document.title + '\\n' + document.body.innerText";
        let text = self.driver.execute(script, Vec::new()).await;
        text.ok().and_then(|text| text.convert().ok()).unwrap_or_default()
    }

    /// Presses keys where the focus is.
    pub(crate) async fn press(&self, keys: impl Into<TypingData>) {
        self.answer("keys", self.driver.action_chain().send_keys(keys).perform()).await;
    }

    /// The value of a script.
    pub(crate) async fn ask<T: serde::de::DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.answer(script, self.driver.execute(script, Vec::new())).await;
        answer.convert().expect("an answer of that type")
    }

    /// Does something in the page by a script.
    pub(crate) async fn act(&self, script: &str) {
        self.answer(script, self.driver.execute(script, Vec::new())).await;
    }
}

fn testing_library() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| node_module("@testing-library/dom/dist/@testing-library/dom.umd.min.js"))
}
