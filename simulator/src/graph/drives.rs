//! Drives themselves.

use serde_json::{Value, json};

use super::answer::Answer;
use super::call::{Call, Caller};
use super::children::page;
use super::error::GraphError;
use super::locate::{check, find, location, open, own_drive};
use super::options::Options;
use super::{properties, represent};
use crate::drive::{Drive, DriveKind, Item, World};

/// `/me/drive`
pub(super) fn own(world: &World, caller: &Caller, options: &Options) -> Result<Answer, GraphError> {
    let drive = open(world, &own_drive(world, caller)?)?;
    Ok(Answer::ok(selected(represent::drive(&drive), options)))
}

/// `/drives/{id}`
pub(super) fn one(world: &World, caller: &Caller, id: &str, options: &Options) -> Result<Answer, GraphError> {
    let drive = open(world, id)?;
    let visible = drive.root().ok_or_else(GraphError::not_found)?;
    if check(caller, &drive, visible).is_err() && !shares_something(caller, &drive) {
        return Err(GraphError::access_denied());
    }
    Ok(Answer::ok(selected(represent::drive(&drive), options)))
}

/// `/me/drives`: a system drive hides unless `system` is selected (microsoft-graph.md section 2).
pub(super) fn list_own(
    world: &World,
    caller: &Caller,
    call: &Call,
    options: &Options,
) -> Result<Answer, GraphError> {
    let drive = open(world, &own_drive(world, caller)?)?;
    let mut list = vec![selected(represent::drive(&drive), options)];
    if options.selects("system") && drive.kind == DriveKind::Business {
        let id = drive.id.chars().rev().collect::<String>();
        list.push(json!({ "id": format!("b!{id}"), "name": "PersonalCacheLibrary", "driveType": "business", "system": {} }));
    }
    page(world, call, options, list.len(), |place| list.get(place).cloned())
}

/// `POST /drives/{d}/items/{i}/preview`
pub(super) fn preview(world: &World, caller: &Caller, segments: &[String]) -> Result<Answer, GraphError> {
    let [_, drive, rest @ ..] = segments else { return Err(GraphError::not_found()) };
    let place = location(rest).ok_or_else(GraphError::not_found)?;
    let drive = open(world, drive)?;
    let item = find(world, caller, &drive, &place)?;
    if drive.kind == DriveKind::Personal {
        return Err(GraphError::new(400, "notSupported", "Preview is not supported for personal accounts."));
    }
    let url = format!("{}?embed", properties::web_url(&drive, item));
    Ok(Answer::ok(json!({ "getUrl": url, "postParameters": null, "postUrl": null })))
}

fn shares_something(caller: &Caller, drive: &Drive) -> bool {
    drive.items().filter(|item: &&Item| item.shared.is_some()).any(|item| check(caller, drive, item).is_ok())
}

/// A drive with the properties that `$select` names.
pub(super) fn selected(mut drive: Value, options: &Options) -> Value {
    if let (Some(fields), Some(names)) = (drive.as_object_mut(), &options.select) {
        fields.retain(|key, _| names.contains(key));
    }
    drive
}
