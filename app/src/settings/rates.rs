//! Rates of the currencies that accounts are kept in.

use leptos::prelude::*;

use ledger::rates::DayRate;
use ledger::{Book, Changes, Currency};

use super::api::SaveRate;
use crate::book::{BookState, WithBook};
use crate::layout::me;
use crate::records::UnratedNote;
use crate::ui::{ButtonKind, Card, Choice, Field, Form, SelectField, Submit, toasts};

/// Shown once an account is kept in another currency than the book.
#[component]
pub(super) fn Rates() -> impl IntoView {
    view! {
        <WithBook children={|book: Signal<Book>| {
            let any = Memo::new(move |_| book.with(|book| !book.foreign().is_empty()));
            view! {
                <Show when=move || any.get()>
                    <Card title="Rates">
                        <Known book/>
                        <UnratedNote book/>
                        <RateFormView book/>
                    </Card>
                </Show>
            }
        }}/>
    }
    .into_any()
}

/// The newest rate of each currency, with its day.
#[component]
fn Known(book: Signal<Book>) -> impl IntoView {
    let format = me().format();
    let line = move |book: &Book, currency: Currency| {
        let words = match book.newest_rate(currency) {
            Some(DayRate { rate, on }) => {
                format!("{} on {}", format.worth(rate, book.home), on.format("%-d %b %Y"))
            }
            None => "not known yet".to_owned(),
        };
        view! {
            <li data-testid="rate">
                {format!("1 {}: ", currency.code())}
                <span class="num">{words}</span>
            </li>
        }
    };
    let lines =
        move || book.with(|book| book.foreign().into_iter().map(|currency| line(book, currency)).collect_view());
    view! {
        <ul class="plain">{lines}</ul>
        <p class="muted small">
            "The rate of its day is offered for a new record, and the newest one tells what accounts are worth. Records keep the rate that they were saved with."
        </p>
    }
    .into_any()
}

#[component]
fn RateFormView(book: Signal<Book>) -> impl IntoView {
    let (me, state, toasts) = (me(), BookState::here(), toasts());
    let format = me.format();
    let check = Callback::new(move |call: SaveRate| call.form.parse(format).err().unwrap_or_default());
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok("Rate saved");
    });
    let choices = Signal::derive(move || {
        let choice =
            |currency: Currency| Choice::new(currency.code(), format!("{} – {}", currency.code(), currency.name()));
        book.with(|book| book.foreign().into_iter().map(choice).collect::<Vec<_>>())
    });
    let first = book.with_untracked(|book| book.foreign().first().map(|currency| currency.code()));
    let home = book.with_untracked(|book| book.home.code());
    view! {
        <Form action={ServerAction::<SaveRate>::new()} label="Rate" check on_done>
            <div class="grid-2">
                <SelectField label="One unit of" name="currency" options=choices value=first.unwrap_or_default().to_owned()/>
                <Field label=format!("Is worth, in {home}") name="rate" inputmode="decimal" autocomplete="off"/>
                <Field label="On the day" name="day" kind="date" value=me.today.to_string()/>
            </div>
            <Submit kind=ButtonKind::Plain>"Save rate"</Submit>
        </Form>
    }
    .into_any()
}
