//! `/bills/:id`: what is coming up of one bill, and how its due days were settled.

use leptos::either::{Either, EitherOf3};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::Book;
use ledger::bills::{self, Bill, Occurrence, Past};
use ledger::id::BillId;
use ledger::period::LAST_DAY;
use ledger::recurrence::Repeats;

use super::api::load_bill_history;
use super::deeds::{MarkPaid, Reopen, Skip};
use super::pay_form::{PayDialog, PayOther, Payer};
use super::words::{amount_of, day_of, due_words, plan_of};
use crate::book::{BookState, WithBook};
use crate::layout::{NotFoundPage, me};
use crate::roles::may_call;
use crate::ui::{
    Badge, ButtonKind, ButtonLink, Card, CellLink, GoButton, Load, PageHead, TableFrame, cell_length, money_cell,
    number_cell, table_head,
};

/// How many due days to come are shown.
const AHEAD: usize = 6;

#[component]
pub fn BillHistoryPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id")).unwrap_or_default();
    let touched = BookState::here().touched();
    let asked = id.clone();
    let history = Resource::new(move || touched.get().answers, move |_| load_bill_history(asked.clone()));
    let payer = Payer::provide();
    view! {
        <Load from=history children={move |history: bills::History| {
            let id = id.parse::<BillId>().ok();
            view! {
                <WithBook children={move |book: Signal<Book>| {
                    // Of a bill settled long ago the window holds nothing: its history stands alone.
                    let bill = id.and_then(|id| book.with_untracked(|book| book.bills.get(&id).cloned()));
                    let bills::History { name, past } = history.clone();
                    match (bill, id) {
                        (Some(bill), _) => EitherOf3::A(view! { <Known book bill past/> }),
                        (None, Some(bill)) => EitherOf3::B(view! {
                            <PageHead title=name>
                                <ButtonLink href="/bills" kind=ButtonKind::Quiet>"All bills"</ButtonLink>
                            </PageHead>
                            <History bill past/>
                        }),
                        (None, None) => EitherOf3::C(view! { <NotFoundPage/> }),
                    }
                }}/>
            }
        }}/>
        <PayDialog payer/>
    }
    .into_any()
}

#[component]
fn Known(book: Signal<Book>, bill: Bill, past: Vec<Past>) -> impl IntoView {
    let lead = if bill.repeats == Repeats::Once { String::new() } else { plan_of(&bill) };
    let (edit, due, id) = (format!("/bills/{}/edit", bill.id), bill.clone(), bill.id);
    view! {
        <PageHead title=bill.name.clone() lead>
            <Settle book bill=due/>
            <GoButton href=edit label="Edit" icon="pencil">"Edit"</GoButton>
            <ButtonLink href="/bills" kind=ButtonKind::Quiet>"All bills"</ButtonLink>
        </PageHead>
        <div class="bills">
            <Ahead book bill/>
            <History bill=id past/>
        </div>
    }
    .into_any()
}

/// The same beside the list of bills.
#[component]
pub(super) fn BillDetails(book: Signal<Book>, bill: Bill) -> impl IntoView {
    let (touched, id) = (BookState::here().touched(), bill.id);
    let history = Resource::new(move || touched.get().answers, move |_| load_bill_history(id.to_string()));
    let plan = (bill.repeats != Repeats::Once).then(|| view! { <p class="muted">{plan_of(&bill)}</p> });
    view! {
        {plan}
        <div class="row"><Settle book bill=bill.clone()/></div>
        <div class="bills">
            <Ahead book bill/>
            <Load from=history children={move |history: bills::History| view! { <History bill=id past=history.past/> }}/>
        </div>
    }
    .into_any()
}

/// What can be done about the day that is due next.
#[component]
fn Settle(book: Signal<Book>, bill: Bill) -> impl IntoView {
    bill.next_due.map(|due| {
        view! {
            <MarkPaid book bill=bill.clone() due/>
            <Skip name=bill.name.clone() id=bill.id due/>
            <PayOther bill due/>
        }
    })
}

/// The next due days, each with a way to change it.
#[component]
fn Ahead(book: Signal<Book>, bill: Bill) -> impl IntoView {
    let me = me();
    let planned = std::iter::successors(bill.next_due, |due| bill.after(*due)).take_while(|due| *due <= LAST_DAY);
    let is_open = |due: &chrono::NaiveDate| {
        bill.next_due == Some(*due) || book.with_untracked(|book| !book.settlements.contains_key(&(bill.id, *due)))
    };
    let mut ahead: Vec<Occurrence> = planned.filter(is_open).take(AHEAD).map(|due| bill.occurrence(due)).collect();
    ahead.sort_by_key(|due| due.day);
    let may_change = may_call("save_due");
    if ahead.is_empty() {
        return view! { <Card title="Coming up"><p class="muted">"Nothing more falls due."</p></Card> }.into_any();
    }
    let rows = ahead.into_iter().map(move |due| {
        let change = format!("/bills/{}/due/{}", due.bill, due.due);
        let label = format!("Change the one due {}", day_of(due.day, me.today));
        let amount = amount_of(&due, me.format());
        let (minor, length) = (due.amount.minor.to_string(), cell_length(&amount));
        let change = may_change.then(|| view! { <a class="reach" href=change aria-label=label>"Change"</a> });
        view! {
            <li class="list-row bill-ahead">
                <time datetime=due.day.to_string()>{day_of(due.day, me.today)}</time>
                <span class="muted small">{due_words(due.day, me.today)}</span>
                <span class="num bill-ahead-amount" data-minor=minor data-length=length>{amount}</span>
                {change}
            </li>
        }
    });
    view! { <Card title="Coming up"><ul class="list">{rows.collect_view()}</ul></Card> }.into_any()
}

#[component]
fn History(bill: BillId, past: Vec<Past>) -> impl IntoView {
    if past.is_empty() {
        return view! { <Card title="History"><p class="muted">"Nothing was paid or skipped yet."</p></Card> }
            .into_any();
    }
    let rows = past.into_iter().map(|past| view! { <PastRow bill past/> }).collect_view();
    let may_reopen = may_call("reopen_bill");
    view! {
        <Card title="History">
            <TableFrame label="History">
                {table_head(&["Due", "Paid on"], if may_reopen { &["Amount", "Undo"] } else { &["Amount"] })}
                <tbody>{rows}</tbody>
            </TableFrame>
        </Card>
    }
    .into_any()
}

#[component]
fn PastRow(bill: BillId, past: Past) -> impl IntoView {
    let me = me();
    let due = past.due;
    let label = format!("Reopen the one due {}", day_of(due, me.today));
    let reopen = may_call("reopen_bill").then(|| view! { <td class="num deed"><Reopen id=bill due label/></td> });
    let cells = match past.paid {
        Some(paid) => {
            let text = me.format().money(paid.amount);
            let (href, words) = (format!("/records/{}/edit", paid.record), format!("The record of {text}"));
            let link = CellLink { href, words };
            Either::Left(view! {
                <td data-head="Paid on"><time datetime=paid.day.to_string()>{day_of(paid.day, me.today)}</time></td>
                {money_cell("Amount", paid.amount.minor, text, Some(link))}
            })
        }
        None => {
            Either::Right(view! { <td data-head="Paid on"><Badge>"Skipped"</Badge></td> {number_cell("Amount", "–")} })
        }
    };
    view! {
        <tr data-testid="settled">
            <td><time datetime=due.to_string()>{day_of(due, me.today)}</time></td>
            {cells}
            {reopen}
        </tr>
    }
    .into_any()
}
