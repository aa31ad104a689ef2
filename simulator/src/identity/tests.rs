//! The sign-in as a browser meets it.

mod people;
mod requests;
mod tokens;

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::sha2::{Digest, Sha256};
use serde_json::{Value, json};

use super::id_token::half_hash;
use super::{Audience, Registration, TokenFault};
use crate::drive::testing::{APPLICATION, Answer, NOA, graph_get, identity_send, world};
use crate::drive::{World, encode, parse_query};

const REDIRECT: &str = "http://localhost:4180/onedrive/index/blank-page";
const SCOPE: &str =
    "openid profile https://graph.microsoft.com/Files.Read.All https://graph.microsoft.com/User.Read";

fn query(changes: &[(&str, &str)]) -> String {
    let mut pairs = vec![
        ("client_id", APPLICATION),
        ("response_type", "id_token token"),
        ("redirect_uri", REDIRECT),
        ("scope", SCOPE),
        ("response_mode", "fragment"),
        ("state", "s t&te"),
        ("nonce", "n-1"),
    ];
    for (name, value) in changes {
        pairs.retain(|(key, _)| key != name);
        if !value.is_empty() {
            pairs.push((name, value));
        }
    }
    pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

async fn authorize(world: &Arc<World>, tenant: &str, query: &str, cookie: &str) -> Answer {
    let request = Request::get(format!("/{tenant}/oauth2/v2.0/authorize?{query}")).header("cookie", cookie);
    identity_send(world, request.body(Body::empty()).unwrap()).await
}

async fn post(world: &Arc<World>, path: &str, pairs: &[(&str, &str)]) -> Answer {
    let form: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    identity_send(world, request.body(Body::from(form.join("&"))).unwrap()).await
}

async fn pick(world: &Arc<World>, query: &str, username: &str) -> Answer {
    post(world, "/organizations/login", &[("request", query), ("username", username)]).await
}

/// The parameters behind `#` of the redirect.
fn fragment(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 302, "{}", answer.text());
    let (base, fragment) = answer.header("location").split_once('#').unwrap();
    assert_eq!(base, REDIRECT);
    parse_query(fragment)
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}

fn claims(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}
