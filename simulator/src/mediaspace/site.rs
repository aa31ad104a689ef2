//! What the site is set to.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Map, Value, json};

use crate::Origins;
use crate::drive::{Fault, World};
use crate::identity::AccessToken;
use crate::kaltura::{Kaltura, NewSession};
use crate::options::Options;

/// The person at the site.
pub(crate) const USER_ID: &str = "noa.bar-lev";

/// Seconds that a host's token lives.
const TOKEN_LIFE: u64 = 4_500;

/// The MediaSpace site of the play.
#[derive(Debug)]
pub struct Site {
    pub(crate) dist: PathBuf,
    pub(crate) host: PathBuf,
    pub(crate) origins: Origins,
    pub(crate) world: Arc<World>,
    pub(crate) kaltura: Arc<Kaltura>,
    application_id: String,
    pub(crate) first_faults: Vec<Fault>,
    first: Map<String, Value>,
    overrides: Mutex<Map<String, Value>>,
}

impl Site {
    pub(crate) fn new(options: &Options, origins: Origins, world: Arc<World>, kaltura: Arc<Kaltura>) -> Self {
        Self {
            dist: options.dist.clone(),
            host: options.host.clone(),
            origins,
            first_faults: world.faults().list(),
            world,
            kaltura,
            application_id: options.application_id.clone(),
            first: options.settings.clone(),
            overrides: Mutex::new(options.settings.clone()),
        }
    }

    /// Sets one of the picker's settings (DESIGN section 3) for everybody from the next page on; `null` takes it
    /// away. The name `$settings` stands for the whole text, right or wrong, and `$csp` for the page's policy:
    /// `strict`, or `trusted-types`, which is stricter.
    pub fn set(&self, name: &str, value: impl Into<Value>) {
        self.overrides().insert(name.to_owned(), value.into());
    }

    /// Sets the settings back to what they were at the start.
    pub fn reset(&self) {
        *self.overrides() = self.first.clone();
    }

    /// The settings that the site makes by itself, with what was set over them.
    pub(crate) fn settings(&self) -> Map<String, Value> {
        let Origins { mediaspace, identity, lms, .. } = &self.origins;
        let mut settings = Map::new();
        for (name, value) in [
            ("enabled", json!(true)),
            ("allowedRoles", json!("privateOnlyRole")),
            ("applicationId", json!(self.application_id)),
            ("userRole", json!("adminRole")),
            ("loginBaseUrl", json!(identity)),
            ("graphBaseUrl", json!(self.origins.graph_base())),
            ("hostOrigins", json!([mediaspace, lms])),
        ] {
            settings.insert(name.to_owned(), value);
        }
        settings.extend(self.overrides().clone());
        settings
    }

    /// The `applicationId` of the registration that the site was made for.
    pub(crate) fn application_id(&self) -> &str {
        &self.application_id
    }

    /// A KS for the person at the site, of the kind that Kaltura's switch says.
    pub fn user_session(&self) -> String {
        self.kaltura.start(NewSession::of(USER_ID, self.kaltura.switches().session))
    }

    /// An access token for Graph, as a host with a sign-in of its own would hold it; scopes without the resource.
    pub fn issue_token(&self, username: &str, scopes: Vec<String>) -> String {
        let now = self.world.now();
        self.world.directory().issue(AccessToken {
            username: username.to_owned(),
            scopes,
            expires: now.plus(TOKEN_LIFE),
            revoked: false,
            revoked_by_use: false,
            calls: (0, now),
        })
    }

    fn overrides(&self) -> std::sync::MutexGuard<'_, Map<String, Value>> {
        self.overrides.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
