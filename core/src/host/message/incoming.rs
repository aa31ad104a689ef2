//! What the host sends, decoded from JSON of whatever shape.

use super::result::Answer;
use crate::host::json;
use crate::host::progress::{self, ImportItem};
use crate::host::refresh::{HostCommandId, ItemReference};
use serde_json::Value;

/// A longer message, in bytes of JSON, is dropped unread.
pub const LONGEST_MESSAGE: usize = 1 << 20;

/// A message of the host.
#[derive(Clone, Debug, PartialEq)]
pub enum Incoming {
    /// The host takes part.
    Activate,
    /// A command of ours arrived. Without id it belongs to a notification, which needs none.
    Acknowledge {
        /// The command's id.
        id: Option<String>,
    },
    /// A command of ours is answered. Errors of some hosts come without id.
    Result {
        /// The command's id.
        id: Option<String>,
        /// The answer.
        answer: Answer,
    },
    /// The host sends the options that `messaging.waitForConfiguration` announced.
    Configure {
        /// To answer it, if it has one.
        id: Option<HostCommandId>,
        /// The options, still untyped.
        options: Value,
    },
    /// How the import of picked files stands.
    ImportProgress(Vec<ImportItem>),
    /// The host wants fresh links.
    RefreshLinks {
        /// To answer it.
        id: HostCommandId,
        /// The items; `None` if the list is malformed, empty or over 1,000 long.
        items: Option<Vec<ItemReference>>,
    },
    /// A command that this picker does not know.
    UnknownCommand {
        /// To answer it.
        id: HostCommandId,
    },
}

/// Why a message was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Dropped {
    /// Over [`LONGEST_MESSAGE`].
    #[error("the message is too large")]
    TooLarge,
    /// Not JSON, or nested deeper than 128 levels.
    #[error("the message is not JSON")]
    NotJson,
    /// Neither an object nor the JSON of one.
    #[error("the message is not an object")]
    NotAnObject,
    /// A `type` that the protocol does not have, or none and no error either.
    #[error("the message is of no known type")]
    UnknownType,
    /// A notification that this picker does not know.
    #[error("the notification is not known")]
    UnknownNotification,
    /// A command without an id that an answer could carry.
    #[error("the command has no id")]
    NoCommandId,
    /// The host does not take part yet, or not any more.
    #[error("the connection is not active")]
    NotActive,
    /// It answers or acknowledges nothing that waits for it.
    #[error("no command waits for this answer")]
    UnknownId,
    /// It was said before.
    #[error("the message was sent before")]
    Repeated,
    /// Too many or too large messages in a short time.
    #[error("the host sends too much")]
    Flooded,
}

impl Dropped {
    /// A stable name for logs and tests.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too_large",
            Self::NotJson => "not_json",
            Self::NotAnObject => "not_an_object",
            Self::UnknownType => "unknown_type",
            Self::UnknownNotification => "unknown_notification",
            Self::NoCommandId => "no_command_id",
            Self::NotActive => "not_active",
            Self::UnknownId => "unknown_id",
            Self::Repeated => "repeated",
            Self::Flooded => "flooded",
        }
    }
}

/// Decodes one message, given as JSON. A JSON text that itself holds an object counts as that object.
///
/// # Errors
/// [`Dropped`] says why the message means nothing; it is to be ignored.
pub fn decode(text: &str) -> Result<Incoming, Dropped> {
    if text.len() > LONGEST_MESSAGE {
        return Err(Dropped::TooLarge);
    }
    let mut message = json::parse(text).ok_or(Dropped::NotJson)?;
    if let Value::String(inner) = &message {
        message = json::parse(inner).ok_or(Dropped::NotAnObject)?;
    }
    if !message.is_object() {
        return Err(Dropped::NotAnObject);
    }
    match json::text(&message, "type") {
        Some("activate") => Ok(Incoming::Activate),
        Some("acknowledge") => Ok(Incoming::Acknowledge { id: own_id(&message) }),
        Some("result") => {
            // The members may lie one level too high.
            let lies_high = ["result", "token", "error"].iter().any(|key| message.get(key).is_some());
            let data = message.get("data").unwrap_or(if lies_high { &message } else { &Value::Null });
            Ok(Incoming::Result { id: own_id(&message), answer: Answer::read(data) })
        }
        Some("command") => command(&message),
        Some("configure") => Ok(configure(&message)),
        Some("notification") => notification(&message),
        Some(_) => Err(Dropped::UnknownType),
        None => typeless(&message),
    }
}

/// The "unsupported command" reply of the SDKs has neither `type` nor `id`; other hosts leave out the `type` alone.
fn typeless(message: &Value) -> Result<Incoming, Dropped> {
    let says_something = |value: &&Value| value.get("error").is_some() || value.get("result").is_some();
    let data = json::object(message, "data").filter(says_something).or(Some(message).filter(says_something));
    let answer = Answer::read(data.ok_or(Dropped::UnknownType)?);
    Ok(Incoming::Result { id: own_id(message), answer })
}

/// The id of one of our commands, which are texts; a host may have made a number of it.
fn own_id(message: &Value) -> Option<String> {
    match message.get("id")? {
        Value::String(id) if !id.is_empty() => Some(id.clone()),
        Value::Number(id) => id.as_u64().map(|id| id.to_string()),
        _ => None,
    }
}

fn command(message: &Value) -> Result<Incoming, Dropped> {
    let id = HostCommandId::read(message);
    match message.get("data").and_then(|data| json::text(data, "command")) {
        Some("configure") => Ok(configure(message)),
        Some("refresh-links") => {
            let items = message.get("data").and_then(items);
            Ok(Incoming::RefreshLinks { id: id.ok_or(Dropped::NoCommandId)?, items })
        }
        _ => Ok(Incoming::UnknownCommand { id: id.ok_or(Dropped::NoCommandId)? }),
    }
}

fn items(data: &Value) -> Option<Vec<ItemReference>> {
    const MOST: usize = 1_000;
    let items = json::elements(data, "items");
    let fits = (1..=MOST).contains(&items.len());
    if fits { items.iter().map(ItemReference::read).collect() } else { None }
}

/// Microsoft does not document this message; the options may lie in `data.options`, in `data.configuration`, or in `data`
/// itself. Without any they are `null`.
fn configure(message: &Value) -> Incoming {
    let data = message.get("data").unwrap_or(&Value::Null);
    let lies_in_data = data.as_object().is_some_and(|data| data.keys().any(|key| key != "command"));
    let options = data.get("options").or_else(|| data.get("configuration")).or(lies_in_data.then_some(data));
    Incoming::Configure { id: HostCommandId::read(message), options: options.cloned().unwrap_or(Value::Null) }
}

fn notification(message: &Value) -> Result<Incoming, Dropped> {
    let data = json::object(message, "data").unwrap_or(message);
    match json::text(data, "notification") {
        Some("import-progress") => Ok(Incoming::ImportProgress(progress::read_items(data))),
        _ => Err(Dropped::UnknownNotification),
    }
}
