//! Totals by day, by month and over all days, kept in step with the records in the same transaction.

use chrono::NaiveDate;
use ledger::id::{AccountId, BookId, CategoryId};
use ledger::period::Period;
use ledger::totals::{Total, TotalKey, TotalKind};
use uuid::Uuid;

use crate::db::Query;
use crate::rows::{each, word};
use crate::{Error, Result, Tx};

/// Unnamed, as it is read by the thousand: day, kind, account, category, currency, minor, home, count.
type TotalRow = (NaiveDate, String, Uuid, Uuid, String, i64, i64, i64);

fn read((day, kind, account, category, currency, minor, home, count): TotalRow) -> Result<(TotalKey, Total)> {
    let kind = TotalKind::ALL.into_iter().find(|known| known.word() == kind);
    let kind = kind.ok_or_else(|| Error::internal("a stored total is of no known kind"))?;
    let (account, category) = (AccountId(account), CategoryId(category));
    Ok((TotalKey { day, kind, account, category, currency: word(&currency)? }, Total { minor, home, count }))
}

/// The totals of a period.
pub(crate) async fn within(tx: &mut Tx, book: BookId, period: Period) -> Result<Vec<(TotalKey, Total)>> {
    let rows: Vec<TotalRow> = tx
        .query(
            "select day, kind, account_id, category_id, currency, minor, home, count from daily_totals
             where book_id = $1 and day >= $2 and day < $3 and count <> 0",
        )
        .bind(book.0)
        .bind(period.start)
        .bind(period.end)
        .all()
        .await?;
    each(rows, read)
}

/// Whether anything was spent on a day before `day`.
pub(crate) async fn are_before(tx: &mut Tx, book: BookId, day: NaiveDate) -> Result<bool> {
    let sql = "select day from daily_totals
               where book_id = $1 and day < $2 and kind = 'expense' and count <> 0 order by day limit 1";
    Ok(tx.query(sql).bind(book.0).bind(day).optional::<(NaiveDate,)>().await?.is_some())
}

/// Written after revision `from`, up to `to`, those that are gone as zero.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<(TotalKey, Total)>> {
    let rows: Vec<TotalRow> = tx
        .query(
            "select day, kind, account_id, category_id, currency, minor, home, count from daily_totals
             where book_id = $1 and revision > $2 and revision <= $3",
        )
        .bind(book.0)
        .bind(from)
        .bind(to)
        .all()
        .await?;
    each(rows, read)
}

/// The same with the month in place of the day.
type MonthRow = (String, String, Uuid, Uuid, String, i64, i64, i64);

/// The word for the month of a day, such as `2026-11`.
pub(crate) fn month_word(day: NaiveDate) -> String {
    day.format("%Y-%m").to_string()
}

/// The word for the year of a day, such as `2026`.
pub(crate) fn year_word(day: NaiveDate) -> String {
    day.format("%Y").to_string()
}

/// The first day of the month of such a word.
pub(crate) fn month_day(month: &str) -> Result<NaiveDate> {
    format!("{month}-01").parse().map_err(Error::internal)
}

/// A month is filed under its first day.
fn read_month((month, kind, account, category, currency, minor, home, count): MonthRow) -> Result<(TotalKey, Total)> {
    let day = month_day(&month)?;
    read((day, kind, account, category, currency, minor, home, count))
}

/// The totals of the whole months of a period.
pub(crate) async fn by_month(tx: &mut Tx, book: BookId, period: Period) -> Result<Vec<(TotalKey, Total)>> {
    let rows: Vec<MonthRow> = tx
        .query(
            "select month, kind, account_id, category_id, currency, minor, home, count from month_totals
             where book_id = $1 and month >= $2 and month < $3 and count <> 0",
        )
        .bind(book.0)
        .bind(month_word(period.start))
        .bind(month_word(period.end))
        .all()
        .await?;
    each(rows, read_month)
}

/// The totals of the whole years of a period, each filed under its first day.
pub(crate) async fn by_year(tx: &mut Tx, book: BookId, period: Period) -> Result<Vec<(TotalKey, Total)>> {
    let rows: Vec<MonthRow> = tx
        .query(
            "select substr(month, 1, 4), kind, account_id, category_id, currency, cast(sum(minor) as bigint),
                cast(sum(home) as bigint), cast(sum(count) as bigint) from month_totals
             where book_id = $1 and month >= $2 and month < $3 and count <> 0
             group by substr(month, 1, 4), kind, account_id, category_id, currency",
        )
        .bind(book.0)
        .bind(month_word(period.start))
        .bind(month_word(period.end))
        .all()
        .await?;
    each(rows, |(year, kind, account, category, currency, minor, home, count)| {
        read_month((format!("{year}-01"), kind, account, category, currency, minor, home, count))
    })
}

/// Months written after revision `from`, up to `to`, those that are gone as zero.
pub(crate) async fn months_since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<(TotalKey, Total)>> {
    let rows: Vec<MonthRow> = tx
        .query(
            "select month, kind, account_id, category_id, currency, minor, home, count from month_totals
             where book_id = $1 and revision > $2 and revision <= $3",
        )
        .bind(book.0)
        .bind(from)
        .bind(to)
        .all()
        .await?;
    each(rows, read_month)
}

/// The last day on which anything is spent.
pub(crate) async fn last_expense(tx: &mut Tx, book: BookId) -> Result<Option<NaiveDate>> {
    let sql = "select day from daily_totals where book_id = $1 and kind = 'expense' and count <> 0
               order by day desc limit 1";
    Ok(tx.query(sql).bind(book.0).optional::<(NaiveDate,)>().await?.map(|(day,)| day))
}

const FIRST: &str = "select day from daily_totals where book_id = $1 and kind in ('expense', 'income') and count <> 0
     order by day limit 1";

/// The first day on which anything came in or is spent.
pub(crate) async fn first(tx: &mut Tx, book: BookId) -> Result<Option<NaiveDate>> {
    Ok(tx.query(FIRST).bind(book.0).optional::<(NaiveDate,)>().await?.map(|(day,)| day))
}

/// Adds a change, and answers the totals of its day and of its month that hold now.
pub(crate) async fn add(
    tx: &mut Tx,
    book: BookId,
    key: TotalKey,
    change: Total,
    revision: i64,
) -> Result<(Total, Total)> {
    add_whole(tx, book, key, change).await?;
    add_effect(tx, book, key, change).await?;
    let day = add_daily(tx, book, key, change, revision).await?;
    Ok((day, add_monthly(tx, book, key.of_month(), change, revision).await?))
}

/// Adds what a change does to the balance of its account to the year of its day.
pub(crate) async fn add_effect(tx: &mut Tx, book: BookId, key: TotalKey, change: Total) -> Result<()> {
    let minor = key.kind.sign() * change.minor;
    if minor == 0 {
        return Ok(());
    }
    tx.query(
        "insert into year_effects (book_id, year, account_id, currency, minor) values ($1, $2, $3, $4, $5)
         on conflict (book_id, year, account_id, currency) do update set minor = year_effects.minor + excluded.minor",
    )
    .bind(book.0)
    .bind(year_word(key.day))
    .bind(key.account.0)
    .bind(key.currency.code())
    .bind(minor)
    .execute()
    .await?;
    Ok(())
}

pub(crate) async fn add_daily(tx: &mut Tx, book: BookId, key: TotalKey, change: Total, revision: i64) -> Result<Total> {
    let (minor, home, count) = tx
        .query(
            "insert into daily_totals (book_id, day, kind, account_id, category_id, currency, minor, home, count, revision)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (book_id, day, kind, account_id, category_id, currency) do update set
                minor = daily_totals.minor + excluded.minor, home = daily_totals.home + excluded.home,
                count = daily_totals.count + excluded.count, revision = excluded.revision
             returning minor, home, count",
        )
        .bind(book.0)
        .bind(key.day)
        .bind(key.kind.word())
        .bind(key.account.0)
        .bind(key.category.0)
        .bind(key.currency.code())
        .bind(change.minor)
        .bind(change.home)
        .bind(change.count)
        .bind(revision)
        .one::<(i64, i64, i64)>()
        .await?;
    Ok(Total { minor, home, count })
}

/// Adds a change to a month, whose first day the key names.
pub(crate) async fn add_monthly(
    tx: &mut Tx,
    book: BookId,
    key: TotalKey,
    change: Total,
    revision: i64,
) -> Result<Total> {
    let (minor, home, count) = tx
        .query(
            "insert into month_totals (book_id, month, kind, account_id, category_id, currency, minor, home, count, revision)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (book_id, month, kind, account_id, category_id, currency) do update set
                minor = month_totals.minor + excluded.minor, home = month_totals.home + excluded.home,
                count = month_totals.count + excluded.count, revision = excluded.revision
             returning minor, home, count",
        )
        .bind(book.0)
        .bind(month_word(key.day))
        .bind(key.kind.word())
        .bind(key.account.0)
        .bind(key.category.0)
        .bind(key.currency.code())
        .bind(change.minor)
        .bind(change.home)
        .bind(change.count)
        .bind(revision)
        .one::<(i64, i64, i64)>()
        .await?;
    Ok(Total { minor, home, count })
}

/// Adds a change to the sum over all days.
pub(crate) async fn add_whole(tx: &mut Tx, book: BookId, key: TotalKey, change: Total) -> Result<()> {
    tx.query(
        "insert into whole_totals (book_id, kind, account_id, category_id, currency, minor, home, count)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (book_id, kind, account_id, category_id, currency) do update set
            minor = whole_totals.minor + excluded.minor, home = whole_totals.home + excluded.home,
            count = whole_totals.count + excluded.count",
    )
    .bind(book.0)
    .bind(key.kind.word())
    .bind(key.account.0)
    .bind(key.category.0)
    .bind(key.currency.code())
    .bind(change.minor)
    .bind(change.home)
    .bind(change.count)
    .execute()
    .await?;
    Ok(())
}

/// The totals of its day and of its month that hold now.
pub(crate) async fn get(tx: &mut Tx, book: BookId, key: TotalKey) -> Result<(Total, Total)> {
    let day = tx.query(
        "select minor, home, count from daily_totals
         where book_id = $1 and day = $2 and kind = $3 and account_id = $4 and category_id = $5 and currency = $6",
    );
    let day = one(day.bind(book.0).bind(key.day), key).await?;
    let month = tx.query(
        "select minor, home, count from month_totals
         where book_id = $1 and month = $2 and kind = $3 and account_id = $4 and category_id = $5 and currency = $6",
    );
    Ok((day, one(month.bind(book.0).bind(month_word(key.day)), key).await?))
}

async fn one(query: Query<'_>, key: TotalKey) -> Result<Total> {
    let query = query.bind(key.kind.word()).bind(key.account.0).bind(key.category.0).bind(key.currency.code());
    let row: Option<(i64, i64, i64)> = query.optional().await?;
    Ok(row.map_or_else(Total::default, |(minor, home, count)| Total { minor, home, count }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planned;

    #[tokio::test]
    async fn the_first_day_is_looked_up_and_not_searched_for() {
        let (_folder, backend) = planned::backend().await.expect("a backend");
        let mut tx = backend.db.read().await.expect("a transaction");
        let explained = planned::explain(&mut tx, FIRST).bind(BookId::NIL.0);
        let reads = planned::steps(explained).await.expect("a plan");
        assert!(matches!(&reads[..], [read] if read.contains("INDEX") && read.ends_with("(book_id=?)")), "{reads:?}");
    }
}
