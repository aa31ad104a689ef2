//! Showing a file before it is imported.

use super::App;
use super::loading::Task;
use crate::ui::preview::Shown;
use js_sys::Reflect;
use onedrive_picker_core::graph::Item;
use onedrive_picker_core::picker::basket::Refusal;
use web_sys::Event;

impl App {
    /// Shows a file: what the row knows at once, the rest as it comes.
    pub fn preview(self, item: &Item) {
        let Some(services) = self.services() else { return };
        let before = self.previewed.with_untracked(|shown| shown.as_ref().map_or(0, |shown| shown.number));
        let number = before.wrapping_add(1);
        self.previewed.set(Some(Shown { number, item: Some(item.clone()), ..Shown::default() }));
        let file = item.file.clone();
        let task = Task::spawn(async move {
            let Some(services) = self.services() else { return };
            if let Ok(preview) = services.graph.preview(&file).await {
                let picture = services.graph.picture(&file).await.ok().flatten();
                self.previewed.update(|shown| {
                    if let Some(shown) = shown.as_mut().filter(|shown| shown.is_of(&file)) {
                        shown.link = preview.link.map(|link| link.as_str().to_owned());
                        shown.owner = preview.owner;
                        shown.picture = picture;
                        if let Some(item) = &mut shown.item {
                            // A listing does not say who changed a file, nor show more of it than a row needs.
                            item.modified_by = preview.item.modified_by;
                            item.dimensions = item.dimensions.or(preview.item.dimensions);
                        }
                    }
                });
            }
        });
        services.loads.ahead.borrow_mut().interrupt();
        *services.loads.preview.borrow_mut() = Some(task);
    }

    /// Notes what a file that plays or shows tells of itself, where Graph did not: a work account's says neither how long a sound
    /// is nor how large a picture.
    pub fn told_by_file(self, event: &Event) {
        let number = |name: &str| {
            let number = Reflect::get(event.target()?.as_ref(), &name.into()).ok()?.as_f64()?;
            // A stream has no end, and a drawing no pixels.
            (number.is_finite() && number >= 1.0 / 1024.0).then_some(number)
        };
        let pixels = |name: &str| number(name).map(|pixels| pixels as u32);
        let duration = number("duration").map(|seconds| (seconds * 1000.0) as u64);
        let dimensions = pixels("naturalWidth")
            .zip(pixels("naturalHeight"))
            .or_else(|| pixels("videoWidth").zip(pixels("videoHeight")));
        self.previewed.update(|shown| {
            if let Some(item) = shown.as_mut().and_then(|shown| shown.item.as_mut()) {
                item.duration = item.duration.or(duration);
                item.dimensions = item.dimensions.or(dimensions);
            }
        });
    }

    /// Closes the preview and gives the focus back to the row.
    pub fn close_preview(self) {
        if let Some(services) = self.services() {
            *services.loads.preview.borrow_mut() = None;
        }
        self.previewed.set(None);
        self.focus_rows();
    }

    /// Chooses the file that is shown, or takes it back.
    pub fn toggle_previewed(self, item: &Item) {
        let is_chosen = self.basket.with_untracked(|basket| basket.holds(&item.file));
        if is_chosen {
            self.remove(&item.file);
        } else if let Some(refused) = self.choose_one(item.clone()) {
            self.refuse(refused);
        }
    }

    /// Chooses one file, instead of the others if only one may be chosen; or says what refuses it.
    pub(super) fn choose_one(self, item: Item) -> Option<Refusal> {
        let single = self.is_single();
        let refused = self.basket.update(|basket| {
            if single {
                basket.clear();
            }
            basket.add([item]).err()
        });
        self.announce_choice();
        refused
    }

    /// Where the file lies, in words.
    pub fn whereabouts_of(self, item: &Item) -> String {
        self.whereabouts(item).unwrap_or_else(|| self.crumbs().join(" › "))
    }
}
