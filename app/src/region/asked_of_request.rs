//! On the server, the languages of the request are all there is to guess from.

use super::Region;

/// Where the person seems to be.
pub fn guess() -> Region {
    Region::of_languages(&languages())
}

#[cfg(feature = "ssr")]
fn languages() -> String {
    crate::request::languages()
}

#[cfg(not(feature = "ssr"))]
fn languages() -> String {
    String::new()
}
