//! A press on a row opens its record, as its button "Edit" does; while rows are selected it selects.

use leptos::ev::{MouseEvent, PointerEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::Element;

use ledger::id::RecordId;
use ledger::records::Record;

use super::editor::Editor;
use super::select::Selection;
use super::swipe::is_any_swiped;
use crate::roles::may_open;

/// How far the pointer may go while it is pressed, in CSS pixels: who goes farther marks words or scrolls.
const NEAR: i32 = 5;

/// Hears the pointer for all rows of the list. Only in the browser.
#[derive(Clone, Copy)]
pub(super) struct Press {
    editor: Editor,
    selection: Selection,
    rows: Memo<Vec<Record>>,
    /// Where it began; nowhere for one that puts a swiped row back.
    from: StoredValue<Option<(i32, i32)>>,
    may_edit: bool,
}

impl Press {
    pub fn new(rows: Memo<Vec<Record>>) -> Self {
        Self {
            editor: Editor::here(),
            selection: Selection::here(),
            rows,
            from: StoredValue::new(None),
            may_edit: may_open("/records/any/edit"),
        }
    }

    pub fn begin(self, event: &PointerEvent) {
        self.from.set_value((!is_any_swiped()).then(|| (event.client_x(), event.client_y())));
        self.selection.rested.set_value(false);
    }

    pub fn end(self, event: &MouseEvent) {
        let Some((x, y)) = self.from.get_value() else { return };
        let went = (event.client_x() - x).abs().max((event.client_y() - y).abs());
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        // The second click of two marks a word.
        let is_further = event.detail() > 1;
        if is_control(&target) || is_further || went > NEAR || self.selection.rested.get_value() {
            return;
        }
        let row = target.closest("tr[data-id]").ok().flatten().and_then(|row| row.get_attribute("data-id"));
        let id = row.and_then(|id| id.parse::<RecordId>().ok());
        self.rows.with_untracked(|rows| {
            let Some(record) = rows.iter().find(|row| Some(row.id) == id) else { return };
            if self.selection.on.get_untracked() {
                self.selection.toggle(record.id, event.shift_key(), rows);
            } else if self.may_edit && !event.shift_key() {
                self.editor.edit(record.clone());
            }
        });
    }
}

/// Whether a press there is for something in the row.
pub(super) fn is_control(target: &Element) -> bool {
    target.closest("a, button, input, label, summary").is_ok_and(|control| control.is_some())
}
