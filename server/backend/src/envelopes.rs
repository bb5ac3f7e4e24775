//! Envelopes.

use chrono::NaiveDate;
use ledger::Command;
use ledger::envelopes::{Envelope, Move, MoveForm};
use ledger::id::{BookId, CategoryId, MoveId};
use ledger::period::Period;
use ledger::{Book, Changes, NumberFormat};
use uuid::Uuid;

use crate::{Backend, Member, Result, Tx, commands, window};

/// Month, category, given, revision.
type EnvelopeRow = (NaiveDate, Uuid, i64, i64);

fn read((month, category, given, revision): EnvelopeRow) -> Envelope {
    Envelope { month, category: CategoryId(category), given, revision }
}

/// Moves money from one envelope to another, as far as it is there; once, however often it is asked for under `id`.
pub async fn shift(
    backend: &Backend,
    member: &Member,
    id: MoveId,
    form: &MoveForm,
    format: NumberFormat,
    today: NaiveDate,
) -> Result<Changes> {
    let book = Book::from(window::load(backend, member, today).await?);
    let deed = form.parse(id, &book, format)?;
    let made = made(&mut backend.db.read().await?, member.book(), id).await?;
    if made.is_none() {
        book.check_move(&deed, format)?;
    }
    commands::run(backend, member, Command::MoveMoney(deed)).await
}

/// The move that was made under an id.
pub(crate) async fn made(tx: &mut Tx, book: BookId, id: MoveId) -> Result<Option<Move>> {
    let sql = "select month, from_id, to_id, minor from envelope_moves where book_id = $1 and id = $2";
    let row: Option<(NaiveDate, Option<Uuid>, Option<Uuid>, i64)> =
        tx.query(sql).bind(book.0).bind(id.0).optional().await?;
    Ok(row.map(|(month, from, to, minor)| Move {
        id,
        month,
        from: from.map(CategoryId),
        to: to.map(CategoryId),
        minor,
    }))
}

/// Notes that a move was made.
pub(crate) async fn keep_move(tx: &mut Tx, book: BookId, deed: &Move) -> Result<()> {
    tx.query("insert into envelope_moves (book_id, id, month, from_id, to_id, minor) values ($1, $2, $3, $4, $5, $6)")
        .bind(book.0)
        .bind(deed.id.0)
        .bind(deed.month)
        .bind(deed.from.map(|id| id.0))
        .bind(deed.to.map(|id| id.0))
        .bind(deed.minor)
        .execute()
        .await?;
    Ok(())
}

/// Gives each envelope that has nothing yet what it was given in the month before.
pub async fn as_before(backend: &Backend, member: &Member, month: NaiveDate, today: NaiveDate) -> Result<Changes> {
    let book = Book::from(window::load(backend, member, today).await?);
    let fills = book.envelopes_as_before(month);
    commands::run(backend, member, Command::FillEnvelopes { month, fills }).await
}

/// Of months that begin in a period.
pub(crate) async fn within(tx: &mut Tx, book: BookId, period: Period) -> Result<Vec<Envelope>> {
    let sql = "select month, category_id, given, revision from envelopes
               where book_id = $1 and month >= $2 and month < $3";
    let rows: Vec<EnvelopeRow> = tx.query(sql).bind(book.0).bind(period.start).bind(period.end).all().await?;
    Ok(rows.into_iter().map(read).collect())
}

/// The first day of the first month that was planned.
pub(crate) async fn first_month(tx: &mut Tx, book: BookId) -> Result<Option<NaiveDate>> {
    let sql = "select month from envelopes where book_id = $1 order by month limit 1";
    Ok(tx.query(sql).bind(book.0).optional::<(NaiveDate,)>().await?.map(|(month,)| month))
}

pub(crate) async fn of_month(tx: &mut Tx, book: BookId, month: NaiveDate) -> Result<Vec<Envelope>> {
    let sql = "select month, category_id, given, revision from envelopes where book_id = $1 and month = $2";
    let rows: Vec<EnvelopeRow> = tx.query(sql).bind(book.0).bind(month).all().await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Of all months.
pub(crate) async fn of_category(tx: &mut Tx, book: BookId, category: CategoryId) -> Result<Vec<Envelope>> {
    let sql = "select month, category_id, given, revision from envelopes where book_id = $1 and category_id = $2";
    let rows: Vec<EnvelopeRow> = tx.query(sql).bind(book.0).bind(category.0).all().await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Written after revision `from`, up to `to`.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<Envelope>> {
    let sql = "select month, category_id, given, revision from envelopes
               where book_id = $1 and revision > $2 and revision <= $3";
    let rows: Vec<EnvelopeRow> = tx.query(sql).bind(book.0).bind(from).bind(to).all().await?;
    Ok(rows.into_iter().map(read).collect())
}

pub(crate) async fn put(tx: &mut Tx, book: BookId, envelope: &Envelope) -> Result<()> {
    tx.query(
        "insert into envelopes (book_id, month, category_id, given, revision) values ($1, $2, $3, $4, $5)
         on conflict (book_id, month, category_id) do update set given = excluded.given, revision = excluded.revision",
    )
    .bind(book.0)
    .bind(envelope.month)
    .bind(envelope.category.0)
    .bind(envelope.given)
    .bind(envelope.revision)
    .execute()
    .await?;
    Ok(())
}
