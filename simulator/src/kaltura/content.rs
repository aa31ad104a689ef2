//! What kind of bytes were downloaded, as mediainfo would say.

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// Media of this type.
    Media(&'static str),
    /// Something that the first bytes do not tell.
    Unknown,
    /// A page, a text, an error in JSON.
    NotMedia,
}

/// Judges by the first bytes, then by the declared media type.
pub(super) fn judge(bytes: &[u8], declared: &str) -> Judgement {
    let starts = |prefix: &[u8]| bytes.starts_with(prefix);
    let at = |offset: usize, tag: &[u8]| bytes.get(offset..offset + tag.len()) == Some(tag);
    if at(4, b"ftyp") {
        Judgement::Media(if at(8, b"M4A") { "audio/mp4" } else { "video/mp4" })
    } else if starts(&[0x1a, 0x45, 0xdf, 0xa3]) {
        Judgement::Media("video/webm")
    } else if starts(b"\xff\xd8\xff") {
        Judgement::Media("image/jpeg")
    } else if starts(b"\x89PNG\r\n") {
        Judgement::Media("image/png")
    } else if starts(b"GIF8") {
        Judgement::Media("image/gif")
    } else if starts(b"RIFF") && at(8, b"WEBP") {
        Judgement::Media("image/webp")
    } else if starts(b"RIFF") && at(8, b"WAVE") {
        Judgement::Media("audio/wav")
    } else if starts(b"OggS") {
        Judgement::Media("audio/ogg")
    } else if starts(b"ID3") || starts(&[0xff, 0xfb]) || starts(&[0xff, 0xf3]) {
        Judgement::Media("audio/mpeg")
    } else if starts(b"<") || starts(b"{") || declared.starts_with("text/") || declared.contains("json") {
        Judgement::NotMedia
    } else {
        Judgement::Unknown
    }
}

/// The extension of an address's path, the query not looked at; empty without one.
pub(super) fn path_extension(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// Whether a source with this extension passes the restriction (SRV `configurations/base.ini`, `*_file_ext`).
pub(super) fn is_allowed_extension(extension: &str) -> bool {
    const ALLOWED: &str = " flv asf qt mov mpg mpeg avi wmv mp4 m4v 3gp vob f4v mkv mxf mts ts rm arf webm lxf \
        jpg jpeg bmp png gif tif tiff mp3 wav wma amr m4a aiff aif ra ogg ";
    !extension.is_empty() && ALLOWED.contains(&format!(" {} ", extension.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_extension_of_the_path_alone() {
        for (url, expected, allowed) in [
            ("https://h/_layouts/15/download.aspx?UniqueId=1&x=a.mp4", "aspx", false),
            ("https://h/a/b.MP4?t=1", "MP4", true),
            ("https://h/a", "", false),
        ] {
            assert_eq!(path_extension(url), expected);
            assert_eq!(is_allowed_extension(expected), allowed);
        }
    }

    #[test]
    fn tells_media_from_an_error_page() {
        assert_eq!(judge(b"\0\0\0\x20ftypisom", "application/octet-stream"), Judgement::Media("video/mp4"));
        assert_eq!(judge(b"\0\0\0\x20ftypM4A ", ""), Judgement::Media("audio/mp4"));
        assert_eq!(judge(b"<!doctype html>", "text/html"), Judgement::NotMedia);
        assert_eq!(judge(b"{\"error\":1}", "application/json"), Judgement::NotMedia);
        assert_eq!(judge(b"\x01\x02", "video/mp4"), Judgement::Unknown);
    }
}
