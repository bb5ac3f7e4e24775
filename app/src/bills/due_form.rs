//! `/bills/:id/due/:due`: another amount or day for one due day, or a way to change all later ones too.

use chrono::NaiveDate;
use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::bills::Bill;
use ledger::id::BillId;
use ledger::{Book, Changes};

use super::api::SaveDue;
use super::words::day_of;
use crate::book::{BookState, WithBook};
use crate::layout::{NotFoundPage, go, me};
use crate::ui::{ButtonKind, ButtonLink, Card, Field, Form, Hidden, MoneyField, PageHead, Submit, toasts};

#[component]
pub fn DuePage() -> impl IntoView {
    let params = use_params_map();
    let param = move |name: &str| params.with_untracked(|params| params.get(name)).unwrap_or_default();
    let (bill, due) = (param("id").parse::<BillId>().ok(), param("due").parse::<NaiveDate>().ok());
    view! {
        <WithBook children={move |book: Signal<Book>| {
            let known = bill.and_then(|id| book.with_untracked(|book| book.bills.get(&id).cloned()));
            match known.zip(due).filter(|(bill, due)| bill.schedule().place_of(*due).is_some()) {
                Some((bill, due)) => {
                    let title = format!("{}, due {}", bill.name, day_of(due, me().today));
                    Either::Right(view! { <PageHead title/> <DueFormView bill due/> })
                }
                None => Either::Left(view! { <NotFoundPage/> }),
            }
        }}/>
    }
    .into_any()
}

#[component]
fn DueFormView(bill: Bill, due: NaiveDate) -> impl IntoView {
    let (state, toasts, format) = (BookState::here(), toasts(), me().format());
    let shown = bill.occurrence(due);
    let back = format!("/bills/{}", bill.id);
    let after = back.clone();
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok("This due day was changed");
        go(&after);
    });
    let later = if bill.next_due == Some(due) {
        format!("/bills/{}/edit", bill.id)
    } else {
        format!("/bills/{}/edit?from={due}", bill.id)
    };
    let (id, revision, currency) = (bill.id.to_string(), bill.revision.to_string(), bill.amount.currency.symbol());
    let check = Callback::new(move |call: SaveDue| call.form.parse(&bill, format).err().unwrap_or_default());
    view! {
        <div class="form-card">
            <Card>
                <Form action={ServerAction::<SaveDue>::new()} label="Due day" check on_done>
                    <Hidden name="bill" value=id/>
                    <Hidden name="revision" value=revision/>
                    <Hidden name="due" value=due.to_string()/>
                    <MoneyField label="Amount" name="amount" currency value=format.plain(shown.amount) autofocus=true/>
                    <Field label="Due date" name="date" kind="date" value=shown.day.to_string()/>
                    <div class="row">
                        <Submit kind=ButtonKind::Primary icon="check">"Save this one"</Submit>
                        <ButtonLink href=later>"Change all later ones too"</ButtonLink>
                        <ButtonLink href=back kind=ButtonKind::Quiet>"Cancel"</ButtonLink>
                    </div>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}
