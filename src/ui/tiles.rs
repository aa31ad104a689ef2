//! The listing as pictures beside each other. Windowed like the list; the same handles: a `grid` whose items are `row`s.
//!
//! ARIA: grid pattern with one tab stop. Keys: as in the list, and the left and right arrows.

use super::app::App;
use super::element::{Built, element, react};
use super::grid::{frame, name_frame, pixels, spacer};
use super::in_sight::{Look, Rows};
use super::name::name;
use super::thumbnail::{shape_of, thumbnail};
use super::words::Facts;
use onedrive_picker_core::graph::Item;

/// Lines created beyond those in sight, on either side.
const OVERSCAN: usize = 1;
/// Tiles at the most; each has about ten elements.
const BUDGET: usize = 30;

/// The low tiles of the folders at the top, and those of files.
const FOLDER: Look = Look { class: "tile row", fill: fill_folder, picture };
const FILE: Look = Look { class: "tile", fill: fill_file, picture };

fn picture(item: &Item, address: Option<&str>) -> Built {
    thumbnail(address, shape_of(item), None)
}

/// The scrolling grid of tiles.
pub fn tiles(app: App) -> Built {
    let list = frame(app);
    let (before, after) = (spacer(), spacer());
    let parts = [(); 2].map(|()| element("div", "tiles").set("role", "presentation"));
    let rows = element("div", "rows").set("role", "rowgroup").with(&before);
    for part in &parts {
        rows.append(part);
    }
    rows.append(&after);
    list.append(&rows);
    let [folders, files] = parts.clone();
    let mut folders = Rows::new(app, FOLDER, folders, None);
    let mut files = Rows::new(app, FILE, files, None);
    let frame = list.clone();
    react(move || {
        let layout = app.tile_layout();
        let visible = layout.window(app.scroll_top.get(), app.viewport.get(), OVERSCAN, BUDGET);
        let in_view = layout.window(app.scroll_top.get(), app.viewport.get(), 0, 0).rows;
        app.rows_came_into_view(in_view, app.still_height());
        name_frame(app, &frame, &rows);
        before.style("height", Some(&pixels(visible.before)));
        after.style("height", Some(&pixels(visible.after)));
        let columns = ["repeat(", &app.tile_columns().to_string(), ", minmax(0, 1fr))"].concat();
        for part in &parts {
            part.style("grid-template-columns", Some(&columns));
        }
        let border = app.listing.with_untracked(|listing| listing.folders());
        let of_folders = folders.draw(&visible, 0..border, &layout, Some(app.tile_height(true)));
        let of_files = files.draw(&visible, border..usize::MAX, &layout, Some(app.tile_height(false)));
        if of_folders || of_files {
            app.keep_focus();
        }
    });
    list
}

fn check() -> Built {
    element("span", "check").set("role", "gridcell").set("data-part", "check")
}

fn fill_folder(app: App, tile: &Built, item: &Item, _: &Facts) {
    tile.append(&picture(item, None));
    let label =
        element("span", "label").set("role", "gridcell").with(&name(&item.name, true, &app.marks(item)));
    if let Some(line) = app.folder_facts(&item.file).or_else(|| app.whereabouts(item)) {
        label.append(&element("span", "more").text(&line));
    }
    tile.append(&label);
    tile.append(&check());
}

fn fill_file(app: App, tile: &Built, item: &Item, facts: &Facts) {
    let still = element("div", "still").set("role", "gridcell").set("data-part", "thumb");
    still.append(&picture(item, app.picture_of(item).as_deref()));
    if !facts.length.is_empty() {
        still.append(&element("span", "length").text(&facts.length));
    }
    let line = facts.reason.clone().or_else(|| app.whereabouts(item)).unwrap_or_else(|| {
        let known = [&facts.date, &facts.size].into_iter().filter(|fact| !fact.is_empty());
        known.cloned().collect::<Vec<_>>().join(" · ")
    });
    let label = element("span", "label").set("role", "gridcell");
    label.append(&name(&item.name, true, &app.marks(item)));
    label.append(&element("span", "more").text(&line));
    for part in [&still, &check(), &label] {
        tile.append(part);
    }
}
