//! The files an account picked last: what Recent shows where Microsoft has no answer any more (the reference's
//! section 5, "Deprecations"). References and names only, never an address or a token.

use serde_json::{Value, json};

use crate::graph::{FileRef, Item};

/// A file that was picked before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Which file.
    pub file: FileRef,
    /// Its name at that time, to show before it is read again.
    pub(crate) name: String,
    /// When it was picked, in milliseconds since 1970-01-01 UTC.
    pub at: u64,
}

/// The files of one account, the last one first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    files: Vec<Past>,
}

impl History {
    /// How many files are remembered.
    pub(crate) const MOST: usize = 60;
    /// The longest stored text that is read, in bytes.
    pub(crate) const LONGEST_TEXT: usize = 65_536;

    /// The files, the last one first.
    pub fn files(&self) -> &[Past] {
        &self.files
    }

    /// Notes that files were picked now, the first of them on top.
    pub fn note<'a>(&mut self, items: impl IntoIterator<Item = &'a Item>, now: u64) {
        let mut files: Vec<Past> = Vec::with_capacity(Self::MOST);
        let new = items.into_iter().map(|item| Past {
            file: item.file.clone(),
            name: item.name.to_string(),
            at: now,
        });
        for past in new.chain(std::mem::take(&mut self.files)) {
            if files.len() < Self::MOST && !files.iter().any(|other| other.file == past.file) {
                files.push(past);
            }
        }
        self.files = files;
    }

    /// Forgets a file that is gone.
    pub fn forget(&mut self, gone: &FileRef) {
        self.files.retain(|past| past.file != *gone);
    }

    /// The history as a text to store.
    pub fn to_text(&self) -> String {
        let stored = self.files.iter().map(|past| {
            let mut stored = write_named(&past.file, &past.name);
            if let Some(members) = stored.as_object_mut() {
                members.insert("at".to_owned(), past.at.into());
            }
            stored
        });
        Value::Array(stored.collect()).to_string()
    }

    /// Reads a stored history; what cannot be read is forgotten.
    pub fn from_text(text: &str) -> Self {
        if text.len() > Self::LONGEST_TEXT {
            return Self::default();
        }
        let Ok(Value::Array(stored)) = serde_json::from_str(text) else { return Self::default() };
        let files = stored.iter().take(Self::MOST).filter_map(|stored| {
            let (file, name) = read_named(stored)?;
            Some(Past { file, name, at: stored.get("at")?.as_u64()? })
        });
        Self { files: files.collect() }
    }
}

/// A file and its name as they are stored: `{"drive", "item", "name"}`.
pub(in crate::picker) fn write_named(file: &FileRef, name: &str) -> Value {
    json!({ "drive": file.drive.as_str(), "item": file.item.as_str(), "name": name })
}

/// Reads them again.
pub(in crate::picker) fn read_named(stored: &Value) -> Option<(FileRef, String)> {
    let text = |member: &str| stored.get(member)?.as_str();
    Some((FileRef::parse(text("drive")?, text("item")?)?, text("name")?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picker::testing::{file, file_ref};
    use proptest::prelude::*;

    fn names(history: &History) -> Vec<&str> {
        history.files().iter().map(|past| past.name.as_str()).collect()
    }

    #[test]
    fn shows_the_last_pick_first_and_each_file_once() {
        let mut history = History::default();
        history.note(&[file("a.mp4"), file("b.mp4")], 1);
        history.note(&[file("c.mp4"), file("a.mp4")], 2);
        assert_eq!(names(&history), ["c.mp4", "a.mp4", "b.mp4"]);
        assert_eq!(history.files()[1].at, 2);
        history.forget(&file_ref("a.mp4"));
        assert_eq!(names(&history), ["c.mp4", "b.mp4"]);
    }

    #[test]
    fn forgets_the_oldest() {
        let mut history = History::default();
        for number in 0..100 {
            history.note(&[file(&format!("{number}.mp4"))], number);
        }
        assert_eq!(history.files().len(), History::MOST);
        assert_eq!(history.files()[0].name, "99.mp4");
    }

    #[test]
    fn starts_anew_from_a_text_it_cannot_read() {
        for text in ["", "{}", "[1]", r#"[{"drive":"","item":"1","name":"a","at":1}]"#] {
            assert_eq!(History::from_text(text), History::default(), "{text}");
        }
        assert_eq!(History::from_text(&" ".repeat(70_000)), History::default());
    }

    proptest! {
        #[test]
        fn reads_back_what_it_wrote(names in prop::collection::vec("[a-zא-ת\"\\\\ ]{1,10}", 0..8), at in any::<u64>()) {
            let mut history = History::default();
            let files: Vec<Item> = names.iter().map(|name| file(&format!("{name}.mp4"))).collect();
            history.note(&files, at);
            prop_assert_eq!(History::from_text(&history.to_text()), history);
        }

        #[test]
        fn reads_any_text(text in any::<String>()) {
            let _ = History::from_text(&text);
        }
    }
}
