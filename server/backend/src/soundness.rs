//! Whether the database is sound: what its engine says of it, and whether every sum agrees with the records.

use ledger::id::CategoryId;

use crate::{Backend, Result, Tx};

/// What was looked at, and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Records that are not deleted, of all books.
    pub records: i64,
    /// A sentence for each thing that is wrong.
    pub problems: Vec<String>,
}

/// Reads everything once, at one moment; changes nothing, and may be done while servers run.
pub async fn check(backend: &Backend) -> Result<Report> {
    let mut tx = backend.db.read().await?;
    let mut problems = tx.damage().await?;
    let (records,) = tx.query("select count(*) from records where not deleted").one::<(i64,)>().await?;
    for (what, sql) in SUMS {
        let wrong = count(&mut tx, sql).await?;
        if wrong > 0 {
            problems.push(format!("{wrong} {what} differ from what the records add up to"));
        }
    }
    Ok(Report { records, problems })
}

async fn count(tx: &mut Tx, sql: &'static str) -> Result<i64> {
    Ok(tx.query(sql).bind(CategoryId::NIL.0).one::<(i64,)>().await?.0)
}

/// What the records take from the totals that they count in: together with the totals, nothing is left.
macro_rules! taken {
    () => {
        "select book_id, day, kind, account_id, coalesce(category_id, $1) as category_id, currency, -minor as minor, -1 as count
         from records where not deleted and kind <> 'transfer'
         union all
         select book_id, day, 'out', account_id, $1, currency, -minor, -1
         from records where not deleted and kind = 'transfer'
         union all
         select book_id, day, 'in', to_account_id, $1, currency, -minor, -1
         from records where not deleted and kind = 'transfer'"
    };
}

/// Each counts the sums of a sort that are wrong.
const SUMS: [(&str, &str); 4] = [
    (
        "daily totals",
        concat!(
            "select count(*) from (
                select 1 as one from (
                    select book_id, day, kind, account_id, category_id, currency, minor, count from daily_totals
                    union all ",
            taken!(),
            ") both_sides
                group by book_id, day, kind, account_id, category_id, currency
                having sum(minor) <> 0 or sum(count) <> 0
             ) wrong"
        ),
    ),
    (
        "monthly totals",
        concat!(
            "select count(*) from (
                select 1 as one from (
                    select book_id, month, kind, account_id, category_id, currency, minor, count from month_totals
                    union all
                    select book_id, substr(cast(day as text), 1, 7), kind, account_id, category_id, currency, minor, count from (",
            taken!(),
            ") taken
                ) both_sides
                group by book_id, month, kind, account_id, category_id, currency
                having sum(minor) <> 0 or sum(count) <> 0
             ) wrong"
        ),
    ),
    (
        "totals over all days",
        concat!(
            "select count(*) from (
                select 1 as one from (
                    select book_id, kind, account_id, category_id, currency, minor, count from whole_totals
                    union all
                    select book_id, kind, account_id, category_id, currency, minor, count from (",
            taken!(),
            ") taken
                ) both_sides
                group by book_id, kind, account_id, category_id, currency
                having sum(minor) <> 0 or sum(count) <> 0
             ) wrong"
        ),
    ),
    (
        "balances of accounts",
        "select count(*) from (
            select 1 as one from (
                select book_id, id as account_id, balance - opening as minor from accounts
                union all
                select book_id, account_id, case when kind = 'income' then -minor else minor end
                from records where not deleted
                union all
                select book_id, coalesce(to_account_id, $1), -minor from records where not deleted and kind = 'transfer'
            ) both_sides
            group by book_id, account_id
            having sum(minor) <> 0
         ) wrong",
    ),
];
