//! A new category, and another name of one.

use leptos::prelude::*;

use ledger::categories::{Category, CategoryForm};
use ledger::id::CategoryId;
use ledger::records::Kind;
use ledger::{Book, Changes};

use super::api::SaveCategory;
use crate::book::{BookState, WithBook};
use crate::layout::go;
use crate::ui::{ButtonKind, ButtonLink, Card, Choice, Field, Form, Hidden, PageHead, RadioGroup, Submit, toasts};

/// `/categories/new`.
#[component]
pub fn CategoryNewPage() -> impl IntoView {
    // Made once, by the server: the page that is hydrated must hold the same id.
    let id = SharedValue::new(|| uuid::Uuid::now_v7().to_string()).into_inner();
    view! {
        <PageHead title="Add category" lead="A name for what money is spent on or earned by."/>
        <WithBook children={move |book: Signal<Book>| view! { <NewForm book id=id.clone()/> }}/>
    }
    .into_any()
}

#[component]
fn NewForm(book: Signal<Book>, id: String) -> impl IntoView {
    let (state, toasts) = (BookState::here(), toasts());
    let check = Callback::new(move |call: SaveCategory| book.with_untracked(|book| wrong_with(&call.form, book)));
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok("Category added");
        go("/categories");
    });
    let kinds = [Kind::Expense, Kind::Income].map(|kind| Choice::new(kind.word(), kind.label())).to_vec();
    view! {
        <div class="form-card">
            <Card>
                <Form action={ServerAction::<SaveCategory>::new()} label="Category" check on_done>
                    <Hidden name="id" value=id/>
                    <Field label="Name" name="name" maxlength=80 autofocus=true/>
                    <RadioGroup label="Kind" name="kind" options=kinds value="expense"/>
                    <div class="row">
                        <Submit kind=ButtonKind::Primary icon="check">"Save"</Submit>
                        <ButtonLink href="/categories" kind=ButtonKind::Quiet>"Cancel"</ButtonLink>
                    </div>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

/// Stands in the row of the category, in place of its name.
#[component]
pub(super) fn RenameForm(book: Signal<Book>, category: Category) -> impl IntoView {
    let (state, toasts) = (BookState::here(), toasts());
    let check = Callback::new(move |call: SaveCategory| book.with_untracked(|book| wrong_with(&call.form, book)));
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok("Category renamed");
        go("/categories");
    });
    view! {
        <Form action={ServerAction::<SaveCategory>::new()} label="Category" check on_done>
            <Hidden name="id" value=category.id.to_string()/>
            <Hidden name="revision" value=category.revision.to_string()/>
            <div class="rename">
                <Field
                    label="Name"
                    name="name"
                    value=category.name
                    maxlength=80
                    autofocus=true
                />
                <Submit kind=ButtonKind::Primary icon="check">"Save"</Submit>
                <ButtonLink href="/categories" kind=ButtonKind::Quiet>"Cancel"</ButtonLink>
            </div>
        </Form>
    }
    .into_any()
}

/// What the server would say too.
fn wrong_with(form: &CategoryForm, book: &Book) -> ledger::FieldErrors {
    let id = form.id.parse().unwrap_or(CategoryId::NIL);
    match form.parse(id, book.categories.get(&id)) {
        Ok(category) => match book.clone().apply(&ledger::Command::SaveCategory(category)) {
            Err(ledger::Refused::Invalid(errors)) => errors,
            _ => ledger::FieldErrors::default(),
        },
        Err(errors) => errors,
    }
}
