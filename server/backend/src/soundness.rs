//! Whether the database is sound: what its engine says of it, and whether every sum agrees with the records.

use ledger::id::CategoryId;
use uuid::Uuid;

use crate::rates::number;
use crate::rows::{money, word};
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
    for (what, sql) in RULES {
        let wrong = tx.query(sql).one::<(i64,)>().await?.0;
        if wrong > 0 {
            problems.push(format!("{wrong} {what}"));
        }
    }
    let wrong = wrongly_reckoned(&mut tx).await?;
    if wrong > 0 {
        problems.push(format!("{wrong} records are not worth what their rate makes of them"));
    }
    Ok(Report { records, problems })
}

async fn count(tx: &mut Tx, sql: &'static str) -> Result<i64> {
    Ok(tx.query(sql).bind(CategoryId::NIL.0).one::<(i64,)>().await?.0)
}

/// What the records take from the totals that they count in: together with the totals, nothing is left.
macro_rules! taken {
    () => {
        "select book_id, day, kind, account_id, coalesce(category_id, $1) as category_id, currency,
            case when refund_of is null then -minor else minor end as minor,
            case when refund_of is null then -home else home end as home, -1 as count
         from records where not deleted and kind <> 'transfer' and parts = '[]'
         union all
         select r.book_id, r.day, r.kind, r.account_id, p.category_id, r.currency,
            case when r.refund_of is null then -p.minor else p.minor end,
            case when r.refund_of is null then -p.home else p.home end, -1
         from record_parts p join records r on r.book_id = p.book_id and r.id = p.record_id
         where not r.deleted
         union all
         select r.book_id, r.day, r.kind || '-parts', r.account_id, $1, r.currency, 0, 0, -1
         from record_parts p join records r on r.book_id = p.book_id and r.id = p.record_id
         where not r.deleted and p.place > 0
         union all
         select book_id, day, 'out', account_id, $1, currency, -minor, -home, -1
         from records where not deleted and kind = 'transfer'
         union all
         select book_id, day, 'in', to_account_id, $1, coalesce(received_currency, currency),
            -coalesce(received, minor), -home, -1
         from records where not deleted and kind = 'transfer'"
    };
}

/// Each counts the sums of a sort that are wrong.
const SUMS: [(&str, &str); 6] = [
    (
        "daily totals",
        concat!(
            "select count(*) from (
                select 1 as one from (
                    select book_id, day, kind, account_id, category_id, currency, minor, home, count from daily_totals
                    union all ",
            taken!(),
            ") both_sides
                group by book_id, day, kind, account_id, category_id, currency
                having sum(minor) <> 0 or sum(home) <> 0 or sum(count) <> 0
             ) wrong"
        ),
    ),
    (
        "monthly totals",
        concat!(
            "select count(*) from (
                select 1 as one from (
                    select book_id, month, kind, account_id, category_id, currency, minor, home, count from month_totals
                    union all
                    select book_id, substr(cast(day as text), 1, 7), kind, account_id, category_id, currency, minor, home, count from (",
            taken!(),
            ") taken
                ) both_sides
                group by book_id, month, kind, account_id, category_id, currency
                having sum(minor) <> 0 or sum(home) <> 0 or sum(count) <> 0
             ) wrong"
        ),
    ),
    (
        "totals over all days",
        concat!(
            "select count(*) from (
                select 1 as one from (
                    select book_id, kind, account_id, category_id, currency, minor, home, count from whole_totals
                    union all
                    select book_id, kind, account_id, category_id, currency, minor, home, count from (",
            taken!(),
            ") taken
                ) both_sides
                group by book_id, kind, account_id, category_id, currency
                having sum(minor) <> 0 or sum(home) <> 0 or sum(count) <> 0
             ) wrong"
        ),
    ),
    (
        "effects of years on balances",
        concat!(
            "select count(*) from (
                select 1 as one from (
                    select book_id, year, account_id, currency, minor from year_effects
                    union all
                    select book_id, substr(cast(day as text), 1, 4), account_id, currency,
                        case when kind in ('income', 'in') then minor when kind in ('expense', 'out') then -minor else 0 end
                    from (",
            taken!(),
            ") taken
                ) both_sides
                group by book_id, year, account_id, currency
                having sum(minor) <> 0
             ) wrong"
        ),
    ),
    (
        "totals of tags",
        "select count(*) from (
            select 1 as one from (
                select book_id, tag_key, day, currency, minor, home, count from tag_totals
                union all
                select r.book_id, t.tag_key, r.day, r.currency, case when r.refund_of is null then -r.minor else r.minor end,
                    case when r.refund_of is null then -r.home else r.home end, -1
                from (select distinct book_id, tag_key, record_id from record_tags where record_id <> $1) t
                join records r on r.book_id = t.book_id and r.id = t.record_id
                where not r.deleted and r.kind = 'expense'
            ) both_sides
            group by book_id, tag_key, day, currency
            having sum(minor) <> 0 or sum(home) <> 0 or sum(count) <> 0
         ) wrong",
    ),
    (
        "balances of accounts",
        "select count(*) from (
            select 1 as one from (
                select book_id, id as account_id, balance - opening as minor from accounts
                union all
                select book_id, account_id, case when kind = 'income' or refund_of is not null then -minor else minor end
                from records where not deleted
                union all
                select book_id, coalesce(to_account_id, $1), -coalesce(received, minor) from records where not deleted and kind = 'transfer'
            ) both_sides
            group by book_id, account_id
            having sum(minor) <> 0
         ) wrong",
    ),
];

/// Each counts the rows that break a rule.
const RULES: [(&str, &str); 4] = [
    (
        "split records are not made up by their parts",
        "select count(*) from (
            select r.id from records r
            left join record_parts p on p.book_id = r.book_id and p.record_id = r.id and p.day = r.day
            where not r.deleted and r.parts <> '[]'
            group by r.book_id, r.id, r.minor, r.home
            having coalesce(sum(p.minor), 0) <> r.minor or coalesce(sum(p.home), 0) <> r.home
         ) wrong",
    ),
    (
        "parts belong to no split record",
        "select count(*) from record_parts p
         left join records r on r.book_id = p.book_id and r.id = p.record_id and not r.deleted and r.parts <> '[]'
         where r.id is null",
    ),
    (
        "records in the home currency are worth something else",
        "select count(*) from records r join books b on b.id = r.book_id
         where (r.currency = b.currency and r.home <> r.minor)
            or (r.currency <> b.currency and r.received_currency = b.currency and r.home <> r.received)",
    ),
    (
        "expenses were refunded by more than they were",
        "select count(*) from (
            select e.id from records r join records e on e.book_id = r.book_id and e.id = r.refund_of
            where not r.deleted
            group by e.book_id, e.id, e.minor
            having sum(r.minor) > e.minor
         ) wrong",
    ),
];

/// Records looked at in one step.
const STEP: i64 = 10_000;

/// Book, record, minor units, currency, rate, home currency, minor units of that.
type Reckoned = (Uuid, Uuid, i64, String, i64, String, i64);

/// How many records with a rate are worth something else than it makes of them.
async fn wrongly_reckoned(tx: &mut Tx) -> Result<i64> {
    let (mut wrong, mut after) = (0, (Uuid::nil(), Uuid::nil()));
    loop {
        let rows: Vec<Reckoned> = tx
            .query(
                "select r.book_id, r.id, r.minor, r.currency, r.rate, b.currency, r.home
                 from records r join books b on b.id = r.book_id
                 where r.rate is not null and (r.book_id, r.id) > ($1, $2)
                 order by r.book_id, r.id limit $3",
            )
            .bind(after.0)
            .bind(after.1)
            .bind(STEP)
            .all()
            .await?;
        let Some(last) = rows.last() else { return Ok(wrong) };
        after = (last.0, last.1);
        for (_, _, minor, currency, rate, home, worth) in rows {
            let made = number(rate)?.convert(money(minor, &currency)?, word(&home)?);
            wrong += i64::from(made.map(|made| made.minor) != Some(worth));
        }
    }
}
