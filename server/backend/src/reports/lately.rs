//! What the dashboard tells besides its window: the days of the last months, and insights that were not dismissed.

use std::collections::BTreeSet;

use chrono::{Days, Months, NaiveDate};
use ledger::Book;
use ledger::dashboard::DaySpending;
use ledger::id::{AccountId, BookId, CategoryId, RecordId};
use ledger::insights::{self, Insight, Lately, MONTHS, RECORD_DAYS, Seen};
use ledger::period::{LAST_DAY, Period};
use ledger::records::{Flow, Record};
use ledger::report::ReportChoice;
use uuid::Uuid;

use super::by_day;
use crate::db::Query;
use crate::rows::{each, money};
use crate::totals::month_word;
use crate::{Backend, Error, Member, Result, Tx, commands, totals, window};

/// The most records that the rules look at one by one.
const RECORDS: i64 = 500;
/// The most expenses that are gone through for payees that charge once a month.
const GONE_THROUGH: i64 = 5_000;

/// The days of the last three months and this one, and the insights of today.
pub async fn lately(backend: &Backend, member: &Member, today: NaiveDate) -> Result<Lately> {
    let mut tx = backend.db.read().await?;
    let (days, insights) = look(&mut tx, member, today).await?;
    Ok(Lately { days: days.into_iter().collect(), insights })
}

/// How many months a dismissal is kept: what is told now is long over by then, and of old reports it is long enough.
const KEPT_MONTHS: u32 = 12;

/// This insight is not told to this member any more. Only what is told now can be dismissed, on the dashboard or in
/// the report that [`ReportChoice::query`] names.
pub async fn dismiss(backend: &Backend, member: &Member, today: NaiveDate, key: &str, report: &str) -> Result<()> {
    let mut tx = backend.db.read().await?;
    let week_start = commands::head(&mut tx, member.book()).await?.week_start;
    let told = match ReportChoice::read(report, today, week_start) {
        Some(choice) => super::build(&mut tx, member, choice, today).await?.insights,
        None => look(&mut tx, member, today).await?.1,
    };
    drop(tx);
    if !told.iter().any(|insight| insight.key() == key) {
        return Ok(());
    }
    let mut tx = backend.db.write().await?;
    let (book, user, month) = (member.book().0, member.user().0, month_word(today));
    tx.query("delete from dismissed_insights where book_id = $1 and user_id = $2 and month < $3")
        .bind(book)
        .bind(user)
        .bind(kept_from(today))
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

/// What this member dismissed is told again, if it still stands out.
pub async fn tell_again(backend: &Backend, member: &Member, key: &str) -> Result<()> {
    let mut tx = backend.db.write().await?;
    tx.query("delete from dismissed_insights where book_id = $1 and user_id = $2 and insight = $3")
        .bind(member.book().0)
        .bind(member.user().0)
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
    let looked =
        looked_at(tx, id, Period { start: first, end: LAST_DAY }, insights::charged_from(today), today).await?;
    let dismissed = dismissed(tx, member, today).await?;
    let seen = Seen { today, report: None, years: &[], ..looked.seen(&book, &days) };
    let insights = insights::insights(&seen, &dismissed);
    Ok((days, insights))
}

/// What the rules look at one by one.
#[derive(Default)]
pub(super) struct Looked {
    records: Vec<Record>,
    charges: Vec<Record>,
    charges_from: NaiveDate,
    has_older: bool,
}

impl Looked {
    /// For rules that look at nothing else yet: of no report, on the first day that charges are looked for on.
    pub fn seen<'a>(&'a self, book: &'a Book, days: &'a DaySpending) -> Seen<'a> {
        let Self { records, charges, charges_from, has_older } = self;
        let (charges_from, has_older) = (*charges_from, *has_older);
        Seen { book, days, records, charges, charges_from, has_older, today: charges_from, report: None, years: &[] }
    }
}

/// The newest expenses of a period, and those of payees that charge at most once a month and did so from `fresh` on,
/// up to today. Of a book where much is spent the latter go back fewer days.
pub(super) async fn looked_at(
    tx: &mut Tx,
    book: BookId,
    period: Period,
    fresh: NaiveDate,
    today: NaiveDate,
) -> Result<Looked> {
    let records = expenses(tx, book, period).await?;
    let end = period.end.min(Period::day(today).end);
    let too_early = tx.query(TOO_EARLY).bind(book.0).bind(end).bind(GONE_THROUGH).optional::<(NaiveDate,)>().await?;
    // All of a day is looked at, or nothing of it.
    let cut = too_early.map(|(day,)| Period::day(day).end).filter(|day| *day > period.start);
    let days = Period { start: cut.unwrap_or(period.start), end };
    let charges: Vec<ExpenseRow> = charges_of(tx.query(CHARGES), book, days, fresh).all().await?;
    let has_older = cut.is_some() || any_before(tx, book, days.start).await?;
    Ok(Looked { records, charges: each(charges, read)?, charges_from: days.start, has_older })
}

/// The day of the first expense that lies too far back to be gone through.
const TOO_EARLY: &str = "select day from records where book_id = $1 and kind = 'expense' and not deleted and day < $2
     order by day desc, id desc limit 1 offset $3";

/// The expenses of payees that have few of them, at no more than two prices. What charges once a month does so at
/// most six times in [`RECORD_DAYS`] days.
const CHARGES: &str = "select r.id, r.day, r.minor, r.currency, r.account_id, r.category_id, r.payee from records r
     where r.book_id = $1 and r.kind = 'expense' and r.refund_of is null and r.day >= $2 and r.day < $3
        and not r.deleted and lower(r.payee) in (
            select lower(o.payee) from records o
            where o.book_id = $1 and o.kind = 'expense' and o.refund_of is null and o.day >= $2 and o.day < $3
                and not o.deleted and o.payee <> ''
            group by lower(o.payee) having count(*) between 2 and 6 and count(distinct o.minor) <= 2 and max(o.day) >= $4)
     order by r.day desc, r.id desc";

fn charges_of(query: Query<'_>, book: BookId, days: Period, fresh: NaiveDate) -> Query<'_> {
    query.bind(book.0).bind(days.start).bind(days.end).bind(fresh)
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

fn kept_from(today: NaiveDate) -> String {
    month_word(today.checked_sub_months(Months::new(KEPT_MONTHS)).unwrap_or(today))
}

/// The keys of what this member dismissed, in whatever month.
pub(super) async fn dismissed(tx: &mut Tx, member: &Member, today: NaiveDate) -> Result<BTreeSet<String>> {
    let rows: Vec<(String,)> = tx
        .query("select insight from dismissed_insights where book_id = $1 and user_id = $2 and month >= $3")
        .bind(member.book().0)
        .bind(member.user().0)
        .bind(kept_from(today))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(insight,)| insight).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planned;

    #[tokio::test]
    async fn charges_are_looked_for_in_the_days_of_the_period_only() {
        let (_folder, backend) = planned::backend().await.expect("a backend");
        let mut tx = backend.db.read().await.expect("a transaction");
        let days = Period::month_of(ledger::period::FIRST_DAY);
        let query = charges_of(planned::explain(&mut tx, CHARGES), BookId::NIL, days, days.start);
        let steps = planned::steps(query).await.expect("a plan");
        let reads: Vec<&String> = steps.iter().filter(|step| step.starts_with("SEARCH")).collect();
        let by_days = |step: &str| step.contains("USING INDEX records_by_") && step.contains("AND day>? AND day<?)");
        assert!(reads.len() == 2 && reads.iter().all(|step| by_days(step)), "{steps:?}");
        assert!(!steps.iter().any(|step| step.starts_with("SCAN")), "{steps:?}");
        let query = planned::explain(&mut tx, TOO_EARLY).bind(BookId::NIL.0).bind(days.end).bind(GONE_THROUGH);
        let steps = planned::steps(query).await.expect("a plan");
        assert!(steps.len() == 1 && steps[0].contains("USING INDEX records_by_kind"), "{steps:?}");
    }
}
