//! Asks the browser.

use chrono::NaiveDate;
use js_sys::{Array, Date, Function, Intl, Object, Reflect, global};
use wasm_bindgen::{JsCast as _, JsValue};

/// The civil day now in a zone of the time zone database; `None` where the browser does not know the zone.
pub(super) fn day_in(zone: &str) -> Option<NaiveDate> {
    let parts = formatter(zone).ok()?.format_to_parts(&Date::new_0());
    let part = |wanted: &str| {
        parts.iter().find_map(|part| {
            let text = |name: &str| Reflect::get(&part, &name.into()).ok()?.as_string();
            (text("type")? == wanted).then(|| text("value")).flatten()?.parse::<u32>().ok()
        })
    };
    NaiveDate::from_ymd_opt(i32::try_from(part("year")?).ok()?, part("month")?, part("day")?)
}

/// Made by `Reflect`, which answers a zone that is not known with an error and not with a panic.
fn formatter(zone: &str) -> Result<Intl::DateTimeFormat, JsValue> {
    let options = Object::new();
    for (name, value) in [("timeZone", zone), ("year", "numeric"), ("month", "numeric"), ("day", "numeric")] {
        Reflect::set(&options, &name.into(), &value.into())?;
    }
    let maker: Function =
        Reflect::get(&Reflect::get(&global(), &"Intl".into())?, &"DateTimeFormat".into())?.dyn_into()?;
    Ok(Reflect::construct(&maker, &Array::of2(&"en-US".into(), &options))?.unchecked_into())
}
