//! The routes of the sign-in.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;

use super::choice::{COOKIE, cookie};
use super::{admin_consent, authorize, discovery, sign_out, token};
use crate::drive::{FaultKind, Party, RequestRecord, World, apply_before, decode, parse_query, reply, spoil};

/// The origin of Microsoft sign-in.
pub fn router(world: Arc<World>) -> Router {
    Router::new().fallback(answer).with_state(world)
}

async fn answer(State(world): State<Arc<World>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let body = to_bytes(body, 4 << 20).await.unwrap_or_default();
    let form = parse_query(&String::from_utf8_lossy(&body));
    let username = form.iter().find(|(name, _)| name == "username").map(|(_, value)| value.as_str());
    let due = world.faults().due(Party::Identity, username, &format!("{} {path}", parts.method));
    apply_before(&due).await;
    let call = Call {
        world: &world,
        method: parts.method.clone(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let mut account = None;
    let mut response = call.answer(&path, &mut account).await;
    if due.iter().any(|kind| matches!(kind, FaultKind::ServerError)) {
        response =
            reply(500, &[("content-type", "text/html")], "<title>Error</title><p>Something went wrong.</p>");
    } else if let Some(spoilt) = spoil(&due, "application/json", b"{\"issuer\":\"https://login") {
        response = spoilt;
    }
    if parts.method != Method::OPTIONS {
        world.log().add(RequestRecord {
            party: Party::Identity,
            method: parts.method.to_string(),
            path,
            query: String::new(),
            account,
            status: response.status().as_u16(),
            in_batch: false,
        });
    }
    response
}

struct Call<'a> {
    world: &'a World,
    method: Method,
    query: String,
    headers: HeaderMap,
    body: String,
}

impl Call<'_> {
    async fn answer(&self, path: &str, account: &mut Option<String>) -> Response {
        let segments: Vec<String> = path.trim_start_matches('/').split('/').map(decode).collect();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match (self.method.as_str(), segments.as_slice()) {
            ("OPTIONS", [_, "oauth2", "v2.0", "token"]) => self.preflight(),
            ("OPTIONS", _) => self.any_preflight(),
            ("GET", [tenant, "v2.0", ".well-known", "openid-configuration"]) => {
                discovery::metadata(self.world, tenant)
            }
            ("GET", [tenant, "discovery", "v2.0", "keys"]) => discovery::keys(self.world, tenant),
            ("GET", [tenant, "oauth2", "v2.0", "authorize"]) => {
                let response = authorize::authorize(self.world, tenant, &self.query, &self.headers).await;
                self.severed(response)
            }
            ("POST", [tenant, "oauth2", "v2.0", "authorize"]) => {
                let response = authorize::authorize(self.world, tenant, &self.body, &self.headers).await;
                self.severed(response)
            }
            ("POST", [tenant, "login"]) => self.login(tenant, account).await,
            ("POST", [tenant, "consent"]) => self.consent(tenant, account).await,
            ("POST", [_, "oauth2", "v2.0", "token"]) => {
                token::token(self.world, segments.first().unwrap_or(&""), &self.headers, &self.body)
            }
            ("GET", [tenant, "v2.0", "adminconsent"]) => {
                self.severed(admin_consent::ask(self.world, tenant, &self.query))
            }
            ("POST", [tenant, "adminconsent"]) => {
                let (query, username, accepted) =
                    (self.field("request"), self.field("username"), self.field("answer") == "accept");
                self.severed(admin_consent::answer(self.world, tenant, &query, &username, accepted))
            }
            ("GET", [_, "oauth2", "v2.0", "logout"]) => {
                let session = cookie(self.world, &self.headers);
                self.severed(sign_out::sign_out(self.world, &self.query, session.as_deref()))
            }
            _ => reply(404, &[("content-type", "text/plain")], "404 - File or directory not found."),
        }
    }

    fn field(&self, name: &str) -> String {
        let form = parse_query(&self.body);
        form.into_iter().find(|(key, _)| key == name).map(|(_, value)| value).unwrap_or_default()
    }

    async fn login(&self, tenant: &str, account: &mut Option<String>) -> Response {
        let (query, username) = (self.field("request"), self.field("username"));
        let (response, signed_in) =
            authorize::login(self.world, tenant, &query, Some(username.as_str())).await;
        let mut response = self.severed(response);
        if let Some(username) = signed_in {
            let session = cookie(self.world, &self.headers);
            let session = self.world.directory().join_session(session.as_deref(), &username);
            // As the real one. Chromium and Firefox take a Secure cookie from a loopback address without TLS.
            let value =
                format!("{COOKIE}={session}; Path=/; HttpOnly; Secure; SameSite=None; Max-Age=7776000");
            if let Ok(value) = value.parse() {
                response.headers_mut().append("set-cookie", value);
            }
            *account = Some(username);
        }
        response
    }

    async fn consent(&self, tenant: &str, account: &mut Option<String>) -> Response {
        let (query, username) = (self.field("request"), self.field("username"));
        let accepted = self.field("answer") == "accept";
        let response = authorize::consent(self.world, tenant, &query, &username, accepted).await;
        *account = Some(username);
        self.severed(response)
    }

    /// Every step of a sign-in cuts the window off from its opener, unless the registration opts out.
    fn severed(&self, mut response: Response) -> Response {
        let query = if self.method == Method::GET { self.query.clone() } else { self.field("request") };
        let client = parse_query(&query).into_iter().find(|(name, _)| name == "client_id");
        let registration = client.and_then(|(_, id)| self.world.directory().registration(&id));
        let enforced = registration.and_then(|registration| registration.coop_enforcement);
        if enforced.unwrap_or(self.world.switches().opener_severed)
            && let Ok(value) = "same-origin".parse()
        {
            response.headers_mut().insert("cross-origin-opener-policy", value);
        }
        response
    }

    /// The token endpoint answers preflights of any origin; the answer itself is what is kept from strangers.
    fn preflight(&self) -> Response {
        let origin = self.headers.get("origin").and_then(|value| value.to_str().ok()).unwrap_or("*");
        let headers = [
            ("access-control-allow-origin", origin),
            ("access-control-allow-methods", "POST, OPTIONS"),
            ("access-control-allow-headers", "content-type,client-request-id"),
        ];
        reply(200, &headers, "")
    }

    fn any_preflight(&self) -> Response {
        let any = [("access-control-allow-origin", "*"), ("access-control-allow-methods", "GET, OPTIONS")];
        reply(200, if self.world.switches().keys_readable { &any } else { &[] }, "")
    }
}
