//! What the records of a filter add up to: from daily totals where those know all that the filter asks,
//! else from the records themselves.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use ledger::filter::Filter;
use ledger::list::{Cursor, DaySums, FilterSums};
use ledger::records::{Kind, Record};

use super::plan::{Branch, Plan, Sql};
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
    if is_of_totals(plan) && plan.asks_for_several() {
        sums.count -= plan.further_parts().run(tx).one::<(i64,)>().await?.0;
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
        days.entry(record.day)
            .or_default()
            .add_record(record, plan.filter.account, plan.home, |category| plan.asks_for(category));
    }
    for day in [after, next].into_iter().flatten().map(|edge| edge.day) {
        if let Some(sums) = days.get_mut(&day) {
            *sums = of_day(tx, plan, day).await?;
        }
    }
    Ok(days.into_iter().rev().map(|(day, sums)| DaySums { day, sums }).collect())
}

fn add(sums: &mut FilterSums, (kind, currency, minor, count): &SumRow) -> Result<()> {
    match kind.as_str() {
        // Parts beyond the first are no records of their own.
        "expense-parts" | "income-parts" => sums.count -= count,
        "in" | "out" => sums.add(Kind::Transfer, money(*minor, currency)?, *count),
        kind => sums.add(word(kind)?, money(*minor, currency)?, *count),
    }
    Ok(())
}

/// Whether daily totals know all that is asked. They count each part of a split record.
fn is_of_totals(plan: &Plan<'_>) -> bool {
    let Filter { payee, tag, without_rate, .. } = plan.filter;
    plan.words.is_empty() && payee.is_none() && tag.is_none() && !without_rate
}

fn statements(plan: &Plan<'_>) -> Vec<Sql> {
    if is_of_totals(plan) {
        return vec![from_totals(plan)];
    }
    let statement = |branch| {
        let mut sql = Sql::of(plan.book);
        sql.push("select kind, currency, cast(sum(minor) as bigint), cast(sum(one) as bigint) from (");
        let mut sql = plan.onto(sql, |sql| each(plan, branch, sql), branch);
        sql.push(") each_record group by kind, currency");
        sql
    };
    plan.branches().into_iter().map(statement).collect()
}

/// Kind, count, currency and amount of one record: the home currency, or that of the account asked for, and of a split record
/// only the part that is asked for.
fn each(plan: &Plan<'_>, branch: Branch, sql: &mut Sql) {
    sql.push("select r.kind as kind, ");
    if matches!(branch, Branch::Parts(_)) && plan.asks_for_several() {
        // The record counts with the first of its parts that are asked for.
        plan.push_is_further(sql.push("case when "));
        sql.push(" then 0 else 1 end as one, ");
    } else {
        sql.push("1 as one, ");
    }
    match (plan.filter.account, branch) {
        (None, _) => drop(sql.push("cast(").bind(plan.home.code().to_owned()).push(" as text)")),
        (Some(_), Branch::Into(_)) => drop(sql.push("coalesce(r.received_currency, r.currency)")),
        (Some(_), Branch::From(_) | Branch::Of(_) | Branch::Parts(_)) => drop(sql.push("r.currency")),
        (Some(account), Branch::Whole) => {
            sql.push("case when r.account_id = ").bind(account.0);
            sql.push(" then r.currency else coalesce(r.received_currency, r.currency) end");
        }
    }
    sql.push(" as currency, case when r.refund_of is null then 1 else -1 end * ");
    if plan.filter.category.is_some() {
        let part = if plan.filter.account.is_none() { "p.home" } else { "p.minor" };
        sql.push("coalesce((select cast(sum(").push(part).push(") as bigint) from record_parts p where p.book_id = $1");
        sql.push(" and p.record_id = r.id and p.category_id ");
        match branch {
            Branch::Parts(category) => drop(sql.push("= ").bind(category)),
            _ => drop(plan.push_asked(sql.push("in "))),
        }
        sql.push("), ");
    }
    match (plan.filter.account, branch) {
        (None, _) => drop(sql.push("r.home")),
        (Some(_), Branch::Into(_)) => drop(sql.push("coalesce(r.received, r.minor)")),
        (Some(_), Branch::From(_) | Branch::Of(_) | Branch::Parts(_)) => drop(sql.push("r.minor")),
        (Some(account), Branch::Whole) => {
            sql.push("case when r.account_id = ").bind(account.0);
            sql.push(" then r.minor else coalesce(r.received, r.minor) end");
        }
    }
    sql.push(if plan.filter.category.is_some() { ") as minor" } else { " as minor" });
}

fn from_totals(plan: &Plan<'_>) -> Sql {
    let filter = plan.filter;
    let mut sql = Sql::of(plan.book);
    // An account has one currency; without one, all is told in the home currency.
    if filter.account.is_some() {
        sql.push("select kind, currency, cast(sum(minor) as bigint)");
    } else {
        sql.push("select kind, cast(").bind(plan.home.code().to_owned()).push(" as text), cast(sum(home) as bigint)");
    }
    sql.push(", cast(sum(count) as bigint) from ");
    let all_days = filter.from.is_none() && filter.to.is_none();
    sql.push(if all_days { "whole_totals" } else { "daily_totals" }).push(" where book_id = $1 and count <> 0");
    if let Some(from) = filter.from {
        sql.push(" and day >= ").bind(from);
    }
    if let Some(to) = filter.to {
        sql.push(" and day <= ").bind(to);
    }
    if filter.category.is_some() {
        plan.push_asked(sql.push(" and category_id in "));
    }
    if let Some(account) = filter.account {
        sql.push(" and account_id = ").bind(account.0);
    }
    if filter.category.is_some() {
        sql.push(" and kind in ('expense', 'income')");
    }
    // A transfer is counted where it leaves, and where it arrives only if that account is asked for.
    sql.push(match (filter.kind, filter.account.is_some()) {
        (Some(Kind::Expense), _) => " and kind in ('expense', 'expense-parts')",
        (Some(Kind::Income), _) => " and kind in ('income', 'income-parts')",
        (Some(Kind::Transfer), false) => " and kind = 'out'",
        (Some(Kind::Transfer), true) => " and kind in ('out', 'in')",
        (None, false) => " and kind in ('expense', 'income', 'out', 'expense-parts', 'income-parts')",
        (None, true) => "",
    });
    sql.push(if filter.account.is_some() { " group by kind, currency" } else { " group by kind" });
    sql
}
