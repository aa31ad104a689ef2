//! What an import keeps of a file: enough to play it, without the zeros that fill large ones up.

use axum::body::Bytes;

/// More bytes than this before the last that is not zero are not kept.
const LIMIT: usize = 16 << 20;
static ZEROS: [u8; 1 << 16] = [0; 1 << 16];

/// The bytes so far, trailing zeros only counted.
#[derive(Debug, Default)]
pub(super) struct Kept {
    head: Vec<u8>,
    zeros: usize,
    overflowed: bool,
}

impl Kept {
    /// Takes more bytes in.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(ZEROS.len()) {
            if ZEROS.get(..chunk.len()) == Some(chunk) {
                self.zeros += chunk.len();
            } else if self.overflowed || self.head.len() + self.zeros + chunk.len() > LIMIT {
                self.overflowed = true;
            } else {
                self.head.resize(self.head.len() + self.zeros, 0);
                self.head.extend_from_slice(chunk);
                self.zeros = 0;
            }
        }
    }

    /// The first bytes, at least those that tell what the file is.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// All bytes up to the last that is not zero; nothing if they are too many.
    pub(super) fn finish(self) -> Option<Bytes> {
        (!self.overflowed).then(|| self.head.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_everything_but_the_zeros_at_the_end() {
        let mut kept = Kept::default();
        for part in [&b"film"[..], &[0; 100_000], b"end", &[0; 70_000]] {
            kept.update(part);
        }
        let bytes = kept.finish().unwrap();
        assert_eq!((bytes.len(), &bytes[..4]), (100_007, &b"film"[..]));
        assert!(bytes.ends_with(b"end"));
    }

    #[test]
    fn gives_up_on_what_is_too_large_to_keep() {
        let mut kept = Kept::default();
        for _ in 0..LIMIT / 1_000 + 1 {
            kept.update(&[7; 1_000]);
        }
        assert!(kept.finish().is_none());
    }
}
