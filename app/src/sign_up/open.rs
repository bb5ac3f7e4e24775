//! Whether strangers may make accounts on this server, and how.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// What whoever runs the server has decided, the same on both sides.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) struct SignUps {
    pub open: bool,
    /// An address is confirmed before there is an account.
    pub confirm_first: bool,
}

impl SignUps {
    /// Once, in `App`.
    pub fn provide() {
        provide_context(SharedValue::new(decided).into_inner());
    }

    pub fn here() -> Self {
        use_context::<Self>().unwrap_or_else(decided)
    }

    /// Whether an account can be made here.
    pub fn are_open() -> bool {
        Self::here().open
    }
}

#[cfg(feature = "ssr")]
fn decided() -> SignUps {
    use_context::<backend::Registration>().map_or(SignUps { open: true, confirm_first: false }, |here| SignUps {
        open: here.open,
        confirm_first: here.confirm_first,
    })
}

#[cfg(not(feature = "ssr"))]
fn decided() -> SignUps {
    SignUps { open: true, confirm_first: false }
}
