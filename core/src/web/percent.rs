//! Percent-encoding of one component (RFC 3986 section 2; ECMAScript `encodeURIComponent`).

/// Encodes everything but unreserved characters (letters, digits, `-`, `.`, `_`, `~`) and `!` and `,`, so that the result is
/// safe as a path segment, a query name or a query value. The two mean nothing there; the ids of drives and sites have them, and
/// Graph writes them as they are.
pub fn encode_component(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'!' | b',') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            for nibble in [byte >> 4, byte & 15] {
                encoded.push(HEX.get(usize::from(nibble)).map_or('0', |digit| char::from(*digit)));
            }
        }
    }
    encoded
}

/// Decodes one `application/x-www-form-urlencoded` component (`+` is a space). `None` for a broken escape or
/// for bytes that are not UTF-8.
pub(crate) fn decode_component(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn encodes_what_a_path_must_not_contain() {
        assert_eq!(
            encode_component("b!x/1312abc!1231,5 שלום"),
            "b!x%2F1312abc!1231,5%20%D7%A9%D7%9C%D7%95%D7%9D"
        );
    }

    #[test]
    fn refuses_broken_escapes() {
        for text in ["%", "%2", "%zz", "%ff"] {
            assert_eq!(decode_component(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn decoding_undoes_encoding(text in any::<String>()) {
            prop_assert_eq!(decode_component(&encode_component(&text)), Some(text));
        }
    }
}
