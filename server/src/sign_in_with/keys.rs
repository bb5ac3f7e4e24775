//! The keys that a provider signs with: fetched when first needed, and again for a signature by one that is not known.

use std::time::Duration;

use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde_json::Value;

use super::ProviderError;
use super::kept::Kept;
use super::peer::Peer;

const FRESH: Duration = Duration::from_hours(1);
/// How soon after a fetch an unknown key is a reason for another.
const AGAIN: Duration = Duration::from_mins(1);

pub struct Keys(Kept<Vec<Jwk>>);

#[derive(Deserialize)]
struct KeySet {
    /// One of a kind that is not known here does not spoil the others.
    keys: Vec<Value>,
}

impl Keys {
    pub fn new() -> Self {
        Self(Kept::new(FRESH))
    }

    pub async fn known(&self, peer: &Peer, url: &str) -> Result<Vec<Jwk>, ProviderError> {
        self.0.get(fetch(peer, url)).await
    }

    /// After a signature by a key that [`Self::known`] lacks.
    pub async fn newest(&self, peer: &Peer, url: &str) -> Result<Vec<Jwk>, ProviderError> {
        self.0.get_unless_older(AGAIN, fetch(peer, url)).await
    }
}

async fn fetch(peer: &Peer, url: &str) -> Result<Vec<Jwk>, ProviderError> {
    let set: KeySet = peer.document("the keys", url).await?;
    Ok(set.keys.into_iter().filter_map(|key| serde_json::from_value(key).ok()).collect())
}
