//! `/categories/:id/merge`: all that one category has goes to another.

use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::categories::Category;
use ledger::filter::Filter;
use ledger::id::CategoryId;
use ledger::list::FilterSums;
use ledger::{Book, Changes};

use super::api::{MergeCategory, MergeForm, UnmergeCategory, unmerge_category};
use crate::book::{BookState, WithBook};
use crate::budgets::tell_crossed;
use crate::error::AppError;
use crate::layout::{NotFoundPage, go, me, send_to_login};
use crate::records::sum_records;
use crate::ui::{
    Card, Choice, Form, FormState, Hidden, Load, PageHead, PostButton, SelectField, SubmitRow, Toasts, query_here,
    toasts,
};

#[component]
pub fn CategoryMergePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<CategoryId>().ok()));
    let sums = Resource::new(
        move || id.get(),
        |id| async move {
            match id {
                Some(id) => sum_records(Filter::default().in_category(Some(id))).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! {
        <WithBook children={move |book: Signal<Book>| {
            // As it was when the page was opened: the merge takes it away.
            match id.get_untracked().and_then(|id| book.with_untracked(|book| book.categories.get(&id).cloned())) {
                Some(category) => Either::Left(view! { <MergeView book category sums/> }),
                None => Either::Right(view! { <NotFoundPage/> }),
            }
        }}/>
    }
    .into_any()
}

#[component]
fn MergeView(book: Signal<Book>, category: Category, sums: Resource<Result<FilterSums, AppError>>) -> impl IntoView {
    let (state, toasts, format) = (BookState::here(), toasts(), me().format());
    let id = category.id;
    let held = StoredValue::new(category.clone());
    let check = Callback::new(move |call: MergeCategory| {
        let into = match call.form.kept() {
            Ok(into) => into,
            Err(errors) => return errors,
        };
        book.with_untracked(|book| match book.categories.get(&into) {
            Some(into) => held.with_value(|from| book.check_merge(from, into)).err().unwrap_or_default(),
            None => ledger::FieldErrors::one("into", "Choose a category of the list"),
        })
    });
    let below = book.with_untracked(|book| book.categories_within(id).len().saturating_sub(1));
    let name = category.name.clone();
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        state.read(|book| tell_crossed(&changes, book, toasts, format));
        go("/categories");
        toasts.with_undo(format!("{name} was merged"), move || take_back(state, toasts, id));
    });
    let options = Signal::derive(move || {
        book.with(|book| {
            let offered = held.with_value(|from| {
                book.categories_of(from.kind)
                    .into_iter()
                    .filter(|into| book.check_merge(from, into).is_ok())
                    .map(|into| Choice::new(into.id.to_string(), book.category_path(into)))
                    .collect::<Vec<_>>()
            });
            std::iter::once(Choice::new("", "Choose the one that stays")).chain(offered).collect::<Vec<_>>()
        })
    });
    view! {
        <PageHead title=format!("Merge {}", category.name) lead="Everything it has goes to another category, and it is gone from the list."/>
        <div class="form-card">
            <Card>
                <Form action={ServerAction::<MergeCategory>::new()} label="Merge" check on_done>
                    <Hidden name="id" value=id.to_string()/>
                    <Load from=sums rows=1 children={move |sums: FilterSums| view! { <Moves count=sums.count below/> }}/>
                    <SelectField label="Merge into" name="into" options hint="Bills, budgets and what is remembered of payees go there too."/>
                    <SubmitRow back="/categories" label="Merge" icon="merge"/>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}

/// How many records move, what stands `below`, and while they do that it goes on.
#[component]
fn Moves(count: i64, below: usize) -> impl IntoView {
    let pending = FormState::here().map(|form| form.pending);
    let is_moving = move || pending.is_some_and(|pending| pending.get());
    let (words, moving) = (words(count, below), format!("Moving {}…", records(count)));
    view! {
        <p class="muted" role="status" data-testid="merge-count" data-count=count.to_string()>
            {move || if is_moving() { moving.clone() } else { words.clone() }}
        </p>
    }
    .into_any()
}

fn records(count: i64) -> String {
    if count == 1 { "1 record".to_owned() } else { format!("{count} records") }
}

/// What moves with a category of so many records, and so many others below it.
fn words(count: i64, below: usize) -> String {
    let others = match below {
        0 => String::new(),
        1 => " Its sub-category moves too.".to_owned(),
        _ => format!(" Its {below} sub-categories move too."),
    };
    let records = match count {
        0 if below == 0 => "It has no records yet.".to_owned(),
        0 => "It has no records of its own.".to_owned(),
        1..10_000 => format!("{} will move.", records(count)),
        _ => format!("{} will move, which takes a few seconds.", records(count)),
    };
    records + &others
}

fn take_back(state: BookState, toasts: Toasts, from: CategoryId) {
    leptos::task::spawn_local(async move {
        let call = unmerge_category(MergeForm { id: from.to_string(), into: String::new() });
        match state.answer(call).await {
            Ok(changes) => {
                state.merge(&changes);
                toasts.ok("Everything is as it was");
            }
            Err(AppError::SignedOut) => send_to_login(),
            Err(error) => toasts.error_with_retry(&error, move || take_back(state, toasts, from)),
        }
    });
}

/// Offers to take a merge back where no toast could.
#[component]
pub(super) fn MergedNotice() -> impl IntoView {
    let (query, state) = (query_here(), BookState::here());
    let merged = Memo::new(move |_| query.read().get("merged").and_then(|id| id.parse::<CategoryId>().ok()));
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        go("/categories");
    });
    move || {
        merged.get().map(|id| {
            view! {
                <div class="notice row" role="status">
                    <span>"Category merged."</span>
                    <PostButton
                        action={ServerAction::<UnmergeCategory>::new()}
                        label="Undo"
                        fields=vec![("id".to_owned(), id.to_string())]
                        on_done
                    >
                        "Undo"
                    </PostButton>
                </div>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_merge_says_all_that_moves() {
        assert_eq!(words(0, 0), "It has no records yet.");
        assert_eq!(words(0, 2), "It has no records of its own. Its 2 sub-categories move too.");
        assert_eq!(words(1, 1), "1 record will move. Its sub-category moves too.");
        assert_eq!(words(10_000, 0), "10000 records will move, which takes a few seconds.");
    }
}
