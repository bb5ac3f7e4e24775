//! The bill form, on a page of its own.

use chrono::NaiveDate;
use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::bills::{Bill, BillForm, WEEKS};
use ledger::id::{AccountId, BillId};
use ledger::recurrence::Repeats;
use ledger::{Book, Changes, Command, Currency};

use super::api::SaveBill;
use super::choices;
use super::words::day_of;
use crate::book::{BookState, Save, WithBook};
use crate::layout::{NotFoundPage, go, me};
use crate::ui::form::id_of_new;
use crate::ui::{
    Card, Checkbox, Field, Form, Hidden, Leave, MoneyField, PageHead, SelectField, SubmitRow, query_here, toasts,
};

/// `/bills/new` and `/bills/:id/edit`; with `?from=2027-03-31` the edit holds from that due day on.
#[component]
pub fn BillPage() -> impl IntoView {
    let edited = use_params_map().with_untracked(|params| params.get("id"));
    let from = query_here().with_untracked(|query| query.get("from")).and_then(|from| from.parse().ok());
    // Made once, by the server: the page that is hydrated must hold the same id. What came back of an edit is no new bill.
    let id = match edited {
        None => id_of_new("save_bill"),
        Some(_) => SharedValue::new(|| uuid::Uuid::now_v7().to_string()).into_inner(),
    };
    view! {
        <WithBook children={move |book: Signal<Book>| {
            let Some(edited) = &edited else {
                return EitherOf3::A(view! {
                    <PageHead title="Add bill" lead="Something that falls due: rent, electricity, a subscription."/>
                    <BillFormView book start=blank(&id)/>
                });
            };
            let known = |id: BillId| book.with_untracked(|book| book.bills.get(&id).cloned());
            match edited.parse().ok().and_then(known) {
                Some(bill) => EitherOf3::B(view! { <EditBill book bill from later=id.clone()/> }),
                None => EitherOf3::C(view! { <NotFoundPage/> }),
            }
        }}/>
    }
    .into_any()
}

/// The form of a bill as a whole, or of its due days from a later one on.
#[component]
fn EditBill(book: Signal<Book>, bill: Bill, from: Option<NaiveDate>, later: String) -> impl IntoView {
    let me = me();
    let Some(from) = from.filter(|from| bill.ending_before(*from).is_some()) else {
        let start = BillForm::of(&bill, bill.planned_due(), me.format());
        return view! { <PageHead title="Edit bill"/> <BillFormView book start/> }.into_any();
    };
    let lead = format!("From {} on. The due days before stay as they are.", day_of(from, me.today));
    let start = BillForm { from: from.to_string(), later, ..BillForm::of(&bill, from, me.format()) };
    view! { <PageHead title="Edit bill" lead/> <BillFormView book start/> }.into_any()
}

fn blank(id: &str) -> BillForm {
    BillForm {
        id: id.to_owned(),
        due: me().today.to_string(),
        repeats: "monthly".to_owned(),
        ends: "never".to_owned(),
        remind: "3".to_owned(),
        ..BillForm::default()
    }
}

/// A bill is in the currency of its account, or of the book.
pub(super) fn currency_of(account: &str, book: &Book) -> Currency {
    let account = account.parse::<AccountId>().ok().and_then(|id| book.accounts.get(&id));
    account.map_or(book.home, ledger::accounts::Account::currency)
}

#[component]
pub(super) fn BillFormView(book: Signal<Book>, start: BillForm) -> impl IntoView {
    let (state, toasts, format) = (BookState::here(), toasts(), me().format());
    let is_new = start.name.is_empty();
    let account = RwSignal::new(start.account.clone());
    let currency = Signal::derive(move || book.with(|book| currency_of(&account.get(), book).symbol()));
    let id = start.id.parse().unwrap_or(BillId::NIL);
    let read = move |form: &BillForm| {
        book.with_untracked(|book| form.parse(id, currency_of(&form.account, book), format, book.bills.get(&id)))
    };
    let check = Callback::new(move |call: SaveBill| read(&call.form).err().unwrap_or_default());
    let leave = use_context::<Leave>();
    let take = Callback::new(move |call: SaveBill| {
        let Ok(bill) = read(&call.form) else { return };
        let save = Save {
            name: bill.name.clone(),
            command: Command::SaveBill(bill),
            done: if is_new { "Bill added" } else { "Bill saved" },
            list: "/bills",
            form: if is_new { "/bills/new".to_owned() } else { format!("/bills/{id}/edit") },
        };
        state.save(call, save, leave);
    });
    // What holds from a later day on ends one bill and begins another: it shows once that is done.
    let take = start.from.is_empty().then_some(take);
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok("Bill saved");
        go("/bills");
    });
    let (repeats, weeks) = choices::repeats_of(&start);
    let (plan, reminders) = (RwSignal::new(repeats.clone()), choices::reminders(&start));
    let held = (start.category.clone(), start.account.clone());
    let categories = Signal::derive(move || book.with(|book| choices::categories(book, &held.0)));
    let accounts = Signal::derive(move || book.with(|book| choices::accounts(book, &held.1)));
    view! {
        <div class="form-card">
            <Card>
                <Form action={ServerAction::<SaveBill>::new()} label="Bill" check take on_done>
                    <Hidden name="id" value=start.id/>
                    <Hidden name="revision" value=start.revision/>
                    <Hidden name="from" value=start.from/>
                    <Hidden name="later" value=start.later/>
                    <Field label="Name" name="name" value=start.name maxlength=80 autofocus=true/>
                    <MoneyField label="Amount" name="amount" currency value=start.amount/>
                    <Checkbox label="It differs each time" name="estimated" checked=!start.estimated.is_empty()/>
                    <div class="grid-2">
                        <Field label="Due date" name="due" kind="date" value=start.due/>
                        <SelectField
                            label="Repeats"
                            name="repeats"
                            options=choices::repeats()
                            value=repeats
                            on_input=Callback::new(move |chosen| plan.set(chosen))
                        />
                        <WeeksField plan weeks/>
                    </div>
                    <EndFields plan ends=start.ends until=start.until times=start.times/>
                    <div class="grid-2">
                        <SelectField label="Category" name="category" options=categories value=start.category/>
                        <SelectField
                            label="Account"
                            name="account"
                            options=accounts
                            value=start.account
                            on_input=Callback::new(move |chosen| account.set(chosen))
                        />
                        <SelectField label="Remind me" name="remind" options=reminders value=start.remind/>
                    </div>
                    <SubmitRow back="/bills"/>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

/// Every how many weeks: only where that is chosen.
#[component]
fn WeeksField(
    /// How the bill repeats.
    plan: RwSignal<String>,
    weeks: String,
) -> impl IntoView {
    view! {
        <div class:not-needed=move || plan.with(|plan| plan != WEEKS)>
            <Field
                label="Weeks from one to the next"
                name="weeks"
                inputmode="numeric"
                hint="For a bill of every so many weeks, 1 to 52"
                value=weeks
            />
        </div>
    }
    .into_any()
}

/// When the plan ends, and what the choice asks for.
#[component]
fn EndFields(
    /// How the bill repeats.
    plan: RwSignal<String>,
    ends: String,
    until: String,
    times: String,
) -> impl IntoView {
    let chosen = RwSignal::new(ends.clone());
    let repeats = move || plan.with(|plan| plan.parse() != Ok(Repeats::Once));
    let hides = move |ends: &str| !(repeats() && chosen.with(|chosen| chosen == ends));
    let on_input = Callback::new(move |ends| chosen.set(ends));
    view! {
        <div class="grid-2">
            <div class:not-needed=move || !repeats()>
                <SelectField label="Ends" name="ends" options=choices::ends() value=ends on_input/>
            </div>
            <div class:not-needed=move || hides("on")>
                <Field label="Until" name="until" kind="date" hint="The last day on which it can fall due" value=until/>
            </div>
            <div class:not-needed=move || hides("after")>
                <Field label="Times" name="times" inputmode="numeric" hint="Counted from the due date above" value=times/>
            </div>
        </div>
    }
    .into_any()
}
