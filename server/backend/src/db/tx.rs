//! A transaction, and the statements run in it: one SQL text with `$1..$n` for both engines.

use std::future::Future;
use std::time::Duration;

use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Postgres, SqlSafeStr, SqlStr, Sqlite, Transaction};

use super::value::{Row, Value};
use crate::{Error, Result};

/// How long PostgreSQL may take to answer a statement: a little more than it gives itself. A server that is
/// stopped, or no longer there, keeps none of its own limits.
const ANSWER: Duration = Duration::from_secs(17);

/// The answer, or [`Error::Unavailable`] when there is none for too long.
pub(super) async fn in_time<T>(answer: impl Future<Output = sqlx::Result<T>>) -> Result<T> {
    match tokio::time::timeout(ANSWER, answer).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(Error::Unavailable("the database did not answer in time".into())),
    }
}

/// A transaction. Dropped without [`Tx::commit`], it changes nothing.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// SQL put together at run time from fragments that stand in the source text, never from what a
/// person typed: each value goes through a `$n`.
pub struct FixedFragments(pub String);

impl Tx {
    /// Prepares one statement; bind a value for each `$n`, in order, and then ask for its rows.
    pub fn query(&mut self, sql: &'static str) -> Query<'_> {
        Query::new(self, sql.into_sql_str())
    }

    /// Like [`Tx::query`], for a search whose conditions vary.
    pub fn query_of(&mut self, sql: FixedFragments) -> Query<'_> {
        Query::new(self, AssertSqlSafe(sql.0).into_sql_str())
    }

    /// The name of the engine, and how many bytes the database takes.
    pub async fn size(&mut self) -> Result<(&'static str, i64)> {
        let (name, sql) = match self {
            Self::Sqlite(_) => ("SQLite", "select page_count * page_size from pragma_page_count(), pragma_page_size()"),
            Self::Postgres(_) => ("PostgreSQL", "select pg_database_size(current_database())"),
        };
        Ok((name, self.query(sql).one::<(i64,)>().await?.0))
    }

    /// Makes everything that was done durable.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => in_time(tx.commit()).await?,
        }
        Ok(())
    }

    /// Takes everything back.
    pub async fn rollback(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.rollback().await?,
            Self::Postgres(tx) => in_time(tx.rollback()).await?,
        }
        Ok(())
    }
}

enum Bound<'t> {
    Sqlite(&'t mut Transaction<'static, Sqlite>, SqliteArguments),
    Postgres(&'t mut Transaction<'static, Postgres>, PgArguments),
}

/// One statement with its values.
#[must_use = "a statement runs when its rows are asked for"]
pub struct Query<'t> {
    sql: SqlStr,
    bound: Bound<'t>,
    failed: Option<BoxDynError>,
}

impl<'t> Query<'t> {
    fn new(tx: &'t mut Tx, sql: SqlStr) -> Self {
        let bound = match tx {
            Tx::Sqlite(tx) => Bound::Sqlite(tx, SqliteArguments::default()),
            Tx::Postgres(tx) => Bound::Postgres(tx, PgArguments::default()),
        };
        Self { sql, bound, failed: None }
    }

    /// The value of the next `$n`.
    pub fn bind(mut self, value: impl Value) -> Self {
        let added = match &mut self.bound {
            Bound::Sqlite(_, arguments) => arguments.add(value),
            Bound::Postgres(_, arguments) => arguments.add(value),
        };
        self.failed = self.failed.or(added.err());
        self
    }

    /// Every row.
    pub async fn all<R: Row>(self) -> Result<Vec<R>> {
        let (sql, bound) = self.checked()?;
        Ok(match bound {
            Bound::Sqlite(tx, arguments) => sqlx::query_as_with(sql, arguments).fetch_all(&mut **tx).await?,
            Bound::Postgres(tx, arguments) => in_time(sqlx::query_as_with(sql, arguments).fetch_all(&mut **tx)).await?,
        })
    }

    /// The row, if there is one.
    pub async fn optional<R: Row>(self) -> Result<Option<R>> {
        let (sql, bound) = self.checked()?;
        Ok(match bound {
            Bound::Sqlite(tx, arguments) => sqlx::query_as_with(sql, arguments).fetch_optional(&mut **tx).await?,
            Bound::Postgres(tx, arguments) => {
                in_time(sqlx::query_as_with(sql, arguments).fetch_optional(&mut **tx)).await?
            }
        })
    }

    /// The row that must be there.
    pub async fn one<R: Row>(self) -> Result<R> {
        self.optional().await?.ok_or_else(|| Error::Internal("a statement that must answer a row did not".into()))
    }

    /// Runs the statement; answers how many rows it touched.
    pub async fn execute(self) -> Result<u64> {
        let (sql, bound) = self.checked()?;
        Ok(match bound {
            Bound::Sqlite(tx, arguments) => sqlx::query_with(sql, arguments).execute(&mut **tx).await?.rows_affected(),
            Bound::Postgres(tx, arguments) => {
                in_time(sqlx::query_with(sql, arguments).execute(&mut **tx)).await?.rows_affected()
            }
        })
    }

    fn checked(self) -> Result<(SqlStr, Bound<'t>)> {
        if let Some(error) = self.failed {
            return Err(Error::Internal(error));
        }
        if cfg!(debug_assertions) {
            let values = match &self.bound {
                Bound::Sqlite(_, arguments) => arguments.len(),
                Bound::Postgres(_, arguments) => arguments.len(),
            };
            // A forgotten value would silently be null on SQLite.
            assert_eq!(
                highest_placeholder(self.sql.as_str()),
                values,
                "$n and values differ in: {}",
                self.sql.as_str()
            );
        }
        Ok((self.sql, self.bound))
    }
}

/// The n of the highest `$n`; every one below must stand in the text too.
fn highest_placeholder(sql: &str) -> usize {
    let mut seen: Vec<usize> = sql
        .split('$')
        .skip(1)
        .filter_map(|rest| {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .collect();
    seen.sort_unstable();
    seen.dedup();
    debug_assert!(seen.iter().copied().eq(1..=seen.len()), "the $n have a gap in: {sql}");
    seen.len()
}

#[cfg(test)]
mod tests {
    use super::highest_placeholder;

    #[test]
    fn placeholders_are_counted_once_each() {
        assert_eq!(highest_placeholder("select 1"), 0);
        assert_eq!(highest_placeholder("select a from b where c = $1 and ($2 is null or d = $2)"), 2);
    }
}
