//! What the chunk of the sign-in does: all that a picker does not need whose host supplies the token.

use super::app::App;
use super::element::Built;
use super::sign_in::SignInCard;
use futures_channel::oneshot;

/// A call into the chunk of the sign-in.
pub enum SignInStep {
    /// Show the card in an element.
    Card(Built),
    /// Sign in silently where that works, else by the card, unless that was offered already.
    Start {
        /// Whether the user was offered to sign in.
        offered: bool,
    },
    /// Take up the sign-in for which this window went to Microsoft and back.
    ComeBack,
    /// Get another token, because Graph refused the one in use; with the challenge that Graph gave. Answers whether there is one.
    Renew(Option<String>, oneshot::Sender<bool>),
    /// Renew a token that ends soon.
    RenewAhead,
}

impl SignInStep {
    /// Carries it out. Only the split function calls this, so that its code is in that chunk.
    pub fn run(self, app: App) {
        match self {
            Self::Card(slot) => {
                app.detect_storage_access();
                app.mount_in(&slot, SignInCard);
            }
            Self::Start { offered } => app.start_sign_in(offered),
            Self::ComeBack => app.come_back(),
            Self::Renew(claims, reply) => app.renew(claims, reply),
            Self::RenewAhead => app.renew_ahead(),
        }
    }
}
