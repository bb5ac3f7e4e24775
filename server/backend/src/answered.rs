//! Requests that name a key of their own: tried again, each has the answer that it had, and does nothing twice.
//!
//! A request is claimed before it is done, together with the id of what it makes. Should the answer get lost between
//! the two, the next try makes the same thing under the same id, which is the same as making it once.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::access_tokens::TokenId;
use crate::{Backend, Result, secrets};

/// How long an answer is kept.
pub const KEPT: TimeDelta = TimeDelta::hours(24);
/// How long a request may be under way; after that whoever was at it is gone.
const UNDER_WAY: TimeDelta = TimeDelta::minutes(1);

/// What is to be done about a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is to be done, making its thing under this id.
    Ours(Uuid),
    /// Somebody is just doing it.
    UnderWay,
    /// It was done, and this was the answer.
    Answered(String),
    /// The key was used for something else.
    Other,
}

/// One request of a program, by the key that it names.
#[derive(Clone, Debug)]
pub struct Keyed {
    token: TokenId,
    key_hash: String,
    request_hash: String,
}

impl Keyed {
    /// `asked` is all of what is asked for: where, and what was sent.
    pub fn new(token: TokenId, key: &str, asked: &str) -> Self {
        Self { token, key_hash: secrets::fingerprint(key), request_hash: secrets::fingerprint(asked) }
    }
}

/// Claims a request, or answers what became of it.
pub async fn claim(backend: &Backend, keyed: &Keyed) -> Result<Claim> {
    let now = backend.clock.now();
    if let Some(known) = look(backend, keyed).await? {
        return Ok(known);
    }
    let mut tx = backend.db.write().await?;
    // A claim that lapsed is taken over with its id; one that is older than answers are kept is a new one.
    let claimed = tx
        .query(
            "insert into answered_requests (token_id, key_hash, request_hash, made_id, claimed_at) values ($1, $2, $3, $4, $5)
             on conflict (token_id, key_hash) do update set
                made_id = case when answered_requests.claimed_at <= $7 then excluded.made_id else answered_requests.made_id end,
                request_hash = excluded.request_hash, claimed_at = excluded.claimed_at, answer = null
             where answered_requests.claimed_at <= $7
                or (answered_requests.answer is null and answered_requests.claimed_at <= $6
                    and answered_requests.request_hash = excluded.request_hash)
             returning made_id",
        )
        .bind(keyed.token.0)
        .bind(keyed.key_hash.clone())
        .bind(keyed.request_hash.clone())
        .bind(backend.clock.new_id())
        .bind(now)
        .bind(now - UNDER_WAY)
        .bind(now - KEPT)
        .optional::<(Uuid,)>()
        .await?;
    tx.commit().await?;
    match claimed {
        Some((made,)) => Ok(Claim::Ours(made)),
        // Somebody was faster.
        None => Ok(look(backend, keyed).await?.unwrap_or(Claim::UnderWay)),
    }
}

/// What is known of a request; `None` where it may be claimed.
async fn look(backend: &Backend, keyed: &Keyed) -> Result<Option<Claim>> {
    let now = backend.clock.now();
    let mut tx = backend.db.read().await?;
    let found = tx
        .query(
            "select request_hash, answer, claimed_at from answered_requests
             where token_id = $1 and key_hash = $2 and claimed_at > $3",
        )
        .bind(keyed.token.0)
        .bind(keyed.key_hash.clone())
        .bind(now - KEPT)
        .optional::<(String, Option<String>, DateTime<Utc>)>()
        .await?;
    Ok(found.and_then(|(request, answer, claimed)| match answer {
        _ if request != keyed.request_hash => Some(Claim::Other),
        Some(answer) => Some(Claim::Answered(answer)),
        None => (claimed > now - UNDER_WAY).then_some(Claim::UnderWay),
    }))
}

/// Keeps the answer to a request that was claimed; without one the key is free again, as nothing was done.
pub async fn settle(backend: &Backend, keyed: &Keyed, answer: Option<String>) -> Result<()> {
    let mut tx = backend.db.write().await?;
    if let Some(answer) = answer {
        let sql = "update answered_requests set answer = $3 where token_id = $1 and key_hash = $2";
        tx.query(sql).bind(keyed.token.0).bind(keyed.key_hash.clone()).bind(answer).execute().await?;
    } else {
        let sql = "delete from answered_requests where token_id = $1 and key_hash = $2 and answer is null";
        tx.query(sql).bind(keyed.token.0).bind(keyed.key_hash.clone()).execute().await?;
    }
    tx.commit().await
}
