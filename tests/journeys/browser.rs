//! A person at a browser: headless Chromium, driven by WebDriver. Everything is found by role and name, as assistive
//! technology finds it (Testing Library's queries, put into the page).

use std::net::TcpListener;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;
use tokio::process::{Child, Command};

/// How long a person waits for something to appear.
const PATIENCE: Duration = Duration::from_secs(20);

/// Which page the browser shows, and how wide.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
    pub language: &'static str,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 1080, height: 680, dark: false, language: "en" }
    }
}

/// A browser of one person. It ends with the test.
pub struct Browser {
    pub driver: WebDriver,
    queries: String,
    _chromedriver: Child,
    profile: PathBuf,
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Best effort: the folder is in the system's temporary folder.
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

impl Browser {
    /// Starts a browser with an empty profile.
    pub async fn start(look: Look) -> Self {
        let port = free_port();
        let chromedriver = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let process = Command::new(chromedriver)
            .arg(format!("--port={port}"))
            .arg("--log-level=SEVERE")
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver starts; `cargo xtask setup --for-tests` installs it");
        let profile = std::env::temp_dir().join(format!("onedrive-picker-journey-{}-{port}", std::process::id()));
        let mut capabilities = DesiredCapabilities::chrome();
        let switches = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            "--disable-quic".to_owned(),
            "--enable-precise-memory-info".to_owned(),
            format!("--lang={}", look.language),
            format!("--window-size={},{}", look.width, look.height),
            format!("--user-data-dir={}", profile.display()),
        ];
        for switch in &switches {
            capabilities.add_arg(switch).expect("a switch");
        }
        if look.dark {
            capabilities.add_arg("--force-dark-mode").expect("a switch");
        }
        if let Ok(chrome) = std::env::var("CHROME") {
            capabilities.set_binary(&chrome).expect("a path");
        }
        let driver = connect(port, capabilities).await;
        driver.set_script_timeout(Duration::from_secs(60)).await.expect("a time limit");
        Self { driver, queries: testing_library(), _chromedriver: process, profile }
    }

    /// Opens an address.
    pub async fn visit(&self, url: &str) {
        self.driver.goto(url).await.expect("the page opens");
    }

    /// Everything with the role whose name matches: exactly, or as a regular expression if written `/…/`.
    pub async fn all(&self, role: &str, name: &str) -> Vec<WebElement> {
        let script = r#"
            if (!window.TestingLibraryDom) (0, eval)(arguments[2]);
            const name = arguments[1];
            const options = name === "" ? {} : { name: name.startsWith("/") ? new RegExp(name.slice(1, -1)) : name };
            return window.TestingLibraryDom.queryAllByRole(document.body, arguments[0], options);
        "#;
        let arguments = vec![role.into(), name.into(), self.queries.clone().into()];
        let Ok(found) = self.driver.execute(script, arguments).await else { return Vec::new() };
        found.elements().unwrap_or_default()
    }

    /// Waits until something with that role and name is there.
    pub async fn see(&self, role: &str, name: &str) -> WebElement {
        self.eventually(&format!("{role} “{name}”"), async || self.all(role, name).await.into_iter().next()).await
    }

    /// Waits until nothing with that role and name is there.
    pub async fn see_no(&self, role: &str, name: &str) {
        self.eventually(&format!("no {role} “{name}”"), async || {
            self.all(role, name).await.is_empty().then_some(())
        })
        .await;
    }

    /// Waits for something and clicks it. An element that is replaced meanwhile is looked for again.
    pub async fn click(&self, role: &str, name: &str) {
        self.eventually(&format!("a click on {role} “{name}”"), async || {
            let element = self.all(role, name).await.into_iter().next()?;
            element.is_enabled().await.ok().filter(|enabled| *enabled)?;
            element.click().await.ok()
        })
        .await;
    }

    /// Waits until the probe gives something.
    pub async fn eventually<T>(&self, what: &str, probe: impl AsyncFn() -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(seen) = probe().await {
                return seen;
            }
            assert!(Instant::now() < deadline, "waited in vain for {what}; the page says:\n{}", self.text().await);
            tokio::task::yield_now().await;
        }
    }

    /// The text of the page as it is now.
    pub async fn text(&self) -> String {
        let text = self.driver.execute("return document.title + '\\n' + document.body.innerText", Vec::new()).await;
        text.ok().and_then(|text| text.convert().ok()).unwrap_or_default()
    }

    /// Goes to the window whose address contains the text, waiting for it.
    pub async fn go_to_window(&self, part: &str) -> WindowHandle {
        self.eventually(&format!("a window at {part}"), async || {
            for handle in self.driver.windows().await.ok()? {
                if self.driver.switch_to_window(handle.clone()).await.is_ok()
                    && self.driver.current_url().await.is_ok_and(|url| url.as_str().contains(part))
                {
                    return Some(handle);
                }
            }
            None
        })
        .await
    }

    /// Goes back to a window.
    pub async fn return_to(&self, window: &WindowHandle) {
        self.driver.switch_to_window(window.clone()).await.expect("the window is there");
    }

    /// Waits until so many windows are open.
    pub async fn see_windows(&self, count: usize) {
        self.eventually(&format!("{count} windows"), async || {
            (self.driver.windows().await.ok()?.len() == count).then_some(())
        })
        .await;
    }

    /// Goes into the frame with that title.
    pub async fn enter_frame(&self, title: &str) {
        let frame = self
            .eventually(&format!("the frame {title}"), async || {
                self.driver.find(By::Css(format!("iframe[title='{title}']"))).await.ok()
            })
            .await;
        frame.enter_frame().await.expect("a frame");
    }

    /// Presses keys where the focus is.
    pub async fn press(&self, keys: impl AsRef<str>) {
        self.driver.active_element().await.expect("a focus").send_keys(keys.as_ref()).await.expect("keys");
    }

    /// The value of a script.
    pub async fn ask<T: serde::de::DeserializeOwned>(&self, script: &str) -> T {
        let answer = self.driver.execute(script, Vec::new()).await.expect("the script runs");
        answer.convert().expect("an answer of that type")
    }

    /// Ends the browser in good order.
    pub async fn leave(self) {
        let _ = self.driver.clone().quit().await;
    }
}

async fn connect(port: u16, capabilities: ChromeCapabilities) -> WebDriver {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match WebDriver::new(&format!("http://127.0.0.1:{port}"), capabilities.clone()).await {
            Ok(driver) => return driver,
            Err(error) => assert!(Instant::now() < deadline, "no browser: {error}"),
        }
        tokio::task::yield_now().await;
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

fn testing_library() -> String {
    let cache = std::env::var_os("ONEDRIVE_PICKER_CACHE").map(PathBuf::from).unwrap_or_else(|| {
        let base = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).unwrap_or_else(|| {
            PathBuf::from(std::env::var_os("HOME").expect("a home")).join(".cache")
        });
        base.join("onedrive-picker")
    });
    let path = cache.join("node/node_modules/@testing-library/dom/dist/@testing-library/dom.umd.min.js");
    std::fs::read_to_string(&path).expect("Testing Library; `cargo xtask setup --for-tests` installs it")
}
