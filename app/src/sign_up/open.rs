//! Whether strangers may make accounts on this server.

use leptos::prelude::*;

/// What whoever runs the server has decided, the same on both sides.
#[derive(Clone, Copy)]
pub(crate) struct SignUps {
    open: bool,
}

impl SignUps {
    /// Once, in `App`.
    pub fn provide() {
        provide_context(Self { open: SharedValue::new(Self::are_open).into_inner() });
    }

    /// Whether an account can be made here.
    pub fn are_open() -> bool {
        use_context::<Self>().map_or_else(decided, |here| here.open)
    }
}

#[cfg(feature = "ssr")]
fn decided() -> bool {
    use_context::<backend::Registration>().is_none_or(|registration| registration.open)
}

#[cfg(not(feature = "ssr"))]
fn decided() -> bool {
    true
}
