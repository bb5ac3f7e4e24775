//! Alerts that no record raises, and those that were read.

use chrono::NaiveDate;

use super::Book;
use crate::budgets::{BudgetAlert, PACE};
use crate::id::RecordId;

impl Book {
    /// Notes each budget whose pace is watched and that will not last at it, once for each period.
    pub(super) fn judge_pace(&mut self, today: NaiveDate, revision: i64) -> bool {
        let mut fresh = Vec::new();
        for budget in self.budgets.values().filter(|budget| budget.pace && budget.has(today)) {
            let (judged, period) = (self.judged(budget), budget.period(today, self.week_start));
            if self.alerts.contains_key(&(budget.id, period, PACE)) {
                continue;
            }
            let limit = judged.limit(period);
            if judged.pace(period, limit, today).is_some_and(|pace| pace.passed_on.is_some()) {
                let (budget, spent, record) = (budget.id, judged.spent(period), RecordId::NIL);
                fresh.push(BudgetAlert {
                    budget,
                    period,
                    threshold: PACE,
                    spent,
                    limit,
                    record,
                    seen: false,
                    revision,
                });
            }
        }
        let changed = !fresh.is_empty();
        self.alerts.extend(fresh.into_iter().map(|alert| (alert.key(), alert)));
        changed
    }

    pub(super) fn see_alerts(&mut self, revision: i64) -> bool {
        let mut changed = false;
        for alert in self.alerts.values_mut().filter(|alert| !alert.seen) {
            alert.seen = true;
            alert.revision = revision;
            changed = true;
        }
        changed
    }
}
