//! Records that nobody knows the worth of: they count as nothing in the home currency, until they are given a rate.

use leptos::prelude::*;

use ledger::Book;
use ledger::bulk::{Edited, MOST};
use ledger::filter::Filter;
use ledger::rates::Unrated;

use super::api::{UseRate, load_unrated};
use super::teller::Teller;
use crate::book::{BookState, RateChoice};
use crate::layout::me;
use crate::ui::{ButtonKind, Icon, PostButton};

/// Says so where there are any, and offers the rate that is known by now. It comes once the page is interactive: rows
/// say it themselves.
#[component]
pub fn UnratedNote(book: Signal<Book>) -> impl IntoView {
    let (touched, found) = (BookState::here().touched(), RwSignal::new(Vec::<Unrated>::new()));
    let answers = Memo::new(move |_| touched.with(|touched| touched.answers));
    let abroad = Memo::new(move |_| book.with(|book| !book.foreign().is_empty()));
    Effect::new(move |_| {
        answers.track();
        if abroad.get() {
            leptos::task::spawn_local(async move {
                if let Ok(unrated) = load_unrated().await {
                    found.try_set(unrated);
                }
            });
        }
    });
    view! {
        <Show when=move || found.with(|found| !found.is_empty())>
            <section class="unrated" aria-label="Without a rate" data-testid="unrated">
                <Icon name="triangle-alert"/>
                <ul>{move || found.get().into_iter().map(|one| view! { <UnratedLine book one/> }).collect_view()}</ul>
            </section>
        </Show>
    }
    .into_any()
}

#[component]
fn UnratedLine(book: Signal<Book>, one: Unrated) -> impl IntoView {
    let (format, teller) = (me().format(), Teller::here());
    let (code, currency) = (one.currency.code(), book.with_untracked(|book| book.home));
    let home = currency.code();
    let count = match usize::try_from(one.count) {
        Ok(1) => "1 record".to_owned(),
        Ok(MOST) => format!("{MOST} records or more"),
        _ => format!("{} records", one.count),
    };
    let verb = if one.count == 1 { "counts" } else { "count" };
    let words = format!("{count} in {code} {verb} as nothing in {home}: no rate was known.");
    let listed = Filter { without_rate: true, ..Filter::default() }.url();
    let offer = match one.rate {
        None => view! { <a href="/settings">{format!("Say what 1 {code} is worth")}</a> }.into_any(),
        Some(rate) => {
            let fields = RateChoice::of(one.currency, rate).fields();
            let label = format!("Use this rate for {count} without one");
            let on = rate.on.format("%-d %b %Y");
            let rate = format!("1 {code} was {} on {on}.", format.worth(rate.rate, currency));
            let on_done = Callback::new(move |edited: Edited| teller.tell(&edited, "given that rate"));
            view! {
                <span class="num">{rate}</span>
                <PostButton
                    action={ServerAction::<UseRate>::new()}
                    label=label.clone()
                    fields
                    kind=ButtonKind::Plain
                    on_done
                >
                    {label}
                </PostButton>
            }
            .into_any()
        }
    };
    view! {
        <li>
            <span>{words}</span>
            <a href=listed>"Show them"</a>
            {offer}
        </li>
    }
    .into_any()
}
