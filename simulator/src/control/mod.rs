//! Switches for a demo by hand.

use std::sync::Arc;

use axum::Router;

use crate::mediaspace::Site;

/// The control page and what it calls.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(_site: Arc<Site>) -> Router<S> {
    Router::new()
}
