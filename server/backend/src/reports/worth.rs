//! What all accounts held together at the end of a day: what they hold now less all that was recorded after. Those
//! of other currencies count by the rate of that day, so that what is past stands still.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use ledger::book::Held;
use ledger::id::{AccountId, BookId};
use ledger::period::Period;
use ledger::report::HeldLine;
use ledger::totals::TotalKind;
use ledger::{Book, Currency};
use uuid::Uuid;

use crate::rates::{self, Known};
use crate::rows::word;
use crate::totals::{month_day, month_word, year_word};
use crate::{Error, Result, Tx};

/// Month ends before the last point.
const MONTH_ENDS: u32 = 12;

/// Net worth in minor units at the ends of the twelve months before the last month of `period`, and at its own end.
/// Reads the months of two years and one row for each account and later year, however long ago that was.
pub(super) async fn line(tx: &mut Tx, book: &Book, id: BookId, period: Period) -> Result<Vec<(NaiveDate, i64)>> {
    let ends = ends(period);
    let first = ends.first().copied().unwrap_or(period.end);
    // The last point lies in the last month, or begins the one behind it.
    let years = Period { start: first, end: Period::year_of(period.end).end };
    let months = by_month(tx, id, years).await?;
    let mut at_end = book.held();
    for ((_, currency), effect) in years_from(tx, id, years.end).await? {
        *at_end.entry(currency).or_default() -= effect;
    }
    let mut points = Vec::new();
    for end in ends {
        let month = Period::month_of(end);
        let mut held = at_end.clone();
        for (currency, effect) in months.range(month.start..).flat_map(|(_, effects)| effects) {
            *held.entry(*currency).or_default() -= effect;
        }
        if end > month.start {
            // Of the month that the day lies in, the days before it are no part of what came after.
            for (currency, early) in days(tx, id, Period { end, ..month }).await? {
                *held.entry(currency).or_default() += early;
            }
        }
        points.extend(end.pred_opt().map(|day| (day, book.worth_of(&held, day).minor)));
    }
    Ok(points)
}

/// The days behind the ends of the months, and of the period.
fn ends(period: Period) -> Vec<NaiveDate> {
    let last_month = Period::month_of(period.last_day()).start;
    let ends = (0..MONTH_ENDS).rev().filter_map(|back| last_month.checked_sub_months(Months::new(back)));
    ends.chain([period.end]).collect()
}

/// The rates of the days that a report of the period tells of.
pub(super) async fn rates(tx: &mut Tx, book: &Book, id: BookId, period: Period) -> Result<Vec<Known>> {
    let days: Vec<NaiveDate> = ends(period).into_iter().filter_map(|end| end.pred_opt()).collect();
    rates::on_days(tx, id, book.home, book.foreign(), &days).await
}

/// What each account held before the period and at its end, in the home currency by the rate of its end, so that what
/// lies between is what was recorded; those that held nothing at both are left out. Reads one row for each account and kind.
pub(super) async fn by_account(tx: &mut Tx, id: BookId, book: &Book, period: Period) -> Result<Vec<HeldLine>> {
    let (at_start, at_end) = (since(tx, id, period.start).await?, since(tx, id, period.end).await?);
    let mut lines = Vec::new();
    for account in book.accounts.values() {
        let now = i128::from(book.balance(account).minor);
        let held = |after: &BTreeMap<AccountId, i128>| {
            let minor = now - after.get(&account.id).copied().unwrap_or_default();
            book.worth_of(&Held::from([(account.currency(), minor)]), period.last_day()).minor
        };
        let line = HeldLine { account: account.id, before: held(&at_start), after: held(&at_end) };
        if line.before != 0 || line.after != 0 {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// What all that is recorded from `day` on did to the balance of each account.
async fn since(tx: &mut Tx, book: BookId, day: NaiveDate) -> Result<BTreeMap<AccountId, i128>> {
    let (month, year) = (Period::month_of(day), Period::year_of(day));
    let months: Vec<(Uuid, String, i64)> = tx
        .query(
            "select account_id, kind, cast(sum(minor) as bigint) from month_totals
             where book_id = $1 and month >= $2 and month < $3 group by account_id, kind",
        )
        .bind(book.0)
        .bind(month_word(day))
        .bind(month_word(year.end))
        .all()
        .await?;
    let early: Vec<(Uuid, String, i64)> = tx
        .query(
            "select account_id, kind, cast(sum(minor) as bigint) from daily_totals
             where book_id = $1 and day >= $2 and day < $3 group by account_id, kind",
        )
        .bind(book.0)
        .bind(month.start)
        .bind(day)
        .all()
        .await?;
    let mut effects: BTreeMap<AccountId, i128> = BTreeMap::new();
    for (sign, rows) in [(1, months), (-1, early)] {
        for (account, kind, minor) in rows {
            *effects.entry(AccountId(account)).or_default() += sign * effect(&kind, minor)?;
        }
    }
    for ((account, _), effect) in years_from(tx, book, year.end).await? {
        *effects.entry(account).or_default() += effect;
    }
    Ok(effects)
}

/// What the year that begins on `day`, and all later ones, did to each account.
async fn years_from(tx: &mut Tx, book: BookId, day: NaiveDate) -> Result<BTreeMap<(AccountId, Currency), i128>> {
    let sql = "select account_id, currency, minor from year_effects where book_id = $1 and year >= $2";
    let rows: Vec<(Uuid, String, i64)> = tx.query(sql).bind(book.0).bind(year_word(day)).all().await?;
    let mut effects = BTreeMap::new();
    for (account, currency, minor) in rows {
        *effects.entry((AccountId(account), word(&currency)?)).or_default() += i128::from(minor);
    }
    Ok(effects)
}

/// What each month of a period did to the balances, by its first day.
async fn by_month(tx: &mut Tx, book: BookId, period: Period) -> Result<BTreeMap<NaiveDate, Held>> {
    let rows: Vec<(String, String, String, i64)> = tx
        .query(
            "select month, kind, currency, cast(sum(minor) as bigint) from month_totals
             where book_id = $1 and month >= $2 and month < $3 group by month, kind, currency",
        )
        .bind(book.0)
        .bind(month_word(period.start))
        .bind(month_word(period.end))
        .all()
        .await?;
    let mut months: BTreeMap<NaiveDate, Held> = BTreeMap::new();
    for (month, kind, currency, minor) in rows {
        *months.entry(month_day(&month)?).or_default().entry(word(&currency)?).or_default() += effect(&kind, minor)?;
    }
    Ok(months)
}

async fn days(tx: &mut Tx, book: BookId, period: Period) -> Result<Held> {
    let rows: Vec<(String, String, i64)> = tx
        .query(
            "select kind, currency, cast(sum(minor) as bigint) from daily_totals
             where book_id = $1 and day >= $2 and day < $3 group by kind, currency",
        )
        .bind(book.0)
        .bind(period.start)
        .bind(period.end)
        .all()
        .await?;
    let mut effects = Held::new();
    for (kind, currency, minor) in rows {
        *effects.entry(word(&currency)?).or_default() += effect(&kind, minor)?;
    }
    Ok(effects)
}

fn effect(kind: &str, minor: i64) -> Result<i128> {
    let kind = TotalKind::ALL.into_iter().find(|known| known.word() == kind);
    let kind = kind.ok_or_else(|| Error::internal("a stored total is of no known kind"))?;
    Ok(i128::from(minor) * i128::from(kind.sign()))
}
