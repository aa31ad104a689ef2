//! Users, roles and sessions of the account.

use serde_json::{Value, json};

use super::error::ApiError;
use super::kaltura::Kaltura;
use super::request::Call;
use super::session::{NewSession, Session, SessionPreset};

/// The administrator's secret of the account, for servers that start sessions by themselves.
pub const ADMIN_SECRET: &str = "simulated-admin-secret";

/// `user.get`: without arguments one's own (SRV `api_v3/services/UserService.php` L192-211).
pub(super) fn user(kaltura: &Kaltura, session: &Session, call: &Call) -> Result<Value, ApiError> {
    let user_id = call.text("userId").unwrap_or_else(|| session.user_id.clone());
    if !session.may_edit(&user_id) {
        return Err(ApiError::new("CANNOT_RETRIEVE_ANOTHER_USER_USING_NON_ADMIN_SESSION", &[&user_id]));
    }
    Ok(json!({"objectType": "KalturaUser", "id": user_id, "partnerId": kaltura.partner_id(), "status": 1,
              "fullName": user_id, "isAdmin": session.is_admin()}))
}

/// `session.get`: not for plain users (SRV `deployment/permissions/service.session.ini`).
pub(super) fn session_info(kaltura: &Kaltura, session: &Session) -> Result<Value, ApiError> {
    if !session.is_admin() {
        return Err(ApiError::new("SERVICE_FORBIDDEN", &["session->get"]));
    }
    Ok(
        json!({"objectType": "KalturaSessionInfo", "partnerId": kaltura.partner_id(), "userId": session.user_id,
              "sessionType": 2}),
    )
}

/// `session.start`, with the administrator's secret.
pub(super) fn start_session(kaltura: &Kaltura, call: &Call) -> Result<Value, ApiError> {
    let partner_id = kaltura.partner_id().to_string();
    if call.text("secret").as_deref() != Some(ADMIN_SECRET)
        || call.text("partnerId").is_none_or(|id| id != partner_id)
    {
        return Err(ApiError::new("START_SESSION_ERROR", &[&partner_id]));
    }
    let admin = call.text("type").as_deref() == Some("2");
    let privileges = call.text("privileges").unwrap_or_default();
    let privileges: Vec<String> =
        privileges.split(',').filter(|text| !text.is_empty()).map(str::to_owned).collect();
    let expiry = call.text("expiry").and_then(|text| text.parse().ok());
    Ok(json!(kaltura.start(NewSession {
        user_id: call.text("userId").unwrap_or_default(),
        session: if admin { SessionPreset::Administrator } else { SessionPreset::PlainUser },
        // Only what the privileges say.
        privacy_context: false,
        privileges,
        lifetime_seconds: expiry.unwrap_or(86_400),
        ..NewSession::default()
    })))
}

/// `userRole.add`, for administrators.
pub(super) fn add_role(kaltura: &Kaltura, session: &Session, call: &Call) -> Result<Value, ApiError> {
    if !session.is_admin() {
        return Err(ApiError::new("SERVICE_FORBIDDEN", &["userRole->add"]));
    }
    let given = call.object("userRole")?;
    let names = given.text("permissionNames").unwrap_or_default();
    let permissions = names.split(',').map(|name| name.trim().to_owned()).collect();
    let id = kaltura.state().sessions.add_role(permissions);
    Ok(json!({"objectType": "KalturaUserRole", "id": id, "name": given.text("name"), "status": 1,
              "permissionNames": names, "partnerId": kaltura.partner_id()}))
}
