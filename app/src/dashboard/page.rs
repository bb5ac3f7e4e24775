//! `/dashboard`.

use leptos::prelude::*;

use ledger::Book;
use ledger::dashboard::{Dashboard, dashboard};

use super::charts::Charts;
use super::figures::Figures;
use super::first_steps::FirstSteps;
use super::newest::NewestRecords;
use crate::bills::UpcomingBills;
use crate::book::WithBook;
use crate::budgets::BudgetSummary;
use crate::layout::today;
use crate::records::AddRecord;
use crate::ui::PageHead;

#[component]
pub fn DashboardPage() -> impl IntoView {
    let today = today();
    view! {
        <PageHead title="Dashboard" lead=Signal::derive(move || today.get().format("%A, %-d %B %Y").to_string())>
            <AddRecord/>
        </PageHead>
        <WithBook children={move |book: Signal<Book>| {
            // All of it is made anew when the day turns: titles and links name days and months too.
            move || {
                let today = today.get();
                let answers: Memo<Dashboard> = Memo::new(move |_| book.with(|book| dashboard(book, today)));
                view! {
                    <div class="dashboard">
                        <FirstSteps book/>
                        <Figures answers/>
                        <div class="dashboard-plans">
                            <BudgetSummary book/>
                            <UpcomingBills book/>
                        </div>
                        <Charts book answers/>
                        <NewestRecords book/>
                    </div>
                }
            }
        }}/>
    }
    .into_any()
}
