//! The set-up assistant's entry: mounts it on the page that `setup.html` prepared.

fn main() {
    #[cfg(target_arch = "wasm32")]
    onedrive_picker::ui::setup::mount();
}
