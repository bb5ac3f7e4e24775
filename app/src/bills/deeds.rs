//! The buttons of a bill. Each works without JavaScript; with it, what it did can be taken back from the toast.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::bills::Bill;
use ledger::guess::Guess;
use ledger::id::{BillId, RecordId};
use ledger::records::Record;
use ledger::{Book, Command, NumberFormat};

use super::api::{
    BillChoice, DeleteBill, DueChoice, PayBill, ReopenBill, RestoreBill, SkipBill, pay_bill, reopen_bill, skip_bill,
};
use super::pay::PayForm;
use super::pay_form::{AskPaid, pay_path};
use crate::book::{BookState, Deed, DeleteButton};
use crate::budgets::tell_crossed;
use crate::layout::{go, me};
use crate::ui::{ButtonKind, PostButton, Toasts, toasts};

/// Pays `due` with the amount of the bill, today, from its account; where that is an estimate it asks for what was paid.
#[component]
pub(super) fn MarkPaid(book: Signal<Book>, bill: Bill, due: NaiveDate) -> impl IntoView {
    if bill.occurrence(due).estimated {
        return view! { <AskPaid bill due/> }.into_any();
    }
    let (doer, me) = (Doer::here(), me());
    let id = bill.id;
    // The page that is hydrated keeps the id that the server wrote into it.
    let record = RecordId(uuid::Uuid::now_v7()).to_string();
    let mut fields = fields_of(id, due);
    fields.push(("record".to_owned(), record));
    let take = Callback::new(move |call: PayBill| {
        let payment = book.with_untracked(|book| {
            let rate = book.rate_on(bill.amount.currency, me.today);
            call.form.parse(&bill, book, rate, me.today, me.format())
        });
        match payment {
            Ok((due, record)) => doer.pay(&bill, due, record, call.form),
            // There it can be typed.
            Err(errors) if errors.get("rate").is_some() => go(&pay_path(id, due)),
            Err(errors) => doer.toasts.error(&errors.into()),
        }
    });
    view! {
        <PostButton action={ServerAction::<PayBill>::new()} label="Mark paid" fields icon="check" take>
            "Mark paid"
        </PostButton>
    }
    .into_any()
}

#[component]
pub(super) fn Skip(name: String, id: BillId, due: NaiveDate) -> impl IntoView {
    let doer = Doer::here();
    let fields = fields_of(id, due);
    let take = Callback::new(move |_: SkipBill| {
        let words = format!("Skipped {name}");
        let deed = Deed::new(guess(Command::SkipBill { bill: id, due }), move || skip_bill(due_of(id, due)))
            .telling(move || doer.toasts.with_undo(words.clone(), move || doer.reopen(id, due)));
        doer.run(deed, format!("{name} was not skipped"));
    });
    view! {
        <PostButton action={ServerAction::<SkipBill>::new()} label="Skip" fields kind=ButtonKind::Quiet take>
            "Skip"
        </PostButton>
    }
    .into_any()
}

/// Takes a payment or skip back.
#[component]
pub(super) fn Reopen(
    id: BillId,
    due: NaiveDate,
    /// The accessible name, where there are several.
    #[prop(default = "Reopen".to_owned())]
    label: String,
) -> impl IntoView {
    let doer = Doer::here();
    let take = Callback::new(move |_: ReopenBill| doer.reopen(id, due));
    let fields = fields_of(id, due);
    view! {
        <PostButton action={ServerAction::<ReopenBill>::new()} label fields kind=ButtonKind::Quiet take>
            "Reopen"
        </PostButton>
    }
    .into_any()
}

#[component]
pub(super) fn Delete(name: String, id: BillId) -> impl IntoView {
    let form = BillChoice { id: id.to_string() };
    view! {
        <DeleteButton
            action={ServerAction::<DeleteBill>::new()}
            id=id.to_string()
            name
            delete=Command::DeleteBill(id)
            restore=(Command::RestoreBill(id), RestoreBill { form })
        />
    }
    .into_any()
}

/// Does things to bills: they show at once, and are taken back where they fail. It outlives the button.
#[derive(Clone, Copy)]
pub(super) struct Doer {
    state: BookState,
    toasts: Toasts,
    format: NumberFormat,
}

impl Doer {
    pub fn here() -> Self {
        Self { state: BookState::here(), toasts: toasts(), format: me().format() }
    }

    /// Pays a due day with a record, as the form says it.
    pub fn pay(self, bill: &Bill, due: NaiveDate, record: Record, form: PayForm) {
        let (id, name) = (bill.id, &bill.name);
        let paid = format!("Paid {name} · {}", self.format.money(record.amount));
        let deed = Deed::new(guess(Command::PayBill { bill: id, due, record }), move || pay_bill(form.clone()))
            .telling(move || self.toasts.with_undo(paid.clone(), move || self.reopen(id, due)));
        self.run(deed, format!("{name} was not paid"));
    }

    /// Takes a payment, with its record, or a skip back.
    fn reopen(self, bill: BillId, due: NaiveDate) {
        let deed = Deed::new(guess(Command::ReopenBill { bill, due }), move || reopen_bill(due_of(bill, due)));
        self.run(deed, "This bill was not opened again".to_owned());
    }

    /// `failed` says what did not happen.
    fn run(self, deed: Deed, failed: String) {
        let deed = deed
            .then(move |changes| {
                self.state.read(|book| tell_crossed(changes, book, self.toasts, self.format));
            })
            .or_say(self.state, failed);
        self.state.ahead(deed);
    }
}

fn guess(command: Command) -> Guess {
    Guess { command, known: None }
}

fn due_of(bill: BillId, due: NaiveDate) -> DueChoice {
    DueChoice { bill: bill.to_string(), due: due.to_string() }
}

pub(super) fn fields_of(bill: BillId, due: NaiveDate) -> Vec<(String, String)> {
    vec![("bill".to_owned(), bill.to_string()), ("due".to_owned(), due.to_string())]
}
