//! Rates: what one unit of another currency was worth in the home currency of a book, as typed there; and those of a
//! public source, which are the same for every book.

use chrono::NaiveDate;
use ledger::Currency;
use ledger::bulk::{Edit, Edited, MOST};
use ledger::id::{BookId, RecordId};
use ledger::period::LAST_DAY;
use ledger::rates::{DayRate, Rate, Unrated};
use uuid::Uuid;

use crate::rows::{each, word};
use crate::{Backend, Error, Member, Result, Tx, commands};

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
        found.extend(newest_until(tx, book, home, currency, LAST_DAY).await?);
    }
    Ok(found)
}

/// The records that have no rate, by currency, with the rate that they could have.
pub async fn missing(backend: &Backend, member: &Member) -> Result<Vec<Unrated>> {
    let mut tx = backend.db.read().await?;
    let book = member.book();
    let sql = "select currency, count(*) from (
                   select currency from records where book_id = $1 and home = 0 and rate is null and not deleted limit $2
               ) unrated group by currency order by currency";
    let rows: Vec<(String, i64)> = tx.query(sql).bind(book.0).bind(most()).all().await?;
    let home = commands::head(&mut tx, book).await?.home;
    let mut found = Vec::new();
    for (currency, count) in rows {
        let currency = word(&currency)?;
        let newest = newest_until(&mut tx, book, home, currency, LAST_DAY).await?;
        found.push(Unrated { currency, count, rate: newest.map(|((_, on), rate)| DayRate { rate, on }) });
    }
    Ok(found)
}

/// Gives the records of a currency that have no rate this one, the newest [`MOST`] of them. They keep it, whatever
/// rates come later.
pub async fn give(backend: &Backend, member: &Member, currency: Currency, rate: DayRate) -> Result<Edited> {
    let mut tx = backend.db.read().await?;
    let sql =
        "select id from records where book_id = $1 and home = 0 and rate is null and not deleted and currency = $2
               order by day desc, id desc limit $3";
    let query = tx.query(sql).bind(member.book().0).bind(currency.code()).bind(most());
    let ids = query.all::<(Uuid,)>().await?.into_iter().map(|(id,)| RecordId(id)).collect();
    drop(tx);
    commands::many::edit(backend, member, &ids, &Edit::Rate(currency, rate)).await
}

fn most() -> i64 {
    i64::try_from(MOST).unwrap_or(i64::MAX)
}

/// The rate of a currency on a day: the newest one that is not of a later day, as typed or of the source.
pub async fn on_day(backend: &Backend, member: &Member, currency: Currency, day: NaiveDate) -> Result<Option<DayRate>> {
    let mut tx = backend.db.read().await?;
    let home = commands::head(&mut tx, member.book()).await?.home;
    let found = newest_until(&mut tx, member.book(), home, currency, day).await?;
    Ok(found.map(|((_, on), rate)| DayRate { rate, on }))
}

async fn newest_until(
    tx: &mut Tx,
    book: BookId,
    home: Currency,
    currency: Currency,
    last: NaiveDate,
) -> Result<Option<Known>> {
    let sql = "select currency, day, rate from rates where book_id = $1 and currency = $2 and day <= $3
               order by day desc limit 1";
    let row: Option<RateRow> = tx.query(sql).bind(book.0).bind(currency.code()).bind(last).optional().await?;
    let typed = row.map(read).transpose()?;
    let public = of_source(tx, home, currency, last).await?;
    // The last of equal ones wins: what a person typed for a day says more than the source does.
    Ok(public.into_iter().chain(typed).max_by_key(|((_, day), _)| *day))
}

/// The newest rate of the source up to a day for a pair of currencies, across the euro.
async fn of_source(tx: &mut Tx, home: Currency, currency: Currency, last: NaiveDate) -> Result<Option<Known>> {
    let sql = "select day, per_euro from source_rates where currency = $1 and day <= $2 order by day desc limit 1";
    let asked = if currency == Currency::EUR { home } else { currency };
    let row = tx.query(sql).bind(asked.code()).bind(last).optional::<(NaiveDate, i64)>().await?;
    let Some((day, newest)) = row else {
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
