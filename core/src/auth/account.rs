//! Who is signed in.

use super::TenantId;

/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 256;

/// The account of a session. Identity is tenant and object together; the names are for display only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    tenant_id: TenantId,
    object_id: String,
    name: Option<String>,
    username: Option<String>,
    login_hint: Option<String>,
    is_guest: bool,
}

/// Whether a name at sign-in is that of a guest (`name_home.example#EXT#@tenant.example`).
fn is_of_guest(username: &str) -> bool {
    username
        .match_indices('#')
        .any(|(at, _)| username.get(at..).is_some_and(|rest| rest.starts_with("#EXT#")))
}

impl Account {
    pub(super) fn new(
        tenant_id: TenantId,
        object_id: String,
        name: Option<String>,
        username: Option<String>,
        login_hint: Option<String>,
        is_guest: bool,
    ) -> Self {
        let username = username.and_then(|username| displayed(&username));
        let is_guest = is_guest || username.as_deref().is_some_and(is_of_guest);
        let name = name.and_then(|name| displayed(&name));
        let login_hint = login_hint.filter(|hint| !hint.is_empty()).or_else(|| username.clone());
        Self { tenant_id, object_id, name, username, login_hint, is_guest }
    }

    /// An account of that object id.
    #[cfg(test)]
    pub(crate) fn for_tests(tenant_id: TenantId, object_id: &str) -> Self {
        Self::new(tenant_id, object_id.to_owned(), None, None, None, false)
    }

    /// The tenant that the account is used in (`tid`).
    pub fn tenant_id(&self) -> &TenantId {
        &self.tenant_id
    }

    /// The account within the tenant (`oid`).
    pub fn object_id(&self) -> &str {
        &self.object_id
    }

    /// Whether both are the same account.
    pub fn is_same(&self, other: &Self) -> bool {
        self.tenant_id == other.tenant_id && self.object_id == other.object_id
    }

    /// The person's name, or else the user name.
    pub fn name(&self) -> &str {
        self.name.as_deref().or(self.username.as_deref()).unwrap_or_default()
    }

    /// The user name, mostly an address of mail.
    pub fn username(&self) -> Option<&str> {
        self.username.as_deref()
    }

    /// What to send as `login_hint` the next time: the claim of that name, or else the user name.
    pub fn login_hint(&self) -> Option<&str> {
        self.login_hint.as_deref()
    }

    /// Whether this is a personal Microsoft account.
    pub fn is_personal(&self) -> bool {
        self.tenant_id.is_personal()
    }

    /// Whether the person is a guest in the tenant.
    pub(crate) fn is_guest(&self) -> bool {
        self.is_guest
    }

    /// One or two letters for the picture that is not there: of the first and the last word of the name.
    pub fn initials(&self) -> String {
        let mut words =
            self.name().split([' ', '.', '@']).filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
        let mut initials = String::new();
        initials.extend(words.next());
        if !self.name().contains('@') {
            initials.extend(words.next_back());
        }
        initials.to_uppercase()
    }
}

/// A name without what would bend the line that it is shown in: controls and marks of direction.
fn displayed(name: &str) -> Option<String> {
    let is_shown = |letter: &char| {
        !letter.is_control()
            && !matches!(*letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let name: String = name.chars().filter(is_shown).take(LONGEST_NAME).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: Option<&str>, username: Option<&str>) -> Account {
        let tenant_id = TenantId::parse("11111111-2222-3333-4444-555555555555").unwrap();
        Account::new(tenant_id, "o".into(), name.map(Into::into), username.map(Into::into), None, false)
    }

    #[test]
    fn takes_initials_of_the_first_and_the_last_word() {
        for (name, initials) in [
            ("Dana Levi", "DL"),
            ("Maria del Carmen Ruiz", "MR"),
            ("Cher", "C"),
            ("דנה לוי", "דל"),
            ("ada", "A"),
        ] {
            assert_eq!(account(Some(name), None).initials(), initials);
        }
        assert_eq!(account(None, Some("dana@contoso.com")).initials(), "D");
        assert_eq!(account(None, None).initials(), "");
    }

    #[test]
    fn shows_the_user_name_where_there_is_no_name() {
        assert_eq!(account(Some(" "), Some("dana@contoso.com")).name(), "dana@contoso.com");
    }

    #[test]
    fn strips_what_would_bend_the_line() {
        assert_eq!(account(Some("Dana\u{202e}\nLevi\u{0}"), None).name(), "DanaLevi");
    }

    #[test]
    fn sees_a_guest_by_the_user_name() {
        assert!(account(None, Some("dana_gmail.com#EXT#@contoso.com")).is_guest());
        assert!(!account(None, Some("dana@contoso.com")).is_guest());
    }
}
