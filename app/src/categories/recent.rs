//! Merges that can still be taken back, for when the toast that offered it is gone.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::book::PastMerge;
use ledger::{Book, Changes};

use super::api::{UnmergeCategory, load_merges};
use crate::book::BookState;
use crate::error::AppError;
use crate::layout::today;
use crate::roles::may_call;
use crate::ui::form::endpoint;
use crate::ui::{Card, PostButton, toasts};

pub(super) type Merges = Resource<Result<Vec<PastMerge>, AppError>>;

/// `None` for who may take none back.
pub(super) fn recent_merges() -> Option<Merges> {
    let touched = BookState::here().touched();
    let answers = move || touched.with(|touched| touched.answers);
    may_call(endpoint::<UnmergeCategory>()).then(|| Resource::new(answers, |_| load_merges()))
}

/// Nothing where there are none, nor where they cannot be had: the page is whole without them.
#[component]
pub(super) fn RecentMerges(book: Signal<Book>, merges: Merges) -> impl IntoView {
    let rows = move |merges: Vec<PastMerge>| {
        // One whose other category was merged on comes back after that.
        let is_there = |merge: &PastMerge| book.with(|book| book.categories.contains_key(&merge.into));
        let rows: Vec<_> = merges.into_iter().filter(is_there).map(|merge| view! { <MergeRow book merge/> }).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <div class="recent-merges">
                    <Card title="Merged lately" testid="recent-merges">
                        <ul class="list">{rows}</ul>
                    </Card>
                </div>
            }
        })
    };
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let merges = merges.await.unwrap_or_default();
                move || rows(merges.clone())
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn MergeRow(book: Signal<Book>, merge: PastMerge) -> impl IntoView {
    let (state, toasts, today) = (BookState::here(), toasts(), today());
    let PastMerge { from, name, into, on } = merge;
    let into = book.with_untracked(|book| book.category_name(Some(into)).to_owned());
    let words = format!("{name} was merged into {into}");
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        toasts.ok("Everything is as it was");
    });
    view! {
        <li class="list-row">
            <span class="list-words">
                <span>{words}</span>
                <span class="muted small">{move || ago(on, today.get())}</span>
            </span>
            <PostButton
                action={ServerAction::<UnmergeCategory>::new()}
                label=format!("Take back the merge of {name}")
                fields=vec![("id".to_owned(), from.to_string())]
                icon="undo-2"
                on_done
            >
                "Take back"
            </PostButton>
        </li>
    }
    .into_any()
}

fn ago(day: NaiveDate, today: NaiveDate) -> String {
    match (today - day).num_days() {
        ..=0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        days => format!("{days} days ago"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_is_told_in_days() {
        let day = |text: &str| -> NaiveDate { text.parse().expect("a day") };
        for (on, words) in [
            ("2026-11-28", "Today"),
            ("2026-11-27", "Today"),
            ("2026-11-26", "Yesterday"),
            ("2026-11-21", "6 days ago"),
        ] {
            assert_eq!(ago(day(on), day("2026-11-27")), words);
        }
    }
}
