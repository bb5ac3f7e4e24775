//! What a lower limit can exceed.

use std::collections::BTreeSet;

use ledger::budgets::Budget;

use super::Slice;
use crate::{Result, carries, totals};

impl Slice<'_> {
    /// What is known of the alerts of a budget whose limit is lowered, and the spending that decides about it.
    pub(super) async fn lowered(&mut self, budget: &Budget) -> Result<()> {
        let Some(day) = self.book.budgets.get(&budget.id).and_then(|before| budget.lowered_from(before)) else {
            return Ok(());
        };
        self.categories_of(std::slice::from_ref(budget)).await?;
        let week_start = self.book.week_start;
        let last_day = totals::last_expense(self.tx, self.id).await?.map_or(day, |last| last.max(day));
        let (period, mut borders) = (budget.period(day, week_start), BTreeSet::new());
        let judged = budget.touched_by(period, last_day, week_start).into_iter().collect();
        self.judge(budget, &judged, &mut borders).await?;
        let opening = carries::into(self.tx, self.id, &self.book, budget, period.start).await?;
        self.book.openings.budgets.extend(opening.map(|opening| (budget.id, opening)));
        self.spending(&borders).await
    }
}
