//! The fold, a year at a time, from the last mark that is kept before the day that is asked for.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use ledger::Book;
use ledger::budgets::Budget;
use ledger::envelopes::Left;
use ledger::id::{BookId, CategoryId};
use ledger::openings::{LeftTo, Opening};
use ledger::period::Period;

use super::marks::{self, Mark};
use crate::{Result, Tx, envelopes, spending};

/// What is read at once, and the least that lies between two marks but for the last.
const STEP: Months = Months::new(12);

pub(super) async fn budget(
    tx: &mut Tx,
    id: BookId,
    nouns: &Book,
    budget: &Budget,
    start: NaiveDate,
    fresh: &mut Vec<Mark>,
) -> Result<Option<Opening>> {
    let begun = budget.leaves_from(nouns.week_start);
    if budget.rolls_over().is_none() || start <= begun {
        return Ok(None);
    }
    let is_period = |known: &Opening| budget.period(known.start, nouns.week_start).start == known.start;
    let known = marks::of_budget(tx, id, budget.id, start).await?.filter(is_period);
    let mut at = known.unwrap_or(Opening { start: begun, minor: 0 });
    while at.start < start {
        at = one_step(tx, id, nouns, budget, at, start, None).await?;
        fresh.push(Mark::Budget(budget.id, at));
    }
    Ok(Some(at))
}

/// What a budget carries into its period that begins on `start` once all that is filed under `from` counts as well: nothing
/// that was kept tells it. `nouns` has the categories.
pub(crate) async fn merged(
    tx: &mut Tx,
    id: BookId,
    nouns: &Book,
    budget: &Budget,
    start: NaiveDate,
    from: CategoryId,
) -> Result<Option<Opening>> {
    let mut at = Opening { start: budget.leaves_from(nouns.week_start), minor: 0 };
    if budget.rolls_over().is_none() || start <= at.start {
        return Ok(None);
    }
    while at.start < start {
        at = one_step(tx, id, nouns, budget, at, start, Some(from)).await?;
    }
    Ok(Some(at))
}

/// Goes on to the period a year later, or to the one that begins on `start`.
async fn one_step(
    tx: &mut Tx,
    id: BookId,
    nouns: &Book,
    budget: &Budget,
    at: Opening,
    start: NaiveDate,
    also: Option<CategoryId>,
) -> Result<Opening> {
    let week_start = nouns.week_start;
    let mut book = Book::new(nouns.home, week_start);
    book.categories.clone_from(&nouns.categories);
    book.openings.budgets.insert(budget.id, at);
    let a_year_on = at.start.checked_add_months(STEP).unwrap_or(start).min(start);
    let next = budget.period(a_year_on, week_start);
    let periods = budget.periods_from(budget.period(at.start, week_start), week_start);
    let borders: BTreeSet<NaiveDate> =
        periods.map(|period| period.start).take_while(|border| *border <= next.start).collect();
    spending::fill(tx, id, &mut book, &borders, &budget.tag_key().into_iter().collect()).await?;
    let judged = book.judged(budget);
    let judged = match also {
        Some(category) => judged.with(category),
        None => judged,
    };
    Ok(Opening { start: next.start, minor: judged.carried(next).minor })
}

/// What envelopes have left when the month of `month`, its first day, begins. `nouns` has the categories and the planned
/// income.
pub(super) async fn envelopes(
    tx: &mut Tx,
    id: BookId,
    nouns: &Book,
    month: NaiveDate,
    fresh: &mut Vec<Mark>,
) -> Result<LeftTo> {
    let nothing = |month| LeftTo { month, left: Left::default() };
    let Some(first) = envelopes::first_month(tx, id).await?.filter(|first| *first < month) else {
        return Ok(nothing(month));
    };
    let mut at = marks::of_envelopes(tx, id, month).await?.unwrap_or(nothing(first));
    while at.month < month {
        let next = at.month.checked_add_months(STEP).unwrap_or(month).min(month);
        let months = Period { start: at.month, end: next };
        let mut book = Book::new(nouns.home, nouns.week_start);
        book.categories.clone_from(&nouns.categories);
        book.planned_income = nouns.planned_income;
        for envelope in envelopes::within(tx, id, months).await? {
            book.envelopes.insert(envelope.key(), envelope);
        }
        let all = std::iter::successors(Some(at.month), |day| Some(Period::month_of(*day).end));
        let borders: BTreeSet<NaiveDate> = all.take_while(|border| *border <= next).collect();
        spending::fill(tx, id, &mut book, &borders, &BTreeSet::new()).await?;
        spending::fill_income(tx, id, &mut book, months).await?;
        book.openings.envelopes = Some(at);
        at = LeftTo { month: next, left: book.left_before(next) };
        fresh.push(Mark::Envelopes(at.clone()));
    }
    Ok(at)
}
