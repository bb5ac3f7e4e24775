//! Whether passkeys can be used on this server at all.

use leptos::prelude::*;

/// The same on both sides: browsers know no passkeys of a server that has an address of numbers only.
#[derive(Clone, Copy)]
pub(crate) struct PasskeysHere {
    possible: bool,
}

impl PasskeysHere {
    /// Once, in `App`.
    pub fn provide() {
        provide_context(Self { possible: SharedValue::new(Self::are_possible).into_inner() });
    }

    pub fn are_possible() -> bool {
        use_context::<Self>().map_or_else(decided, |here| here.possible)
    }
}

#[cfg(feature = "ssr")]
fn decided() -> bool {
    use_context::<backend::Backend>().is_some_and(|backend| backend.passkey_site.is_some())
}

#[cfg(not(feature = "ssr"))]
fn decided() -> bool {
    false
}
