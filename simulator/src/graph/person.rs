//! `/me`.

use serde_json::json;

use super::answer::Answer;
use super::call::Caller;
use super::error::GraphError;
use super::options::Options;

/// Who is signed in.
pub(super) fn me(caller: &Caller, options: &Options) -> Result<Answer, GraphError> {
    if !caller.has(&["User.Read"]) {
        let message = "Insufficient privileges to complete the operation.";
        return Err(GraphError::new(403, "Authorization_RequestDenied", message));
    }
    let account = &caller.account;
    let mut names = account.name.rsplitn(2, ' ');
    let (surname, given) = (names.next(), names.next());
    let mut body = json!({
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users/$entity",
        "id": account.object_id(),
        "displayName": account.name,
        "givenName": given,
        "surname": surname,
        "userPrincipalName": account.username,
        "mail": account.username,
        "businessPhones": [],
        "jobTitle": null,
        "mobilePhone": null,
        "officeLocation": null,
        "preferredLanguage": null,
    });
    if let (Some(fields), Some(names)) = (body.as_object_mut(), &options.select) {
        fields.retain(|key, _| key.starts_with('@') || names.contains(key));
    }
    Ok(Answer::ok(body))
}
