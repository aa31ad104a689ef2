//! The settings of one answer: the site's, then this browser's, then this address's.

use axum::http::{HeaderMap, Uri, header};
use serde_json::{Map, Value};

use super::policy::CHOICE;
use super::site::Site;

/// The name of both the cookie and the query parameter that put settings over the site's, as JSON.
const NAME: &str = "sim";
/// The member that stands for the whole text.
const WHOLE: &str = "$settings";

/// The settings as text, or nothing if the page is to have none (`$settings` is `null`).
pub(super) fn text_of(mut settings: Map<String, Value>) -> Option<String> {
    settings.remove(CHOICE);
    match settings.get(WHOLE) {
        Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
        None => Some(Value::Object(settings).to_string()),
    }
}

/// The settings as an object; `null` has taken members away.
pub(super) fn layered(site: &Site, uri: &Uri, headers: &HeaderMap) -> Map<String, Value> {
    let mut settings = site.settings();
    for layer in [cookie(headers), query(uri)].into_iter().flatten() {
        settings.extend(layer);
    }
    settings.retain(|name, value| !value.is_null() || name == WHOLE);
    settings
}

fn query(uri: &Uri) -> Option<Map<String, Value>> {
    let pairs = axum::extract::Query::<Vec<(String, String)>>::try_from_uri(uri).ok()?.0;
    object(&pairs.into_iter().find(|(name, _)| name == NAME)?.1)
}

fn cookie(headers: &HeaderMap) -> Option<Map<String, Value>> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    let value = cookies.split(';').find_map(|pair| pair.trim().strip_prefix("sim="))?;
    // A cookie is escaped like a query, so it is read like one.
    query(&format!("/?{NAME}={}", value.replace('+', "%2B")).parse().ok()?)
}

fn object(text: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Some(members),
        _ => None,
    }
}
