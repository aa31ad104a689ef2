//! Where the focus is, and how a person without a mouse gets elsewhere.

use thirtyfour::Key;

use crate::browser::Browser;

impl Browser {
    /// Role and name of what has the focus.
    pub(crate) async fn focus(&self) -> String {
        self.ask(
            "const at = document.activeElement; if (!at || at === document.body) return ''; \
             const role = at.getAttribute('role') || (at.localName === 'input' ? at.type : at.localName); \
             return role + ' ' + (at.ariaLabel || at.innerText || at.value || '')",
        )
        .await
    }

    /// Waits until the focus is on something whose role and name begin like this.
    pub(crate) async fn see_focus(&self, words: &str) {
        self.eventually(&format!("the focus on {words}"), async || {
            self.focus().await.starts_with(words).then_some(())
        })
        .await;
    }

    /// Goes on by Tab until the focus is on something that says so.
    pub(crate) async fn tab_to(&self, words: &str) {
        for _ in 0..80 {
            if self.focus().await.contains(words) {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab never reaches “{words}”; the focus is on {}", self.focus().await);
    }

    /// Presses a key while another is held down.
    pub(crate) async fn press_with(&self, held: Key, key: impl Into<char>) {
        let chain = self.driver.action_chain().key_down(held.clone()).key_down(key.into());
        self.answer("keys", chain.key_up(held).perform()).await;
    }
}
