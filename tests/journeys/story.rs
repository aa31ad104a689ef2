//! The steps that stories share.

use onedrive_simulator::drive::Party;
use onedrive_simulator::identity::Registration;
use onedrive_simulator::{APPLICATION_ID, Options, Running, Simulator};
use std::cell::Cell;
use std::sync::LazyLock;
use thirtyfour::prelude::*;
use tokio::runtime::Runtime;

use crate::browser::Browser;
use crate::engine::Look;
use crate::files::{dist, host};
use crate::leaks::Search;

/// Where the simulators live: apart from the tests, so that the world goes on while a test is being taken apart.
static WORLDS: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().expect("threads"));

/// Starts a simulator that lives on its own threads.
pub(crate) async fn start_world(options: Options) -> Running {
    WORLDS.spawn(Simulator::start(options)).await.expect("no panic").expect("free ports")
}

/// The one who most stories are about.
pub(crate) const NOA: &str = "noa@openu.example";

/// The title of the picker's frame in the dialog of My Media.
pub(crate) const DIALOG: &str = "Import from OneDrive";

/// For a browser that saves data, so that the picker asks only for what the person asks for.
pub(crate) const SAVES_DATA: &str =
    "Object.defineProperty(navigator, 'connection', { get: () => ({ saveData: true }) })";

/// A person at a browser, and the world around.
///
/// Every story ends with a search for tokens where none may be.
pub(crate) struct Story {
    pub(crate) browser: Browser,
    pub(crate) simulator: Running,
    /// Whether the administrator wants the token in the tab's storage.
    pub(crate) keeps_token_in_session: Cell<bool>,
}

impl Drop for Story {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let search = Search {
            tokens: self.simulator.world().directory().issued(),
            microsoft: self.simulator.origins().identity.clone(),
            kept_in_session: self.keeps_token_in_session.get(),
        };
        search.run(self.browser.plain_driver(), &self.browser.console());
    }
}

impl Story {
    /// A fresh browser in a fresh world.
    pub(crate) async fn begin() -> Self {
        Self::begin_with(Look::default()).await
    }

    /// The same, with the browser set differently.
    pub(crate) async fn begin_with(look: Look) -> Self {
        let browser = Browser::start(look).await;
        Self::of(browser, start_world(Options::for_tests(dist(), host())).await)
    }

    /// A story of this browser in this world.
    pub(crate) fn of(browser: Browser, simulator: Running) -> Self {
        Self { browser, simulator, keeps_token_in_session: Cell::new(false) }
    }

    /// The address of the picker as a host opens it, with these options.
    pub(crate) fn picker_url(&self, options: &str) -> String {
        format!("{}?filePicker={}", self.simulator.picker(), encode(options))
    }

    /// Opens the picker by itself, without a host.
    pub(crate) async fn visit_picker(&self) {
        self.browser.visit(&self.picker_url("{}")).await;
    }

    /// The same, to choose any number of files and folders.
    pub(crate) async fn visit_picker_for_many(&self) {
        self.browser.visit(&self.picker_url(r#"{"selection":{"mode":"multiple"}}"#)).await;
    }

    /// Opens the picker by itself and signs in.
    pub(crate) async fn browse_as(account: &str) -> Self {
        let story = Self::begin().await;
        story.visit_picker().await;
        story.sign_in(account).await;
        story
    }

    /// Opens My Media, chooses "OneDrive" under "Create" and goes to the picker's window. Returns that of My Media.
    pub(crate) async fn create_from_onedrive(&self) -> WindowHandle {
        self.browser.visit(&self.simulator.my_media()).await;
        self.browser.see("heading", "You have no media yet").await;
        let host = self.browser.window().await;
        self.press_create_onedrive().await;
        self.browser.go_to_window("filePicker=").await;
        host
    }

    /// The same, signs in and chooses these files.
    pub(crate) async fn create_and_choose(&self, files: &[&str]) -> WindowHandle {
        let host = self.create_from_onedrive().await;
        self.sign_in(NOA).await;
        for file in files {
            self.choose(file).await;
        }
        host
    }

    /// "Create", "OneDrive".
    pub(crate) async fn press_create_onedrive(&self) {
        self.browser.click("button", "Create").await;
        self.browser.click("menuitem", "/OneDrive/").await;
    }

    /// Opens the page of a host written for Microsoft's picker, and the picker from it. Returns the host's window.
    pub(crate) async fn open_v8_host(&self, query: &str) -> WindowHandle {
        let mediaspace = &self.simulator.origins().mediaspace;
        self.browser.visit(&format!("{mediaspace}/hosts/v8.html{query}")).await;
        let host = self.browser.window().await;
        self.browser.click("button", "Open the picker").await;
        self.browser.go_to_window("filePicker=").await;
        host
    }

    /// Opens such a page whose options are these, over its own, and which has a token; then the picker from it.
    pub(crate) async fn open_v8_host_with(&self, options: &serde_json::Value) -> WindowHandle {
        self.open_v8_host(&format!("?token=account&options={}", encode(&options.to_string()))).await
    }

    /// Opens such a page at this origin with the picker in a frame, and goes into that. Returns the host's window.
    pub(crate) async fn open_v8_frame(&self, origin: &str, query: &str) -> WindowHandle {
        self.browser.visit(&format!("{origin}/hosts/v8.html?view=iframe{query}")).await;
        let host = self.browser.window().await;
        self.browser.click("button", "Open the picker").await;
        self.browser.enter_frame("OneDrive").await;
        host
    }

    /// Opens My Media and the picker in a dialog of it, and goes into its frame.
    pub(crate) async fn create_in_a_dialog(&self) {
        self.browser.visit(&self.simulator.my_media()).await;
        self.browser.see("heading", "You have no media yet").await;
        self.press_create_in_a_dialog().await;
    }

    /// "Create", "OneDrive" where the page shows the picker in a dialog.
    pub(crate) async fn press_create_in_a_dialog(&self) {
        self.browser.act("document.getElementById('display').value = 'dialog'").await;
        self.press_create_onedrive().await;
        self.browser.enter_frame(DIALOG).await;
    }

    /// Signs in from the card of a picker in a frame of that title, and comes back into it.
    pub(crate) async fn sign_in_in_frame(&self, title: &str, account: &str) {
        self.sign_in(account).await;
        self.browser.enter_frame(title).await;
    }

    /// Closes the picker and goes back to the page of its host.
    pub(crate) async fn close_picker(&self, host: &WindowHandle) {
        self.browser.driver.close_window().await.expect("a window");
        self.browser.return_to(host).await;
    }

    /// Signs in from the card. Comes back to the picker once Microsoft's window is closed.
    pub(crate) async fn sign_in(&self, account: &str) {
        self.browser.see("button", "Sign in with Microsoft").await;
        self.sign_in_by("Sign in with Microsoft", account).await;
    }

    /// Signs in by a button of that name.
    pub(crate) async fn sign_in_by(&self, button: &str, account: &str) {
        let picker = self.browser.window().await;
        self.browser.click("button", button).await;
        let microsoft = self.go_to_microsoft().await;
        self.pick_account(account).await;
        self.accept_until_closed(&microsoft).await;
        self.browser.return_to(&picker).await;
    }

    /// Accepts what Microsoft asks, if it asks, until its window closes.
    pub(crate) async fn accept_until_closed(&self, microsoft: &WindowHandle) {
        self.browser
            .eventually("the end of the sign-in", async || {
                if !self.browser.windows().await.contains(microsoft) {
                    return Some(());
                }
                if let Some(accept) = self.browser.all("button", "Accept").await.first() {
                    let _ = accept.click().await;
                }
                None
            })
            .await;
    }

    /// Goes to Microsoft's window.
    pub(crate) async fn go_to_microsoft(&self) -> WindowHandle {
        self.browser.go_to_window(&self.simulator.origins().identity).await
    }

    /// Presses the account's tile in Microsoft's list.
    pub(crate) async fn pick_account(&self, account: &str) {
        self.browser.click("button", &format!("/{}/", account.replace('.', "\\."))).await;
    }

    /// Opens a folder by a double click on its row.
    pub(crate) async fn open_folder(&self, name: &str) {
        self.double_click(name).await;
        self.browser.see("grid", name).await;
    }

    /// Double-clicks a row, without waiting for what comes of it.
    pub(crate) async fn double_click(&self, name: &str) {
        self.browser
            .eventually(&format!("the folder {name} to open"), async || {
                let row = self.row(name).await?;
                row.scroll_into_view().await.ok()?;
                self.browser.driver.action_chain().double_click_element(&row).perform().await.ok()
            })
            .await;
    }

    /// The row whose name starts with that.
    pub(crate) async fn row(&self, name: &str) -> Option<WebElement> {
        let pattern = format!("/^{}/", escape(name));
        let row = self.browser.all("row", &pattern).await.into_iter().next();
        if row.is_none() {
            self.scroll_on().await;
        }
        row
    }

    /// Waits until the row says this besides its name.
    pub(crate) async fn see_in_row(&self, name: &str, words: &str) {
        self.browser
            .eventually(&format!("“{words}” in the row {name}"), async || {
                let text = self.row(name).await?.text().await.ok()?;
                text.contains(words).then_some(())
            })
            .await;
    }

    /// Scrolls the listing by half of what is in sight; at the end, to its beginning. Only rows in sight exist.
    async fn scroll_on(&self) {
        let script = "const list = document.querySelector('[role=grid]'); if (list) list.scrollTop = \
            list.scrollTop + list.clientHeight + 1 < list.scrollHeight ? list.scrollTop + list.clientHeight / 2 : 0";
        let _ = self.browser.driver.execute(script, Vec::new()).await;
    }

    /// Chooses a file by a click on its check mark, and sees it chosen.
    pub(crate) async fn choose(&self, name: &str) {
        self.browser
            .eventually(&format!("the row {name}"), async || {
                let row = self.row(name).await?;
                if row.attr("aria-selected").await.ok()?.as_deref() == Some("true") {
                    return Some(());
                }
                let mark = row.find(By::Css("[data-part=check]")).await.ok()?;
                mark.click().await.ok()?;
                None
            })
            .await;
    }

    /// Chooses one file and presses "Import".
    pub(crate) async fn import_campus(&self) {
        self.choose("Campus.jpg").await;
        self.browser.click("button", "Import 1 file").await;
    }

    /// Sees the picker's window gone, and goes to its host, whose status says this.
    pub(crate) async fn return_when_closed(&self, host: &WindowHandle, status: &str) {
        self.browser.see_windows(1).await;
        self.browser.return_to(host).await;
        self.browser.hear("status", status).await;
    }

    /// Opens a file's preview by a click on its picture.
    pub(crate) async fn preview(&self, name: &str) {
        self.browser
            .eventually(&format!("a preview of {name}"), async || {
                let row = self.row(name).await?;
                let _ = row.find(By::Css("[data-part=thumb]")).await.ok()?.click().await;
                let pane = self.browser.all("region", "Preview").await.into_iter().next()?;
                pane.text().await.ok()?.contains(name).then_some(())
            })
            .await;
    }

    /// Changes how the app is registered with Microsoft.
    pub(crate) fn change_registration(&self, change: impl FnOnce(&mut Registration)) {
        let directory = self.simulator.world().directory();
        assert!(directory.change_registration(APPLICATION_ID, change), "the app is registered");
    }

    /// The same for the authorization code flow, which the site then uses.
    pub(crate) fn use_the_code_flow(&self) {
        self.change_registration(Registration::move_to_spa);
        self.simulator.site().set("flow", "code");
    }

    /// The names of the entries in Kaltura with what came of them.
    pub(crate) fn entries(&self) -> Vec<(String, i64)> {
        let entries = self.simulator.kaltura().entries();
        entries.into_iter().map(|entry| (entry.name, entry.status.number())).collect()
    }

    /// How many calls Graph has answered.
    pub(crate) fn graph_calls(&self) -> usize {
        self.simulator.world().log().count(Party::Graph, "")
    }
}

/// Encodes a text for a query.
pub(crate) fn encode(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Escapes a text for a regular expression.
pub(crate) fn escape(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let special = "\\^$.|?*+()[]{}/".contains(letter);
            special.then_some('\\').into_iter().chain([letter])
        })
        .collect()
}
