//! Options that come later than the address (`configure`): waited for if they are announced, and taken over at any time.

use super::App;
use super::services::Asked;
use super::start::themed;
use crate::browser::document_title;
use futures_channel::oneshot;
use onedrive_picker_core::host::HostOptions;
use onedrive_picker_core::host::options::Host;

impl App {
    /// Comes once announced options are there or will not come; `None` if none are announced. Call it before the host can
    /// speak.
    pub(super) fn announced_options(self) -> Option<oneshot::Receiver<()>> {
        let services = self.services()?;
        let options = services.options();
        let Host::Present(messaging) = &options.host else { return None };
        messaging.wait_for_configuration.then(|| {
            let (sender, receiver) = oneshot::channel();
            *services.configuration.borrow_mut() = Some(sender);
            receiver
        })
    }

    /// Goes on with the options that are there.
    pub(super) fn configuration_is_over(self) {
        if let Some(sender) = self.services().and_then(|services| services.configuration.borrow_mut().take())
        {
            let _ = sender.send(());
        }
    }

    /// Takes over options that came by `configure`. Where to begin and what is chosen from the start count only before the
    /// first listing, the language in the address only.
    pub(super) fn reconfigure(self, options: &HostOptions) {
        let Some(services) = self.services() else { return };
        themed(&services.settings, options);
        document_title(options.title.as_deref());
        let asked = Asked::new(&services.settings, options.clone());
        let limit = asked.wanted.limit;
        *services.asked.borrow_mut() = asked;
        self.basket.update(|basket| basket.set_limit(usize::try_from(limit).unwrap_or(usize::MAX)));
        // What is on screen is built anew, so that every row and word fits the new options.
        self.screen.set(self.screen.get_untracked());
        self.configuration_is_over();
    }
}
