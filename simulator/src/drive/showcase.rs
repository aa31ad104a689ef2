//! Noa's drive: the folder of the design pictures, in English and in Hebrew, and enough around it to look like
//! somebody's work.

use super::builder::Builder;
use super::content::{Clip, Content};
use super::item::{Audience, Body, Shared, Target, Thumbnail};
use super::moment::Moment;

pub(super) const KIB: u64 = 1 << 10;
pub(super) const MIB: u64 = 1 << 20;

/// A day of the autumn term of 2026.
pub(super) const fn day(month: u64, day: u64) -> Moment {
    Moment::at(2026, month, day, 9, 30)
}

/// What a lecture or its like is made of.
struct Recording {
    name: &'static str,
    hebrew: &'static str,
    modified: Moment,
    /// In tenths of a MiB.
    size: u64,
    /// In seconds.
    duration: u32,
    /// The number of its drawn thumbnail.
    picture: usize,
}

const fn recording(
    (name, hebrew): (&'static str, &'static str),
    modified: Moment,
    (size, duration): (u64, u32),
    picture: usize,
) -> Recording {
    Recording { name, hebrew, modified, size, duration, picture }
}

/// The files of the design pictures 01 and 03.
static SIGNALS: [Recording; 9] = [
    recording(
        ("Aliasing demo, rotating wheel.mov", "Aliasing demo, rotating wheel.mov"),
        day(11, 4),
        (960, 48),
        0,
    ),
    recording(
        ("Lecture 01 – Introduction and course overview.mp4", "הרצאה 01 – מבוא וסקירת הקורס.mp4"),
        day(10, 20),
        (6_110, 3_134),
        1,
    ),
    recording(
        (
            "Lecture 02 – Linear time-invariant systems and convolution.mp4",
            "הרצאה 02 – מערכות LTI וקונבולוציה.mp4",
        ),
        day(10, 27),
        (8_740, 4_492),
        2,
    ),
    recording(
        (
            "Lecture 03 – Fourier series, the Gibbs phenomenon and the heat equation (recorded again after the \
             microphone failed).mp4",
            "הרצאה 03 – טורי פורייה, תופעת Gibbs ומשוואת החום (הוקלטה שוב לאחר תקלה במיקרופון).mp4",
        ),
        day(11, 3),
        (8_030, 4_177),
        3,
    ),
    recording(
        (
            "Lecture 04 – Guest: Prof. Adeyemi on hearing aids.mp4",
            "הרצאה 04 – פרופ׳ Adeyemi על מכשירי שמיעה.mp4",
        ),
        day(11, 10),
        (5_200, 2_660),
        4,
    ),
    recording(("Office hours 2026-11-12.m4a", "שעות קבלה 2026-11-12.m4a"), day(11, 12), (380, 2_467), 0),
    recording(("Slides 02 – Convolution.pptx", "מצגת 02 – קונבולוציה.pptx"), day(10, 26), (140, 0), 0),
    recording(
        ("Spectrogram of a violin, open G string.png", "Spectrogram of a violin, open G string.png"),
        day(11, 5),
        (24, 0),
        5,
    ),
    recording(("Whiteboard 2026-11-09.jpg", "לוח 2026-11-09.jpg"), day(11, 9), (31, 0), 6),
];

/// Noa's folders.
pub(super) fn fill(builder: &mut Builder) {
    let teaching = builder.folder(0, "Teaching", day(11, 19));
    let names = ["Guest lectures", "Lab recordings", "Slides and handouts"];
    signals(builder, teaching, "Signals and Systems", names, |recording| recording.name);
    let names = ["הרצאות אורח", "הקלטות מעבדה", "מצגות ודפי עזר"];
    signals(builder, 0, "אותות ומערכות", names, |recording| recording.hebrew);
    more_teaching(builder, teaching);
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
    let radio = builder.folder(0, "Radio", Moment::at(2025, 6, 1, 9, 0));
    let season = builder.folder(radio, "Season 2", Moment::at(2025, 3, 2, 9, 0));
    let podcast = Moment::at(2025, 3, 2, 9, 0);
    builder.file(season, "Podcast – Joseph Fourier, a life.mp3", podcast, 26 * MIB);
    builder.file(season, "Podcast – Ada Lovelace.mp3", podcast.plus(604_800), 24 * MIB);
    builder.folder(0, "Attachments", day(1, 5));
    builder.add(Some(0), "Lab notebook", day(11, 1), Body::Package("oneNote"));
    builder.file(0, "Welcome to the course.mp4", day(10, 12), 0);
    builder.file(0, "Campus.jpg", day(5, 4), 0);
    builder.file(0, "Podcast jingle.mp3", day(4, 17), 0);
    builder.file(0, "Read me.txt", day(1, 5), 0);
}

/// The folder of the pictures, in one of the languages.
fn signals(
    builder: &mut Builder,
    parent: usize,
    name: &str,
    [guests, laboratory, slides]: [&str; 3],
    name_of: fn(&Recording) -> &'static str,
) {
    let folder = builder.folder(parent, name, day(11, 19));
    let guests = builder.folder(folder, guests, day(10, 28));
    for number in 1..=6 {
        builder.file(guests, &format!("Guest {number}.mp4"), day(10, 20 + number), number * 150 * KIB);
    }
    let laboratory = builder.folder(folder, laboratory, day(11, 19));
    for number in 1..=38 {
        let name = match number {
            4 => "Lab 4 – Measuring a square wave, Fourier coefficients by hand.mp4".to_owned(),
            _ if number % 5 == 0 => format!("Lab {number}.webm"),
            _ => format!("Lab {number}.mp4"),
        };
        builder.file(laboratory, &name, day(10 + number / 20, 1 + number % 19), number * 40 * KIB);
    }
    let slides = builder.folder(folder, slides, day(11, 17));
    builder.change(slides, |item| item.shared = Some(Shared { audience: Audience::Organization }));
    for number in 1..=24 {
        let ending = if number % 2 == 0 { "pdf" } else { "pptx" };
        builder.file(slides, &format!("Handout {number}.{ending}"), day(9, number), number * 90 * KIB);
    }
    for recording in &SIGNALS {
        let name = name_of(recording);
        let clip = match Clip::for_name(name) {
            (_, Clip::Mp4) => Clip::Lecture,
            (_, clip) => clip,
        };
        let content = Content::sized(clip, recording.size * MIB / 10).lasting(recording.duration * 1_000);
        let place = builder.file_of(folder, name, recording.modified, content);
        builder.change(place, |item| {
            if let Body::File(file) = &mut item.body {
                file.thumbnail = file.thumbnail.map(|_| Thumbnail::Drawn(recording.picture));
            }
        });
    }
}

/// Other folders below "Teaching".
fn more_teaching(builder: &mut Builder, teaching: usize) {
    let acoustics = builder.folder(teaching, "Room acoustics", day(6, 12));
    for number in 1..=9 {
        let name = format!("Reverberation measurement {number}.wav");
        builder.file(acoustics, &name, day(6, number), number * 300 * KIB);
    }
    let drafts = builder.folder(teaching, "Drafts", day(11, 17));
    let content = Content::sized(Clip::Lecture, 829 * MIB).lasting(4_263_000);
    builder.file_of(
        drafts,
        "Lecture 05 – From Fourier series to the Fourier transform.mp4",
        day(11, 17),
        content,
    );
    builder.file(drafts, "fourier-violin-partials.png", day(11, 5), 1_800 * KIB);
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
