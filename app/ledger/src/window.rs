//! The part of a book that a page needs, in a small form for the wire.
//!
//! Totals are by far the most rows. Only the days that are looked at one by one come as days, the months before
//! as one sum each; and each total is a few small numbers: days since the window's first day, kind, places in
//! the lists of accounts, categories and currencies, the sum, and how many records it is of.

use std::collections::BTreeSet;

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::budgets::Budget;
use crate::command::Changes;
use crate::currency::Currency;
use crate::id::{AccountId, CategoryId};
use crate::money::Money;
use crate::period::Period;
use crate::totals::{Total, TotalKey, TotalKind};

/// How many calendar months of totals a window holds, this month included.
pub const MONTHS: u32 = 13;

/// The days whose totals a window holds: the calendar month of `today`, the twelve before, and all days to come.
pub fn days(today: NaiveDate) -> Period {
    let start = Period::last_months(today, MONTHS).first().map_or(today, |month| month.start);
    Period { start, end: crate::period::LAST_DAY }
}

/// The days of [`days`], and those before them from which a budget takes something along: a year does from the one
/// before it.
pub fn held_days<'b>(today: NaiveDate, budgets: impl Iterator<Item = &'b Budget>, week_start: Weekday) -> Period {
    let days = days(today);
    let sources = budgets.flat_map(|budget| budget.sources(budget.period(today, week_start), week_start));
    Period { start: sources.map(|source| source.start).chain([days.start]).min().unwrap_or(days.start), ..days }
}

/// The first day of the periods of a budget that a window looks at.
pub fn looks_from(budget: &Budget, today: NaiveDate, week_start: Weekday) -> NaiveDate {
    let period = budget.period(today, week_start);
    budget.sources(period, week_start).last().map_or(period.start, |source| source.start)
}

/// How long a page may stay open past midnight without missing a day.
const SLACK_DAYS: u64 = 7;

/// The first day whose totals a window holds day by day, always the first of a month: this month, the last
/// seven days, and the periods of budgets that are no calendar months, with those that they carry something over
/// from. A budget for some days is followed until a month after they are over.
pub fn by_day_from<'b>(today: NaiveDate, budgets: impl Iterator<Item = &'b Budget>, week_start: Weekday) -> NaiveDate {
    let month_ago = Period::month_before(today).start;
    let by_day =
        budgets.filter(|budget| budget.tag.is_none() && !budget.span.is_of_months() && !budget.is_over(month_ago));
    let reach = by_day.map(|budget| looks_from(budget, today, week_start));
    let week = Period::last_days(today, 7 + SLACK_DAYS).start;
    let first = Period::month_of(reach.min().map_or(week, |day| day.min(week))).start;
    first.max(days(today).start)
}

/// The keys of the tags whose totals a window holds, day by day: those that budgets count.
pub fn tags<'b>(budgets: impl Iterator<Item = &'b Budget>) -> BTreeSet<String> {
    budgets.filter_map(Budget::tag_key).collect()
}

impl Book {
    /// Whether a budget counts a tag whose totals this window does not hold.
    pub fn misses_a_tag(&self) -> bool {
        tags(self.budgets.values()).iter().any(|tag| !self.holds_tag(tag))
    }

    /// Whether a budget looks further back than what this window holds, or wants days of it one by one.
    pub fn is_too_short(&self, today: NaiveDate) -> bool {
        self.held_from > held_days(today, self.budgets.values(), self.week_start).start
            || self.by_day_from > by_day_from(today, self.budgets.values(), self.week_start)
    }
}

/// A book on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    home: Currency,
    week_start: Weekday,
    #[serde(default)]
    held_from: NaiveDate,
    by_day_from: NaiveDate,
    tags_held: Option<BTreeSet<String>>,
    #[serde(default)]
    planned_income: Option<Money>,
    /// All rows but the totals.
    rows: Changes,
    first_day: NaiveDate,
    accounts: Vec<AccountId>,
    categories: Vec<CategoryId>,
    currencies: Vec<Currency>,
    totals: Vec<(i32, u8, u16, u16, u8, i64, i64)>,
    /// What totals are worth in the home currency, by their place, where that is another number.
    #[serde(default)]
    worth: Vec<(usize, i64)>,
}

impl Window {
    /// That of the book it was made of.
    #[must_use]
    pub fn revision(&self) -> i64 {
        self.rows.revision
    }
}

impl From<&Book> for Window {
    fn from(book: &Book) -> Self {
        let mut rows = book.as_changes();
        let mut window = Self {
            home: book.home,
            week_start: book.week_start,
            held_from: book.held_from,
            by_day_from: book.by_day_from,
            tags_held: book.tags_held.clone(),
            planned_income: book.planned_income,
            first_day: rows.totals.first().map_or(NaiveDate::default(), |(key, _)| key.day),
            accounts: Vec::new(),
            categories: Vec::new(),
            currencies: Vec::new(),
            totals: Vec::with_capacity(rows.totals.len()),
            worth: Vec::new(),
            rows: Changes::default(),
        };
        for (key, total) in std::mem::take(&mut rows.totals) {
            let day = i32::try_from((key.day - window.first_day).num_days()).unwrap_or(i32::MAX);
            let kind = TotalKind::ALL.iter().position(|kind| *kind == key.kind).unwrap_or_default();
            let account = place(&mut window.accounts, key.account);
            let category = place(&mut window.categories, key.category);
            let currency = place(&mut window.currencies, key.currency);
            if total.home != total.minor {
                window.worth.push((window.totals.len(), total.home));
            }
            #[expect(clippy::cast_possible_truncation, reason = "six kinds, and fewer than 256 currencies")]
            window.totals.push((day, kind as u8, account, category, currency as u8, total.minor, total.count));
        }
        window.rows = rows;
        window
    }
}

/// Where `value` stands in the list, added at its end when it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, value: T) -> u16 {
    let index = list.iter().position(|known| *known == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    });
    u16::try_from(index).unwrap_or(u16::MAX)
}

impl From<Window> for Book {
    fn from(window: Window) -> Self {
        let mut book = Self::new(window.home, window.week_start);
        (book.held_from, book.by_day_from) = (window.held_from, window.by_day_from);
        book.tags_held = window.tags_held;
        book.planned_income = window.planned_income;
        book.merge(&window.rows);
        let worth: std::collections::BTreeMap<usize, i64> = window.worth.into_iter().collect();
        for (place, (day, kind, account, category, currency, minor, count)) in window.totals.into_iter().enumerate() {
            let key = || {
                Some(TotalKey {
                    day: window.first_day.checked_add_signed(chrono::TimeDelta::days(day.into()))?,
                    kind: *TotalKind::ALL.get(usize::from(kind))?,
                    account: *window.accounts.get(usize::from(account))?,
                    category: *window.categories.get(usize::from(category))?,
                    currency: *window.currencies.get(usize::from(currency))?,
                })
            };
            if let Some(key) = key() {
                let home = worth.get(&place).copied().unwrap_or(minor);
                book.totals.set(key, Total { minor, home, count });
            }
        }
        book
    }
}
