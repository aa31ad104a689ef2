//! The claims challenge of a 401 or 403 (Conditional Access, continuous access evaluation).

use base64ct::{Base64Unpadded, Base64UrlUnpadded, Encoding as _};

/// A challenge longer than this is not repeated in an address.
const LIMIT: usize = 4096;

/// The `claims` parameter of a `WWW-Authenticate` header, decoded from base64 to the JSON that the
/// authorization request wants.
pub(super) fn claims_of(header: &str) -> Option<String> {
    let encoded = parameter(header, "claims").filter(|value| value.len() <= LIMIT)?;
    // Padded or not, in either alphabet.
    let encoded = encoded.trim_end_matches('=');
    let bytes =
        Base64Unpadded::decode_vec(encoded).or_else(|_| Base64UrlUnpadded::decode_vec(encoded)).ok()?;
    let claims = String::from_utf8(bytes).ok()?;
    claims.starts_with('{').then_some(claims)
}

/// The value of `name="value"` or `name=value`, wherever it stands.
fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = header;
    loop {
        let (before, after) = rest.split_once('=')?;
        let found = before.rsplit([' ', ',']).next().is_some_and(|word| word.eq_ignore_ascii_case(name));
        let (value, tail) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?,
            None => after.split_at(after.find([',', ' ']).unwrap_or(after.len())),
        };
        if found {
            return Some(value);
        }
        rest = tail;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decodes_the_challenge_in_either_alphabet() {
        let claims = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;
        for encoded in [
            "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ==",
            "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ",
        ] {
            let header = format!(
                "Bearer realm=\"\", authorization_uri=\"https://login/authorize?a=b\", \
                 error=\"insufficient_claims\", claims=\"{encoded}\""
            );
            assert_eq!(claims_of(&header).as_deref(), Some(claims));
            assert_eq!(claims_of(&format!("Bearer claims={encoded}, x=y")).as_deref(), Some(claims));
        }
    }

    #[test]
    fn takes_nothing_from_a_plain_or_broken_header() {
        for header in
            ["", "Bearer", "Bearer realm=\"\"", "Bearer claims=\"eyJ", "Bearer claims=\"AAAA\"", "="]
        {
            assert_eq!(claims_of(header), None, "{header}");
        }
    }

    proptest! {
        #[test]
        fn reads_any_header_without_panic(header in any::<String>(), tail in "[a-z=\", ]{0,40}") {
            let _ = claims_of(&header);
            let _ = claims_of(&tail);
        }
    }
}
