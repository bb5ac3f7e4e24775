//! The one place that names a database engine: SQLite and PostgreSQL behind the same small words.

mod damage;
mod file;
mod tx;
mod value;

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection as _};

pub use file::DatabaseFile;
use tx::in_time;
pub use tx::{FixedFragments, Query, Tx};
pub use value::{Row, Value};

use crate::{Error, Result};

/// How long a call waits for a connection or for a lock before it answers [`Error::Unavailable`].
const PATIENCE: Duration = Duration::from_secs(5);
/// What PostgreSQL itself keeps to: how long a statement may wait for a lock, how long it may run, and how long
/// a transaction may do nothing.
const POSTGRES_LIMITS: [(&str, &str); 3] =
    [("lock_timeout", "5s"), ("statement_timeout", "15s"), ("idle_in_transaction_session_timeout", "30s")];
/// A migration takes as long as it takes, and waits for a server that migrates already.
const NO_LIMITS: [(&str, &str); 2] = [("lock_timeout", "0"), ("statement_timeout", "0")];
/// Connections that read side by side on SQLite.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL in all.
const POSTGRES_CONNECTIONS: u32 = 16;

/// The database. Cloning shares the connections.
#[derive(Clone)]
pub enum Db {
    /// One writer, so that nobody meets "database is locked", and readers that never wait for it.
    Sqlite {
        writer: SqlitePool,
        reader: SqlitePool,
        file: Arc<DatabaseFile>,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens `sqlite:path` (made when missing) or `postgres://…`. Nothing is migrated yet.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("sqlite:") {
            return Self::open_sqlite(SqliteConnectOptions::from_str(url)?).await;
        }
        // No statement is ever logged: its values are private.
        let options = PgConnectOptions::from_str(url)?.disable_statement_logging().options(POSTGRES_LIMITS);
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(PATIENCE)
            // Its place in the pool must not be held by a connection whose server is silent.
            .after_release(|connection, _| {
                Box::pin(async move {
                    let pong = tokio::time::timeout(PATIENCE, connection.ping()).await;
                    pong.unwrap_or(Err(sqlx::Error::PoolTimedOut)).map(|()| true)
                })
            })
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    async fn open_sqlite(options: SqliteConnectOptions) -> Result<Self> {
        let options = options
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .synchronous(SqliteSynchronous::Full)
            .statement_cache_capacity(256)
            .pragma("cache_size", "-8000")
            .pragma("mmap_size", "268435456")
            .pragma("temp_store", "memory")
            // What a long reader made the write-ahead log grow to is given back.
            .pragma("journal_size_limit", "67108864")
            .disable_statement_logging();
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(PATIENCE)
            // A full disk ends a transaction before it is rolled back, after which sqlx would begin no other one.
            // The ping waits behind a rollback that is still on its way.
            .after_release(|connection, _| {
                Box::pin(async move {
                    connection.ping().await?;
                    Ok(!connection.is_in_transaction())
                })
            })
            .connect_with(options.clone().journal_mode(SqliteJournalMode::Wal))
            .await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone().pragma("query_only", "on"))
            .await?;
        let file = Arc::new(DatabaseFile::opened(options.get_filename()));
        Ok(Self::Sqlite { writer, reader, file })
    }

    /// Brings the tables to the newest shape; safe when several servers start at once.
    pub async fn migrate(&self) -> Result<()> {
        let migrator = sqlx::migrate!("./migrations");
        match self {
            Self::Sqlite { writer, .. } => migrator.run(writer).await,
            Self::Postgres(pool) => {
                let options = pool.connect_options().as_ref().clone().options(NO_LIMITS);
                migrator.run(&mut options.connect().await?).await
            }
        }
        .map_err(|error| Error::Internal(error.into()))
    }

    /// A transaction that sees one moment of the database and changes nothing. Answers [`Error::Unavailable`] when
    /// the file of the database was deleted or replaced.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { reader, file, .. } => {
                file.check()?;
                Tx::Sqlite(reader.begin().await?)
            }
            Self::Postgres(pool) => {
                // Boxed, as a connection that must be made first, with TLS, would make the future of every use case large.
                let begun = Box::pin(pool.begin_with("begin isolation level repeatable read, read only"));
                Tx::Postgres(in_time(begun).await?)
            }
        })
    }

    /// A transaction that may write. On SQLite it holds the only write lock from its first moment; on
    /// PostgreSQL the first statement on a book, which raises its revision, locks that book. Answers
    /// [`Error::Unavailable`] when the file of the database was deleted or replaced.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, file, .. } => {
                // Before, as what the engine says of a file that is another one can be anything; after, as it is
                // the lock that may have been waited for.
                file.check()?;
                let tx = writer.begin_with("begin immediate").await?;
                file.check()?;
                Tx::Sqlite(tx)
            }
            Self::Postgres(pool) => Tx::Postgres(in_time(Box::pin(pool.begin())).await?),
        })
    }

    /// Whether the database answers, knows its tables, and is where it was.
    pub async fn ready(&self) -> Result<()> {
        let mut tx = self.read().await?;
        tx.query("select count(*) from books where revision < 0").one::<(i64,)>().await?;
        Ok(())
    }

    /// Ends the connections after their running statements.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, reader, .. } => {
                reader.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
