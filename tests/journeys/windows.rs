//! Going between the windows and frames of a browser.

use thirtyfour::prelude::*;

use crate::browser::Browser;

impl Browser {
    /// The window that the person is in.
    pub(crate) async fn window(&self) -> WindowHandle {
        self.answer("a window", self.driver.window()).await
    }

    /// Goes to the window whose address contains the text, waiting for it.
    pub(crate) async fn go_to_window(&self, part: &str) -> WindowHandle {
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

    /// The windows that are open.
    pub(crate) async fn windows(&self) -> Vec<WindowHandle> {
        self.answer("the windows", self.driver.windows()).await
    }

    /// Goes to a window that was not there before.
    pub(crate) async fn go_to_window_besides(&self, before: &[WindowHandle]) -> WindowHandle {
        let window = self
            .eventually("another window", async || {
                self.windows().await.into_iter().find(|window| !before.contains(window))
            })
            .await;
        self.return_to(&window).await;
        window
    }

    /// Goes back to a window.
    pub(crate) async fn return_to(&self, window: &WindowHandle) {
        self.answer("the window is there", self.driver.switch_to_window(window.clone())).await;
    }

    /// How many windows are open.
    pub(crate) async fn window_count(&self) -> usize {
        self.windows().await.len()
    }

    /// Waits until so many windows are open.
    pub(crate) async fn see_windows(&self, count: usize) {
        self.eventually(&format!("{count} windows"), async || {
            (self.window_count().await == count).then_some(())
        })
        .await;
    }

    /// Opens a window of its own for an address and goes there.
    pub(crate) async fn visit_in_new_window(&self, url: &str) -> WindowHandle {
        let window = self.driver.new_window().await.expect("a window");
        self.return_to(&window).await;
        self.visit(url).await;
        window
    }

    /// Goes into the frame with that title.
    pub(crate) async fn enter_frame(&self, title: &str) {
        self.eventually(&format!("the frame {title}"), async || {
            let frame = self.driver.find(By::Css(format!("iframe[title='{title}']"))).await.ok()?;
            frame.enter_frame().await.ok()
        })
        .await;
    }

    /// Goes back to the page around all frames.
    pub(crate) async fn leave_frames(&self) {
        self.answer("the page around", self.driver.enter_default_frame()).await;
    }
}
