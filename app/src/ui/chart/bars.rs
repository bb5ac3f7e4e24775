//! Bars as plain marks: for paper, and where no script draws.

use leptos::prelude::*;

use super::data::{ChartData, Series, SeriesTone};

/// Units from the lowest amount to the highest, and those of one place.
const HIGH: i64 = 1000;
const PLACE: usize = 100;

impl SeriesTone {
    fn class(self) -> &'static str {
        match self {
            Self::Spending => "plain-spending",
            Self::Income => "plain-income",
            Self::Net => "plain-net",
        }
    }
}

/// Which colour is what, where there is more than one; the table says it to those who do not see.
#[component]
pub(super) fn BarKeys(data: Signal<ChartData>) -> impl IntoView {
    move || {
        data.with(|data| {
            let all = || data.series.iter().chain(&data.line);
            let keys = all().map(|series| {
                view! { <span><span class=format!("plain-key {}", series.tone.class())></span> {series.name.clone()}</span> }
            });
            let is_told = all().count() > 1 && !data.is_empty();
            is_told.then(|| view! { <p class="plain-words plain-keys" aria-hidden="true">{keys.collect_view()}</p> })
        })
    }
}

/// Seen only where the style sheet says so.
#[component]
pub(super) fn PlainBars(data: Signal<ChartData>) -> impl IntoView {
    move || {
        data.with(|data| {
            if data.is_empty() {
                return ().into_any();
            }
            let minors = || data.series.iter().chain(&data.line).flat_map(minors_of);
            let most = minors().max().unwrap_or_default().max(1);
            let scale = Scale { least: minors().min().unwrap_or_default().min(0), most };
            let width = data.labels.len() * PLACE;
            let bars = data.series.iter().enumerate().map(|(nth, series)| bars(series, nth, data.series.len(), scale));
            let line = data.line.as_ref().map(|series| line(series, scale));
            let ground = scale.at(0).to_string();
            let place = |label: Option<&super::ChartLabel>| label.map(|label| label.short.clone()).unwrap_or_default();
            let money = data.value(0, 0).map(|value| ledger::Money { minor: most, ..value.money });
            view! {
                <div class="plain-bars" aria-hidden="true">
                    <p class="plain-words"><span>"Up to " {money.map(|money| data.format.money(money))}</span></p>
                    <svg viewBox=format!("0 0 {width} {HIGH}") preserveAspectRatio="none">
                        {bars.collect_view()}
                        <line class="plain-ground" x1="0" x2=width.to_string() y1=ground.clone() y2=ground></line>
                        {line}
                    </svg>
                    <p class="plain-words"><span>{place(data.labels.first())}</span><span>{place(data.labels.last())}</span></p>
                </div>
            }
            .into_any()
        })
    }
}

fn minors_of(series: &Series) -> impl Iterator<Item = i64> + '_ {
    series.values.iter().map(|value| value.money.minor)
}

/// From the least to the most minor units, nothing between them.
#[derive(Clone, Copy)]
struct Scale {
    least: i64,
    most: i64,
}

impl Scale {
    /// How far below the top an amount is.
    fn at(self, minor: i64) -> i64 {
        let whole = i128::from(self.most) - i128::from(self.least);
        let below = i128::from(self.most) - i128::from(minor);
        i64::try_from(below * i128::from(HIGH) / whole.max(1)).unwrap_or_default()
    }
}

/// The bars of one series, side by side with those of the others.
fn bars(series: &Series, nth: usize, of: usize, scale: Scale) -> impl IntoView + use<> {
    let wide = PLACE * 7 / 10 / of.max(1);
    let ground = scale.at(0);
    let bar = |(at, minor): (usize, i64)| {
        let (top, x) = (scale.at(minor), at * PLACE + PLACE * 15 / 100 + nth * wide);
        let (y, height) = (top.min(ground).to_string(), (top - ground).abs().to_string());
        view! { <rect x=x.to_string() y=y width=wide.to_string() height=height></rect> }
    };
    let bars = minors_of(series).enumerate().filter(|(_, minor)| *minor != 0).map(bar).collect_view();
    view! { <g class=series.tone.class()>{bars}</g> }
}

fn line(series: &Series, scale: Scale) -> impl IntoView + use<> {
    let points: Vec<String> = minors_of(series)
        .enumerate()
        .map(|(at, minor)| format!("{},{}", at * PLACE + PLACE / 2, scale.at(minor)))
        .collect();
    view! { <polyline class="plain-line" points=points.join(" ")></polyline> }
}
