//! How a book is kept: its currency, its week, and what is planned to come in.

use ledger::Currency;
use ledger::id::BookId;
use ledger::person::{BookChange, week_start_word};

use crate::{Backend, Error, Member, Result, Tx, accounts, carries, commands, samples};

/// Keeps how the book shall be kept. Its accounts follow it into another currency, with the same numbers.
///
/// # Errors
/// A message beside `currency` when the book holds records, bills or budgets, deleted ones included, as undo
/// brings them back, but for samples that were thrown away; or envelopes or rates, which are all told in its currency:
/// what was fixed in one is never reckoned anew; and when an opening balance has more digits than the new currency.
pub async fn save(backend: &Backend, member: &Member, change: BookChange) -> Result<()> {
    if !member.role().may_write() {
        return Err(Error::Forbidden);
    }
    let book = member.book();
    let mut tx = backend.db.write().await?;
    let head = commands::next_revision(&mut tx, book).await?;
    if (head.home, head.week_start, head.planned_income) == (change.currency, change.week_start, change.income) {
        return tx.rollback().await;
    }
    if head.home != change.currency {
        if is_in_use(&mut tx, book).await? {
            return Err(Error::invalid(
                "currency",
                "The currency stays once there are records, bills, budgets or rates: what they were worth is fixed in it",
            ));
        }
        samples::forget(&mut tx, book).await?;
        rename_accounts(&mut tx, book, head.home, change.currency, head.revision).await?;
    }
    // Other weeks leave something else to each other.
    carries::forget_all(&mut tx, book).await?;
    tx.query("update books set currency = $2, week_start = $3, planned_income = $4 where id = $1")
        .bind(book.0)
        .bind(change.currency.code())
        .bind(week_start_word(change.week_start))
        .bind(change.income.map(|income| income.minor))
        .execute()
        .await?;
    tx.commit().await
}

async fn is_in_use(tx: &mut Tx, book: BookId) -> Result<bool> {
    let (used,) = tx
        .query(
            "select exists (select 1 from books where id = $1 and has_samples)
                 or exists (select 1 from records where book_id = $1 and not sample)
                 or exists (select 1 from bills where book_id = $1 and not sample)
                 or exists (select 1 from budgets where book_id = $1 and not sample)
                 or exists (select 1 from envelopes where book_id = $1)
                 or exists (select 1 from rates where book_id = $1)",
        )
        .bind(book.0)
        .one::<(bool,)>()
        .await?;
    Ok(used)
}

async fn rename_accounts(tx: &mut Tx, book: BookId, from: Currency, to: Currency, revision: i64) -> Result<()> {
    let all = accounts::all(tx, book).await?;
    for (account, _) in all.into_iter().filter(|(account, _)| account.currency() == from) {
        let Some(opening) = account.opening.renamed(to) else {
            let message = format!("The opening balance of {} does not fit this currency", account.name);
            return Err(Error::invalid("currency", message));
        };
        accounts::reopen(tx, book, account.id, opening, revision).await?;
    }
    Ok(())
}
