//! What is stored at Microsoft: accounts, drives, files.

use std::sync::Arc;

use axum::Router;

use crate::Origins;

/// Everything Microsoft knows.
#[derive(Debug)]
pub struct World {
    /// Where the parties live.
    pub origins: Origins,
    /// The registered application.
    pub application_id: String,
}

impl World {
    /// A new world.
    pub fn new(origins: Origins, application_id: String) -> Self {
        Self { origins, application_id }
    }
}

/// The host of pre-authenticated links.
pub fn downloads_router(_world: Arc<World>) -> Router {
    Router::new()
}
