//! Lists of items, in pages (microsoft-graph.md section 2).

use std::cmp::Ordering;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::answer::Answer;
use super::call::Call;
use super::error::GraphError;
use super::options::Options;
use super::{represent, select};
use crate::drive::{Drive, DriveKind, Item, World, encode, fingerprint, parse_query};

const PAGE: usize = 200;
const LARGEST_PAGE: usize = 1_000;

/// `…/children`
pub(super) fn children(
    world: &World,
    call: &Call,
    drive: &Drive,
    item: &Item,
    options: &Options,
) -> Result<Answer, GraphError> {
    if drive.site.is_some_and(|site| site.channels) && options.top.is_some() {
        return Err(GraphError::invalid("$top is not supported on channel folders."));
    }
    refuse(world, options)?;
    select::check(options)?;
    let mut items: Vec<&Item> = drive.children(item).collect();
    order(drive, &mut items, options)?;
    page(world, call, options, items.len(), |place| {
        items.get(place).map(|item| represent::item(world, drive, item, options))
    })
}

/// What lists of items refuse: to expand anything but `thumbnails`, and what is switched off.
pub(super) fn refuse(world: &World, options: &Options) -> Result<(), GraphError> {
    let switches = world.switches();
    if switches.top_refused && options.top.is_some() {
        return Err(GraphError::invalid("$top is not supported here."));
    }
    if options.top.zip(switches.largest_top).is_some_and(|(top, largest)| top > largest) {
        return Err(GraphError::invalid("The value of $top is too large."));
    }
    if switches.expanded_thumbnails_refused && !options.expand.is_empty() {
        return Err(GraphError::invalid("The expand clause 'thumbnails' is not supported."));
    }
    match options.expand.iter().find(|name| !name.starts_with("thumbnails")) {
        Some(name) => Err(GraphError::invalid(&format!("The expand clause '{name}' is not supported."))),
        None => Ok(()),
    }
}

/// Sorts as `$orderby` says. Work drives know `name` and `url` only; `$filter` is not available on lists.
pub(super) fn order(drive: &Drive, items: &mut [&Item], options: &Options) -> Result<(), GraphError> {
    if options.filter.is_some() {
        return Err(
            GraphError::new(501, "notSupported", "Operation not supported").inner(&["filterNotSupported"])
        );
    }
    let Some(order_by) = &options.order_by else { return Ok(()) };
    let mut words = order_by.split_whitespace();
    let (field, direction) = (words.next().unwrap_or_default(), words.next().unwrap_or("asc"));
    let personal = drive.kind == DriveKind::Personal;
    let compare: fn(&Item, &Item) -> Ordering = match field {
        "name" => |left, right| left.name.to_lowercase().cmp(&right.name.to_lowercase()),
        "url" if !personal => |left, right| left.name.cmp(&right.name),
        "size" if personal => |left, right| left.size().cmp(&right.size()),
        "lastModifiedDateTime" if personal => |left, right| left.modified.cmp(&right.modified),
        _ => return Err(GraphError::invalid("Unsupported sort by property.").inner(&["invalidOrderBy"])),
    };
    if !matches!(direction, "asc" | "desc") || words.next().is_some() || order_by.contains(',') {
        return Err(GraphError::invalid("Unsupported sort order."));
    }
    items.sort_by(|left, right| compare(left, right));
    if direction == "desc" {
        items.reverse();
    }
    Ok(())
}

/// One page of a list of `count` entries, with the link to the next one.
pub(super) fn page(
    world: &World,
    call: &Call,
    options: &Options,
    count: usize,
    entry: impl Fn(usize) -> Option<Value>,
) -> Result<Answer, GraphError> {
    let size = options.top.unwrap_or(PAGE).min(LARGEST_PAGE);
    let seal = seal(call);
    let start = match &options.skip_token {
        None => 0,
        Some(token) => {
            open(token, seal).ok_or_else(|| GraphError::invalid("The provided skip token is not valid."))?
        }
    };
    let end = (start + size).min(count);
    let next = end - call.repeated_items.min(size - 1).min(end);
    let value: Vec<Value> = (start..end).filter_map(entry).collect();
    let context = format!("{}/v1.0/$metadata#Collection(driveItem)", world.origins.graph);
    let mut body = json!({ "@odata.context": context, "value": value });
    if end < count
        && let Some(fields) = body.as_object_mut()
    {
        fields.insert("@odata.nextLink".to_owned(), json!(next_link(world, call, next, seal)));
    }
    Ok(Answer::ok(body))
}

/// The same address with a token that tells where to go on. The token fits no other options: the link is to be
/// followed as it is.
fn next_link(world: &World, call: &Call, start: usize, seal: u64) -> String {
    let mut pairs: Vec<String> = rest_of(&call.query)
        .into_iter()
        .map(|(name, value)| format!("{}={}", encode(&name).replace("%24", "$"), encode(&value)))
        .collect();
    let token = URL_SAFE_NO_PAD.encode(format!("Paged=TRUE&p_Next={start}&p_Seal={seal:016x}"));
    let without_dollar = call.query.contains("select=") && !call.query.contains("$select=");
    pairs.push(format!("{}skiptoken={token}", if without_dollar { "" } else { "$" }));
    format!("{}/v1.0{}?{}", world.origins.graph, call.path, pairs.join("&"))
}

fn rest_of(query: &str) -> Vec<(String, String)> {
    let pairs = parse_query(query).into_iter();
    pairs.filter(|(name, _)| !name.trim_start_matches('$').eq_ignore_ascii_case("skiptoken")).collect()
}

fn seal(call: &Call) -> u64 {
    let mut pairs: Vec<String> =
        rest_of(&call.query).into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.sort();
    fingerprint(&[&call.path, &pairs.join("&")])
}

fn open(token: &str, seal: u64) -> Option<usize> {
    let plain = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let pairs = parse_query(&plain);
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let fits = u64::from_str_radix(value("p_Seal")?, 16).ok()? == seal;
    value("p_Next")?.parse().ok().filter(|_| fits)
}
