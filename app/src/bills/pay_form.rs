//! Paying another amount, or on another day: in a dialog, and on a page of its own without JavaScript.

use chrono::NaiveDate;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::Book;
use ledger::bills::Bill;
use ledger::id::{BillId, RecordId};

use super::api::PayBill;
use super::choices;
use super::deeds::Doer;
use super::pay::PayForm;
use super::words::day_of;
use crate::book::{RateField, WithBook};
use crate::layout::{NotFoundPage, go, me};
use crate::ui::{
    ButtonKind, Card, Dialog, Field, Form, GoButton, Hidden, MoneyField, PageHead, SelectField, Submit, browser,
    query_here,
};

/// The page on which a due day is paid.
pub(super) fn pay_path(bill: BillId, due: NaiveDate) -> String {
    format!("/bills/{bill}/pay?due={due}")
}

/// Opens the dialog; provided by the pages on which a bill is paid.
#[derive(Clone, Copy)]
pub(super) struct Payer {
    open: RwSignal<bool>,
    what: RwSignal<Option<(Bill, NaiveDate)>>,
}

impl Payer {
    pub fn provide() -> Self {
        let payer = Self { open: RwSignal::new(false), what: RwSignal::new(None) };
        provide_context(payer);
        payer
    }

    fn ask(self, bill: Bill, due: NaiveDate) {
        self.what.set(Some((bill, due)));
        self.open.set(true);
    }
}

/// The quiet button beside "Mark paid".
#[component]
pub(super) fn PayOther(bill: Bill, due: NaiveDate) -> impl IntoView {
    let payer = expect_context::<Payer>();
    let href = pay_path(bill.id, due);
    let on_click = Callback::new(move |()| payer.ask(bill.clone(), due));
    view! { <GoButton href label="Pay differently" kind=ButtonKind::Quiet icon="calendar" on_click/> }.into_any()
}

/// "Mark paid" of an amount that is only about right: the form that it is typed in.
#[component]
pub(super) fn AskPaid(bill: Bill, due: NaiveDate) -> impl IntoView {
    let (payer, href) = (use_context::<Payer>(), pay_path(bill.id, due));
    let to = href.clone();
    let on_click = Callback::new(move |()| match payer {
        Some(payer) => payer.ask(bill.clone(), due),
        None => go(&to),
    });
    view! { <GoButton href label="Mark paid" icon="check" on_click>"Mark paid"</GoButton> }.into_any()
}

/// The dialog itself; it stands once on the page.
#[component]
pub(super) fn PayDialog(payer: Payer) -> impl IntoView {
    let name = move || payer.what.with(|what| what.as_ref().map(|(bill, _)| bill.name.clone()).unwrap_or_default());
    let title = Signal::derive(move || format!("Pay {}", name()));
    view! {
        <Dialog open=payer.open title>
            <WithBook children={move |book: Signal<Book>| {
                payer.what.get_untracked().map(|(bill, due)| {
                    let record = RecordId(uuid::Uuid::now_v7()).to_string();
                    let on_paid = Callback::new(move |()| payer.open.set(false));
                    view! { <PayFormView book bill due record on_paid/> }
                })
            }}/>
        </Dialog>
    }
    .into_any()
}

/// `/bills/:id/pay?due=2026-11-30`.
#[component]
pub fn PayPage() -> impl IntoView {
    let bill = use_params_map().with_untracked(|params| params.get("id")).and_then(|id| id.parse::<BillId>().ok());
    let due = query_here().with_untracked(|query| query.get("due")).and_then(|due| due.parse::<NaiveDate>().ok());
    // Made once, by the server: the page that is hydrated must hold the same id.
    let record = SharedValue::new(|| uuid::Uuid::now_v7().to_string()).into_inner();
    view! {
        <WithBook children={move |book: Signal<Book>| {
            let known = bill.and_then(|id| book.with_untracked(|book| book.bills.get(&id).cloned()));
            let open = known.and_then(|bill| Some((due.or(bill.next_due)?, bill)));
            let Some((due, bill)) = open else { return Either::Left(view! { <NotFoundPage/> }) };
            let (title, record) = (format!("Pay {}", bill.name), record.clone());
            Either::Right(view! {
                <PageHead title/>
                <div class="form-card">
                    <Card>
                        <PayFormView book bill due record on_paid=Callback::new(|()| go("/bills"))/>
                    </Card>
                </div>
            })
        }}/>
    }
    .into_any()
}

#[component]
fn PayFormView(book: Signal<Book>, bill: Bill, due: NaiveDate, record: String, on_paid: Callback<()>) -> impl IntoView {
    let (doer, me) = (Doer::here(), me());
    let (format, today) = (me.format(), me.today);
    let shown = bill.occurrence(due);
    let account = super::pay::account_of(&bill, &book.get_untracked()).map(|id| id.to_string()).unwrap_or_default();
    let accounts = choices::paying_accounts(&book.get_untracked(), bill.amount.currency, &account);
    let (currency, home) = (bill.amount.currency, book.with_untracked(|book| book.home));
    let rate = RwSignal::new(book.with_untracked(|book| book.rate_on(currency, today)));
    let (amount, date) = (RwSignal::new(format.plain(shown.amount)), RwSignal::new(today.to_string()));
    let (id, known) = (bill.id, bill.clone());
    let parse = move |form: &PayForm, bill: &Bill| {
        book.with_untracked(|book| form.parse(bill, book, rate.get_untracked(), today, format))
    };
    let take = Callback::new(move |call: PayBill| {
        let payment = parse(&call.form, &known);
        if let Ok((due, record)) = payment {
            browser::ignore_second_click();
            doer.pay(&known, due, record, call.form);
            on_paid.run(());
        }
    });
    let check = Callback::new(move |call: PayBill| parse(&call.form, &bill).err().unwrap_or_default());
    let is_foreign = currency != home;
    view! {
        <p class="muted">{format!("Due {}", day_of(shown.day, today))}</p>
        <Form action={ServerAction::<PayBill>::new()} label="Payment" check take>
            <Hidden name="bill" value=id.to_string()/>
            <Hidden name="due" value=due.to_string()/>
            <Hidden name="record" value=record/>
            <MoneyField
                label="Amount"
                name="amount"
                currency=currency.symbol()
                value=amount
                on_input=Callback::new(move |typed| amount.set(typed))
                autofocus=true
            />
            <div class="grid-2">
                <Field
                    label="Paid on"
                    name="date"
                    kind="date"
                    value=date
                    on_input=Callback::new(move |typed| date.set(typed))
                />
                <SelectField label="Account" name="account" options=accounts value=account/>
            </div>
            // Made inside the form, as its fields are.
            {is_foreign.then(|| {
                let (first, currency) = (Some(currency), Signal::stored(Some(currency)));
                view! { <RateField book currency first offered=rate date amount/> }
            })}
            <div class="row">
                <Submit kind=ButtonKind::Primary icon="check">"Pay"</Submit>
            </div>
        </Form>
    }
    .into_any()
}
