//! What an Azure registration must look like: one model, and everything that is written from it.
//!
//! [`read_site`] makes the redirect URI from what an administrator pastes, [`Registration`] holds the values of
//! Kaltura's article, its `…_json` and `…_script` methods write them down for each console, and [`Diagnosis`] is the
//! list of checks at the end.

mod application_id;
mod az_script;
mod blame;
mod check;
mod coop;
mod diagnosis;
mod form;
mod graph_check;
mod kaltura_session;
mod manifest;
mod model;
mod module_settings;
mod page_answer;
mod pasted;
mod permission;
mod policy;
mod report;
mod site;
#[cfg(test)]
mod tests;
mod trial;
mod values;
#[cfg(test)]
mod written_tests;

pub use application_id::{ApplicationIdError, read_application_id};
pub use check::{Check, CheckName, CheckState, Mend};
pub use diagnosis::Diagnosis;
pub use form::SetupForm;
pub use kaltura_session::{
    KALTURA_SERVICE_URL, KalturaCheck, KalturaSession, KalturaTrial, TEST_ENTRY_NAME, read_service_url,
};
pub use model::{Platform, Registration};
pub use module_settings::ModuleSettings;
pub use page_answer::{PageAnswer, Reached};
pub use permission::{Permission, Reason};
pub use policy::Directive;
pub(crate) use policy::Policy;
pub use site::{ReadSite, Site, SiteChange, SiteError, read_site};
pub use trial::trial_settings;
pub use values::TenantError;
