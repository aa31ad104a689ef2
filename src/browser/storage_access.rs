//! The storage of this site inside a frame of another site (Storage Access API; its extension to `BroadcastChannel` in
//! Chromium 125 and later). Browsers keep it apart by default, and then the answer of a sign-in never arrives.

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, window};

/// Access to this site's own channels from within a frame.
#[derive(Clone, Debug)]
pub struct StorageAccess(JsValue);

impl StorageAccess {
    /// Whether this browser can give access at all. Others give cookies only, which bring no answer. The handle has no
    /// name to look for; this method came with it.
    pub fn is_supported() -> bool {
        Reflect::has(&document(), &"hasUnpartitionedCookieAccess".into()).unwrap_or(false)
    }

    /// Asks for access. Within a click the browser may ask the person; otherwise it only says what was decided before.
    /// `None` if it is denied, and then the click is used up.
    pub async fn request() -> Option<Self> {
        let kinds = Object::new();
        Reflect::set(&kinds, &"BroadcastChannel".into(), &true.into()).ok()?;
        let handle = call(&document(), "requestStorageAccess", &kinds).await?;
        Reflect::has(&handle, &"BroadcastChannel".into()).unwrap_or(false).then_some(Self(handle))
    }

    /// The channel of that name which the site's windows share.
    pub(super) fn channel(&self, name: &str) -> Option<BroadcastChannel> {
        let make: Function = Reflect::get(&self.0, &"BroadcastChannel".into()).ok()?.dyn_into().ok()?;
        // Not by `instanceof`: the handle may be of another realm one day.
        make.call1(&self.0, &name.into()).ok().map(JsCast::unchecked_into)
    }
}

/// Whether this frame has the site's storage already: it is framed by the same site, or the browser keeps nothing apart.
pub async fn has_storage_access() -> bool {
    call(&document(), "hasStorageAccess", &JsValue::UNDEFINED).await.is_some_and(|has| has.is_truthy())
}

fn document() -> JsValue {
    window().and_then(|window| window.document()).map_or(JsValue::UNDEFINED, JsValue::from)
}

async fn call(target: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    let method: Function = Reflect::get(target, &method.into()).ok()?.dyn_into().ok()?;
    JsFuture::from(method.call1(target, argument).ok()?.dyn_into::<Promise>().ok()?).await.ok()
}
