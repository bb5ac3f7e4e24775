//! Commands run on the database with the rules of [`Book::apply`]: the few rows that a command can touch are
//! read into a small book, the command is applied to it, and what changed is written back.
//!
//! So no rule stands twice: what memory and database do can differ only in reading and writing rows.

mod book;
pub mod many;
mod read;
mod write;

use std::collections::BTreeMap;

use ledger::budgets::BudgetAlert;
use ledger::command::Refused;
use ledger::{Book, Changes, Command};

use crate::{Backend, Error, Member, Result, Tx, carries, hooks, merges, rates};

pub(crate) use book::{Head, head, next_revision, set_revision};

/// Runs one command. Run again, or where nothing changes, it answers the rows as they are.
pub async fn run(backend: &Backend, member: &Member, command: Command) -> Result<Changes> {
    may_run(member, &command)?;
    let mut tx = backend.db.write().await?;
    let head = next_revision(&mut tx, member.book()).await?;
    finish(tx, backend, member, head, &command).await
}

/// Applies one command, and makes it durable where it changes anything.
async fn finish(mut tx: Tx, backend: &Backend, member: &Member, head: Head, command: &Command) -> Result<Changes> {
    let mut done = Box::pin(one(&mut tx, backend, member, head, command)).await?;
    if done.changed {
        Box::pin(carries::tell(&mut tx, backend, member, &mut done.changes)).await?;
        tx.commit().await?;
    } else {
        tx.rollback().await?;
    }
    if done.wrote_letter {
        backend.wake_outbox();
    }
    Ok(done.changes)
}

/// Runs all of the commands or, if one is refused, none.
pub async fn run_many(backend: &Backend, member: &Member, commands: Vec<Command>) -> Result<Changes> {
    let mut tx = backend.db.write().await?;
    let (changes, wrote_letter) = all(&mut tx, backend, member, &commands).await?;
    tx.commit().await?;
    if wrote_letter {
        backend.wake_outbox();
    }
    Ok(changes)
}

/// [`run_many`] inside a transaction; whether letters wait for its end.
pub(crate) async fn all(
    tx: &mut Tx,
    backend: &Backend,
    member: &Member,
    commands: &[Command],
) -> Result<(Changes, bool)> {
    for command in commands {
        may_run(member, command)?;
    }
    let mut head = next_revision(tx, member.book()).await?;
    let mut answer = Book::new(head.home, head.week_start);
    let mut deleted = Vec::new();
    let (mut totals, mut months, mut tags) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let (mut wrote_letter, mut reload) = (false, false);
    for command in commands {
        let done = Box::pin(one(tx, backend, member, head, command)).await?;
        answer.merge(&done.changes);
        totals.extend(done.changes.totals);
        months.extend(done.changes.months);
        tags.extend(done.changes.tags);
        deleted.retain(|gone| !book::holds(&answer, *gone));
        deleted.extend(done.changes.deleted);
        wrote_letter |= done.wrote_letter;
        reload |= done.changes.reload;
        head.revision += i64::from(done.changed);
    }
    // The last number taken is still free.
    set_revision(tx, member.book(), head.revision - 1).await?;
    let (totals, months) = (totals.into_iter().collect(), months.into_iter().collect());
    let tags = tags.into_iter().collect();
    let mut changes =
        Changes { revision: head.revision - 1, totals, months, tags, deleted, reload, ..answer.as_changes() };
    Box::pin(carries::tell(tx, backend, member, &mut changes)).await?;
    Ok((changes, wrote_letter))
}

struct Done {
    changes: Changes,
    changed: bool,
    wrote_letter: bool,
}

/// Applies one command as the write that `head.revision` numbers.
async fn one(tx: &mut Tx, backend: &Backend, member: &Member, head: Head, command: &Command) -> Result<Done> {
    let before = read::slice(tx, member.book(), head, command).await?;
    let mut after = before.clone();
    after.apply(command)?;
    if after.revision == before.revision {
        let mut changes = read::unchanged(tx, member.book(), &before).await?;
        if let Command::DeleteRate { currency, on } = command {
            rates::tell_gone(tx, member.book(), head.home, (*currency, *on), &mut changes).await?;
        }
        return Ok(Done { changes, changed: false, wrote_letter: false });
    }
    let changes = write::differences(tx, member.book(), &before, &after).await?;
    let alerts = changes.alerts.clone();
    let now = backend.clock.now();
    let changes =
        Box::pin(merges::follow(tx, member.book(), command, &before, after.revision, now)).await?.unwrap_or(changes);
    carries::forget(tx, member.book(), &changes).await?;
    let mut wrote_letter = false;
    // Of days that are over only those are told in which the record is: the others it leaves less to are past mending.
    let today = member.today(&backend.clock);
    let is_news = |alert: &&BudgetAlert| {
        let record = after.records.get(&alert.record);
        alert.period.end > today || record.is_some_and(|record| alert.period.contains(record.day))
    };
    for alert in alerts.iter().filter(|alert| !alert.seen).filter(is_news) {
        if let Some(budget) = after.budgets.get(&alert.budget) {
            crate::alerts::tell(tx, &backend.clock, member, budget, alert).await?;
            wrote_letter = true;
        }
    }
    wrote_letter |= hooks::tell(tx, &backend.clock, member, &changes).await?;
    Ok(Done { changes, changed: true, wrote_letter })
}

/// Who may not change the book may still add to it, if that is their role.
fn may_run(member: &Member, command: &Command) -> Result<()> {
    let adds = matches!(command, Command::SaveRecord(record) if record.revision == 0);
    if adds && member.role().may_add() { Ok(()) } else { may_write(member) }
}

fn may_write(member: &Member) -> Result<()> {
    if member.role().may_write() { Ok(()) } else { Err(Error::Forbidden) }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound => Self::NotFound,
            Refused::Conflict(message) => Self::Conflict(message.to_owned()),
            Refused::Invalid(errors) => Self::Invalid(errors),
        }
    }
}
