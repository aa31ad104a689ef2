//! To come.

use std::sync::Arc;

use axum::Router;

use crate::drive::World;

/// The party's routes.
pub fn router(_world: Arc<World>) -> Router {
    Router::new()
}
