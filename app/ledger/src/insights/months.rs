//! Rules that need sums only.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Finding, Insight, Seen};
use crate::dashboard::savings_rate;
use crate::filter::Filter;
use crate::id::CategoryId;
use crate::money::{Money, sum};
use crate::period::Period;
use crate::records::Kind;
use crate::totals::TotalKind;

/// Weeks that the weekday rule looks at.
const WEEKS: i64 = 8;

pub(super) fn all(seen: &Seen<'_>) -> Vec<Insight> {
    let mut found = categories_high(seen);
    found.extend([outlook(seen), uncategorised(seen), savings(seen), weekdays(seen)].into_iter().flatten());
    found
}

impl Seen<'_> {
    fn month(&self) -> Period {
        Period::month_of(self.today)
    }

    /// The three calendar months before this one, if something was spent in each: without them nothing is usual.
    fn usual_months(&self) -> Option<Vec<Period>> {
        let months: Vec<Period> = Period::last_months(self.today, 4).into_iter().take(3).collect();
        months.iter().all(|month| self.spent(*month) > 0).then_some(months)
    }

    fn spent(&self, period: Period) -> i64 {
        self.book.totals.sum(period, TotalKind::Expense)
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.book.home)
    }

    fn by_category(&self, period: Period) -> BTreeMap<CategoryId, i64> {
        let mut sums = BTreeMap::new();
        for (key, total) in self.book.totals.within(period) {
            if key.kind == TotalKind::Expense && key.category != CategoryId::NIL {
                let known: &mut i64 = sums.entry(key.category).or_default();
                *known = sum([*known, total.home]);
            }
        }
        sums
    }
}

/// A category is far above its usual when this month, even if it is not over yet, has at least one and a half
/// times the average of the last three months, at least two of which had it, and what is above is at least a
/// twentieth of an average month.
fn categories_high(seen: &Seen<'_>) -> Vec<Insight> {
    let Some(months) = seen.usual_months() else { return Vec::new() };
    let month_of_all = sum(months.iter().map(|month| seen.spent(*month))) / 3;
    let before: Vec<BTreeMap<CategoryId, i64>> = months.iter().map(|month| seen.by_category(*month)).collect();
    let mut high: Vec<(i64, Insight)> = Vec::new();
    for (category, spent) in seen.by_category(seen.month()) {
        let had: Vec<i64> = before.iter().filter_map(|month| month.get(&category).copied()).collect();
        let usual = sum(had.iter().copied()) / 3;
        let above = spent.saturating_sub(usual);
        let is_far =
            i128::from(spent) * 2 >= i128::from(usual) * 3 && i128::from(above) * 20 >= i128::from(month_of_all);
        if had.len() >= 2 && is_far {
            let finding = Finding::CategoryHigh { category, spent: seen.money(spent), usual: seen.money(usual) };
            let behind = Filter::of_kind(Kind::Expense, seen.month()).in_category(Some(category));
            high.push((above, Insight { finding, behind }));
        }
    }
    high.sort_by_key(|(above, _)| std::cmp::Reverse(*above));
    high.into_iter().map(|(_, insight)| insight).collect()
}

/// The month is likely to end at what is spent up to today and what the last three months spent after the same day,
/// on average. It is told from the 8th on, when that is at least a tenth off the average month.
fn outlook(seen: &Seen<'_>) -> Option<Insight> {
    let months = seen.usual_months()?;
    let (month, usual) = (seen.month(), sum(months.iter().map(|month| seen.spent(*month))) / 3);
    if seen.today.day() < 8 || seen.today == month.last_day() {
        return None;
    }
    let after = |month: &Period| {
        let same = month.start.with_day(seen.today.day()).filter(|day| month.contains(*day));
        let rest = same.map_or(month.end, |day| Period::day(day).end);
        sum(seen.days.range(rest..month.end).map(|(_, minor)| *minor))
    };
    // What is noted already for the days to come stands for what usually comes, where it is more.
    let so_far = seen.spent(Period { end: Period::day(seen.today).end, ..month });
    let noted = seen.spent(month).saturating_sub(so_far);
    let likely = sum([so_far, (sum(months.iter().map(after)) / 3).max(noted)]);
    let is_off = i128::from(likely.abs_diff(usual)) * 10 >= i128::from(usual);
    is_off.then(|| Insight {
        finding: Finding::Outlook { likely: seen.money(likely), usual: seen.money(usual) },
        behind: Filter::of_kind(Kind::Expense, month),
    })
}

/// A pile is five or more expenses of this month without a category.
fn uncategorised(seen: &Seen<'_>) -> Option<Insight> {
    let (mut count, mut minor) = (0, 0);
    for (key, total) in seen.book.totals.within(seen.month()) {
        if key.kind == TotalKind::Expense && key.category == CategoryId::NIL {
            (count, minor) = (count + total.count, sum([minor, total.home]));
        }
    }
    (count >= 5).then(|| Insight {
        finding: Finding::Uncategorised { count, sum: seen.money(minor) },
        behind: Filter::of_kind(Kind::Expense, seen.month()).in_category(None),
    })
}

/// Last month's savings rate is told when it is five points or more away from that of the three months before
/// together, and all four had an income.
fn savings(seen: &Seen<'_>) -> Option<Insight> {
    let months: Vec<Period> = Period::last_months(seen.today, super::MONTHS).into_iter().take(4).collect();
    let income = |month: &Period| seen.book.totals.sum(*month, TotalKind::Income);
    let (last, before) = months.split_last()?;
    if !months.iter().all(|month| income(month) > 0) {
        return None;
    }
    let rate = savings_rate(income(last), seen.spent(*last))?;
    let earlier = savings_rate(sum(before.iter().map(income)), sum(before.iter().map(|month| seen.spent(*month))))?;
    let all = Period { start: before.first()?.start, end: last.end };
    (rate.abs_diff(earlier) >= 5)
        .then(|| Insight { finding: Finding::Savings { rate, before: earlier }, behind: Filter::within(all) })
}

/// A weekday stands out when, over the last eight weeks up to yesterday, its days cost at least twice as much on
/// average as the others, and at least six of its eight days lie above that average of the others.
fn weekdays(seen: &Seen<'_>) -> Option<Insight> {
    let first = seen.today.checked_sub_days(Days::new(56))?;
    let period = Period { start: first, end: seen.today };
    if first < super::days_from(seen.today) {
        return None;
    }
    let spent: Vec<(NaiveDate, i64)> = period
        .start
        .iter_days()
        .take_while(|day| period.contains(*day))
        .map(|day| (day, seen.days.get(&day).copied().unwrap_or_default()))
        .collect();
    let all = sum(spent.iter().map(|(_, minor)| *minor));
    let pattern = |weekday: Weekday| {
        let mine: Vec<i64> =
            spent.iter().filter(|(day, _)| day.weekday() == weekday).map(|(_, minor)| *minor).collect();
        let total = sum(mine.iter().copied());
        let (average, others) = (total / WEEKS, (all - total) / (WEEKS * 6));
        let above = mine.iter().filter(|minor| **minor > others).count();
        (others > 0 && i128::from(average) >= i128::from(others) * 2 && above >= 6)
            .then_some((average, others, weekday))
    };
    let week = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7);
    let (average, others, weekday) = week.filter_map(pattern).max_by_key(|(average, ..)| *average)?;
    Some(Insight {
        finding: Finding::Weekdays { weekday, spent: seen.money(average), others: seen.money(others) },
        behind: Filter::of_kind(Kind::Expense, period),
    })
}
