//! Stretches a video: the same frames over another time, so that a file of a few kilobytes really lasts as long as
//! its listing says.

/// The file lasting that many milliseconds. It must have one track with equal frame times and 32-bit times
/// (ISO/IEC 14496-12, version 0 boxes); any other comes back as it was.
pub(crate) fn retime(file: &[u8], milliseconds: u32) -> Vec<u8> {
    let mut stretched = file.to_vec();
    match stretch(&mut stretched, milliseconds) {
        Some(()) => stretched,
        None => file.to_vec(),
    }
}

fn stretch(file: &mut [u8], milliseconds: u32) -> Option<()> {
    let track = &["moov", "trak"];
    let frame_times = find(file, &[track.as_slice(), &["mdia", "minf", "stbl", "stts"]].concat())?;
    let frames = read(file, frame_times + 8)?;
    write(file, frame_times + 12, milliseconds)?;
    let media = find(file, &[track.as_slice(), &["mdia", "mdhd"]].concat())?;
    write(file, media + 12, frames.checked_mul(1_000)?)?;
    write(file, media + 16, frames.checked_mul(milliseconds)?)?;
    let movie = find(file, &["moov", "mvhd"])?;
    write(file, movie + 12, 1_000)?;
    write(file, movie + 16, milliseconds)?;
    let track_header = find(file, &[track.as_slice(), &["tkhd"]].concat())?;
    write(file, track_header + 20, milliseconds)?;
    if let Some(edits) = find(file, &[track.as_slice(), &["edts", "elst"]].concat()) {
        write(file, edits + 8, milliseconds)?;
    }
    Some(())
}

/// Where the content of the box begins that the path names.
fn find(file: &[u8], path: &[&str]) -> Option<usize> {
    let (mut start, mut end) = (0, file.len());
    for name in path {
        let mut at = start;
        loop {
            let size = read(file, at)? as usize;
            if at >= end || size < 8 {
                return None;
            }
            if file.get(at + 4..at + 8)? == name.as_bytes() {
                (start, end) = (at + 8, at + size);
                break;
            }
            at += size;
        }
    }
    Some(start)
}

fn read(file: &[u8], at: usize) -> Option<u32> {
    file.get(at..at + 4).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes)
}

fn write(file: &mut [u8], at: usize, value: u32) -> Option<()> {
    file.get_mut(at..at + 4)?.copy_from_slice(&value.to_be_bytes());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_alone_what_it_does_not_understand() {
        for file in [&b""[..], b"abc", b"\0\0\0\x08moov", b"\0\0\0\0moov", &[0xff; 64]] {
            assert_eq!(retime(file, 5_000), file);
        }
    }

    #[test]
    fn stretches_a_real_video() {
        let file = include_bytes!("../../media/lecture.mp4");
        let stretched = retime(file, 3_134_000);
        assert_eq!(stretched.len(), file.len());
        let movie = find(&stretched, &["moov", "mvhd"]).unwrap();
        assert_eq!(
            (read(&stretched, movie + 12), read(&stretched, movie + 16)),
            (Some(1_000), Some(3_134_000))
        );
        let media = find(&stretched, &["moov", "trak", "mdia", "mdhd"]).unwrap();
        let (scale, duration) =
            (read(&stretched, media + 12).unwrap(), read(&stretched, media + 16).unwrap());
        assert_eq!(duration / scale, 3_134);
    }
}
