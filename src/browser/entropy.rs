//! The browser's cryptographic random source (Web Cryptography API, section 10.1.1).

use super::Browser;
use onedrive_picker_core::picker::ports::{Entropy, EntropyError};

impl Entropy for Browser {
    fn random(&self) -> Result<[u8; 32], EntropyError> {
        let mut bytes = [0; 32];
        let crypto = web_sys::window().and_then(|window| window.crypto().ok()).ok_or(EntropyError)?;
        crypto.get_random_values_with_u8_array(&mut bytes).map_err(|_| EntropyError)?;
        Ok(bytes)
    }
}
