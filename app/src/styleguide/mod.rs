//! `/styleguide`: every part of the kit in every state, in development builds only.

#[cfg(debug_assertions)]
mod calendars;
#[cfg(debug_assertions)]
mod controls;
#[cfg(debug_assertions)]
mod figures;
#[cfg(debug_assertions)]
mod page;
#[cfg(debug_assertions)]
mod tokens;
#[cfg(debug_assertions)]
mod waiting;
#[cfg(debug_assertions)]
mod words;

#[cfg(not(debug_assertions))]
#[path = "nothing.rs"]
mod page;

pub use page::StyleguidePage;
