//! One report from top to bottom.

use chrono::Weekday;
use leptos::prelude::*;

use ledger::Book;
use ledger::report::{Part, Report};

use super::bars::{Bars, Months};
use super::beside::{Beside, PaceBeside};
use super::budgets::Budgets;
use super::categories::Categories;
use super::doughnut::CategoryDoughnut;
use super::heat::HeatCalendar;
use super::names::{Accounts, Closer};
use super::noticed::Noticed;
use super::sums::Sums;
use super::worth::Worth;

#[component]
pub fn ReportView(book: Signal<Book>, report: Report, week_start: Memo<Weekday>) -> impl IntoView {
    let (home, choice, days) = (report.home, report.choice, report.days.clone());
    // Many bars and many months need the whole width.
    let is_long = (days.len() > 31 || report.part != Part::Day).then_some("true");
    let lines = Signal::stored(report.categories.clone());
    let report = StoredValue::new(report);
    view! {
        <div class="report" data-testid="report">
            <Sums report/>
            <Noticed book report/>
            <Beside report/>
            <Budgets book report/>
            <div class="report-pair">
                <PaceBeside report/>
                <CategoryDoughnut
                    book lines period=choice.period title="Where it went" query=choice.query() nothing="Nothing was spent."
                />
            </div>
            <Categories book report/>
            <div class="report-pair" data-wide=is_long>
                <Bars report/>
                <HeatCalendar days home week_start testid="report-heat"/>
            </div>
            <Months report/>
            <Closer book report/>
            <Accounts book report/>
            <Worth book report/>
            <HomeNote book/>
        </div>
    }
    .into_any()
}

/// In which currency everything is told, for a book that has others.
#[component]
pub fn HomeNote(book: Signal<Book>) -> impl IntoView {
    let home = move || book.with(|book| book.home.code());
    view! {
        <Show when=move || book.with(|book| !book.foreign().is_empty())>
            <p class="muted small">
                {move || format!(
                    "In {}: records of other currencies at each day’s rate, net worth at the rate of each month’s end.",
                    home(),
                )}
            </p>
        </Show>
    }
    .into_any()
}
