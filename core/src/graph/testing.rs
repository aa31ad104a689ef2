//! What the tests of this room share.

use proptest::prelude::*;
use serde_json::Value;

use crate::graph::base::GraphBase;
use crate::web::Response;

/// A base to test with.
pub(crate) fn base() -> GraphBase {
    GraphBase::parse("https://graph.microsoft.com/v1.0").unwrap()
}

/// A plain answer.
#[allow(clippy::needless_pass_by_value, reason = "a test passes what it has just made")]
pub(crate) fn answer(status: u16, body: impl ToString) -> Response {
    Response { status, headers: Vec::new(), body: body.to_string() }
}

/// JSON of any shape, its members often named as Graph names them.
pub(crate) fn any_json() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        proptest::sample::select(
            &[
                "id",
                "name",
                "size",
                "file",
                "folder",
                "package",
                "mimeType",
                "remoteItem",
                "parentReference",
                "driveId",
                "path",
                "video",
                "duration",
                "width",
                "height",
                "thumbnails",
                "medium",
                "url",
                "lastModifiedDateTime",
                "error",
                "code",
                "innerError",
                "value",
                "hitsContainers",
                "hits",
                "resource",
                "responses",
                "status",
                "body",
                "headers",
                "@odata.nextLink",
                "@microsoft.graph.downloadUrl",
                "siteId",
                "webUrl",
            ][..]
        )
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[a-zA-Z0-9!:/.%-]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((name.clone(), inner), 0..8)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}
