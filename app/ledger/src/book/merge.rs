//! The server's answer taken over: rows that hold now replace what was guessed.

use super::Book;
use crate::command::{Changes, Deleted};
use crate::openings::Openings;

impl Book {
    /// Takes over rows of a later revision. Rows older than what is known are left out, so that answers may
    /// arrive in any order.
    pub fn merge(&mut self, changes: &Changes) {
        if changes.revision < self.revision {
            return;
        }
        if let Some(kept) = changes.kept {
            (self.home, self.week_start, self.planned_income) = (kept.currency, kept.week_start, kept.income);
        }
        for record in &changes.records {
            self.records.insert(record.id, record.clone());
        }
        for category in &changes.categories {
            self.categories.insert(category.id, category.clone());
        }
        for account in &changes.accounts {
            self.accounts.insert(account.id, account.clone());
        }
        for bill in &changes.bills {
            self.bin.bills.remove(&bill.id);
            self.bills.insert(bill.id, bill.clone());
        }
        for settled in &changes.settlements {
            self.settlements.insert((settled.bill, settled.due), settled.clone());
        }
        for budget in &changes.budgets {
            self.bin.budgets.remove(&budget.id);
            self.budgets.insert(budget.id, budget.clone());
        }
        for alert in &changes.alerts {
            self.alerts.insert(alert.key(), alert.clone());
        }
        self.rates.extend(changes.rates.iter().copied());
        for envelope in &changes.envelopes {
            self.envelopes.insert(envelope.key(), envelope.clone());
        }
        let by_day_from = self.by_day_from;
        let by_day = changes.totals.iter().filter(|(key, _)| key.day >= by_day_from);
        let by_month = changes.months.iter().filter(|(key, _)| key.day < by_day_from);
        for (key, total) in by_day.chain(by_month) {
            self.totals.set(*key, *total);
        }
        for (key, total) in &changes.tags {
            if self.holds_tag(&key.tag) {
                self.tag_totals.set(key.clone(), *total);
            }
        }
        self.balances.extend(changes.balances.iter().copied());
        if let Some(openings) = &changes.openings {
            self.openings.clone_from(openings);
        }
        for deleted in &changes.deleted {
            self.forget(*deleted);
        }
        self.revision = changes.revision;
    }

    fn forget(&mut self, deleted: Deleted) {
        match deleted {
            Deleted::Record(id) => drop(self.records.remove(&id)),
            Deleted::Category(id) => drop(self.categories.remove(&id)),
            // These can come back, at once.
            Deleted::Bill(id) => self.bin.bills.extend(self.bills.remove_entry(&id)),
            Deleted::Budget(id) => self.bin.budgets.extend(self.budgets.remove_entry(&id)),
            Deleted::Settlement(bill, due) => drop(self.settlements.remove(&(bill, due))),
            Deleted::Rate(currency, on) => drop(self.rates.remove(&(currency, on))),
        }
    }

    /// Everything a book holds as one set of changes since the beginning.
    pub fn as_changes(&self) -> Changes {
        Changes {
            revision: self.revision,
            kept: None,
            records: self.records.values().cloned().collect(),
            categories: self.categories.values().cloned().collect(),
            accounts: self.accounts.values().cloned().collect(),
            bills: self.bills.values().cloned().collect(),
            settlements: self.settlements.values().cloned().collect(),
            budgets: self.budgets.values().cloned().collect(),
            alerts: self.alerts.values().cloned().collect(),
            rates: self.rates.iter().map(|(key, rate)| (*key, *rate)).collect(),
            envelopes: self.envelopes.values().cloned().collect(),
            totals: self.totals.iter().collect(),
            months: Vec::new(),
            tags: self.tag_totals.iter().collect(),
            balances: self.balances.iter().map(|(id, minor)| (*id, *minor)).collect(),
            deleted: Vec::new(),
            openings: (self.openings != Openings::default()).then(|| self.openings.clone()),
            reload: false,
        }
    }
}
