//! A press on a row opens its record, as its button "Edit" does; while rows are selected it selects.

use leptos::ev::{MouseEvent, PointerEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::Element;

use ledger::id::RecordId;
use ledger::records::Record;

use super::editor::Editor;
use super::select::Selection;
use crate::roles::may_open;

/// How far the pointer may go while it is pressed, in CSS pixels: who goes farther marks words or scrolls.
const NEAR: i32 = 5;

/// Hears the pointer for all rows of the list. Only in the browser.
#[derive(Clone, Copy)]
pub(super) struct Press {
    editor: Editor,
    selection: Selection,
    rows: Memo<Vec<Record>>,
    from: StoredValue<(i32, i32)>,
    may_edit: bool,
}

impl Press {
    pub fn new(rows: Memo<Vec<Record>>) -> Self {
        Self {
            editor: Editor::here(),
            selection: Selection::here(),
            rows,
            from: StoredValue::new((0, 0)),
            may_edit: may_open("/records/any/edit"),
        }
    }

    pub fn begin(self, event: &PointerEvent) {
        self.from.set_value((event.client_x(), event.client_y()));
        self.selection.rested.set_value(false);
    }

    pub fn end(self, event: &MouseEvent) {
        const ELSEWHERE: &str = "a, button, input, label, summary";
        let (x, y) = self.from.get_value();
        let went = (event.client_x() - x).abs().max((event.client_y() - y).abs());
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let is_elsewhere = target.closest(ELSEWHERE).is_ok_and(|control| control.is_some());
        if is_elsewhere || went > NEAR || self.selection.rested.get_value() {
            return;
        }
        let row = target.closest("tr[data-id]").ok().flatten().and_then(|row| row.get_attribute("data-id"));
        let id = row.and_then(|id| id.parse::<RecordId>().ok());
        self.rows.with_untracked(|rows| {
            let Some(record) = rows.iter().find(|row| Some(row.id) == id) else { return };
            if self.selection.on.get_untracked() {
                self.selection.toggle(record.id, event.shift_key(), rows);
            } else if self.may_edit {
                self.editor.edit(record.clone());
            }
        });
    }
}
