//! The kinds of media that may be chosen.

/// A kind of media, as Kaltura tells them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaType {
    /// `video`
    Video,
    /// `audio`
    Audio,
    /// `image`
    Image,
    /// `document`
    Document,
}

impl MediaType {
    /// All kinds.
    pub(crate) const ALL: [Self; 4] = [Self::Video, Self::Audio, Self::Image, Self::Document];

    /// The names of all kinds in the settings.
    pub(crate) const NAMES: [&'static str; 4] = ["video", "audio", "image", "document"];

    /// The kind of that exact name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind's name in the settings.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Image => "image",
            Self::Document => "document",
        }
    }
}

/// A set of kinds of media.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MediaTypes(u8);

impl MediaTypes {
    /// No kind at all.
    pub(crate) const NONE: Self = Self(0);

    /// The set with one more kind.
    #[must_use]
    pub(crate) fn with(self, kind: MediaType) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    /// Whether the kind is in the set.
    pub(crate) fn contains(self, kind: MediaType) -> bool {
        self.0 & 1 << kind as u8 != 0
    }

    /// Whether there is no kind in the set.
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The kinds in the set, in a fixed order.
    pub(crate) fn iter(self) -> impl Iterator<Item = MediaType> {
        MediaType::ALL.into_iter().filter(move |kind| self.contains(*kind))
    }
}

impl Default for MediaTypes {
    /// Video, audio and images.
    fn default() -> Self {
        Self::NONE.with(MediaType::Video).with(MediaType::Audio).with(MediaType::Image)
    }
}
