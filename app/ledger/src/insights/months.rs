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
use crate::report::DAYS_MAX;
use crate::totals::TotalKind;

/// Weeks that the weekday rule looks at.
const WEEKS: i64 = 8;

pub(super) fn all(seen: &Seen<'_>) -> Vec<Insight> {
    let mut found = categories_high(seen);
    found.extend([outlook(seen), uncategorised(seen), savings(seen), weekdays(seen)].into_iter().flatten());
    found
}

impl Seen<'_> {
    /// The month that is going on, or the period of the report.
    pub(super) fn period(&self) -> Period {
        self.report.map_or_else(|| Period::month_of(self.today), |report| report.period)
    }

    /// What is laid beside what is usual: the same, or the last year of a long report.
    fn judged(&self) -> Period {
        self.years.last().copied().unwrap_or_else(|| self.period())
    }

    /// The three calendar months, or periods, before it, or the years of a long report before its last, if something
    /// was spent in each: without them nothing is usual.
    fn usual_periods(&self) -> Option<Vec<Period>> {
        let periods = match (self.years, self.report) {
            ([before @ .., _], _) => before.to_vec(),
            (_, Some(report)) => report.three_before()?.map(|choice| choice.period).to_vec(),
            (_, None) => Period::last_months(self.today, 4).into_iter().take(3).collect(),
        };
        let is_usual = !periods.is_empty() && periods.iter().all(|period| self.spent(*period) > 0);
        is_usual.then_some(periods)
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

/// A category is far above its usual when this month or period, even if it is not over yet, or the last year of a long
/// report, has at least one and a half times the average of the three, or of the years, before, at least two thirds of
/// which had it, and what is above is at least a twentieth of an average one.
fn categories_high(seen: &Seen<'_>) -> Vec<Insight> {
    let Some(months) = seen.usual_periods() else { return Vec::new() };
    let count = i64::try_from(months.len()).unwrap_or(i64::MAX);
    let month_of_all = sum(months.iter().map(|month| seen.spent(*month))) / count;
    let before: Vec<BTreeMap<CategoryId, i64>> = months.iter().map(|month| seen.by_category(*month)).collect();
    let mut high: Vec<(i64, Insight)> = Vec::new();
    for (category, spent) in seen.by_category(seen.judged()) {
        let had: Vec<i64> = before.iter().filter_map(|month| month.get(&category).copied()).collect();
        let usual = sum(had.iter().copied()) / count;
        let above = spent.saturating_sub(usual);
        let is_far =
            i128::from(spent) * 2 >= i128::from(usual) * 3 && i128::from(above) * 20 >= i128::from(month_of_all);
        if had.len() * 3 >= months.len() * 2 && is_far {
            let finding = Finding::CategoryHigh { category, spent: seen.money(spent), usual: seen.money(usual) };
            let behind = Filter::of_kind(Kind::Expense, seen.judged()).in_category(Some(category));
            high.push((above, Insight::new(seen, finding, behind)));
        }
    }
    high.sort_by_key(|(above, _)| std::cmp::Reverse(*above));
    high.into_iter().map(|(_, insight)| insight).collect()
}

/// The month is likely to end at what is spent up to today and what the last three months spent after the same day,
/// on average. It is told from the 8th on, when that is at least a tenth off the average month.
fn outlook(seen: &Seen<'_>) -> Option<Insight> {
    let months = seen.usual_periods()?;
    let (month, usual) = (seen.period(), sum(months.iter().map(|month| seen.spent(*month))) / 3);
    if seen.report.is_some() || seen.today.day() < 8 || seen.today == month.last_day() {
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
    is_off.then(|| {
        let finding = Finding::Outlook { likely: seen.money(likely), usual: seen.money(usual) };
        Insight::new(seen, finding, Filter::of_kind(Kind::Expense, month))
    })
}

/// A pile is five or more expenses of this month or period without a category.
fn uncategorised(seen: &Seen<'_>) -> Option<Insight> {
    let (mut count, mut minor) = (0, 0);
    for (key, total) in seen.book.totals.within(seen.period()) {
        if key.kind == TotalKind::Expense && key.category == CategoryId::NIL {
            (count, minor) = (count + total.count, sum([minor, total.home]));
        }
    }
    (count >= 5).then(|| {
        let behind = Filter::of_kind(Kind::Expense, seen.period()).in_category(None);
        Insight::new(seen, Finding::Uncategorised { count, sum: seen.money(minor) }, behind)
    })
}

/// The savings rate of last month, or of a report that is over, is told when it is five points or more away from that of the
/// three months or periods before together, and all four had an income; that of the last year of a long report beside
/// its years before.
fn savings(seen: &Seen<'_>) -> Option<Insight> {
    let months: Vec<Period> = match seen.report {
        Some(_) if !seen.years.is_empty() => seen.years.to_vec(),
        // What is usually spent may still come: the rent at the end of a month.
        Some(report) if seen.today < report.period.last_day() => return None,
        Some(report) => report.three_before()?.map(|choice| choice.period).into_iter().chain([report.period]).collect(),
        None => Period::last_months(seen.today, super::MONTHS).into_iter().take(4).collect(),
    };
    let income = |month: &Period| seen.book.totals.sum(*month, TotalKind::Income);
    let (last, before) = months.split_last()?;
    if !months.iter().all(|month| income(month) > 0) {
        return None;
    }
    let rate = savings_rate(income(last), seen.spent(*last))?;
    let earlier = savings_rate(sum(before.iter().map(income)), sum(before.iter().map(|month| seen.spent(*month))))?;
    let all = Period { start: before.first()?.start, end: last.end };
    (rate.abs_diff(earlier) >= 5)
        .then(|| Insight::new(seen, Finding::Savings { rate, before: earlier }, Filter::within(all)))
}

/// The last eight weeks up to yesterday, or the whole weeks at the end of a report that is over and has as many; and how
/// many there are.
fn weeks(seen: &Seen<'_>) -> Option<(Period, i64)> {
    let Some(report) = seen.report else {
        let start = seen.today.checked_sub_days(Days::new(56))?;
        return (start >= super::days_from(seen.today)).then_some((Period { start, end: seen.today }, WEEKS));
    };
    let (period, count) = (report.period, report.period.days() / 7);
    let start = period.end.checked_sub_days(Days::new(count.unsigned_abs() * 7))?;
    let is_told = count >= WEEKS && period.days() <= DAYS_MAX && seen.today == period.last_day();
    is_told.then_some((Period { start, ..period }, count))
}

/// A weekday stands out when, over eight weeks or more, its days cost at least twice as much on average as the others,
/// and at least three quarters of them lie above that average of the others.
fn weekdays(seen: &Seen<'_>) -> Option<Insight> {
    let (period, count) = weeks(seen)?;
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
        let (average, others) = (total / count, (all - total) / (count * 6));
        let above = i64::try_from(mine.iter().filter(|minor| **minor > others).count()).unwrap_or_default();
        (others > 0 && i128::from(average) >= i128::from(others) * 2 && above * 4 >= count * 3)
            .then_some((average, others, weekday))
    };
    let week = std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ())).take(7);
    let (average, others, weekday) = week.filter_map(pattern).max_by_key(|(average, ..)| *average)?;
    let finding = Finding::Weekdays { weekday, spent: seen.money(average), others: seen.money(others) };
    Some(Insight::new(seen, finding, Filter::of_kind(Kind::Expense, period)))
}
