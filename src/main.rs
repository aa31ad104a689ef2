//! The picker's entry: mounts the application on the page that `index.html` prepared, and says where its chunks begin.
//!
//! With the feature `split`, each split function becomes a chunk together with all that only it reaches. Split functions are exports of every
//! program that they are linked into, so they are here and not in the library; and without the splitter that `cargo xtask build` runs, such a
//! program does not load, so debug builds and `trunk serve` do without.

#[cfg(all(target_arch = "wasm32", feature = "split"))]
mod chunks {
    use futures_util::FutureExt;
    use leptos::wasm_split::{self, SplitLoaderError, wasm_split};
    use onedrive_picker::ui::{App, Chunk, Chunks, Later, SignInStep};

    /// The chunks of the program.
    pub(crate) const CHUNKS: Chunks = Chunks {
        later: Chunk {
            load: || Box::pin(async { load_later().await.is_ok() }),
            run: |app, call| {
                let _ = later(app, call).now_or_never();
            },
        },
        sign_in: Chunk {
            load: || Box::pin(async { load_sign_in().await.is_ok() }),
            run: |app, step| {
                let _ = sign_in(app, step).now_or_never();
            },
        },
    };

    #[wasm_split(later, wasm_split_path = wasm_split, preload(load_later), fallible)]
    fn later(app: App, call: Later) -> Result<(), SplitLoaderError> {
        call.run(app);
        Ok(())
    }

    #[wasm_split(sign_in, wasm_split_path = wasm_split, preload(load_sign_in), fallible)]
    fn sign_in(app: App, step: SignInStep) -> Result<(), SplitLoaderError> {
        step.run(app);
        Ok(())
    }
}

#[cfg(all(target_arch = "wasm32", not(feature = "split")))]
mod chunks {
    use onedrive_picker::ui::{Chunk, Chunks};

    /// The program in one piece.
    pub(crate) const CHUNKS: Chunks = Chunks {
        later: Chunk { load: || Box::pin(async { true }), run: |app, call| call.run(app) },
        sign_in: Chunk { load: || Box::pin(async { true }), run: |app, step| step.run(app) },
    };
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    onedrive_picker::ui::mount(chunks::CHUNKS);
}
