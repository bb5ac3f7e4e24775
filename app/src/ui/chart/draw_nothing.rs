//! On the server there is nothing to draw on.

use leptos::prelude::*;

use super::data::ChartData;

pub(super) fn keep_drawn(_place: String, _data: Signal<ChartData>) -> Signal<bool> {
    Signal::stored(false)
}
