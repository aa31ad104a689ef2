//! RS256 verification and SHA-256 by WebCrypto (RFC 7518 section 3.3; Web Cryptography API, RSASSA-PKCS1-v1_5).

use super::Browser;
use js_sys::{Array, Object, Reflect, Uint8Array};
use onedrive_picker_core::auth::keys::VerificationKey;
use onedrive_picker_core::picker::ports::Signatures;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

impl Signatures for Browser {
    async fn verify(&self, key: &VerificationKey, message: &[u8], signature: &[u8]) -> bool {
        verify(key, message, signature).await.unwrap_or(false)
    }

    async fn sha256(&self, message: &[u8]) -> Option<[u8; 32]> {
        let hash = subtle().ok()??.digest_with_str_and_u8_array("SHA-256", message).ok()?;
        let hash = Uint8Array::new(&JsFuture::from(hash).await.ok()?);
        hash.to_vec().try_into().ok()
    }
}

/// WebCrypto. Outside a secure context there is none; calling into it would throw.
fn subtle() -> Result<Option<SubtleCrypto>, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let subtle = window.crypto()?.subtle();
    Ok(if JsValue::from(subtle.clone()).is_undefined() { None } else { Some(subtle) })
}

async fn verify(key: &VerificationKey, message: &[u8], signature: &[u8]) -> Result<bool, JsValue> {
    let Some(subtle) = subtle()? else { return Ok(false) };
    let algorithm = object(&[("name", "RSASSA-PKCS1-v1_5"), ("hash", "SHA-256")])?;
    // The members are named, not copied from the provider: `alg`, `use` or `key_ops` of a foreign key change nothing.
    let jwk = object(&[("kty", "RSA"), ("n", &key.modulus), ("e", &key.exponent)])?;
    let usages = Array::of1(&"verify".into());
    let imported =
        JsFuture::from(subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &usages)?).await?;
    let verified = subtle.verify_with_object_and_u8_array_and_u8_array(
        &algorithm,
        imported.unchecked_ref::<CryptoKey>(),
        signature,
        message,
    )?;
    Ok(JsFuture::from(verified).await?.is_truthy())
}

fn object(members: &[(&str, &str)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in members {
        Reflect::set(&object, &(*name).into(), &(*value).into())?;
    }
    Ok(object)
}
