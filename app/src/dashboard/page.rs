//! `/dashboard`.

use leptos::prelude::*;

use ledger::Book;
use ledger::dashboard::{Dashboard, dashboard};

use super::api::load_lately;
use super::charts::Charts;
use super::figures::Figures;
use super::first_steps::FirstSteps;
use super::lately::LatelyView;
use super::newest::NewestRecords;
use crate::bills::UpcomingBills;
use crate::book::{BookState, WithBook};
use crate::budgets::BudgetSummary;
use crate::layout::today;
use crate::records::AddRecord;
use crate::ui::PageHead;

#[component]
pub fn DashboardPage() -> impl IntoView {
    let today = today();
    // Made here and not below: what lies inside something that is waited for is made more than once on the server.
    let touched = BookState::here().touched();
    let lately = Resource::new(move || (today.get(), touched.with(|touched| touched.answers)), |_| load_lately());
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
                        <LatelyView book lately/>
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
