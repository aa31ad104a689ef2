//! Pages of other hosts: one for Microsoft's File Picker v8, one for OneDrive.js 7.2, one with the custom element.

use axum::Router;

use crate::mediaspace::Site;

/// The host pages.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(_site: &Site) -> Router<S> {
    Router::new()
}
