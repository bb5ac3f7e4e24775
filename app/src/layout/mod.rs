//! What surrounds the pages: navigation, the guard before them, the theme.

mod banner;
mod frame;
mod going;
mod guard;
mod me;
mod nav;
mod not_found;
mod shell;
mod theme;

pub use frame::{AppFrame, PlainFrame};
pub(crate) use nav::Brand;
pub use going::{go, leave_to};
pub(crate) use going::learn_to_go;
#[cfg(feature = "ssr")]
pub(crate) use guard::local_path;
pub(crate) use guard::send_to_login;
pub use guard::LogInFirst;
pub(crate) use me::Visitor;
pub use me::{Me, me};
pub use not_found::NotFoundPage;
pub use shell::shell;
pub use theme::{SaveTheme, Theme, ThemeForm, save_theme};
