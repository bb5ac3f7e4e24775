//! A report beside what is usual, and what is worth a sentence in it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use ledger::Book;
use ledger::dashboard::DaySpending;
use ledger::id::BookId;
use ledger::insights::{self, RECORD_DAYS, Seen};
use ledger::period::Period;
use ledger::report::{Before, Flows, Report, ReportChoice, Usual, Years};

use super::lately::{self, Looked};
use super::{by_day, whole};
use crate::{Member, Result, Tx, totals};

/// The longest period whose expenses are looked at one by one, in days: a month.
const RECORDS_OF_DAYS: i64 = 31;

/// Tells of both; `book` has the totals of the report's period. Reads the three periods before it by month and, where
/// they are short, by day; of a report longer than a year, which has its years beside each other, nothing but the day
/// of the first record.
pub(super) async fn tell(
    tx: &mut Tx,
    member: &Member,
    mut book: Book,
    report: &mut Report,
    today: NaiveDate,
) -> Result<()> {
    let (id, choice) = (member.book(), report.choice);
    let dismissed = lately::dismissed(tx, member, today).await?;
    if choice.is_long() {
        return tell_of_years(tx, id, &book, report, today, &dismissed).await;
    }
    let Some([first, middle, last]) = choice.three_before() else { return Ok(()) };
    let before = [
        before(tx, id, &mut book, (choice, first), today).await?,
        before(tx, id, &mut book, (choice, middle), today).await?,
        before(tx, id, &mut book, (choice, last), today).await?,
    ];
    report.usual = Usual::of(report, &before, today);
    if today < choice.period.start {
        return Ok(());
    }
    let days: DaySpending = report.days.iter().copied().collect();
    let mut looked = Looked::default();
    let start = choice.period.end.checked_sub_days(Days::new(RECORD_DAYS));
    let today = today.min(choice.period.last_day());
    if let Some(start) = start.filter(|_| choice.period.days() <= RECORDS_OF_DAYS) {
        let period = Period { start, ..choice.period };
        looked = lately::looked_at(tx, id, period, choice.period.start, today).await?;
    }
    let seen = Seen { today, report: Some(choice), ..looked.seen(&book, &days) };
    report.insights = insights::insights(&seen, &dismissed);
    Ok(())
}

async fn tell_of_years(
    tx: &mut Tx,
    id: BookId,
    book: &Book,
    report: &mut Report,
    today: NaiveDate,
    dismissed: &BTreeSet<String>,
) -> Result<()> {
    let choice = report.choice;
    // Of a book without any record there is nothing to tell.
    let first = totals::first(tx, id).await?.unwrap_or(today);
    report.years = Some(Years::of(choice, &book.totals, first, today));
    if today < choice.period.start {
        return Ok(());
    }
    let (years, days) = (choice.years(first, today), DaySpending::new());
    let today = today.min(choice.period.last_day());
    let looked = Looked::default();
    let seen = Seen { today, report: Some(choice), years: &years, ..looked.seen(book, &days) };
    report.insights = insights::insights(&seen, dismissed);
    Ok(())
}

async fn before(
    tx: &mut Tx,
    id: BookId,
    book: &mut Book,
    (choice, one): (ReportChoice, ReportChoice),
    today: NaiveDate,
) -> Result<Before> {
    let totals = whole(tx, id, one.period).await?;
    let days = choice.usual_days(one.period, today);
    let by_day = if days.is_empty() { BTreeMap::new() } else { by_day(tx, id, days).await? };
    let flows = Flows::of(&totals, one.period);
    for (key, total) in totals.iter() {
        book.totals.set(key, total);
    }
    Ok(Before { choice: one, flows, by_day })
}
