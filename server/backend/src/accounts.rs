//! Accounts and their balances.

use ledger::Money;
use ledger::accounts::Account;
use ledger::form::name_key;
use ledger::id::{AccountId, BookId};
use uuid::Uuid;

use crate::rows::{each, money, word};
use crate::{Result, Tx};

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: Uuid,
    name: String,
    kind: String,
    currency: String,
    opening: i64,
    position: i64,
    balance: i64,
    archived: bool,
    revision: i64,
}

/// An account, and its balance in minor units.
pub(crate) type WithBalance = (Account, i64);

impl AccountRow {
    fn read(self) -> Result<WithBalance> {
        let account = Account {
            id: AccountId(self.id),
            name: self.name,
            kind: word(&self.kind)?,
            opening: money(self.opening, &self.currency)?,
            position: self.position,
            archived: self.archived,
            revision: self.revision,
        };
        Ok((account, self.balance))
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, name, kind, currency, opening, position, balance, archived, revision from accounts where book_id = $1",
            $rest
        )
    };
}

pub(crate) async fn all(tx: &mut Tx, book: BookId) -> Result<Vec<WithBalance>> {
    each(tx.query(select!("")).bind(book.0).all().await?, AccountRow::read)
}

/// Those of four ids that are there.
pub(crate) async fn some(tx: &mut Tx, book: BookId, ids: [AccountId; 4]) -> Result<Vec<WithBalance>> {
    let [a, b, c, d] = ids.map(|id| id.0);
    let rows =
        tx.query(select!(" and id in ($2, $3, $4, $5)")).bind(book.0).bind(a).bind(b).bind(c).bind(d).all().await?;
    each(rows, AccountRow::read)
}

/// Written after revision `from`, up to `to`.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<Account>> {
    let rows =
        tx.query(select!(" and revision > $2 and revision <= $3")).bind(book.0).bind(from).bind(to).all().await?;
    each(rows, |row| AccountRow::read(row).map(|(account, _)| account))
}

/// Balances that changed after revision `from`, up to `to`.
pub(crate) async fn balances_since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<(AccountId, i64)>> {
    let sql =
        "select id, balance from accounts where book_id = $1 and balance_revision > $2 and balance_revision <= $3";
    let rows: Vec<(Uuid, i64)> = tx.query(sql).bind(book.0).bind(from).bind(to).all().await?;
    Ok(rows.into_iter().map(|(id, balance)| (AccountId(id), balance)).collect())
}

/// Writes the account as it now is; a new one begins with its opening balance.
pub(crate) async fn put(tx: &mut Tx, book: BookId, account: &Account) -> Result<()> {
    tx.query(
        "insert into accounts (book_id, id, name, name_key, kind, currency, opening, balance, balance_revision, archived, revision, position)
         values ($1, $2, $3, $4, $5, $6, $7, $7, $9, $8, $9, $10)
         on conflict (book_id, id) do update set name = excluded.name, name_key = excluded.name_key,
            kind = excluded.kind, opening = excluded.opening, archived = excluded.archived, revision = excluded.revision,
            position = excluded.position",
    )
    .bind(book.0)
    .bind(account.id.0)
    .bind(account.name.clone())
    .bind(name_key(&account.name))
    .bind(account.kind.word())
    .bind(account.currency().code())
    .bind(account.opening.minor)
    .bind(account.archived)
    .bind(account.revision)
    .bind(account.position)
    .execute()
    .await?;
    Ok(())
}

/// Gives an account without records another opening balance, in another currency.
pub(crate) async fn reopen(tx: &mut Tx, book: BookId, id: AccountId, opening: Money, revision: i64) -> Result<()> {
    tx.query(
        "update accounts set currency = $3, opening = $4, balance = $4, balance_revision = $5, revision = $5
         where book_id = $1 and id = $2",
    )
    .bind(book.0)
    .bind(id.0)
    .bind(opening.currency.code())
    .bind(opening.minor)
    .bind(revision)
    .execute()
    .await?;
    Ok(())
}

pub(crate) async fn put_balance(tx: &mut Tx, book: BookId, id: AccountId, balance: i64, revision: i64) -> Result<()> {
    tx.query("update accounts set balance = $3, balance_revision = $4 where book_id = $1 and id = $2")
        .bind(book.0)
        .bind(id.0)
        .bind(balance)
        .bind(revision)
        .execute()
        .await?;
    Ok(())
}
