//! What the records of a filter add up to: from daily totals where those know all that the filter asks,
//! else from the records themselves.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ledger::filter::{CategoryChoice, Filter};
use ledger::id::CategoryId;
use ledger::list::{Cursor, DaySums, FilterSums};
use ledger::records::{Kind, Record};

use super::plan::{Plan, Sql};
use crate::rows::{money, word};
use crate::{Result, Tx};

/// Kind, currency, minor units, records.
type SumRow = (String, String, i64, i64);

pub(super) async fn of_all(tx: &mut Tx, plan: &Plan<'_>) -> Result<FilterSums> {
    let mut sums = FilterSums::default();
    for sql in statements(plan) {
        for row in sql.run(tx).all::<SumRow>().await? {
            add(&mut sums, &row)?;
        }
    }
    Ok(sums)
}

/// One whole day of those that the filter asks for.
pub(super) async fn of_day(tx: &mut Tx, plan: &Plan<'_>, day: NaiveDate) -> Result<FilterSums> {
    let filter = Filter { from: Some(day), to: Some(day), ..plan.filter.clone() };
    of_all(tx, &plan.within(&filter)).await
}

/// The whole days that a page touches, newest first. Only the first and the last can go on beyond the page.
pub(super) async fn of_days(
    tx: &mut Tx,
    plan: &Plan<'_>,
    records: &[Record],
    after: Option<Cursor>,
    next: Option<Cursor>,
) -> Result<Vec<DaySums>> {
    let mut days: BTreeMap<NaiveDate, FilterSums> = BTreeMap::new();
    for record in records {
        days.entry(record.day).or_default().add(record.kind(), record.amount, 1);
    }
    for day in [after, next].into_iter().flatten().map(|edge| edge.day) {
        if let Some(sums) = days.get_mut(&day) {
            *sums = of_day(tx, plan, day).await?;
        }
    }
    Ok(days.into_iter().rev().map(|(day, sums)| DaySums { day, sums }).collect())
}

fn add(sums: &mut FilterSums, (kind, currency, minor, count): &SumRow) -> Result<()> {
    let kind = if kind == "in" || kind == "out" { Kind::Transfer } else { word(kind)? };
    sums.add(kind, money(*minor, currency)?, *count);
    Ok(())
}

fn statements(plan: &Plan<'_>) -> Vec<Sql> {
    if plan.words.is_empty() && plan.filter.payee.is_none() && plan.filter.tag.is_none() {
        return vec![from_totals(plan)];
    }
    let statement = |branch| {
        let mut sql = plan.start("select r.kind, r.currency, cast(sum(r.minor) as bigint), count(*)", branch);
        sql.push(" group by r.kind, r.currency");
        sql
    };
    plan.branches().into_iter().map(statement).collect()
}

fn from_totals(plan: &Plan<'_>) -> Sql {
    let filter = plan.filter;
    let mut sql = Sql::of(plan.book);
    sql.push("select kind, currency, cast(sum(minor) as bigint), cast(sum(count) as bigint) from ");
    let all_days = filter.from.is_none() && filter.to.is_none();
    sql.push(if all_days { "whole_totals" } else { "daily_totals" }).push(" where book_id = $1 and count <> 0");
    if let Some(from) = filter.from {
        sql.push(" and day >= ").bind(from);
    }
    if let Some(to) = filter.to {
        sql.push(" and day <= ").bind(to);
    }
    match filter.category {
        Some(CategoryChoice::Under(_)) => drop(plan.push_under(sql.push(" and "))),
        Some(CategoryChoice::Is(id)) => drop(sql.push(" and category_id = ").bind(id.0)),
        Some(CategoryChoice::Without) => drop(sql.push(" and category_id = ").bind(CategoryId::NIL.0)),
        None => {}
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
    sql.push(" group by kind, currency");
    sql
}
