//! One message to a program of the people here.

use backend::hooks::{self, Attempt, News};
use backend::outbox::{self, Claimed};
use chrono::TimeDelta;

use super::Worker;
use crate::deliver::hook::Signed;

impl Worker {
    /// Sends it, notes what came of it where its owner looks, and tells the outbox.
    pub(super) async fn tell(&self, message: &Claimed) -> backend::Result<()> {
        let Ok(news) = serde_json::from_str::<News>(&message.payload) else {
            return outbox::park(&self.backend, message.id, "nobody can read this message").await;
        };
        let Some(letter) = hooks::compose(&self.backend, message.id, message.created_at, &news).await? else {
            return outbox::park(&self.backend, message.id, "there is nothing to tell any more").await;
        };
        let now = self.backend.clock.now();
        let signed = Signed {
            url: &letter.url,
            id: message.id.to_string(),
            unix_time: now.timestamp(),
            signature: hooks::sign(&self.backend, news.hook, message.id, now.timestamp(), &letter.body).await?,
            body: letter.body,
        };
        let sent = self.hooks.send(&signed).await;
        let (status, why) = match &sent {
            Ok(status) => (Some(*status), None),
            Err(refused) => (refused.status, Some(refused.why.clone())),
        };
        let event = letter.event.word().to_owned();
        let attempt = Attempt { event, at: now, status: status.map(i64::from), why: why.clone() };
        hooks::note(&self.backend, news.hook, attempt).await?;
        match why {
            None => {
                self.mark(message.id).await;
                Ok(())
            }
            Some(why) => self.put_off(message, &why, TimeDelta::zero()).await,
        }
    }
}
