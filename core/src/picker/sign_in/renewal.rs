//! How a session is renewed, from the least to the most disturbing way.

use crate::auth::{Prompt, SignInError};

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
    /// The first way to try. A hidden frame is pointless where the page itself is framed by another site: its
    /// storage is partitioned.
    pub(crate) fn first(framed_by_another_site: bool) -> Self {
        if framed_by_another_site { Self::Window } else { Self::Silent }
    }

    /// The next way after this one failed. `None` if there is none, or if the next one would fail the same.
    pub(crate) fn after(self, error: &SignInError) -> Option<Self> {
        match self {
            Self::Silent if !matches!(error, SignInError::NoEntropy) => Some(Self::Window),
            _ => None,
        }
    }

    /// What Microsoft may show.
    pub(super) fn prompt(self) -> Option<Prompt> {
        match self {
            Self::Silent => Some(Prompt::None),
            Self::Window => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_silently_once_and_never_again() {
        let first = Renewal::first(false);
        assert_eq!(first, Renewal::Silent);
        let second = first.after(&SignInError::StateMissing).unwrap();
        assert_eq!(second, Renewal::Window);
        assert_eq!(second.after(&SignInError::StateMissing), None);
    }

    #[test]
    fn does_not_try_silently_in_a_foreign_frame() {
        assert_eq!(Renewal::first(true), Renewal::Window);
    }
}
