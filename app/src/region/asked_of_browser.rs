//! Asks the browser.

use js_sys::{Array, Intl, Object, Reflect};
use leptos::prelude::window;

use super::Region;

/// Where the browser seems to be.
pub fn guess() -> Region {
    let options = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let zone = Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default();
    let language = window().navigator().language().unwrap_or_default();
    Region::of(&language, &zone)
}
