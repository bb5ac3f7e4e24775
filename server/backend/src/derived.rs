//! Secrets that follow from the installation's key and the id of a row, so that they are stored nowhere. When another key
//! takes over they stay what they are: each is sealed under it then, beside its row.

use uuid::Uuid;

use crate::{Key, Result, Tx, sealed};

/// One kind of them.
pub(crate) struct Derived {
    pub purpose: &'static str,
    /// Selects what is sealed beside the row with the id `$1`.
    pub find: &'static str,
    /// Selects the id of each row, and what is sealed beside it.
    pub all: &'static str,
    /// Keeps what is sealed, `$1`, beside the row with the id `$2`.
    pub keep: &'static str,
}

impl Derived {
    /// The secret of a row that is made under this key.
    pub fn fresh(&self, key: &Key, id: Uuid) -> [u8; 32] {
        key.derive(&[self.purpose.as_bytes(), id.as_bytes()])
    }

    /// The secret of a row.
    pub async fn of(&self, tx: &mut Tx, key: &Key, id: Uuid) -> Result<[u8; 32]> {
        let found = tx.query(self.find).bind(id).optional::<(Option<String>,)>().await?;
        Ok(self.read(key, id, found.and_then(|(sealed,)| sealed).as_deref()))
    }

    /// The secret of a row beside which this is sealed. What another key sealed is lost, and a new secret in its place.
    pub fn read(&self, key: &Key, id: Uuid, sealed: Option<&str>) -> [u8; 32] {
        let kept = sealed.and_then(|sealed| sealed::open(key, self.purpose, id.as_bytes(), sealed));
        kept.and_then(|bytes| bytes.try_into().ok()).unwrap_or_else(|| self.fresh(key, id))
    }

    /// Seals all of them under the key that takes over from `former`.
    pub async fn seal_anew(&self, tx: &mut Tx, former: &Key, next: &Key) -> Result<()> {
        for (id, kept) in tx.query(self.all).all::<(Uuid, Option<String>)>().await? {
            let secret = self.read(former, id, kept.as_deref());
            let sealed = sealed::seal(next, self.purpose, id.as_bytes(), &secret)?;
            tx.query(self.keep).bind(sealed).bind(id).execute().await?;
        }
        Ok(())
    }
}
