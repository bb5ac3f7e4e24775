//! How SQLite would go about a query, for the tests that hold it to its indexes.

use tempfile::TempDir;

use crate::db::{FixedFragments, Query};
use crate::{Backend, Clock, Error, Result, Tx};

/// A new database, in a folder that lives as long as the test keeps it.
pub async fn backend() -> Result<(TempDir, Backend)> {
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let url = format!("sqlite:{}", folder.path().join("expenso.db").display());
    let backend = Backend::open(&url, Clock::system()).await?;
    Ok((folder, backend))
}

/// Asks how, instead of what; bind as for the query itself.
pub fn explain<'t>(tx: &'t mut Tx, sql: &str) -> Query<'t> {
    tx.query_of(FixedFragments(format!("explain query plan {sql}")))
}

/// The steps of what was explained.
pub async fn steps(explained: Query<'_>) -> Result<Vec<String>> {
    let rows = explained.all::<(i64, i64, i64, String)>().await?;
    Ok(rows.into_iter().map(|(.., step)| step).collect())
}
