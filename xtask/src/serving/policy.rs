//! The Content-Security-Policy of the picker's pages (Content Security Policy Level 3; Trusted Types).

use std::fmt;

use super::Cloud;

/// A policy as its directives, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Policy(Vec<(String, Vec<String>)>);

impl Policy {
    /// The strictest one that lets pages with these scripts work in a cloud. It does not say who may frame the page:
    /// that is up to the site.
    pub(crate) fn strict(script_hashes: &[String], cloud: Cloud) -> Self {
        let (graph, login) = (cloud.graph(), cloud.login());
        let mut scripts = vec!["'self'", "'wasm-unsafe-eval'"];
        scripts.extend(script_hashes.iter().map(String::as_str));
        let with_downloads = |mut sources: Vec<&'static str>| {
            sources.extend(cloud.downloads());
            sources
        };
        let directives = [
            ("default-src", vec!["'none'"]),
            ("script-src", scripts),
            ("style-src", vec!["'self'"]),
            ("img-src", with_downloads(vec!["'self'"])),
            ("media-src", with_downloads(Vec::new())),
            ("connect-src", with_downloads(vec!["'self'", graph, login])),
            // The hidden frame that renews a sign-in goes to Microsoft and comes back.
            ("frame-src", vec!["'self'", login]),
            // A site may put a `<base>` into the page.
            ("base-uri", vec!["'self'"]),
            ("form-action", vec!["'none'"]),
            ("require-trusted-types-for", vec!["'script'"]),
            ("trusted-types", vec!["'none'"]),
        ];
        let owned = |sources: Vec<&str>| sources.into_iter().map(str::to_owned).collect();
        Self(directives.into_iter().map(|(name, sources)| (name.to_owned(), owned(sources))).collect())
    }

    /// Reads a header. Of two directives of the same name the first counts, as in a browser.
    pub(crate) fn parse(header: &str) -> Self {
        let mut directives: Vec<(String, Vec<String>)> = Vec::new();
        for directive in header.split(';') {
            let mut words = directive.split_ascii_whitespace();
            let Some(name) = words.next().map(str::to_ascii_lowercase) else { continue };
            if directives.iter().all(|(known, _)| *known != name) {
                directives.push((name, words.map(str::to_owned).collect()));
            }
        }
        Self(directives)
    }

    /// The sources of a directive. `None` if it is not there.
    pub(crate) fn sources(&self, name: &str) -> Option<&[String]> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, sources)| sources.as_slice())
    }

    /// The sources that hold for a directive: its own or those of `default-src`. `None` if everything is allowed.
    pub(crate) fn fetch_sources(&self, name: &str) -> Option<&[String]> {
        self.sources(name).or_else(|| self.sources("default-src"))
    }

    /// The directives that name what may be fetched, each with its sources.
    pub(crate) fn fetches(&self) -> impl Iterator<Item = (&str, &[String])> {
        let fetches = self.0.iter().filter(|(name, _)| name.ends_with("-src") && name != "default-src");
        fetches.map(|(name, sources)| (name.as_str(), sources.as_slice()))
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (name, sources)) in self.0.iter().enumerate() {
            if number > 0 {
                f.write_str("; ")?;
            }
            f.write_str(name)?;
            for source in sources {
                write!(f, " {source}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn allows_wasm_and_the_scripts_in_the_page_and_no_other_inline_script() {
        let policy = Policy::strict(&["'sha256-a='".to_owned()], Cloud::Global).to_string();
        assert!(policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-a=';"));
        assert!(policy.contains("; require-trusted-types-for 'script'; trusted-types 'none'"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"));
    }

    #[test]
    fn names_the_hosts_of_each_cloud() {
        for (cloud, hosts) in [
            (Cloud::Global, ["https://graph.microsoft.com", "https://*.sharepoint.com"]),
            (Cloud::GccHigh, ["https://graph.microsoft.us", "https://*.sharepoint.us"]),
            (Cloud::Dod, ["https://dod-graph.microsoft.us", "https://*.sharepoint-mil.us"]),
            (Cloud::China, ["https://microsoftgraph.chinacloudapi.cn", "https://*.sharepoint.cn"]),
        ] {
            let policy = Policy::strict(&[], cloud);
            let connect = policy.sources("connect-src").unwrap();
            for host in hosts {
                assert!(connect.iter().any(|source| source == host), "{host}");
            }
        }
    }

    #[test]
    fn reads_what_it_writes() {
        let policy = Policy::strict(&["'sha256-a='".to_owned()], Cloud::China);
        assert_eq!(Policy::parse(&policy.to_string()), policy);
    }

    #[test]
    fn takes_the_first_of_two_and_falls_back_to_the_default() {
        let policy = Policy::parse(" IMG-SRC a; img-src b;; default-src 'none' ");
        assert_eq!(policy.fetch_sources("img-src").unwrap(), ["a"]);
        assert_eq!(policy.fetch_sources("script-src").unwrap(), ["'none'"]);
        assert_eq!(policy.sources("script-src"), None);
        assert_eq!(Policy::parse("").fetch_sources("script-src"), None);
    }
}
