//! Amounts and how far they reach.

use leptos::prelude::*;

use super::icon::Icon;
use super::page::Tone;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FigureSize {
    /// Read at a glance.
    Hero,
    #[default]
    Normal,
}

/// One amount with its name; as a link it leads to the records behind it.
#[component]
pub fn Figure(
    #[prop(into)] label: String,
    #[prop(into)] testid: String,
    /// The formatted amount.
    #[prop(into)]
    text: Signal<String>,
    /// The exact amount in minor units.
    #[prop(into)]
    minor: Signal<i64>,
    #[prop(optional, into)] href: Option<String>,
    #[prop(optional, into)] note: Signal<String>,
    #[prop(optional)] size: FigureSize,
    #[prop(optional, into)] tone: Signal<Tone>,
    /// There is no amount to tell: `data-minor` stays empty.
    #[prop(optional, into)]
    absent: Signal<bool>,
) -> impl IntoView {
    let class = if size == FigureSize::Hero { "figure figure-hero" } else { "figure" };
    let inside = view! {
        <span class="figure-label">{label}</span>
        <span
            class="figure-amount num"
            data-testid=testid
            data-minor=move || if absent.get() { String::new() } else { minor.get().to_string() }
            data-tone=move || tone.get().word()
            data-length=move || text.with(|text| length(text))
        >
            {move || text.get()}
        </span>
        <span class="figure-note">{move || note.get()}</span>
    };
    match href {
        Some(href) => view! { <a class=class href=href>{inside}</a> }.into_any(),
        None => view! { <div class=class>{inside}</div> }.into_any(),
    }
}

/// Whether an amount needs smaller letters to stay on its line.
pub(super) fn length(text: &str) -> Option<&'static str> {
    match text.chars().count() {
        0..=12 => None,
        13..=17 => Some("long"),
        _ => Some("longest"),
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmountKind {
    Expense,
    Income,
    Transfer,
    #[default]
    Plain,
}

/// An amount in a column: the sign, a hidden word and the colour say what it is.
#[component]
pub fn Amount(
    #[prop(into)] text: String,
    /// Minor units.
    minor: i64,
    #[prop(optional)] kind: AmountKind,
) -> impl IntoView {
    let (class, word, sign) = match kind {
        AmountKind::Expense => ("amount amount-expense", "Expense ", "−"),
        AmountKind::Income => ("amount amount-income", "Income ", "+"),
        AmountKind::Transfer => ("amount amount-transfer", "Transfer ", ""),
        AmountKind::Plain => ("amount", "", ""),
    };
    view! {
        <span class=class data-minor=minor.to_string()>
            <span class="visually-hidden">{word}</span>
            <span aria-hidden="true">{sign}</span>
            {text}
        </span>
    }
    .into_any()
}

/// A share in whole percent: "62 %", or "−283 %" with the sign that is as wide as a digit.
pub(crate) fn percent(rate: i64) -> String {
    let sign = if rate < 0 { "−" } else { "" };
    format!("{sign}{} %", rate.unsigned_abs())
}

/// The most of a limit that is told as a number, in percent.
const MOST_TOLD: u32 = 999;

/// How much of a limit is used.
#[component]
pub fn Progress(
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// Whole percent; may be above 100.
    #[prop(into)]
    percent: Signal<u32>,
    /// `Near` the limit or `Over` it; any other is within. It does not follow from the percent, which is cut.
    #[prop(into)]
    tone: Signal<Tone>,
    /// Such as "₹200 of ₹500".
    #[prop(optional, into)]
    note: Signal<String>,
) -> impl IntoView {
    let state = move || match tone.get() {
        Tone::Over => ("over", "circle-alert", "Over the limit"),
        Tone::Near => ("near", "triangle-alert", "Near the limit"),
        _ => ("ok", "circle-check", "Within the limit"),
    };
    let shown = Signal::derive(move || percent.get().min(100).to_string());
    // Beyond that it only says that the limit was not meant so.
    let told =
        move || if percent.get() > MOST_TOLD { format!("over {MOST_TOLD} %") } else { format!("{} %", percent.get()) };
    view! {
        <div class="progress" data-state=move || state().0>
            <div
                class="progress-bar"
                role="progressbar"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax=move || percent.get().clamp(100, MOST_TOLD).to_string()
                aria-valuenow=move || percent.get().min(MOST_TOLD).to_string()
                aria-valuetext=move || format!("{}, {}", told(), state().2.to_lowercase())
            >
                <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                    <rect width=move || shown.get() height="1"></rect>
                </svg>
            </div>
            <p class="progress-words">
                <span class="progress-state">
                    {move || view! { <Icon name=state().1/> }}
                    <span>{move || state().2}</span>
                </span>
                <span class="progress-note num">{move || note.get()}</span>
                <span class="progress-percent num">{told}</span>
            </p>
        </div>
    }
    .into_any()
}
