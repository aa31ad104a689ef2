//! What a content security policy lets the picker's page do (Content Security Policy Level 3).

/// A directive that the picker depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Directive {
    /// `connect-src`: requests to Microsoft.
    Connect,
    /// `frame-src`: the hidden frame that renews a sign-in.
    Frame,
    /// `img-src`: thumbnails.
    Image,
}

impl Directive {
    /// The directive's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect-src",
            Self::Frame => "frame-src",
            Self::Image => "img-src",
        }
    }

    /// Its name and those that stand in for it, in order (section 6.8.3).
    fn fallbacks(self) -> &'static [&'static str] {
        match self {
            Self::Connect => &["connect-src", "default-src"],
            Self::Frame => &["frame-src", "child-src", "default-src"],
            Self::Image => &["img-src", "default-src"],
        }
    }
}

/// The policies of a header, all of which must agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Policy(Vec<Vec<(String, Vec<String>)>>);

impl Policy {
    /// Reads the value of the header `Content-Security-Policy`; several headers are joined by commas.
    pub(crate) fn parse(header: &str) -> Self {
        let policies = header.split(',').map(|policy| {
            let mut directives: Vec<(String, Vec<String>)> = Vec::new();
            for directive in policy.split(';') {
                let mut words = directive.split_ascii_whitespace().map(str::to_ascii_lowercase);
                let Some(name) = words.next() else { continue };
                // The first of two of the same name counts.
                if !directives.iter().any(|(known, _)| *known == name) {
                    directives.push((name, words.collect()));
                }
            }
            directives
        });
        Self(policies.filter(|directives| !directives.is_empty()).collect())
    }

    /// Whether the page may run WebAssembly.
    pub(crate) fn allows_web_assembly(&self) -> bool {
        self.all(&["script-src", "default-src"], |sources| {
            sources.iter().any(|source| matches!(source.as_str(), "'wasm-unsafe-eval'" | "'unsafe-eval'"))
        })
    }

    /// Whether the directive allows an address, such as `https://graph.microsoft.com`, for a page that comes from
    /// `own_origin`.
    pub(crate) fn allows(&self, directive: Directive, origin: &str, own_origin: &str) -> bool {
        self.all(directive.fallbacks(), |sources| {
            sources.iter().any(|source| matches_source(source, origin, own_origin))
        })
    }

    fn all(&self, names: &[&str], fits: impl Fn(&[String]) -> bool) -> bool {
        self.0.iter().all(|directives| {
            let directive = names.iter().find_map(|name| directives.iter().find(|(known, _)| known == name));
            directive.is_none_or(|(_, sources)| fits(sources))
        })
    }
}

/// Whether a source expression covers an origin (section 6.7.2.8; paths are not looked at).
fn matches_source(source: &str, origin: &str, own_origin: &str) -> bool {
    let Some((scheme, authority)) = origin.split_once("://") else { return false };
    match source {
        "*" => return true,
        "'self'" => return origin == own_origin,
        _ => {}
    }
    if let Some(wanted) = source.strip_suffix(':') {
        return fits_scheme(wanted, scheme);
    }
    let (wanted_scheme, rest) = match source.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, source),
    };
    if wanted_scheme.is_some_and(|wanted| !fits_scheme(wanted, scheme)) {
        return false;
    }
    let wanted = rest.split('/').next().unwrap_or_default();
    let (wanted_host, wanted_port) = split_port(wanted);
    let (host, port) = split_port(authority);
    let fits_port = wanted_port == Some("*") || wanted_port == port;
    let fits_host = match wanted_host.strip_prefix('*') {
        Some(suffix) => suffix.starts_with('.') && host.len() > suffix.len() && host.ends_with(suffix),
        None => host == wanted_host,
    };
    fits_host && fits_port
}

/// `http` covers `https` too.
fn fits_scheme(wanted: &str, scheme: &str) -> bool {
    wanted == scheme || (wanted == "http" && scheme == "https")
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OWN: &str = "https://media.example";

    #[test]
    fn allows_what_the_sources_cover() {
        for (policy, directive, origin, expected) in [
            ("", Directive::Connect, "https://graph.microsoft.com", true),
            ("frame-ancestors 'self'", Directive::Connect, "https://graph.microsoft.com", true),
            ("default-src 'none'", Directive::Connect, "https://graph.microsoft.com", false),
            ("default-src 'self'", Directive::Connect, OWN, true),
            ("default-src 'self'", Directive::Connect, "https://graph.microsoft.com", false),
            ("default-src 'none'; connect-src *", Directive::Connect, "https://graph.microsoft.com", true),
            ("connect-src https:", Directive::Connect, "https://graph.microsoft.com", true),
            ("connect-src https:", Directive::Connect, "http://localhost:1", false),
            ("connect-src graph.microsoft.com", Directive::Connect, "https://graph.microsoft.com", true),
            ("connect-src https://*.microsoft.com", Directive::Connect, "https://graph.microsoft.com", true),
            ("connect-src *.microsoft.com", Directive::Connect, "https://microsoft.com", false),
            ("connect-src http://127.0.0.1:1", Directive::Connect, "http://127.0.0.1:1", true),
            ("connect-src http://127.0.0.1:1", Directive::Connect, "http://127.0.0.1:2", false),
            ("connect-src http://127.0.0.1:*", Directive::Connect, "http://127.0.0.1:2", true),
            ("connect-src *, connect-src 'none'", Directive::Connect, OWN, false),
            ("child-src 'none'", Directive::Frame, "https://login.microsoftonline.com", false),
            ("IMG-SRC Data: HTTPS://a.Example", Directive::Image, "https://a.example", true),
        ] {
            assert_eq!(Policy::parse(policy).allows(directive, origin, OWN), expected, "{policy} {origin}");
        }
    }

    #[test]
    fn knows_what_web_assembly_needs() {
        for (policy, expected) in [
            ("", true),
            ("script-src 'self'", false),
            ("script-src 'self' 'wasm-unsafe-eval'", true),
            ("default-src 'self'; script-src 'unsafe-eval'", true),
            ("default-src 'self'", false),
            ("script-src 'wasm-unsafe-eval', default-src 'self'", false),
        ] {
            assert_eq!(Policy::parse(policy).allows_web_assembly(), expected, "{policy}");
        }
    }

    proptest! {
        #[test]
        fn reads_any_policy_without_panic(header in "\\PC{0,80}", origin in "\\PC{0,30}") {
            let policy = Policy::parse(&header);
            let _ = policy.allows(Directive::Frame, &origin, OWN);
        }
    }
}
