//! Leads a call to what answers it.

use super::answer::Answer;
use super::call::{Call, Caller};
use super::error::GraphError;
use super::locate::{Location, find, location, open, own_drive};
use super::options::Options;
use super::{
    children, drives, item_search, person, query_search, represent, select, shares, sites, thumbnails,
};
use crate::drive::{Body, DriveKind, FaultKind, World};

/// Any of these opens files (microsoft-graph.md section 1).
const FILES: [&str; 6] = [
    "Files.Read",
    "Files.Read.All",
    "Files.ReadWrite",
    "Files.ReadWrite.All",
    "Sites.Read.All",
    "Sites.ReadWrite.All",
];

/// Answers one call; `due` are the faults that act on it.
pub(super) fn dispatch(
    world: &World,
    caller: &Caller,
    call: &Call,
    due: &[FaultKind],
) -> Result<Answer, GraphError> {
    if let Some(error) = replacement(world, due) {
        return Err(error);
    }
    let repeated_items = due.iter().find_map(|kind| match kind {
        FaultKind::RepeatedItems { count } => Some(*count),
        _ => None,
    });
    let call = &Call { repeated_items: repeated_items.unwrap_or(0), ..call.clone() };
    let mut answer = route(world, caller, call)?;
    for kind in due {
        spoil(&mut answer, world, call, kind);
    }
    Ok(answer)
}

fn route(world: &World, caller: &Caller, call: &Call) -> Result<Answer, GraphError> {
    let segments = call.segments();
    let names: Vec<&str> = segments.iter().map(String::as_str).collect();
    if call.method == "POST" {
        return match names.as_slice() {
            ["search", "query"] => query_search::answer(world, caller, call),
            ["drives", _, "items", _, "preview"] => drives::preview(world, caller, &segments),
            [.., "createLink"] => Err(GraphError::access_denied()),
            _ => Err(GraphError::new(405, "Request_BadRequest", "Specified HTTP method is not allowed.")),
        };
    }
    if call.method != "GET" {
        return Err(GraphError::new(405, "Request_BadRequest", "Specified HTTP method is not allowed."));
    }
    let options = Options::parse(&call.query)?;
    let files = || if caller.has(&FILES) { Ok(()) } else { Err(GraphError::scope_missing()) };
    match names.as_slice() {
        ["me"] => person::me(caller, &options),
        ["me", "drive"] if caller.has(&["User.Read"]) || caller.has(&FILES) => {
            drives::own(world, caller, &options)
        }
        ["me", "drives"] => files().and_then(|()| drives::list_own(world, caller, call, &options)),
        ["me", "drive", "recent" | "sharedWithMe"] => files().and_then(|()| item_search::ended(world)),
        ["me", "followedSites"] => sites::followed(world, caller),
        ["me", "insights", ..] => sites::insights(world, caller),
        ["me", "joinedTeams"] => Err(GraphError::scope_missing()),
        ["me", "drive", ..] => {
            files()?;
            let drive = own_drive(world, caller)?;
            in_drive(world, caller, call, &drive, segments.get(2..).unwrap_or_default(), &options)
        }
        ["drives", drive] => files().and_then(|()| drives::one(world, caller, drive, &options)),
        ["drives", drive, ..] => {
            files()?;
            in_drive(world, caller, call, drive, segments.get(2..).unwrap_or_default(), &options)
        }
        ["sites", ..] => {
            sites::answer(world, caller, call, segments.get(1..).unwrap_or_default(), &options, &files)
        }
        ["shares", ..] => shares::answer(world, caller, segments.get(1..).unwrap_or_default(), &options),
        [first, ..] => Err(GraphError::no_segment(first)),
        [] => Err(GraphError::no_segment("")),
    }
}

/// Everything below one drive.
pub(super) fn in_drive(
    world: &World,
    caller: &Caller,
    call: &Call,
    drive: &str,
    segments: &[String],
    options: &Options,
) -> Result<Answer, GraphError> {
    if let [search] = segments
        && let Some(text) = item_search::text(search)
    {
        return item_search::everywhere(world, caller, call, drive, &text, options);
    }
    let first = segments.first().map_or("", String::as_str);
    let place = location(segments).ok_or_else(|| GraphError::no_segment(first))?;
    let drive = open(world, drive)?;
    let item = find(world, caller, &drive, &place)?;
    let Location { rest, .. } = &place;
    let names: Vec<&str> = rest.iter().map(String::as_str).collect();
    match names.as_slice() {
        [] => {
            if options.expand.iter().any(|name| !name.starts_with("thumbnails") && name != "children") {
                return Err(GraphError::invalid("The expand clause is not supported."));
            }
            select::check(options)?;
            let mut body = represent::item(world, &drive, item, options);
            if options.expand.iter().any(|name| name == "children")
                && let Some(fields) = body.as_object_mut()
            {
                let inner = Options::default();
                let list = drive.children(item).take(200);
                let list = list.map(|child| represent::item(world, &drive, child, &inner)).collect();
                fields.insert("children".to_owned(), serde_json::Value::Array(list));
            }
            Ok(Answer::ok(body))
        }
        ["children"] => children::children(world, call, &drive, item, options),
        ["content"] => content(world, &drive, item),
        ["thumbnails", ..] => {
            thumbnails::answer(world, &drive, item, rest.get(1..).unwrap_or_default(), options)
        }
        ["permissions"] => Err(GraphError::access_denied()),
        ["delta"] if drive.kind == DriveKind::Personal => {
            children::children(world, call, &drive, item, options)
        }
        [one] => match item_search::text(one) {
            Some(text) => item_search::below(world, call, &drive, item, &text, options),
            None => Err(GraphError::no_segment(one)),
        },
        [one, ..] => Err(GraphError::no_segment(one)),
    }
}

/// `…/content`: leads to the pre-authenticated link.
fn content(
    world: &World,
    drive: &crate::drive::Drive,
    item: &crate::drive::Item,
) -> Result<Answer, GraphError> {
    if item.malware {
        return Err(GraphError::new(
            403,
            "malwareDetected",
            "Malware was detected in the requested resource.",
        ));
    }
    match (&item.body, world.download_url(drive, item)) {
        (Body::File(_), Some(url)) => Ok(Answer::redirect(url)),
        (Body::File(_), None) => Err(GraphError::not_found()),
        _ => Err(GraphError::invalid("You cannot get content for a folder").inner(&["notAFile"])),
    }
}

/// The error that the faults put in the answer's place.
pub(super) fn replacement(world: &World, due: &[FaultKind]) -> Option<GraphError> {
    due.iter().find_map(|kind| failure(world, kind))
}

fn failure(world: &World, kind: &FaultKind) -> Option<GraphError> {
    Some(match kind {
        FaultKind::Throttled { retry_after } => GraphError::throttled(429, *retry_after),
        FaultKind::Unavailable { retry_after } => GraphError::throttled(503, *retry_after),
        FaultKind::ServerError => {
            GraphError::new(500, "generalException", "An unspecified error has occurred.")
        }
        FaultKind::Unauthorized => {
            GraphError::unauthenticated("Lifetime validation failed, the token is expired.")
        }
        FaultKind::ClaimsChallenge => super::bearer::claims_challenge(world),
        FaultKind::Forbidden => GraphError::access_denied(),
        FaultKind::NotFound => GraphError::not_found(),
        FaultKind::Locked => {
            GraphError::new(423, "notAllowed", "The resource is locked.").inner(&["resourceLocked"])
        }
        FaultKind::StorageFull => GraphError::new(507, "quotaLimitReached", "Insufficient space available."),
        FaultKind::BandwidthExceeded => {
            GraphError::new(509, "activityLimitReached", "Bandwidth limit exceeded.")
        }
        _ => return None,
    })
}

fn spoil(answer: &mut Answer, world: &World, call: &Call, kind: &FaultKind) {
    let Some(fields) = answer.body.as_object_mut() else { return };
    match kind {
        FaultKind::RepeatedNextLink => {
            let own = format!("{}/v1.0{}?{}", world.origins.graph, call.path, call.query);
            fields.insert("@odata.nextLink".to_owned(), own.into());
        }
        FaultKind::ForeignNextLink { url } => {
            fields.insert("@odata.nextLink".to_owned(), url.as_str().into());
        }
        _ => {}
    }
}
