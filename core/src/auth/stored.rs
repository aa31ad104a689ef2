//! A session between two loads of the page, for `tokenStorage: session` only. The text goes to the tab's session
//! storage and nowhere else.

use super::session::Lifetime;
use super::{AccessToken, Account, ClientId, Freshness, GrantedScopes, Session, TenantId};
use serde_json::{Map, Value};

/// Writes a session down. `None` for a token of the host: the host gives it again. The text holds the token.
pub fn write_stored_session(session: &Session, client_id: &ClientId) -> Option<String> {
    let (account, granted) = (session.account()?, session.granted()?);
    let lifetime = session.lifetime()?;
    let mut object = Map::new();
    let mut add = |key: &str, value: Value| object.insert(key.to_owned(), value);
    add("client", client_id.as_str().into());
    add("token", session.access_token().secret().into());
    add("begins", lifetime.begins_at.into());
    add("ends", lifetime.ends_at.into());
    add("scopes", granted.names().join(" ").into());
    add("tenant", account.tenant_id().as_str().into());
    add("object", account.object_id().into());
    add("name", account.name().into());
    add("username", account.username().into());
    add("hint", account.login_hint().into());
    add("guest", account.is_guest().into());
    Some(Value::Object(object).to_string())
}

/// Reads a session back. `None` if the text is none of ours, is of another application, or its token has expired
/// or claims to live longer than any token of Microsoft's.
pub fn read_stored_session(text: &str, client_id: &ClientId, now: u64) -> Option<Session> {
    let object: Value = serde_json::from_str(text).ok()?;
    let text = |key: &str| object.get(key)?.as_str().map(str::to_owned);
    let lifetime =
        Lifetime { begins_at: object.get("begins")?.as_u64()?, ends_at: object.get("ends")?.as_u64()? };
    if text("client")? != client_id.as_str() || lifetime.ends_at > now.saturating_add(LONGEST_LIFE) {
        return None;
    }
    let is_guest = object.get("guest")?.as_bool()?;
    let tenant_id = TenantId::parse(&text("tenant")?)?;
    let account =
        Account::new(tenant_id, text("object")?, text("name"), text("username"), text("hint"), is_guest);
    let granted = GrantedScopes::of_names(&text("scopes")?);
    let session = Session::restored(AccessToken::new(text("token")?)?, lifetime, account, granted);
    (session.freshness(now) != Freshness::Expired).then_some(session)
}

/// The longest life of a token: 28 hours for clients with continuous access evaluation, in milliseconds.
const LONGEST_LIFE: u64 = 28 * 60 * 60 * 1000;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::{CLIENT_ID, TENANT_ID, client_id};
    use crate::auth::{FilesAccess, Scopes};
    use proptest::prelude::*;

    const NOW: u64 = 1_800_000_000_000;

    fn session() -> Session {
        let tenant_id = TenantId::parse(TENANT_ID).unwrap();
        let account = Account::new(
            tenant_id,
            "o".into(),
            Some("Dana".into()),
            Some("dana@contoso.com".into()),
            None,
            false,
        );
        let granted = Scopes::new("https://graph.microsoft.com", FilesAccess::All).granted(None);
        Session::signed_in(AccessToken::new("token".into()).unwrap(), NOW, 3600, account, granted)
    }

    #[test]
    fn comes_back_as_it_was() {
        let text = write_stored_session(&session(), &client_id()).unwrap();
        let back = read_stored_session(&text, &client_id(), NOW + 1000).unwrap();
        assert_eq!(back.access_token().secret(), "token");
        assert_eq!((back.account(), back.granted()), (session().account(), session().granted()));
        assert_eq!((back.expires_at(), back.renew_at()), (session().expires_at(), session().renew_at()));
    }

    #[test]
    fn does_not_come_back_expired_or_to_another_application() {
        let text = write_stored_session(&session(), &client_id()).unwrap();
        assert!(read_stored_session(&text, &client_id(), NOW + 3_600_000).is_none());
        let other = ClientId::parse(&CLIENT_ID.replace('3', "4")).unwrap();
        assert!(read_stored_session(&text, &other, NOW).is_none());
        assert!(read_stored_session(&text, &client_id(), 0).is_none());
    }

    #[test]
    fn leaves_a_token_of_the_host_to_the_host() {
        let session = Session::from_host(AccessToken::new("token".into()).unwrap());
        assert!(write_stored_session(&session, &client_id()).is_none());
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = read_stored_session(&text, &client_id(), NOW);
        }
    }
}
