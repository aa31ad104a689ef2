//! The bytes behind a file: a small real media file, then filler up to the size that the listing says. Players and
//! importers meet genuine media, and a file of 800 MB costs no disk.

use std::borrow::Cow;
use std::sync::{Mutex, OnceLock, PoisonError};

use sha2::{Digest, Sha256};

use super::quick_xor_hash::QuickXorHash;
use super::retime::retime;

/// The committed media files (`simulator/media`), made once with ffmpeg's test sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clip {
    /// No bytes at all.
    Nothing,
    /// A line of text.
    Text,
    /// 3 s of H.264 and AAC, 320 × 180.
    Mp4,
    /// Two dozen frames of H.264, 1920 × 1080, that can be stretched to any duration.
    Lecture,
    /// The same as QuickTime, 320 × 180.
    Mov,
    /// 3 s of VP9 and Opus, 320 × 180.
    Webm,
    /// 3 s of AAC.
    M4a,
    /// 3 s of MP3.
    Mp3,
    /// 1 s of PCM.
    Wav,
    /// A picture, 320 × 180.
    Png,
    /// A picture, 320 × 180.
    Jpg,
    /// An empty Office package.
    Office,
    /// A page.
    Pdf,
}

impl Clip {
    /// The file's bytes.
    pub const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Nothing => b"",
            Self::Text => b"Notes\n",
            Self::Mp4 => include_bytes!("../../media/clip.mp4"),
            Self::Lecture => include_bytes!("../../media/lecture.mp4"),
            Self::Mov => include_bytes!("../../media/wheel.mov"),
            Self::Webm => include_bytes!("../../media/clip.webm"),
            Self::M4a => include_bytes!("../../media/tone.m4a"),
            Self::Mp3 => include_bytes!("../../media/tone.mp3"),
            Self::Wav => include_bytes!("../../media/tone.wav"),
            Self::Png => include_bytes!("../../media/picture.png"),
            Self::Jpg => include_bytes!("../../media/picture.jpg"),
            Self::Office => include_bytes!("../../media/office.zip"),
            Self::Pdf => include_bytes!("../../media/page.pdf"),
        }
    }

    /// Pixels across and down, of videos and pictures.
    pub const fn dimensions(self) -> Option<(u32, u32)> {
        match self {
            Self::Mp4 | Self::Mov | Self::Webm | Self::Png | Self::Jpg => Some((320, 180)),
            Self::Lecture => Some((1920, 1080)),
            _ => None,
        }
    }

    /// Milliseconds that the file lasts as committed.
    pub const fn duration(self) -> Option<u32> {
        match self {
            Self::Mp4 | Self::Webm | Self::M4a | Self::Mp3 => Some(3_000),
            Self::Lecture | Self::Mov => Some(2_000),
            Self::Wav => Some(1_000),
            _ => None,
        }
    }

    /// The MIME type and the clip for a file name, by its extension.
    pub fn for_name(name: &str) -> (&'static str, Self) {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        match extension.as_str() {
            "mp4" | "m4v" => ("video/mp4", Self::Mp4),
            "mov" => ("video/quicktime", Self::Mov),
            "webm" => ("video/webm", Self::Webm),
            "m4a" => ("audio/mp4", Self::M4a),
            "mp3" => ("audio/mpeg", Self::Mp3),
            "wav" => ("audio/wav", Self::Wav),
            "png" => ("image/png", Self::Png),
            "jpg" | "jpeg" => ("image/jpeg", Self::Jpg),
            "pdf" => ("application/pdf", Self::Pdf),
            "txt" | "md" => ("text/plain", Self::Text),
            "pptx" => {
                ("application/vnd.openxmlformats-officedocument.presentationml.presentation", Self::Office)
            }
            "docx" => {
                ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", Self::Office)
            }
            "xlsx" => ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Self::Office),
            "zip" => ("application/x-zip-compressed", Self::Office),
            _ => ("application/octet-stream", Self::Text),
        }
    }

    /// The running hash after all its bytes.
    fn hashed(self) -> QuickXorHash {
        static HASHED: Mutex<Vec<(Clip, QuickXorHash)>> = Mutex::new(Vec::new());
        let mut known = HASHED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, hash)) = known.iter().find(|(clip, _)| *clip == self) {
            return hash.clone();
        }
        let mut hash = QuickXorHash::default();
        hash.update(self.bytes());
        known.push((self, hash.clone()));
        hash
    }

    /// Filler after an MP4 lies in a `free` box (ISO/IEC 14496-12, 8.1.2); readers of the others stop at their end.
    const fn has_boxes(self) -> bool {
        matches!(self, Self::Mp4 | Self::Lecture | Self::Mov | Self::M4a)
    }
}

/// The bytes of one file.
#[derive(Clone, Debug)]
pub struct Content {
    /// What they are made from.
    pub clip: Clip,
    size: u64,
    duration: Option<u32>,
    hash: OnceLock<String>,
    digest: OnceLock<String>,
}

impl Content {
    /// The clip as it is.
    pub fn of(clip: Clip) -> Self {
        Self::sized(clip, 0)
    }

    /// The clip with filler up to `size` bytes; at least as long as the clip and a box header.
    pub fn sized(clip: Clip, size: u64) -> Self {
        let length = clip.bytes().len() as u64;
        let size = if size > length { size.max(length + 16) } else { length };
        Self { clip, size, duration: None, hash: OnceLock::new(), digest: OnceLock::new() }
    }

    /// The same stretched to that many milliseconds, if the clip can be.
    pub fn lasting(mut self, milliseconds: u32) -> Self {
        if matches!(self.clip, Clip::Lecture | Clip::Mov) {
            self.duration = Some(milliseconds);
        }
        self
    }

    /// In bytes.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// In milliseconds, of videos and sounds.
    pub fn duration(&self) -> Option<u32> {
        self.duration.or_else(|| self.clip.duration())
    }

    /// All the bytes that are not filler; the filler is zeros up to [`size`](Self::size).
    pub fn head(&self) -> Cow<'static, [u8]> {
        let clip = match self.duration {
            Some(duration) => Cow::Owned(retime(self.clip.bytes(), duration)),
            None => Cow::Borrowed(self.clip.bytes()),
        };
        let filler = self.size - clip.len() as u64;
        if filler == 0 || !self.clip.has_boxes() {
            return clip;
        }
        let mut head = clip.into_owned();
        head.extend_from_slice(&1_u32.to_be_bytes());
        head.extend_from_slice(b"free");
        head.extend_from_slice(&filler.to_be_bytes());
        Cow::Owned(head)
    }

    /// The SHA-256 of all the bytes, in hexadecimal; meant for files of some megabytes at most.
    pub fn sha_256(&self) -> &str {
        self.digest.get_or_init(|| {
            let mut bytes = self.head().into_owned();
            bytes.resize(usize::try_from(self.size).unwrap_or(0), 0);
            Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02X}")).collect()
        })
    }

    /// The QuickXorHash of all the bytes, in base64.
    pub fn quick_xor_hash(&self) -> &str {
        self.hash.get_or_init(|| {
            let head = self.head();
            // Most files begin with a clip as it is, whose part of the hash is known already.
            let (mut hash, done) = match self.duration {
                Some(_) => (QuickXorHash::default(), 0),
                None => (self.clip.hashed(), self.clip.bytes().len()),
            };
            hash.update(head.get(done..).unwrap_or_default());
            hash.zeros(self.size - head.len() as u64);
            hash.finish()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_and_hash_are_those_of_the_bytes() {
        for content in [
            Content::of(Clip::Nothing),
            Content::of(Clip::Webm),
            Content::sized(Clip::Mp4, 500_000),
            Content::sized(Clip::Jpg, 6_909),
            Content::sized(Clip::Lecture, 700_001).lasting(3_134_000),
        ] {
            let mut bytes = content.head().into_owned();
            bytes.resize(usize::try_from(content.size()).unwrap(), 0);
            let mut hash = QuickXorHash::default();
            hash.update(&bytes);
            assert_eq!(hash.finish(), content.quick_xor_hash(), "{:?}", content.clip);
        }
    }

    #[test]
    fn filler_of_an_mp4_is_one_box_up_to_the_end() {
        let content = Content::sized(Clip::Mp4, 100_000);
        let head = content.head();
        let at = Clip::Mp4.bytes().len();
        assert_eq!(&head[at..at + 8], b"\0\0\0\x01free");
        assert_eq!(u64::from_be_bytes(head[at + 8..].try_into().unwrap()), 100_000 - at as u64);
    }
}
