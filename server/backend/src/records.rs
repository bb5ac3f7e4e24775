//! Records.

use chrono::NaiveDate;
use ledger::id::{AccountId, BillId, BookId, CategoryId, RecordId};
use ledger::list::Ties;
use ledger::rates::DayRate;
use ledger::records::{Flow, Kind, Record};
use uuid::Uuid;

use crate::db::FixedFragments;
use crate::rows::{each, json, list, money, word};
use crate::{Backend, Error, Member, Result, Tx, rates, search};

#[derive(sqlx::FromRow)]
pub(crate) struct RecordRow {
    id: Uuid,
    day: NaiveDate,
    minor: i64,
    currency: String,
    kind: String,
    account_id: Uuid,
    to_account_id: Option<Uuid>,
    category_id: Option<Uuid>,
    home: i64,
    rate: Option<i64>,
    rate_day: Option<NaiveDate>,
    received: Option<i64>,
    received_currency: Option<String>,
    parts: String,
    refund_of: Option<Uuid>,
    payee: String,
    note: String,
    tags: String,
    revision: i64,
}

/// The columns of a record, the table named `r`.
macro_rules! columns {
    () => {
        "r.id, r.day, r.minor, r.currency, r.kind, r.account_id, r.to_account_id, r.category_id, r.home, r.rate, r.rate_day, r.received, r.received_currency, r.parts, r.refund_of, r.payee, r.note, r.tags, r.revision"
    };
}
pub(crate) use columns;

impl RecordRow {
    pub(crate) fn read(self) -> Result<Record> {
        let category = self.category_id.map(CategoryId);
        let flow = match (word::<Kind>(&self.kind)?, self.refund_of) {
            (Kind::Expense, Some(of)) => Flow::Refund { category, of: RecordId(of) },
            (Kind::Expense, None) => Flow::Expense { category },
            (Kind::Income, _) => Flow::Income { category },
            (Kind::Transfer, _) => {
                let to = self.to_account_id.ok_or_else(|| Error::internal("a transfer goes nowhere"))?;
                Flow::Transfer { to: AccountId(to) }
            }
        };
        Ok(Record {
            id: RecordId(self.id),
            day: self.day,
            amount: money(self.minor, &self.currency)?,
            home: self.home,
            rate: match self.rate.zip(self.rate_day) {
                Some((rate, on)) => Some(DayRate { rate: rates::number(rate)?, on }),
                None => None,
            },
            account: AccountId(self.account_id),
            flow,
            received: match self.received.zip(self.received_currency) {
                Some((minor, currency)) => Some(money(minor, &currency)?),
                None => None,
            },
            parts: list(&self.parts)?,
            payee: self.payee,
            note: self.note,
            tags: list(&self.tags)?,
            revision: self.revision,
        })
    }
}

/// The record, if it is there and the member's.
pub async fn find(backend: &Backend, member: &Member, id: RecordId) -> Result<Option<Record>> {
    let mut tx = backend.db.read().await?;
    let sql = concat!("select ", columns!(), " from records r where r.book_id = $1 and r.id = $2 and not r.deleted");
    let row: Option<RecordRow> = tx.query(sql).bind(member.book().0).bind(id.0).optional().await?;
    row.map(RecordRow::read).transpose()
}

/// An expense that is the member's, and its refunds.
pub async fn ties(backend: &Backend, member: &Member, expense: RecordId) -> Result<Ties> {
    let known = find(backend, member, expense).await?.filter(|record| matches!(record.flow, Flow::Expense { .. }));
    let mut tx = backend.db.read().await?;
    let mut refunds = refunds_of(&mut tx, member.book(), expense).await?;
    refunds.sort_by_key(Record::sort_key);
    Ok(Ties { expense: known, refunds })
}

/// The newest records.
pub(crate) async fn newest(tx: &mut Tx, book: BookId, limit: i64) -> Result<Vec<Record>> {
    let sql = concat!(
        "select ",
        columns!(),
        " from records r where r.book_id = $1 and not r.deleted order by r.day desc, r.id desc limit $2"
    );
    each(tx.query(sql).bind(book.0).bind(limit).all().await?, RecordRow::read)
}

/// Written after revision `from`, up to `to`, and not deleted.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<Record>> {
    let sql = concat!(
        "select ",
        columns!(),
        " from records r where r.book_id = $1 and r.revision > $2 and r.revision <= $3 and not r.deleted"
    );
    each(tx.query(sql).bind(book.0).bind(from).bind(to).all().await?, RecordRow::read)
}

/// Deleted after revision `from`, up to `to`.
pub(crate) async fn deleted_since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<RecordId>> {
    let sql = "select id from records where book_id = $1 and revision > $2 and revision <= $3 and deleted";
    let rows: Vec<(Uuid,)> = tx.query(sql).bind(book.0).bind(from).bind(to).all().await?;
    Ok(rows.into_iter().map(|(id,)| RecordId(id)).collect())
}

/// A record as it lies in the table, deleted or not.
pub(crate) struct Stored {
    pub record: Record,
    pub deleted: bool,
    /// Of a deleted one: the due day that undo settles again.
    pub paid: Option<(BillId, NaiveDate)>,
}

#[derive(sqlx::FromRow)]
struct StoredRow {
    #[sqlx(flatten)]
    record: RecordRow,
    deleted: bool,
    paid_bill_id: Option<Uuid>,
    paid_due: Option<NaiveDate>,
}

impl StoredRow {
    fn read(self) -> Result<Stored> {
        let paid = self.paid_bill_id.map(BillId).zip(self.paid_due);
        Ok(Stored { record: self.record.read()?, deleted: self.deleted, paid })
    }
}

pub(crate) async fn stored(tx: &mut Tx, book: BookId, id: RecordId) -> Result<Option<Stored>> {
    let sql = concat!(
        "select ",
        columns!(),
        ", r.deleted, r.paid_bill_id, r.paid_due from records r where r.book_id = $1 and r.id = $2"
    );
    let row: Option<StoredRow> = tx.query(sql).bind(book.0).bind(id.0).optional().await?;
    row.map(StoredRow::read).transpose()
}

/// The refunds of an expense.
pub(crate) async fn refunds_of(tx: &mut Tx, book: BookId, expense: RecordId) -> Result<Vec<Record>> {
    let sql =
        concat!("select ", columns!(), " from records r where r.book_id = $1 and r.refund_of = $2 and not r.deleted");
    each(tx.query(sql).bind(book.0).bind(expense.0).all().await?, RecordRow::read)
}

/// Those of many ids that are there, deleted or not.
pub(crate) async fn stored_of(tx: &mut Tx, book: BookId, ids: &[RecordId]) -> Result<Vec<Stored>> {
    /// Ids of one statement.
    const SOME: usize = 200;
    let mut found = Vec::new();
    for some in ids.chunks(SOME) {
        let places: Vec<String> = (2..).take(some.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "select {}, r.deleted, r.paid_bill_id, r.paid_due from records r where r.book_id = $1 and r.id in ({})",
            columns!(),
            places.join(", ")
        );
        let query = tx.query_of(FixedFragments(sql)).bind(book.0);
        let rows: Vec<StoredRow> = some.iter().fold(query, |query, id| query.bind(id.0)).all().await?;
        found.extend(each(rows, StoredRow::read)?);
    }
    Ok(found)
}

/// Deleted records that would settle this due day again.
pub(crate) async fn that_paid(tx: &mut Tx, book: BookId, bill: BillId, due: NaiveDate) -> Result<Vec<Stored>> {
    let sql = concat!(
        "select ",
        columns!(),
        ", r.deleted, r.paid_bill_id, r.paid_due from records r where r.book_id = $1 and r.paid_bill_id = $2 and r.paid_due = $3"
    );
    let rows: Vec<StoredRow> = tx.query(sql).bind(book.0).bind(bill.0).bind(due).all().await?;
    each(rows, StoredRow::read)
}

pub(crate) async fn put(tx: &mut Tx, book: BookId, record: &Record) -> Result<()> {
    tx.query(
        "insert into records (book_id, id, kind, day, minor, currency, account_id, to_account_id, category_id, payee, note, tags, words, revision,
            home, rate, rate_day, received, received_currency, parts, refund_of)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
         on conflict (book_id, id) do update set kind = excluded.kind, day = excluded.day, minor = excluded.minor,
            currency = excluded.currency, account_id = excluded.account_id, to_account_id = excluded.to_account_id,
            category_id = excluded.category_id, payee = excluded.payee, note = excluded.note, tags = excluded.tags,
            home = excluded.home, rate = excluded.rate, rate_day = excluded.rate_day, received = excluded.received,
            received_currency = excluded.received_currency, parts = excluded.parts, refund_of = excluded.refund_of,
            words = excluded.words, revision = excluded.revision, deleted = false, paid_bill_id = null, paid_due = null",
    )
    .bind(book.0)
    .bind(record.id.0)
    .bind(record.kind().word())
    .bind(record.day)
    .bind(record.amount.minor)
    .bind(record.amount.currency.code())
    .bind(record.account.0)
    .bind(record.flow.to_account().map(|id| id.0))
    .bind(record.flow.category().map(|id| id.0))
    .bind(record.payee.clone())
    .bind(record.note.clone())
    .bind(json(&record.tags)?)
    .bind(search::line(record))
    .bind(record.revision)
    .bind(record.home)
    .bind(record.rate.map(|rate| i64::from(rate.rate)))
    .bind(record.rate.map(|rate| rate.on))
    .bind(record.received.map(|came| came.minor))
    .bind(record.received.map(|came| came.currency.code()))
    .bind(json(&record.parts)?)
    .bind(record.flow.refund_of().map(|id| id.0))
    .execute()
    .await?;
    Ok(())
}

/// Leaves a tombstone.
pub(crate) async fn delete(
    tx: &mut Tx,
    book: BookId,
    id: RecordId,
    paid: Option<(BillId, NaiveDate)>,
    revision: i64,
) -> Result<()> {
    tx.query("update records set deleted = true, revision = $3 where book_id = $1 and id = $2")
        .bind(book.0)
        .bind(id.0)
        .bind(revision)
        .execute()
        .await?;
    set_paid(tx, book, id, paid).await
}

/// Notes which due day undo of a deletion settles again.
pub(crate) async fn set_paid(tx: &mut Tx, book: BookId, id: RecordId, paid: Option<(BillId, NaiveDate)>) -> Result<()> {
    tx.query("update records set paid_bill_id = $3, paid_due = $4 where book_id = $1 and id = $2")
        .bind(book.0)
        .bind(id.0)
        .bind(paid.map(|(bill, _)| bill.0))
        .bind(paid.map(|(_, due)| due))
        .execute()
        .await?;
    Ok(())
}
