//! What can be imported here and, if not, why: every row stays visible and says it.

use crate::graph::{Item, ItemKind, MediaKind, Obstacle};

/// A set of kinds of media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds(u8);

impl Kinds {
    /// No kind.
    pub(crate) const NONE: Self = Self(0);

    /// The set with one more kind.
    #[must_use]
    pub(crate) const fn with(self, kind: MediaKind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    /// Whether the kind is in the set.
    pub const fn contains(self, kind: MediaKind) -> bool {
        self.0 & 1 << kind as u8 != 0
    }
}

/// What the site's settings and the host's options let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The kinds of media of the settings.
    pub kinds: Kinds,
    /// The host's filters (File Picker v8, `typesAndSources.filters`): extensions with their dot in lower case, or kinds
    /// by [`MediaKind::name`]. If there are any, a file has to match one of them, besides being of the settings' kinds.
    pub(crate) extensions: Vec<String>,
    /// The largest file, in bytes.
    pub largest: Option<u64>,
}

/// Whether an item can be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fit {
    /// It can.
    Fits,
    /// A folder: it opens, and choosing it means its files.
    Folder,
    /// A kind of media that is not imported here; `None` if it is no media at all.
    WrongKind(Option<MediaKind>),
    /// An extension that the host does not take.
    WrongExtension,
    /// A file, where the host takes folders only.
    OnlyFolders,
    /// Larger than this many bytes.
    TooLarge(u64),
    /// Microsoft found malware in it.
    Malware,
    /// A package such as a OneNote notebook: neither a file nor a folder.
    Package,
    /// A file of zero bytes.
    Empty,
    /// Still being uploaded.
    Pending,
    /// Deleted meanwhile.
    Deleted,
    /// Neither a file nor a folder that is known.
    Unknown,
}

impl Fit {
    /// Whether the row can be put into the basket by itself.
    pub fn is_file(self) -> bool {
        self == Self::Fits
    }

    /// Whether the row can be chosen: a fitting file, or a folder for its files.
    pub fn can_be_chosen(self) -> bool {
        matches!(self, Self::Fits | Self::Folder)
    }
}

impl Rules {
    /// Judges an item. What is wrong with the file itself comes before what the settings do not want, and
    /// what the settings do not want before an empty file, which may be filled later.
    pub(crate) fn judge(&self, item: &Item) -> Fit {
        match item.obstacle {
            Some(Obstacle::Deleted) => return Fit::Deleted,
            Some(Obstacle::Malware) => return Fit::Malware,
            Some(Obstacle::Pending) if item.is_file() => return Fit::Pending,
            Some(Obstacle::Pending | Obstacle::Empty | Obstacle::NotAFile) | None => {}
        }
        let media = match &item.kind {
            ItemKind::Folder { .. } => return Fit::Folder,
            ItemKind::Package => return Fit::Package,
            ItemKind::Unknown => return Fit::Unknown,
            ItemKind::File { media, .. } => *media,
        };
        if !media.is_some_and(|kind| self.kinds.contains(kind)) {
            return Fit::WrongKind(media);
        }
        if !self.extensions.is_empty() && !self.matches_filter(&item.name, media) {
            return Fit::WrongExtension;
        }
        match (item.size, self.largest) {
            (Some(0), _) => Fit::Empty,
            (Some(size), Some(largest)) if size > largest => Fit::TooLarge(largest),
            _ => Fit::Fits,
        }
    }

    fn matches_filter(&self, name: &str, media: Option<MediaKind>) -> bool {
        self.extensions.iter().any(|wanted| {
            let start = name.len().checked_sub(wanted.len());
            let end = start.filter(|_| wanted.starts_with('.')).and_then(|start| name.get(start..));
            end.is_some_and(|end| end.eq_ignore_ascii_case(wanted))
                || media.is_some_and(|kind| kind.name() == wanted)
        })
    }
}

/// What the user wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Everything.
    #[default]
    All,
    /// Files of one kind, and every folder.
    Only(MediaKind),
}

impl Show {
    /// Whether the item is shown. Folders always are: what is looked for may be inside.
    pub fn passes(self, item: &Item) -> bool {
        match self {
            Self::All => true,
            Self::Only(kind) => item.is_folder() || item.media() == Some(kind),
        }
    }
}

#[cfg(test)]
impl Kinds {
    /// Videos, sounds and pictures: what MediaSpace takes unless the administrator says otherwise.
    pub(crate) fn of_media() -> Self {
        Self::NONE.with(MediaKind::Video).with(MediaKind::Audio).with(MediaKind::Image)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picker::testing::{file, folder, item};

    fn rules() -> Rules {
        Rules { kinds: Kinds::of_media(), extensions: Vec::new(), largest: Some(5000) }
    }

    #[test]
    fn says_why_an_item_cannot_be_imported() {
        let with = |mut item: Item, change: &dyn Fn(&mut Item)| {
            change(&mut item);
            item
        };
        for (item, expected) in [
            (file("a.mp4"), Fit::Fits),
            (file("a.MP3"), Fit::Fits),
            (folder("Lectures"), Fit::Folder),
            (file("a.pptx"), Fit::WrongKind(Some(MediaKind::Document))),
            (file("a.exe"), Fit::WrongKind(None)),
            (with(file("a.mp4"), &|item| item.size = Some(5001)), Fit::TooLarge(5000)),
            (with(file("a.mp4"), &|item| item.size = Some(5000)), Fit::Fits),
            (with(file("a.mp4"), &|item| item.size = None), Fit::Fits),
            (with(file("a.mp4"), &|item| item.size = Some(0)), Fit::Empty),
            (with(file("a.mp4"), &|item| item.obstacle = Some(Obstacle::Empty)), Fit::Fits),
            (with(file("a.exe"), &|item| item.size = Some(0)), Fit::WrongKind(None)),
            (with(file("a.exe"), &|item| item.obstacle = Some(Obstacle::Malware)), Fit::Malware),
            (with(file("a.mp4"), &|item| item.obstacle = Some(Obstacle::Pending)), Fit::Pending),
            (with(file("a.mp4"), &|item| item.obstacle = Some(Obstacle::Deleted)), Fit::Deleted),
            (with(folder("a"), &|item| item.obstacle = Some(Obstacle::Deleted)), Fit::Deleted),
            (item("Notes", ItemKind::Package), Fit::Package),
            (item("Odd", ItemKind::Unknown), Fit::Unknown),
        ] {
            assert_eq!(rules().judge(&item), expected, "{item:?}");
        }
    }

    #[test]
    fn keeps_folders_under_every_filter() {
        let rules = Rules { kinds: Kinds::NONE, extensions: vec![".mov".to_owned()], largest: Some(1) };
        assert_eq!(rules.judge(&folder("a")), Fit::Folder);
        assert!(Show::Only(MediaKind::Image).passes(&folder("a")));
    }

    #[test]
    fn takes_only_the_hosts_extensions() {
        let rules = Rules { extensions: vec![".mov".to_owned(), ".mp4".to_owned()], ..rules() };
        for (name, expected) in [
            ("a.MOV", Fit::Fits),
            ("a.mp4", Fit::Fits),
            ("a.avi", Fit::WrongExtension),
            ("é.mp3", Fit::WrongExtension),
        ] {
            assert_eq!(rules.judge(&file(name)), expected, "{name}");
        }
    }

    #[test]
    fn takes_either_a_kind_or_an_extension_of_the_host() {
        let rules = Rules { extensions: vec!["video".to_owned(), ".mp3".to_owned()], ..rules() };
        for (name, expected) in [
            ("a.mov", Fit::Fits),
            ("a.mp3", Fit::Fits),
            ("a.wav", Fit::WrongExtension),
            ("a.video", Fit::WrongKind(None)),
            ("a.pdf", Fit::WrongKind(Some(MediaKind::Document))),
        ] {
            assert_eq!(rules.judge(&file(name)), expected, "{name}");
        }
    }

    #[test]
    fn shows_one_kind() {
        assert!(Show::Only(MediaKind::Video).passes(&file("a.mp4")));
        assert!(!Show::Only(MediaKind::Video).passes(&file("a.mp3")));
        assert!(!Show::Only(MediaKind::Video).passes(&item("Notes", ItemKind::Package)));
        assert!(Show::All.passes(&item("Notes", ItemKind::Package)));
    }
}
