//! What the administrator has entered so far: kept over a reload, and shared as a link with the Azure administrator.

use crate::auth::looks_like_client_secret;
use crate::web::{decode_component, encode_component};

/// The longest value that is kept, in bytes.
const LONGEST_VALUE: usize = 512;

/// The fields of the set-up assistant, as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetupForm {
    /// The site's address.
    pub site: String,
    /// The registration's name.
    pub name: String,
    /// The application id.
    pub application_id: String,
    /// The tenant.
    pub tenant: String,
    /// The cloud's name.
    pub cloud: String,
    /// The lowest role that may import.
    pub allowed_roles: String,
    /// The flow's name.
    pub flow: String,
    /// `own` for "My files only".
    pub files: String,
    /// The step that is open.
    pub step: String,
}

impl SetupForm {
    /// The fields as a fragment without `#`. Empty ones are left out, and whatever looks like a client secret.
    pub fn to_fragment(&self) -> String {
        let mut fragment = String::new();
        for (name, value) in self.fields() {
            if value.is_empty() || !is_kept(value) {
                continue;
            }
            if !fragment.is_empty() {
                fragment.push('&');
            }
            fragment.push_str(name);
            fragment.push('=');
            fragment.push_str(&encode_component(value));
        }
        fragment
    }

    /// Reads the fields of a fragment, with or without `#`. What is unknown, unreadable, too long or looks like a
    /// client secret is left out; the first of two wins.
    pub fn from_fragment(fragment: &str) -> Self {
        let mut form = Self::default();
        for pair in fragment.strip_prefix('#').unwrap_or(fragment).split('&') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            let Some(value) = decode_component(value).filter(|value| is_kept(value)) else { continue };
            if let Some(field) = form.field(name).filter(|field| field.is_empty()) {
                *field = value;
            }
        }
        form
    }

    fn fields(&self) -> [(&'static str, &str); 9] {
        [
            ("site", &self.site),
            ("name", &self.name),
            ("application", &self.application_id),
            ("tenant", &self.tenant),
            ("cloud", &self.cloud),
            ("roles", &self.allowed_roles),
            ("flow", &self.flow),
            ("files", &self.files),
            ("step", &self.step),
        ]
    }

    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "site" => &mut self.site,
            "name" => &mut self.name,
            "application" => &mut self.application_id,
            "tenant" => &mut self.tenant,
            "cloud" => &mut self.cloud,
            "roles" => &mut self.allowed_roles,
            "flow" => &mut self.flow,
            "files" => &mut self.files,
            "step" => &mut self.step,
            _ => return None,
        })
    }
}

fn is_kept(value: &str) -> bool {
    value.len() <= LONGEST_VALUE && !looks_like_client_secret(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn carries_the_values_and_no_secret() {
        let secret = ["abc8", "Q~", "dEfGhIjKlMnOpQrStUvWxYz0123456789-_"].concat();
        let form = SetupForm {
            site: "https://media.example".into(),
            name: "Kaltura & OneDrive".into(),
            application_id: secret.clone(),
            ..SetupForm::default()
        };
        let fragment = form.to_fragment();
        assert_eq!(fragment, "site=https%3A%2F%2Fmedia.example&name=Kaltura%20%26%20OneDrive");
        assert_eq!(SetupForm::from_fragment(&fragment), SetupForm { application_id: String::new(), ..form });
        let pasted = format!("#application={}", encode_component(&secret));
        assert_eq!(SetupForm::from_fragment(&pasted), SetupForm::default());
    }

    #[test]
    fn does_not_take_the_answer_of_a_sign_in_for_a_form() {
        let form = SetupForm::from_fragment("#access_token=abc&state=x&name=y&name=z");
        assert_eq!(form, SetupForm { name: "y".into(), ..SetupForm::default() });
    }

    proptest! {
        #[test]
        fn comes_back_as_it_was(site in "\\PC{0,30}", name in "\\PC{0,30}") {
            let form = SetupForm { site, name, ..SetupForm::default() };
            prop_assert_eq!(SetupForm::from_fragment(&form.to_fragment()), form);
        }
    }
}
