//! The token of the trial: in memory for the checks of Graph, dropped after them.

use onedrive_picker_core::auth::Session;
use onedrive_picker_core::picker::client::TokenSource;

/// The session of one trial. It is not renewed: a fresh token that Graph refuses is a finding.
pub(super) struct TrialToken(pub(super) Session);

impl TokenSource for TrialToken {
    type Token = String;

    async fn token(&self) -> Option<String> {
        Some(self.0.access_token().secret().to_owned())
    }

    async fn renew(&self, _claims: Option<&str>) -> bool {
        false
    }
}
