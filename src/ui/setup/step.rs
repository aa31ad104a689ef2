//! The steps.

use onedrive_picker_core::i18n::SetupMessage;

/// A step of the assistant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// The site's address.
    #[default]
    Site,
    /// The registration in Azure.
    Register,
    /// Tokens and permissions.
    Permissions,
    /// The OneDrive module.
    Module,
    /// The live check.
    Try,
    /// What a Kaltura session may do.
    Session,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 6] =
        [Self::Site, Self::Register, Self::Permissions, Self::Module, Self::Try, Self::Session];

    /// The step of that name; the first for any other text.
    pub fn parse(name: &str) -> Self {
        Self::ALL.into_iter().find(|step| step.name() == name).unwrap_or_default()
    }

    /// The name in the stored form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Register => "register",
            Self::Permissions => "permissions",
            Self::Module => "module",
            Self::Try => "try",
            Self::Session => "session",
        }
    }

    /// From 1 on.
    pub fn number(self) -> usize {
        self as usize + 1
    }

    /// The step before.
    pub fn before(self) -> Option<Self> {
        Self::ALL.into_iter().rev().find(|step| *step < self)
    }

    /// The step after.
    pub fn after(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }

    /// What it is called in the list of steps.
    pub fn label(self) -> SetupMessage {
        match self {
            Self::Site => SetupMessage::StepSite,
            Self::Register => SetupMessage::StepRegister,
            Self::Permissions => SetupMessage::StepPermissions,
            Self::Module => SetupMessage::StepModule,
            Self::Try => SetupMessage::StepTry,
            Self::Session => SetupMessage::StepSession,
        }
    }

    /// The title of its page.
    pub fn title(self) -> SetupMessage {
        match self {
            Self::Site => SetupMessage::SiteTitle,
            Self::Register => SetupMessage::RegisterTitle,
            Self::Permissions => SetupMessage::PermissionsTitle,
            Self::Module => SetupMessage::ModuleTitle,
            Self::Try => SetupMessage::TryTitle,
            Self::Session => SetupMessage::SessionTitle,
        }
    }

    /// The words of the button that leads on from it.
    pub fn next_label(self) -> Option<SetupMessage> {
        Some(match self {
            Self::Site => SetupMessage::NextRegister,
            Self::Register => SetupMessage::NextPermissions,
            Self::Permissions => SetupMessage::NextModule,
            Self::Module => SetupMessage::NextTry,
            Self::Try => SetupMessage::NextSession,
            Self::Session => return None,
        })
    }
}
