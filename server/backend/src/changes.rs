//! What changed in a book since a revision: it feeds refresh, other devices and copies kept offline.

use ledger::Changes;
use ledger::command::Deleted;
use ledger::id::BookId;
use ledger::person::BookChange;

use crate::{
    Backend, Member, Result, Tx, accounts, alerts, bills, budgets, carries, categories, commands, envelopes, merges,
    rates, records, tag_totals, totals,
};

/// About how many records one answer holds; one write is never split.
const ENOUGH: i64 = 2000;
/// More records than this in one answer are not told: only a merge of categories writes as many at once.
const TOO_MANY: i64 = 10_000;

/// The rows written after `revision`, as they are now. A long answer stops at an earlier revision than the
/// book's: ask again from there until it stays the same.
pub async fn since(backend: &Backend, member: &Member, revision: i64) -> Result<Changes> {
    let mut tx = backend.db.read().await?;
    let tx = &mut tx;
    let book = member.book();
    let newest = commands::head(tx, book).await?.revision;
    // Whoever has seen more than there is asks a book that was restored from a copy.
    if revision > newest {
        return Ok(Changes { revision: newest, reload: true, ..Changes::default() });
    }
    let to = until(tx, book, revision, newest).await?;
    let mut changes = between(tx, book, revision, to).await?;
    let moved = carries::moved(tx, book, member.today(&backend.clock), &changes).await?;
    changes.openings = moved.map(|(openings, _)| openings);
    Ok(if changes.reload { Changes { revision: newest, ..changes } } else { changes })
}

/// The rows written after revision `from`, up to `to`; where they are too many, only that the book must be loaded again.
pub(crate) async fn between(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Changes> {
    if records_between(tx, book, from, to).await? > TOO_MANY {
        return Ok(Changes { revision: to, reload: true, ..Changes::default() });
    }
    let head = commands::head(tx, book).await?;
    let mut changes = Changes {
        revision: to,
        kept: Some(BookChange { currency: head.home, week_start: head.week_start, income: head.planned_income }),
        records: records::since(tx, book, from, to).await?,
        categories: categories::since(tx, book, from, to).await?,
        accounts: accounts::since(tx, book, from, to).await?,
        alerts: alerts::since(tx, book, from, to).await?,
        rates: rates::since(tx, book, from, to).await?,
        envelopes: envelopes::since(tx, book, from, to).await?,
        totals: totals::since(tx, book, from, to).await?,
        months: totals::months_since(tx, book, from, to).await?,
        tags: tag_totals::since(tx, book, from, to).await?,
        balances: accounts::balances_since(tx, book, from, to).await?,
        ..Changes::default()
    };
    changes.deleted = records::deleted_since(tx, book, from, to).await?.into_iter().map(Deleted::Record).collect();
    for (bill, deleted) in bills::since(tx, book, from, to).await? {
        if deleted { changes.deleted.push(Deleted::Bill(bill.id)) } else { changes.bills.push(bill) }
    }
    for (budget, deleted) in budgets::since(tx, book, from, to).await? {
        if deleted { changes.deleted.push(Deleted::Budget(budget.id)) } else { changes.budgets.push(budget) }
    }
    let (settled, opened) = bills::settlements_since(tx, book, from, to).await?;
    changes.settlements = settled;
    changes.deleted.extend(opened);
    changes.deleted.extend(merges::since(tx, book, from, to).await?);
    for gone in rates::deleted_since(tx, book, from, to).await? {
        rates::tell_gone(tx, book, head.home, gone, &mut changes).await?;
    }
    Ok(changes)
}

/// The revision at which an answer is long enough.
async fn until(tx: &mut Tx, book: BookId, from: i64, newest: i64) -> Result<i64> {
    let (last, rows) = tx
        .query(
            "select coalesce(max(revision), 0), count(*) from
                (select revision from records where book_id = $1 and revision > $2 order by revision limit $3) newer",
        )
        .bind(book.0)
        .bind(from)
        .bind(ENOUGH)
        .one::<(i64, i64)>()
        .await?;
    Ok(if rows < ENOUGH { newest } else { last })
}

/// How many records were written, counted up to one more than are told.
async fn records_between(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<i64> {
    let sql = "select count(*) from
        (select 1 from records where book_id = $1 and revision > $2 and revision <= $3 limit $4) written";
    let query = tx.query(sql).bind(book.0).bind(from).bind(to).bind(TOO_MANY + 1);
    Ok(query.one::<(i64,)>().await?.0)
}
