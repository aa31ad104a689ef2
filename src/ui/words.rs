//! Facts in words: what a row, a tray or a preview says about files.

use super::speech::Speech;
use onedrive_picker_core::graph::{Item, ItemKind, MediaKind};
use onedrive_picker_core::i18n::Message;
use onedrive_picker_core::picker::basket::Totals;
use onedrive_picker_core::picker::filter::Fit;
use onedrive_picker_core::picker::format;

/// What a row says besides the name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// "28 Oct"
    pub date: String,
    /// "52:14"
    pub length: String,
    /// "611 MB", or "6 items" for a folder
    pub size: String,
    /// Why it cannot be chosen
    pub reason: Option<String>,
}

impl Facts {
    /// The facts of an item.
    pub fn of(speech: Speech, item: &Item, fit: Fit) -> Self {
        let size = match item.kind {
            ItemKind::Folder { children: Some(count) } => {
                speech.count(Message::FolderItems, u64::from(count), &[])
            }
            ItemKind::Folder { children: None } | ItemKind::Package => String::new(),
            ItemKind::File { .. } | ItemKind::Unknown => {
                item.size.map(|size| speech.format(|formats| formats.size(size))).unwrap_or_default()
            }
        };
        Self {
            date: item.modified.map(|at| speech.format(|formats| formats.day(at))).unwrap_or_default(),
            length: item.duration.map(format::clock).unwrap_or_default(),
            size,
            reason: reason(speech, fit),
        }
    }

    /// The accessible name of the row: the file's name first.
    pub fn label(&self, name: &str) -> String {
        let mut label = name.to_owned();
        let facts = [&self.date, &self.length, &self.size].into_iter().chain(self.reason.as_ref());
        for fact in facts.filter(|fact| !fact.is_empty()) {
            label.push_str(", ");
            label.push_str(fact);
        }
        label
    }

    /// The second line on a phone.
    pub fn line(&self) -> Vec<String> {
        [&self.date, &self.length, &self.size].into_iter().filter(|fact| !fact.is_empty()).cloned().collect()
    }
}

/// Why an item cannot be chosen; `None` if it can.
pub fn reason(speech: Speech, fit: Fit) -> Option<String> {
    let message = match fit {
        Fit::Fits | Fit::Folder => return None,
        Fit::WrongKind(Some(MediaKind::Video)) => Message::CannotVideo,
        Fit::WrongKind(Some(MediaKind::Audio)) => Message::CannotAudio,
        Fit::WrongKind(Some(MediaKind::Image)) => Message::CannotImage,
        Fit::WrongKind(Some(MediaKind::Document)) => Message::CannotDocument,
        Fit::WrongKind(None) | Fit::WrongExtension => Message::CannotOther,
        Fit::TooLarge(limit) => {
            let size = speech.format(|formats| formats.size(limit));
            return Some(speech.fill(Message::CannotTooLarge, &[("size", &size)]));
        }
        Fit::OnlyFolders => Message::CannotFile,
        Fit::Malware => Message::CannotMalware,
        Fit::Package => Message::CannotPackage,
        Fit::Empty => Message::CannotEmpty,
        Fit::Pending => Message::CannotPending,
        Fit::Deleted => Message::CannotDeleted,
        _ => Message::CannotUnknown,
    };
    Some(speech.say(message))
}

/// The name of a kind of media.
pub fn kind_name(kind: Option<MediaKind>) -> Message {
    match kind {
        Some(MediaKind::Video) => Message::KindVideo,
        Some(MediaKind::Audio) => Message::KindAudio,
        Some(MediaKind::Image) => Message::KindImage,
        Some(MediaKind::Document) => Message::KindDocument,
        None => Message::KindOther,
    }
}

/// "1.4 GB · 2 h 43 min"
pub fn totals(speech: Speech, totals: &Totals) -> String {
    let mut text = speech.format(|formats| formats.size(totals.bytes));
    if totals.duration > 0 {
        text.push_str(" · ");
        // A length stays in one line.
        text.push_str(&span(speech, format::rough_span(totals.duration)).replace(' ', "\u{a0}"));
    }
    text
}

/// "1 h 9 min 37 s"
pub fn span(speech: Speech, span: format::Span) -> String {
    let parts = [("hour", span.hours), ("minute", span.minutes), ("second", span.seconds)];
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    parts
        .map(|(unit, count)| speech.format(|formats| formats.unit(unit, count)))
        .collect::<Vec<_>>()
        .join(" ")
}
