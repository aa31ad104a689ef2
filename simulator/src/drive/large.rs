//! Folders of 0, 200, 5,000 and 20,000 items, always the same.

use super::builder::Builder;
use super::moment::Moment;
use super::text::mix;

const WORDS: [&str; 12] = [
    "Seminar",
    "Lecture",
    "Tutorial",
    "Field trip",
    "Interview",
    "Rehearsal",
    "Colloquium",
    "Workshop",
    "Panel",
    "Demo",
    "Experiment",
    "Office hours",
];

/// Puts the folder "Large folders" into the root.
pub(super) fn fill(builder: &mut Builder) {
    let start = Moment::at(2022, 1, 3, 6, 0);
    let large = builder.folder(0, "Large folders", Moment::at(2026, 11, 1, 9, 0));
    builder.folder(large, "Empty", start);
    for (name, count) in [("200 items", 200), ("5,000 items", 5_000), ("20,000 items", 20_000)] {
        let folder = builder.folder(large, name, Moment::at(2026, 11, 1, 9, 0));
        for number in 1..=count {
            add(builder, folder, start, number);
        }
    }
}

fn add(builder: &mut Builder, folder: usize, start: Moment, number: u64) {
    let chance = mix(number);
    let word = WORDS.get((chance % WORDS.len() as u64) as usize).unwrap_or(&"Item");
    let modified = start.plus(chance / 100 % (4 * 365 * 86_400));
    let size = 24 * 1_024 + chance / 7 % 3_000_000;
    let ending = match chance / 13 % 20 {
        0 => {
            builder.folder(folder, &format!("{word} {number}"), modified);
            return;
        }
        1..=9 => "mp4",
        10 => "webm",
        11..=12 => "m4a",
        13 => "mp3",
        14..=15 => "jpg",
        16 => "png",
        17 => "pptx",
        18 => "pdf",
        _ => "docx",
    };
    builder.file(folder, &format!("{word} {number}.{ending}"), modified, size);
}
