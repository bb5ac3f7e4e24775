//! Taking back what was planned or moved.

use chrono::NaiveDate;

use ledger::envelopes::{Fill, Move, MoveForm, PlanForm};
use ledger::id::MoveId;
use ledger::{Command, Currency, NumberFormat};

use super::api::{MoveMoney, SavePlan};
use super::month_word;
use crate::book::{BookState, Deed};
use crate::layout::me;
use crate::ui::{Toasts, toasts};

/// It outlives what was pressed.
#[derive(Clone, Copy)]
pub(super) struct Undo {
    state: BookState,
    toasts: Toasts,
    format: NumberFormat,
}

impl Undo {
    pub fn here() -> Self {
        Self { state: BookState::here(), toasts: toasts(), format: me().format() }
    }

    /// Says that these changes of a month were made, and offers to take them back.
    pub fn plan(self, said: &'static str, month: NaiveDate, fills: &[Fill], home: Currency) {
        if fills.is_empty() {
            self.toasts.ok(said);
            return;
        }
        let call = SavePlan { form: PlanForm::undoing(month, fills, home, self.format) };
        let fills: Vec<Fill> = fills.iter().map(|fill| Fill { from: fill.to, to: fill.from, ..*fill }).collect();
        self.toasts.with_undo(said, move || {
            let command = Command::FillEnvelopes { month, fills: fills.clone() };
            self.state.ahead(Deed::of(command, call.clone()).or_say(self.state, "The plan stays as it is"));
        });
    }

    /// Says that money was moved, and offers to move it back.
    pub fn shift(self, deed: Move, amount: String) {
        self.toasts.with_undo("Moved", move || {
            let id = MoveId(uuid::Uuid::now_v7());
            let back = Move { id, from: deed.to, to: deed.from, ..deed.clone() };
            let side = |side: Option<ledger::id::CategoryId>| side.map(|id| id.to_string()).unwrap_or_default();
            let form = MoveForm {
                id: id.to_string(),
                month: month_word(back.month),
                from: side(back.from),
                to: side(back.to),
                amount: amount.clone(),
            };
            let command = Command::MoveMoney(back);
            self.state.ahead(Deed::of(command, MoveMoney { form }).or_say(self.state, "The money stays where it is"));
        });
    }
}
