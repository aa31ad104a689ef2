//! What an answer of Microsoft Graph means for the check that asked.

use super::{CheckState, Mend};
use crate::auth::AdminAction;
use crate::graph::GraphError;

impl CheckState {
    /// The state of a check whose request failed.
    pub fn of_graph_error(error: &GraphError) -> Self {
        let mend = match error {
            GraphError::Transport(_) => Mend::CheckNetwork,
            GraphError::Forbidden(_) => Mend::Azure(AdminAction::AddPermissions),
            GraphError::NotProvisioned(_) => Mend::UseAnotherAccount,
            GraphError::NoLicence(_) => Mend::Azure(AdminAction::EnableLicence),
            _ => Mend::TryAgain,
        };
        Self::Failed { mend, code: error.code().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::TransportError;

    #[test]
    fn says_who_can_mend_it() {
        for (error, mend) in [
            (GraphError::Transport(TransportError::Unreachable), Mend::CheckNetwork),
            (GraphError::Forbidden(Default::default()), Mend::Azure(AdminAction::AddPermissions)),
            (GraphError::NoLicence(Default::default()), Mend::Azure(AdminAction::EnableLicence)),
            (GraphError::SignedOut, Mend::TryAgain),
        ] {
            let code = error.code().to_owned();
            assert_eq!(CheckState::of_graph_error(&error), CheckState::Failed { mend, code });
        }
    }
}
