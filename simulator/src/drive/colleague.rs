//! What lies in the drives of colleagues and in the libraries of sites.

use super::builder::Builder;
use super::content::{Clip, Content};
use super::item::{Audience, Shared};
use super::moment::Moment;
use super::showcase::{KIB, MIB, day};
use super::site::Site;

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
            let reading = builder.folder(0, "Fourier optics reading group", day(10, 30));
            builder.change(reading, |item| item.shared = noa());
            for number in 1..=12 {
                builder.file(reading, &format!("Session {number}.mp4"), day(10, number), number * 50 * KIB);
            }
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
    match library {
        "Colloquia" => {
            let folder = builder.folder(0, "2025, spring", Moment::at(2025, 5, 14, 12, 0));
            let content = Content::sized(Clip::Lecture, 690 * MIB).lasting(3_527_000);
            let name = "Seminar – Fast Fourier transform, sixty years on.mp4";
            builder.file_of(folder, name, Moment::at(2025, 5, 14, 12, 0), content);
        }
        "Raw footage" => {
            let content = Content::sized(Clip::Mov, 4_300 * MIB).lasting(2_172_000);
            let name = "Interview about Fourier and the Egyptian expedition (rough cut, do not publish).mov";
            builder.file_of(0, name, Moment::at(2025, 1, 8, 12, 0), content);
        }
        _ => {}
    }
    if site.channels {
        builder.folder(0, "General", day(11, 11));
    }
    builder.file(0, &format!("About {}.pdf", site.name), day(9, 9), 0);
    builder.file(0, &format!("{} trailer.mp4", site.name), day(9, 19), 0);
}
