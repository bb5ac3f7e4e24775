//! What the records of a filter add up to: from daily totals where those know all that the filter asks,
//! else from the records themselves.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ledger::filter::{CategoryChoice, Filter};
use ledger::id::CategoryId;
use ledger::list::{DaySums, FilterSums};
use ledger::records::{Kind, Record};

use super::plan::{Plan, Sql};
use crate::rows::{money, word};
use crate::{Result, Tx};

/// Kind, currency, minor units, records.
type SumRow = (String, String, i64, i64);

pub(super) async fn of_all(tx: &mut Tx, plan: &Plan<'_>) -> Result<FilterSums> {
    let mut sums = FilterSums::default();
    for sql in statements(plan, false) {
        for row in sql.run(tx).all::<SumRow>().await? {
            add(&mut sums, &row)?;
        }
    }
    Ok(sums)
}

/// The whole days that a page touches, newest first.
pub(super) async fn of_days(tx: &mut Tx, plan: &Plan<'_>, records: &[Record]) -> Result<Vec<DaySums>> {
    let (Some(newest), Some(oldest)) = (records.first(), records.last()) else { return Ok(Vec::new()) };
    let filter = Filter { from: Some(oldest.day), to: Some(newest.day), ..plan.filter.clone() };
    let narrow = plan.over(&filter);
    let mut days: BTreeMap<NaiveDate, FilterSums> =
        records.iter().map(|record| (record.day, FilterSums::default())).collect();
    for sql in statements(&narrow, true) {
        for (kind, currency, minor, count, day) in sql.run(tx).all::<(String, String, i64, i64, NaiveDate)>().await? {
            if let Some(sums) = days.get_mut(&day) {
                add(sums, &(kind, currency, minor, count))?;
            }
        }
    }
    Ok(days.into_iter().rev().map(|(day, sums)| DaySums { day, sums }).collect())
}

fn add(sums: &mut FilterSums, (kind, currency, minor, count): &SumRow) -> Result<()> {
    let kind = if kind == "in" || kind == "out" { Kind::Transfer } else { word(kind)? };
    sums.add(kind, money(*minor, currency)?, *count);
    Ok(())
}

fn statements(plan: &Plan<'_>, by_day: bool) -> Vec<Sql> {
    if plan.words.is_empty() && plan.filter.tag.is_none() {
        return vec![from_totals(plan, by_day)];
    }
    let select = if by_day {
        "select r.kind, r.currency, cast(sum(r.minor) as bigint), count(*), r.day"
    } else {
        "select r.kind, r.currency, cast(sum(r.minor) as bigint), count(*)"
    };
    let group = if by_day { " group by r.kind, r.currency, r.day" } else { " group by r.kind, r.currency" };
    let statement = |branch| {
        let mut sql = plan.start(select, branch);
        sql.push(group);
        sql
    };
    plan.branches().into_iter().map(statement).collect()
}

fn from_totals(plan: &Plan<'_>, by_day: bool) -> Sql {
    let filter = plan.filter;
    let mut sql = Sql::of(plan.book);
    sql.push("select kind, currency, cast(sum(minor) as bigint), cast(sum(count) as bigint)");
    sql.push(if by_day { ", day" } else { "" }).push(" from daily_totals where book_id = $1 and count <> 0");
    if let Some(from) = filter.from {
        sql.push(" and day >= ").bind(from);
    }
    if let Some(to) = filter.to {
        sql.push(" and day <= ").bind(to);
    }
    if let Some(category) = filter.category {
        let id = if let CategoryChoice::Is(id) = category { id } else { CategoryId::NIL };
        sql.push(" and category_id = ").bind(id.0);
    }
    if let Some(account) = filter.account {
        sql.push(" and account_id = ").bind(account.0);
    }
    if filter.category.is_some() {
        sql.push(" and kind in ('expense', 'income')");
    }
    // A transfer is counted where it leaves, and where it arrives only if that account is asked for.
    sql.push(match (filter.kind, filter.account.is_some()) {
        (Some(Kind::Expense), _) => " and kind = 'expense'",
        (Some(Kind::Income), _) => " and kind = 'income'",
        (Some(Kind::Transfer), false) => " and kind = 'out'",
        (Some(Kind::Transfer), true) => " and kind in ('out', 'in')",
        (None, false) => " and kind in ('expense', 'income', 'out')",
        (None, true) => "",
    });
    sql.push(" group by kind, currency").push(if by_day { ", day" } else { "" });
    sql
}
