//! Budgets.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ledger::budgets::{Budget, History, RollOver, Suggestion};
use ledger::form::name_key;
use ledger::id::{BookId, BudgetId};
use ledger::period::{FIRST_DAY, Period, Span};
use ledger::report::BudgetLine;
use ledger::totals::DailyTotals;
use ledger::{Book, Money};
use uuid::Uuid;

use crate::rows::{each, json, list, money, word};
use crate::{Backend, Member, Result, Tx, carries, spending, tag_totals, totals, window};

#[derive(sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "one for each column")]
struct BudgetRow {
    id: Uuid,
    name: String,
    minor: i64,
    currency: String,
    limits_before: String,
    span: String,
    categories: String,
    tag: Option<String>,
    roll_over: bool,
    overspending: bool,
    carry_most: Option<i64>,
    since: NaiveDate,
    thresholds: String,
    pace: bool,
    revision: i64,
    deleted: bool,
}

impl BudgetRow {
    fn read(self) -> Result<Budget> {
        Ok(Budget {
            id: BudgetId(self.id),
            name: self.name,
            limit: money(self.minor, &self.currency)?,
            earlier: list(&self.limits_before)?,
            span: word(&self.span)?,
            categories: list(&self.categories)?,
            tag: self.tag,
            roll_over: self.roll_over.then_some(RollOver { overspending: self.overspending, most: self.carry_most }),
            since: self.since,
            thresholds: list(&self.thresholds)?,
            pace: self.pace,
            revision: self.revision,
        })
    }

    /// The budget, and whether it is deleted.
    fn read_any(self) -> Result<(Budget, bool)> {
        let deleted = self.deleted;
        Ok((self.read()?, deleted))
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, name, minor, currency, limits_before, span, categories, tag, roll_over, overspending, carry_most, since, thresholds,
                pace, revision, deleted
             from budgets where book_id = $1",
            $rest
        )
    };
}

/// The budget, if it is there and the member's.
pub async fn find(backend: &Backend, member: &Member, id: BudgetId) -> Result<Option<Budget>> {
    let mut tx = backend.db.read().await?;
    Ok(stored(&mut tx, member.book(), id).await?.filter(|(_, deleted)| !deleted).map(|(budget, _)| budget))
}

/// Whether the budget is there, for a letter that speaks of it.
pub async fn exists(backend: &Backend, book: BookId, id: BudgetId) -> Result<bool> {
    let mut tx = backend.db.read().await?;
    Ok(stored(&mut tx, book, id).await?.is_some_and(|(_, deleted)| !deleted))
}

/// How it stood in the periods up to now, or in those up to the day before `before`: twelve of them, the newest first, each
/// judged by the limit that held then; `None` where it is not the member's.
pub async fn history(
    backend: &Backend,
    member: &Member,
    id: BudgetId,
    before: Option<NaiveDate>,
    today: NaiveDate,
) -> Result<Option<History>> {
    let mut tx = backend.db.read().await?;
    let found = stored(&mut tx, member.book(), id).await?.filter(|(_, deleted)| !deleted);
    let Some((budget, _)) = found else { return Ok(None) };
    let mut book = window::nouns(&mut tx, member).await?;
    let day = before.and_then(|before| before.pred_opt()).map_or(today, |day| day.clamp(FIRST_DAY, today));
    let past = budget.past_periods(day, book.week_start);
    let borders: BTreeSet<NaiveDate> = past.iter().flat_map(|period| [period.start, period.end]).collect();
    let tags = budget.tag_key().into_iter().collect();
    let mut has_earlier = false;
    if let Some(oldest) = past.last() {
        let opening = carries::into(&mut tx, member.book(), &book, &budget, oldest.start).await?;
        book.openings.budgets.extend(opening.map(|opening| (id, opening)));
        let is_once = matches!(budget.span, Span::Once(_));
        has_earlier = !is_once
            && (budget.since < oldest.start || totals::are_before(&mut tx, member.book(), oldest.start).await?);
    }
    spending::fill(&mut tx, member.book(), &mut book, &borders, &tags).await?;
    Ok(Some(History { past: book.judged(&budget).history_up_to(day, today), has_earlier }))
}

/// How each budget stood in its periods that share days with `period`, by name; those that have none are left out.
/// `nouns` has the categories. Reads twelve periods of each at most.
pub(crate) async fn within(
    tx: &mut Tx,
    id: BookId,
    nouns: &Book,
    period: Period,
    today: NaiveDate,
) -> Result<Vec<BudgetLine>> {
    let week_start = nouns.week_start;
    let mut book = Book { totals: DailyTotals::default(), ..nouns.clone() };
    let mut found = Vec::new();
    let (mut borders, mut tags) = (BTreeSet::new(), BTreeSet::new());
    for budget in all(tx, id).await? {
        let (periods, has_more) = budget.periods_within(period, today, week_start);
        if periods.is_empty() {
            continue;
        }
        borders.extend(periods.iter().flat_map(|own| [own.start, own.end]));
        if let Some(oldest) = periods.last() {
            let opening = carries::into(tx, id, nouns, &budget, oldest.start).await?;
            book.openings.budgets.extend(opening.map(|opening| (budget.id, opening)));
        }
        tags.extend(budget.tag_key());
        found.push((budget, periods, has_more));
    }
    spending::fill(tx, id, &mut book, &borders, &tags).await?;
    found.sort_by_cached_key(|(budget, ..)| (name_key(&budget.name), budget.id));
    let line = |(budget, periods, has_more): (Budget, Vec<Period>, bool)| {
        let judged = book.judged(&budget);
        let past = periods.into_iter().map(|own| judged.past(own, today)).collect();
        BudgetLine { budget: budget.id, past, has_more }
    };
    Ok(found.into_iter().map(line).collect())
}

/// The limits that the past suggests for a tag, of which no window knows before a budget counts it.
pub async fn usual_for_tag(
    backend: &Backend,
    member: &Member,
    tag: &str,
    span: Span,
    today: NaiveDate,
) -> Result<Vec<Suggestion>> {
    let mut book = Book::from(window::load(backend, member, today).await?);
    let limit = Money::zero(book.home);
    let budget = Budget { tag: Some(tag.to_owned()), span, ..Budget::monthly(BudgetId::NIL, "", limit, today) };
    let mut tx = backend.db.read().await?;
    let tags = budget.tag_key().into_iter().collect();
    for (key, total) in tag_totals::within(&mut tx, member.book(), &tags, ledger::window::days(today)).await? {
        book.tag_totals.set(key, total);
    }
    Ok(book.judged(&budget).suggestions(today))
}

pub(crate) async fn all(tx: &mut Tx, book: BookId) -> Result<Vec<Budget>> {
    each(tx.query(select!(" and not deleted")).bind(book.0).all().await?, BudgetRow::read)
}

/// The budget as it lies in the table, and whether it is deleted.
pub(crate) async fn stored(tx: &mut Tx, book: BookId, id: BudgetId) -> Result<Option<(Budget, bool)>> {
    let row: Option<BudgetRow> = tx.query(select!(" and id = $2")).bind(book.0).bind(id.0).optional().await?;
    row.map(BudgetRow::read_any).transpose()
}

/// Written after revision `from`, up to `to`, and whether deleted.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<(Budget, bool)>> {
    let rows =
        tx.query(select!(" and revision > $2 and revision <= $3")).bind(book.0).bind(from).bind(to).all().await?;
    each(rows, BudgetRow::read_any)
}

pub(crate) async fn put(tx: &mut Tx, book: BookId, budget: &Budget) -> Result<()> {
    tx.query(
        "insert into budgets (book_id, id, name, minor, currency, span, categories, roll_over, overspending, carry_most,
            since, thresholds, pace, revision, tag, limits_before)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (book_id, id) do update set name = excluded.name, minor = excluded.minor, currency = excluded.currency,
            span = excluded.span, categories = excluded.categories, roll_over = excluded.roll_over,
            overspending = excluded.overspending, carry_most = excluded.carry_most, since = excluded.since,
            thresholds = excluded.thresholds, pace = excluded.pace, revision = excluded.revision, tag = excluded.tag,
            limits_before = excluded.limits_before, deleted = false",
    )
    .bind(book.0)
    .bind(budget.id.0)
    .bind(budget.name.clone())
    .bind(budget.limit.minor)
    .bind(budget.limit.currency.code())
    .bind(budget.span.to_string())
    .bind(json(&budget.categories)?)
    .bind(budget.roll_over.is_some())
    .bind(budget.roll_over.is_some_and(|rule| rule.overspending))
    .bind(budget.roll_over.and_then(|rule| rule.most))
    .bind(budget.since)
    .bind(json(&budget.thresholds)?)
    .bind(budget.pace)
    .bind(budget.revision)
    .bind(budget.tag.clone())
    .bind(json(&budget.earlier)?)
    .execute()
    .await?;
    Ok(())
}

/// Leaves a tombstone.
pub(crate) async fn delete(tx: &mut Tx, book: BookId, id: BudgetId, revision: i64) -> Result<()> {
    tx.query("update budgets set deleted = true, revision = $3 where book_id = $1 and id = $2")
        .bind(book.0)
        .bind(id.0)
        .bind(revision)
        .execute()
        .await?;
    Ok(())
}
