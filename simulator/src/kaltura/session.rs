//! Kaltura sessions (KS): who calls, and what they may do (SRV `alpha/apps/kaltura/lib/kPermissionManager.php`,
//! `infra/general/kSessionBase.class.php`).

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::error::ApiError;

/// What makes a role keep `referenceId` on insert (SRV `deployment/permissions/object.KalturaBaseEntry.ini`, item 15).
pub(super) const KEEP_REFERENCE: &str = "CONTENT_INGEST_REFERENCE_MODIFY";
/// What lets a role add captions (SRV `deployment/permissions/service.caption.captionasset.ini`, item 1).
pub(super) const CAPTION_MODIFY: &str = "CAPTION_MODIFY";

/// The two kinds of session (`KalturaSessionType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// `USER` (0): a person, who sees and edits their own entries.
    User,
    /// `ADMIN` (2): a server.
    Admin,
}

/// The sessions that a site may give its pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionPreset {
    /// USER without a role of its own: what MediaSpace most likely gives a page.
    #[default]
    PlainUser,
    /// USER with a role that keeps references and may write captions.
    ReferenceRole,
    /// USER with the privilege `editadmintags:*`.
    AdminTags,
    /// ADMIN.
    Administrator,
}

/// A session to be started.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NewSession {
    /// The user's id in Kaltura.
    pub user_id: String,
    /// The kind; what follows comes on top of it.
    pub session: SessionPreset,
    /// Permissions of the role.
    pub permissions: Vec<String>,
    /// `name:value` pairs such as `list:*`.
    pub privileges: Vec<String>,
    /// Whether the session has a privacy context, as those of a MediaSpace site have. Not for administrators.
    pub privacy_context: bool,
    /// In seconds.
    pub lifetime_seconds: u64,
    /// The privilege `actionslimit`.
    pub call_limit: Option<u32>,
}

impl Default for NewSession {
    fn default() -> Self {
        Self {
            user_id: "noa.bar-lev".to_owned(),
            session: SessionPreset::default(),
            permissions: Vec::new(),
            privileges: Vec::new(),
            privacy_context: true,
            lifetime_seconds: 24 * 60 * 60,
            call_limit: None,
        }
    }
}

impl NewSession {
    /// A session of that preset for that user.
    pub fn of(user_id: &str, session: SessionPreset) -> Self {
        Self { user_id: user_id.to_owned(), session, ..Self::default() }
    }
}

/// What stands behind a KS.
#[derive(Clone, Debug)]
pub(super) struct Session {
    ks: String,
    /// The user's id in Kaltura.
    pub(super) user_id: String,
    /// User or administrator.
    pub(super) kind: SessionKind,
    permissions: Vec<String>,
    privileges: Vec<String>,
    /// In milliseconds since 1970.
    expires: u64,
    calls_left: Option<u32>,
}

impl Session {
    /// Whether `adminTags` may be written (SRV `api_v3/lib/KalturaEntryService.php`, `checkAdminOnlyInsertProperties`).
    pub(super) fn may_edit_admin_tags(&self) -> bool {
        self.is_admin() || self.has_privilege("editadmintags")
    }

    /// Whether lists go beyond the entries of one's own (SRV `KalturaEntryService::initService`).
    pub(super) fn may_list_all(&self) -> bool {
        self.is_admin() || self.has_privilege("list")
    }

    /// Whether this session may change an entry of that user.
    pub(super) fn may_edit(&self, owner: &str) -> bool {
        self.is_admin() || self.user_id == owner
    }

    /// Whether the role has a permission; an administrator's has all.
    pub(super) fn is_permitted(&self, permission: &str) -> bool {
        self.is_admin() || self.permissions.iter().any(|own| own == permission)
    }

    /// Whether entitlement holds: the session belongs to a site (`privacycontext`).
    pub(super) fn has_privacy_context(&self) -> bool {
        self.privileges.iter().any(|privilege| privilege.starts_with("privacycontext:"))
    }

    pub(super) fn is_admin(&self) -> bool {
        self.kind == SessionKind::Admin
    }

    fn has_privilege(&self, name: &str) -> bool {
        self.privileges.iter().any(|privilege| privilege.strip_suffix(":*") == Some(name))
    }
}

/// All sessions ever started, and the roles that they may take.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    sessions: Vec<Session>,
    roles: Vec<Vec<String>>,
}

/// The id of the first role that is added.
const FIRST_ROLE: usize = 7_001;

impl Sessions {
    /// Starts a session and returns its KS, which looks like a real one (`djJ8…`: "v2|", partner, cipher).
    pub(super) fn start(&mut self, partner_id: u32, new: NewSession, now: u64) -> String {
        let mut cipher = format!("v2|{partner_id}|").into_bytes();
        for word in 0..8_u8 {
            let mut hasher = RandomState::new().build_hasher();
            hasher.write_u8(word);
            cipher.extend_from_slice(&hasher.finish().to_le_bytes());
        }
        let ks = URL_SAFE_NO_PAD.encode(cipher);
        let NewSession { mut permissions, mut privileges, .. } = new;
        let mut kind = SessionKind::User;
        match new.session {
            SessionPreset::PlainUser => {}
            SessionPreset::ReferenceRole => {
                permissions.extend([KEEP_REFERENCE, CAPTION_MODIFY].map(str::to_owned));
            }
            SessionPreset::AdminTags => privileges.push("editadmintags:*".to_owned()),
            SessionPreset::Administrator => kind = SessionKind::Admin,
        }
        let role = privileges.iter().find_map(|privilege| privilege.strip_prefix("setrole:"));
        if let Some(role) = role.and_then(|id| id.parse::<usize>().ok()) {
            let role = role.checked_sub(FIRST_ROLE).and_then(|place| self.roles.get(place));
            permissions.extend(role.cloned().unwrap_or_default());
        }
        if new.privacy_context && kind == SessionKind::User {
            privileges.push("privacycontext:MediaSpace".to_owned());
        }
        let limit = privileges.iter().find_map(|privilege| privilege.strip_prefix("actionslimit:"));
        let calls_left = new.call_limit.or_else(|| limit?.parse().ok());
        self.sessions.push(Session {
            ks: ks.clone(),
            user_id: new.user_id,
            kind,
            permissions,
            privileges,
            expires: now + new.lifetime_seconds * 1_000,
            calls_left,
        });
        ks
    }

    /// Adds a role with these permissions and returns its id.
    pub(super) fn add_role(&mut self, permissions: Vec<String>) -> usize {
        self.roles.push(permissions);
        FIRST_ROLE + self.roles.len() - 1
    }

    /// Judges a KS, and counts the call.
    ///
    /// # Errors
    /// `MISSING_KS` without one, `INVALID_KS` for an unknown or expired one, `ACTION_BLOCKED` beyond `actionslimit`.
    pub(super) fn judge(&mut self, ks: Option<&str>, now: u64) -> Result<Session, ApiError> {
        let ks = ks.filter(|ks| !ks.is_empty()).ok_or_else(|| ApiError::new("MISSING_KS", &[]))?;
        let session = self
            .sessions
            .iter_mut()
            .find(|session| session.ks == ks)
            .ok_or_else(|| ApiError::new("INVALID_KS", &[ks, "-1", "INVALID_STR"]))?;
        if session.expires <= now {
            // Not -2,EXPIRED: kPermissionManager starts over without a session and names the KS "EXPIRED".
            return Err(ApiError::new("INVALID_KS", &["EXPIRED", "-1", "INVALID_STR"]));
        }
        if let Some(left) = &mut session.calls_left {
            if *left == 0 {
                return Err(ApiError::new("ACTION_BLOCKED", &[]));
            }
            *left -= 1;
        }
        Ok(session.clone())
    }

    /// Lets every session that runs now end.
    pub(super) fn expire_all(&mut self) {
        for session in &mut self.sessions {
            session.expires = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_why_a_session_is_refused() {
        let mut sessions = Sessions::default();
        let ks = sessions.start(1, NewSession { lifetime_seconds: 60, ..NewSession::default() }, 0);
        assert!(ks.starts_with("djJ8"));
        assert_eq!(sessions.judge(Some(&ks), 59_999).unwrap().user_id, "noa.bar-lev");
        assert_eq!(sessions.judge(None, 0).unwrap_err().code, "MISSING_KS");
        assert_eq!(sessions.judge(Some(""), 0).unwrap_err().code, "MISSING_KS");
        assert!(sessions.judge(Some("x"), 0).unwrap_err().message.contains("INVALID_STR"));
    }

    /// SRV `kPermissionManager.php` L854-900, `KalturaFrontController.php` L499-501.
    #[test]
    fn an_ended_session_is_named_expired() {
        let mut sessions = Sessions::default();
        let ks = sessions.start(1, NewSession { lifetime_seconds: 60, ..NewSession::default() }, 0);
        let error = sessions.judge(Some(&ks), 60_000).unwrap_err();
        assert_eq!(error.message, "Invalid KS \"EXPIRED\", Error \"-1,INVALID_STR\"");
    }

    /// SRV `kPermissionManager.php` L596-699: `setrole` of the KS, else the partner's role for user sessions.
    #[test]
    fn a_role_gives_a_user_session_what_the_basic_one_lacks() {
        let mut sessions = Sessions::default();
        let role = sessions.add_role(vec!["BASE_USER_SESSION_PERMISSION".into(), KEEP_REFERENCE.into()]);
        let with = NewSession { privileges: vec![format!("setrole:{role}")], ..NewSession::default() };
        for (new, keeps) in [
            (NewSession::default(), false),
            (with, true),
            (NewSession::of("noa", SessionPreset::ReferenceRole), true),
            (NewSession::of("noa", SessionPreset::AdminTags), false),
            (NewSession::of("server", SessionPreset::Administrator), true),
        ] {
            let ks = sessions.start(1, new, 0);
            assert_eq!(sessions.judge(Some(&ks), 0).unwrap().is_permitted(KEEP_REFERENCE), keeps);
        }
    }

    /// SRV `api_v3/lib/KalturaDispatcher.php` L89-92.
    #[test]
    fn a_session_with_an_actions_limit_is_blocked_beyond_it() {
        let mut sessions = Sessions::default();
        let ks = sessions.start(1, NewSession { call_limit: Some(1), ..NewSession::default() }, 0);
        assert!(sessions.judge(Some(&ks), 0).is_ok());
        assert_eq!(sessions.judge(Some(&ks), 0).unwrap_err().code, "ACTION_BLOCKED");
    }
}
