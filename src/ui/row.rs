//! One row of the listing: check mark, thumbnail, name, date, length, size.
//!
//! ARIA: `row` of a `grid` with `gridcell`s; its name starts with the file's name.

use super::app::App;
use super::element::{Built, element};
use super::in_sight::Look;
use super::name::name;
use super::thumbnail::{shape_of, thumbnail};
use super::words::Facts;
use onedrive_picker_core::graph::Item;

/// A row.
pub const ROW: Look = Look { class: "row", fill, picture };

/// The shorter side of the box around a row's thumbnail, in CSS pixels.
pub const THUMBNAIL_SIDE: u32 = 32;

fn picture(item: &Item, address: Option<&str>) -> Built {
    thumbnail(address, shape_of(item), Some("thumb"))
}

fn fill(app: App, row: &Built, item: &Item, facts: &Facts) {
    row.append(&element("span", "check").set("role", "gridcell").set("data-part", "check"));
    row.append(&picture(item, app.picture_of(item).as_deref()));
    let label = element("span", "label").set("role", "gridcell");
    let notes = app.row_notes(item);
    label.append(&name(&item.name, item.is_folder(), &notes.marks));
    let lines: Vec<String> = facts.reason.clone().into_iter().chain(notes.location).collect();
    if !lines.is_empty() {
        label.append(&element("span", "more").set("dir", "auto").text(&lines.join(" · ")));
    }
    if let Some(line) = app.folder_facts(&item.file) {
        label.append(&element("span", "more").text(&line));
    }
    if app.is_narrow() {
        label.append(&element("span", "more phone").text(&facts.line().join(" · ")));
    }
    row.append(&label);
    for (class, fact) in [("date", &facts.date), ("number", &facts.length), ("number", &facts.size)] {
        row.append(&element("span", class).set("role", "gridcell").text(fact));
    }
}

/// A row in the shape of what comes. Its `place` is that among the skeletons; the widths differ.
pub fn skeleton(place: usize) -> Built {
    let width = ["58%", "74%", "46%", "66%", "39%", "61%"].get(place % 6).copied();
    let bone = element("span", "bone");
    bone.style("width", width);
    element("div", "row")
        .set("aria-hidden", "true")
        .with(&element("span", "check"))
        .with(&element("span", "thumb bone"))
        .with(&bone)
}
