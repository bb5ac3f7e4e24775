//! Reports for any period, what the dashboard tells besides its window, and the monthly report by mail.
//!
//! Sums come from totals: whole months from theirs, or whole years where there are many months, the days around them
//! one by one, so that their cost follows the number of months and not of records. Payees, tags and the largest records are looked for in the records of the
//! period, which an index holds side by side, and only while its expenses are at most [`LOOKED_THROUGH`].

mod closer;
mod lately;
mod monthly;
mod noticed;
mod worth;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ledger::Book;
use ledger::id::BookId;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::report::{DAYS_MAX, Flows, Other, Part, Report, ReportChoice, Side};
use ledger::totals::DailyTotals;

use crate::{Backend, Error, Member, Result, Tx, budgets, totals, window};

pub use lately::{dismiss, lately, tell_again};
pub use monthly::{MonthlyReport, due_now, monthly, set_monthly, wants_monthly, write_due};

/// The most expenses of a period that are looked through one by one.
pub const LOOKED_THROUGH: i64 = 50_000;

/// How many months stand beside each other, the last one included.
const MONTHS: u32 = 12;

/// The report of a period.
pub async fn of(backend: &Backend, member: &Member, choice: ReportChoice, today: NaiveDate) -> Result<Report> {
    let mut tx = backend.db.read().await?;
    build(&mut tx, member, choice, today).await
}

async fn build(tx: &mut Tx, member: &Member, choice: ReportChoice, today: NaiveDate) -> Result<Report> {
    if !choice.is_sound() {
        return Err(Error::invalid("from", "Choose days between 1900 and 2199, the first before the last"));
    }
    let (id, mut book) = (member.book(), window::nouns(tx, member).await?);
    let totals = whole(tx, id, choice.period).await?;
    let by_day = by_day(tx, id, choice.period).await?;
    let mut report = Report::new(choice, book.home, &totals, &by_day);
    if report.part == Part::Day {
        report.months = months(tx, id, choice.period.last_day()).await?;
    }
    report.before = flows(tx, id, choice.before()).await?;
    report.year_before = flows(tx, id, choice.year_before()).await?;
    report.other = match choice.other() {
        Some(other) => Some(beside(tx, id, (choice, other), today).await?),
        None => None,
    };
    book.rates.extend(worth::rates(tx, &book, id, choice.period).await?);
    report.worth = worth::line(tx, &book, id, choice.period).await?;
    report.held = worth::by_account(tx, id, &book, choice.period).await?;
    if report.count(Kind::Expense) <= LOOKED_THROUGH {
        report.closer = Some(closer::of(tx, id, choice.period, Kind::Expense).await?);
    }
    if report.count(Kind::Income) <= LOOKED_THROUGH {
        report.earned = Some(closer::of(tx, id, choice.period, Kind::Income).await?);
    }
    report.budgets = budgets::within(tx, id, &book, choice.period, today).await?;
    noticed::tell(tx, member, Book { totals, ..book }, &mut report, today).await?;
    Ok(report)
}

async fn flows(tx: &mut Tx, book: BookId, choice: Option<ReportChoice>) -> Result<Flows> {
    let Some(choice) = choice else { return Ok(Flows::default()) };
    Ok(Flows::of(&whole(tx, book, choice.period).await?, choice.period))
}

/// The other period of a report, and as much of both as has come of the report's own.
async fn beside(
    tx: &mut Tx,
    book: BookId,
    (choice, other): (ReportChoice, ReportChoice),
    today: NaiveDate,
) -> Result<Other> {
    let totals = whole(tx, book, other.period).await?;
    let by_day = by_day(tx, book, other.period).await?;
    let so_far = match choice.so_far_beside(other.period, today) {
        Some([now, then]) => Some([side(tx, book, now).await?, side(tx, book, then).await?]),
        None => None,
    };
    Ok(Other { so_far, ..Other::new(other, &totals, &by_day) })
}

async fn side(tx: &mut Tx, book: BookId, days: Period) -> Result<Side> {
    Ok(Side::of(&whole(tx, book, days).await?, days))
}

/// The flows of the twelve months up to that of a day, all of its own included.
async fn months(tx: &mut Tx, book: BookId, last: NaiveDate) -> Result<Vec<(Period, Flows)>> {
    let months = Period::last_months(last, MONTHS);
    let Some(start) = months.first().map(|month| month.start) else { return Ok(Vec::new()) };
    let totals = whole(tx, book, Period { start, end: Period::month_of(last).end }).await?;
    Ok(months.into_iter().map(|month| (month, Flows::of(&totals, month))).collect())
}

/// The totals of a period: its whole months as one sum each, or its whole years where it is told in those, filed
/// under the first day, the other days as they are.
async fn whole(tx: &mut Tx, book: BookId, period: Period) -> Result<DailyTotals> {
    let [before, months, after] = period.around_months();
    let mut found = Vec::new();
    for days in [before, after].into_iter().filter(|days| !days.is_empty()) {
        found.extend(totals::within(tx, book, days).await?);
    }
    let (months, years) = if Part::of(period) == Part::Year {
        let [before, years, after] = months.around_years();
        (vec![before, after], years)
    } else {
        (vec![months], Period { end: months.start, ..months })
    };
    for months in months.into_iter().filter(|months| !months.is_empty()) {
        found.extend(totals::by_month(tx, book, months).await?);
    }
    if !years.is_empty() {
        found.extend(totals::by_year(tx, book, years).await?);
    }
    let mut totals = DailyTotals::default();
    for (key, total) in found {
        totals.set(key, total);
    }
    Ok(totals)
}

/// What came in and what was spent on each day that has either; of a period of more than [`DAYS_MAX`] days nothing.
async fn by_day(tx: &mut Tx, book: BookId, period: Period) -> Result<BTreeMap<NaiveDate, Flows>> {
    if period.days() > DAYS_MAX {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(NaiveDate, String, i64)> = tx
        .query(
            "select day, kind, cast(sum(home) as bigint) from daily_totals
             where book_id = $1 and day >= $2 and day < $3 and kind in ('expense', 'income')
             group by day, kind",
        )
        .bind(book.0)
        .bind(period.start)
        .bind(period.end)
        .all()
        .await?;
    let mut days: BTreeMap<NaiveDate, Flows> = BTreeMap::new();
    for (day, kind, minor) in rows {
        let flows = days.entry(day).or_default();
        if kind == "income" {
            flows.income = minor;
        } else {
            flows.expenses = minor;
        }
    }
    Ok(days)
}
