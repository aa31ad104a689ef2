//! A world to test in, and calls to its routers without a network.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request};
use serde_json::Value;
use tower::ServiceExt;

use super::world::World;
use crate::identity::AccessToken;
use crate::{Origins, drive, graph, identity};

pub(crate) const APPLICATION: &str = "1b2c3d4e-5f60-4718-8293-a4b5c6d7e8f9";

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

pub(crate) fn world() -> Arc<World> {
    let origins = Origins {
        mediaspace: "http://localhost:4180".to_owned(),
        identity: "http://127.0.0.1:4181".to_owned(),
        graph: "http://127.0.0.1:4182".to_owned(),
        kaltura: "http://127.0.0.1:4183".to_owned(),
        downloads: "http://127.0.0.1:4184".to_owned(),
        lms: "http://127.0.0.1:4185".to_owned(),
    };
    Arc::new(World::new(origins, APPLICATION.to_owned()))
}

pub(crate) async fn send(router: Router, request: Request<Body>) -> Answer {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, 64 << 20).await.unwrap_or_default().to_vec();
    Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
}

/// A token of that account with those scopes.
pub(crate) fn token(world: &World, username: &str, scopes: &[&str]) -> String {
    world.directory().issue(AccessToken {
        username: username.to_owned(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
        expires: world.now().plus(3_600),
        revoked: false,
        revoked_by_use: false,
        calls: (0, world.now()),
    })
}

pub(crate) const NOA: &str = "noa@openu.example";
pub(crate) const SCOPES: [&str; 2] = ["Files.Read.All", "User.Read"];

/// `GET` from Graph, by a path below `/v1.0` or a whole address.
pub(crate) async fn graph_get(world: &Arc<World>, token: &str, path: &str) -> Answer {
    let path = path.strip_prefix("http://127.0.0.1:4182/v1.0").unwrap_or(path);
    let request = Request::get(format!("/v1.0{path}")).header("authorization", format!("Bearer {token}"));
    send(graph::router(Arc::clone(world)), request.body(Body::empty()).unwrap()).await
}

pub(crate) async fn graph_post(world: &Arc<World>, token: &str, path: &str, body: &Value) -> Answer {
    let request = Request::post(format!("/v1.0{path}"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json");
    send(graph::router(Arc::clone(world)), request.body(Body::from(body.to_string())).unwrap()).await
}

/// `GET` of a pre-authenticated link.
pub(crate) async fn download(world: &Arc<World>, url: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(url.strip_prefix("http://127.0.0.1:4184").unwrap());
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(drive::downloads_router(Arc::clone(world)), request.body(Body::empty()).unwrap()).await
}

pub(crate) async fn identity_send(world: &Arc<World>, request: Request<Body>) -> Answer {
    send(identity::router(Arc::clone(world)), request).await
}
