//! A sign-in for which this very window leaves for Microsoft: what is kept meanwhile. The place and one-time numbers, never a
//! token. The choice is kept for every reload (`ui/app/restoring.rs`).

use super::Pending;
use crate::auth::{Account, CodeVerifier, Nonce, State};
use crate::picker::place::Location;
use serde_json::{Map, Value};

/// How long an answer is waited for, in milliseconds.
const LONGEST: u64 = 60 * 60 * 1000;

/// What a window leaves here and takes up again when it comes back.
#[derive(Debug)]
pub struct Left {
    /// Where the person was.
    pub location: Location,
    account: Option<(String, String)>,
}

impl Left {
    /// Writes down what is to be taken up again.
    pub fn to_text(pending: &Pending, account: Option<&Account>, location: &Location, now: u64) -> String {
        let mut members = Map::new();
        let mut add = |key: &str, value: Value| members.insert(key.to_owned(), value);
        add("state", pending.state.secret().into());
        add("nonce", pending.nonce.secret().into());
        add("verifier", pending.verifier.as_ref().map(CodeVerifier::secret).into());
        add("at", now.into());
        add("place", location.to_text().into());
        add("tenant", account.map(|account| account.tenant_id().as_str()).into());
        add("object", account.map(Account::object_id).into());
        Value::Object(members).to_string()
    }

    /// Reads it back, and the request that the answer must fit. `None` if it is none of ours, or too old.
    pub fn from_text(text: &str, now: u64) -> Option<(Pending, Self)> {
        let members: Value = serde_json::from_str(text).ok()?;
        let text = |key: &str| members.get(key).and_then(Value::as_str);
        let age = now.checked_sub(members.get("at")?.as_u64()?)?;
        let verifier = match text("verifier") {
            Some(verifier) => Some(CodeVerifier::of_text(verifier)?),
            None => None,
        };
        let pending = Pending {
            url: String::new(),
            state: State::of_text(text("state")?)?,
            nonce: Nonce::of_text(text("nonce")?)?,
            verifier,
            account: None,
        };
        let left = Self {
            location: text("place").and_then(Location::from_text).unwrap_or_default(),
            account: text("tenant")
                .zip(text("object"))
                .map(|(tenant, object)| (tenant.into(), object.into())),
        };
        (age <= LONGEST).then_some((pending, left))
    }

    /// Whether the place is this account's: of nobody yet, or of the same one.
    pub fn belongs_to(&self, account: Option<&Account>) -> bool {
        self.account.as_ref().is_none_or(|(tenant, object)| {
            account.is_some_and(|account| {
                account.tenant_id().as_str() == tenant && account.object_id() == object
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::TenantId;
    use crate::auth::testing::TENANT_ID;
    use crate::picker::place::Place;
    use proptest::prelude::*;

    fn pending(verifier: bool) -> Pending {
        Pending {
            url: "https://login.example".into(),
            state: State::from_random(&[1; 32]),
            nonce: Nonce::from_random(&[2; 32]),
            verifier: verifier.then(|| CodeVerifier::from_random(&[3; 32])),
            account: None,
        }
    }

    fn account(object: &str) -> Account {
        Account::for_tests(TenantId::parse(TENANT_ID).unwrap(), object)
    }

    #[test]
    fn comes_back_to_the_place_for_the_same_account() {
        for verifier in [false, true] {
            let (pending, dana) = (pending(verifier), account("dana"));
            let text = Left::to_text(&pending, Some(&dana), &Location::new(Place::Recent), 1_000);
            let (back, left) = Left::from_text(&text, 1_000 + LONGEST).unwrap();
            assert!(back.state.matches(pending.state.secret()));
            assert!(back.nonce.matches(pending.nonce.secret()));
            assert_eq!(back.verifier.is_some(), verifier);
            assert_eq!(left.location, Location::new(Place::Recent));
            assert!(left.belongs_to(Some(&dana)));
            assert!(!left.belongs_to(Some(&account("tomas"))) && !left.belongs_to(None));
        }
    }

    #[test]
    fn nothing_of_it_belongs_to_anybody_before_the_first_sign_in() {
        let text = Left::to_text(&pending(false), None, &Location::default(), 0);
        assert!(Left::from_text(&text, 0).unwrap().1.belongs_to(Some(&account("dana"))));
    }

    #[test]
    fn does_not_come_back_too_old_from_the_future_or_without_its_numbers() {
        let text = Left::to_text(&pending(true), None, &Location::default(), 5_000);
        for now in [4_999, 5_001 + LONGEST] {
            assert!(Left::from_text(&text, now).is_none(), "{now}");
        }
        for member in ["state", "nonce", "verifier"] {
            let mut members: Value = serde_json::from_str(&text).unwrap();
            members[member] = "short".into();
            assert!(Left::from_text(&members.to_string(), 5_000).is_none(), "{member}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = Left::from_text(&text, 0);
        }
    }
}
