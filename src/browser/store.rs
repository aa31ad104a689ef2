//! What is remembered between visits. In third-party frames and private windows storage is denied by an exception: such
//! a store forgets at once, it never fails.

use super::Browser;
use onedrive_picker_core::picker::ports::Store;
use web_sys::Storage;

/// `localStorage`, for small facts that outlive the window (never a token).
#[derive(Clone, Copy, Debug, Default)]
pub struct LocalStore;

/// `sessionStorage`, for what belongs to this window.
#[derive(Clone, Copy, Debug, Default)]
pub struct SessionStore;

fn local() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn session() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

macro_rules! store {
    ($kind:ty, $storage:path) => {
        impl Store for $kind {
            fn get(&self, key: &str) -> Option<String> {
                $storage()?.get_item(key).ok()?
            }

            fn set(&self, key: &str, value: &str) {
                if let Some(storage) = $storage() {
                    // A full store keeps what it has.
                    let _ = storage.set_item(key, value);
                }
            }

            fn remove(&self, key: &str) {
                if let Some(storage) = $storage() {
                    let _ = storage.remove_item(key);
                }
            }
        }
    };
}

store!(LocalStore, local);
store!(SessionStore, session);
store!(Browser, local);
