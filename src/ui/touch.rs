//! Choosing by touch: a long press chooses a row, and dragging on chooses those on the way. Near the edges the list
//! scrolls along. A finger that does not rest scrolls as anywhere else.

use super::app::App;
use super::element::until_cleanup;
use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use onedrive_picker_core::picker::drag::{HOLD, rests, speed};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent, window};

/// Milliseconds between two steps of scrolling along.
const FRAME: u32 = 16;

type Point = (i32, i32);

/// What the finger is doing.
#[derive(Default)]
enum Touch {
    /// Nothing that concerns us.
    #[default]
    Away,
    /// It rests on a row, and may begin to choose.
    Resting { point: Point, _timer: Timeout },
    /// It chooses.
    Dragging { point: Point, _frames: Interval },
}

/// Watches a list for choosing by touch, until the current reactive owner ends.
pub fn watch_touch(app: App, list: &Element) {
    Finger::on(app, list);
}

/// The finger on the list. A copy is a handle.
#[derive(Clone, Copy)]
struct Finger {
    app: App,
    touch: StoredValue<Touch, LocalStorage>,
}

impl Finger {
    /// Watches a list.
    fn on(app: App, list: &Element) -> Self {
        let finger = Self { app, touch: StoredValue::new_local(Touch::Away) };
        let on = |event: &'static str, act: fn(Self, &Event)| {
            // Only a listener that may forbid scrolling, there before the finger comes, can forbid it.
            let options = EventListenerOptions::enable_prevent_default();
            until_cleanup(EventListener::new_with_options(list, event, options, move |event| {
                act(finger, event);
            }));
        };
        on("pointerdown", |finger, event| finger.down(event.unchecked_ref()));
        on("pointermove", |finger, event| finger.moved(event.unchecked_ref()));
        on("pointerup", |finger, _| finger.up());
        on("pointercancel", |finger, _| finger.up());
        for event in ["touchmove", "contextmenu"] {
            on(event, |finger, event| {
                if finger.is_dragging() {
                    event.prevent_default();
                }
            });
        }
        finger
    }

    /// Whether the finger is choosing.
    fn is_dragging(self) -> bool {
        self.touch.try_with_value(|touch| matches!(touch, Touch::Dragging { .. })) == Some(true)
    }

    /// The finger comes down.
    fn down(self, event: &PointerEvent) {
        if event.pointer_type() != "touch" || !event.is_primary() || self.app.is_single() {
            return self.up();
        }
        let point = (event.client_x(), event.client_y());
        let timer = Timeout::new(HOLD, move || self.begin());
        self.touch.set_value(Touch::Resting { point, _timer: timer });
    }

    /// The finger moves.
    fn moved(self, event: &PointerEvent) {
        let now = (event.client_x(), event.client_y());
        let mut is_off = false;
        let is_dragging = self.touch.try_update_value(|touch| match touch {
            Touch::Resting { point, .. } => {
                is_off = !rests(*point, now);
                false
            }
            Touch::Dragging { point, .. } => {
                *point = now;
                true
            }
            Touch::Away => false,
        });
        if is_off {
            self.up();
        } else if is_dragging == Some(true) {
            self.draw(now);
        }
    }

    /// The finger leaves, or the browser scrolls with it.
    fn up(self) {
        if self.is_dragging() {
            self.app.touch_ended.set(Some(self.app.now()));
        }
        self.touch.set_value(Touch::Away);
    }

    fn begin(self) {
        let point = self.touch.try_with_value(|touch| match touch {
            Touch::Resting { point, .. } => Some(*point),
            Touch::Away | Touch::Dragging { .. } => None,
        });
        let Some((point, row)) = point.flatten().and_then(|point| Some((point, row_at(point)?))) else {
            return self.up();
        };
        let frames = Interval::new(FRAME, move || self.scroll_along());
        self.touch.set_value(Touch::Dragging { point, _frames: frames });
        self.app.begin_range(row);
    }

    fn draw(self, point: Point) {
        if let Some(row) = row_at(point) {
            self.app.extend(row);
        }
    }

    fn scroll_along(self) {
        let point = self.touch.try_with_value(|touch| match touch {
            Touch::Dragging { point, .. } => Some(*point),
            Touch::Away | Touch::Resting { .. } => None,
        });
        let Some(point) = point.flatten() else { return };
        if self.app.scroll_along(|top, height| speed(point.1 - top, height)) {
            self.draw(point);
        }
    }
}

/// The row under a point of the window.
fn row_at((x, y): Point) -> Option<usize> {
    let found: Element = window()?.document()?.element_from_point(x as f32, y as f32)?;
    let row = found.closest("[data-index]").ok()??;
    row.dyn_ref::<Element>()?.get_attribute("data-index")?.parse().ok()
}
