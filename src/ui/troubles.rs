//! What a failed request to Graph looks like: a drawing, a sentence, a way on.

use super::empty::Tone;
use super::icon::Shape;
use onedrive_picker_core::graph::{GraphError, Trace};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::web::TransportError;

/// The way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// The same again may work.
    TryAgain,
    /// Somebody has to sign in.
    SignIn,
    /// Back, or with another account.
    GoBack,
}

/// How a trouble is shown.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The drawing.
    pub shape: Shape,
    /// Its colour.
    pub tone: Tone,
    /// What happened.
    pub title: Message,
    /// What to know.
    pub text: Message,
    /// What to do.
    pub door: Door,
}

/// The look of an error.
pub fn look(error: &GraphError) -> Look {
    let (shape, tone, title, text, door) = match error {
        GraphError::Transport(TransportError::Offline) => {
            (Shape::Offline, Tone::Warn, Message::Offline, Message::OfflineText, Door::TryAgain)
        }
        GraphError::Transport(_) => {
            (Shape::Offline, Tone::Warn, Message::Unreachable, Message::UnreachableText, Door::TryAgain)
        }
        GraphError::Throttled { .. } => {
            (Shape::Clock, Tone::Warn, Message::Busy, Message::BusyGaveUpText, Door::TryAgain)
        }
        GraphError::Unauthorized { .. } | GraphError::SignedOut => {
            (Shape::Account, Tone::Warn, Message::SignedOut, Message::SessionEnded, Door::SignIn)
        }
        GraphError::Forbidden(_) => {
            (Shape::Lock, Tone::Calm, Message::NoPermission, Message::NoPermissionText, Door::GoBack)
        }
        GraphError::NotFound(_) => {
            (Shape::Folder, Tone::Calm, Message::NotFound, Message::NotFoundText, Door::GoBack)
        }
        GraphError::NotProvisioned(_) => {
            (Shape::Cloud, Tone::Calm, Message::NotProvisioned, Message::NotProvisionedText, Door::GoBack)
        }
        GraphError::NoLicence(_) => {
            (Shape::Cloud, Tone::Calm, Message::NoLicence, Message::NoLicenceText, Door::GoBack)
        }
        GraphError::Malformed(_) | GraphError::ForeignNextLink | GraphError::RepeatedNextLink => {
            (Shape::Warning, Tone::Bad, Message::Garbled, Message::GarbledText, Door::TryAgain)
        }
        _ => (Shape::Warning, Tone::Bad, Message::ServerFault, Message::ServerFaultText, Door::TryAgain),
    };
    Look { shape, tone, title, text, door }
}

/// Codes for support: never a token or an address.
pub fn details(error: &GraphError, now: u64) -> String {
    let mut details = String::from(error.code());
    if let Some(Trace { status, service_code, request_id, date }) = error.trace() {
        for (name, value) in [
            ("status", status.to_string().as_str()),
            ("code", service_code),
            ("request-id", request_id),
            ("date", date),
        ] {
            if !value.is_empty() {
                details.push('\n');
                details.push_str(name);
                details.push_str(": ");
                details.push_str(value);
            }
        }
    }
    details.push_str("\ntime: ");
    details.push_str(&now.to_string());
    details
}
