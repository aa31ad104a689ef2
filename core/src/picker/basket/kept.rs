//! The basket as a small text, to survive a reload or a sign-in by redirect. References and names only: what became of
//! the files meanwhile is read again before they are shown.

use serde_json::Value;

use super::{Basket, Content};
use crate::graph::{FileRef, Item};
use crate::picker::history::{read_named, write_named};

/// A choice to be restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The file or folder.
    pub file: FileRef,
    /// Its name at that time.
    pub(crate) name: String,
    /// Whether it is a folder, whose files are to be counted again.
    pub(crate) is_folder: bool,
}

/// The most choices that are kept.
const MOST_KEPT: usize = 1_000;
/// The longest text that is read, in bytes.
const LONGEST_TEXT: usize = 524_288;

impl Basket {
    /// What is chosen, as a text; empty if nothing is.
    pub fn to_text(&self) -> String {
        write_kept(self.choices().iter().map(|choice| (&choice.item, choice.content != Content::File)))
    }
}

/// Files and, marked so, folders as a text for [`read_kept`]; empty if there are none.
pub fn write_kept<'a>(items: impl Iterator<Item = (&'a Item, bool)>) -> String {
    let stored = items.take(MOST_KEPT).map(|(item, is_folder)| {
        let mut stored = write_named(&item.file, &item.name);
        if let Some(members) = stored.as_object_mut().filter(|_| is_folder) {
            members.insert("folder".to_owned(), true.into());
        }
        stored
    });
    let stored: Vec<Value> = stored.collect();
    if stored.is_empty() { String::new() } else { Value::Array(stored).to_string() }
}

/// Reads what [`Basket::to_text`] or [`write_kept`] wrote, in the order of choosing. What cannot be read is left out.
pub fn read_kept(text: &str) -> Vec<Kept> {
    if text.len() > LONGEST_TEXT {
        return Vec::new();
    }
    let Ok(Value::Array(stored)) = serde_json::from_str(text) else { return Vec::new() };
    let mut kept: Vec<Kept> = Vec::with_capacity(stored.len().min(MOST_KEPT));
    for stored in stored.iter().take(MOST_KEPT) {
        if let Some((file, name)) = read_named(stored)
            && !kept.iter().any(|other| other.file == file)
        {
            let is_folder = stored.get("folder").and_then(Value::as_bool) == Some(true);
            kept.push(Kept { file, name, is_folder });
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picker::testing::{file, folder};
    use proptest::prelude::*;

    #[test]
    fn keeps_files_and_folders_in_order() {
        let mut basket = Basket::new(10);
        assert_eq!(basket.to_text(), "");
        basket.add([file("b.mp4")]).unwrap();
        basket.add_folder(folder("F")).unwrap();
        basket.add([file("a \"quoted\".mp4")]).unwrap();
        let kept = read_kept(&basket.to_text());
        let told: Vec<_> = kept.iter().map(|kept| (kept.name.as_str(), kept.is_folder)).collect();
        assert_eq!(told, [("b.mp4", false), ("F", true), ("a \"quoted\".mp4", false)]);
    }

    #[test]
    fn restores_nothing_from_a_foreign_text() {
        for text in ["", "{}", "[1]", "[{\"drive\":\"\",\"item\":\"1\",\"name\":\"\"}]", "[[]"] {
            assert_eq!(read_kept(text), Vec::new(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reads_any_text(text in any::<String>()) {
            let _ = read_kept(&text);
        }
    }
}
