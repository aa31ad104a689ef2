//! What kind of bytes were downloaded, as mediainfo would say.

/// The media type of these bytes, by how they begin; nothing if they are no media that could be converted.
pub(super) fn media_type(bytes: &[u8]) -> Option<&'static str> {
    let at = |offset: usize, tag: &[u8]| bytes.get(offset..offset + tag.len()) == Some(tag);
    let begins = |tags: &[&[u8]]| tags.iter().any(|tag| bytes.starts_with(tag));
    if at(4, b"ftyp") {
        return Some(match bytes.get(8..11) {
            Some(b"M4A") => "audio/mp4",
            Some(b"qt ") => "video/quicktime",
            Some(b"hei" | b"mif" | b"avi") => "image/heic",
            _ => "video/mp4",
        });
    }
    if begins(&[b"RIFF"]) {
        return Some(match bytes.get(8..12) {
            Some(b"WAVE") => "audio/wav",
            Some(b"WEBP") => "image/webp",
            _ => "video/x-msvideo",
        });
    }
    let kinds: [(&[&[u8]], &str); 12] = [
        (&[b"\x1a\x45\xdf\xa3"], "video/webm"),
        (&[b"\x30\x26\xb2\x75"], "video/x-ms-wmv"),
        (&[b"\0\0\x01\xba", b"\0\0\x01\xb3"], "video/mpeg"),
        (&[b"FLV\x01"], "video/x-flv"),
        (&[b"OggS"], "audio/ogg"),
        (&[b"fLaC"], "audio/flac"),
        (&[b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1", b"\xff\xf9"], "audio/mpeg"),
        (&[b"\xff\xd8\xff"], "image/jpeg"),
        (&[b"\x89PNG\r\n"], "image/png"),
        (&[b"GIF8"], "image/gif"),
        (&[b"BM"], "image/bmp"),
        (&[b"II*\0", b"MM\0*"], "image/tiff"),
    ];
    kinds.iter().find(|(tags, _)| begins(tags)).map(|(_, media_type)| *media_type)
}

/// The extension of an address's path, the query not looked at; empty without one.
pub(super) fn path_extension(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The extension behind the last dot of the whole link, if it is one of an image, else `jpg`: that is how an image is kept (SRV
/// `alpha/apps/kaltura/lib/batch2/kFlowHelper.php` L171-223).
pub(super) fn image_extension(url: &str) -> &str {
    const KNOWN: [&str; 7] = ["jpg", "jpeg", "bmp", "png", "gif", "tif", "tiff"];
    let extension = url.rsplit_once('.').map_or("", |(_, extension)| extension);
    if KNOWN.iter().any(|known| known.eq_ignore_ascii_case(extension)) { extension } else { "jpg" }
}

/// Whether a source with this extension passes the restriction (SRV `configurations/base.ini`, `*_file_ext`); without one it
/// does (SRV `alpha/apps/kaltura/lib/myUploadUtils.class.php` L241-275).
pub(super) fn is_allowed_extension(extension: &str) -> bool {
    const ALLOWED: &str = " flv asf qt mov mpg mpeg avi wmv mp4 m4v 3gp vob f4v mkv mxf mts ts rm arf webm lxf \
        jpg jpeg bmp png gif tif tiff mp3 wav wma amr m4a aiff aif ra ogg \
        pdf doc docx ppt pptx xls xlsx odp zip xml json csv ";
    extension.is_empty() || ALLOWED.contains(&format!(" {} ", extension.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_extension_of_the_path_alone() {
        for (url, expected, allowed) in [
            ("https://h/_layouts/15/download.aspx?UniqueId=1&x=a.mp4", "aspx", false),
            ("https://h/a/b.MP4?t=1", "MP4", true),
            ("https://h/a", "", true),
        ] {
            assert_eq!(path_extension(url), expected);
            assert_eq!(is_allowed_extension(expected), allowed);
        }
    }

    #[test]
    fn keeps_an_image_with_the_extension_of_the_whole_link_or_jpg() {
        for (url, expected) in [
            ("https://h/download.aspx?UniqueId=1", "jpg"),
            ("https://h/download.aspx?UniqueId=1&name=a.png", "png"),
            ("https://h/a.webp", "jpg"),
        ] {
            assert_eq!(image_extension(url), expected);
        }
    }

    #[test]
    fn tells_media_from_everything_else() {
        for (bytes, expected) in [
            (&b"\0\0\0\x20ftypisom"[..], Some("video/mp4")),
            (b"\0\0\0\x20ftypM4A ", Some("audio/mp4")),
            (b"RIFF\0\0\0\0WAVE", Some("audio/wav")),
            (b"\xff\xd8\xff\xe0", Some("image/jpeg")),
            (b"<!doctype html>", None),
            (b"{\"error\":1}", None),
            (b"Notes\n", None),
            (b"", None),
        ] {
            assert_eq!(media_type(bytes), expected);
        }
    }
}
