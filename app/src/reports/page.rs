//! `/reports`.

use leptos::prelude::*;

use ledger::Book;
use ledger::report::{Report, ReportChoice};

use super::api::{load_report, monthly_mail_on};
use super::mail::MonthlyMail;
use super::switch::PeriodSwitch;
use super::view::ReportView;
use crate::book::{BookState, WithBook};
use crate::layout::me;
use crate::ui::{Button, Load, PageHead, browser, query_here};

#[component]
pub fn ReportsPage() -> impl IntoView {
    let (query, me) = (query_here(), me());
    let week_start = BookState::here().week_start();
    let choice = Memo::new(move |_| {
        let query = query.read();
        ReportChoice::from_query(|name| query.get_str(name), me.today, week_start.get())
    });
    // Made here and not below: what lies inside something that is waited for is made more than once on the server.
    let touched = BookState::here().touched();
    let report = Resource::new(
        move || (choice.get(), touched.with(|touched| touched.answers)),
        |(choice, _)| load_report(choice),
    );
    let by_mail = Resource::new(|| (), |()| monthly_mail_on());
    view! {
        <PageHead title="Reports">
            <span class="needs-script">
                <Button on_click=Callback::new(|()| browser::print_page()) icon="file-text">"Print"</Button>
            </span>
        </PageHead>
        <PeriodSwitch choice=Signal::derive(move || Some(choice.get())) week_start/>
        <WithBook children={move |book: Signal<Book>| view! {
            <Load from=report rows=8 children={move |report: Report| view! { <ReportView book report week_start/> }}/>
        }}/>
        <Load from=by_mail rows=1 children={|wanted: bool| view! { <MonthlyMail wanted/> }}/>
    }
    .into_any()
}
