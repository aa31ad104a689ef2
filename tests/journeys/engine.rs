//! Running browsers. Starting one costs a fifth of what a journey costs, so that one whose journey went well is emptied and
//! lent to the next.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use thirtyfour::SessionId;
use thirtyfour::common::capabilities::chrome::ChromeCapabilities;
use thirtyfour::prelude::*;
use thirtyfour::session::handle::SessionHandle;
use thirtyfour::session::http::HttpClient;

use serde_json::{Value, json};

use crate::driver::Driver;
use crate::files::{free_port, temporary};

/// How long a start may take.
const PATIENCE: Duration = Duration::from_secs(50);
/// Between two attempts to reach the driver.
const BLINK: Duration = Duration::from_millis(25);
/// Browsers that wait at a time; an older one ends.
const WAITING: usize = 3;

/// Those that wait for a journey.
static IDLE: Mutex<Vec<Engine>> = Mutex::new(Vec::new());

/// How a browser is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Look {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Whether frames of other sites get their cookies.
    pub(crate) third_party_cookies: bool,
    /// Where all names of the internet lead to, whatever certificate is shown there: a port of this machine.
    pub(crate) internet: Option<u16>,
    /// Whether no other browser runs meanwhile and none was lent before, because time is measured.
    pub(crate) alone: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 1080, height: 680, third_party_cookies: false, internet: None, alone: false }
    }
}

/// A browser with its driver. It ends when this is dropped, and with the process of the tests however that ends.
pub(crate) struct Engine {
    look: Look,
    client: Arc<dyn HttpClient>,
    driver: Driver,
    profile: PathBuf,
    process: Child,
}

impl Drop for Engine {
    fn drop(&mut self) {
        // The shell around the driver reads until then.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

impl Engine {
    /// One that waits, or a new one.
    pub(crate) async fn get(look: Look) -> (Self, WebDriver) {
        let waiting = {
            let mut idle = IDLE.lock().expect("no panic");
            let place = idle.iter().position(|engine| engine.look == look);
            place.map(|place| idle.remove(place))
        };
        let Some(engine) = waiting else { return Self::start(look).await };
        let address = format!("http://127.0.0.1:{}", engine.driver.port);
        let session = SessionId::from(engine.driver.session.clone());
        // The connections of the last journey ended with it.
        let client = engine.client.new().await;
        let handle = SessionHandle::new(client, address, session).expect("an address");
        (engine, WebDriver { handle: Arc::new(handle) })
    }

    /// Starts a browser with an empty profile.
    async fn start(look: Look) -> (Self, WebDriver) {
        let port = free_port();
        let profile = temporary("profile");
        let chromedriver = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        // Whatever becomes of the tests, their end of the pipe closes, and the shell ends the driver, the browser and itself.
        let script = "trap : TERM; \"$1\" --port=\"$2\" --log-level=OFF & read _; kill -TERM 0; wait; \
                      rm -rf \"$3\" || { sleep 1; rm -rf \"$3\"; }";
        let process = Command::new("sh")
            .args(["-c", script, "sh", &chromedriver, &port.to_string()])
            .arg(&profile)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let driver = connect(port, capabilities(look, &profile)).await;
        driver.set_script_timeout(Duration::from_secs(60)).await.expect("a time limit");
        let engine = Self {
            look,
            client: Arc::clone(&driver.handle.client),
            driver: Driver { port, session: driver.session_id().to_string() },
            profile,
            process,
        };
        (engine, driver)
    }

    /// The driver without a runtime.
    pub(crate) fn driver(&self) -> &Driver {
        &self.driver
    }

    /// What all pages wrote to their consoles since it was started.
    pub(crate) fn console(&self) -> Vec<u8> {
        std::fs::read(self.profile.join("console.log")).expect("the browser's log")
    }

    /// Empties it and lets it wait for the next journey. One that cannot be emptied ends.
    pub(crate) fn give_back(self) {
        if self.look.alone || self.look.internet.is_some() || self.empty().is_err() {
            return;
        }
        let mut idle = IDLE.lock().expect("no panic");
        idle.push(self);
        if idle.len() > WAITING {
            idle.remove(0);
        }
    }

    /// Closes every window but a new one of the first size, and forgets what sites stored.
    fn empty(&self) -> io::Result<()> {
        let open = self.driver.get("/window/handles")?;
        let open: Vec<&Value> = open.as_array().into_iter().flatten().collect();
        self.driver.done("/window", &json!({"handle": open.first()}))?;
        let fresh = self.driver.post("/window/new", &json!({"type": "window"}))?;
        for window in open {
            self.driver.done("/window", &json!({"handle": window}))?;
            self.driver.delete("/window")?;
        }
        self.driver.done("/window", &json!({"handle": fresh["handle"]}))?;
        let Look { width, height, .. } = self.look;
        self.driver.post("/window/rect", &json!({"x": 0, "y": 0, "width": width, "height": height}))?;
        for (command, parameters) in [
            // A window that is shown last has the focus; one that others leave over may lose it again with the first click.
            ("Page.bringToFront", json!({})),
            ("Storage.clearDataForOrigin", json!({"origin": "*", "storageTypes": "all"})),
            ("Network.clearBrowserCookies", json!({})),
            ("Network.clearBrowserCache", json!({})),
        ] {
            self.driver.post("/goog/cdp/execute", &json!({"cmd": command, "params": parameters}))?;
        }
        Ok(())
    }
}

fn capabilities(look: Look, profile: &std::path::Path) -> ChromeCapabilities {
    let mut capabilities = ChromeCapabilities::new();
    let switches = [
        "--headless=new".to_owned(),
        "--no-sandbox".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-default-apps".to_owned(),
        "--disable-extensions".to_owned(),
        "--disable-sync".to_owned(),
        // Pages of the browser's own for an address bar that nobody sees: a process for each window.
        "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup".to_owned(),
        "--enable-precise-memory-info".to_owned(),
        "--enable-logging".to_owned(),
        format!("--log-file={}", profile.join("console.log").display()),
        "--lang=en-US".to_owned(),
        format!("--window-size={},{}", look.width, look.height),
        format!("--user-data-dir={}", profile.display()),
    ];
    for switch in &switches {
        capabilities.add_arg(switch).expect("a switch");
    }
    if let Some(port) = look.internet {
        capabilities.add_arg(&format!("--host-resolver-rules=MAP * 127.0.0.1:{port}")).expect("a switch");
        capabilities.add_arg("--ignore-certificate-errors").expect("a switch");
    }
    if look.third_party_cookies {
        let preferences = serde_json::json!({"profile.cookie_controls_mode": 0});
        capabilities.add_experimental_option("prefs", preferences).expect("preferences");
    }
    if look.width < 500 {
        // A window cannot be so narrow; a phone can.
        let metrics = serde_json::json!({"deviceMetrics": {"width": look.width, "height": look.height, "pixelRatio": 2}});
        capabilities.add_experimental_option("mobileEmulation", metrics).expect("a phone");
    }
    if let Ok(chrome) = std::env::var("CHROME") {
        capabilities.set_binary(&chrome).expect("a path");
    }
    capabilities
}

async fn connect(port: u16, capabilities: ChromeCapabilities) -> WebDriver {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match WebDriver::new(&format!("http://127.0.0.1:{port}"), capabilities.clone()).await {
            Ok(driver) => return driver,
            Err(error) => assert!(Instant::now() < deadline, "no browser: {error}"),
        }
        tokio::time::sleep(BLINK).await;
    }
}
