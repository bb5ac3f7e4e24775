//! `/bills`.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::Book;
use ledger::bills::{Bill, BillForm, Settlement, Status};
use ledger::id::BillId;

use super::api::{FeedState, load_feed, load_settled_bills};
use super::calendar::{BillCalendar, path_of};
use super::feed::{CalendarFeed, FeedLink};
use super::figures::DueFigures;
use super::form::BillFormView;
use super::history::BillDetails;
use super::notice::UndoNotice;
use super::pay_form::{PayDialog, Payer};
use super::row::{BillRow, form_page};
use super::settled::{NoBills, SettledLink};
use crate::book::{Beside, BesideList, BookState, Part, WithBook};
use crate::error::AppError;
use crate::layout::{me, today};
use crate::ui::{ButtonKind, Card, GoButton, PageHead, Tab, Tabs, query_here};

const GROUPS: [(Status, &str); 4] = [
    (Status::Overdue, "Overdue"),
    (Status::Due, "Due today"),
    (Status::Upcoming, "Upcoming"),
    (Status::Settled, "Settled"),
];

#[component]
pub fn BillsPage() -> impl IntoView {
    let (payer, beside, today) = (Payer::provide(), Beside::<BillId>::provide(), today());
    // Made before anything is waited for, so that both sides number it alike.
    let feed = Resource::new(|| (), |()| load_feed());
    let touched = BookState::here().touched();
    let settled = Resource::new(move || touched.get().answers, |_| load_settled_bills(String::new()));
    let link = FeedLink::new();
    view! {
        <PageHead title="Bills" lead="What falls due, so that nothing comes as a surprise.">
            <GoButton href="/bills/new" label="Add bill" kind=ButtonKind::Primary icon="plus">"Add bill"</GoButton>
        </PageHead>
        <UndoNotice/>
        <WithBook children={move |book: Signal<Book>| {
            let is_empty = Memo::new(move |_| book.with(|book| book.bills.is_empty()));
            // All of it is made anew when the day turns.
            move || {
                today.track();
                view! {
                    <Show when=move || is_empty.get() fallback=move || view! { <Bills book feed link/> }>
                        <NoBills settled/>
                    </Show>
                }
            }
        }}/>
        <BesideList
            beside
            name=|book, id| book.bills.get(&id).map(|bill| bill.name.clone())
            form_title="Edit bill"
            form_page
            children={|book: Signal<Book>, part, id| beside_list(book, part, id)}
        />
        <PayDialog payer/>
    }
    .into_any()
}

fn beside_list(book: Signal<Book>, part: Part, id: BillId) -> Option<AnyView> {
    let bill = book.with_untracked(|book| book.bills.get(&id).cloned())?;
    Some(match part {
        Part::Details => view! { <BillDetails book bill/> }.into_any(),
        Part::Form => {
            let start = BillForm::of(&bill, bill.planned_due(), me().format());
            view! { <BillFormView book start/> }.into_any()
        }
    })
}

/// The figures, and the bills as a list or as a calendar.
#[component]
fn Bills(book: Signal<Book>, feed: Resource<Result<FeedState, AppError>>, link: FeedLink) -> impl IntoView {
    let query = query_here();
    let is_calendar = Memo::new(move |_| query.read().get("month").is_some());
    let tab = |label: &str, href: &str| Tab { label: label.to_owned(), href: href.to_owned() };
    let calendar = path_of(me().today);
    let tabs = vec![tab("List", "/bills"), tab("Calendar", &calendar)];
    let current = Signal::derive(move || if is_calendar.get() { calendar.clone() } else { "/bills".to_owned() });
    view! {
        <div class="bills">
            <DueFigures book/>
            <Tabs label="Ways to look at bills" tabs current/>
            <Show when=move || is_calendar.get() fallback=move || view! {
                {GROUPS.map(|(status, title)| view! { <BillGroup book status title/> })}
                <SettledLink/>
                <CalendarFeed feed link/>
            }>
                <BillCalendar book/>
            </Show>
        </div>
    }
    .into_any()
}

/// A bill, and how it was settled last.
pub(super) type Line = (Bill, Option<Settlement>);

#[component]
fn BillGroup(book: Signal<Book>, status: Status, title: &'static str) -> impl IntoView {
    let today = me().today;
    let lines = Memo::new(move |_| book.with(|book| lines_of(book, status, today)));
    let key = |(bill, _): &Line| (bill.id, bill.revision, bill.next_due);
    view! {
        <Show when=move || lines.with(|lines| !lines.is_empty())>
            <Card title>
                <ul class="list">
                    <For each=move || lines.get() key let:line>
                        <BillRow book line/>
                    </For>
                </ul>
            </Card>
        </Show>
    }
    .into_any()
}

/// The earliest due first; of settled ones the one that was settled last.
fn lines_of(book: &Book, status: Status, today: NaiveDate) -> Vec<Line> {
    let last = |bill: &Bill| {
        let days = (bill.id, NaiveDate::MIN)..=(bill.id, NaiveDate::MAX);
        book.settlements.range(days).next_back().map(|(_, settled)| settled.clone())
    };
    let bills = book.bills.values().filter(|bill| bill.status(today) == status);
    let mut lines: Vec<Line> = bills.map(|bill| (bill.clone(), last(bill))).collect();
    lines.sort_by_key(|(bill, settled)| {
        let settled = settled.as_ref().filter(|_| bill.next_due.is_none()).map(|settled| settled.due);
        (bill.next().map(|next| next.day), std::cmp::Reverse(settled), bill.id)
    });
    lines
}
