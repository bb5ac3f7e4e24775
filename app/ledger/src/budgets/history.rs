//! How a budget stood in the periods up to now, and what limit the past suggests.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::judged::percent;
use super::{Budget, Judged, Progress};
use crate::money::{Money, clamp};
use crate::period::{PayDay, Period, Span};

/// How many periods one page of the history holds.
pub const PERIODS: usize = 12;

/// A page of the history.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// The newest first.
    pub past: Vec<Past>,
    /// Whether there is more to tell of the periods before these.
    pub has_earlier: bool,
}

/// One period of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    pub period: Period,
    /// The one that held then, with what was carried over; `None` before the budget began.
    pub limit: Option<Money>,
    pub spent: Money,
}

impl Past {
    /// Negative where it was exceeded.
    pub fn left(&self) -> Option<Money> {
        self.limit.map(|limit| Money::new(limit.minor.saturating_sub(self.spent.minor), limit.currency))
    }

    /// Whole percent of the limit, rounded towards zero; `None` before the budget began.
    pub fn used(&self) -> Option<i64> {
        self.limit.map(|limit| percent(self.spent, limit))
    }
}

impl Budget {
    /// The period of `day` and those before it, the newest first and [`PERIODS`] at most; days that come once have no
    /// others.
    pub fn past_periods(&self, day: NaiveDate, week_start: chrono::Weekday) -> Vec<Period> {
        let most = if matches!(self.span, Span::Once(_)) { 1 } else { PERIODS };
        let before = |later: &Period| later.start.pred_opt().map(|day| self.period(day, week_start));
        std::iter::successors(Some(self.period(day, week_start)), before).take(most).collect()
    }
}

impl Budget {
    /// Its periods that share days with `period`, the newest first and [`PERIODS`] at most, and whether there are more:
    /// none before it began, nor any that begins after today.
    pub fn periods_within(&self, period: Period, today: NaiveDate, week_start: chrono::Weekday) -> (Vec<Period>, bool) {
        let last = period.last_day().min(today);
        let is_shared = |own: &Period| {
            let began = own.end > self.since || matches!(self.span, Span::Once(_));
            began && own.end > period.start && own.start <= last && last >= period.start
        };
        let most = if matches!(self.span, Span::Once(_)) { 1 } else { PERIODS + 1 };
        let before = |later: &Period| later.start.pred_opt().map(|day| self.period(day, week_start));
        let first = Some(self.period(last, week_start));
        let mut shared: Vec<Period> = std::iter::successors(first, before).take_while(is_shared).take(most).collect();
        let has_more = shared.len() > PERIODS;
        shared.truncate(PERIODS);
        (shared, has_more)
    }
}

impl Judged<'_> {
    /// The periods up to now, the newest first.
    pub fn history(&self, today: NaiveDate) -> Vec<Past> {
        self.history_up_to(today, today)
    }

    /// The period of `day` and those before it, the newest first.
    pub fn history_up_to(&self, day: NaiveDate, today: NaiveDate) -> Vec<Past> {
        let periods = self.budget().past_periods(day, self.book().week_start);
        periods.into_iter().map(|period| self.past(period, today)).collect()
    }

    /// How it stood in one of its periods.
    pub fn past(&self, period: Period, today: NaiveDate) -> Past {
        let Progress { limit, spent, .. } = self.progress_in(period, today);
        let began = period.end > self.budget().since || matches!(self.budget().span, Span::Once(_));
        Past { period, limit: began.then_some(limit), spent }
    }
}

/// The months that a suggestion looks back at.
pub const LOOK_BACK: [u32; 3] = [3, 6, 12];

/// What was usually spent: how many months were looked at, and the limit that would just have held in half of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub months: u32,
    pub limit: Money,
}

impl Judged<'_> {
    /// The median of what it would have counted in the last 3, 6 and 12 whole months as a limit for one of its
    /// periods, rounded up to whole units of the currency. Only what the book is old enough for, and only where
    /// something was spent.
    pub fn suggestions(&self, today: NaiveDate) -> Vec<Suggestion> {
        let (book, span, home) = (self.book(), self.budget().span, self.book().home);
        let last = Period::month_before(today).start;
        let suggestion = |months: u32| {
            let looked_at = Period::last_months(last, months);
            book.totals.within(*looked_at.first()?).next()?;
            let mut spent: Vec<i64> = looked_at.into_iter().map(|month| self.spent(month).minor).collect();
            spent.sort_unstable();
            // Of two in the middle the larger: a limit that holds.
            let median = spent.get(spent.len() / 2).copied().filter(|median| *median > 0)?;
            Some(Suggestion { months, limit: Money::new(whole_units(of_span(median, span), home), home) })
        };
        LOOK_BACK.into_iter().filter_map(suggestion).collect()
    }
}

/// The share of one period in what a month takes.
fn of_span(month: i64, span: Span) -> i128 {
    let month = i128::from(month);
    match span {
        Span::Month | Span::Pay(PayDay::On(_) | PayDay::LastWorkingDay) => month,
        Span::Quarter => month * 3,
        Span::Year => month * 12,
        Span::Week => month * 12 / 52,
        Span::Pay(PayDay::EveryTwoWeeks(_)) => month * 12 / 26,
        Span::Day => month * 12 / 365,
        Span::Once(period) => month * 12 * i128::from(period.days()) / 365,
    }
}

fn whole_units(minor: i128, currency: crate::currency::Currency) -> i64 {
    let unit = 10_i128.pow(currency.exponent());
    clamp((minor + unit - 1) / unit * unit)
}
