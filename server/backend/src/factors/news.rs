//! Letters to the owner about the ways into their account.

use ledger::id::UserId;
use serde::{Deserialize, Serialize};

use crate::{Backend, Result, Tx, outbox};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum News {
    On,
    Off,
    /// A recovery code was used.
    CodeUsed,
    NewCodes,
    /// Too many wrong codes were tried by somebody who knows the password.
    WrongCodes,
    PasskeyAdded,
    PasskeyRemoved,
}

/// Writes the letter; after the commit call [`Backend::wake_outbox`].
pub(crate) async fn tell(tx: &mut Tx, backend: &Backend, user: UserId, news: News) -> Result<()> {
    write(tx, backend, user, news, format!("second_factor:{}", backend.clock.new_id())).await
}

/// The same, once in a day of UTC, whoever goes on with it.
pub(crate) async fn tell_once_a_day(tx: &mut Tx, backend: &Backend, user: UserId, news: News) -> Result<()> {
    let key = format!("second_factor:{user}:{news:?}:{}", backend.clock.now().date_naive());
    write(tx, backend, user, news, key).await
}

async fn write(tx: &mut Tx, backend: &Backend, user: UserId, news: News, key: String) -> Result<()> {
    let now = backend.clock.now();
    let payload = serde_json::json!({ "user": user, "news": news });
    let push = outbox::Push { key, kind: "second_factor", book: None, user: Some(user), payload, due: now };
    outbox::push(tx, &backend.clock, push).await?;
    Ok(())
}
