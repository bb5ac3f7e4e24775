//! Due days of all bills together: what is open up to a day, and a month as a calendar shows it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Bill, Occurrence, Status};
use crate::book::Book;
use crate::currency::Currency;
use crate::id::BillId;
use crate::money::{Money, clamp};
use crate::period::Period;

/// What has become of a due day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Open(Status),
    Paid,
    Skipped,
}

/// A due day in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub name: String,
    pub occurrence: Occurrence,
    pub standing: Standing,
}

/// The most due days of one bill that are looked at: seven years of weeks, so that a bill of long ago costs no more.
const AHEAD_MAX: usize = 400;

impl Bill {
    /// From the next due day on those of which `last` is the last day, moved ones on the day they were moved to.
    /// What is settled already is for the caller to leave out.
    fn ahead(&self, last: NaiveDate) -> Vec<Occurrence> {
        let planned = std::iter::successors(self.next_due, |due| self.after(*due)).take_while(|due| *due <= last);
        let planned = planned.take(AHEAD_MAX);
        let brought_forward = self.changed.keys().copied().filter(|due| {
            *due > last && self.next_due.is_some_and(|next| next <= *due) && self.schedule().place_of(*due).is_some()
        });
        let all = planned.chain(brought_forward).map(|due| self.occurrence(due));
        all.filter(|occurrence| occurrence.day <= last).collect()
    }
}

impl Book {
    /// The due days up to `last` that are not settled, overdue ones included, the earliest first.
    pub fn open_dues(&self, last: NaiveDate) -> Vec<Occurrence> {
        let mut open: Vec<Occurrence> = self.bills.values().flat_map(|bill| bill.ahead(last)).collect();
        open.retain(|due| self.is_open(due.bill, due.due));
        open.sort_by_key(|due| (due.day, due.bill));
        open
    }

    /// Whether nothing has settled the due day; an edit of the bill can make a settled one due again.
    fn is_open(&self, bill: BillId, due: NaiveDate) -> bool {
        let is_next = self.bills.get(&bill).is_some_and(|bill| bill.next_due == Some(due));
        is_next || !self.settlements.contains_key(&(bill, due))
    }

    /// What [`Self::open_dues`] come to, in the home currency first and in others where there are any.
    pub fn sum_due(&self, last: NaiveDate) -> Vec<Money> {
        let mut sums: BTreeMap<Currency, i128> = BTreeMap::new();
        for due in self.open_dues(last) {
            *sums.entry(due.amount.currency).or_default() += i128::from(due.amount.minor);
        }
        let home = sums.remove(&self.home).unwrap_or_default();
        std::iter::once((self.home, home)).chain(sums).map(|(currency, sum)| Money::new(clamp(sum), currency)).collect()
    }

    /// The same in the home currency, others by their newest rate up to `today`; and what has none, which is left out.
    pub fn sum_due_at_home(&self, last: NaiveDate, today: NaiveDate) -> (Money, Vec<Money>) {
        let mut unrated = Vec::new();
        let at_home = |sum: &Money| {
            let rate = || Some(self.rate_on(sum.currency, today)?.rate.convert(*sum, self.home)?.minor);
            if sum.currency == self.home { Some(sum.minor) } else { rate() }
        };
        let mut whole = 0_i128;
        for sum in self.sum_due(last) {
            match at_home(&sum) {
                Some(minor) => whole += i128::from(minor),
                None => unrated.push(sum),
            }
        }
        (Money::new(clamp(whole), self.home), unrated)
    }

    /// The due days that fall into `month`, open and settled, the earliest first.
    pub fn dues_in(&self, month: Period, today: NaiveDate) -> Vec<Due> {
        let named = |occurrence: Occurrence, standing: Standing| {
            let name = self.bills.get(&occurrence.bill).map(|bill| bill.name.clone()).unwrap_or_default();
            Due { name, occurrence, standing }
        };
        let open = self.open_dues(month.last_day()).into_iter();
        let open = open.map(|occurrence| named(occurrence, Standing::Open(occurrence.status(today))));
        let settled = self.settlements.values().filter(|settled| !self.is_open(settled.bill, settled.due));
        let settled = settled.filter_map(|settled| {
            let occurrence = self.bills.get(&settled.bill)?.occurrence(settled.due);
            Some(named(occurrence, if settled.record.is_some() { Standing::Paid } else { Standing::Skipped }))
        });
        let mut dues: Vec<Due> = open.chain(settled).filter(|due| month.contains(due.occurrence.day)).collect();
        dues.sort_by_key(|due| (due.occurrence.day, due.occurrence.bill, due.occurrence.due));
        dues
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bills::{Change, Settlement};
    use crate::money::NumberFormat;
    use crate::rates::Rate;
    use crate::recurrence::{Ends, Repeats};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn book() -> Book {
        let mut book = Book::new(Currency::INR, chrono::Weekday::Mon);
        let bill = |id: u128, first: &str, repeats, minor, currency| Bill {
            id: BillId(uuid::Uuid::from_u128(id)),
            name: format!("Bill {id}"),
            amount: Money::new(minor, currency),
            estimated: false,
            first_due: day(first),
            repeats,
            ends: Ends::Never,
            category: None,
            account: None,
            remind_days: None,
            next_due: Some(day(first)),
            changed: BTreeMap::new(),
            revision: 1,
        };
        for bill in [
            bill(1, "2027-01-31", Repeats::Monthly, 100, Currency::INR),
            bill(2, "2027-02-01", Repeats::Weeks(2), 10, Currency::INR),
            bill(3, "2027-02-10", Repeats::Once, 7, Currency::USD),
        ] {
            book.bills.insert(bill.id, bill);
        }
        book
    }

    fn days(book: &Book, last: &str) -> Vec<(u128, String)> {
        book.open_dues(day(last)).iter().map(|due| (due.bill.0.as_u128(), due.day.to_string())).collect()
    }

    #[test]
    fn what_is_due_counts_overdue_days_and_keeps_currencies_apart() {
        let mut book = book();
        let found = days(&book, "2027-02-15");
        let expected = [(1, "2027-01-31"), (2, "2027-02-01"), (3, "2027-02-10"), (2, "2027-02-15")];
        assert_eq!(found, expected.map(|(id, day)| (id, day.to_owned())));
        let sums = [Money::new(120, Currency::INR), Money::new(7, Currency::USD)];
        assert_eq!(book.sum_due(day("2027-02-15")), sums);
        let today = day("2027-02-01");
        assert_eq!(
            book.sum_due_at_home(day("2027-02-15"), today),
            (Money::new(120, Currency::INR), sums[1..].to_vec())
        );
        let rate = |typed: &str| Rate::parse(typed, NumberFormat::of("en-IN")).expect("a rate");
        for (on, typed) in [("2027-01-15", "80"), ("2027-02-02", "90")] {
            book.rates.insert((Currency::USD, day(on)), rate(typed));
        }
        let at_home = Money::new(120 + 7 * 80, Currency::INR);
        assert_eq!(book.sum_due_at_home(day("2027-02-15"), today), (at_home, vec![]));
        book.bills.clear();
        assert_eq!(book.sum_due(day("2027-02-15")), [Money::zero(Currency::INR)]);
    }

    #[test]
    fn a_due_day_counts_on_the_day_that_it_was_moved_to() {
        let mut book = book();
        let first = BillId(uuid::Uuid::from_u128(1));
        book.bills.retain(|id, _| *id == first);
        let bill = book.bills.get_mut(&first).expect("a bill");
        bill.changed.insert(day("2027-02-28"), Change { day: day("2027-02-20"), amount: None });
        bill.changed.insert(day("2027-01-31"), Change { day: day("2027-02-25"), amount: None });
        assert_eq!(days(&book, "2027-02-20"), [(1, "2027-02-20".to_owned())]);
        assert_eq!(days(&book, "2027-02-28").len(), 2);
    }

    #[test]
    fn a_month_shows_what_is_open_paid_and_skipped() {
        let mut book = book();
        let id = BillId(uuid::Uuid::from_u128(2));
        let settled = Settlement { bill: id, due: day("2027-02-01"), record: None, revision: 2 };
        book.settlements.insert((id, settled.due), settled);
        book.bills.get_mut(&id).expect("a bill").next_due = Some(day("2027-02-15"));
        let month = Period::month_of(day("2027-02-01"));
        let found = book.dues_in(month, day("2027-02-10"));
        let standings: Vec<_> = found.iter().map(|due| (due.occurrence.day.to_string(), due.standing)).collect();
        assert_eq!(
            standings,
            [
                ("2027-02-01", Standing::Skipped),
                ("2027-02-10", Standing::Open(Status::Due)),
                ("2027-02-15", Standing::Open(Status::Upcoming)),
                ("2027-02-28", Standing::Open(Status::Upcoming)),
            ]
            .map(|(day, standing)| (day.to_owned(), standing))
        );
    }
}
