//! What the chunk of the sign-in does: what must be there before its card can be pressed. A picker whose host supplies the token does
//! without.

use super::app::App;
use super::element::Built;
use super::sign_in::SignInCard;

/// A call into the chunk of the sign-in.
pub enum SignInStep {
    /// Show the card in an element.
    Card(Built),
}

impl SignInStep {
    /// Carries it out. Only the split function calls this, so that its code is in that chunk.
    pub fn run(self, app: App) {
        match self {
            Self::Card(slot) => {
                app.mount_in(&slot, SignInCard);
                app.prepare_behind_card();
            }
        }
    }
}
