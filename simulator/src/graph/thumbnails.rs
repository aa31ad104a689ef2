//! Thumbnails (microsoft-graph.md section 7).

use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::error::GraphError;
use super::options::Options;
use crate::drive::{Body, Drive, Item, World};

/// The sizes that every set has: longest side in pixels.
const SIZES: [(&str, u32); 3] = [("small", 96), ("medium", 176), ("large", 800)];

/// The value of an expanded `thumbnails`. No set is normal.
pub(super) fn sets(world: &World, drive: &Drive, item: &Item, expansion: &str) -> Value {
    let inner = expansion.split_once("select=").map_or("", |(_, names)| names.trim_end_matches(')'));
    let names: Vec<&str> = inner.split(',').filter(|name| !name.is_empty()).collect();
    set(world, drive, item, &names).map_or_else(|| json!([]), |set| json!([set]))
}

fn set(world: &World, drive: &Drive, item: &Item, names: &[&str]) -> Option<Value> {
    if !has_thumbnail(item) {
        return None;
    }
    let usual = SIZES.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let names = if names.is_empty() { usual.as_slice() } else { names };
    let mut set = Map::new();
    set.insert("id".to_owned(), json!("0"));
    for name in names {
        if let Some((width, height)) = dimensions(name) {
            let url = world.thumbnail_url(drive, item, width, height);
            set.insert((*name).to_owned(), json!({ "width": width, "height": height, "url": url }));
        }
    }
    Some(Value::Object(set))
}

const fn has_thumbnail(item: &Item) -> bool {
    matches!(&item.body, Body::File(file) if file.thumbnail.is_some()) && !item.malware
}

/// Width and height of a named size, of its `…Square`, or of a custom one such as `c300x400_crop`.
fn dimensions(name: &str) -> Option<(u32, u32)> {
    if let Some((_, side)) = SIZES.iter().find(|(size, _)| *size == name) {
        return Some((*side, side * 9 / 16));
    }
    if let Some((_, side)) = SIZES.iter().find(|(size, _)| name.strip_suffix("Square") == Some(size)) {
        return Some((*side, *side));
    }
    let (width, height) = name.strip_prefix('c')?.trim_end_matches("_crop").split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

/// `…/thumbnails`, `…/thumbnails/0`, `…/thumbnails/0/medium` and `…/thumbnails/0/medium/content`.
pub(super) fn answer(
    world: &World,
    drive: &Drive,
    item: &Item,
    rest: &[String],
    options: &Options,
) -> Result<Answer, GraphError> {
    let names: Vec<&str> = options.select.iter().flatten().map(String::as_str).collect();
    let set = set(world, drive, item, &names);
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    match rest.as_slice() {
        [] => Ok(Answer::ok(json!({ "value": set.map_or_else(Vec::new, |set| vec![set]) }))),
        ["0"] => set.map(Answer::ok).ok_or_else(GraphError::not_found),
        ["0", size, tail @ ..] => {
            let (width, height) =
                dimensions(size).ok_or_else(|| GraphError::invalid("Unknown thumbnail size"))?;
            if !has_thumbnail(item) {
                return Err(GraphError::not_found());
            }
            let url = world.thumbnail_url(drive, item, width, height);
            match tail {
                [] => Ok(Answer::ok(json!({ "width": width, "height": height, "url": url }))),
                ["content"] => Ok(Answer::redirect(url)),
                _ => Err(GraphError::no_segment("thumbnails")),
            }
        }
        _ => Err(GraphError::not_found()),
    }
}
