//! `/dashboard`: the month that is going on, or any period that the URL names.

use leptos::prelude::*;

use ledger::Book;
use ledger::dashboard::{Dashboard, dashboard};
use ledger::insights::Lately;
use ledger::report::{Report, ReportChoice, Step};

use super::api::load_lately;
use super::charts::Charts;
use super::figures::Figures;
use super::first_steps::FirstSteps;
use super::lately::LatelyView;
use super::newest::NewestRecords;
use super::whither::WhereItWent;
use super::worth::NetWorth;
use crate::bills::UpcomingBills;
use crate::book::{BookState, WithBook};
use crate::budgets::BudgetSummary;
use crate::error::AppError;
use crate::households::LeftNotice;
use crate::layout::today;
use crate::pieces::{PieceMissing, report_view};
use crate::records::{AddRecord, UnratedNote};
use crate::reports::{HomeNote, PeriodSwitch, load_report};
use crate::samples::SamplesGone;
use crate::ui::{Load, PageHead, later, query_here, when_awake};

#[component]
pub fn DashboardPage() -> impl IntoView {
    let (today, query, week_start) = (today(), query_here(), BookState::here().week_start());
    let asked = Memo::new(move |_| {
        let query = query.read();
        ReportChoice::asked(|name| query.get_str(name), today.get(), week_start.get())
    });
    let is_now = Memo::new(move |_| asked.get().is_none());
    let interactive = RwSignal::new(false);
    // Not before: what waits to come alive must find what the server made.
    Effect::new(move |_| {
        when_awake(move || {
            let _ = interactive.try_set(true);
        });
    });
    // Made here and not below: what lies inside something that is waited for is made more than once on the server.
    let touched = BookState::here().touched();
    let lately = Resource::new(
        move || (today.get(), touched.with(|touched| touched.answers), is_now.get()),
        |(_, _, is_now)| async move { if is_now { load_lately().await } else { Ok(Lately::default()) } },
    );
    // Without a period it is that of the month, which the figures do not wait for.
    let choice = move || match asked.get() {
        None => interactive.get().then(|| ReportChoice::of(Step::Month, today.get(), week_start.get())),
        asked => asked,
    };
    let report = Resource::new(
        move || (choice(), touched.with(|touched| touched.answers)),
        |(choice, _)| async move {
            match choice {
                Some(choice) => load_report(choice).await.map(Some),
                None => Ok(None),
            }
        },
    );
    view! {
        <PageHead title="Dashboard" lead=Signal::derive(move || today.get().format("%A, %-d %B %Y").to_string())>
            <AddRecord/>
        </PageHead>
        <SamplesGone/>
        <LeftNotice/>
        <PeriodSwitch choice=asked.into() week_start now="/dashboard"/>
        <WithBook children={move |book: Signal<Book>| {
            move || if is_now.get() {
                view! { <Now book lately report/> }.into_any()
            } else {
                view! {
                    <Load from=report rows=8 children={move |report: Option<Report>| {
                        report.map(|report| {
                            let view = report_view(book, report, week_start);
                            Suspend::new(async move { view.await.unwrap_or_else(|_| PieceMissing().into_any()) })
                        })
                    }}/>
                }
                .into_any()
            }
        }}/>
    }
    .into_any()
}

#[component]
fn Now(
    book: Signal<Book>,
    lately: Resource<Result<Lately, AppError>>,
    report: Resource<Result<Option<Report>, AppError>>,
) -> impl IntoView {
    let today = today();
    // All of it is made anew when the day turns: titles and links name days and months too.
    let inside = move || {
        let today = today.get();
        let answers: Memo<Dashboard> = Memo::new(move |_| book.with(|book| dashboard(book, today)));
        later(move || {
            view! {
                <div class="dashboard">
                    <FirstSteps book/>
                    <UnratedNote book/>
                    {later(move || view! { <Figures answers/> })}
                    <LatelyView book lately/>
                    <div class="dashboard-plans">
                        {later(move || view! { <BudgetSummary book/> })}
                        {later(move || view! { <UpcomingBills book/> })}
                    </div>
                    {later(move || view! { <Charts book answers/> })}
                    <Show when=move || answers.with(|answers| answers.expenses.money.minor != 0)>
                        {later(move || view! { <WhereItWent book report/> })}
                    </Show>
                    <div class="dashboard-plans">
                        <NetWorth book/>
                        <NewestRecords book/>
                    </div>
                    <HomeNote book/>
                </div>
            }
        })
    };
    inside.into_any()
}
