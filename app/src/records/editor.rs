//! The dialog in which a record is added or changed from any page.

use leptos::prelude::*;

use ledger::Book;
use ledger::NumberFormat;
use ledger::id::RecordId;
use ledger::record_form::RecordForm;
use ledger::records::Record;

use super::form::RecordFormView;
use super::save::{Saver, Typed};
use crate::book::WithBook;
use crate::layout::{Today, me};
use crate::ui::{ButtonKind, Dialog, GoButton};

/// Opens the dialog; provided by the frame of the signed-in pages.
#[derive(Clone, Copy)]
pub struct Editor {
    open: RwSignal<bool>,
    what: RwSignal<What>,
    today: Today,
    /// Whose pages these are.
    user: StoredValue<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    New,
    Copy(Record),
    Edit(Record),
    /// What could not be saved, as it was typed.
    Again(Box<Typed>),
}

impl Editor {
    pub fn provide() -> Self {
        let user = StoredValue::new(me().user);
        let editor = Self { open: RwSignal::new(false), what: RwSignal::new(What::New), today: Today::here(), user };
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

    /// Shows a form once more as it was typed.
    pub(super) fn again(self, typed: Typed) {
        self.show(What::Again(Box::new(typed)));
    }

    /// The id of the person whose pages these are.
    pub(super) fn whose(self) -> String {
        self.user.try_get_value().unwrap_or_default()
    }

    fn show(self, what: What) {
        self.today.look();
        self.what.set(what);
        self.open.set(true);
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

/// The form of a new record that is like `record`, but of today.
pub(super) fn copied(record: &Record, today: chrono::NaiveDate, format: NumberFormat) -> RecordForm {
    RecordForm {
        id: RecordId(uuid::Uuid::now_v7()).to_string(),
        revision: String::new(),
        refund_of: String::new(),
        date: today.to_string(),
        ..RecordForm::of(record, format)
    }
}

/// The dialog itself; it stands once in the frame.
#[component]
pub fn RecordDialog() -> impl IntoView {
    let (editor, saver) = (Editor::here(), Saver::here());
    Effect::new(move |_| saver.offer_kept());
    let title = Signal::derive(move || match editor.what.get() {
        What::Edit(_) => "Edit record".to_owned(),
        What::Again(typed) if typed.known.is_some() => "Edit record".to_owned(),
        _ => "Add record".to_owned(),
    });
    view! {
        <Dialog open=editor.open title=title>
            <WithBook children={move |book: Signal<Book>| {
                let me = me();
                let (start, known) = match editor.what.get_untracked() {
                    What::New => (blank(&book.get_untracked(), me.today), None),
                    What::Copy(record) => (copied(&record, me.today, me.format()), None),
                    What::Edit(record) => (RecordForm::of(&record, me.format()), Some(record)),
                    What::Again(typed) => (typed.form, typed.known),
                };
                view! { <RecordFormView id="record-dialog" book start known on_saved=Callback::new(move |()| editor.open.set(false)) /> }
            }} />
        </Dialog>
    }
    .into_any()
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
