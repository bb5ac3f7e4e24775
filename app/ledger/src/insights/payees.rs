//! Rules that look at the records of the last months one by one.

use std::collections::BTreeMap;

use super::{Beside, Finding, Insight, RECORD_DAYS, Seen};
use crate::filter::Filter;
use crate::form::name_key;
use crate::money::Money;
use crate::period::Period;
use crate::records::{Flow, Kind, Record};

/// Days between two charges of something monthly.
const MONTHLY: std::ops::RangeInclusive<i64> = 25..=36;
/// A single record is told for so many days.
const FRESH_DAYS: u64 = 7;
/// The newest of a row of charges is told for so many days.
pub(super) const CHARGE_DAYS: u64 = 32;
/// So many other expenses tell what is usual at a payee, and in a category.
const OF_PAYEE: usize = 3;
const OF_CATEGORY: usize = 5;

pub(super) fn all(seen: &Seen<'_>) -> Vec<Insight> {
    let by_payee = by_payee(seen);
    let mut found = unusual(seen);
    found.extend(strongest(by_payee.values().filter_map(|charges| price_rise(seen, charges))));
    found.extend(strongest(by_payee.values().filter_map(|charges| new_charge(seen, charges))));
    found
}

/// The largest first.
fn strongest(found: impl Iterator<Item = (i64, Insight)>) -> Vec<Insight> {
    let mut found: Vec<(i64, Insight)> = found.collect();
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    found.into_iter().map(|(_, insight)| insight).collect()
}

/// The expenses of each payee without regard to case, in the home currency, oldest first.
fn by_payee<'a>(seen: &Seen<'a>) -> BTreeMap<String, Vec<&'a Record>> {
    let mut payees: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
    for record in seen.charges.iter().rev() {
        if is_charge(record, seen) && !record.payee.is_empty() && record.day <= seen.today {
            payees.entry(name_key(&record.payee)).or_default().push(record);
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
fn price_rise(seen: &Seen<'_>, charges: &[&Record]) -> Option<(i64, Insight)> {
    let (newest, earlier) = charges.split_last()?;
    let payee = newest.payee.as_str();
    let before = earlier.last()?.amount;
    let rise = newest.amount.minor - before.minor;
    let steady = earlier.len() >= 2 && earlier.iter().all(|charge| charge.amount == before);
    let is_fresh = fresh(seen, CHARGE_DAYS).contains(newest.day);
    let is_rise = rise > 0 && i128::from(rise) * 100 >= i128::from(before.minor) * 3;
    (steady && is_fresh && is_rise && are_monthly(charges)).then(|| {
        let finding = Finding::PriceRise { payee: payee.to_owned(), before, now: newest.amount, on: newest.day };
        (rise, Insight::new(seen, finding, behind(seen, payee)))
    })
}

/// Something new repeats when a payee, first seen in these days in a book that is older than them, has charged the
/// same amount two or three times, a month apart each, the last time within 31 days or in the report, and nothing else.
fn new_charge(seen: &Seen<'_>, charges: &[&Record]) -> Option<(i64, Insight)> {
    let (first, newest) = (charges.first()?, charges.last()?);
    let payee = newest.payee.as_str();
    // A charge a month before the first one would have been seen.
    let is_new = seen.has_older && (first.day - seen.charges_from).num_days() > *MONTHLY.end();
    let is_fresh = fresh(seen, CHARGE_DAYS).contains(newest.day);
    let alike = charges.iter().all(|charge| charge.amount == first.amount);
    ((2..=3).contains(&charges.len()) && is_new && is_fresh && alike && are_monthly(charges)).then(|| {
        let finding =
            Finding::NewCharge { payee: payee.to_owned(), amount: first.amount, times: charges.len(), on: newest.day };
        (first.amount.minor, Insight::new(seen, finding, behind(seen, payee)))
    })
}

/// A single expense of the last seven days, or of the report, is unusual when it is at least three times what is usual
/// for it.
fn unusual(seen: &Seen<'_>) -> Vec<Insight> {
    let days = fresh(seen, FRESH_DAYS);
    let keys: Vec<String> = seen.records.iter().map(|record| name_key(&record.payee)).collect();
    let fresh = seen.records.iter().filter(|record| is_charge(record, seen) && days.contains(record.day));
    let found = fresh.filter_map(|record| {
        let category = record.flow.category()?;
        let (median, beside) = usual(seen, &keys, record)?;
        is_far(record.amount.minor, median).then(|| {
            let usual = Money::new(median, record.amount.currency);
            let (payee, amount) = (record.payee.clone(), record.amount);
            let finding = Finding::Unusual { record: record.id, category, payee, amount, usual, beside };
            let compared = Filter::of_kind(Kind::Expense, Period::last_days(seen.today, RECORD_DAYS));
            let compared = compared.in_category(Some(category));
            let behind = if beside == Beside::Payee { compared.paid_to(&record.payee) } else { compared };
            (record.amount.minor - median, Insight::new(seen, finding, behind))
        })
    });
    strongest(found)
}

/// What an expense is compared with, in minor units: the median of the others at its payee for the same category, or,
/// where there are fewer than [`OF_PAYEE`], that of the whole category. A coffee says nothing of a dinner: what the
/// payee was paid before, even once, must be exceeded as far as the category. `keys` are the payees of what is seen.
fn usual(seen: &Seen<'_>, keys: &[String], record: &Record) -> Option<(i64, Beside)> {
    let key = name_key(&record.payee);
    let others = seen.records.iter().zip(keys).filter(|(other, _)| {
        let is_like_it = other.id != record.id && other.flow.category() == record.flow.category();
        is_like_it && is_charge(other, seen) && other.day <= seen.today
    });
    let (mut all, mut own) = (Vec::new(), Vec::new());
    for (other, other_key) in others {
        all.push(other.amount.minor);
        if !key.is_empty() && *other_key == key {
            own.push(other.amount.minor);
        }
    }
    let of_payee = median(&mut own);
    if own.len() >= OF_PAYEE {
        return of_payee.map(|median| (median, Beside::Payee));
    }
    let is_told = all.len() >= OF_CATEGORY && of_payee.is_none_or(|own| is_far(record.amount.minor, own));
    median(&mut all).filter(|_| is_told).map(|median| (median, Beside::Category))
}

/// The larger of the two in the middle where there is an even number.
fn median(minors: &mut [i64]) -> Option<i64> {
    minors.sort_unstable();
    minors.get(minors.len() / 2).copied()
}

fn is_far(minor: i64, usual: i64) -> bool {
    i128::from(minor) >= i128::from(usual) * 3
}
