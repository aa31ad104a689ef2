//! Who is signed in, and which drive is theirs.

use serde_json::Value;

use super::base::GraphBase;
use super::error::GraphError;
use super::ids::DriveId;
use super::item::DriveType;
use super::json;
use crate::web::{Request, Response};

/// The signed-in person (`GET /me`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account's id in its directory.
    pub(crate) id: String,
    /// The name for people; the sign-in name if there is none.
    pub name: String,
    /// The address that the person signs in with.
    pub(crate) user_principal_name: String,
}

/// A drive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drive {
    /// Its id.
    pub id: DriveId,
    /// Whose it is. [`DriveType::Personal`] has neither sites nor search across SharePoint.
    pub drive_type: DriveType,
    /// Its name; of a library the library's.
    pub name: String,
    /// Its page at Microsoft; empty if unknown.
    pub web_url: String,
}

/// Asks who is signed in. Needs `User.Read`.
pub(crate) fn build_me(base: &GraphBase) -> Request {
    Request::get(base.url("/me?$select=id,displayName,userPrincipalName"))
}

/// Reads who is signed in.
///
/// # Errors
/// What the status says, or [`GraphError::Malformed`] without an id.
pub fn parse_me(response: &Response) -> Result<Person, GraphError> {
    let body = json::body(response)?;
    let id = json::text(&body, &["id"]).ok_or_else(|| GraphError::malformed(response))?;
    let user_principal_name = json::text(&body, &["userPrincipalName"]).unwrap_or_default();
    let name = json::text(&body, &["displayName"]).unwrap_or(user_principal_name);
    Ok(Person {
        id: id.to_owned(),
        name: name.to_owned(),
        user_principal_name: user_principal_name.to_owned(),
    })
}

/// Asks for the account's own drive.
pub(crate) fn build_drive(base: &GraphBase) -> Request {
    Request::get(base.url("/me/drive?$select=id,driveType,name,webUrl"))
}

/// Reads the account's own drive.
///
/// # Errors
/// [`GraphError::NotProvisioned`] for a 404, whatever its words: the account has no drive. Otherwise what the
/// status says, or [`GraphError::Malformed`] without an id.
pub fn parse_drive(response: &Response) -> Result<Drive, GraphError> {
    let body = json::body(response).map_err(missing_drive)?;
    read_drive(&body).ok_or_else(|| GraphError::malformed(response))
}

/// A failure to find the account's own drive: nothing is missing but the drive itself.
pub(crate) fn missing_drive(error: GraphError) -> GraphError {
    match error {
        GraphError::NotFound(trace) => GraphError::NotProvisioned(trace),
        other => other,
    }
}

/// Reads a `drive` resource; `None` without an id.
pub(super) fn read_drive(value: &Value) -> Option<Drive> {
    Some(Drive {
        id: json::text(value, &["id"]).and_then(DriveId::new)?,
        drive_type: json::text(value, &["driveType"]).map_or(DriveType::Unknown, DriveType::parse),
        name: json::text(value, &["name"]).unwrap_or_default().to_owned(),
        web_url: json::text(value, &["webUrl"]).unwrap_or_default().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{answer, any_json};
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn reads_the_person() {
        let body = json!({"id":"48d3","displayName":"Ada Lovelace","userPrincipalName":"ada@contoso.com"});
        assert_eq!(parse_me(&answer(200, body)).unwrap().name, "Ada Lovelace");
        let body = json!({"id":"48d3","displayName":null,"userPrincipalName":"ada@contoso.com"});
        assert_eq!(parse_me(&answer(200, body)).unwrap().name, "ada@contoso.com");
        assert_eq!(parse_me(&answer(200, "{}")).unwrap_err().code(), "malformed");
    }

    #[test]
    fn reads_the_drive() {
        let body = json!({"id":"b!x","driveType":"business","name":"OneDrive","webUrl":"https://c-my.sharepoint.com/"});
        let drive = parse_drive(&answer(200, body)).unwrap();
        assert_eq!((drive.id.as_str(), drive.drive_type), ("b!x", DriveType::Business));
    }

    #[test]
    fn says_that_there_is_no_drive() {
        for (status, code, message, expected) in [
            (404, "ResourceNotFound", "User's mysite not found.", "not_provisioned"),
            (404, "itemNotFound", "", "not_provisioned"),
            (400, "BadRequest", "Tenant does not have a SPO license.", "no_licence"),
            (403, "accessDenied", "", "forbidden"),
        ] {
            let body = json!({"error": {"code": code, "message": message}});
            assert_eq!(parse_drive(&answer(status, body)).unwrap_err().code(), expected, "{message}");
        }
    }

    proptest! {
        #[test]
        fn reads_any_body_without_panic(body in any_json(), status in 100u16..600) {
            let _ = parse_me(&answer(status, &body));
            let _ = parse_drive(&answer(status, &body));
        }
    }
}
