//! On the server there is nothing to draw on.

use leptos::html::Div;
use leptos::prelude::*;

use super::data::ChartData;

pub(super) fn keep_drawn(_place: NodeRef<Div>, _data: Signal<ChartData>) -> Signal<bool> {
    Signal::stored(false)
}
