//! Which period: its length, one step back or ahead, or days of one's own. All of it links and a plain form.

use chrono::Weekday;
use leptos::prelude::*;

use ledger::report::{ReportChoice, Step};

use crate::layout::me;
use crate::ui::{ButtonKind, Field, Icon};

#[component]
pub(super) fn PeriodSwitch(choice: Memo<ReportChoice>, week_start: Weekday) -> impl IntoView {
    let today = me().today;
    let steps = Step::ALL.map(|step| {
        // Another length shows the one around today, or around the start of a period in the past or to come.
        let href = move || {
            let period = choice.get().period;
            let at = if period.contains(today) { today } else { period.start };
            ReportChoice::of(step, at, week_start).url()
        };
        let current = move || (choice.get().step == Some(step)).then_some("true");
        view! { <a class="chip" href=href aria-current=current>{label(step)}</a> }
    });
    let own = move || choice.get().step.is_none();
    let day = move |last: bool| {
        Signal::derive(move || {
            let period = choice.get().period;
            (if last { period.last_day() } else { period.start }).to_string()
        })
    };
    view! {
        <nav class="period-switch" aria-label="Period">
            <div class="period-lengths">{steps.into_iter().collect_view()}</div>
            <details class="period-own" open=own>
                <summary class="chip" aria-current=move || own().then_some("true")>"Custom"</summary>
                <form class="period-days" method="get" action="/reports">
                    <Field label="From" name="from" kind="date" value=day(false)/>
                    <Field label="Until" name="to" kind="date" value=day(true)/>
                    <button type="submit" class=ButtonKind::Plain.class()>"Show"</button>
                </form>
            </details>
        </nav>
        <div class="period-head">
            <WayTo label="Previous" icon="chevron-left" to=Signal::derive(move || choice.get().before())/>
            <h2 class="period-words" data-testid="report-period">{move || choice.get().words()}</h2>
            <WayTo label="Next" icon="chevron-right" to=Signal::derive(move || choice.get().after())/>
        </div>
    }
    .into_any()
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
                <a class="period-way" href=to.url() aria-label=format!("{label}: {}", to.words())>
                    <Icon name=icon/>
                </a>
            }
        })
    })
    .into_any()
}
