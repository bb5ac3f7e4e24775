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
    let report = StoredValue::new(report);
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
        </div>
    }
    .into_any()
}
