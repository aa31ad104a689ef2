//! SharePoint sites: finding them needs more than `Files.Read.All`, their libraries do not (microsoft-graph.md 1).

use serde_json::{Value, json};

use super::answer::Answer;
use super::call::{Call, Caller};
use super::children::page;
use super::dispatch::in_drive;
use super::drives::selected;
use super::error::GraphError;
use super::item_search::fits;
use super::locate::open;
use super::options::Options;
use super::represent;
use crate::drive::{Site, World};

const SITES: [&str; 2] = ["Sites.Read.All", "Sites.ReadWrite.All"];

/// Everything below `/sites`.
pub(super) fn answer(
    world: &World,
    caller: &Caller,
    call: &Call,
    segments: &[String],
    options: &Options,
    files: &dyn Fn() -> Result<(), GraphError>,
) -> Result<Answer, GraphError> {
    if caller.account.is_personal() {
        return Err(GraphError::bad_request("This API is not supported for MSA accounts."));
    }
    let by_path = by_path(segments);
    let segments = by_path.as_deref().unwrap_or(segments);
    let sites = || if caller.has(&SITES) { Ok(()) } else { Err(GraphError::scope_missing()) };
    let names: Vec<&str> = segments.iter().map(String::as_str).collect();
    match names.as_slice() {
        [] => {
            sites()?;
            let text = options.search.clone().unwrap_or_default();
            if options.order_by.as_deref().is_some_and(|order| !order.starts_with("createdDateTime")) {
                return Err(GraphError::invalid("Only createdDateTime is sortable."));
            }
            let found = visible(caller).filter(|site| text == "*" || fits(site.name, &text)).map(site_json);
            Ok(Answer::ok(json!({ "value": found.collect::<Vec<_>>() })))
        }
        [id] => {
            sites()?;
            site(caller, id).map(|site| Answer::ok(site_json(site)))
        }
        [id, "sites"] => {
            sites()?;
            site(caller, id).map(|_| Answer::ok(json!({ "value": [] })))
        }
        [id, "drives"] => {
            files()?;
            let site = site(caller, id)?;
            let list: Vec<Value> = site
                .libraries
                .iter()
                .filter_map(|library| library_json(world, site, library, options))
                .collect();
            page(world, call, options, list.len(), |place| list.get(place).cloned())
        }
        [id, "drive"] => {
            files()?;
            let site = site(caller, id)?;
            let first =
                site.libraries.first().and_then(|library| library_json(world, site, library, options));
            first.map(Answer::ok).ok_or_else(GraphError::not_found)
        }
        [id, "drive", ..] => {
            files()?;
            let site = site(caller, id)?;
            let library = site.libraries.first().ok_or_else(GraphError::not_found)?;
            let drive = world.library_id(site, library);
            in_drive(world, caller, call, &drive, segments.get(2..).unwrap_or_default(), options)
        }
        [_, other, ..] => Err(GraphError::no_segment(other)),
    }
}

/// `{server}:/{path}:/…` with the site's id in the place of its address (Graph, "Get a site by path").
fn by_path(segments: &[String]) -> Option<Vec<String>> {
    let (server, rest) = segments.split_first()?;
    let server = server.strip_suffix(':')?;
    let end = rest.iter().position(|name| name.ends_with(':')).map_or(rest.len(), |end| end + 1);
    let (named, rest) = rest.split_at(end);
    let names: Vec<&str> = named.iter().map(|name| name.trim_end_matches(':')).collect();
    let address = format!("https://{server}/{}", names.join("/"));
    let site = Site::all().iter().find(|site| site.web_url().eq_ignore_ascii_case(&address));
    // An address without a site stays what it is, which no site is called.
    let id = site.map_or(address, |site| site.id.to_owned());
    Some([id].into_iter().chain(rest.iter().cloned()).collect())
}

/// `/me/followedSites`
pub(super) fn followed(_: &World, caller: &Caller) -> Result<Answer, GraphError> {
    if !caller.has(&SITES) {
        return Err(GraphError::scope_missing());
    }
    let followed: Vec<Value> = visible(caller).take(2).map(site_json).collect();
    Ok(Answer::ok(json!({ "value": followed })))
}

/// `/me/insights/…` has stopped (microsoft-graph.md section 5).
pub(super) fn insights(_: &World, caller: &Caller) -> Result<Answer, GraphError> {
    if !caller.has(&SITES) {
        return Err(GraphError::scope_missing());
    }
    Ok(Answer::ok(json!({ "value": [] })))
}

fn visible(caller: &Caller) -> impl Iterator<Item = &'static Site> {
    Site::all().iter().filter(|site| site.admits(&caller.account.username))
}

fn site(caller: &Caller, id: &str) -> Result<&'static Site, GraphError> {
    let site = Site::find(id)
        .ok_or_else(|| GraphError::new(404, "itemNotFound", "Requested site could not be found"))?;
    if site.admits(&caller.account.username) { Ok(site) } else { Err(GraphError::access_denied()) }
}

fn site_json(site: &Site) -> Value {
    json!({
        "id": site.id,
        "name": site.path,
        "displayName": site.name,
        "webUrl": site.web_url(),
        "createdDateTime": "2023-03-01T07:00:00Z",
        "lastModifiedDateTime": "2026-11-20T08:00:00Z",
        "siteCollection": { "hostname": "openu.sharepoint.example" },
        "root": {},
    })
}

fn library_json(world: &World, site: &Site, library: &str, options: &Options) -> Option<Value> {
    let drive = open(world, &world.library_id(site, library)).ok()?;
    Some(selected(represent::drive(&drive), options))
}
