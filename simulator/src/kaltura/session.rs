//! Kaltura sessions (KS): who calls, and whether as a user or as an administrator.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::time::{Duration, SystemTime};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::error::ApiError;

/// The two kinds of session (`KalturaSessionType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionKind {
    /// `USER` (0): a person, who sees and edits their own entries.
    User,
    /// `ADMIN` (2): a server.
    Admin,
}

/// What stands behind a KS.
#[derive(Clone, Debug)]
pub(super) struct Session {
    pub(super) ks: String,
    /// The user's id in Kaltura.
    pub user_id: String,
    /// User or administrator.
    pub kind: SessionKind,
    /// `name:value` pairs such as `editadmintags:*`.
    pub privileges: Vec<String>,
    expires: SystemTime,
}

impl Session {
    /// Whether `adminTags` may be written and read.
    pub(super) fn may_edit_admin_tags(&self) -> bool {
        self.kind == SessionKind::Admin || self.has_privilege("editadmintags")
    }

    /// Whether entries of other users are listed.
    pub(super) fn may_list_all(&self) -> bool {
        self.kind == SessionKind::Admin || self.has_privilege("list")
    }

    /// Whether this session may change an entry of that user.
    pub(super) fn may_edit(&self, owner: &str) -> bool {
        self.kind == SessionKind::Admin || self.user_id == owner
    }

    fn has_privilege(&self, name: &str) -> bool {
        self.privileges.iter().any(|privilege| privilege.strip_suffix(":*") == Some(name))
    }
}

/// All sessions ever started.
#[derive(Debug, Default)]
pub(super) struct Sessions(Vec<Session>);

impl Sessions {
    /// Starts a session and returns its KS, which looks like a real one (`djJ8…`: "v2|", partner, cipher).
    pub(super) fn start(
        &mut self,
        partner_id: u32,
        user_id: &str,
        kind: SessionKind,
        privileges: &[&str],
        life: Duration,
    ) -> String {
        let mut cipher = format!("v2|{partner_id}|").into_bytes();
        for word in 0..8_u8 {
            let mut hasher = RandomState::new().build_hasher();
            hasher.write_u8(word);
            cipher.extend_from_slice(&hasher.finish().to_le_bytes());
        }
        let ks = URL_SAFE_NO_PAD.encode(cipher);
        self.0.push(Session {
            ks: ks.clone(),
            user_id: user_id.to_owned(),
            kind,
            privileges: privileges.iter().map(|privilege| (*privilege).to_owned()).collect(),
            expires: SystemTime::now() + life,
        });
        ks
    }

    /// Judges a KS.
    ///
    /// # Errors
    /// `MISSING_KS` without one, `INVALID_KS` for an unknown or expired one.
    pub(super) fn judge(&self, ks: Option<&str>) -> Result<&Session, ApiError> {
        let ks = ks.filter(|ks| !ks.is_empty()).ok_or_else(|| ApiError::new("MISSING_KS", &[]))?;
        let session = self
            .0
            .iter()
            .find(|session| session.ks == ks)
            .ok_or_else(|| ApiError::new("INVALID_KS", &[ks, "-1", "INVALID_STR"]))?;
        if session.expires <= SystemTime::now() {
            return Err(ApiError::new("INVALID_KS", &[ks, "-2", "EXPIRED_KS"]));
        }
        Ok(session)
    }

    /// Lets every session that runs now end.
    pub(super) fn expire_all(&mut self) {
        for session in &mut self.0 {
            session.expires = SystemTime::UNIX_EPOCH;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_why_a_session_is_refused() {
        let mut sessions = Sessions::default();
        let ks = sessions.start(1, "noa", SessionKind::User, &[], Duration::from_secs(60));
        assert!(ks.starts_with("djJ8"));
        assert_eq!(sessions.judge(Some(&ks)).unwrap().user_id, "noa");
        assert_eq!(sessions.judge(None).unwrap_err().code, "MISSING_KS");
        assert_eq!(sessions.judge(Some("")).unwrap_err().code, "MISSING_KS");
        assert!(sessions.judge(Some("x")).unwrap_err().message.contains("INVALID_STR"));
        sessions.expire_all();
        let error = sessions.judge(Some(&ks)).unwrap_err();
        assert_eq!(error.code, "INVALID_KS");
        assert!(error.message.contains("EXPIRED_KS"));
    }
}
