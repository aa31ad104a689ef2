//! The end of a session.

use axum::response::Response;

use super::page;
use crate::drive::{World, parse_query, reply};

/// `GET /{tenant}/oauth2/v2.0/logout`: forgets the session; goes on to `post_logout_redirect_uri` if it is registered.
pub(super) fn sign_out(world: &World, query: &str, session: Option<&str>) -> Response {
    if let Some(id) = session {
        world.directory().end_session(id);
    }
    let parameters = parse_query(query);
    let next = parameters.iter().find(|(name, _)| name == "post_logout_redirect_uri").map(|(_, value)| value);
    let registered = world.directory().registration(&world.application_id);
    match next.filter(|next| registered.is_some_and(|registration| registration.knows(next))) {
        Some(next) => reply(302, &[("location", next)], ""),
        None => page::page(
            200,
            "Sign out",
            "<h1>You signed out of your account</h1><p>It's a good idea to close all browser windows.</p>",
        ),
    }
}
