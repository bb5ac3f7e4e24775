//! The dialogs that ask what the selected records shall have.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;

use ledger::Book;
use ledger::bulk::Edit;
use ledger::records::{Kind, parse_tags};

use super::bulk::Asked;
use super::choices;
use crate::ui::{ButtonKind, Choice, Dialog, Field, RadioGroup, SelectField};

#[component]
pub(super) fn BulkDialog(
    book: Signal<Book>,
    asked: RwSignal<Option<Asked>>,
    on_edit: Callback<(Edit, String)>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(asked.with(Option::is_some)));
    Effect::new(move |before: Option<bool>| {
        let now = open.get();
        if before == Some(true) && !now {
            asked.set(None);
        }
        now
    });
    let title = Signal::derive(move || match asked.get() {
        Some(Asked::Category) => "File the selected records".to_owned(),
        Some(Asked::Account) => "Put the selected records elsewhere".to_owned(),
        Some(Asked::Tags) => "Tag the selected records".to_owned(),
        Some(Asked::Days) => "Move the selected records".to_owned(),
        None => String::new(),
    });
    let run = Callback::new(move |edit: (Edit, String)| {
        asked.set(None);
        on_edit.run(edit);
    });
    view! {
        <Dialog open title>
            {move || asked.get().map(|asked| match asked {
                Asked::Category => view! { <CategoryAsked book run/> }.into_any(),
                Asked::Account => view! { <AccountAsked book run/> }.into_any(),
                Asked::Tags => view! { <TagsAsked run/> }.into_any(),
                Asked::Days => view! { <DaysAsked run/> }.into_any(),
            })}
        </Dialog>
    }
    .into_any()
}

/// A form of which the page reads the answer itself.
#[component]
fn Asking(on_submit: Callback<()>, error: RwSignal<Option<String>>, children: Children) -> impl IntoView {
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
    };
    view! {
        <form class="form" on:submit=submit>
            <div role="alert">{move || error.get().map(|error| view! { <p class="field-error">{error}</p> })}</div>
            {children()}
            <div class="dialog-actions">
                <button type="submit" class=ButtonKind::Primary.class()>"Apply"</button>
            </div>
        </form>
    }
    .into_any()
}

#[component]
fn CategoryAsked(book: Signal<Book>, run: Callback<(Edit, String)>) -> impl IntoView {
    let (value, error) = (RwSignal::new(String::new()), RwSignal::new(None));
    let options = Signal::derive(move || {
        let all = |kind| book.with(|book| choices::categories(book, kind, |_| false));
        let offered = [Kind::Expense, Kind::Income].into_iter().flat_map(all);
        std::iter::once(Choice::new("", "No category")).chain(offered).collect::<Vec<_>>()
    });
    let on_submit = Callback::new(move |()| {
        let category = value.get_untracked().parse().ok();
        let name = book.with_untracked(|book| book.category_name(category).to_owned());
        run.run((Edit::Category(category), format!("filed under {name}")));
    });
    view! {
        <Asking on_submit error>
            <SelectField label="File under" name="bulk-category" options value on_input=Callback::new(move |chosen| value.set(chosen)) hint="Transfers stay as they are, and so do records of the other kind."/>
        </Asking>
    }
    .into_any()
}

#[component]
fn AccountAsked(book: Signal<Book>, run: Callback<(Edit, String)>) -> impl IntoView {
    let first = book.with_untracked(|book| book.open_accounts().first().map(|account| account.id.to_string()));
    let (value, error) = (RwSignal::new(first.unwrap_or_default()), RwSignal::new(None));
    let options = Signal::derive(move || book.with(|book| choices::accounts(book, |_| false)));
    let on_submit = Callback::new(move |()| {
        let Ok(account) = value.get_untracked().parse() else {
            error.set(Some("Choose an account".to_owned()));
            return;
        };
        let name = book.with_untracked(|book| book.account_name(account).to_owned());
        run.run((Edit::Account(account), format!("put into {name}")));
    });
    view! {
        <Asking on_submit error>
            <SelectField label="Put into" name="bulk-account" options value on_input=Callback::new(move |chosen| value.set(chosen)) hint="Records in another currency stay as they are. Transfers then leave from here."/>
        </Asking>
    }
    .into_any()
}

#[component]
fn TagsAsked(run: Callback<(Edit, String)>) -> impl IntoView {
    let (how, typed, error) = (RwSignal::new("add".to_owned()), RwSignal::new(String::new()), RwSignal::new(None));
    let ways = vec![Choice::new("add", "Add"), Choice::new("remove", "Take away")];
    let on_submit = Callback::new(move |()| match parse_tags(&typed.get_untracked()) {
        Ok(tags) if tags.is_empty() => error.set(Some("Enter a tag".to_owned())),
        Ok(tags) => {
            let words = tags.iter().map(|tag| format!("#{tag}")).collect::<Vec<_>>().join(", ");
            run.run(if how.get_untracked() == "remove" {
                (Edit::RemoveTags(tags), format!("lost {words}"))
            } else {
                (Edit::AddTags(tags), format!("tagged {words}"))
            });
        }
        Err(message) => error.set(Some(message)),
    });
    view! {
        <Asking on_submit error>
            <RadioGroup label="What to do" name="bulk-how" options=ways value=how on_input=Callback::new(move |chosen| how.set(chosen))/>
            <Field label="Which tags" name="bulk-tags" hint="Separated by commas" value=typed on_input=Callback::new(move |text| typed.set(text))/>
        </Asking>
    }
    .into_any()
}

#[component]
fn DaysAsked(run: Callback<(Edit, String)>) -> impl IntoView {
    let (way, typed, error) = (RwSignal::new("later".to_owned()), RwSignal::new("1".to_owned()), RwSignal::new(None));
    let ways = vec![Choice::new("later", "Later"), Choice::new("earlier", "Earlier")];
    let on_submit = Callback::new(move |()| {
        match typed.get_untracked().trim().parse::<i64>().ok().filter(|days| (1..=36_525).contains(days)) {
            Some(days) => {
                let (earlier, noun) = (way.get_untracked() == "earlier", if days == 1 { "day" } else { "days" });
                let word = if earlier { "earlier" } else { "later" };
                let edit = Edit::Shift(if earlier { -days } else { days });
                run.run((edit, format!("moved to {days} {noun} {word}")));
            }
            None => error.set(Some("Enter a whole number of days, from 1 to 36525".to_owned())),
        }
    });
    view! {
        <Asking on_submit error>
            <RadioGroup label="Which way" name="bulk-way" options=ways value=way on_input=Callback::new(move |chosen| way.set(chosen))/>
            <Field label="By how many days" name="bulk-days" kind="number" value=typed on_input=Callback::new(move |text| typed.set(text))/>
        </Asking>
    }
    .into_any()
}
