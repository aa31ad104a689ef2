//! The learning management system: a course page that frames MediaSpace, as KAF does.

use axum::Router;

use crate::mediaspace::Site;

/// The course page, and the host pages under an origin that is another site than MediaSpace.
pub(crate) fn router(_site: &Site) -> Router {
    Router::new()
}
