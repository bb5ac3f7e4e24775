//! What surrounds the pages: navigation, the guard before them, the theme.

mod banner;
mod frame;
mod going;
mod guard;
mod later;
mod me;
mod nav;
mod not_found;
#[cfg(feature = "ssr")]
mod shell;
#[cfg(feature = "ssr")]
mod site_files;
mod theme;
mod today;
#[cfg(feature = "ssr")]
mod wake;

pub use frame::{AppFrame, PlainFrame};
pub(crate) use going::learn_to_go;
pub use going::{go, leave_to};
pub use guard::LogInFirst;
#[cfg(feature = "ssr")]
pub(crate) use guard::local_path;
pub(crate) use guard::{local_path_or, path_and_query, send_to_login, send_to_proof};
pub use later::PutOffConfirmation;
pub(crate) use me::Visitor;
pub use me::{Me, me};
pub(crate) use nav::Brand;
pub use not_found::NotFoundPage;
#[cfg(feature = "ssr")]
pub use shell::shell;
pub use theme::{SaveTheme, Theme, ThemeForm, save_theme};
pub use today::{Today, today};
