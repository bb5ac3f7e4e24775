//! Which period: its length, one step back or ahead, or days of one's own. All of it links and a plain form.

use chrono::Weekday;
use leptos::prelude::*;

use ledger::report::{Against, ReportChoice, Step};

use crate::layout::me;
use crate::ui::{ButtonKind, Field, Icon, later};

#[component]
pub fn PeriodSwitch(
    /// `None` where no period is chosen, which only a page that says so by `now` shows.
    choice: Signal<Option<ReportChoice>>,
    week_start: Memo<Weekday>,
    /// The address of the page without a period.
    #[prop(optional)]
    now: Option<&'static str>,
) -> impl IntoView {
    let today = me().today;
    let or_now = move || choice.get().unwrap_or_else(|| ReportChoice::of(Step::Month, today, week_start.get()));
    view! {
        {later(move || view! { <Lengths choice week_start now/> })}
        <Show when=move || choice.get().is_some()>
            <div class="period-head">
                <WayTo label="Previous" icon="chevron-left" to=Signal::derive(move || or_now().before())/>
                <h2 class="period-words" data-testid="report-period">{move || or_now().words()}</h2>
                <WayTo label="Next" icon="chevron-right" to=Signal::derive(move || or_now().after())/>
            </div>
            <nav class="period-beside" aria-label="Compare with">
                <span class="muted small">"Compare with"</span>
                {move || comparisons(or_now())}
            </nav>
        </Show>
    }
    .into_any()
}

/// The lengths that a period can have, and days of one's own.
#[component]
fn Lengths(
    choice: Signal<Option<ReportChoice>>,
    week_start: Memo<Weekday>,
    now: Option<&'static str>,
) -> impl IntoView {
    let today = me().today;
    let or_now = move || choice.get().unwrap_or_else(|| ReportChoice::of(Step::Month, today, week_start.get()));
    let steps = Step::ALL.map(|step| {
        // Another length shows the one around today, or around the start of a period in the past or to come.
        let href = move || {
            let chosen = or_now();
            let at = if chosen.period.contains(today) { today } else { chosen.period.start };
            way(ReportChoice::of(step, at, week_start.get()))
        };
        let current = move || (choice.get().and_then(|choice| choice.step) == Some(step)).then_some("true");
        view! { <a class="chip" href=href data-noscroll="" aria-current=current>{label(step)}</a> }
    });
    let own = move || choice.get().is_some_and(|choice| choice.step.is_none());
    let day = move |last: bool| {
        Signal::derive(move || {
            let period = or_now().period;
            (if last { period.last_day() } else { period.start }).to_string()
        })
    };
    let now = now.map(|path| {
        let current = move || choice.get().is_none().then_some("true");
        view! { <a class="chip" href=path data-noscroll="" aria-current=current>"Now"</a> }
    });
    view! {
        <nav class="period-switch" aria-label="Period">
            <div class="period-lengths">{now} {steps.into_iter().collect_view()}</div>
            <details class="period-own" open=own>
                <summary class="chip" aria-current=move || own().then_some("true")>"Custom"</summary>
                <form class="period-days" method="get">
                    <Field label="From" name="from" kind="date" value=day(false)/>
                    <Field label="Until" name="to" kind="date" value=day(true)/>
                    <button type="submit" class=ButtonKind::Plain.class()>"Show"</button>
                </form>
            </details>
        </nav>
    }
    .into_any()
}

/// The same page with another period.
fn way(choice: ReportChoice) -> String {
    format!("?{}", choice.query())
}

/// Nothing, and each period that there is to compare with, by its name.
fn comparisons(choice: ReportChoice) -> impl IntoView {
    let link = |against: Option<Against>, words: String| {
        let current = (choice.against == against).then_some("true");
        view! { <a class="chip" href=way(choice.beside(against)) data-noscroll="" aria-current=current>{words}</a> }
    };
    let others = choice.comparisons().iter().filter_map(|against| {
        let beside = choice.beside(Some(*against));
        Some(link(Some(*against), beside.other()?.words()))
    });
    std::iter::once(link(None, "Nothing".to_owned())).chain(others).collect_view()
}

fn label(step: Step) -> &'static str {
    match step {
        Step::Week => "Week",
        Step::Month => "Month",
        Step::Quarter => "Quarter",
        Step::Year => "Year",
    }
}

/// A step to another period; at the end of the calendar there is none.
#[component]
fn WayTo(label: &'static str, icon: &'static str, to: Signal<Option<ReportChoice>>) -> impl IntoView {
    (move || {
        to.get().map(|to| {
            view! {
                <a class="period-way" href=way(to) data-noscroll="" aria-label=format!("{label}: {}", to.words())>
                    <Icon name=icon/>
                </a>
            }
        })
    })
    .into_any()
}
