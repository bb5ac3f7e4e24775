//! Rates: what one unit of another currency was worth in the home currency of a book, as typed there; and those of a
//! public source, which are the same for every book.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use ledger::bulk::{Edit, Edited, MOST};
use ledger::command::Deleted;
use ledger::id::{BookId, RecordId};
use ledger::period::LAST_DAY;
use ledger::rates::{DayRate, Rate, TypedRates, Unrated};
use ledger::{Changes, Currency};
use uuid::Uuid;

use crate::rows::{each, word};
use crate::{Backend, Error, Member, Result, Tx, accounts, commands};

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

/// The most days that [`on_days`] is asked for: month ends of a year, and today.
pub(crate) const DAYS: usize = 13;

/// The rates that hold on some days, the earliest first, at most [`DAYS`] of them: one query of each source for each
/// currency, however many rates are kept. Where none is of the first day or before, the earliest one is among them.
pub(crate) async fn on_days(
    tx: &mut Tx,
    book: BookId,
    home: Currency,
    currencies: impl IntoIterator<Item = Currency>,
    days: &[NaiveDate],
) -> Result<Vec<Known>> {
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for currency in currencies {
        let mut query = tx
            .query(
                "with ends (day) as (values ($3), ($4), ($5), ($6), ($7), ($8), ($9), ($10), ($11), ($12), ($13), ($14), ($15))
                 select r.currency, r.day, r.rate from ends join rates r on r.book_id = $1 and r.currency = $2 and r.day =
                    (select max(x.day) from rates x
                     where x.book_id = $1 and x.currency = $2 and not x.deleted and x.day <= ends.day)",
            )
            .bind(book.0)
            .bind(currency.code());
        for nth in 0..DAYS {
            query = query.bind(*days.get(nth).unwrap_or(last));
        }
        let typed = query.all::<RateRow>().await?;
        let mut query = tx
            .query(
                "with ends (day) as (values ($3), ($4), ($5), ($6), ($7), ($8), ($9), ($10), ($11), ($12), ($13), ($14), ($15))
                 select s.day, s.per_euro, h.per_euro from ends join source_rates s on s.currency = $1 and s.day =
                    (select max(x.day) from source_rates x where x.currency = $1 and x.day <= ends.day)
                 left join source_rates h on h.currency = $2 and h.day = s.day",
            )
            .bind(asked(home, currency).code())
            .bind(home.code());
        for nth in 0..DAYS {
            query = query.bind(*days.get(nth).unwrap_or(last));
        }
        // What a person typed for a day says more than the source does.
        let mut rates = BTreeMap::new();
        for (day, rate, of_home) in query.all::<(NaiveDate, i64, Option<i64>)>().await? {
            let of_home = of_home.map(number).transpose()?;
            rates.extend(across(home, currency, number(rate)?, of_home).map(|rate| (day, rate)));
        }
        for row in typed {
            let ((_, day), rate) = read(row)?;
            rates.insert(day, rate);
        }
        if rates.range(..=*first).next().is_none() {
            rates.extend(earliest(tx, book, home, currency).await?.map(|((_, day), rate)| (day, rate)));
        }
        found.extend(rates.into_iter().map(|(day, rate)| ((currency, day), rate)));
    }
    Ok(found)
}

/// The first rate of a currency that is known.
async fn earliest(tx: &mut Tx, book: BookId, home: Currency, currency: Currency) -> Result<Option<Known>> {
    let sql = "select currency, day, rate from rates
               where book_id = $1 and currency = $2 and not deleted order by day limit 1";
    let typed = tx.query(sql).bind(book.0).bind(currency.code()).optional::<RateRow>().await?.map(read).transpose()?;
    let sql = "select day from source_rates where currency = $1 order by day limit 1";
    let day = tx.query(sql).bind(asked(home, currency).code()).optional::<(NaiveDate,)>().await?;
    let public = match day {
        Some((day,)) => of_source(tx, home, currency, day).await?,
        None => None,
    };
    Ok(typed.into_iter().chain(public).min_by_key(|((_, day), _)| *day))
}

/// The records that have no rate, by currency, with the rate that they could have.
pub async fn missing(backend: &Backend, member: &Member) -> Result<Vec<Unrated>> {
    let mut tx = backend.db.read().await?;
    let (book, today) = (member.book(), member.today(&backend.clock));
    let sql = "select currency, count(*) from (
                   select currency from records where book_id = $1 and home = 0 and rate is null and not deleted limit $2
               ) unrated group by currency order by currency";
    let rows: Vec<(String, i64)> = tx.query(sql).bind(book.0).bind(most()).all().await?;
    let home = commands::head(&mut tx, book).await?.home;
    let mut found = Vec::new();
    for (currency, count) in rows {
        let currency = word(&currency)?;
        let known = match newest_until(&mut tx, book, home, currency, today).await? {
            Some(known) => Some(known),
            None => earliest(&mut tx, book, home, currency).await?,
        };
        found.push(Unrated { currency, count, rate: known.map(|((_, on), rate)| DayRate { rate, on }) });
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
    let sql = "select currency, day, rate from rates
               where book_id = $1 and currency = $2 and not deleted and day <= $3 order by day desc limit 1";
    let row: Option<RateRow> = tx.query(sql).bind(book.0).bind(currency.code()).bind(last).optional().await?;
    let typed = row.map(read).transpose()?;
    let public = of_source(tx, home, currency, last).await?;
    // The last of equal ones wins: what a person typed for a day says more than the source does.
    Ok(public.into_iter().chain(typed).max_by_key(|((_, day), _)| *day))
}

/// The newest rate of the source up to a day for a pair of currencies, across the euro.
async fn of_source(tx: &mut Tx, home: Currency, currency: Currency, last: NaiveDate) -> Result<Option<Known>> {
    let sql = "select day, per_euro from source_rates where currency = $1 and day <= $2 order by day desc limit 1";
    let row = tx.query(sql).bind(asked(home, currency).code()).bind(last).optional::<(NaiveDate, i64)>().await?;
    let Some((day, newest)) = row else {
        return Ok(None);
    };
    let sql = "select per_euro from source_rates where currency = $1 and day = $2";
    let row: Option<(i64,)> = tx.query(sql).bind(home.code()).bind(day).optional().await?;
    let of_home = row.map(|(home,)| number(home)).transpose()?;
    Ok(across(home, currency, number(newest)?, of_home).map(|rate| ((currency, day), rate)))
}

/// The currency that the source is asked for.
fn asked(home: Currency, currency: Currency) -> Currency {
    if currency == Currency::EUR { home } else { currency }
}

/// The rate between two currencies, from what the source says of [`asked`] and of the home currency.
fn across(home: Currency, currency: Currency, asked: Rate, of_home: Option<Rate>) -> Option<Rate> {
    match (currency, home) {
        (Currency::EUR, _) => Some(asked),
        (_, Currency::EUR) => Rate::across(Rate::ONE, asked),
        _ => Rate::across(of_home?, asked),
    }
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
    let sql = "select currency, day, rate from rates
               where book_id = $1 and currency = $2 and day = $3 and not deleted";
    let row: Option<RateRow> = tx.query(sql).bind(book.0).bind(currency.code()).bind(day).optional().await?;
    row.map(read).transpose()
}

/// Written after revision `from`, up to `to`.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<Known>> {
    let sql = "select currency, day, rate from rates
               where book_id = $1 and revision > $2 and revision <= $3 and not deleted";
    each(tx.query(sql).bind(book.0).bind(from).bind(to).all().await?, read)
}

pub(crate) async fn put(tx: &mut Tx, book: BookId, ((currency, day), rate): Known, revision: i64) -> Result<()> {
    tx.query(
        "insert into rates (book_id, currency, day, rate, revision) values ($1, $2, $3, $4, $5)
         on conflict (book_id, currency, day) do update set
            rate = excluded.rate, revision = excluded.revision, deleted = false",
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

/// Takes one away; its row stays for those who ask what changed.
pub(crate) async fn delete(
    tx: &mut Tx,
    book: BookId,
    (currency, day): (Currency, NaiveDate),
    revision: i64,
) -> Result<()> {
    let sql = "update rates set deleted = true, revision = $4 where book_id = $1 and currency = $2 and day = $3";
    tx.query(sql).bind(book.0).bind(currency.code()).bind(day).bind(revision).execute().await?;
    Ok(())
}

/// Those taken away after revision `from`, up to `to`.
pub(crate) async fn deleted_since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<(Currency, NaiveDate)>> {
    let sql = "select currency, day from rates where book_id = $1 and revision > $2 and revision <= $3 and deleted";
    let rows: Vec<(String, NaiveDate)> = tx.query(sql).bind(book.0).bind(from).bind(to).all().await?;
    each(rows, |(currency, day)| Ok((word(&currency)?, day)))
}

/// Tells that a rate is taken away, and which one holds on its day instead: a window that held the newest ones only may
/// not know it.
pub(crate) async fn tell_gone(
    tx: &mut Tx,
    book: BookId,
    home: Currency,
    (currency, day): (Currency, NaiveDate),
    changes: &mut Changes,
) -> Result<()> {
    let instead = match newest_until(tx, book, home, currency, day).await? {
        Some(known) => Some(known),
        None => earliest(tx, book, home, currency).await?,
    };
    // That of the source for the same day takes its place.
    if instead.is_none_or(|(key, _)| key != (currency, day)) {
        changes.deleted.push(Deleted::Rate(currency, day));
    }
    changes.rates.extend(instead);
    Ok(())
}

/// How many rates of a currency are listed.
const LISTED: i64 = 12;

/// The newest rates that the book keeps of each currency of its accounts; those that keep none are left out.
pub async fn typed(backend: &Backend, member: &Member) -> Result<Vec<TypedRates>> {
    let mut tx = backend.db.read().await?;
    let (book, home) = (member.book(), commands::head(&mut tx, member.book()).await?.home);
    let accounts = accounts::all(&mut tx, book).await?;
    let currencies: BTreeSet<Currency> = accounts.iter().map(|(account, _)| account.currency()).collect();
    let mut found = Vec::new();
    for currency in currencies.into_iter().filter(|currency| *currency != home) {
        let sql = "select currency, day, rate from rates
                   where book_id = $1 and currency = $2 and not deleted order by day desc limit $3";
        let rows: Vec<RateRow> = tx.query(sql).bind(book.0).bind(currency.code()).bind(LISTED + 1).all().await?;
        let mut rates = each(rows, |row| read(row).map(|((_, on), rate)| DayRate { rate, on }))?;
        let listed = usize::try_from(LISTED).unwrap_or_default();
        let has_more = rates.len() > listed;
        rates.truncate(listed);
        if !rates.is_empty() {
            found.push(TypedRates { currency, rates, has_more });
        }
    }
    Ok(found)
}
