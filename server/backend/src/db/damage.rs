//! What an engine says about its own file.

use super::Tx;
use crate::Result;

impl Tx {
    /// The damage that the engine finds, in its own words; none where all is well. PostgreSQL watches its pages
    /// and keys by itself.
    pub async fn damage(&mut self) -> Result<Vec<String>> {
        if matches!(self, Self::Postgres(_)) {
            return Ok(Vec::new());
        }
        let said: Vec<(String,)> = self.query("pragma integrity_check").all().await?;
        let orphans: Vec<(String, i64)> = self
            .query("select \"table\", count(*) from pragma_foreign_key_check group by \"table\" order by \"table\"")
            .all()
            .await?;
        let said = said.into_iter().map(|(line,)| line).filter(|line| line != "ok");
        let orphans = orphans.into_iter().map(|(table, rows)| format!("{rows} rows of {table} belong to nothing"));
        Ok(said.chain(orphans).collect())
    }
}
