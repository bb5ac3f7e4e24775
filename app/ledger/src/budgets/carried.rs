//! What a budget carries from period to period: since it began, or on from what its book was told.

use chrono::{NaiveDate, Weekday};

use super::{Budget, Judged};
use crate::money::Money;
use crate::openings::Opening;
use crate::period::Period;

impl Budget {
    /// The periods whose standing a change in `period` can move: itself, and those after it that it leaves something
    /// to, up to the one of `last`.
    pub fn touched_by(&self, period: Period, last: NaiveDate, week_start: Weekday) -> Vec<Period> {
        let goes_on = self.rolls_over().is_some();
        let later = self.periods_from(period, week_start).skip(1);
        std::iter::once(period).chain(later.take_while(|later| goes_on && later.start <= last)).collect()
    }

    /// A period and all after it.
    pub fn periods_from(&self, period: Period, week_start: Weekday) -> impl Iterator<Item = Period> {
        std::iter::successors(Some(period), move |before| Some(self.period(before.end, week_start)))
    }

    /// The first day of the first period that leaves something: the one in which it began.
    pub fn leaves_from(&self, week_start: Weekday) -> NaiveDate {
        self.period(self.since, week_start).start
    }
}

impl Judged<'_> {
    /// What all periods before left to `period`: see [`super::RollOver`].
    pub fn carried(&self, period: Period) -> Money {
        let (budget, week_start) = (self.budget(), self.book().week_start);
        if budget.rolls_over().is_none() {
            return Money::zero(budget.limit.currency);
        }
        let begun = Opening { start: budget.leaves_from(week_start), minor: 0 };
        let Opening { start, minor } = self.opening().filter(|opening| opening.start <= period.start).unwrap_or(begun);
        let before = budget.periods_from(budget.period(start, week_start), week_start);
        let before = before.take_while(|before| before.start < period.start);
        let minor = before.fold(minor, |carried, before| self.left_by(before, carried));
        Money::new(minor, budget.limit.currency)
    }

    /// The limits of periods that follow each other, with what is carried into them. Those that begin before the book
    /// knows what was carried are left out.
    pub(crate) fn limits(&self, periods: Vec<Period>) -> Vec<(Period, Money)> {
        let first = self.opening().map_or(NaiveDate::MIN, |opening| opening.start);
        let mut periods = periods.into_iter().filter(|period| period.start >= first).peekable();
        let mut carried = periods.peek().map_or(0, |first| self.carried(*first).minor);
        let limit = |period: Period| {
            let limit = self.limit_with(period, Money::new(carried, self.budget().limit.currency));
            carried = self.left_by(period, carried);
            (period, limit)
        };
        periods.map(limit).collect()
    }

    /// What a period leaves into which so much was carried; minor units.
    fn left_by(&self, period: Period, carried: i64) -> i64 {
        let limit = self.budget().limit_in(period).minor;
        self.budget().rolls_over().map_or(0, |rule| rule.after(carried, limit, self.spent(period).minor))
    }

    /// What the book was told of it, if its periods are still the same.
    fn opening(&self) -> Option<Opening> {
        let (budget, book) = (self.budget(), self.book());
        let opening = book.openings.budgets.get(&budget.id).copied().filter(|_| budget.rolls_over().is_some())?;
        (budget.period(opening.start, book.week_start).start == opening.start).then_some(opening)
    }
}
