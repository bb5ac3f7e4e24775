//! Alerts: what crosses a limit, what no record raises, and what was read.

use chrono::NaiveDate;

use super::Book;
use crate::budgets::{Budget, BudgetAlert, Judged, PACE};
use crate::id::{BudgetId, CategoryId, RecordId};
use crate::money::Money;
use crate::period::Period;
use crate::records::{Kind, Record};
use crate::totals::TotalKind;

impl Book {
    /// Judges the budgets around a record that became `after`: an expense is spent, and a refund that it was `before`
    /// no longer gives back what it gave. A refund that it becomes exceeds nothing.
    pub(super) fn alert_around(&mut self, before: Option<&Record>, after: Option<&Record>, revision: i64) {
        let is_refund = |record: &&Record| record.flow.refund_of().is_some();
        for record in before.filter(is_refund).into_iter().chain(after.filter(|record| !is_refund(record))) {
            self.alert(record, revision);
        }
    }

    /// Notes each budget that the spending around a record exceeds now: once for each period and threshold.
    fn alert(&mut self, changed: &Record, revision: i64) {
        if changed.kind() != Kind::Expense {
            return;
        }
        let (day, cause) = (changed.day, changed.flow.refund_of().unwrap_or(changed.id));
        let counts = |(budget, judged): &(&Budget, Judged)| budget.has(day) && judged.counts(changed);
        let last = self.last_spending(day);
        let mut fresh = Vec::new();
        for (budget, judged) in self.budgets.values().map(|budget| (budget, self.judged(budget))).filter(counts) {
            let touched = budget.touched_by(budget.period(day, self.week_start), last, self.week_start);
            for period in judged.limits(touched) {
                fresh.extend(self.crossings(&judged, period, cause, revision));
            }
        }
        self.note_alerts(fresh);
    }

    /// Notes what a budget exceeds now that its limit is lower from `day` on.
    pub(super) fn alert_lowered(&mut self, id: BudgetId, day: NaiveDate, revision: i64) {
        let Some(budget) = self.budgets.get(&id) else { return };
        let judged = self.judged(budget);
        let touched = budget.touched_by(budget.period(day, self.week_start), self.last_spending(day), self.week_start);
        let limits = judged.limits(touched).into_iter();
        let fresh = limits.flat_map(|period| self.crossings(&judged, period, RecordId::NIL, revision)).collect();
        self.note_alerts(fresh);
    }

    /// What a budget has exceeded in a period and was not told yet; `record` made it so.
    pub(super) fn crossings(
        &self,
        judged: &Judged<'_>,
        (period, limit): (Period, Money),
        record: RecordId,
        revision: i64,
    ) -> Vec<BudgetAlert> {
        let (budget, spent) = (judged.budget().id, judged.spent(period));
        let alerted = self.alerts.range((budget, period, 0)..=(budget, period, u16::MAX));
        let alerted: Vec<u16> = alerted.map(|((_, _, threshold), _)| *threshold).collect();
        let crossed = judged.budget().crossed(spent, limit, &alerted);
        let highest = crossed.last().copied();
        let alert = |threshold: u16| {
            let seen = Some(threshold) != highest;
            BudgetAlert { budget, period, threshold, spent, limit, record, seen, revision }
        };
        crossed.into_iter().map(alert).collect()
    }

    /// The last day on which anything is spent, `day` or later: where nothing is spent no limit is exceeded.
    pub(super) fn last_spending(&self, day: NaiveDate) -> NaiveDate {
        let mut latest = self.totals.latest_first().filter(|(key, _)| key.kind == TotalKind::Expense);
        latest.next().map_or(day, |(key, _)| key.day.max(day))
    }

    pub(super) fn note_alerts(&mut self, fresh: Vec<BudgetAlert>) {
        self.alerts.extend(fresh.into_iter().map(|alert| (alert.key(), alert)));
    }

    /// Notes each budget that is exceeded now that `into` has what was filed under `from`: of the days of `today`, as
    /// the days before are past mending.
    pub(super) fn alert_merged(&mut self, from: CategoryId, into: CategoryId, today: NaiveDate, revision: i64) {
        let last = self.last_spending(today);
        let mut fresh = Vec::new();
        for budget in self.budgets.values().filter(|budget| !budget.categories.is_empty() && budget.has(today)) {
            let judged = self.judged(budget);
            if judged.counts_category(Some(into)) {
                // What a database adds up is filed under the old one still.
                let judged = judged.with(from);
                let period = budget.period(today, self.week_start);
                for period in judged.limits(budget.touched_by(period, last, self.week_start)) {
                    fresh.extend(self.crossings(&judged, period, RecordId::NIL, revision));
                }
            }
        }
        self.note_alerts(fresh);
    }

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
        self.note_alerts(fresh);
        changed
    }

    /// An alert with the figures of `today`, where what it tells is still so: a bill that is no longer paid, or an
    /// expense that was deleted, may have taken it back. What was told of periods that are over, or of a pace, stands.
    pub fn as_it_stands(&self, alert: &BudgetAlert, today: NaiveDate) -> Option<BudgetAlert> {
        let budget = self.budgets.get(&alert.budget)?;
        if alert.threshold == PACE || !alert.period.contains(today) {
            return Some(alert.clone());
        }
        let judged = self.judged(budget);
        let (spent, limit) = (judged.spent(alert.period), judged.limit(alert.period));
        let still_holds = budget.crossed(spent, limit, &[]).contains(&alert.threshold);
        still_holds.then(|| BudgetAlert { spent, limit, ..alert.clone() })
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
