//! What must hold for any input of the parsers that strangers feed. The fuzz targets and `core/tests/fuzz_seeds.rs` call the
//! same functions.

use onedrive_picker_core::auth::{
    AuthorizeResponse, Flow, State, UncheckedTokens, find_state, parse_authorize_response, parse_id_token,
};
use onedrive_picker_core::graph::{
    GraphBase, GraphError, ItemReader, Next, PageMerger, parse_batch, parse_drive, parse_drive_hits,
    parse_item, parse_item_hits, parse_me, parse_page, parse_thumbnails,
};
use onedrive_picker_core::host::{Host, message, parse};
use onedrive_picker_core::web::{Origin, Response, encode_component};

/// A fragment is only ever accepted with the state that was asked for.
pub fn fragment(input: &str) {
    let state = State::from_random(&[7; 32]);
    for flow in [Flow::Implicit, Flow::Code] {
        let answer = parse_authorize_response(input, &state, flow);
        assert!(answer.is_err() || find_state(input).is_some_and(|found| state.matches(&found)));
        let mut own = String::from("state=");
        own.push_str(state.secret());
        own.push('&');
        own.push_str(input);
        if let Ok(AuthorizeResponse::Tokens(tokens)) = parse_authorize_response(&own, &state, flow) {
            let _ = parse_id_token(tokens);
        }
    }
}

/// What is signed of an ID token is what was sent, up to its last dot.
pub fn id_token(input: &str) {
    let Some(tokens) = tokens(input) else { return };
    if let Ok(token) = parse_id_token(tokens) {
        assert_eq!(Some(token.message()), input.rsplit_once('.').map(|(message, _)| message.as_bytes()));
    }
}

fn tokens(id_token: &str) -> Option<UncheckedTokens> {
    let state = State::from_random(&[7; 32]);
    let mut fragment = String::from("token_type=Bearer&expires_in=3600&access_token=a&state=");
    fragment.push_str(state.secret());
    fragment.push_str("&id_token=");
    fragment.push_str(&encode_component(id_token));
    match parse_authorize_response(&fragment, &state, Flow::Implicit).ok()? {
        AuthorizeResponse::Tokens(tokens) => Some(tokens),
        AuthorizeResponse::Code(_) => None,
    }
}

/// A message of the host is understood or dropped.
pub fn host_message(input: &str) {
    if let Err(dropped) = message::decode(input) {
        assert!(!dropped.code().is_empty());
    }
}

/// Options never name a host that is not allowed.
pub fn host_options(input: &str) {
    let Ok(allowed) = Origin::parse("https://media.example") else { return };
    if let Ok(options) = parse(input, std::slice::from_ref(&allowed))
        && let Host::Present(messaging) = options.host
    {
        assert_eq!(messaging.origin, allowed);
    }
}

/// Whatever Graph sends, no next page leads away from it, and each item has an id, a drive and a name.
pub fn graph_answer(input: &str) {
    let Ok(base) = GraphBase::parse("https://graph.microsoft.com/v1.0") else { return };
    let answer = |status| Response { status, headers: Vec::new(), body: input.to_owned() };
    let good = answer(200);
    if let Ok(page) = parse_page(&base, &good, ItemReader::new(None)) {
        for item in &page.items {
            assert!(!item.name.is_empty() && base.owns(&base.url(&item.file.path())));
        }
        if let Next::More(link) = &page.next {
            assert!(base.owns(&link.request().url));
        }
        let count = page.items.len();
        assert!(PageMerger::new().merge(page).0.len() <= count);
    }
    if let Ok(answers) = parse_batch(&good, 20) {
        assert_eq!(answers.len(), 20);
    }
    if let Ok(found) = parse_item_hits(&good) {
        assert_eq!(found.hits.len() + found.skipped, found.received as usize);
    }
    let _ = (
        parse_drive_hits(&good),
        parse_me(&good),
        parse_drive(&good),
        parse_item(&good),
        parse_thumbnails(&good),
    );
    for status in [400, 401, 403, 404, 429, 503] {
        let error = GraphError::of_response(&answer(status));
        assert!(
            error.trace().is_none_or(|trace| trace.service_code.len() <= 64 && trace.request_id.len() <= 64)
        );
    }
}
