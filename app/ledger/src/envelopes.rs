//! Envelopes: the income of a month planned into categories, each with what it may spend.
//!
//! - What there is to give in a month is the planned income or, where more came in, what came in; and what the months
//!   before gave no job; less what was overspent in the month before.
//! - Spending of a category takes from its own envelope or, without one, from the nearest above it.
//! - What an envelope has left at the end of a month goes on to the next; one that is overspent begins the next month
//!   with nothing.
//! - A category has an envelope from the month on in which it is given something: for twelve months more, and for as
//!   long as something of it is left. An empty one is overspent by whatever is spent.
//! - What is not given a job in a month goes on to the next, from the first month on in which anything was given: what
//!   came in and no plan of it, less what was spent outside of envelopes. Where more was given than came in, that goes on
//!   too, as a debt.
//! - A plan of income is no money that goes on. It spares a month the debt only: as long as the month is not over, and
//!   afterwards where no income is recorded in it at all, as by those who never record any.
//!
//! So nothing is lost where income is recorded: what envelopes have left and what goes on without a job are, at the end
//! of any month, all income less all spending since the first month in which anything was given.

mod form;
mod left;
mod plan;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::command::{CHANGED_ELSEWHERE, Refused};
use crate::form::FieldErrors;
use crate::id::{CategoryId, MoveId};
use crate::money::AMOUNT_MAX;
use crate::period::Period;
use crate::records::Kind;

pub use form::{MoveForm, PlanForm, month_of};
pub use left::{Kept, Left};
pub use plan::{Envelopes, Line};

/// What one category was given in one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// The first day of the month.
    pub month: NaiveDate,
    pub category: CategoryId,
    /// Minor units of the home currency; below nothing where what came from earlier months was given elsewhere.
    pub given: i64,
    pub revision: i64,
}

pub type EnvelopeKey = (NaiveDate, CategoryId);

impl Envelope {
    pub fn key(&self) -> EnvelopeKey {
        (self.month, self.category)
    }
}

/// A change of one envelope. It says what it started from, so that two devices cannot undo each other's unseen, and
/// the same one twice is as once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    pub category: CategoryId,
    pub from: i64,
    pub to: i64,
}

/// Money moved from one envelope to another. It carries an id of its own, so that it is moved once however often it is
/// sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    pub id: MoveId,
    /// The first day of the month.
    pub month: NaiveDate,
    /// `None` for what is not yet given a job, on either side.
    pub from: Option<CategoryId>,
    pub to: Option<CategoryId>,
    /// Minor units of the home currency, more than nothing.
    pub minor: i64,
}

pub const MOVED_ALREADY: &str = "This was moved already, and then changed here. Reload to see it, then move the rest.";

impl Book {
    /// Minor units; nothing where there is no envelope.
    pub fn given(&self, month: NaiveDate, category: CategoryId) -> i64 {
        self.envelopes.get(&(month, category)).map_or(0, |envelope| envelope.given)
    }

    /// Changes both envelopes as they are now.
    pub(crate) fn move_money(&mut self, deed: &Move, revision: i64) -> Result<bool, Refused> {
        if let Some(made) = self.bin.moves.get(&deed.id) {
            return if made == deed { Ok(false) } else { Err(Refused::Conflict(MOVED_ALREADY)) };
        }
        let sides = [(deed.from, deed.minor.saturating_neg()), (deed.to, deed.minor)];
        let fill = |(side, change): (Option<CategoryId>, i64)| {
            side.map(|category| {
                let from = self.given(deed.month, category);
                Fill { category, from, to: from.saturating_add(change) }
            })
        };
        let fills: Vec<Fill> = sides.into_iter().filter_map(fill).collect();
        self.fill_envelopes(deed.month, &fills, revision)?;
        self.bin.moves.insert(deed.id, deed.clone());
        Ok(true)
    }

    pub(crate) fn fill_envelopes(&mut self, month: NaiveDate, fills: &[Fill], revision: i64) -> Result<bool, Refused> {
        let month = Period::month_of(month).start;
        let fits = |fill: &Fill| {
            let known = self.categories.get(&fill.category).is_some_and(|known| known.kind == Kind::Expense);
            known && fill.to.unsigned_abs() <= AMOUNT_MAX.unsigned_abs()
        };
        if !fills.iter().all(fits) {
            return Err(FieldErrors::one("", "Choose categories of the list").into());
        }
        let open: Vec<&Fill> = fills.iter().filter(|fill| self.given(month, fill.category) != fill.to).collect();
        if open.iter().any(|fill| self.given(month, fill.category) != fill.from) {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        let filled: Vec<Envelope> = open
            .into_iter()
            .map(|fill| Envelope { month, category: fill.category, given: fill.to, revision })
            .collect();
        let changed = !filled.is_empty();
        self.envelopes.extend(filled.into_iter().map(|envelope| (envelope.key(), envelope)));
        Ok(changed)
    }
}
