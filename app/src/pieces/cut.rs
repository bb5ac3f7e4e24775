//! Where the code is cut.

/// Writes `async fn name(…) -> Result<AnyView, SplitLoaderError>` that fetches its piece first, and `async fn load()` that
/// only fetches it. In a page that is built in one both are there as well, and wait for nothing.
macro_rules! cut {
    ($piece:ident: $vis:vis fn $name:ident, $load:ident($($arg:ident: $type:ty),*) $body:block) => {
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($piece, wasm_split_path = leptos::wasm_split, preload($load), fallible)]
        $vis fn $name($($arg: $type),*) -> Result<leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        $vis async fn $name(
            $($arg: $type),*
        ) -> Result<leptos::prelude::AnyView, leptos::wasm_split::SplitLoaderError> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        #[allow(dead_code, reason = "only some are fetched before they are shown")]
        $vis async fn $load() -> Result<(), leptos::wasm_split::SplitLoaderError> {
            Ok(())
        }
    };
}

pub(super) use cut;
