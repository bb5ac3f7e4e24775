//! Daily totals, kept in step with the records in the same transaction.

use chrono::NaiveDate;
use ledger::Currency;
use ledger::id::{AccountId, BookId, CategoryId};
use ledger::period::Period;
use ledger::totals::{Total, TotalKey, TotalKind};
use uuid::Uuid;

use crate::rows::{each, word};
use crate::{Error, Result, Tx};

/// Unnamed, as it is read by the thousand: day, kind, account, category, currency, minor, count.
type TotalRow = (NaiveDate, String, Uuid, Uuid, String, i64, i64);

fn read((day, kind, account, category, currency, minor, count): TotalRow) -> Result<(TotalKey, Total)> {
    let kind = TotalKind::ALL.into_iter().find(|known| known.word() == kind);
    let kind = kind.ok_or_else(|| Error::internal("a stored total is of no known kind"))?;
    let (account, category) = (AccountId(account), CategoryId(category));
    Ok((TotalKey { day, kind, account, category, currency: word(&currency)? }, Total { minor, count }))
}

/// The totals of a period.
pub(crate) async fn within(tx: &mut Tx, book: BookId, period: Period) -> Result<Vec<(TotalKey, Total)>> {
    let rows: Vec<TotalRow> = tx
        .query(
            "select day, kind, account_id, category_id, currency, minor, count from daily_totals
             where book_id = $1 and day >= $2 and day < $3 and count <> 0",
        )
        .bind(book.0)
        .bind(period.start)
        .bind(period.end)
        .all()
        .await?;
    each(rows, read)
}

/// Written after revision `from`, up to `to`, those that are gone as zero.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<(TotalKey, Total)>> {
    let rows: Vec<TotalRow> = tx
        .query(
            "select day, kind, account_id, category_id, currency, minor, count from daily_totals
             where book_id = $1 and revision > $2 and revision <= $3",
        )
        .bind(book.0)
        .bind(from)
        .bind(to)
        .all()
        .await?;
    each(rows, read)
}

/// Expenses of a period by category, in minor units.
pub(crate) async fn expenses(
    tx: &mut Tx,
    book: BookId,
    period: Period,
    currency: Currency,
) -> Result<Vec<(CategoryId, i64)>> {
    let rows: Vec<(Uuid, i64)> = tx
        .query(
            "select category_id, cast(sum(minor) as bigint) from daily_totals
             where book_id = $1 and day >= $2 and day < $3 and kind = 'expense' and currency = $4 group by category_id",
        )
        .bind(book.0)
        .bind(period.start)
        .bind(period.end)
        .bind(currency.code())
        .all()
        .await?;
    Ok(rows.into_iter().map(|(category, minor)| (CategoryId(category), minor)).collect())
}

/// The last day on which anything is spent.
pub(crate) async fn last_expense(tx: &mut Tx, book: BookId) -> Result<Option<NaiveDate>> {
    let sql = "select day from daily_totals where book_id = $1 and kind = 'expense' and count <> 0
               order by day desc limit 1";
    Ok(tx.query(sql).bind(book.0).optional::<(NaiveDate,)>().await?.map(|(day,)| day))
}

/// Adds a change, and answers the total that holds now.
pub(crate) async fn add(tx: &mut Tx, book: BookId, key: TotalKey, change: Total, revision: i64) -> Result<Total> {
    add_whole(tx, book, key, change).await?;
    add_daily(tx, book, key, change, revision).await
}

pub(crate) async fn add_daily(tx: &mut Tx, book: BookId, key: TotalKey, change: Total, revision: i64) -> Result<Total> {
    let (minor, count) = tx
        .query(
            "insert into daily_totals (book_id, day, kind, account_id, category_id, currency, minor, count, revision)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (book_id, day, kind, account_id, category_id, currency) do update set
                minor = daily_totals.minor + excluded.minor, count = daily_totals.count + excluded.count, revision = excluded.revision
             returning minor, count",
        )
        .bind(book.0)
        .bind(key.day)
        .bind(key.kind.word())
        .bind(key.account.0)
        .bind(key.category.0)
        .bind(key.currency.code())
        .bind(change.minor)
        .bind(change.count)
        .bind(revision)
        .one::<(i64, i64)>()
        .await?;
    Ok(Total { minor, count })
}

/// Adds a change to the sum over all days.
pub(crate) async fn add_whole(tx: &mut Tx, book: BookId, key: TotalKey, change: Total) -> Result<()> {
    tx.query(
        "insert into whole_totals (book_id, kind, account_id, category_id, currency, minor, count)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (book_id, kind, account_id, category_id, currency) do update set
            minor = whole_totals.minor + excluded.minor, count = whole_totals.count + excluded.count",
    )
    .bind(book.0)
    .bind(key.kind.word())
    .bind(key.account.0)
    .bind(key.category.0)
    .bind(key.currency.code())
    .bind(change.minor)
    .bind(change.count)
    .execute()
    .await?;
    Ok(())
}

/// The total that holds now.
pub(crate) async fn get(tx: &mut Tx, book: BookId, key: TotalKey) -> Result<Total> {
    let row: Option<(i64, i64)> = tx
        .query(
            "select minor, count from daily_totals
             where book_id = $1 and day = $2 and kind = $3 and account_id = $4 and category_id = $5 and currency = $6",
        )
        .bind(book.0)
        .bind(key.day)
        .bind(key.kind.word())
        .bind(key.account.0)
        .bind(key.category.0)
        .bind(key.currency.code())
        .optional()
        .await?;
    Ok(row.map_or_else(Total::default, |(minor, count)| Total { minor, count }))
}
