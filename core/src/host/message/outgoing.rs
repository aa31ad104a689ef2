//! What the picker sends.

use crate::host::item::PickedItem;
use crate::host::json::quoted;
use crate::host::options::ChannelId;
use crate::host::refresh::{HostCommandId, RefreshedLink};

/// What `authenticate` asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticateRequest {
    /// The resource: Graph's origin, such as `https://graph.microsoft.com`.
    pub resource: String,
    /// The claims that Microsoft demanded, if the host can handle challenges
    /// (`authentication.claimsChallenge.enabled`).
    pub claims: Option<String>,
}

/// The `type` of `authenticate`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AuthenticateType {
    /// `Graph`, which says what is wanted.
    Graph,
    /// `SharePoint`, the only one that many hosts know.
    SharePoint,
}

/// A message to the host.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Outgoing<'a> {
    /// The first message, posted to the host's window with a port.
    Initialize(&'a ChannelId),
    /// The picker is there. A notification, sent on two levels, as hosts read both.
    PageLoaded {
        /// Milliseconds since 1970-01-01 UTC.
        timestamp: u64,
    },
    /// The picker cannot work: the module is off, the role too low, a setting wrong. A notification like the one above.
    Problem {
        /// Milliseconds since 1970-01-01 UTC.
        timestamp: u64,
        /// A stable code.
        code: &'a str,
        /// A sentence for logs.
        message: &'a str,
    },
    /// Asks for a token.
    Authenticate {
        /// The command's id.
        id: &'a str,
        /// For what.
        request: &'a AuthenticateRequest,
        /// Of which kind.
        kind: AuthenticateType,
    },
    /// Hands over the choice.
    Pick {
        /// The command's id.
        id: &'a str,
        /// The files.
        items: &'a [PickedItem],
    },
    /// Asks to be closed.
    Close {
        /// The command's id.
        id: &'a str,
    },
    /// A command of the host arrived.
    Acknowledge(&'a HostCommandId),
    /// A command of the host is done.
    Success(&'a HostCommandId),
    /// A command of the host failed.
    Error {
        /// Which command.
        id: &'a HostCommandId,
        /// A stable code.
        code: &'a str,
        /// A sentence for logs.
        message: &'a str,
    },
    /// `refresh-links` is done.
    Links {
        /// Which command.
        id: &'a HostCommandId,
        /// The links, or for each item why it has none.
        links: &'a [RefreshedLink],
    },
    /// The height that the page wants, in CSS pixels, for an LMS around it (posted to the parent window, not the port).
    FrameResize {
        /// CSS pixels.
        height: u32,
    },
}

impl Outgoing<'_> {
    /// The message as JSON.
    pub(crate) fn to_json(self) -> String {
        let mut json = Writer(String::with_capacity(128));
        match self {
            Self::Initialize(channel) => {
                json.raw(r#"{"type":"initialize","channelId":"#).raw(channel.as_json()).raw("}");
            }
            Self::PageLoaded { timestamp } => {
                notification(&mut json, "page-loaded", true, timestamp, "pageLoaded", "the picker is loaded");
            }
            Self::Problem { timestamp, code, message } => {
                notification(&mut json, "picker-error", false, timestamp, code, message);
            }
            Self::Authenticate { id, request, kind } => authenticate(&mut json, id, request, kind),
            Self::Pick { id, items } => {
                json.raw(COMMAND).text(id).raw(r#","data":{"command":"pick","items":["#);
                json.list(items, |json, item| {
                    json.raw(item.as_json());
                });
                json.raw(r#"],"keepSharing":false}}"#);
            }
            Self::Close { id } => {
                json.raw(COMMAND).text(id).raw(r#","data":{"command":"close"}}"#);
            }
            Self::Acknowledge(id) => {
                json.raw(r#"{"type":"acknowledge","id":"#).raw(id.as_json()).raw("}");
            }
            Self::Success(id) => {
                json.raw(RESULT).raw(id.as_json()).raw(r#","data":{"result":"success"}}"#);
            }
            Self::Error { id, code, message } => {
                json.raw(RESULT).raw(id.as_json()).raw(r#","data":{"result":"error","#);
                json.error(code, message).raw("}}");
            }
            Self::Links { id, links } => {
                json.raw(RESULT).raw(id.as_json()).raw(r#","data":{"result":"success","items":["#);
                json.list(links, link);
                json.raw("]}}");
            }
            Self::FrameResize { height } => {
                json.raw(r#"{"subject":"lti.frameResize","height":"#).raw(&height.to_string()).raw("}");
            }
        }
        json.0
    }
}

const COMMAND: &str = r#"{"type":"command","id":"#;
const RESULT: &str = r#"{"type":"result","id":"#;

/// The docs read `message.data.data.notification`, PnP's logger reads the level above (reference "File Picker v8",
/// section 3): both are sent.
fn notification(json: &mut Writer, name: &str, is_expected: bool, timestamp: u64, code: &str, message: &str) {
    let mut fields = Writer(String::with_capacity(160));
    fields
        .raw(r#""notification":"#)
        .text(name)
        .raw(r#","code":"#)
        .text(code)
        .raw(r#","message":"#)
        .text(message);
    fields.raw(if is_expected { r#","isExpected":true"# } else { r#","isExpected":false"# });
    fields.raw(r#","timestamp":"#).raw(&timestamp.to_string());
    json.raw(r#"{"type":"notification","#).raw(&fields.0).raw(r#","data":{"#).raw(&fields.0).raw("}}");
}

fn authenticate(json: &mut Writer, id: &str, request: &AuthenticateRequest, kind: AuthenticateType) {
    json.raw(COMMAND)
        .text(id)
        .raw(r#","data":{"command":"authenticate","resource":"#)
        .text(&request.resource);
    json.raw(match kind {
        AuthenticateType::Graph => r#","type":"Graph""#,
        AuthenticateType::SharePoint => r#","type":"SharePoint""#,
    });
    if let Some(claims) = &request.claims {
        json.raw(r#","claimsChallenge":{"claims":"#).text(claims).raw(r#","error":"insufficient_claims"}"#);
    }
    json.raw("}}");
}

fn link(json: &mut Writer, link: &RefreshedLink) {
    json.raw(r#"{"id":"#).text(&link.item.id).raw(r#","driveId":"#).text(&link.item.drive_id).raw(",");
    match &link.link {
        Ok(url) => json.raw(r#""@microsoft.graph.downloadUrl":"#).text(url),
        Err(problem) => json.error(&problem.code, &problem.message),
    };
    json.raw("}");
}

struct Writer(String);

impl Writer {
    fn raw(&mut self, json: &str) -> &mut Self {
        self.0.push_str(json);
        self
    }

    fn text(&mut self, text: &str) -> &mut Self {
        self.raw(&quoted(text))
    }

    fn error(&mut self, code: &str, message: &str) -> &mut Self {
        self.raw(r#""error":{"code":"#).text(code).raw(r#","message":"#).text(message).raw("}")
    }

    fn list<T>(&mut self, elements: &[T], write: impl Fn(&mut Self, &T)) {
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.raw(",");
            }
            write(self, element);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn json(message: &Outgoing<'_>) -> Value {
        serde_json::from_str(&message.to_json()).expect("what is sent is JSON")
    }

    #[test]
    fn commands_look_as_microsoft_documents_them() {
        let request = AuthenticateRequest { resource: "https://graph.microsoft.com".into(), claims: None };
        let id = "a\"b";
        let resource = &request.resource;
        for (message, expected) in [
            (
                Outgoing::Authenticate { id, request: &request, kind: AuthenticateType::Graph },
                json!({"command": "authenticate", "resource": resource, "type": "Graph"}),
            ),
            (
                Outgoing::Authenticate { id, request: &request, kind: AuthenticateType::SharePoint },
                json!({"command": "authenticate", "resource": resource, "type": "SharePoint"}),
            ),
            (
                Outgoing::Pick { id, items: &[] },
                json!({"command": "pick", "items": [], "keepSharing": false}),
            ),
            (Outgoing::Close { id }, json!({"command": "close"})),
        ] {
            assert_eq!(json(&message), json!({"type": "command", "id": id, "data": expected}));
        }
    }

    #[test]
    fn quotes_what_comes_from_elsewhere() {
        let ask = AuthenticateRequest { resource: "\"}\u{2028}".into(), claims: Some("{\"a\":1}".into()) };
        let message = json(&Outgoing::Authenticate { id: "1", request: &ask, kind: AuthenticateType::Graph });
        assert_eq!(message["data"]["resource"], "\"}\u{2028}");
        assert_eq!(
            message["data"]["claimsChallenge"],
            json!({"claims": "{\"a\":1}", "error": "insufficient_claims"})
        );
    }
}
