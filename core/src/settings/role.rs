//! The roles of a MediaSpace site.

/// A role, low to high, so that roles compare (reference `kaltura-import`, section 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// `emptyRole`: not authenticated.
    Empty,
    /// `anonymousRole`: not authenticated, where the site lets anonymous visitors in.
    Anonymous,
    /// `viewerRole`: browses only.
    Viewer,
    /// `privateOnlyRole`: the lowest role that may upload.
    PrivateOnly,
    /// `adminRole`: uploads and publishes.
    Admin,
    /// `unmoderatedAdminRole`: publishes without moderation.
    UnmoderatedAdmin,
}

impl Role {
    /// All roles, low to high.
    pub const ALL: [Self; 6] =
        [Self::Empty, Self::Anonymous, Self::Viewer, Self::PrivateOnly, Self::Admin, Self::UnmoderatedAdmin];

    /// The names of all roles, low to high, as MediaSpace writes them.
    pub(crate) const NAMES: [&'static str; 6] =
        ["emptyRole", "anonymousRole", "viewerRole", "privateOnlyRole", "adminRole", "unmoderatedAdminRole"];

    /// The role of that exact name. `None` for any other text: sites can rename and add roles.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The role's name as MediaSpace writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "emptyRole",
            Self::Anonymous => "anonymousRole",
            Self::Viewer => "viewerRole",
            Self::PrivateOnly => "privateOnlyRole",
            Self::Admin => "adminRole",
            Self::UnmoderatedAdmin => "unmoderatedAdminRole",
        }
    }
}

/// The current person's role as the page tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UserRole {
    /// One of the six.
    Known(Role),
    /// A role of the site's own, by its name. It counts as less than any role that signs in.
    Unknown(String),
}

impl UserRole {
    /// Reads the role's name, case-sensitively.
    pub(crate) fn parse(name: &str) -> Self {
        Role::parse(name).map_or_else(|| Self::Unknown(name.chars().take(80).collect()), Self::Known)
    }

    /// What the role counts as: an unknown role is below `viewerRole`, whatever its name promises.
    pub(crate) fn rank(&self) -> Role {
        match self {
            Self::Known(role) => *role,
            Self::Unknown(_) => Role::Empty,
        }
    }
}
