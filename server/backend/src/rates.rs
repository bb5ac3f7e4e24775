//! Rates: what one unit of another currency was worth in the home currency of a book, as typed there; and those of a
//! public source, which are the same for every book.

use chrono::NaiveDate;
use ledger::Currency;
use ledger::id::BookId;
use ledger::rates::Rate;

use crate::rows::{each, word};
use crate::{Backend, Error, Result, Tx};

/// Currency, day, ten-billionths.
type RateRow = (String, NaiveDate, i64);

/// One rate, under its currency and day.
pub(crate) type Known = ((Currency, NaiveDate), Rate);

fn read((currency, day, rate): RateRow) -> Result<Known> {
    Ok(((word(&currency)?, day), number(rate)?))
}

/// A rate as it is stored.
pub(crate) fn number(ten_billionths: i64) -> Result<Rate> {
    ten_billionths.try_into().map_err(Error::internal)
}

/// The newest of each currency, as typed or of the source, whichever is of the later day: a few steps of an index for
/// each, however many are kept.
pub(crate) async fn newest(
    tx: &mut Tx,
    book: BookId,
    home: Currency,
    currencies: impl IntoIterator<Item = Currency>,
) -> Result<Vec<Known>> {
    let mut found = Vec::new();
    for currency in currencies {
        let sql =
            "select currency, day, rate from rates where book_id = $1 and currency = $2 order by day desc limit 1";
        let row: Option<RateRow> = tx.query(sql).bind(book.0).bind(currency.code()).optional().await?;
        let typed = row.map(read).transpose()?;
        let public = of_source(tx, home, currency).await?;
        // The last of equal ones wins: what a person typed for a day says more than the source does.
        found.extend(public.into_iter().chain(typed).max_by_key(|((_, day), _)| *day));
    }
    Ok(found)
}

/// The newest rate of the source for a pair of currencies, across the euro.
async fn of_source(tx: &mut Tx, home: Currency, currency: Currency) -> Result<Option<Known>> {
    let sql = "select day, per_euro from source_rates where currency = $1 order by day desc limit 1";
    let asked = if currency == Currency::EUR { home } else { currency };
    let Some((day, newest)) = tx.query(sql).bind(asked.code()).optional::<(NaiveDate, i64)>().await? else {
        return Ok(None);
    };
    let newest = number(newest)?;
    let rate = if currency == Currency::EUR {
        Some(newest)
    } else if home == Currency::EUR {
        Rate::across(Rate::ONE, newest)
    } else {
        let sql = "select per_euro from source_rates where currency = $1 and day = $2";
        let row: Option<(i64,)> = tx.query(sql).bind(home.code()).bind(day).optional().await?;
        row.map(|(home,)| number(home)).transpose()?.and_then(|home| Rate::across(home, newest))
    };
    Ok(rate.map(|rate| ((currency, day), rate)))
}

/// Keeps what the source says of a day: units of each currency for one euro. Twice is as once.
pub async fn keep_source(backend: &Backend, day: NaiveDate, per_euro: &[(Currency, Rate)]) -> Result<()> {
    let mut tx = backend.db.write().await?;
    for (currency, rate) in per_euro {
        tx.query(
            "insert into source_rates (currency, day, per_euro) values ($1, $2, $3)
             on conflict (currency, day) do update set per_euro = excluded.per_euro",
        )
        .bind(currency.code())
        .bind(day)
        .bind(i64::from(*rate))
        .execute()
        .await?;
    }
    tx.commit().await
}

/// That of a day, if it is known.
pub(crate) async fn of(tx: &mut Tx, book: BookId, currency: Currency, day: NaiveDate) -> Result<Option<Known>> {
    let sql = "select currency, day, rate from rates where book_id = $1 and currency = $2 and day = $3";
    let row: Option<RateRow> = tx.query(sql).bind(book.0).bind(currency.code()).bind(day).optional().await?;
    row.map(read).transpose()
}

/// Written after revision `from`, up to `to`.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<Known>> {
    let sql = "select currency, day, rate from rates where book_id = $1 and revision > $2 and revision <= $3";
    each(tx.query(sql).bind(book.0).bind(from).bind(to).all().await?, read)
}

pub(crate) async fn put(tx: &mut Tx, book: BookId, ((currency, day), rate): Known, revision: i64) -> Result<()> {
    tx.query(
        "insert into rates (book_id, currency, day, rate, revision) values ($1, $2, $3, $4, $5)
         on conflict (book_id, currency, day) do update set rate = excluded.rate, revision = excluded.revision",
    )
    .bind(book.0)
    .bind(currency.code())
    .bind(day)
    .bind(i64::from(rate))
    .bind(revision)
    .execute()
    .await?;
    Ok(())
}
