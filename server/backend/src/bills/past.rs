//! What is over: how the due days of a bill were settled, and the bills of which nothing more falls due.

use chrono::NaiveDate;
use ledger::bills::{History, Paid, Past, Settled};
use ledger::id::{BillId, RecordId};
use uuid::Uuid;

use super::stored;
use crate::rows::{each, money};
use crate::{Backend, Member, Result};

/// How many settled due days a history holds.
const HISTORY: i64 = 500;

/// How the due days of a bill were settled, the newest first; `None` where there is no such bill.
pub async fn history(backend: &Backend, member: &Member, id: BillId) -> Result<Option<History>> {
    let mut tx = backend.db.read().await?;
    let Some((bill, false)) = stored(&mut tx, member.book(), id).await? else { return Ok(None) };
    let rows: Vec<PastRow> = tx
        .query(
            "select s.due, s.record_id, r.day, r.minor, r.currency
             from settlements s left join records r on r.book_id = s.book_id and r.id = s.record_id and not r.deleted
             where s.book_id = $1 and s.bill_id = $2 and not s.deleted
             order by s.due desc limit $3",
        )
        .bind(member.book().0)
        .bind(id.0)
        .bind(HISTORY)
        .all()
        .await?;
    Ok(Some(History { name: bill.name, past: each(rows, PastRow::read)? }))
}

#[derive(sqlx::FromRow)]
struct PastRow {
    due: NaiveDate,
    record_id: Option<Uuid>,
    day: Option<NaiveDate>,
    minor: Option<i64>,
    currency: Option<String>,
}

impl PastRow {
    fn read(self) -> Result<Past> {
        let paid = match (self.record_id, self.day, self.minor, self.currency) {
            (Some(record), Some(day), Some(minor), Some(currency)) => {
                Some(Paid { record: RecordId(record), day, amount: money(minor, &currency)? })
            }
            _ => None,
        };
        Ok(Past { due: self.due, paid })
    }
}

#[derive(sqlx::FromRow)]
struct SettledRow {
    id: Uuid,
    name: String,
    minor: i64,
    currency: String,
    last: Option<NaiveDate>,
}

impl SettledRow {
    fn read(self) -> Result<Settled> {
        let amount = money(self.minor, &self.currency)?;
        Ok(Settled { bill: BillId(self.id), name: self.name, amount, last: self.last })
    }
}

/// At most so many bills of which nothing more falls due, the newest first: those added before a bill, or all.
pub async fn settled(backend: &Backend, member: &Member, before: Option<BillId>, most: u32) -> Result<Vec<Settled>> {
    let mut tx = backend.db.read().await?;
    let rows: Vec<SettledRow> = tx
        .query(
            "select b.id, b.name, b.minor, b.currency,
                    (select max(s.due) from settlements s
                     where s.book_id = b.book_id and s.bill_id = b.id and not s.deleted) as last
             from bills b
             where b.book_id = $1 and b.next_due is null and not b.deleted and ($2 is null or b.id < $2)
             order by b.id desc limit $3",
        )
        .bind(member.book().0)
        .bind(before.map(|id| id.0))
        .bind(i64::from(most))
        .all()
        .await?;
    each(rows, SettledRow::read)
}
