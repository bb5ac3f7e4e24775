//! What the days of the list add up to.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::list::DaySums;
use ledger::period::Period;
use ledger::totals::TotalKind;
use ledger::{Book, Money};

use super::api::sum_days;

/// The sums that came with the rows, and those that every save keeps up to date in the book.
#[derive(Clone, Copy)]
pub(super) struct DayTotals {
    book: Signal<Book>,
    filter: Memo<Filter>,
    listed: RwSignal<Vec<DaySums>>,
    /// How often sums were asked for again.
    asked: StoredValue<u32>,
}

impl DayTotals {
    pub fn new(book: Signal<Book>, filter: Memo<Filter>, listed: Vec<DaySums>) -> Self {
        Self { book, filter, listed: RwSignal::new(listed), asked: StoredValue::new(0) }
    }

    /// Takes the sums of another page.
    pub fn add(self, more: Vec<DaySums>) {
        self.listed.try_update(|listed| listed.extend(more));
    }

    /// Income less expenses of a day, where one currency tells it.
    pub fn of(self, day: NaiveDate) -> Option<Money> {
        if self.is_kept(day) {
            self.book.with(|book| kept(book, day))
        } else {
            self.listed.with(|listed| listed_total(listed, day))
        }
    }

    /// Asks again for the days that were written to, but for those that the book knows.
    pub fn ask_again(self, days: BTreeSet<NaiveDate>) {
        let days: BTreeSet<NaiveDate> = untrack(|| days.into_iter().filter(|day| !self.is_kept(*day)).collect());
        if days.is_empty() {
            return;
        }
        self.asked.update_value(|asked| *asked += 1);
        let (asked, filter) = (self.asked.get_value(), self.filter.get_untracked());
        leptos::task::spawn_local(async move {
            // A sum that cannot be had is left out: none is better than a wrong one.
            let sums = sum_days(filter, days.clone()).await.unwrap_or_default();
            if self.asked.try_get_value() == Some(asked) {
                self.listed.try_update(|listed| {
                    listed.retain(|sums| !days.contains(&sums.day));
                    listed.extend(sums);
                });
            }
        });
    }

    /// Whether the book holds all that this list shows of the day.
    fn is_kept(self, day: NaiveDate) -> bool {
        let whole = self.filter.with(|filter| Filter { from: None, to: None, ..filter.clone() }.is_empty());
        whole && self.book.with(|book| day >= book.by_day_from)
    }
}

fn listed_total(days: &[DaySums], day: NaiveDate) -> Option<Money> {
    let sums = &days.iter().find(|sums| sums.day == day)?.sums;
    match (sums.income.as_slice(), sums.expenses.as_slice()) {
        ([], [spent]) => Some(Money::new(-spent.minor, spent.currency)),
        ([earned], []) => Some(*earned),
        ([earned], [spent]) => earned.checked_sub(*spent),
        _ => None,
    }
}

fn kept(book: &Book, day: NaiveDate) -> Option<Money> {
    let day = Period::day(day);
    let of = |kind| book.totals.sum(day, kind);
    let (income, expenses) = (of(TotalKind::Income), of(TotalKind::Expense));
    (income != 0 || expenses != 0).then(|| Money::new(income.saturating_sub(expenses), book.home))
}
