//! All that a person keeps, to be taken along: the nouns of a book at once, its records page by page.

use ledger::id::RecordId;
use ledger::list::Cursor;
use ledger::period::FIRST_DAY;
use ledger::records::Record;
use ledger::{Book, Changes};

use crate::records::{RecordRow, columns};
use crate::throttle::{self, Limit};
use crate::{
    Backend, Member, Result, SignedIn, alerts, bills, budgets, commands, envelopes, fresh, rates, rows, window,
};

/// Records of one page.
const PAGE: i64 = 500;
/// An export reads everything, so nobody asks for many at once.
const OFTEN: Limit = Limit::new("export", 10, 600);

/// The book that is open, as [`book`] answers it.
///
/// # Errors
/// [`crate::Error::ProveFirst`]; [`crate::Error::TooMany`] for one who asks again and again.
pub async fn begin(backend: &Backend, who: &SignedIn) -> Result<Book> {
    fresh::insist(backend, who).await?;
    throttle::take(backend, &[(OFTEN, &who.member.user().to_string())]).await?;
    book(backend, &who.member).await
}

/// Everything in the member's book but its records, and the totals that follow from them.
pub async fn book(backend: &Backend, member: &Member) -> Result<Book> {
    let mut tx = backend.db.read().await?;
    let mut all = window::nouns(&mut tx, member).await?;
    let book = member.book();
    let newest = commands::head(&mut tx, book).await?.revision;
    let bills = bills::since(&mut tx, book, -1, newest).await?;
    let rows = Changes {
        revision: newest,
        bills: bills.into_iter().filter(|(_, deleted)| !deleted).map(|(bill, _)| bill).collect(),
        settlements: bills::settlements_from(&mut tx, book, FIRST_DAY).await?,
        budgets: budgets::all(&mut tx, book).await?,
        alerts: alerts::since(&mut tx, book, -1, newest).await?,
        rates: rates::since(&mut tx, book, -1, newest).await?,
        envelopes: envelopes::since(&mut tx, book, -1, newest).await?,
        ..Changes::default()
    };
    all.merge(&rows);
    Ok(all)
}

/// The records behind `after`, the oldest first; none behind the last one.
pub async fn records(backend: &Backend, member: &Member, after: Option<Cursor>) -> Result<Vec<Record>> {
    let sql = concat!(
        "select ",
        columns!(),
        " from records r where r.book_id = $1 and not r.deleted and (r.day, r.id) > ($2, $3)
          order by r.day, r.id limit $4"
    );
    let before_all = Cursor { day: FIRST_DAY.pred_opt().unwrap_or(FIRST_DAY), id: RecordId::NIL };
    let after = after.unwrap_or(before_all);
    let mut tx = backend.db.read().await?;
    let found: Vec<RecordRow> =
        tx.query(sql).bind(member.book().0).bind(after.day).bind(after.id.0).bind(PAGE).all().await?;
    rows::each(found, RecordRow::read)
}
