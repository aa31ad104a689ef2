//! A session: a token that may be used, and until when.

use super::{AccessToken, Account, GrantedScopes};

/// How long before its end a token is renewed, in milliseconds, if it lives long enough.
const RENEW_AHEAD: u64 = 5 * 60 * 1000;

/// A token that may be used. There is one only after every check of the sign-in, or from a host that supplies
/// tokens of its own.
#[derive(Clone, Debug)]
pub struct Session {
    access_token: AccessToken,
    lifetime: Option<Lifetime>,
    holder: Holder,
}

/// Milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lifetime {
    pub(super) begins_at: u64,
    pub(super) ends_at: u64,
}

#[derive(Clone, Debug)]
enum Holder {
    Account { account: Account, granted: GrantedScopes },
    Host,
}

impl Session {
    pub(super) fn signed_in(
        access_token: AccessToken,
        received_at: u64,
        expires_in: u64,
        account: Account,
        granted: GrantedScopes,
    ) -> Self {
        let ends_at = received_at.saturating_add(expires_in.saturating_mul(1000));
        Self::restored(access_token, Lifetime { begins_at: received_at, ends_at }, account, granted)
    }

    pub(super) fn restored(
        access_token: AccessToken,
        lifetime: Lifetime,
        account: Account,
        granted: GrantedScopes,
    ) -> Self {
        Self { access_token, lifetime: Some(lifetime), holder: Holder::Account { account, granted } }
    }

    pub(super) fn lifetime(&self) -> Option<Lifetime> {
        self.lifetime
    }

    /// A session with a token that the host supplied. Whose it is and how long it lives only the host knows.
    pub fn from_host(access_token: AccessToken) -> Self {
        Self { access_token, lifetime: None, holder: Holder::Host }
    }

    /// The token for Graph. Goes to the Graph base's origin and nowhere else.
    pub fn access_token(&self) -> &AccessToken {
        &self.access_token
    }

    /// Who is signed in; unknown for a token of the host.
    pub fn account(&self) -> Option<&Account> {
        match &self.holder {
            Holder::Account { account, .. } => Some(account),
            Holder::Host => None,
        }
    }

    /// What was granted; unknown for a token of the host.
    pub fn granted(&self) -> Option<&GrantedScopes> {
        match &self.holder {
            Holder::Account { granted, .. } => Some(granted),
            Holder::Host => None,
        }
    }

    /// Whether the token came from the host, which is then asked for the next one.
    pub fn is_from_host(&self) -> bool {
        matches!(self.holder, Holder::Host)
    }

    /// When the token ends, in milliseconds since 1970.
    pub(crate) fn expires_at(&self) -> Option<u64> {
        self.lifetime.map(|lifetime| lifetime.ends_at)
    }

    /// When to renew: five minutes before the end, for a short-lived token in the last fifth of its life.
    pub(crate) fn renew_at(&self) -> Option<u64> {
        self.lifetime.map(|Lifetime { begins_at, ends_at }| {
            ends_at.saturating_sub(RENEW_AHEAD.min(ends_at.saturating_sub(begins_at) / 5))
        })
    }

    /// How the token is at that time, in milliseconds since 1970.
    pub fn freshness(&self, now: u64) -> Freshness {
        match (self.expires_at(), self.renew_at()) {
            (Some(ends_at), _) if now >= ends_at => Freshness::Expired,
            (_, Some(renew_at)) if now >= renew_at => Freshness::RenewalDue,
            _ => Freshness::Fresh,
        }
    }
}

/// How a token is at some time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// Good for a while.
    Fresh,
    /// Still good, to be renewed now.
    RenewalDue,
    /// No good any more.
    Expired,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::{FilesAccess, Scopes, TenantId};

    fn session(expires_in: u64) -> Session {
        let tenant_id = TenantId::parse("11111111-2222-3333-4444-555555555555").unwrap();
        let account = Account::new(tenant_id, "o".into(), None, None, None, false);
        let granted = Scopes::new("https://graph.microsoft.com", FilesAccess::All).granted(None);
        let token = AccessToken::new("secret-token".into()).unwrap();
        Session::signed_in(token, 1_000_000, expires_in, account, granted)
    }

    #[test]
    fn knows_ahead_when_it_ends() {
        for (expires_in, now, expected) in [
            (3600, 1_000_000, Freshness::Fresh),
            (3600, 1_000_000 + 3_299_999, Freshness::Fresh),
            (3600, 1_000_000 + 3_300_000, Freshness::RenewalDue),
            (3600, 1_000_000 + 3_600_000, Freshness::Expired),
            (60, 1_000_000 + 47_000, Freshness::Fresh),
            (60, 1_000_000 + 48_000, Freshness::RenewalDue),
            (u64::MAX, u64::MAX - 300_001, Freshness::Fresh),
        ] {
            assert_eq!(session(expires_in).freshness(now), expected, "{expires_in} {now}");
        }
    }

    #[test]
    fn never_shows_its_token() {
        assert!(!format!("{:?}", session(60)).contains("secret-token"));
    }

    #[test]
    fn takes_a_token_of_the_host_without_an_end() {
        let session = Session::from_host(AccessToken::new("t".into()).unwrap());
        assert_eq!(session.freshness(u64::MAX), Freshness::Fresh);
        assert!(session.is_from_host() && session.account().is_none());
    }
}
