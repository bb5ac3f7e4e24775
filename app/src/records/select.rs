//! Which rows of the list are selected: by their boxes, by `x`, by a long press.

use std::collections::BTreeSet;
use std::time::Duration;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use ledger::bulk::MOST;
use ledger::id::RecordId;
use ledger::records::Record;

use super::api::EditRecords;
use crate::roles::may_call;
use crate::ui::form::endpoint;

/// Whether whoever sees this page may do anything with what they select.
pub(crate) fn may_select() -> bool {
    may_call(endpoint::<EditRecords>())
}

/// The selection of the list that is shown; provided by its page.
#[derive(Clone, Copy)]
pub(super) struct Selection {
    /// Whether rows are being selected at all.
    pub on: RwSignal<bool>,
    pub ids: RwSignal<BTreeSet<RecordId>>,
    /// Whether it is for whoever looks.
    pub possible: bool,
    /// Where a range begins.
    anchor: StoredValue<Option<RecordId>>,
    /// Whether the finger that is down has selected its row by resting on it.
    pub rested: StoredValue<bool>,
}

impl Selection {
    pub fn provide() -> Self {
        let selection = Self {
            on: RwSignal::new(false),
            ids: RwSignal::new(BTreeSet::new()),
            possible: may_select(),
            anchor: StoredValue::new(None),
            rested: StoredValue::new(false),
        };
        provide_context(selection);
        selection
    }

    pub fn here() -> Self {
        expect_context()
    }

    pub fn count(self) -> usize {
        self.ids.with(BTreeSet::len)
    }

    pub fn has(self, id: RecordId) -> bool {
        self.ids.with(|ids| ids.contains(&id))
    }

    /// Selects a row, or no longer; with `range` so does every row from the one before to it.
    pub fn toggle(self, id: RecordId, range: bool, rows: &[Record]) {
        let wanted = !self.ids.with_untracked(|ids| ids.contains(&id));
        let place = |id: RecordId| rows.iter().position(|row| row.id == id);
        let span = self.anchor.get_value().filter(|_| range).and_then(place).zip(place(id));
        let touched: Vec<RecordId> = match span {
            Some((one, other)) => rows[one.min(other)..=one.max(other)].iter().map(|row| row.id).collect(),
            None => vec![id],
        };
        self.ids.update(|ids| {
            for id in touched {
                if !wanted {
                    ids.remove(&id);
                } else if ids.len() < MOST {
                    ids.insert(id);
                }
            }
        });
        self.anchor.set_value(Some(id));
        self.on.set(true);
    }

    pub fn select(self, ids: impl IntoIterator<Item = RecordId>) {
        self.ids.set(ids.into_iter().take(MOST).collect());
        self.on.set(true);
    }

    /// Ends it; what was selected is no longer.
    pub fn clear(self) {
        self.ids.set(BTreeSet::new());
        self.anchor.set_value(None);
        self.on.set(false);
    }
}

/// How long a finger must rest on a row.
const LONG_PRESS: Duration = Duration::from_millis(500);

/// The box of a row; it is there for a pointer that comes near, and for all while rows are selected.
#[component]
pub(super) fn RowBox(id: RecordId, name: String, rows: Memo<Vec<Record>>) -> impl IntoView {
    let selection = Selection::here();
    if !selection.possible {
        return ().into_any();
    }
    let checked = Memo::new(move |_| selection.has(id));
    let on_click = move |event: MouseEvent| {
        let range = event.shift_key();
        rows.with_untracked(|rows| selection.toggle(id, range, rows));
    };
    view! {
        <label class="row-box needs-script">
            <input type="checkbox" aria-label=format!("Select {name}") prop:checked=move || checked.get() on:click=on_click/>
        </label>
    }
    .into_any()
}

/// A finger that rests on a row selects it.
#[derive(Clone, Copy)]
pub(super) struct LongPress {
    waiting: StoredValue<Option<TimeoutHandle>>,
    id: RecordId,
    rows: Memo<Vec<Record>>,
}

impl LongPress {
    pub fn new(id: RecordId, rows: Memo<Vec<Record>>) -> Self {
        Self { waiting: StoredValue::new(None), id, rows }
    }

    pub fn begin(self, selection: Selection) {
        self.end();
        if !selection.possible {
            return;
        }
        let select = move || {
            if let Some(rows) = self.rows.try_get_untracked() {
                selection.rested.set_value(true);
                selection.toggle(self.id, false, &rows);
            }
        };
        self.waiting.set_value(set_timeout_with_handle(select, LONG_PRESS).ok());
    }

    /// The finger moves or is taken away.
    pub fn end(self) {
        if let Some(waiting) = self.waiting.try_update_value(Option::take).flatten() {
            waiting.clear();
        }
    }
}
