//! Small pictures painted from a number: thumbnails for files without one of their own.

use super::text::mix;

/// A PNG of that size: bars over a plain ground, in colours that follow from the number.
pub(crate) fn png(number: u64, width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend_from_slice(&[8, 3, 0, 0, 0]);
    chunk(&mut file, b"IHDR", &header);
    let tone = |seed: u64, light: u64| (light + mix(number ^ seed) % 70) as u8;
    let palette =
        [tone(1, 20), tone(2, 25), tone(3, 60), tone(4, 150), tone(5, 140), tone(6, 120), 250, 250, 250];
    chunk(&mut file, b"PLTE", &palette);
    chunk(&mut file, b"IDAT", &zlib(&rows(number, width, height)));
    chunk(&mut file, b"IEND", &[]);
    file
}

/// One filter byte and `width` palette indices per row.
fn rows(number: u64, width: u32, height: u32) -> Vec<u8> {
    let bars = 3 + number % 9;
    let mut rows = Vec::with_capacity(((width + 1) * height) as usize);
    for y in 0..u64::from(height) {
        rows.push(0);
        for x in 0..u64::from(width) {
            let bar = x * bars / u64::from(width.max(1));
            let level = mix(number ^ (bar << 8)) % u64::from(height.max(1));
            let edge = y == level;
            rows.push(if edge { 2 } else { u8::from(y > level) });
        }
    }
    rows
}

/// Stored, not compressed (RFC 1950, RFC 1951 section 3.2.4).
fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = bytes.chunks(0xffff).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend_from_slice(&length.to_le_bytes());
        stream.extend_from_slice(&(!length).to_le_bytes());
        stream.extend_from_slice(block);
    }
    let (mut low, mut high) = (1_u32, 0_u32);
    for &byte in bytes {
        low = (low + u32::from(byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    stream.extend_from_slice(&(high << 16 | low).to_be_bytes());
    stream
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    file.extend_from_slice(&(content.len() as u32).to_be_bytes());
    let mut checksum = u32::MAX;
    for &byte in name.iter().chain(content) {
        checksum ^= u32::from(byte);
        for _ in 0..8 {
            checksum = (checksum >> 1) ^ (0xedb8_8320 & (checksum & 1).wrapping_neg());
        }
    }
    file.extend_from_slice(name);
    file.extend_from_slice(content);
    file.extend_from_slice(&(!checksum).to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_chunk_is_the_one_that_every_png_has() {
        assert!(png(7, 4, 4).ends_with(b"\0\0\0\0IEND\xae\x42\x60\x82"));
    }

    #[test]
    fn the_stream_carries_the_checksum_of_rfc_1950() {
        assert!(zlib(b"Wikipedia").ends_with(&0x11e6_0398_u32.to_be_bytes()));
    }
}
