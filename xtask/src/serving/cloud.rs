//! The hosts of Microsoft's clouds (reference `entra-sign-in`, section 11).

use crate::failure::{Failure, Outcome};
use crate::flags::Flags;

/// A cloud of Microsoft's, named as in the setting `cloud`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Cloud {
    /// The one for everybody, GCC included.
    #[default]
    Global,
    /// US Government GCC High.
    GccHigh,
    /// US Government DoD.
    Dod,
    /// China, operated by 21Vianet.
    China,
}

impl Cloud {
    /// Every cloud.
    const ALL: [Self; 4] = [Self::Global, Self::GccHigh, Self::Dod, Self::China];

    /// Takes `--cloud` from the command line.
    ///
    /// Fails if there is no such cloud.
    pub(crate) fn take(flags: &mut Flags) -> Outcome<Self> {
        let Some(name) = flags.value("--cloud")? else { return Ok(Self::default()) };
        Self::ALL.into_iter().find(|cloud| cloud.name() == name).ok_or_else(|| {
            let known: Vec<&str> = Self::ALL.iter().map(|cloud| cloud.name()).collect();
            Failure::new(format!("--cloud {name:?}: one of {} is needed", known.join(", ")))
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::GccHigh => "gcc-high",
            Self::Dod => "dod",
            Self::China => "china",
        }
    }

    /// Where people sign in.
    pub(crate) fn login(self) -> &'static str {
        match self {
            Self::Global => "https://login.microsoftonline.com",
            Self::GccHigh | Self::Dod => "https://login.microsoftonline.us",
            Self::China => "https://login.partner.microsoftonline.cn",
        }
    }

    /// Where Microsoft Graph answers.
    pub(crate) fn graph(self) -> &'static str {
        match self {
            Self::Global => "https://graph.microsoft.com",
            Self::GccHigh => "https://graph.microsoft.us",
            Self::Dod => "https://dod-graph.microsoft.us",
            Self::China => "https://microsoftgraph.chinacloudapi.cn",
        }
    }

    /// Where thumbnails and files come from: every tenant has hosts of its own under SharePoint's domain.
    pub(crate) fn downloads(self) -> &'static [&'static str] {
        match self {
            Self::Global => &[
                "https://*.sharepoint.com",
                "https://*.svc.ms",
                // Personal accounts.
                "https://*.microsoftpersonalcontent.com",
                "https://*.1drv.com",
            ],
            Self::GccHigh => &["https://*.sharepoint.us", "https://*.svc.ms"],
            Self::Dod => &["https://*.sharepoint-mil.us", "https://*.svc.ms"],
            Self::China => &["https://*.sharepoint.cn", "https://*.svc.ms"],
        }
    }
}
