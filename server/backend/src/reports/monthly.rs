//! The monthly report by mail: once for each person, book of theirs and month, on the morning of its first day where they
//! live.

use chrono::{DateTime, Days, Months, NaiveDate, TimeDelta, Utc};
use ledger::id::{BookId, UserId};
use ledger::period::Period;
use ledger::report::{Flows, Report, ReportChoice, Step};
use ledger::{Book, NumberFormat};
use serde_json::json;
use uuid::Uuid;

use super::build;
use crate::clock::TimeZone;
use crate::outbox::{self, Push};
use crate::rows::word;
use crate::totals::month_word;
use crate::{Backend, Member, Result, Tx, morning, window};

/// The most people that one look writes to.
const PEOPLE: i64 = 100;
/// A report that is due later than so was put there by a clock that was ahead.
const AHEAD: TimeDelta = TimeDelta::days(62);

/// Whether the member wants a report each month.
pub async fn wants_monthly(backend: &Backend, member: &Member) -> Result<bool> {
    let mut tx = backend.db.read().await?;
    let sql = "select cast(1 as bigint) from users where id = $1 and monthly_report_due is not null";
    Ok(tx.query(sql).bind(member.user().0).optional::<(i64,)>().await?.is_some())
}

/// Switches the monthly report on or off; the first one comes on the first of the next month.
pub async fn set_monthly(backend: &Backend, member: &Member, wanted: bool) -> Result<()> {
    let due = wanted.then(|| next_due(backend.clock.now(), member.zone()));
    let mut tx = backend.db.write().await?;
    tx.query("update users set monthly_report_due = $1 where id = $2 and (monthly_report_due is null) = $3")
        .bind(due)
        .bind(member.user().0)
        .bind(wanted)
        .execute()
        .await?;
    tx.commit().await
}

/// The next morning of a first of the month in `zone`, after `now`.
fn next_due(now: DateTime<Utc>, zone: TimeZone) -> DateTime<Utc> {
    let this = Period::month_of(now.with_timezone(&zone).date_naive()).start;
    let firsts = (0..=2).filter_map(|ahead| this.checked_add_months(Months::new(ahead)));
    let mornings = firsts.filter_map(|first| morning::of(first, zone));
    mornings.into_iter().find(|morning| *morning > now).unwrap_or(now + TimeDelta::days(31))
}

/// The first of the newest month whose morning has come in `zone`.
fn newest(now: DateTime<Utc>, zone: TimeZone) -> NaiveDate {
    let this = Period::month_of(now.with_timezone(&zone).date_naive()).start;
    let has_come = morning::of(this, zone).is_some_and(|morning| morning <= now);
    if has_come { this } else { Period::month_before(this).start }
}

/// Whether somebody's report is due, or must be put in its time: two looks at one index.
pub async fn due_now(backend: &Backend) -> Result<bool> {
    let mut tx = backend.db.read().await?;
    let now = backend.clock.now();
    for (sql, at) in [
        ("select cast(1 as bigint) from users where monthly_report_due <= $1 limit 1", now),
        ("select cast(1 as bigint) from users where monthly_report_due > $1 limit 1", now + AHEAD),
    ] {
        if tx.query(sql).bind(at).optional::<(i64,)>().await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes the reports that are due and notes when the next ones are. A key names the person, the book and the month, so that
/// two servers at once, or one that stopped halfway, write each once.
pub async fn write_due(backend: &Backend) -> Result<()> {
    while write_some(backend).await? >= PEOPLE {}
    backend.wake_outbox();
    Ok(())
}

/// Answers how many people were looked at, [`PEOPLE`] at most.
async fn write_some(backend: &Backend) -> Result<i64> {
    let now = backend.clock.now();
    let mut tx = backend.db.write().await?;
    let due: Vec<(Uuid, String, DateTime<Utc>)> = tx
        .query(
            "select id, time_zone, monthly_report_due from users
             where monthly_report_due <= $1 or monthly_report_due > $3 order by monthly_report_due, id limit $2",
        )
        .bind(now)
        .bind(PEOPLE)
        .bind(now + AHEAD)
        .all()
        .await?;
    let people = i64::try_from(due.len()).unwrap_or(PEOPLE);
    for (user, zone, due) in due {
        let zone: TimeZone = zone.parse().unwrap_or(TimeZone::UTC);
        if due > now {
            reschedule(&mut tx, user, due, next_due(now, zone)).await?;
            continue;
        }
        // Half a day of slack: somebody who moved to another zone is still told of the month that ended.
        let first = due.with_timezone(&zone).date_naive().checked_add_days(Days::new(1)).unwrap_or(due.date_naive());
        let morning = morning::of(Period::month_of(first).start, zone).unwrap_or(due);
        if morning > now {
            // They moved to a zone where that morning has not come yet.
            reschedule(&mut tx, user, due, morning).await?;
            continue;
        }
        // After months without a server one letter tells of the last of them.
        let month = month_word(Period::month_before(first.max(newest(now, zone))).start);
        let books: Vec<(Uuid,)> =
            tx.query("select book_id from members where user_id = $1 order by book_id").bind(user).all().await?;
        for (book,) in books {
            let key = format!("monthly-report:{user}:{book}:{month}");
            let payload = json!({ "user": user, "month": format!("{month}-01") });
            let (book, user) = (Some(BookId(book)), Some(UserId(user)));
            let push = Push { key, kind: "monthly_report", book, user, payload, due: now };
            outbox::push(&mut tx, &backend.clock, push).await?;
        }
        reschedule(&mut tx, user, due, next_due(now, zone)).await?;
    }
    tx.commit().await?;
    Ok(people)
}

async fn reschedule(tx: &mut Tx, user: Uuid, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<()> {
    let sql = "update users set monthly_report_due = $1 where id = $2 and monthly_report_due = $3";
    tx.query(sql).bind(to).bind(user).bind(from).execute().await?;
    Ok(())
}

/// All that the letter says.
pub struct MonthlyReport {
    /// What the book is called, for those who have others too.
    pub title: Option<String>,
    pub report: Report,
    /// The names of categories and accounts.
    pub book: Book,
    pub format: NumberFormat,
}

/// The report of the month of `day` in a book, which messages of the first versions do not name, if the person still wants it and keeps the book, and it tells anything: of
/// several books one in which nothing happened, nor in the month before, is not worth a letter.
pub async fn monthly(
    backend: &Backend,
    user: UserId,
    book: Option<BookId>,
    day: NaiveDate,
) -> Result<Option<MonthlyReport>> {
    let mut tx = backend.db.read().await?;
    let kept: Vec<MemberRow> = tx
        .query(
            "select m.book_id, m.role, b.name, u.time_zone, u.locale from users u join members m on m.user_id = u.id
             join books b on b.id = m.book_id
             where u.id = $1 and u.monthly_report_due is not null and u.disabled_at is null
             order by m.book_id",
        )
        .bind(user.0)
        .all()
        .await?;
    let has_others = kept.len() > 1;
    let is_it = |row: &MemberRow| book.is_none_or(|book| row.book_id == book.0);
    let Some(row) = kept.into_iter().find(is_it) else { return Ok(None) };
    let role = word(&row.role)?;
    let zone: TimeZone = row.time_zone.parse().unwrap_or(TimeZone::UTC);
    let member = Member::new(user, BookId(row.book_id), role, zone);
    let book = window::nouns(&mut tx, &member).await?;
    let choice = ReportChoice::of(Step::Month, day, book.week_start);
    let report = build(&mut tx, &member, choice, choice.period.last_day()).await?;
    let quiet = |flows: Flows| flows == Flows::default();
    if has_others && quiet(report.flows) && quiet(report.before) {
        return Ok(None);
    }
    let title = has_others.then_some(row.name);
    Ok(Some(MonthlyReport { title, report, book, format: NumberFormat::of(&row.locale) }))
}

#[derive(sqlx::FromRow)]
struct MemberRow {
    book_id: Uuid,
    role: String,
    name: String,
    time_zone: String,
    locale: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_comes_at_eight_on_the_first_where_the_person_lives() {
        for (zone, now, due) in [
            ("Asia/Kolkata", "2027-01-15T10:00:00Z", "2027-02-01T02:30:00Z"),
            ("Asia/Kolkata", "2027-02-01T02:29:59Z", "2027-02-01T02:30:00Z"),
            ("Asia/Kolkata", "2027-02-01T02:30:00Z", "2027-03-01T02:30:00Z"),
            ("Pacific/Kiritimati", "2026-12-31T17:00:00Z", "2026-12-31T18:00:00Z"),
            ("America/Los_Angeles", "2027-02-20T00:00:00Z", "2027-03-01T16:00:00Z"),
            ("America/Los_Angeles", "2027-03-20T00:00:00Z", "2027-04-01T15:00:00Z"),
        ] {
            let (now, due): (DateTime<Utc>, DateTime<Utc>) =
                (now.parse().expect("a time"), due.parse().expect("a time"));
            assert_eq!(next_due(now, zone.parse().expect("a zone")), due, "{zone} at {now}");
        }
    }
}
