//! What was spent in stretches of days, by category, in the home currency: whole months from their sums, other days one by one, in few
//! queries however many stretches there are.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use ledger::Book;
use ledger::id::{AccountId, BookId, CategoryId};
use ledger::period::Period;
use ledger::totals::{TagKey, Total, TotalKey, TotalKind};
use uuid::Uuid;

use crate::totals::{month_day, month_word};
use crate::{Result, Tx, tag_totals};

/// Minor units by the first day of the stretch and the category.
type Spent = BTreeMap<(NaiveDate, CategoryId), i64>;

/// The most stretches that one query adds up.
const AT_ONCE: usize = 12;

/// Gives a small book what was spent from each border to the next, by category and under some tags, filed under the
/// first day: enough to judge budgets, and never written.
pub(crate) async fn fill(
    tx: &mut Tx,
    id: BookId,
    book: &mut Book,
    borders: &BTreeSet<NaiveDate>,
    tags: &BTreeSet<String>,
) -> Result<()> {
    let stretches = borders.iter().zip(borders.iter().skip(1));
    let stretches: Vec<Period> = stretches.map(|(start, end)| Period { start: *start, end: *end }).collect();
    for ((day, category), minor) in of(tx, id, &stretches).await? {
        let (kind, account, currency) = (TotalKind::Expense, AccountId::NIL, book.home);
        book.totals.set(TotalKey { day, kind, account, category, currency }, Total::one(minor));
    }
    if let (Some(first), Some(last)) = (borders.first(), borders.last()) {
        let all = Period { start: *first, end: *last };
        for (key, total) in tag_totals::within(tx, id, tags, all).await? {
            let day = borders.range(..=key.day).next_back().copied().unwrap_or(key.day);
            book.tag_totals.add_to(TagKey { day, currency: book.home, ..key }, Total::one(total.home));
        }
    }
    Ok(())
}

/// Gives a small book what came in, filed under the first day of each whole month: enough to judge envelopes, and never
/// written.
pub(crate) async fn fill_income(tx: &mut Tx, id: BookId, book: &mut Book, months: Period) -> Result<()> {
    let sql = "select month, cast(sum(home) as bigint) from month_totals
               where book_id = $1 and month >= $2 and month < $3 and kind = 'income' group by month";
    let (first, end) = (month_word(months.start), month_word(months.end));
    let rows: Vec<(String, i64)> = tx.query(sql).bind(id.0).bind(first).bind(end).all().await?;
    for (month, minor) in rows {
        let key = TotalKey {
            day: month_day(&month)?,
            kind: TotalKind::Income,
            account: AccountId::NIL,
            category: CategoryId::NIL,
            currency: book.home,
        };
        book.totals.set(key, Total::one(minor));
    }
    Ok(())
}

/// Adds up the expenses of stretches that follow each other in time.
async fn of(tx: &mut Tx, book: BookId, stretches: &[Period]) -> Result<Spent> {
    let mut spent = Spent::new();
    let (mut days, mut months) = (Vec::new(), Vec::new());
    for stretch in stretches.iter().filter(|stretch| !stretch.is_empty()) {
        let [before, whole, after] = stretch.around_months();
        days.extend([before, after].into_iter().filter(|part| !part.is_empty()).map(|part| (part, stretch.start)));
        if !whole.is_empty() {
            months.push((whole, stretch.start));
        }
    }
    for run in days.chunk_by(|(before, _), (after, _)| before.end == after.start) {
        if run.len() > AT_ONCE {
            for (day, category, minor) in of_each_day(tx, book, run).await? {
                let part = run.partition_point(|(part, _)| part.end <= day);
                add(&mut spent, run.get(part).map(|(_, stretch)| *stretch), category, minor);
            }
            continue;
        }
        for (part, category, minor) in of_days(tx, book, run).await? {
            let stretch = usize::try_from(part).ok().and_then(|part| run.get(part)).map(|(_, stretch)| *stretch);
            add(&mut spent, stretch, category, minor);
        }
    }
    if let (Some((first, _)), Some((last, _))) = (months.first(), months.last()) {
        for (month, category, minor) in of_months(tx, book, Period { end: last.end, ..*first }).await? {
            let day = month_day(&month)?;
            let stretch = months.iter().find(|(part, _)| part.contains(day)).map(|(_, stretch)| *stretch);
            add(&mut spent, stretch, category, minor);
        }
    }
    Ok(spent)
}

fn add(spent: &mut Spent, stretch: Option<NaiveDate>, category: Uuid, minor: i64) {
    if let Some(stretch) = stretch {
        let sum = spent.entry((stretch, CategoryId(category))).or_default();
        *sum = ledger::money::sum([*sum, minor]);
    }
}

/// By the place in `run`, whose parts meet.
async fn of_days(tx: &mut Tx, book: BookId, run: &[(Period, NaiveDate)]) -> Result<Vec<(i64, Uuid, i64)>> {
    let (Some((first, _)), Some((last, _))) = (run.first(), run.last()) else { return Ok(Vec::new()) };
    let mut query = tx
        .query(
            "select part, category_id, cast(sum(home) as bigint) from (
                select cast(case when day < $4 then 0 when day < $5 then 1 when day < $6 then 2 when day < $7 then 3
                    when day < $8 then 4 when day < $9 then 5 when day < $10 then 6 when day < $11 then 7
                    when day < $12 then 8 when day < $13 then 9 when day < $14 then 10 else 11 end as bigint) as part,
                    category_id, home
                from daily_totals where book_id = $1 and day >= $2 and day < $3 and kind = 'expense'
             ) days group by part, category_id",
        )
        .bind(book.0)
        .bind(first.start)
        .bind(last.end);
    for part in 0..AT_ONCE - 1 {
        query = query.bind(run.get(part).map_or(last.end, |(part, _)| part.end));
    }
    query.all().await
}

/// By the day, where a run has too many parts to be told apart in one query.
async fn of_each_day(tx: &mut Tx, book: BookId, run: &[(Period, NaiveDate)]) -> Result<Vec<(NaiveDate, Uuid, i64)>> {
    let (Some((first, _)), Some((last, _))) = (run.first(), run.last()) else { return Ok(Vec::new()) };
    tx.query(
        "select day, category_id, cast(sum(home) as bigint) from daily_totals
         where book_id = $1 and day >= $2 and day < $3 and kind = 'expense' group by day, category_id",
    )
    .bind(book.0)
    .bind(first.start)
    .bind(last.end)
    .all()
    .await
}

async fn of_months(tx: &mut Tx, book: BookId, months: Period) -> Result<Vec<(String, Uuid, i64)>> {
    tx.query(
        "select month, category_id, cast(sum(home) as bigint) from month_totals
         where book_id = $1 and month >= $2 and month < $3 and kind = 'expense'
         group by month, category_id",
    )
    .bind(book.0)
    .bind(month_word(months.start))
    .bind(month_word(months.end))
    .all()
    .await
}
