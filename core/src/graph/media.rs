//! What kind of media a file is for Kaltura (reference kaltura-import.md section 4).

/// A kind of media that Kaltura takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    /// A video.
    Video,
    /// A sound recording.
    Audio,
    /// A picture.
    Image,
    /// A document.
    Document,
}

impl MediaKind {
    /// The kind's name in the settings and in host messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Image => "image",
            Self::Document => "document",
        }
    }

    /// Judges a file: by MIME type first, then by the facets that Graph gives, then by the extension.
    ///
    /// The order settles `.ogg`, which Kaltura's server calls audio and its console video.
    pub(crate) fn of_file(name: &str, mime: Option<&str>, facet: Option<Self>) -> Option<Self> {
        mime.and_then(of_mime).or(facet).or_else(|| extension(name).and_then(of_extension))
    }
}

/// Kaltura's number for a file: `KalturaMediaType` (video 1, image 2, audio 5), and for documents
/// `KalturaDocumentType` (document 11, PDF 13), which the server keeps in the same field of an entry. `None` for
/// what Kaltura does not take.
pub(crate) fn kaltura_media_type(kind: Option<MediaKind>, name: &str, mime: Option<&str>) -> Option<u8> {
    match kind? {
        MediaKind::Video => Some(1),
        MediaKind::Image => Some(2),
        MediaKind::Audio => Some(5),
        MediaKind::Document => {
            let is_pdf = mime.is_some_and(|mime| essence(mime).eq_ignore_ascii_case("application/pdf"))
                || extension(name).is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"));
            Some(if is_pdf { 13 } else { 11 })
        }
    }
}

/// The extension without its dot, as written; `None` if what follows the last dot is no extension.
pub fn extension(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let fits = (1..=8).contains(&extension.len())
        && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && extension.bytes().any(|byte| byte.is_ascii_alphabetic());
    (fits && !stem.is_empty()).then_some(extension)
}

/// The name without its extension: what an entry is called in Kaltura.
pub(crate) fn stem(name: &str) -> &str {
    let cut = extension(name).map_or(0, |extension| extension.len() + 1);
    name.get(..name.len() - cut).unwrap_or(name)
}

/// The type without parameters: `video/mp4; codecs=…` is `video/mp4`.
fn essence(mime: &str) -> &str {
    mime.split(';').next().unwrap_or_default().trim()
}

fn of_mime(mime: &str) -> Option<MediaKind> {
    let essence = essence(mime);
    let (class, subtype) = essence.split_once('/')?;
    let lower = subtype.to_ascii_lowercase();
    if class.eq_ignore_ascii_case("video") {
        Some(MediaKind::Video)
    } else if class.eq_ignore_ascii_case("audio") {
        Some(MediaKind::Audio)
    } else if class.eq_ignore_ascii_case("image") {
        // A drawing of AutoCAD or Photoshop is "image" to IANA and no picture to Kaltura.
        (!matches!(lower.as_str(), "vnd.dwg" | "vnd.dxf" | "vnd.adobe.photoshop")).then_some(MediaKind::Image)
    } else if class.eq_ignore_ascii_case("text") {
        matches!(lower.as_str(), "plain" | "csv").then_some(MediaKind::Document)
    } else if class.eq_ignore_ascii_case("application") {
        of_application(&lower)
    } else {
        None
    }
}

fn of_application(subtype: &str) -> Option<MediaKind> {
    const OPEN_XML: &str = "vnd.openxmlformats-officedocument.";
    match subtype {
        "mxf" | "vnd.rn-realmedia" => Some(MediaKind::Video),
        "pdf" | "msword" | "vnd.ms-powerpoint" | "vnd.ms-excel" => Some(MediaKind::Document),
        _ if subtype.starts_with(OPEN_XML) => Some(MediaKind::Document),
        _ if subtype.starts_with("vnd.oasis.opendocument.") => Some(MediaKind::Document),
        _ => None,
    }
}

fn of_extension(extension: &str) -> Option<MediaKind> {
    const VIDEO: &str = "flv asf qt mov mpg mpeg avi wmv mp4 m4v 3gp vob f4v mkv mxf mts ts rm arf webm lxf rv rmvb \
                          ogv m2v";
    const AUDIO: &str = "mp3 wav wma amr m4a aiff aif ra ogg flac aac opus";
    const IMAGE: &str = "jpg jpeg bmp png gif tif tiff webp heic";
    const DOCUMENT: &str = "pdf doc docx ppt pptx xls xlsx csv txt odt odp ods";
    [
        (VIDEO, MediaKind::Video),
        (AUDIO, MediaKind::Audio),
        (IMAGE, MediaKind::Image),
        (DOCUMENT, MediaKind::Document),
    ]
    .into_iter()
    .find(|(known, _)| known.split(' ').any(|known| known.eq_ignore_ascii_case(extension)))
    .map(|(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn judges_by_mime_then_facet_then_extension() {
        use MediaKind::{Audio, Document, Image, Video};
        for (name, mime, facet, expected) in [
            ("a.mp4", Some("video/mp4"), None, Some(Video)),
            ("a.bin", Some("VIDEO/MP4; codecs=avc1"), None, Some(Video)),
            ("a.ogg", Some("audio/ogg"), None, Some(Audio)),
            ("a.ogg", Some("video/ogg"), None, Some(Video)),
            ("a.ogg", Some("application/octet-stream"), Some(Video), Some(Video)),
            ("a.ogg", None, None, Some(Audio)),
            ("a.MP4", Some("application/octet-stream"), None, Some(Video)),
            ("a.mxf", Some("application/mxf"), None, Some(Video)),
            ("a.ts", None, None, Some(Video)),
            ("a.m4a", None, None, Some(Audio)),
            ("a.flac", None, None, Some(Audio)),
            ("a.jpeg", None, None, Some(Image)),
            ("a", Some("image/png"), None, Some(Image)),
            ("a.psd", Some("image/vnd.adobe.photoshop"), None, None),
            ("a.pdf", Some("application/pdf"), None, Some(Document)),
            (
                "a.docx",
                Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
                None,
                Some(Document),
            ),
            ("a.txt", Some("text/plain"), None, Some(Document)),
            ("a.html", Some("text/html"), None, None),
            ("a.zip", Some("application/zip"), None, None),
            ("a.mp4.exe", None, None, None),
            ("a", None, None, None),
            ("mp4", None, None, None),
        ] {
            assert_eq!(MediaKind::of_file(name, mime, facet), expected, "{name} {mime:?}");
        }
    }

    #[test]
    fn numbers_kinds_as_kaltura_does() {
        for (kind, name, expected) in [
            (Some(MediaKind::Video), "a.mp4", Some(1)),
            (Some(MediaKind::Image), "a.png", Some(2)),
            (Some(MediaKind::Audio), "a.mp3", Some(5)),
            (Some(MediaKind::Document), "a.docx", Some(11)),
            (Some(MediaKind::Document), "a.PDF", Some(13)),
            (None, "a.zip", None),
        ] {
            assert_eq!(kaltura_media_type(kind, name, None), expected, "{name}");
        }
    }

    #[test]
    fn cuts_only_a_real_extension() {
        for (name, expected) in [
            ("Lecture 1.mp4", "Lecture 1"),
            ("Lecture 1. Introduction", "Lecture 1. Introduction"),
            ("archive.tar.gz", "archive.tar"),
            (".htaccess", ".htaccess"),
            ("Release 2.0", "Release 2.0"),
            ("a.7z", "a"),
            ("שיעור 1.mp4", "שיעור 1"),
            ("a.", "a."),
            ("no extension", "no extension"),
        ] {
            assert_eq!(stem(name), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn stem_and_extension_make_the_name(name in any::<String>()) {
            let whole = extension(&name).map_or_else(|| stem(&name).to_owned(), |extension| format!("{}.{extension}", stem(&name)));
            prop_assert_eq!(whole, name);
        }

        #[test]
        fn judges_any_words_without_panic(name in any::<String>(), mime in any::<String>()) {
            let _ = MediaKind::of_file(&name, Some(&mime), None);
        }
    }
}
