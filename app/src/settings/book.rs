//! How the book is kept.

use ledger::Book;
use ledger::person::{WEEK_STARTS, week_start_word};
use leptos::prelude::*;

use super::api::SaveBook;
use crate::book::WithBook;
use crate::layout::{leave_to, me};
use crate::region;
use crate::ui::{ButtonKind, Card, Choice, Field, Form, RadioGroup, SelectField, Submit};

#[component]
pub(super) fn BookSettings() -> impl IntoView {
    view! {
        <Card title="Book">
            <WithBook children={|book: Signal<Book>| view! { <BookSettingsForm book/> }}/>
        </Card>
    }
    .into_any()
}

#[component]
fn BookSettingsForm(book: Signal<Book>) -> impl IntoView {
    let format = me().format();
    let (home, week_start, planned) = book.with_untracked(|book| (book.home, book.week_start, book.planned_income));
    let check = Callback::new(move |call: SaveBook| call.form.parse(format).err().unwrap_or_default());
    // Figures and weeks on every page change with it, so it is loaded anew.
    let on_done = Callback::new(|()| leave_to("/settings?saved=1"));
    let days = WEEK_STARTS.map(|(word, day)| Choice::new(word, day_name(day))).to_vec();
    view! {
        <Form action={ServerAction::<SaveBook>::new()} label="Book" check on_done>
            <div class="grid-2">
                <SelectField
                    label="Currency"
                    name="currency"
                    options=region::currencies()
                    value=home.code().to_owned()
                    hint="It stays once there are records"
                />
                <Field
                    label="Planned monthly income (optional)"
                    name="income"
                    inputmode="decimal"
                    autocomplete="off"
                    value=planned.map(|planned| format.plain(planned)).unwrap_or_default()
                    hint="A plan only; nothing is recorded. 0 for none"
                />
            </div>
            <RadioGroup
                label="Week starts on"
                name="week_start"
                options=days
                value=week_start_word(week_start).to_owned()
                hint="Weekly budgets go by it"
            />
            <Submit kind=ButtonKind::Plain>"Save book"</Submit>
        </Form>
    }
    .into_any()
}

fn day_name(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Sun => "Sunday",
        chrono::Weekday::Sat => "Saturday",
        _ => "Monday",
    }
}
