//! `search(q='…')` in a drive (microsoft-graph.md section 3).

use serde_json::{Value, json};

use super::answer::Answer;
use super::call::{Call, Caller};
use super::children::{order, page, refuse};
use super::error::GraphError;
use super::locate::{check, open};
use super::options::Options;
use super::{represent, select};
use crate::drive::{Access, Drive, Item, World, fingerprint};

/// The text of a `search(q='…')` segment; quotes in it are doubled.
pub(super) fn text(segment: &str) -> Option<String> {
    let quoted = segment.strip_prefix("search(q=")?.strip_suffix(')')?;
    let inner = quoted.strip_prefix('\'')?.strip_suffix('\'')?;
    let single = inner.replace("''", "");
    (!single.contains('\'')).then(|| inner.replace("''", "'"))
}

/// Whether every word begins some word of the name. An empty text fits everything.
pub(super) fn fits(name: &str, text: &str) -> bool {
    let name = name.to_lowercase();
    let words: Vec<&str> = name.split(|character: char| !character.is_alphanumeric()).collect();
    text.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|wanted| words.iter().any(|word| word.starts_with(wanted)))
}

/// `/drives/{d}/root/search(q='…')`: what lies below an item.
pub(super) fn below(
    world: &World,
    call: &Call,
    drive: &Drive,
    item: &Item,
    text: &str,
    options: &Options,
) -> Result<Answer, GraphError> {
    refuse(world, options)?;
    select::check(options)?;
    let inside = |found: &&Item| {
        found.id != item.id
            && drive.ancestry(found).any(|around| around.id == item.id)
            && fits(&found.name, text)
    };
    let mut items: Vec<&Item> = drive.items().filter(inside).collect();
    order(drive, &mut items, options)?;
    page(world, call, options, items.len(), |place| {
        items.get(place).map(|item| hit(world, drive, item, options))
    })
}

/// `/me/drive/search(q='…')`: the own drive, and what others share, as `remoteItem`.
pub(super) fn everywhere(
    world: &World,
    caller: &Caller,
    call: &Call,
    own: &str,
    text: &str,
    options: &Options,
) -> Result<Answer, GraphError> {
    refuse(world, options)?;
    select::check(options)?;
    let mut hits: Vec<Value> = Vec::new();
    {
        let drive = open(world, own)?;
        let root = drive.root().ok_or_else(GraphError::not_found)?;
        check(caller, &drive, root)?;
        let mut items: Vec<&Item> =
            drive.items().filter(|item| item.parent.is_some() && fits(&item.name, text)).collect();
        order(&drive, &mut items, options)?;
        hits.extend(items.iter().map(|item| hit(world, &drive, item, options)));
    }
    for id in world.drive_ids().filter(|id| *id != own) {
        let drive = open(world, id)?;
        if drive.site.is_some() {
            continue;
        }
        let shared = drive.items().filter(|item| {
            fits(&item.name, text) && Access::of(&caller.account, &drive, item) == Access::Shared
        });
        for item in shared {
            let outer = format!("shared{:016x}", fingerprint(&[&drive.id, &item.id]));
            let remote = represent::remote(&drive, item);
            hits.push(json!({ "id": outer, "name": item.name, "remoteItem": remote }));
        }
    }
    page(world, call, options, hits.len(), |place| hits.get(place).cloned())
}

/// A hit never has a link; about half of them have no `parentReference`, as reports differ.
fn hit(world: &World, drive: &Drive, item: &Item, options: &Options) -> Value {
    let mut hit = represent::item(world, drive, item, options);
    if let Some(fields) = hit.as_object_mut() {
        fields.remove(select::DOWNLOAD_URL);
        if fingerprint(&[&item.id]).is_multiple_of(2) {
            fields.remove("parentReference");
            fields.remove("createdBy");
            fields.remove("lastModifiedBy");
        }
    }
    hit
}

/// `/me/drive/recent` and `/me/drive/sharedWithMe` answer, but hold nothing any more (microsoft-graph.md section 5).
pub(super) fn ended(world: &World) -> Result<Answer, GraphError> {
    let context = format!("{}/v1.0/$metadata#Collection(driveItem)", world.origins.graph);
    Ok(Answer::ok(json!({ "@odata.context": context, "value": [] })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_text_between_quotes() {
        assert_eq!(text("search(q='it''s')").as_deref(), Some("it's"));
        assert_eq!(text("search(q='')").as_deref(), Some(""));
        assert_eq!(text("search(q='it's')"), None);
        assert_eq!(text("search(q=x)"), None);
        assert_eq!(text("children"), None);
    }

    #[test]
    fn fits_beginnings_of_words() {
        assert!(fits("Lecture 01 – Introduction.mp4", "lect intro"));
        assert!(fits("anything", ""));
        assert!(!fits("Lecture 01", "ture"));
    }
}
