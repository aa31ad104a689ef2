//! What the picker's pages are to be served with. One model: the configurations of a release are filled in from it, and a
//! live site is held against it.

mod cloud;
mod inline;
mod policy;

pub(crate) use cloud::Cloud;
pub(crate) use inline::hashes;
pub(crate) use policy::Policy;

/// Where the page of the picker is served: first the redirect URI, then where hosts written for Microsoft's picker look.
pub(crate) const PAGE_ADDRESSES: [&str; 3] =
    ["/onedrive/index/blank-page", "/_layouts/15/FilePicker.aspx", "/picker"];

/// The value of `Cache-Control` for a name that holds a hash.
pub(crate) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The value of `Permissions-Policy`: what the page may ask of the browser. A full screen for a video, the clipboard for
/// "Copy details", and nothing else.
pub(crate) const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
    encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), \
    payment=(), usb=(), clipboard-write=(self)";

/// Whether the name of a file holds the hash of its content: 16 hexadecimal digits before its ending.
pub(crate) fn is_hashed(name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| {
        hash.len() == 16 && hash.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_name_with_a_hash() {
        for (name, expected) in [
            ("onedrive-picker-0123456789abcdef.wasm", true),
            ("words/he-0123456789abcdef.json", true),
            ("index.html", false),
            ("host/onedrive-picker.js", false),
            ("onedrive-settings.json", false),
            ("app-0123456789ABCDEF.js", false),
            ("0123456789abcdef.js", false),
        ] {
            assert_eq!(is_hashed(name), expected, "{name}");
        }
    }
}
