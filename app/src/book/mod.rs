//! The book that a signed-in person sees: one window of it, loaded once, kept up to date by every command, and
//! by what other tabs and devices write.

mod ahead;
mod api;
mod archive;
mod beside;
mod delete;
mod order;
mod rate;
mod rate_choice;
mod save;
mod touched;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::guess::{Guess, Guessed, Shift};
use ledger::id::{CategoryId, RecordId};
use ledger::records::Record;
use ledger::window::Window;
use ledger::{Book, Changes, Money};

pub use ahead::{Deed, was_overtaken};
pub use api::load_book;
pub use archive::{ArchiveButton, ArchiveForm};
pub use beside::{Beside, BesideList, Part};
pub use delete::DeleteButton;
pub use order::{MoveForm, OrderLine, OrderList};
pub use rate::RateField;
pub use rate_choice::RateChoice;
pub use save::Save;
pub use touched::Touched;

use crate::error::AppError;
use crate::layout::{me, today};
use crate::ui::form::{PostedHere, WhenLeft};
use crate::ui::{Load, Toasts, Waits, browser, toasts};
use ahead::Line;
use api::changes_since;

/// The window in memory, and what was done since the page was loaded.
#[derive(Clone, Copy)]
pub struct BookState {
    window: Resource<Result<Window, AppError>>,
    /// What the server said; `None` until the first page has loaded it. All writes up to its revision are in it.
    book: RwSignal<Option<Book>>,
    /// What was done and is not answered yet.
    line: RwSignal<Line>,
    /// The book with that laid over it: what pages show.
    shown: Memo<Guessed>,
    /// Only the book of it, once for all that show some of it.
    shown_book: Memo<Book>,
    on_their_way: Memo<BTreeMap<RecordId, Option<Record>>>,
    touched: RwSignal<Touched>,
    asking: StoredValue<Asking>,
    waits: Waits,
    toasts: Toasts,
    posts: PostedHere,
    today: Signal<NaiveDate>,
}

/// Whether it is being asked what was written elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asking {
    No,
    Yes,
    /// Something came up meanwhile: once more.
    Again,
}

impl BookState {
    /// Starts loading the window and gives it to everything below.
    pub fn provide() -> Self {
        let window = Resource::new(|| (), |()| load_book());
        let (book, line) = (RwSignal::new(None::<Book>), RwSignal::new(Line::default()));
        let shown = Memo::new(move |_| {
            let known = book.get().unwrap_or_else(|| Book::new(ledger::Currency::INR, chrono::Weekday::Mon));
            line.with(|line| Guessed::of(known, line.guesses()))
        });
        let state = Self {
            window,
            book,
            line,
            shown,
            shown_book: Memo::new(move |_| shown.with(|shown| shown.book.clone())),
            on_their_way: Memo::new(move |_| shown.with(|shown| shown.records.clone())),
            touched: RwSignal::new(Touched::default()),
            asking: StoredValue::new(Asking::No),
            waits: Waits::here(),
            toasts: toasts(),
            posts: PostedHere::here(),
            today: today(),
        };
        provide_context(state);
        browser::when_seen_again(move || state.catch_up());
        browser::ask_before_leaving(move || state.line.try_with_untracked(|line| !line.is_done()) == Some(true));
        // The answer went with its form.
        provide_context(WhenLeft(Arc::new(move || state.catch_up_later())));
        state
    }

    /// The state that the frame of the signed-in pages has provided.
    pub fn here() -> Self {
        expect_context()
    }

    /// Takes over what the server answered. Where others wrote in between, the book waits until it has that too.
    pub fn merge(self, changes: &Changes) {
        self.touched.update(|touched| touched.take(changes));
        match self.revision() {
            _ if changes.reload => leptos::task::spawn_local(self.load_again()),
            Some(known) if changes.revision > known + 1 => self.catch_up(),
            _ => self.take_over(changes),
        }
    }

    /// Asks for what may have been written, soon and once more on a slow line.
    fn catch_up_later(self) {
        for wait in [500, 2_000, 8_000] {
            set_timeout(move || self.catch_up(), Duration::from_millis(wait));
        }
    }

    /// Asks for what was written elsewhere. What cannot be had now is asked for the next time.
    fn catch_up(self) {
        if self.asking.try_get_value() != Some(Asking::No) {
            self.asking.try_update_value(|asking| *asking = Asking::Again);
            return;
        }
        self.asking.set_value(Asking::Yes);
        leptos::task::spawn_local(async move {
            while let Some(known) = self.revision()
                && let Ok(changes) = changes_since(known).await
            {
                if changes.revision > known {
                    self.touched.try_update(|touched| touched.take(&changes));
                    if changes.reload {
                        self.load_again().await;
                    }
                    self.take_over(&changes);
                } else if self.asking.try_update_value(|asking| std::mem::replace(asking, Asking::Yes))
                    != Some(Asking::Again)
                {
                    break;
                }
            }
            self.asking.try_update_value(|asking| *asking = Asking::No);
        });
    }

    /// Loads the window anew, below a page that stays as it is.
    async fn load_again(self) {
        if let Ok(window) = load_book().await {
            self.take(window);
        }
    }

    fn take_over(self, changes: &Changes) {
        let known = self
            .book
            .try_with_untracked(|book| book.as_ref().map(|book| (book.home, book.week_start, book.planned_income)));
        if let (Some(known), Some(Some(before))) = (changes.kept, known)
            && (known.currency, known.week_start, known.income) != before
        {
            self.load_anew();
        }
        self.book.try_update(|book| {
            if let Some(book) = book {
                book.merge(changes);
            }
        });
        // A budget may count a tag from now on whose past was never asked for.
        if self.server_book(Book::misses_a_tag) {
            self.load_anew();
        }
    }

    /// Another week begins other periods, which look further back than the days that are held one by one; another plan of
    /// income leaves something else to the months that are held.
    fn load_anew(self) {
        leptos::task::spawn_local(async move {
            if let Ok(window) = load_book().await {
                self.book.try_set(Some(window.into()));
            }
        });
    }

    /// Up to which all writes are known; `None` while the book is not loaded.
    fn revision(self) -> Option<i64> {
        self.book.try_with_untracked(|book| book.as_ref().map(|book| book.revision)).flatten()
    }

    /// Asks once for what was written elsewhere.
    async fn catch_up_now(self) -> Result<(), AppError> {
        let known = self.revision().ok_or(AppError::Unavailable)?;
        let changes = changes_since(known).await?;
        if changes.revision > known {
            self.touched.try_update(|touched| touched.take(&changes));
            if changes.reload {
                self.load_again().await;
            }
            self.take_over(&changes);
        }
        Ok(())
    }

    /// Reads what the server said last; false while nothing was.
    fn server_book(self, is: impl FnOnce(&Book) -> bool) -> bool {
        self.book.try_with_untracked(|book| book.as_ref().is_some_and(is)) == Some(true)
    }

    /// Reads the book as it shows now, from an event or an answer; `None` when the pages of the person are left.
    pub fn read<T>(self, read: impl FnOnce(&Book) -> T) -> Option<T> {
        self.shown.try_with_untracked(|shown| read(&shown.book))
    }

    /// The name of a category, or what stands for none.
    pub fn category_name(self, id: Option<CategoryId>) -> String {
        self.shown.with(|shown| shown.book.category_name(id).to_owned())
    }

    /// The day that the weeks of the book begin on, which another tab may change; as it was when the first page was
    /// loaded while the book is not there.
    pub fn week_start(self) -> Memo<chrono::Weekday> {
        let first = me().week_start;
        Memo::new(move |_| self.book.with(|book| book.as_ref().map_or(first, |book| book.week_start)))
    }

    /// What is planned to come in each month.
    pub fn planned_income(self) -> Option<Money> {
        self.shown.with(|shown| shown.book.planned_income)
    }

    /// The records that were written or deleted here and are not answered yet.
    pub fn on_their_way(self) -> Memo<BTreeMap<RecordId, Option<Record>>> {
        self.on_their_way
    }

    /// What they do to their records, the earliest first.
    pub fn shifts(self) -> Memo<Vec<Shift>> {
        Memo::new(move |_| self.shown.with(|shown| shown.shifts.clone()))
    }

    /// Takes over what came of a deed, and what it did to records. Where others wrote in between, that is waited for,
    /// so that the guess stays until the book holds what it showed.
    async fn note_done(self, guess: &Guess, changes: &Changes) {
        let shifts = self.book.try_with_untracked(|book| Some(Guessed::of(book.clone()?, [guess]).shifts)).flatten();
        let overtaken = self.revision().is_some_and(|known| changes.revision > known + 1);
        if !overtaken || changes.reload || self.catch_up_now().await.is_err() {
            self.merge(changes);
        } else {
            self.touched.try_update(|touched| touched.take(changes));
        }
        self.touched.try_update(|touched| touched.note(shifts.unwrap_or_default()));
    }

    /// What was written since the page was loaded.
    pub fn touched(self) -> Signal<Touched> {
        self.touched.into()
    }

    /// Loads the window anew where a budget reaches further back than what is held.
    fn widen(self) {
        let Some(today) = self.today.try_get_untracked() else { return };
        if self.read(|book| book.is_too_short(today)) == Some(true) {
            self.load_anew();
        }
    }

    fn take(self, window: Window) {
        if self.revision().is_none_or(|known| known < window.revision()) {
            self.book.try_set(Some(window.into()));
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
                children(state.shown_book.into())
            }}
        />
    }
    .into_any()
}
