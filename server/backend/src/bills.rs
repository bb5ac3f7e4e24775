//! Bills and how their due days were settled.

mod past;

use chrono::NaiveDate;
use ledger::Changes;
use ledger::bills::{Bill, Settlement};
use ledger::command::{Command, Deleted};
use ledger::id::{AccountId, BillId, BookId, CategoryId, RecordId};
use uuid::Uuid;

use crate::rows::{each, json, list, money, number, word};
use crate::{Backend, Member, Result, Tx, commands};

pub use past::{history, settled};

#[derive(sqlx::FromRow)]
struct BillRow {
    id: Uuid,
    name: String,
    minor: i64,
    currency: String,
    estimated: bool,
    first_due: NaiveDate,
    repeats: String,
    ends: String,
    category_id: Option<Uuid>,
    account_id: Option<Uuid>,
    remind_days: Option<i64>,
    next_due: Option<NaiveDate>,
    changed: String,
    revision: i64,
    deleted: bool,
}

impl BillRow {
    fn read(self) -> Result<Bill> {
        Ok(Bill {
            id: BillId(self.id),
            name: self.name,
            amount: money(self.minor, &self.currency)?,
            estimated: self.estimated,
            first_due: self.first_due,
            repeats: word(&self.repeats)?,
            ends: word(&self.ends)?,
            category: self.category_id.map(CategoryId),
            account: self.account_id.map(AccountId),
            remind_days: self.remind_days.map(number).transpose()?,
            next_due: self.next_due,
            changed: list(&self.changed)?,
            revision: self.revision,
        })
    }

    /// The bill, and whether it is deleted.
    fn read_any(self) -> Result<(Bill, bool)> {
        let deleted = self.deleted;
        Ok((self.read()?, deleted))
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, name, minor, currency, estimated, first_due, repeats, ends, category_id, account_id, remind_days, next_due,
                    changed, revision, deleted
             from bills where book_id = $1",
            $rest
        )
    };
}

/// The bill, if it is there and the member's.
pub async fn find(backend: &Backend, member: &Member, id: BillId) -> Result<Option<Bill>> {
    let mut tx = backend.db.read().await?;
    Ok(stored(&mut tx, member.book(), id).await?.filter(|(_, deleted)| !deleted).map(|(bill, _)| bill))
}

/// Every bill, settled ones included, the newest last.
pub async fn all(backend: &Backend, member: &Member) -> Result<Vec<Bill>> {
    let mut tx = backend.db.read().await?;
    each(tx.query(select!(" and not deleted order by id")).bind(member.book().0).all().await?, BillRow::read)
}

/// The bill as it lies in the table, and whether it is deleted.
pub(crate) async fn stored(tx: &mut Tx, book: BookId, id: BillId) -> Result<Option<(Bill, bool)>> {
    let row: Option<BillRow> = tx.query(select!(" and id = $2")).bind(book.0).bind(id.0).optional().await?;
    row.map(BillRow::read_any).transpose()
}

/// Those of a category, deleted ones included.
pub(crate) async fn of_category(tx: &mut Tx, book: BookId, category: CategoryId) -> Result<Vec<(Bill, bool)>> {
    each(tx.query(select!(" and category_id = $2")).bind(book.0).bind(category.0).all().await?, BillRow::read_any)
}

/// Open bills, and those of which a due day from `day` on is settled.
pub(crate) async fn open_or_settled_from(tx: &mut Tx, book: BookId, day: NaiveDate) -> Result<Vec<Bill>> {
    let query = tx.query(select!(
        " and not deleted and (next_due is not null or exists (select 1 from settlements s
            where s.book_id = bills.book_id and s.bill_id = bills.id and s.due >= $2 and not s.deleted))"
    ));
    each(query.bind(book.0).bind(day).all().await?, BillRow::read)
}

/// Written after revision `from`, up to `to`, and whether deleted.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<(Bill, bool)>> {
    let rows =
        tx.query(select!(" and revision > $2 and revision <= $3")).bind(book.0).bind(from).bind(to).all().await?;
    each(rows, BillRow::read_any)
}

/// From when on it reminds is looked at anew; a due day that was told of is not told again, nor one before it.
pub(crate) async fn put(tx: &mut Tx, book: BookId, bill: &Bill) -> Result<()> {
    tx.query(
        "insert into bills (book_id, id, name, minor, currency, estimated, first_due, repeats, ends, category_id, account_id,
                            remind_days, next_due, changed, revision, remind_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
         on conflict (book_id, id) do update set name = excluded.name, minor = excluded.minor, currency = excluded.currency,
            estimated = excluded.estimated, first_due = excluded.first_due, repeats = excluded.repeats, ends = excluded.ends,
            category_id = excluded.category_id, account_id = excluded.account_id, remind_days = excluded.remind_days,
            next_due = excluded.next_due, changed = excluded.changed, revision = excluded.revision, deleted = false,
            remind_on = excluded.remind_on",
    )
    .bind(book.0)
    .bind(bill.id.0)
    .bind(bill.name.clone())
    .bind(bill.amount.minor)
    .bind(bill.amount.currency.code())
    .bind(bill.estimated)
    .bind(bill.first_due)
    .bind(String::from(bill.repeats))
    .bind(String::from(bill.ends))
    .bind(bill.category.map(|id| id.0))
    .bind(bill.account.map(|id| id.0))
    .bind(bill.remind_days.map(i64::from))
    .bind(bill.next_due)
    .bind(json(&bill.changed)?)
    .bind(bill.revision)
    .bind(bill.remind_from())
    .execute()
    .await?;
    Ok(())
}

/// Saves a bill that ends and the one that goes on in its place, which tells of no due day again.
pub async fn split(backend: &Backend, member: &Member, ended: Bill, rest: Bill) -> Result<Changes> {
    let (from, into) = (ended.id, rest.id);
    let mut tx = backend.db.write().await?;
    let bills = [ended, rest].map(Command::SaveBill);
    let (changes, wrote_letter) = Box::pin(commands::all(&mut tx, backend, member, &bills)).await?;
    tx.query(
        "update bills set reminded = (select b.reminded from bills b where b.book_id = $1 and b.id = $2)
         where book_id = $1 and id = $3 and reminded is null",
    )
    .bind(member.book().0)
    .bind(from.0)
    .bind(into.0)
    .execute()
    .await?;
    tx.commit().await?;
    if wrote_letter {
        backend.wake_outbox();
    }
    Ok(changes)
}

/// Leaves a tombstone.
pub(crate) async fn delete(tx: &mut Tx, book: BookId, id: BillId, revision: i64) -> Result<()> {
    tx.query("update bills set deleted = true, revision = $3 where book_id = $1 and id = $2")
        .bind(book.0)
        .bind(id.0)
        .bind(revision)
        .execute()
        .await?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct SettlementRow {
    bill_id: Uuid,
    due: NaiveDate,
    record_id: Option<Uuid>,
    revision: i64,
    deleted: bool,
}

impl SettlementRow {
    fn read(self) -> Settlement {
        let record = self.record_id.map(RecordId);
        Settlement { bill: BillId(self.bill_id), due: self.due, record, revision: self.revision }
    }
}

macro_rules! select_settlements {
    ($rest:literal) => {
        concat!("select bill_id, due, record_id, revision, deleted from settlements where book_id = $1", $rest)
    };
}

fn settlements(rows: Vec<SettlementRow>) -> Vec<Settlement> {
    rows.into_iter().map(SettlementRow::read).collect()
}

/// How the due days of one bill were settled, from `due` on.
pub(crate) async fn settled_from(tx: &mut Tx, book: BookId, bill: BillId, due: NaiveDate) -> Result<Vec<Settlement>> {
    let query = tx.query(select_settlements!(" and bill_id = $2 and due >= $3 and not deleted"));
    Ok(settlements(query.bind(book.0).bind(bill.0).bind(due).all().await?))
}

/// What the record paid.
pub(crate) async fn settled_by(tx: &mut Tx, book: BookId, record: RecordId) -> Result<Vec<Settlement>> {
    let query = tx.query(select_settlements!(" and record_id = $2 and not deleted"));
    Ok(settlements(query.bind(book.0).bind(record.0).all().await?))
}

/// Due days of open bills that were settled before the next one was.
pub(crate) async fn settled_ahead(tx: &mut Tx, book: BookId) -> Result<Vec<Settlement>> {
    let query = tx.query(
        "select s.bill_id, s.due, s.record_id, s.revision, s.deleted
         from bills b join settlements s on s.book_id = b.book_id and s.bill_id = b.id and s.due >= b.next_due
         where b.book_id = $1 and not b.deleted and b.next_due is not null and not s.deleted",
    );
    Ok(settlements(query.bind(book.0).all().await?))
}

/// All due days from `day` on.
pub(crate) async fn settlements_from(tx: &mut Tx, book: BookId, day: NaiveDate) -> Result<Vec<Settlement>> {
    let query = tx.query(select_settlements!(" and due >= $2 and not deleted"));
    Ok(settlements(query.bind(book.0).bind(day).all().await?))
}

/// Settled after revision `from`, up to `to`, and what was opened again.
pub(crate) async fn settlements_since(
    tx: &mut Tx,
    book: BookId,
    from: i64,
    to: i64,
) -> Result<(Vec<Settlement>, Vec<Deleted>)> {
    let query = tx.query(select_settlements!(" and revision > $2 and revision <= $3"));
    let rows: Vec<SettlementRow> = query.bind(book.0).bind(from).bind(to).all().await?;
    let (gone, held): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.deleted);
    let opened = gone.into_iter().map(|row| Deleted::Settlement(BillId(row.bill_id), row.due)).collect();
    Ok((settlements(held), opened))
}

pub(crate) async fn put_settlement(tx: &mut Tx, book: BookId, settlement: &Settlement) -> Result<()> {
    tx.query(
        "insert into settlements (book_id, bill_id, due, record_id, revision) values ($1, $2, $3, $4, $5)
         on conflict (book_id, bill_id, due) do update set record_id = excluded.record_id, revision = excluded.revision, deleted = false",
    )
    .bind(book.0)
    .bind(settlement.bill.0)
    .bind(settlement.due)
    .bind(settlement.record.map(|id| id.0))
    .bind(settlement.revision)
    .execute()
    .await?;
    Ok(())
}

/// Leaves a tombstone.
pub(crate) async fn delete_settlement(
    tx: &mut Tx,
    book: BookId,
    bill: BillId,
    due: NaiveDate,
    revision: i64,
) -> Result<()> {
    tx.query("update settlements set deleted = true, revision = $4 where book_id = $1 and bill_id = $2 and due = $3")
        .bind(book.0)
        .bind(bill.0)
        .bind(due)
        .bind(revision)
        .execute()
        .await?;
    Ok(())
}
