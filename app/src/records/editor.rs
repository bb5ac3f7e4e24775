//! The dialog in which a record is added or changed from any page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use ledger::Book;
use ledger::NumberFormat;
use ledger::id::RecordId;
use ledger::list::Ties;
use ledger::record_form::RecordForm;
use ledger::records::Record;

use super::api::find_ties;
use super::refund::refunded;
use super::save::{Saver, Typed};
use super::url::LIST;
use crate::book::WithBook;
use crate::error::AppError;
use crate::layout::{Today, me, send_to_login};
use crate::pieces::{PieceMissing, load_record_form, record_form};
use crate::ui::{ButtonKind, Dialog, DialogState, GoButton, Toasts, Waits, browser, toasts, when_awake};

/// From this width on, in CSS pixels, it stands beside the list.
const BESIDE: f64 = 1100.0;

/// Opens the dialog; provided by the frame of the signed-in pages.
#[derive(Clone, Copy)]
pub struct Editor {
    dialog: DialogState,
    what: RwSignal<What>,
    /// Counts what was shown: each has a form of its own, as fields that were typed into keep what they hold.
    turn: RwSignal<u32>,
    today: Today,
    toasts: Toasts,
    waits: Waits,
    /// Whose pages these are.
    user: StoredValue<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    New,
    Copy(Record),
    Edit(Record),
    /// What is left of an expense comes back.
    Refund(Ties),
    /// What could not be saved, as it was typed.
    Again(Box<Typed>),
}

impl What {
    /// The page that is for the same.
    fn page(&self) -> String {
        match self {
            Self::Copy(record) => format!("/records/new?copy={}", record.id),
            Self::Edit(record) => format!("/records/{}/edit", record.id),
            Self::Refund(Ties { expense: Some(expense), .. }) => format!("/records/new?refund={}", expense.id),
            Self::New | Self::Refund(_) | Self::Again(_) => "/records/new".to_owned(),
        }
    }
}

impl Editor {
    pub fn provide() -> Self {
        let user = StoredValue::new(me().user);
        let editor = Self {
            dialog: DialogState::closed(),
            what: RwSignal::new(What::New),
            turn: RwSignal::new(0),
            today: Today::here(),
            toasts: toasts(),
            waits: Waits::here(),
            user,
        };
        provide_context(editor);
        editor
    }

    pub fn here() -> Self {
        expect_context()
    }

    pub fn add(self) {
        self.show(What::New);
    }

    pub fn copy(self, record: Record) {
        self.show(What::Copy(record));
    }

    pub fn edit(self, record: Record) {
        self.show(What::Edit(record));
    }

    /// Asks what is left of an expense, and shows the form of a refund of it.
    pub fn refund(self, expense: RecordId) {
        if self.dialog.is_held() {
            return;
        }
        spawn_local(async move {
            match self.waits.answer(find_ties(expense.to_string())).await {
                Ok(ties) if ties.left().is_some_and(|left| left.minor == 0) => {
                    self.toasts.warn("All of it is refunded already.");
                }
                Ok(ties) => self.show(What::Refund(ties)),
                Err(AppError::SignedOut) => send_to_login(),
                Err(error) => self.toasts.error_with_retry(&error, move || self.refund(expense)),
            }
        });
    }

    /// Shows a form once more as it was typed. Another one that it takes the place of is offered again in turn.
    pub(super) fn again(self, typed: Typed) {
        self.show(What::Again(Box::new(typed)));
    }

    /// The id of the person whose pages these are.
    pub(super) fn whose(self) -> String {
        self.user.try_get_value().unwrap_or_default()
    }

    /// Shows another record where one is shown already beside the list, unless something was typed there.
    pub(super) fn follow(self, record: &Record) {
        let shows_one = self.what.with_untracked(|what| matches!(what, What::Edit(shown) if shown.id != record.id));
        if shows_one && self.dialog.may_follow() {
            self.turn_to(What::Edit(record.clone()));
        }
    }

    /// Whether it shows this record now.
    pub(super) fn shows(self, id: RecordId) -> bool {
        self.dialog.open.get() && self.what.with(|what| matches!(what, What::Edit(shown) if shown.id == id))
    }

    fn turn_to(self, what: What) {
        self.what.try_set(what);
        self.turn.try_update(|turn| *turn = turn.wrapping_add(1));
    }

    fn show(self, what: What) {
        let takes_over = matches!(what, What::Again(_));
        if !takes_over && self.dialog.is_held() {
            return;
        }
        self.today.look();
        let page = what.page();
        self.turn_to(what);
        spawn_local(async move {
            match load_record_form().await {
                Ok(()) => {
                    self.dialog.open.try_set(true);
                }
                // The server may still have what the browser could not get.
                Err(_) => browser::load_page(&page),
            }
        });
    }
}

/// The form of a new record: today, and the account that was used last.
pub(super) fn blank(book: &Book, today: chrono::NaiveDate) -> RecordForm {
    let newest = book.records.values().max_by_key(|record| record.id);
    let used =
        newest.map(|record| record.account).filter(|id| book.accounts.get(id).is_some_and(|account| !account.archived));
    let account = used.or_else(|| book.open_accounts().first().map(|account| account.id));
    RecordForm {
        id: RecordId(uuid::Uuid::now_v7()).to_string(),
        kind: "expense".into(),
        account: account.map(|id| id.to_string()).unwrap_or_default(),
        date: today.to_string(),
        ..RecordForm::default()
    }
}

/// The form of a new record that is like `record`, but of today, and at the rate of its day.
pub(super) fn copied(record: &Record, today: chrono::NaiveDate, format: NumberFormat) -> RecordForm {
    RecordForm {
        id: RecordId(uuid::Uuid::now_v7()).to_string(),
        revision: String::new(),
        refund_of: String::new(),
        date: today.to_string(),
        rate: String::new(),
        rate_day: String::new(),
        ..RecordForm::of(record, format)
    }
}

/// The dialog itself; it stands once in the frame.
#[component]
pub fn RecordDialog() -> impl IntoView {
    let (editor, saver) = (Editor::here(), Saver::here());
    Effect::new(move |_| saver.offer_kept());
    // It opens at once then.
    Effect::new(|_| {
        when_awake(|| {
            spawn_local(async {
                let _ = load_record_form().await;
            });
        });
    });
    let path = use_location().pathname;
    let beside = Callback::new(move |()| path.get_untracked() == LIST && browser::is_as_wide_as(BESIDE));
    let title = Signal::derive(move || match editor.what.get() {
        What::Edit(_) => "Edit record".to_owned(),
        What::Again(typed) if typed.known.is_some() => "Edit record".to_owned(),
        What::Refund(_) => "Add refund".to_owned(),
        _ => "Add record".to_owned(),
    });
    view! {
        <Dialog open=editor.dialog.open title=title beside unsent=editor.dialog.unsent>
            <WithBook children={move |book: Signal<Book>| view! {
                <For each=move || [editor.turn.get()] key=|turn| *turn let:_turn>
                    <Shown editor book/>
                </For>
            }} />
        </Dialog>
    }
    .into_any()
}

/// The form of what is shown at this turn.
#[component]
fn Shown(editor: Editor, book: Signal<Book>) -> impl IntoView {
    let me = me();
    let what = editor.what.get_untracked();
    let typed = matches!(what, What::Again(_));
    let (start, known, ties) = match what {
        What::New => (blank(&book.get_untracked(), me.today), None, None),
        What::Copy(record) => (copied(&record, me.today, me.format()), None, None),
        What::Edit(record) => (RecordForm::of(&record, me.format()), Some(record), None),
        What::Refund(ties) => (refunded(&ties, me.today, me.format()), None, Some(ties)),
        What::Again(typed) => (typed.form, typed.known, None),
    };
    let on_saved = Callback::new(move |()| editor.dialog.open.set(false));
    let form = record_form(book, start, known, ties, typed, on_saved);
    Suspend::new(async move { form.await.unwrap_or_else(|_| PieceMissing().into_any()) })
}

/// The button that everything begins with: a link to the form's page until the page is interactive.
#[component]
pub fn AddRecord(
    /// Large and round, for the thumb.
    #[prop(optional)]
    round: bool,
) -> impl IntoView {
    let editor = Editor::here();
    let class = if round { "add-record add-record-round" } else { "add-record" };
    view! {
        <GoButton
            href="/records/new"
            label="Add record"
            kind=ButtonKind::Primary
            icon="plus"
            class
            on_click=Callback::new(move |()| editor.add())
        >
            "Add record"
        </GoButton>
    }
    .into_any()
}
