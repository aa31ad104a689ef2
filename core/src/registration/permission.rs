//! The permissions of the registration (reference `entra-sign-in`, section 9).

use crate::auth::FilesAccess;

/// Microsoft Graph's own application id, the same in every tenant.
pub(crate) const GRAPH_APP_ID: &str = "00000003-0000-0000-c000-000000000000";

/// A delegated permission of Microsoft Graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// `Files.Read.All`
    FilesReadAll,
    /// `Files.Read`, in the place of the former, for "My files only".
    FilesRead,
    /// `openid`
    OpenId,
    /// `profile`
    Profile,
    /// `User.Read`
    UserRead,
}

/// Why a permission is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// To list and read every file that the person can open, shared ones and SharePoint included.
    ReadAllFiles,
    /// To list and read the person's own files.
    ReadOwnFiles,
    /// To sign in, with the second factor where the organisation wants one.
    SignIn,
    /// To show whose account it is.
    ShowName,
    /// To find the person's OneDrive.
    FindDrive,
}

impl Permission {
    /// The four permissions of the article, or of its variant "My files only".
    pub fn for_access(files: FilesAccess) -> [Self; 4] {
        let files = match files {
            FilesAccess::All => Self::FilesReadAll,
            FilesAccess::Own => Self::FilesRead,
        };
        [files, Self::OpenId, Self::Profile, Self::UserRead]
    }

    /// The permission's name as the portal shows it.
    pub fn name(self) -> &'static str {
        match self {
            Self::FilesReadAll => "Files.Read.All",
            Self::FilesRead => "Files.Read",
            Self::OpenId => "openid",
            Self::Profile => "profile",
            Self::UserRead => "User.Read",
        }
    }

    /// The permission's id, the same in every tenant and cloud.
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::FilesReadAll => "df85f4d6-205c-4ac5-a5ea-6bf408dba283",
            Self::FilesRead => "10465720-29dd-4523-a11a-6a75c743c9d9",
            Self::OpenId => "37f7f235-527c-4136-accd-4a02d197296e",
            Self::Profile => "14dad69e-099b-42c9-810b-d002981feec1",
            Self::UserRead => "e1fe6dd8-ba31-4d61-89e7-88639da4683d",
        }
    }

    /// Why it is needed.
    pub fn reason(self) -> Reason {
        match self {
            Self::FilesReadAll => Reason::ReadAllFiles,
            Self::FilesRead => Reason::ReadOwnFiles,
            Self::OpenId => Reason::SignIn,
            Self::Profile => Reason::ShowName,
            Self::UserRead => Reason::FindDrive,
        }
    }
}
