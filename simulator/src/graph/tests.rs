//! Graph as a picker meets it.

mod calling;
mod listing;
mod searching;

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};

use crate::drive::testing::{NOA, SCOPES, graph_get, graph_post, send, token, world};
use crate::drive::{Fault, FaultKind, Party, World};

fn names(page: &Value) -> Vec<&str> {
    page["value"].as_array().unwrap().iter().filter_map(|item| item["name"].as_str()).collect()
}

async fn status(world: &Arc<World>, token: &str, path: &str) -> u16 {
    graph_get(world, token, path).await.status
}
