//! `/shares/{token}`: a pasted link. Listed with write scopes only, so a picker with `Files.Read.All` is refused
//! (microsoft-graph.md section 1).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::answer::Answer;
use super::call::Caller;
use super::error::GraphError;
use super::locate::{check, open};
use super::options::Options;
use super::properties::{person, web_url};
use super::represent;
use crate::drive::World;

/// `/shares/{token}` and `/shares/{token}/driveItem`
pub(super) fn answer(
    world: &World,
    caller: &Caller,
    segments: &[String],
    options: &Options,
) -> Result<Answer, GraphError> {
    if !caller.has(&["Files.ReadWrite", "Files.ReadWrite.All", "Sites.ReadWrite.All"]) {
        return Err(GraphError::scope_missing());
    }
    let token = segments.first().and_then(|token| token.strip_prefix("u!"));
    let url = token
        .and_then(|token| URL_SAFE_NO_PAD.decode(token).ok())
        .and_then(|url| String::from_utf8(url).ok());
    let url = url.ok_or_else(|| GraphError::invalid("The sharing token is not valid."))?;
    for id in world.drive_ids() {
        let drive = open(world, id)?;
        let Some(item) = drive.items().find(|item| web_url(&drive, item) == url) else { continue };
        check(caller, &drive, item)?;
        return Ok(Answer::ok(match segments.get(1).map(String::as_str) {
            None => {
                json!({ "id": segments.first(), "name": item.name, "webUrl": url, "owner": person(&drive) })
            }
            Some("driveItem" | "root") => represent::item(world, &drive, item, options),
            Some(other) => return Err(GraphError::no_segment(other)),
        }));
    }
    Err(GraphError::not_found())
}
