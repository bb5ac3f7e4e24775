//! The bills that want attention next, for the dashboard.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::Book;
use ledger::bills::Bill;

use super::deeds::MarkPaid;
use super::due::DueDay;
use super::words::amount_of;
use crate::layout::me;
use crate::roles::may_open;
use crate::ui::{Card, cell_length};

/// How many are shown.
const SHOWN: usize = 6;

#[component]
pub fn UpcomingBills(book: Signal<Book>) -> impl IntoView {
    let all = Memo::new(move |_| {
        book.with(|book| {
            book.open_bills().into_iter().filter_map(|bill| Some((bill.next_due?, bill.clone()))).collect::<Vec<_>>()
        })
    });
    let lines = move || all.with(|all| all.iter().take(SHOWN).cloned().collect::<Vec<_>>());
    let more = move || all.with(Vec::len).saturating_sub(SHOWN);
    let key = |(due, bill): &(NaiveDate, Bill)| (bill.id, bill.revision, *due);
    view! {
        <Card title="Upcoming bills">
            <Show
                when=move || all.with(|all| !all.is_empty())
                fallback=|| view! {
                    <p class="muted">
                        "Nothing is due. "
                        {may_open("/bills/new").then(|| view! { <a href="/bills/new">"Add a bill"</a> " to see it here in time." })}
                    </p>
                }
            >
                <ul class="list">
                    <For each=lines key let:line>
                        <UpcomingBill book due=line.0 bill=line.1/>
                    </For>
                </ul>
                <p class="card-more">
                    <a class="reach" href="/bills">
                        {move || if more() == 0 { "All bills".to_owned() } else { format!("All bills ({} more)", more()) }}
                    </a>
                </p>
            </Show>
        </Card>
    }
    .into_any()
}

#[component]
fn UpcomingBill(book: Signal<Book>, due: NaiveDate, bill: Bill) -> impl IntoView {
    let me = me();
    let shown = bill.occurrence(due);
    let amount = amount_of(&shown, me.format());
    let (minor, length) = (shown.amount.minor.to_string(), cell_length(&amount));
    view! {
        <li class="list-row bill bill-short" data-testid="upcoming-bill">
            <div class="bill-words">
                <span class="bill-name">{bill.name.clone()}</span>
                <DueDay next=bill.next() status=bill.status(me.today) settled=None/>
            </div>
            <span class="bill-amount num" data-minor=minor data-length=length>{amount}</span>
            <MarkPaid book bill due/>
        </li>
    }
    .into_any()
}
