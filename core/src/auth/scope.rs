//! What is asked of Microsoft Graph and what was granted.

/// Which files the sign-in asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FilesAccess {
    /// All files that the person can open: `Files.Read.All`.
    #[default]
    All,
    /// Only the person's own: `Files.Read`, which needs no administrator's consent.
    Own,
}

impl FilesAccess {
    /// The names in the settings.
    pub(crate) const NAMES: [&'static str; 2] = ["all", "own"];

    /// The access of that exact name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "all" => Some(Self::All),
            "own" => Some(Self::Own),
            _ => None,
        }
    }

    /// The scope, without its resource.
    pub(crate) fn scope(self) -> &'static str {
        match self {
            Self::All => "Files.Read.All",
            Self::Own => "Files.Read",
        }
    }
}

/// The scopes of a sign-in: `openid`, `profile`, the files and `User.Read`, all of one Graph resource
/// (reference `entra-sign-in`, section 2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Scopes {
    resource: String,
    files: FilesAccess,
}

impl Scopes {
    /// The scopes at a Graph resource such as `https://graph.microsoft.com`, without a trailing slash.
    pub(crate) fn new(resource: impl Into<String>, files: FilesAccess) -> Self {
        Self { resource: resource.into(), files }
    }

    /// The scopes one by one, those of Graph as absolute addresses.
    pub(crate) fn list(&self) -> [String; 4] {
        [
            String::from("openid"),
            String::from("profile"),
            self.absolute(self.files.scope()),
            self.absolute(USER_READ),
        ]
    }

    /// The scopes of Graph alone, for the administrator's consent.
    pub(crate) fn of_graph(&self) -> [String; 2] {
        [self.absolute(self.files.scope()), self.absolute(USER_READ)]
    }

    /// What the `scope` of an answer grants. Left out, it grants what was asked for (RFC 6749 section 5.1).
    pub(super) fn granted(&self, answer: Option<&str>) -> GrantedScopes {
        let names = match answer {
            Some(answer) => {
                answer.split_ascii_whitespace().filter_map(|scope| self.short_name(scope)).collect()
            }
            None => vec![self.files.scope().to_owned(), USER_READ.to_owned()],
        };
        GrantedScopes(names)
    }

    /// The scopes of Graph that were asked for and not granted.
    pub(super) fn missing(&self, granted: &GrantedScopes) -> Vec<&'static str> {
        let mut missing = Vec::new();
        let files_granted = match self.files {
            FilesAccess::All => granted.reads_all_files(),
            FilesAccess::Own => granted.reads_own_files(),
        };
        if !files_granted {
            missing.push(self.files.scope());
        }
        if !granted.has_any(&[USER_READ, "User.ReadWrite"]) {
            missing.push(USER_READ);
        }
        missing
    }

    fn absolute(&self, name: &str) -> String {
        let mut scope = String::with_capacity(self.resource.len() + name.len() + 1);
        scope.push_str(&self.resource);
        scope.push('/');
        scope.push_str(name);
        scope
    }

    /// The scope without this resource. `None` for a scope of another resource.
    fn short_name(&self, scope: &str) -> Option<String> {
        let prefix =
            scope.get(..self.resource.len()).filter(|prefix| prefix.eq_ignore_ascii_case(&self.resource));
        let short = match prefix {
            Some(prefix) => scope.get(prefix.len()..)?.strip_prefix('/')?,
            None => scope,
        };
        (!short.contains('/')).then(|| short.to_owned())
    }
}

const USER_READ: &str = "User.Read";

/// The scopes of Graph that were granted, without their resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantedScopes(Vec<String>);

impl GrantedScopes {
    /// Whether a scope was granted. Scopes are compared without regard to case, as Microsoft does.
    pub(crate) fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|granted| granted.eq_ignore_ascii_case(name))
    }

    /// Whether files of others may be read.
    pub(crate) fn reads_all_files(&self) -> bool {
        self.has_any(&["Files.Read.All", "Files.ReadWrite.All"])
    }

    /// Whether the person's own files may be read.
    pub(crate) fn reads_own_files(&self) -> bool {
        self.reads_all_files() || self.has_any(&["Files.Read", "Files.ReadWrite"])
    }

    pub(super) fn names(&self) -> &[String] {
        &self.0
    }

    pub(super) fn of_names(names: &str) -> Self {
        Self(names.split_ascii_whitespace().map(str::to_owned).collect())
    }

    fn has_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAPH: &str = "https://graph.microsoft.com";

    #[test]
    fn asks_for_the_scopes_of_the_article() {
        assert_eq!(
            Scopes::new(GRAPH, FilesAccess::All).list(),
            [
                "openid",
                "profile",
                "https://graph.microsoft.com/Files.Read.All",
                "https://graph.microsoft.com/User.Read"
            ]
        );
        assert_eq!(
            Scopes::new(GRAPH, FilesAccess::Own).of_graph()[0],
            "https://graph.microsoft.com/Files.Read"
        );
    }

    #[test]
    fn finds_what_was_not_granted() {
        let all: &[&str] = &[];
        for (files, answer, missing) in [
            (
                FilesAccess::All,
                "openid https://graph.microsoft.com/Files.Read.All https://graph.microsoft.com/User.Read",
                all,
            ),
            (FilesAccess::All, "files.read.all USER.READ profile", all),
            (FilesAccess::All, "HTTPS://GRAPH.MICROSOFT.COM/Files.ReadWrite.All User.Read", all),
            (FilesAccess::All, "Files.Read User.Read", &["Files.Read.All"]),
            (FilesAccess::All, "https://evil.example/Files.Read.All User.Read", &["Files.Read.All"]),
            (
                FilesAccess::All,
                "https://graph.microsoft.com.evil.example/Files.Read.All User.Read",
                &["Files.Read.All"],
            ),
            (FilesAccess::All, "", &["Files.Read.All", "User.Read"]),
            (FilesAccess::Own, "Files.Read", &["User.Read"]),
            (FilesAccess::Own, "Files.Read.All User.Read", all),
        ] {
            let scopes = Scopes::new(GRAPH, files);
            assert_eq!(scopes.missing(&scopes.granted(Some(answer))), missing, "{answer}");
        }
    }

    #[test]
    fn takes_a_left_out_scope_for_what_was_asked() {
        let scopes = Scopes::new(GRAPH, FilesAccess::All);
        let granted = scopes.granted(None);
        assert!(granted.reads_all_files() && scopes.missing(&granted).is_empty());
    }
}
