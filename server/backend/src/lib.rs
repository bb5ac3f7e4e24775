//! Use cases on top, SQL below.
//!
//! ```text
//! server, app(ssr) ──▶ use cases(&Backend, &Member, …) ──▶ Tx ──▶ SQLite | PostgreSQL
//!                      read ▸ decide (ledger) ▸ save ▸ outbox ▸ commit ▸ wake
//! ```
//! Every write of a book raises its revision first, in the same transaction. [`Member`] is the
//! permission; [`Clock`] is the time; [`db`] alone knows which engine runs.

pub mod clock;
pub mod db;
mod error;
mod member;

use std::sync::Arc;

use tokio::sync::Notify;

pub use clock::Clock;
pub use db::{Db, Tx};
pub use error::{Cause, Error, Result};
pub use member::{Member, Role};

/// All that a use case works with. Cloning is cheap and shares everything.
#[derive(Clone)]
pub struct Backend {
    pub db: Db,
    pub clock: Clock,
    wake: Arc<Notify>,
}

impl Backend {
    /// Opens the database and brings its tables to the newest shape.
    pub async fn open(database_url: &str, clock: Clock) -> Result<Self> {
        let db = Db::open(database_url).await?;
        db.migrate().await?;
        Ok(Self { db, clock, wake: Arc::new(Notify::new()) })
    }
}
