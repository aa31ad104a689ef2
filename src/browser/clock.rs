//! Time and waiting.

use super::Browser;
use onedrive_picker_core::picker::ports::Clock;

impl Clock for Browser {
    fn now(&self) -> u64 {
        // Whole milliseconds far below 2^53: the conversion is exact.
        js_sys::Date::now() as u64
    }

    async fn sleep(&self, milliseconds: u32) {
        gloo_timers::future::TimeoutFuture::new(milliseconds).await;
    }
}
