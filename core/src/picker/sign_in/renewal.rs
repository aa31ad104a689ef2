//! How a session is renewed, from the least to the most disturbing way.

use crate::auth::Prompt;

/// One way to renew a session. Each need goes down this list at most once, so that nothing loops
/// (AADSTS50196; reference `entra-sign-in`, section 6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// In a hidden frame, unseen. Works only where the browser sends Microsoft its cookies there.
    Silent,
    /// In a window, after one click; without typing as long as Microsoft remembers the person.
    Window,
}

impl Renewal {
    /// What Microsoft may show.
    pub(super) fn prompt(self) -> Option<Prompt> {
        match self {
            Self::Silent => Some(Prompt::None),
            Self::Window => None,
        }
    }
}
