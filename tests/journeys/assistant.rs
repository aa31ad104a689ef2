//! The steps that stories about the set-up assistant share.

use thirtyfour::prelude::*;

use crate::story::Story;

/// The names of its steps, as the rail shows them.
pub(crate) const STEPS: [&str; 6] = [
    "Your site",
    "Register the app in Azure",
    "Tokens and permissions",
    "Switch the OneDrive module on",
    "Try it",
    "What a Kaltura session may do",
];

impl Story {
    /// The address of the assistant on the site.
    pub(crate) fn assistant_url(&self) -> String {
        format!("{}/onedrive/index/setup", self.simulator.origins().mediaspace)
    }

    /// Opens the assistant on its first step.
    pub(crate) async fn open_assistant(&self) {
        self.browser.visit(&self.assistant_url()).await;
        self.see_step(1).await;
    }

    /// Sees the title of a step, counted from 1.
    pub(crate) async fn see_step(&self, number: usize) {
        self.browser.see("heading", STEPS[number - 1]).await;
        self.browser
            .eventually(&format!("step {number}"), async || {
                self.browser.text().await.contains(&format!("Step {number} of 6")).then_some(())
            })
            .await;
    }

    /// Presses "Next: …" from the first step to "Try it".
    pub(crate) async fn go_to_the_last_step(&self) {
        for number in 1..5 {
            self.see_step(number).await;
            self.browser.click("button", "/^Next: /").await;
        }
        self.see_step(5).await;
    }

    /// Fills a field, in the place of what stands there.
    pub(crate) async fn fill(&self, field: &str, text: &str) {
        let field = self.browser.see("textbox", field).await;
        field.send_keys(Key::Control + "a").await.expect("keys");
        field.send_keys(Key::Delete).await.expect("keys");
        field.send_keys(text).await.expect("keys");
    }

    /// Pastes into a field: all at once, as nobody types.
    pub(crate) async fn paste(&self, id: &str, text: &str) {
        let script = format!(
            "const field = document.getElementById({id:?}); field.focus(); field.value = {text:?}; \
             field.dispatchEvent(new InputEvent('input', {{ bubbles: true, inputType: 'insertFromPaste' }}))"
        );
        self.browser.act(&script).await;
    }

    /// Presses the button that signs in, and goes to Microsoft's window. Returns the assistant's.
    pub(crate) async fn begin_check(&self) -> WindowHandle {
        let assistant = self.browser.window().await;
        self.browser.click("button", "/^(Sign in with Microsoft|Check again)$/").await;
        self.go_to_microsoft().await;
        assistant
    }

    /// Signs in for the check.
    pub(crate) async fn check_as(&self, account: &str) {
        let assistant = self.begin_check().await;
        let microsoft = self.browser.window().await;
        self.pick_account(account).await;
        self.accept_until_closed(&microsoft).await;
        self.browser.return_to(&assistant).await;
    }

    /// What the list of checks says of one, once it is known.
    pub(crate) async fn verdict(&self, check: &str) -> String {
        self.browser
            .eventually(&format!("the check {check}"), async || {
                let script = format!(
                    "const line = [...document.querySelectorAll('main .tests > li')].find((line) => \
                     line.querySelector('b').textContent === {check:?}); return line ? line.innerText : ''"
                );
                let text: String = self.browser.ask(&script).await;
                let is_known =
                    !text.is_empty() && !text.contains("Not run yet") && !text.contains("Running…");
                is_known.then_some(text)
            })
            .await
    }
}
