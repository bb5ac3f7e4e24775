//! The book that a signed-in person sees: one window of it, loaded once, kept up to date by every command.

mod api;

use std::collections::BTreeMap;

use leptos::prelude::*;

use ledger::command::Deleted;
use ledger::id::{CategoryId, RecordId};
use ledger::records::Record;
use ledger::window::Window;
use ledger::{Book, Changes, Money};

pub use api::load_book;

use crate::error::AppError;
use crate::ui::Load;

/// The window in memory, and what was done since the page was loaded.
#[derive(Clone, Copy)]
pub struct BookState {
    window: Resource<Result<Window, AppError>>,
    /// `None` until the first page has loaded it.
    book: RwSignal<Option<Book>>,
    touched: RwSignal<Touched>,
}

/// Records written since the page was loaded, as they are now; `None` for deleted ones. Lists lay it over the
/// rows that they have loaded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touched {
    pub records: BTreeMap<RecordId, Option<Record>>,
    /// How many answers were taken over.
    pub answers: u32,
}

impl BookState {
    /// Starts loading the window and gives it to everything below.
    pub fn provide() -> Self {
        let window = Resource::new(|| (), |()| load_book());
        let state = Self { window, book: RwSignal::new(None), touched: RwSignal::new(Touched::default()) };
        provide_context(state);
        state
    }

    /// The state that the frame of the signed-in pages has provided.
    pub fn here() -> Self {
        expect_context()
    }

    /// Takes over what the server answered.
    pub fn merge(self, changes: &Changes) {
        self.book.update(|book| {
            if let Some(book) = book {
                book.merge(changes);
            }
        });
        self.touched.update(|touched| {
            touched.answers += 1;
            touched.records.extend(changes.records.iter().map(|record| (record.id, Some(record.clone()))));
            for deleted in &changes.deleted {
                if let Deleted::Record(id) = deleted {
                    touched.records.insert(*id, None);
                }
            }
        });
    }

    /// The name of a category, or what stands for none.
    pub fn category_name(self, id: Option<CategoryId>) -> String {
        self.book.with(|book| book.as_ref().map(|book| book.category_name(id).to_owned())).unwrap_or_default()
    }

    /// What is planned to come in each month.
    pub fn planned_income(self) -> Option<Money> {
        self.book.with(|book| book.as_ref().and_then(|book| book.planned_income))
    }

    /// What was written since the page was loaded.
    pub fn touched(self) -> Signal<Touched> {
        self.touched.into()
    }

    fn take(self, window: Window) {
        let known = self.book.with_untracked(|book| book.as_ref().map(|book| book.revision));
        let book = Book::from(window);
        if known.is_none_or(|known| known < book.revision) {
            self.book.set(Some(book));
        }
    }
}

/// Shows its children once the book is there; they see every later change of it through the signal.
#[component]
pub fn WithBook<V, F>(children: F) -> impl IntoView
where
    V: IntoView + 'static,
    F: Fn(Signal<Book>) -> V + Send + Sync + Clone + 'static,
{
    let state = BookState::here();
    view! {
        <Load
            from=state.window
            children={move |window: Window| {
                state.take(window);
                let fallback = Book::new(ledger::Currency::INR, chrono::Weekday::Mon);
                children(Signal::derive(move || state.book.get().unwrap_or_else(|| fallback.clone())))
            }}
        />
    }
    .into_any()
}
