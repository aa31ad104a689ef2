//! A file name in two parts: the first gives way to an ellipsis, the second (last letters and extension) stays.

use super::element::{Built, Ready, element};
use leptos::prelude::*;
use onedrive_picker_core::picker::name::{file_name, whole_name};
use std::ops::Range;

/// Letters that a row has room for, where a name cannot be cut by the style sheet.
const FITS: usize = 64;

/// Letters that fit into the narrowest row.
const SHORT: usize = 20;

/// A name as a `bdi`, so that its direction disturbs nothing around it. That of a folder is `whole`: shown in one piece.
/// `marks` are the parts of it that were searched for, as byte ranges in ascending order.
pub fn name(name: &str, whole: bool, marks: &[(usize, usize)]) -> Built {
    // A name that fits anyway is one element: long listings stay light.
    if marks.is_empty() && name.chars().count() <= SHORT {
        return element("bdi", "name short").set("dir", "auto").text(name);
    }
    let display = if whole { whole_name(name) } else { file_name(name, FITS) };
    // A head that was made anew is that of the name only so far.
    let same = name.bytes().zip(display.head.bytes()).take_while(|(one, other)| one == other).count();
    let head = marked(&display.head, 0..same, marks);
    let tail = (!display.tail.is_empty()).then(|| {
        let start = name.len() - display.tail.len();
        marked(display.tail, start..name.len(), marks)
    });
    element("bdi", "name").set("dir", "auto").set("title", name).with(&head).with_some(tail)
}

/// The same, in a view.
#[component]
pub fn Name(
    /// The name as it is.
    name: String,
    /// Whether it is shown in one piece.
    #[prop(optional)]
    whole: bool,
) -> impl IntoView {
    Ready::from(self::name(&name, whole, &[]))
}

/// A part of a name, which stands there at these bytes, with what lies in it of the marks.
fn marked(text: &str, part: Range<usize>, marks: &[(usize, usize)]) -> Built {
    let mut piece = element("span", "");
    let mut at = 0;
    for (start, end) in marks {
        let start = start.saturating_sub(part.start).max(at);
        let end = (*end).min(part.end).saturating_sub(part.start);
        if let (Some(before), Some(mark)) =
            (text.get(at..start), text.get(start..end).filter(|mark| !mark.is_empty()))
        {
            piece = piece.text(before).with(&element("mark", "").text(mark));
            at = end;
        }
    }
    piece.text(text.get(at..).unwrap_or_default())
}
