//! The picker's entry: mounts the application on the page that `index.html` prepared.

fn main() {
    #[cfg(target_arch = "wasm32")]
    onedrive_picker::ui::mount();
}
