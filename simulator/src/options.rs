//! How a simulator is to be started.

use std::path::PathBuf;

use serde_json::{Map, Value};

use crate::Origins;
use crate::clock::Time;
use crate::kaltura::Pace;

/// The registered application of the play: Application (client) ID.
pub const APPLICATION_ID: &str = "6f0c4d8e-3b7a-4c1d-9e52-a81f07b6c3d4";

/// Which ports the parties listen on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ports {
    /// Any free ones, so that tests run side by side.
    Free,
    /// Six in a row from this one: MediaSpace, sign-in, Graph, Kaltura, downloads, LMS.
    From(u16),
}

impl Ports {
    /// The port of the party at this place in the row; 0 asks the system for a free one.
    pub(crate) fn at(self, place: u16) -> u16 {
        match self {
            Self::Free => 0,
            Self::From(base) => base.saturating_add(place),
        }
    }
}

/// How a simulator is to be started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The built pages (`dist/`).
    pub dist: PathBuf,
    /// The built host kit (`dist/host/`).
    pub host: PathBuf,
    /// Which ports to listen on.
    pub ports: Ports,
    /// Under which addresses people know the parties, where something in front of them gives them others (a proxy with
    /// certificates). Without it those that they listen on.
    pub addresses: Option<Origins>,
    /// The `applicationId` that Microsoft knows and the site is set to.
    pub application_id: String,
    /// Settings to put over those that the site makes; `null` takes one away.
    pub settings: Map<String, Value>,
    /// How fast Kaltura imports.
    pub pace: Pace,
    /// How time passes.
    pub time: Time,
}

impl Options {
    /// For tests: free ports, fast imports.
    pub fn for_tests(dist: impl Into<PathBuf>, host: impl Into<PathBuf>) -> Self {
        Self {
            dist: dist.into(),
            host: host.into(),
            ports: Ports::Free,
            addresses: None,
            application_id: APPLICATION_ID.to_owned(),
            settings: Map::new(),
            pace: Pace::TEST,
            time: Time::Real,
        }
    }

    /// For tests that move the clock by themselves: free ports, imports that take as long as on the real server.
    pub fn with_manual_time(dist: impl Into<PathBuf>, host: impl Into<PathBuf>) -> Self {
        Self { pace: Pace::SERVER, time: Time::Manual, ..Self::for_tests(dist, host) }
    }

    /// For people: fixed ports, imports slow enough to watch.
    pub fn for_people(dist: impl Into<PathBuf>, host: impl Into<PathBuf>, port_base: u16) -> Self {
        Self { ports: Ports::From(port_base), pace: Pace::DEMO, ..Self::for_tests(dist, host) }
    }
}
