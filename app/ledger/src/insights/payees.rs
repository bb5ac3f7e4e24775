//! Rules that look at the records of the last months one by one.

use std::collections::BTreeMap;

use chrono::Days;

use super::{Finding, Insight, RECORD_DAYS, Seen};
use crate::filter::Filter;
use crate::money::Money;
use crate::period::Period;
use crate::records::{Flow, Kind, Record};

/// Days between two charges of something monthly.
const MONTHLY: std::ops::RangeInclusive<i64> = 25..=36;
/// A single record is told for so many days.
const FRESH_DAYS: u64 = 7;
/// The newest of a row of charges is told for so many days.
const CHARGE_DAYS: u64 = 32;

pub(super) fn all(seen: &Seen<'_>) -> Vec<Insight> {
    let by_payee = by_payee(seen);
    let mut found = unusual(seen);
    found.extend(strongest(by_payee.iter().filter_map(|(payee, charges)| price_rise(seen, payee, charges))));
    found.extend(strongest(by_payee.iter().filter_map(|(payee, charges)| new_charge(seen, payee, charges))));
    found
}

/// The largest first.
fn strongest(found: impl Iterator<Item = (i64, Insight)>) -> Vec<Insight> {
    let mut found: Vec<(i64, Insight)> = found.collect();
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    found.into_iter().map(|(_, insight)| insight).collect()
}

/// The expenses of each payee as it is written, in the home currency, oldest first.
fn by_payee<'a>(seen: &Seen<'a>) -> BTreeMap<&'a str, Vec<&'a Record>> {
    let mut payees: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in seen.records.iter().rev() {
        if is_charge(record, seen) && !record.payee.is_empty() && record.day <= seen.today {
            payees.entry(record.payee.as_str()).or_default().push(record);
        }
    }
    payees
}

/// The days on which something must lie to be told: the last ones, or those of the report.
fn fresh(seen: &Seen<'_>, days: u64) -> Period {
    seen.report.map_or_else(|| Period::last_days(seen.today, days), |report| report.period)
}

/// Whether it is an expense that prices can be told from: in the home currency, as others move with their rates.
fn is_charge(record: &Record, seen: &Seen<'_>) -> bool {
    matches!(record.flow, Flow::Expense { .. }) && record.amount.currency == seen.book.home
}

/// Whether each charge follows the one before it a month later.
fn are_monthly(charges: &[&Record]) -> bool {
    charges.windows(2).all(|pair| match pair {
        [before, after] => MONTHLY.contains(&(after.day - before.day).num_days()),
        _ => false,
    })
}

/// All records of a payee that the rules have seen.
fn behind(seen: &Seen<'_>, payee: &str) -> Filter {
    Filter::of_kind(Kind::Expense, Period::last_days(seen.today, RECORD_DAYS)).paid_to(payee)
}

/// A payee that charges once a month, at least three times and only so, has raised its price when the newest charge,
/// of the last 31 days or of the report, is at least 3 % above the one before it, and those before that were all alike.
fn price_rise(seen: &Seen<'_>, payee: &str, charges: &[&Record]) -> Option<(i64, Insight)> {
    let (newest, earlier) = charges.split_last()?;
    let before = earlier.last()?.amount;
    let rise = newest.amount.minor - before.minor;
    let steady = earlier.len() >= 2 && earlier.iter().all(|charge| charge.amount == before);
    let is_fresh = fresh(seen, CHARGE_DAYS).contains(newest.day);
    let is_rise = rise > 0 && i128::from(rise) * 100 >= i128::from(before.minor) * 3;
    (steady && is_fresh && is_rise && are_monthly(charges)).then(|| {
        let finding = Finding::PriceRise { payee: payee.to_owned(), before, now: newest.amount };
        (rise, Insight::new(finding, behind(seen, payee)))
    })
}

/// Something new repeats when a payee, first seen in these days in a book that is older than them, has charged the
/// same amount two or three times, a month apart each, the last time within 31 days or in the report, and nothing else.
fn new_charge(seen: &Seen<'_>, payee: &str, charges: &[&Record]) -> Option<(i64, Insight)> {
    let (first, newest) = (charges.first()?, charges.last()?);
    let start = seen.today.checked_sub_days(Days::new(RECORD_DAYS))?;
    // A charge a month before the first one would have been seen.
    let is_new = seen.has_older && (first.day - start).num_days() > *MONTHLY.end();
    let is_fresh = fresh(seen, CHARGE_DAYS).contains(newest.day);
    let alike = charges.iter().all(|charge| charge.amount == first.amount);
    ((2..=3).contains(&charges.len()) && is_new && is_fresh && alike && are_monthly(charges)).then(|| {
        let finding = Finding::NewCharge { payee: payee.to_owned(), amount: first.amount, times: charges.len() };
        (first.amount.minor, Insight::new(finding, behind(seen, payee)))
    })
}

/// A single expense of the last seven days, or of the report, is unusual when it is at least three times the median of the other
/// expenses of its category, of which there are five or more.
fn unusual(seen: &Seen<'_>) -> Vec<Insight> {
    let counts = |record: &&Record| is_charge(record, seen);
    let days = fresh(seen, FRESH_DAYS);
    let fresh = seen.records.iter().filter(counts).filter(|record| days.contains(record.day));
    let found = fresh.filter_map(|record| {
        let category = record.flow.category()?;
        let others = seen.records.iter().filter(counts);
        let others = others.filter(|other| other.id != record.id && other.flow.category() == Some(category));
        let mut minors: Vec<i64> = others.map(|other| other.amount.minor).collect();
        minors.sort_unstable();
        let median = *minors.get(minors.len() / 2).filter(|_| minors.len() >= 5)?;
        (i128::from(record.amount.minor) >= i128::from(median) * 3).then(|| {
            let name = seen.book.category_name(Some(category));
            let what = if record.payee.is_empty() { name.to_owned() } else { format!("{name} at {}", record.payee) };
            let usual = Money::new(median, record.amount.currency);
            let finding = Finding::Unusual { record: record.id, what, amount: record.amount, usual };
            let behind = Filter::of_kind(Kind::Expense, Period::day(record.day)).in_category(Some(category));
            (record.amount.minor - median, Insight::new(finding, behind))
        })
    });
    strongest(found)
}
