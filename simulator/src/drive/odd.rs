//! Names and items that break careless programs.

use super::builder::Builder;
use super::content::{Clip, Content};
use super::item::Body;
use super::moment::Moment;

/// OneDrive forbids `" * : < > ? / \ |` in names of its own; some still come from elsewhere, so two are here.
static NAMES: [&str; 22] = [
    "שיעור 1 – מבוא.mp4",
    "לוח 2026-11-09.jpg",
    "محاضرة عن الإشارات.mp4",
    "שיעור Lecture 2 (סופי).mp4",
    "講義その1.mp4",
    "Лекция 3.mp4",
    "🎬 Film 👩‍🏫 family 👨‍👩‍👧.mp4",
    "e\u{301}tude.mp3",
    "étude.mp3",
    "O'Reilly's \u{201c}best\u{201d}.mp4",
    "it''s quoted ''twice''.mp4",
    "<script>alert(1)</script>.png",
    "<img src=x onerror=alert(1)>.mp4",
    "100% & more #1 + 2 = 3; a@b,c.mp4",
    "%2F%2e%2e%2F.mp4",
    "..hidden..mp4",
    "no extension",
    ".mp4",
    "UPPER.MP4",
    "  spaces  inside  .mp4",
    "right-to-left \u{202e}4pm.exe",
    "__proto__.mp4",
];

/// Puts the folders "Odd names" and "Odd items" into the root.
pub(super) fn fill(builder: &mut Builder) {
    let names = builder.folder(0, "Odd names", DATE);
    add_names(builder, names);
    let items = builder.folder(0, "Odd items", DATE);
    add_items(builder, items);
}

/// Puts the same right into the root, and files of every kind, size and age.
pub(super) fn fill_root(builder: &mut Builder) {
    add_items(builder, 0);
    add_names(builder, 0);
    for (name, modified, size) in [
        ("Course plan.pdf", DATE, 120_000),
        ("Slides.pptx", Moment::at(2025, 1, 31, 23, 59), 4_200_000),
        ("Grades.XLSX", Moment::at(2024, 2, 29, 0, 0), 9_999),
        ("Essay.docx", Moment::at(2019, 12, 31, 12, 0), 1_023),
        ("Readings.zip", DATE, 1_500_000_000),
        ("Table.csv", DATE, 3),
        ("Scan.PNG", Moment::at(1999, 12, 31, 23, 59), 0),
        ("Everything.mov", DATE, 5 << 40),
        ("Radio.wav", DATE, 0),
        ("Drawing.svg", DATE, 800),
    ] {
        builder.file(0, name, modified, size);
    }
    builder.file_of(0, "Long podcast.mp3", DATE, Content::sized(Clip::Mp3, 90 << 20).lasting(3_661_000));
}

const DATE: Moment = Moment::at(2026, 10, 10, 10, 10);

fn add_names(builder: &mut Builder, names: usize) {
    for name in NAMES {
        builder.file(names, name, DATE, 0);
    }
    builder.file(names, &format!("{} long.mp4", "very ".repeat(79)), DATE, 0);
    let mut folder = builder.folder(names, "Nested", DATE);
    for depth in 1..=30 {
        folder = builder.folder(folder, &format!("Level {depth}"), DATE);
    }
    builder.file(folder, "At the bottom.mp4", DATE, 0);
}

fn add_items(builder: &mut Builder, items: usize) {
    let infected = builder.file(items, "Infected.mp4", DATE, 0);
    builder.change(infected, |item| item.malware = true);
    let deleted = builder.file(items, "Deleted.mp4", DATE, 0);
    builder.change(deleted, |item| item.deleted = true);
    let pending = builder.file(items, "Pending.mp4", DATE, 0);
    builder.change(pending, |item| item.pending = true);
    builder.file_of(items, "Zero bytes.mp4", DATE, Content::of(Clip::Nothing));
    builder.add(Some(items), "Neither file nor folder", DATE, Body::Neither);
    let notebook = builder.add(Some(items), "Notebook", DATE, Body::Package("oneNote"));
    builder.file(notebook, "Section.one", DATE, 0);
    builder.file_of(items, "Video that is text.mp4", DATE, Content::of(Clip::Text));
    builder.file_of(
        items,
        "Four gigabytes.mp4",
        DATE,
        Content::sized(Clip::Lecture, 4 << 30).lasting(7_200_000),
    );
    builder.file(items, "Unknown kind.xyz", DATE, 0);
}
