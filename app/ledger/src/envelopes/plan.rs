//! The envelopes of one month, and how they stand.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Fill, Left};
use crate::book::Book;
use crate::categories::LEVELS;
use crate::id::CategoryId;
use crate::money::{self, Money};
use crate::period::Period;
use crate::records::Kind;
use crate::totals::TotalKind;

/// One category in a month; minor units of the home currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub category: CategoryId,
    pub given: i64,
    /// What the months before left, never less than nothing.
    pub carried: i64,
    pub spent: i64,
    /// Whether it has an envelope, which may be empty: what is spent takes from it then, and what it owes at the end of
    /// the month is taken off the next.
    pub has_envelope: bool,
}

impl Line {
    /// Negative where it is overspent.
    pub fn left(&self) -> i64 {
        self.given.saturating_add(self.carried).saturating_sub(self.spent)
    }
}

/// The plan of a month, in the home currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelopes {
    pub month: Period,
    /// What the month itself has to give: the plan, or what came in if that is more.
    pub income: Money,
    pub given: Money,
    /// What the months before gave no job, less what they spent outside of envelopes; negative where they gave more than
    /// came in.
    pub unassigned_before: Money,
    /// Taken off, as the month before spent more than its envelopes held.
    pub overspent_before: Money,
    /// What was spent and taken from no envelope.
    pub outside: Money,
    /// Those with an envelope and all other categories of expenses that are offered, in their order.
    pub lines: Vec<Line>,
}

impl Envelopes {
    /// What is not yet given a job; negative where more was given than there is.
    pub fn unassigned(&self) -> Money {
        let given = self.given.minor.saturating_neg();
        let minor = money::sum([self.unassigned_before.minor, self.income.minor, given, -self.overspent_before.minor]);
        Money::new(minor, self.income.currency)
    }

    pub fn line(&self, category: CategoryId) -> Option<&Line> {
        self.lines.iter().find(|line| line.category == category)
    }
}

impl Book {
    /// The plan of the month of `day`, as its first day sees it: all months before are over.
    pub fn envelopes_of(&self, day: NaiveDate) -> Envelopes {
        self.envelopes_as_of(day, day)
    }

    /// The plan of the month of `day`, as it is seen on `today`, which may lie long before.
    pub fn envelopes_as_of(&self, day: NaiveDate, today: NaiveDate) -> Envelopes {
        let (month, home) = (Period::month_of(day), self.home);
        let left = self.left_before_as_of(day, today);
        let (mut lines, others) = self.lines_in(month, &left);
        let known: BTreeSet<CategoryId> = lines.iter().map(|line| line.category).collect();
        let offered = self.categories_of(Kind::Expense).into_iter().filter(|offered| !known.contains(&offered.id));
        lines.extend(offered.map(|offered| Line {
            category: offered.id,
            given: 0,
            carried: 0,
            spent: others.get(&offered.id).copied().unwrap_or_default(),
            has_envelope: false,
        }));
        let tree: Vec<CategoryId> = self.category_tree(Kind::Expense).into_iter().map(|(_, known)| known.id).collect();
        lines.sort_by_cached_key(|line| tree.iter().position(|known| *known == line.category));
        let came_in = self.totals.sum(month, TotalKind::Income);
        let planned = self.planned_income.map_or(0, |planned| planned.minor);
        Envelopes {
            month,
            income: Money::new(came_in.max(planned), home),
            given: Money::new(money::sum(lines.iter().map(|line| line.given)), home),
            unassigned_before: Money::new(left.unassigned.unwrap_or_default(), home),
            overspent_before: Money::new(left.overspent, home),
            outside: Money::new(money::sum(others.into_values()), home),
            lines,
        }
    }

    /// The changes that give each envelope what it was given in the month before, where it has nothing yet.
    pub fn envelopes_as_before(&self, day: NaiveDate) -> Vec<Fill> {
        let (month, before) = (Period::month_of(day).start, Period::month_before(day).start);
        let of_before = self.envelopes.range((before, CategoryId::NIL)..(month, CategoryId::NIL));
        of_before
            .map(|((_, category), envelope)| (*category, envelope.given))
            .filter(|(category, given)| *given > 0 && self.given(month, *category) == 0)
            .map(|(category, to)| Fill { category, from: 0, to })
            .collect()
    }

    /// The envelopes of a month that were left so much, and what was spent by category outside of them.
    pub(super) fn lines_in(&self, month: Period, left: &Left) -> (Vec<Line>, BTreeMap<CategoryId, i64>) {
        let used = self.used_envelopes(month, left);
        let (mut inside, mut outside) = (BTreeMap::new(), BTreeMap::new());
        for (key, total) in self.totals.within(month).filter(|(key, _)| key.kind == TotalKind::Expense) {
            // An envelope is the nearest one above what was spent.
            let above = |id: &CategoryId| self.categories.get(id)?.parent;
            let mut lineage = std::iter::successors(Some(key.category), above).take(LEVELS);
            let (place, sums) = match lineage.find(|above| used.contains(above)) {
                Some(envelope) => (envelope, &mut inside),
                None => (key.category, &mut outside),
            };
            let sum: &mut i64 = sums.entry(place).or_default();
            *sum = sum.saturating_add(total.home);
        }
        let line = |category: &CategoryId| {
            let given = self.given(month.start, *category);
            let carried = left.of(*category);
            let spent = inside.get(category).copied().unwrap_or_default();
            Line { category: *category, given, carried, spent, has_envelope: true }
        };
        (used.iter().map(line).collect(), outside)
    }

    /// The categories that are given something in a month, and those whose envelopes go on from before it.
    fn used_envelopes(&self, month: Period, left: &Left) -> BTreeSet<CategoryId> {
        let given = self.envelopes.range((month.start, CategoryId::NIL)..(month.end, CategoryId::NIL));
        let given = given.filter(|(_, envelope)| envelope.given != 0).map(|((_, category), _)| *category);
        given.chain(left.in_use(month.start)).collect()
    }
}
