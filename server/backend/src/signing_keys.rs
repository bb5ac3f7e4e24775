//! Which keys sign sessions: names and times. What a key is follows from its name and the installation's secret,
//! which never comes here.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{Backend, Result};

/// A key that all servers of an installation know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SigningKey {
    pub id: Uuid,
    pub made_at: DateTime<Utc>,
}

/// Keys that are looked at: the one that signs, and some that did before it.
const KEPT: i64 = 8;

/// The keys, the newest first; the first of all is made now if there is none.
pub async fn all(backend: &Backend) -> Result<Vec<SigningKey>> {
    let mut tx = backend.db.read().await?;
    let keys: Vec<SigningKey> = tx
        .query("select id, made_at from signing_keys order by made_at desc, id desc limit $1")
        .bind(KEPT)
        .all()
        .await?;
    drop(tx);
    if keys.is_empty() { Ok(vec![rotate(backend).await?]) } else { Ok(keys) }
}

/// Makes a key that signs from now on, and forgets those that nobody looks at any more.
pub async fn rotate(backend: &Backend) -> Result<SigningKey> {
    let key = SigningKey { id: backend.clock.new_id(), made_at: backend.clock.now() };
    let mut tx = backend.db.write().await?;
    tx.query("insert into signing_keys (id, made_at) values ($1, $2)").bind(key.id).bind(key.made_at).execute().await?;
    tx.query(
        "delete from signing_keys where id not in (select id from signing_keys order by made_at desc, id desc limit $1)",
    )
    .bind(KEPT)
    .execute()
    .await?;
    tx.commit().await?;
    Ok(key)
}
