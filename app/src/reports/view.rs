//! One report from top to bottom.

use chrono::Weekday;
use leptos::prelude::*;

use ledger::Book;
use ledger::report::Report;

use super::bars::Bars;
use super::categories::Categories;
use super::heat::Heat;
use super::names::{Accounts, Closer};
use super::sums::{Beside, Sums};
use super::worth::Worth;

#[component]
pub(super) fn ReportView(book: Signal<Book>, report: Report, week_start: Weekday) -> impl IntoView {
    let home = report.home;
    let report = StoredValue::new(report);
    let has_others = move || book.with(|book| book.accounts.values().any(|account| account.currency() != home));
    view! {
        <div class="report" data-testid="report">
            <Sums report/>
            <Beside report/>
            <Categories book report/>
            <Bars report/>
            <Heat report week_start/>
            <Closer book report/>
            <Accounts book report/>
            <Worth report/>
            <Show when=has_others>
                <p class="muted small">
                    {format!("In {}. What happens in accounts of other currencies is not counted here.", home.code())}
                </p>
            </Show>
        </div>
    }
    .into_any()
}
