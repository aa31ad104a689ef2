//! GUIDs and what is named by one.

/// A GUID in its plain form, in lower case: `3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Guid(String);

impl Guid {
    /// Reads a GUID of 8-4-4-4-12 hexadecimal digits, in either case. `None` for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let fits = text.len() == 36
            && text.bytes().enumerate().all(|(index, byte)| match index {
                8 | 13 | 18 | 23 => byte == b'-',
                _ => byte.is_ascii_hexdigit(),
            });
        fits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The GUID in lower case.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The Application (client) ID of the registration (RFC 6749 section 2.2; a GUID at Microsoft).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientId(Guid);

impl ClientId {
    /// Reads a client id. `None` unless it is a GUID.
    pub fn parse(text: &str) -> Option<Self> {
        Guid::parse(text).map(Self)
    }

    /// The id in lower case.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// The id of a tenant (the claim `tid`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenantId(Guid);

impl TenantId {
    /// The tenant that all personal Microsoft accounts are in.
    pub(crate) const PERSONAL: &'static str = "9188040d-6c67-4c5b-b112-36a304b66dad";

    /// Reads a tenant's id. `None` unless it is a GUID.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        Guid::parse(text).map(Self)
    }

    /// The id in lower case.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether this is the tenant of the personal accounts.
    pub(crate) fn is_personal(&self) -> bool {
        self.as_str() == Self::PERSONAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_guid_in_either_case() {
        let guid = Guid::parse("3F2A9C1E-7B64-4d0e-9a35-c18e52d7b046").unwrap();
        assert_eq!(guid.as_str(), "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046");
    }

    #[test]
    fn refuses_what_is_not_a_plain_guid() {
        for text in [
            "",
            "3f2a9c1e7b644d0e9a35c18e52d7b046",
            "{3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046}",
            " 3f2a9c1e-7b64-4d0e-9a35-c18e52d7b046",
            "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b04g",
            "3f2a9c1e-7b64-4d0e-9a35c-18e52d7b046",
            "3f2a9c1e-7b64-4d0e-9a35-c18e52d7b0é",
        ] {
            assert_eq!(Guid::parse(text), None, "{text}");
        }
    }
}
