//! Payees that were used before, each with its last category and account.

use ledger::form::name_key;
use ledger::id::{AccountId, BookId, CategoryId};
use ledger::list::PayeeSuggestion;
use ledger::records::Record;
use uuid::Uuid;

use crate::rows::{behind, each, word};
use crate::{Backend, Member, Result, Tx};

/// How many are suggested.
const MOST: i64 = 8;

#[derive(sqlx::FromRow)]
struct PayeeRow {
    payee: String,
    kind: String,
    category_id: Option<Uuid>,
    account_id: Uuid,
}

impl PayeeRow {
    fn read(self) -> Result<PayeeSuggestion> {
        Ok(PayeeSuggestion {
            payee: self.payee,
            kind: word(&self.kind)?,
            category: self.category_id.map(CategoryId),
            account: AccountId(self.account_id),
        })
    }
}

/// Payees that begin with what is typed, and then those of which a later word does, the most used first.
pub async fn suggest(backend: &Backend, member: &Member, typed: &str) -> Result<Vec<PayeeSuggestion>> {
    let mut tx = backend.db.read().await?;
    matching(&mut tx, member.book(), typed).await
}

pub(crate) async fn matching(tx: &mut Tx, book: BookId, typed: &str) -> Result<Vec<PayeeSuggestion>> {
    let key = name_key(typed);
    let rows: Vec<PayeeRow> = tx
        .query(
            "select payee, kind, category_id, account_id from payees
             where book_id = $1 and payee_key >= $2 and payee_key < $3 order by uses desc, payee_key limit $4",
        )
        .bind(book.0)
        .bind(key.clone().into_bytes())
        .bind(behind(&key))
        .bind(MOST)
        .all()
        .await?;
    let mut found = each(rows, PayeeRow::read)?;
    let missing = MOST - i64::try_from(found.len()).unwrap_or(MOST);
    if missing > 0 && !key.is_empty() && !key.contains(['%', '_', '\\']) {
        let rows: Vec<PayeeRow> = tx
            .query(
                "select payee, kind, category_id, account_id from payees
                 where book_id = $1 and lower(payee) like $2 and not (payee_key >= $3 and payee_key < $4)
                 order by uses desc, payee_key limit $5",
            )
            .bind(book.0)
            .bind(format!("% {key}%"))
            .bind(key.clone().into_bytes())
            .bind(behind(&key))
            .bind(missing)
            .all()
            .await?;
        found.extend(each(rows, PayeeRow::read)?);
    }
    Ok(found)
}

/// Counts a record's payee: what `before` named is used once less, what `after` names once more.
pub(crate) async fn count(tx: &mut Tx, book: BookId, before: Option<&Record>, after: Option<&Record>) -> Result<()> {
    let key = |record: Option<&Record>| record.map(|record| name_key(&record.payee)).filter(|key| !key.is_empty());
    let (old, new) = (key(before), key(after));
    if let Some(old) = old.as_ref().filter(|old| Some(*old) != new.as_ref()) {
        tx.query("update payees set uses = uses - 1 where book_id = $1 and payee_key = $2")
            .bind(book.0)
            .bind(old.clone().into_bytes())
            .execute()
            .await?;
        tx.query("delete from payees where book_id = $1 and payee_key = $2 and uses <= 0")
            .bind(book.0)
            .bind(old.clone().into_bytes())
            .execute()
            .await?;
    }
    let (Some(record), Some(key)) = (after, &new) else { return Ok(()) };
    add(tx, book, key, record, i64::from(old != new)).await
}

/// Notes `uses` more records of a payee, of which `record` is the newest.
pub(crate) async fn add(tx: &mut Tx, book: BookId, key: &str, record: &Record, uses: i64) -> Result<()> {
    tx.query(
        "insert into payees (book_id, payee_key, payee, kind, category_id, account_id, last_day, uses)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (book_id, payee_key) do update set uses = payees.uses + excluded.uses,
            payee = case when excluded.last_day >= payees.last_day then excluded.payee else payees.payee end,
            kind = case when excluded.last_day >= payees.last_day then excluded.kind else payees.kind end,
            category_id = case when excluded.last_day >= payees.last_day then excluded.category_id else payees.category_id end,
            account_id = case when excluded.last_day >= payees.last_day then excluded.account_id else payees.account_id end,
            last_day = case when excluded.last_day >= payees.last_day then excluded.last_day else payees.last_day end",
    )
    .bind(book.0)
    .bind(key.as_bytes().to_vec())
    .bind(record.payee.clone())
    .bind(record.kind().word())
    .bind(record.flow.category().map(|id| id.0))
    .bind(record.account.0)
    .bind(record.day)
    .bind(uses)
    .execute()
    .await?;
    Ok(())
}
