//! What lies in the drives: the folder of the design pictures and enough around it to look like somebody's work.

use super::builder::Builder;
use super::content::{Clip, Content};
use super::item::{Audience, Body, Shared, Target, Thumbnail};
use super::moment::Moment;
use super::site::Site;

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;

/// A day of the autumn term of 2026.
const fn day(month: u64, day: u64) -> Moment {
    Moment::at(2026, month, day, 9, 30)
}

/// Name, month, day, size in MiB, duration in seconds, thumbnail (DESIGN picture 01).
static SIGNALS: [(&str, u64, u64, f64, u32, usize); 9] = [
    ("Aliasing demo, rotating wheel.mov", 11, 4, 96.0, 48, 0),
    ("Lecture 01 – Introduction and course overview.mp4", 10, 20, 611.0, 3_134, 1),
    ("Lecture 02 – Linear time-invariant systems and convolution.mp4", 10, 27, 874.0, 4_492, 2),
    (
        "Lecture 03 – Fourier series, the Gibbs phenomenon and the heat equation (recorded again after the \
         microphone failed).mp4",
        11,
        3,
        803.0,
        4_177,
        3,
    ),
    ("Lecture 04 – Guest: Prof. Adeyemi on hearing aids.mp4", 11, 10, 520.0, 2_660, 4),
    ("Office hours 2026-11-12.m4a", 11, 12, 38.0, 2_467, usize::MAX),
    ("Slides 02 – Convolution.pptx", 10, 26, 14.0, 0, usize::MAX),
    ("Spectrogram of a violin, open G string.png", 11, 5, 2.4, 0, 5),
    ("Whiteboard 2026-11-09.jpg", 11, 9, 3.1, 0, 6),
];

/// Noa's folders.
pub(super) fn fill(builder: &mut Builder) {
    let teaching = builder.folder(0, "Teaching", day(11, 19));
    signals(builder, teaching);
    let acoustics = builder.folder(teaching, "Room acoustics", day(6, 12));
    for number in 1..=9 {
        let name = format!("Reverberation measurement {number}.wav");
        builder.file(acoustics, &name, day(6, number), number * 300 * KIB);
    }
    let documents = builder.folder(0, "Documents", day(10, 2));
    builder.file(documents, "Syllabus 2026-27.docx", day(9, 1), 48 * KIB);
    builder.file(documents, "Grades.xlsx", day(7, 20), 31 * KIB);
    builder.file(documents, "Travel form.pdf", day(3, 3), 212 * KIB);
    let recordings = builder.folder(0, "Recordings", day(11, 18));
    for (number, topic) in
        ["Department meeting", "Thesis colloquium", "Interview with Tomás"].iter().enumerate()
    {
        let month = 11 - number as u64;
        let name = format!("{topic} 2026-{month:02}-18.mp4");
        builder.file(recordings, &name, day(month, 18), (number as u64 + 2) * 900 * KIB);
    }
    builder.folder(0, "Attachments", day(1, 5));
    builder.add(Some(0), "Lab notebook", day(11, 1), Body::Package("oneNote"));
    builder.file(0, "Welcome to the course.mp4", day(10, 12), 0);
    builder.file(0, "Campus.jpg", day(5, 4), 0);
    builder.file(0, "Podcast jingle.mp3", day(4, 17), 0);
    builder.file(0, "Read me.txt", day(1, 5), 0);
}

fn signals(builder: &mut Builder, teaching: usize) {
    let folder = builder.folder(teaching, "Signals and Systems", day(11, 19));
    let guests = builder.folder(folder, "Guest lectures", day(10, 28));
    for number in 1..=6 {
        builder.file(guests, &format!("Guest {number}.mp4"), day(10, 20 + number), number * 150 * KIB);
    }
    let laboratory = builder.folder(folder, "Lab recordings", day(11, 19));
    for number in 1..=38 {
        let ending = if number % 5 == 0 { "webm" } else { "mp4" };
        let name = format!("Lab group {number}.{ending}");
        builder.file(laboratory, &name, day(10 + number / 20, 1 + number % 19), number * 40 * KIB);
    }
    let slides = builder.folder(folder, "Slides and handouts", day(11, 17));
    builder.change(slides, |item| item.shared = Some(Shared { audience: Audience::Organization }));
    for number in 1..=24 {
        let ending = if number % 2 == 0 { "pdf" } else { "pptx" };
        builder.file(slides, &format!("Handout {number}.{ending}"), day(9, number), number * 90 * KIB);
    }
    for &(name, month, date, size, seconds, picture) in &SIGNALS {
        let (_, clip) = Clip::for_name(name);
        let clip = if clip == Clip::Mp4 { Clip::Lecture } else { clip };
        let content = Content::sized(clip, (size * MIB as f64) as u64).lasting(seconds * 1_000);
        let place = builder.file_of(folder, name, day(month, date), content);
        builder.change(place, |item| {
            if let Body::File(file) = &mut item.body {
                file.thumbnail = file.thumbnail.map(|_| Thumbnail::Drawn(picture));
            }
        });
    }
}

/// Shortcuts to what colleagues share, and to a folder that is not shared after all.
pub(super) fn add_shortcuts(builder: &mut Builder, find: impl Fn(&str, &str) -> Option<(String, String)>) {
    for (name, owner, path) in [
        ("Acoustics lab", "tomas@openu.example", "Acoustics lab"),
        ("Field recordings", "tomas@openu.example", "Private/Field recordings"),
        ("Lena's interview.mp4", "lena@openu.example", "Shared with Noa/Interview.mp4"),
    ] {
        if let Some((drive, item)) = find(owner, path) {
            builder.shortcut(0, name, day(11, 15), Target { drive, item });
        }
    }
}

/// A colleague's folders; the part that is shared with Noa depends on who it is.
pub(super) fn fill_colleague(builder: &mut Builder, username: &str) {
    let noa = || Some(Shared { audience: Audience::Users(vec!["noa@openu.example"]) });
    let videos = builder.folder(0, "Videos", day(11, 2));
    for number in 1..=5 {
        builder.file(videos, &format!("Video {number}.mp4"), day(10, number), number * 60 * KIB);
    }
    builder.file(0, "Introduction.mp4", day(9, 14), 0);
    builder.file(0, "Portrait.jpg", day(2, 2), 0);
    builder.file(0, "Audio note.m4a", day(8, 8), 0);
    builder.file(0, "Report.docx", day(8, 9), 60 * KIB);
    match username {
        "tomas@openu.example" => {
            let laboratory = builder.folder(0, "Acoustics lab", day(11, 14));
            builder.change(laboratory, |item| item.shared = noa());
            let inner = builder.folder(laboratory, "Impulse responses", day(11, 14));
            for number in 1..=12 {
                builder.file(inner, &format!("Room {number}.wav"), day(11, number), 0);
            }
            builder.file(laboratory, "Anechoic chamber tour.mp4", day(11, 13), 2 * MIB);
            builder.file(laboratory, "Floor plan.png", day(11, 12), 0);
            let private = builder.folder(0, "Private", day(11, 10));
            let field = builder.folder(private, "Field recordings", day(11, 10));
            builder.file(field, "Heron.wav", day(11, 10), 0);
        }
        "lena@openu.example" => {
            let shared = builder.folder(0, "Shared with Noa", day(10, 30));
            let interview = builder.file(shared, "Interview.mp4", day(10, 30), 800 * KIB);
            builder.change(interview, |item| item.shared = noa());
            builder.file(shared, "Interview, uncut.mp4", day(10, 29), 900 * KIB);
        }
        _ => {}
    }
}

/// A library of a site.
pub(super) fn fill_library(builder: &mut Builder, site: &Site, library: &str) {
    let media = library != "Documents";
    for year in [2024, 2025, 2026] {
        let folder = builder.folder(0, &format!("{year}"), Moment::at(year, 11, 20, 12, 0));
        for number in 1..=15 {
            let name = match (media, number % 3) {
                (true, 0) => format!("Interview {year}-{number}.mp3"),
                (true, _) => format!("{} {year} part {number}.mp4", site.name),
                (false, 0) => format!("Minutes {year}-{number}.docx"),
                (false, 1) => format!("Poster {year}-{number}.png"),
                (false, _) => format!("Clip {year}-{number}.webm"),
            };
            builder.file(folder, &name, Moment::at(year, 1 + number % 11, number, 8, 0), number * 45 * KIB);
        }
    }
    if site.channels {
        builder.folder(0, "General", day(11, 11));
    }
    builder.file(0, &format!("About {}.pdf", site.name), day(9, 9), 0);
    builder.file(0, &format!("{} trailer.mp4", site.name), day(9, 19), 0);
}
