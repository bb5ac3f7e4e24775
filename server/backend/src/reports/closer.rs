//! Payees, tags and the largest expenses, or income, of a period, from its records: all three read the period's
//! days only, which an index holds side by side.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use ledger::form::name_key;
use ledger::id::BookId;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::report::{Closer, NameLine};

use crate::db::Query;
use crate::records::{RecordRow, columns};
use crate::rows::{each, list};
use crate::{Result, Tx};

/// How many payees and how many tags are listed.
const NAMES: usize = 50;
/// How many of the largest records are.
const LARGEST: i64 = 10;

macro_rules! records {
    ($select:expr, $rest:literal) => {
        concat!(
            "select ",
            $select,
            " from records r where r.book_id = $1 and not r.deleted and r.kind = $4
             and r.day >= $2 and r.day < $3",
            $rest
        )
    };
}

const LARGEST_OF: &str =
    records!(columns!(), " and r.refund_of is null order by r.home desc, r.day desc, r.id desc limit $5");
const PAYEES_OF: &str = records!(
    "r.payee, cast(sum(case when r.refund_of is null then r.home else -r.home end) as bigint), count(*), max(r.day)",
    " and r.payee <> '' group by r.payee"
);
const TAGS_OF: &str =
    records!("r.tags, case when r.refund_of is null then r.home else -r.home end", " and r.tags <> '[]'");

pub(super) async fn of(tx: &mut Tx, book: BookId, period: Period, kind: Kind) -> Result<Closer> {
    let of = (book, period, kind);
    let largest: Vec<RecordRow> = bound(tx.query(LARGEST_OF), of).bind(LARGEST).all().await?;
    let payees: Vec<PayeeRow> = bound(tx.query(PAYEES_OF), of).all().await?;
    let (payees, more_payees) = cut(by_payee(payees));
    let tags: Vec<(String, i64)> = bound(tx.query(TAGS_OF), of).all().await?;
    let (tags, more_tags) = cut(by_tag(tags)?);
    Ok(Closer { payees, more_payees, tags, more_tags, largest: each(largest, RecordRow::read)? })
}

fn bound(query: Query<'_>, (book, period, kind): (BookId, Period, Kind)) -> Query<'_> {
    query.bind(book.0).bind(period.start).bind(period.end).bind(kind.word())
}

/// The first of them, and how many others there are.
fn cut(mut lines: Vec<NameLine>) -> (Vec<NameLine>, i64) {
    let more = lines.len().saturating_sub(NAMES);
    lines.truncate(NAMES);
    (lines, i64::try_from(more).unwrap_or(i64::MAX))
}

/// As it is written, minor units, how many records, and the day of the newest.
type PayeeRow = (String, i64, i64, NaiveDate);

/// Payees without regard to case, as they were written last, the largest first.
fn by_payee(mut rows: Vec<PayeeRow>) -> Vec<NameLine> {
    rows.sort_by(|a, b| (Reverse(a.3), &a.0).cmp(&(Reverse(b.3), &b.0)));
    let mut payees: BTreeMap<String, NameLine> = BTreeMap::new();
    for (name, minor, count, _) in rows {
        let line = payees.entry(name_key(&name)).or_insert(NameLine { name, minor: 0, count: 0 });
        line.minor = ledger::money::sum([line.minor, minor]);
        line.count += count;
    }
    let mut lines: Vec<NameLine> = payees.into_values().collect();
    lines.sort_by_key(|line| Reverse(line.minor));
    lines
}

/// Tags without regard to case, as they are first met, the largest first.
fn by_tag(rows: Vec<(String, i64)>) -> Result<Vec<NameLine>> {
    let mut tags: BTreeMap<String, NameLine> = BTreeMap::new();
    for (json, minor) in rows {
        for name in list::<Vec<String>>(&json)? {
            let line = tags.entry(name_key(&name)).or_insert(NameLine { name, minor: 0, count: 0 });
            line.minor = ledger::money::sum([line.minor, minor]);
            line.count += 1;
        }
    }
    let mut lines: Vec<NameLine> = tags.into_values().collect();
    lines.sort_by_key(|line| Reverse(line.minor));
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::planned;

    #[tokio::test]
    async fn each_question_reads_the_days_of_the_period_only() {
        let (_folder, backend) = planned::backend().await.expect("a backend");
        let mut tx = backend.db.read().await.expect("a transaction");
        let period = Period::month_of(ledger::period::FIRST_DAY);
        for (sql, limited) in [(LARGEST_OF, true), (PAYEES_OF, false), (TAGS_OF, false)] {
            let query = bound(planned::explain(&mut tx, sql), (BookId::NIL, period, Kind::Expense));
            let query = if limited { query.bind(10_i64) } else { query };
            let steps = planned::steps(query).await.expect("a plan");
            let by_days = |step: &str| step.contains("USING INDEX") && step.contains("AND day>? AND day<?)");
            let reads: Vec<&String> = steps.iter().filter(|step| !step.starts_with("USE TEMP")).collect();
            assert!(!reads.is_empty() && reads.iter().all(|step| by_days(step)), "{sql}: {reads:?}");
        }
    }
}
