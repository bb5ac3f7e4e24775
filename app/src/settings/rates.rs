//! Rates of the currencies that accounts are kept in.

use leptos::prelude::*;

use ledger::rates::{DayRate, TypedRates};
use ledger::{Book, Changes, Currency};

use super::api::{DeleteRate, SaveRate, load_rates, restore_rate};
use crate::book::{BookState, RateChoice, WithBook};
use crate::layout::{Today, me, today};
use crate::records::UnratedNote;
use crate::ui::{ButtonKind, Card, Choice, Field, Form, Load, PostButton, SelectField, Submit, Undo, toasts};

/// Shown once an account is kept in another currency than the book.
#[component]
pub(super) fn Rates() -> impl IntoView {
    // Made here and not below: what lies inside something that is waited for is made more than once on the server.
    let typed = Resource::new(|| (), |()| load_rates());
    let on_changed = Callback::new(move |()| typed.refetch());
    view! {
        <WithBook children={move |book: Signal<Book>| {
            let any = Memo::new(move |_| book.with(|book| !book.foreign().is_empty()));
            view! {
                <Show when=move || any.get()>
                    <Card title="Rates">
                        <Known book/>
                        <UnratedNote book/>
                        <RateFormView book on_saved=on_changed/>
                        <Load from=typed rows=2 children={move |typed: Vec<TypedRates>| view! { <Typed book typed on_changed/> }}/>
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
    let (format, today) = (me().format(), today());
    let line = move |book: &Book, currency: Currency| {
        let words = match book.rate_at(currency, today.get()) {
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
            "The rate of its day is offered for a new record, and that of today tells what accounts are worth. Records keep the rate that they were saved with."
        </p>
    }
    .into_any()
}

/// The rates that are kept of each currency, the newest first, each with a way to take it away.
#[component]
fn Typed(book: Signal<Book>, typed: Vec<TypedRates>, on_changed: Callback<()>) -> impl IntoView {
    let lists = typed.into_iter().map(|of| {
        let (currency, count) = (of.currency, of.rates.len());
        let label = format!("Rates of {}", currency.code());
        let rows = of.rates.into_iter().map(|rate| view! { <TypedRow book currency rate on_changed/> }).collect_view();
        let more = of.has_more.then(|| {
            view! { <p class="muted small">{format!("The newest {count}. An older one is mended by saving another for its day.")}</p> }
        });
        view! {
            <h3>{label.clone()}</h3>
            <ul class="list" aria-label=label data-testid="typed-rates">{rows}</ul>
            {more}
        }
    });
    lists.collect_view().into_any()
}

#[component]
fn TypedRow(book: Signal<Book>, currency: Currency, rate: DayRate, on_changed: Callback<()>) -> impl IntoView {
    let (state, undo) = (BookState::here(), Undo::here());
    let home = book.with_untracked(|book| book.home.code());
    let on = rate.on.format("%-d %b %Y");
    let words = format!("1 {} = {} {home} on {on}", currency.code(), rate.rate.text(me().format()));
    let choice = RateChoice::of(currency, rate);
    let fields = choice.fields();
    let said = format!("Rate of {on} deleted");
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        let choice = choice.clone();
        let back = move || {
            let choice = choice.clone();
            async move {
                state.merge(&restore_rate(choice).await?);
                Ok(())
            }
        };
        undo.offer(said.clone(), back, on_changed);
        on_changed.run(());
    });
    view! {
        <li class="list-row">
            <span class="list-words num">{words.clone()}</span>
            <PostButton
                action={ServerAction::<DeleteRate>::new()}
                label=format!("Delete {words}")
                fields
                kind=ButtonKind::Quiet
                on_done
            >
                "Delete"
            </PostButton>
        </li>
    }
    .into_any()
}

#[component]
fn RateFormView(book: Signal<Book>, on_saved: Callback<()>) -> impl IntoView {
    let (me, state, toasts) = (me(), BookState::here(), toasts());
    let format = me.format();
    let (day, seen) = (Today::here(), today());
    let check = Callback::new(move |call: SaveRate| {
        // A page that stayed open past midnight takes the new day too.
        day.look();
        call.form.parse(format, seen.get_untracked()).err().unwrap_or_default()
    });
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok("Rate saved");
        on_saved.run(());
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
