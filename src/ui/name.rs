//! A file name in two parts: the first gives way to an ellipsis, the second (last letters and extension) stays.

use crate::picker::name::{file_name, whole_name};
use leptos::prelude::*;

/// Letters that a row has room for, where a name cannot be cut by the style sheet.
const FITS: usize = 64;

/// Letters that fit into the narrowest row.
const SHORT: usize = 20;

/// A name as a `bdi`, so that its direction disturbs nothing around it.
#[component]
pub fn Name(
    /// The name as it is.
    name: String,
    /// Whether it is a folder's: shown in one piece.
    #[prop(optional)]
    whole: bool,
    /// The parts of it that were searched for, as byte ranges in ascending order.
    #[prop(optional)]
    marks: Vec<(usize, usize)>,
) -> impl IntoView {
    let display = if whole { whole_name(&name) } else { file_name(&name, FITS) };
    let (head, tail) =
        (marked(&display.head, &marks), (!display.tail.is_empty()).then(|| display.tail.to_owned()));
    // A name that fits anyway is one element: long listings stay light.
    let short = marks.is_empty() && name.chars().count() <= SHORT;
    if short {
        return view! {
            <bdi class="name short" dir="auto">
                {name}
            </bdi>
        }
        .into_any();
    }
    view! {
        <bdi class="name" dir="auto" title=name.clone()>
            <span>{head}</span>
            {tail.map(|tail| view! { <span>{tail}</span> })}
        </bdi>
    }
    .into_any()
}

fn marked(text: &str, marks: &[(usize, usize)]) -> Vec<AnyView> {
    let mut runs = Vec::with_capacity(marks.len() * 2 + 1);
    let mut at = 0;
    for (start, end) in marks {
        let (Some(before), Some(mark)) = (text.get(at..*start), text.get(*start..*end)) else { break };
        runs.push(before.to_owned().into_any());
        runs.push(view! { <mark>{mark.to_owned()}</mark> }.into_any());
        at = *end;
    }
    runs.push(text.get(at..).unwrap_or_default().to_owned().into_any());
    runs
}
