//! A menu that a button opens.
//!
//! ARIA: menu button pattern (APG): `menu` with `menuitem`s or `menuitemradio`s. Keys: arrows, Home, End move; Enter or
//! Space acts; Escape and Tab close and give the focus back.

use super::icon::{Icon, Shape};
use crate::browser::listen;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node, window};

/// One line of a menu.
#[derive(Clone)]
pub struct MenuItem {
    shape: Option<Shape>,
    text: String,
    checked: Option<bool>,
    /// What it does; nothing for a line between groups.
    act: Option<Rc<dyn Fn()>>,
}

impl MenuItem {
    /// A line that does something.
    pub fn new(shape: Shape, text: String, act: impl Fn() + 'static) -> Self {
        Self { shape: Some(shape), text, checked: None, act: Some(Rc::new(act)) }
    }

    /// A line that chooses one of several.
    pub fn radio(text: String, checked: bool, act: impl Fn() + 'static) -> Self {
        Self { shape: checked.then_some(Shape::Check), text, checked: Some(checked), act: Some(Rc::new(act)) }
    }

    /// A line between two groups.
    pub fn line() -> Self {
        Self { shape: None, text: String::new(), checked: None, act: None }
    }
}

/// The menu; shown while `open` is true. It stands beside its button in one positioned element.
#[component]
pub fn Menu(
    /// Its accessible name.
    label: String,
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// Its lines.
    items: Vec<MenuItem>,
    /// `above` to open upwards.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let menu = NodeRef::<Div>::new();
    let items = StoredValue::new_local(items);
    Effect::new(move |_| {
        if open.get()
            && let Some(menu) = menu.get()
        {
            focus_child(&menu, Step::First);
        }
    });
    // A click elsewhere closes it.
    let outside = StoredValue::new_local(window().and_then(|window| window.document()).map(|document| {
        listen(&document, "pointerdown", move |event| {
            let inside = event.target().is_some_and(|target| {
                let anchor = menu.get_untracked().and_then(|menu| menu.parent_element());
                anchor.is_some_and(|anchor| anchor.contains(Some(target.unchecked_ref::<Node>())))
            });
            if !inside && open.try_get_untracked() == Some(true) {
                open.set(false);
            }
        })
    }));
    on_cleanup(move || outside.dispose());
    let keys = move |event: KeyboardEvent| {
        let Some(menu) = menu.get_untracked() else { return };
        let step = match event.key().as_str() {
            "ArrowDown" => Step::Next,
            "ArrowUp" => Step::Previous,
            "Home" => Step::First,
            "End" => Step::Last,
            "Escape" | "Tab" => {
                open.set(false);
                give_back(&menu);
                if event.key() == "Escape" {
                    event.prevent_default();
                    event.stop_propagation();
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        focus_child(&menu, step);
    };
    view! {
        <Show when=move || open.get()>
            <div class=["menu ", class].concat() role="menu" aria-label=label.clone() node_ref=menu on:keydown=keys>
                {items
                    .get_value()
                    .into_iter()
                    .map(|item| {
                        let Some(act) = item.act else {
                            return view! { <hr role="separator" /> }.into_any();
                        };
                        view! {
                            <button
                                type="button"
                                role=if item.checked.is_some() { "menuitemradio" } else { "menuitem" }
                                aria-checked=item.checked.map(|checked| if checked { "true" } else { "false" })
                                tabindex="-1"
                                on:click=move |_| {
                                    if let Some(menu) = menu.get_untracked() {
                                        give_back(&menu);
                                    }
                                    open.set(false);
                                    act();
                                }
                            >
                                {match item.shape {
                                    Some(shape) => view! { <Icon shape /> }.into_any(),
                                    None => view! { <span class="icon"></span> }.into_any(),
                                }}
                                {item.text}
                            </button>
                        }
                            .into_any()
                    })
                    .collect_view()}
            </div>
        </Show>
    }
}

#[derive(Clone, Copy)]
enum Step {
    First,
    Last,
    Next,
    Previous,
}

fn focus_child(menu: &HtmlElement, step: Step) {
    let Ok(children) = menu.query_selector_all("button") else { return };
    let count = children.length();
    let current = window()
        .and_then(|window| window.document())
        .and_then(|document| document.active_element())
        .and_then(|active| {
            (0..count).find(|index| children.item(*index).as_ref() == Some(active.unchecked_ref::<Node>()))
        });
    let index = match (step, current) {
        (Step::First, _) | (Step::Next, None) => 0,
        (Step::Last, _) | (Step::Previous, None) => count.saturating_sub(1),
        (Step::Next, Some(index)) => (index + 1) % count.max(1),
        (Step::Previous, Some(index)) => (index + count - 1) % count.max(1),
    };
    if let Some(child) = children.item(index) {
        let _ = child.unchecked_into::<HtmlElement>().focus();
    }
}

/// Gives the focus back to the button beside the menu.
fn give_back(menu: &HtmlElement) {
    let button =
        menu.parent_element().and_then(|anchor| anchor.query_selector("[aria-haspopup=menu]").ok().flatten());
    if let Some(button) = button {
        let _ = button.unchecked_into::<HtmlElement>().focus();
    }
}
