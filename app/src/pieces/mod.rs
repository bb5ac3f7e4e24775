//! The pieces that the code of the page comes in: the first one wakes what is around every page, the others bring the
//! pages and large parts of them, each when it is first shown.
//!
//! ```text
//! shell ▸ WakeScript: the piece of this page comes along with the first
//! Route ▸ Lazy<…> ▸ cut ▸ the page, or PieceMissing
//! ```

mod cut;
mod missing;
mod pages;
mod parts;

use cut::cut;
pub(crate) use missing::PieceMissing;
pub(crate) use pages::*;
pub(crate) use parts::{load_record_form, record_form, report_view};
