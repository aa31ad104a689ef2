//! Recognising a client secret that somebody pasted where none belongs.

/// Whether a word of the text looks like a client secret of Microsoft's. Such a text must not be shown, kept or
/// sent anywhere: this flow needs no secret, and in a browser it would be none.
///
/// Today's secrets have a digit and `Q~` after three letters; older ones are 30 to 50 letters, digits and signs
/// without a pattern, so a word that mixes capitals, small letters and digits like that is taken for one.
pub fn looks_like_client_secret(text: &str) -> bool {
    text.split(|letter: char| letter.is_ascii_whitespace() || matches!(letter, '"' | '\'' | ',' | ';'))
        .any(|word| is_marked_secret(word) || is_random_secret(word))
}

fn is_marked_secret(word: &str) -> bool {
    word.find("Q~").is_some_and(|mark| {
        let before = word.as_bytes().get(..mark).unwrap_or_default();
        before.len() >= 4 && before.last().is_some_and(u8::is_ascii_digit) && word.len() >= mark + 2 + 20
    })
}

fn is_random_secret(word: &str) -> bool {
    let has = |fits: fn(&u8) -> bool| word.as_bytes().iter().any(fits);
    (30..=50).contains(&word.len())
        && word.bytes().all(is_secret_letter)
        && !word.contains("//")
        && !word.contains("..")
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && !super::authority::is_guid(word)
        && !is_host(word)
}

/// `Demo2.mediaspace.kaltura.example`: dots between names, and a last one of letters alone.
fn is_host(word: &str) -> bool {
    let is_name = |name: &str| {
        !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let is_last =
        |name: &str| (2..=15).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let host = word.split(['/', ':']).next().unwrap_or_default();
    host.contains('.') && host.split('.').all(is_name) && host.rsplit('.').next().is_some_and(is_last)
}

fn is_secret_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?@[]=+!*#$%^&(){}".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Put together here, so that no scanner takes the source for a leak.
    fn marked() -> String {
        ["abc8", "Q~", "dEfGhIjKlMnOpQrStUvWxYz0123456789-_"].concat()
    }

    #[test]
    fn recognises_a_secret_however_it_is_pasted() {
        let marked = marked();
        for text in [
            marked.clone(),
            format!("  {marked}\n"),
            format!("secret value: {marked}"),
            format!("\"{marked}\","),
            ["Zk3=", ":Lq9]hT2", "wX7vR?m5Nc", "P1sD@8yGb0"].concat(),
            ["hJ8kLm2NpQ4r", "StUvWxYz1234", "5678AbCdEfGh", "IjKlMn0="].concat(),
        ] {
            assert!(looks_like_client_secret(&text), "{text}");
        }
    }

    #[test]
    fn leaves_alone_what_administrators_rightly_paste() {
        for text in [
            "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046",
            "3F2A9C1E-7B64-4D0E-9A35-C18E52D7B046",
            "3F2a9c1e-7b64-4d0e-9a35-c18e52d7b046",
            "https://demo.mediaspace.kaltura.com/onedrive/index/blank-page",
            "demo.mediaspace.kaltura.com",
            "KalturaDemo2.mediaspace.kaltura.example",
            "Demo2.mediaspace.kaltura.example:8443/Home",
            "Kaltura OneDrive integration",
            "contoso.onmicrosoft.com",
            "",
        ] {
            assert!(!looks_like_client_secret(text), "{text}");
        }
    }
}
