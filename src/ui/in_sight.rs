//! The rows that exist as elements: those in sight, and the one with the tab stop wherever it is, so that scrolling
//! never takes the focus away. A row stays the same element while others come and go around it.
//!
//! They are drawn here and not by a view of Leptos: twenty rows change with every step of scrolling, each in a handful of
//! attributes.

use super::app::App;
use super::element::{Built, element};
use super::grid::pixels;
use super::words::{Facts, reason};
use leptos::prelude::*;
use onedrive_picker_core::graph::{FileRef, Item};
use onedrive_picker_core::picker::filter::Fit;
use onedrive_picker_core::picker::window::{Layout, Visible};
use std::ops::Range;
use std::sync::Arc;
use web_sys::Node;

/// How rows of one sort look.
#[derive(Clone, Copy)]
pub struct Look {
    /// Their classes.
    pub class: &'static str,
    /// What stands in a row.
    pub fill: fn(App, &Built, &Item, &Facts),
    /// The thumbnail in it, by its address, or the icon.
    pub picture: fn(&Item, Option<&str>) -> Built,
}

/// What the rows are told apart by: the visit to a place, and the file.
type Key = (u32, FileRef);

/// Where a row stands, and what state it is in.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stand {
    row: usize,
    /// The pixels from the first row, for one that is out of sight and only keeps the focus.
    far: Option<u32>,
    height: Option<u32>,
    chosen: bool,
    focused: bool,
}

/// A row that exists as an element.
struct Row {
    key: Key,
    element: Built,
    item: Item,
    fit: Fit,
    /// The address of the thumbnail that is shown.
    picture: Option<Arc<str>>,
    narrow: bool,
    facts_shown: bool,
    /// What is known of a chosen folder.
    counted: Option<String>,
    stand: Option<Stand>,
}

/// The rows of one sort that exist as elements, in one parent.
pub struct Rows {
    app: App,
    look: Look,
    parent: Built,
    /// What stands after them in the parent.
    end: Option<Built>,
    rows: Vec<Row>,
}

impl Rows {
    /// No rows yet.
    pub fn new(app: App, look: Look, parent: Built, end: Option<Built>) -> Self {
        Self { app, look, parent, end, rows: Vec::new() }
    }

    /// Draws the rows in sight that are within a range of the listing, with what their files are now. Whether elements came
    /// or went. Reactive.
    pub fn draw(
        &mut self,
        visible: &Visible,
        within: Range<usize>,
        layout: &Layout,
        height: Option<u32>,
    ) -> bool {
        let app = self.app;
        let (visit, focused, narrow) = (app.visit.get(), app.focused_row.get(), app.narrow.get());
        app.version.track();
        app.pictures.track();
        app.basket.track();
        let in_sight = visible.rows.clone();
        let above = (focused < in_sight.start).then_some(focused);
        let below = (focused >= in_sight.end).then_some(focused);
        let all = above.into_iter().chain(in_sight.clone()).chain(below);
        let mut before = std::mem::take(&mut self.rows);
        let mut changed = false;
        app.listing.with_untracked(|listing| {
            for row in all.filter(|row| within.contains(row)) {
                let Some(item) = listing.get(row) else { continue };
                let stand = Stand {
                    row,
                    far: (!in_sight.contains(&row)).then(|| layout.offset(row)),
                    height,
                    chosen: app.is_chosen(&item.file),
                    focused: row == focused,
                };
                let known = before.iter().position(|known| known.key.0 == visit && known.key.1 == item.file);
                let mut drawn = match known {
                    Some(known) => {
                        let mut drawn = before.swap_remove(known);
                        changed |= drawn.hold(app, self.look, item, narrow);
                        drawn
                    }
                    None => {
                        changed = true;
                        Row::new(app, self.look, (visit, item.file.clone()), item, narrow)
                    }
                };
                drawn.stand(self.look, stand);
                self.rows.push(drawn);
            }
        });
        for gone in before {
            changed = true;
            gone.element.remove();
        }
        self.put_in_order();
        changed
    }

    fn put_in_order(&self) {
        let mut next: Option<Node> = self.end.as_ref().map(|end| Node::from(Clone::clone(&**end)));
        for row in self.rows.iter().rev() {
            if row.element.parent_node().is_none() || row.element.next_sibling() != next {
                self.parent.insert(&row.element, next.as_ref());
            }
            next = Some(Node::from(Clone::clone(&*row.element)));
        }
    }
}

impl Row {
    fn new(app: App, look: Look, key: Key, item: &Item, narrow: bool) -> Self {
        let element = element("div", look.class).set("role", "row");
        let (fit, counted, picture) = (app.judge(item), app.folder_facts(&item.file), app.picture_of(item));
        let facts_shown = app.facts_shown.get();
        let row = Self {
            key,
            element,
            item: item.clone(),
            fit,
            picture,
            narrow,
            facts_shown,
            counted,
            stand: None,
        };
        row.fill(app, look);
        row
    }

    /// Shows what the file is now. Whether anything of that is new.
    fn hold(&mut self, app: App, look: Look, item: &Item, narrow: bool) -> bool {
        let (fit, counted) = (app.judge(item), app.folder_facts(&item.file));
        let facts_shown = app.facts_shown.get();
        let is_new = self.item != *item
            || self.fit != fit
            || self.narrow != narrow
            || self.facts_shown != facts_shown
            || self.counted != counted;
        let picture = app.picture_of(item);
        if self.picture != picture {
            self.picture = picture;
            if !is_new {
                self.change_picture(look);
            }
        }
        if is_new {
            (self.item, self.fit, self.narrow, self.counted) = (item.clone(), fit, narrow, counted);
            self.facts_shown = facts_shown;
            self.element.clear();
            self.fill(app, look);
        }
        is_new
    }

    fn fill(&self, app: App, look: Look) {
        let facts = if self.facts_shown {
            Facts::of(app.speech(), &self.item, self.fit)
        } else {
            Facts { reason: reason(app.speech(), self.fit), ..Facts::default() }
        };
        self.element.put("aria-label", Some(&facts.label(&self.item.name)));
        self.element.put("aria-disabled", facts.reason.is_some().then_some("true"));
        (look.fill)(app, &self.element, &self.item, &facts);
    }

    /// Puts the thumbnail in the place of what is there.
    fn change_picture(&self, look: Look) {
        if let Ok(Some(place)) = self.element.query_selector(".thumb") {
            let picture = (look.picture)(&self.item, self.picture.as_deref());
            let _ = place.replace_with_with_node_1(&picture);
        }
    }

    fn stand(&mut self, look: Look, stand: Stand) {
        let before = self.stand.replace(stand);
        let is_new = |part: fn(&Stand) -> usize| before.as_ref().map(part) != Some(part(&stand));
        if is_new(|stand| stand.row) {
            self.element.put("aria-rowindex", Some(&(stand.row + 2).to_string()));
            self.element.put("data-index", Some(&stand.row.to_string()));
        }
        if is_new(|stand| usize::from(stand.chosen)) {
            self.element.put("aria-selected", Some(if stand.chosen { "true" } else { "false" }));
        }
        if is_new(|stand| usize::from(stand.focused)) {
            self.element.put("tabindex", Some(if stand.focused { "0" } else { "-1" }));
        }
        if before.is_none_or(|before| before.far != stand.far) {
            let class =
                if stand.far.is_some() { [look.class, " far"].concat() } else { look.class.to_owned() };
            self.element.put("class", Some(&class));
            self.element.style("top", stand.far.map(pixels).as_deref());
        }
        if before.is_none_or(|before| before.height != stand.height) {
            self.element.style("height", stand.height.map(pixels).as_deref());
        }
    }
}
