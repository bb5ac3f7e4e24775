//! What may go into a statement and come out of one, on both engines.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Encode, FromRow, Postgres, Sqlite, Type};

/// A value for a `$n`: `i64`, `bool`, text, `Uuid`, `NaiveDate`, `DateTime<Utc>` and options of them.
pub trait Value:
    Send + Type<Sqlite> + Type<Postgres> + for<'q> Encode<'q, Sqlite> + for<'q> Encode<'q, Postgres>
{
}

impl<T> Value for T where
    T: Send + Type<Sqlite> + Type<Postgres> + for<'q> Encode<'q, Sqlite> + for<'q> Encode<'q, Postgres>
{
}

/// A row: a tuple, or a struct with `#[derive(sqlx::FromRow)]`.
pub trait Row: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}

impl<T> Row for T where T: Send + Unpin + for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> {}
