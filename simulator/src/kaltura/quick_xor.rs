//! QuickXorHash, the only hash that OneDrive for Business lists
//! (<https://learn.microsoft.com/onedrive/developer/code-snippets/quickxorhash>).

use base64::{Engine as _, engine::general_purpose::STANDARD};

const BYTES: usize = 20;
const SHIFT: u64 = 11;

/// A hash in the making: each byte is XORed in 11 bits further on around a circle of 160 bits, the length at last.
#[derive(Clone, Debug, Default)]
pub struct QuickXor {
    cells: [u8; BYTES],
    length: u64,
}

impl QuickXor {
    /// Takes more bytes in.
    pub fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let bit = (self.length * SHIFT % (BYTES as u64 * 8)) as usize;
            let [low, high] = (u16::from(*byte) << (bit % 8)).to_le_bytes();
            if let Some(cell) = self.cells.get_mut(bit / 8) {
                *cell ^= low;
            }
            if let Some(cell) = self.cells.get_mut((bit / 8 + 1) % BYTES) {
                *cell ^= high;
            }
            self.length += 1;
        }
    }

    /// How many bytes it has taken in.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// The hash as Graph lists it: Base64 of 20 bytes.
    pub fn finish(mut self) -> String {
        for (cell, byte) in self.cells.iter_mut().skip(BYTES - 8).zip(self.length.to_le_bytes()) {
            *cell ^= byte;
        }
        STANDARD.encode(self.cells)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(bytes: &[u8]) -> String {
        let mut hash = QuickXor::default();
        hash.update(bytes);
        hash.finish()
    }

    #[test]
    fn agrees_with_the_definition_bit_by_bit() {
        let bytes: Vec<u8> = (0..1000_u32).map(|number| (number * 7 + 3) as u8).collect();
        let mut bits = [false; 160];
        for (index, byte) in bytes.iter().enumerate() {
            for bit in 0..8 {
                bits[(index * 11 + bit) % 160] ^= byte >> bit & 1 == 1;
            }
        }
        for (index, byte) in (bytes.len() as u64).to_le_bytes().iter().enumerate() {
            for bit in 0..8 {
                bits[(12 + index) * 8 + bit] ^= byte >> bit & 1 == 1;
            }
        }
        let expected: Vec<u8> = bits
            .chunks(8)
            .map(|chunk| chunk.iter().rev().fold(0, |sum, bit| sum << 1 | u8::from(*bit)))
            .collect();
        assert_eq!(hash(&bytes), STANDARD.encode(expected));
    }

    #[test]
    fn knows_the_hashes_that_others_have_published() {
        assert_eq!(hash(b""), "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        assert_eq!(hash(b"J"), "SgAAAAAAAAAAAAAAAQAAAAAAAAA=");
    }

    #[test]
    fn does_not_care_how_the_bytes_come() {
        let mut parts = QuickXor::default();
        parts.update(b"lecture ");
        parts.update(b"one");
        assert_eq!(parts.length(), 11);
        assert_eq!(parts.finish(), hash(b"lecture one"));
    }
}
