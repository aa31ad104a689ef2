//! The assistant's words in the chosen locale.

use crate::ui::speech::{Speech, speech};
use leptos::prelude::*;
use onedrive_picker_core::i18n::SetupMessage;

/// A text without places. Call within a component.
pub fn tell(message: SetupMessage) -> String {
    fill(speech(), message, &[])
}

/// A text with its places filled. Call within a component.
pub fn tell_with(message: SetupMessage, places: &[(&str, &str)]) -> String {
    fill(speech(), message, places)
}

/// A text with its places filled, wherever the words are at hand.
pub fn fill(speech: Speech, message: SetupMessage, places: &[(&str, &str)]) -> String {
    speech.fill_own(message.place(), message.english(), places)
}

/// A text whose form a count decides.
pub fn count(speech: Speech, message: SetupMessage, number: usize) -> String {
    speech.count_own(message.place(), message.english(), u64::try_from(number).unwrap_or(u64::MAX))
}

/// A text around parts that are more than text, each in the place of its name. A place that the locale's text lacks
/// is left out.
pub fn tell_around(message: SetupMessage, parts: Vec<(&'static str, AnyView)>) -> impl IntoView {
    let mut parts: Vec<(String, Option<AnyView>)> =
        parts.into_iter().map(|(name, part)| (["{", name, "}"].concat(), Some(part))).collect();
    let text = tell(message);
    let mut rest = text.as_str();
    let mut pieces: Vec<AnyView> = Vec::new();
    while let Some((at, place)) = parts
        .iter()
        .enumerate()
        .filter_map(|(place, (name, _))| rest.find(name.as_str()).map(|at| (at, place)))
        .min_by_key(|(at, _)| *at)
    {
        let Some((name, part)) = parts.get_mut(place) else { break };
        pieces.push(rest.get(..at).unwrap_or_default().to_owned().into_any());
        pieces.extend(part.take());
        rest = rest.get(at + name.len()..).unwrap_or_default();
    }
    pieces.push(rest.to_owned().into_any());
    pieces
}
