//! What the dashboard tells besides its window: the days of the last months, and insights that were not dismissed.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use ledger::dashboard::DaySpending;
use ledger::id::{AccountId, BookId, CategoryId, RecordId};
use ledger::insights::{self, Insight, Lately, MONTHS, RECORD_DAYS, Seen};
use ledger::period::{LAST_DAY, Period};
use ledger::records::{Flow, Record};
use uuid::Uuid;

use super::by_day;
use crate::rows::{each, money};
use crate::totals::month_word;
use crate::{Backend, Error, Member, Result, Tx, totals, window};

/// The most records that the rules look at one by one.
const RECORDS: i64 = 500;

/// The days of the last three months and this one, and the insights of today.
pub async fn lately(backend: &Backend, member: &Member, today: NaiveDate) -> Result<Lately> {
    let mut tx = backend.db.read().await?;
    let (days, insights) = look(&mut tx, member, today).await?;
    Ok(Lately { days: days.into_iter().collect(), insights })
}

/// This insight is not told to this member any more this month. Only what is told now can be dismissed.
pub async fn dismiss(backend: &Backend, member: &Member, today: NaiveDate, key: &str) -> Result<()> {
    let mut tx = backend.db.write().await?;
    let (_, told) = look(&mut tx, member, today).await?;
    if !told.iter().any(|insight| insight.key() == key) {
        return Ok(());
    }
    let (book, user, month) = (member.book().0, member.user().0, month_word(today));
    // What was dismissed in earlier months says nothing any more.
    tx.query("delete from dismissed_insights where book_id = $1 and user_id = $2 and month < $3")
        .bind(book)
        .bind(user)
        .bind(month.clone())
        .execute()
        .await?;
    tx.query(
        "insert into dismissed_insights (book_id, user_id, month, insight) values ($1, $2, $3, $4)
         on conflict (book_id, user_id, month, insight) do nothing",
    )
    .bind(book)
    .bind(user)
    .bind(month)
    .bind(key.to_owned())
    .execute()
    .await?;
    tx.commit().await
}

async fn look(tx: &mut Tx, member: &Member, today: NaiveDate) -> Result<(DaySpending, Vec<Insight>)> {
    let (id, mut book) = (member.book(), window::nouns(tx, member).await?);
    let end = Period::month_of(today).end;
    let start = Period::last_months(today, MONTHS).first().map_or(today, |month| month.start);
    for (key, total) in totals::by_month(tx, id, Period { start, end }).await? {
        book.totals.set(key, total);
    }
    let period = Period { start: insights::days_from(today), end: Period::day(today).end };
    let days: DaySpending = by_day(tx, id, period)
        .await?
        .into_iter()
        .filter(|(_, flows)| flows.expenses != 0)
        .map(|(day, flows)| (day, flows.expenses))
        .collect();
    let first = today.checked_sub_days(Days::new(RECORD_DAYS)).ok_or_else(|| Error::internal("no such day"))?;
    let (records, has_older) = looked_at(tx, id, Period { start: first, end: LAST_DAY }).await?;
    let dismissed = dismissed(tx, member, today).await?;
    let seen = Seen { book: &book, days: &days, records: &records, has_older, today, report: None, years: &[] };
    let insights = insights::insights(&seen, &dismissed);
    Ok((days, insights))
}

/// The newest expenses of a period, and whether the book has older ones.
pub(super) async fn looked_at(tx: &mut Tx, book: BookId, period: Period) -> Result<(Vec<Record>, bool)> {
    let records = expenses(tx, book, period).await?;
    let count = i64::try_from(records.len()).unwrap_or(RECORDS);
    // Where not all could be looked at, nothing can be called new.
    let has_older = count < RECORDS && any_before(tx, book, period.start).await?;
    Ok((records, has_older))
}

async fn expenses(tx: &mut Tx, book: BookId, period: Period) -> Result<Vec<Record>> {
    let rows: Vec<ExpenseRow> = tx
        .query(
            "select id, day, minor, currency, account_id, category_id, payee from records
             where book_id = $1 and kind = 'expense' and refund_of is null and day >= $2 and day < $3 and not deleted
             order by day desc, id desc limit $4",
        )
        .bind(book.0)
        .bind(period.start)
        .bind(period.end)
        .bind(RECORDS)
        .all()
        .await?;
    each(rows, read)
}

/// Unnamed, as it is read by the hundred: id, day, minor, currency, account, category, payee.
type ExpenseRow = (Uuid, NaiveDate, i64, String, Uuid, Option<Uuid>, String);

/// Without what no rule looks at: what it was worth, its note, tags and revision.
fn read((id, day, minor, currency, account, category, payee): ExpenseRow) -> Result<Record> {
    let flow = Flow::Expense { category: category.map(CategoryId) };
    let plain = Record::plain(RecordId(id), day, money(minor, &currency)?, AccountId(account), flow);
    Ok(Record { payee, ..plain })
}

async fn any_before(tx: &mut Tx, book: BookId, day: NaiveDate) -> Result<bool> {
    let sql = "select day from records where book_id = $1 and day < $2 and not deleted order by day limit 1";
    Ok(tx.query(sql).bind(book.0).bind(day).optional::<(NaiveDate,)>().await?.is_some())
}

async fn dismissed(tx: &mut Tx, member: &Member, today: NaiveDate) -> Result<BTreeSet<String>> {
    let rows: Vec<(String,)> = tx
        .query("select insight from dismissed_insights where book_id = $1 and user_id = $2 and month = $3")
        .bind(member.book().0)
        .bind(member.user().0)
        .bind(month_word(today))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(insight,)| insight).collect())
}
