//! Logging in and signing up through providers such as Google.
//!
//! ```text
//! Ways (log-in, sign-up) ▸ GET /login/with/{name} ▸ the provider ▸ …/callback ─┬▸ signed in
//!                                                                             ├▸ FinishPage     a new account
//!                                                                             ├▸ Notice         log in once, then linked
//!                                                                             └▸ TroublePage
//! ```

mod api;
mod finish;
mod here;
mod linked;
mod notice;
mod trouble;
mod ways;

pub use api::{
    LinkedWay, LinkedWays, ListWays, SignUpWith, UnlinkForm, UnlinkWay, list_ways, sign_up_with, unlink_way,
};
pub use finish::FinishPage;
pub use here::{InTrouble, SignInWith, Waiting, Way};
pub(crate) use linked::WaysCard;
pub(crate) use notice::Notice;
pub use trouble::{Trouble, TroublePage};
pub(crate) use ways::Ways;
