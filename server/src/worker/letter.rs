//! One letter: written, handed to the provider, and what came of it told to the outbox.

use std::collections::BTreeSet;
use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Duration;

use backend::outbox::{self, Claimed};
use chrono::TimeDelta;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::Worker;
use crate::deliver::PATIENCE;
use crate::letters::{Letter, Unwritten, compose};
use crate::supervise::caught;

/// How often the claim on a letter under way is renewed: it outlives two renewals that fail.
const RENEWAL: Duration = Duration::from_secs(10);
/// How long a letter may be under way, database included.
const LONGEST: Duration = PATIENCE.saturating_add(Duration::from_secs(15));

impl Worker {
    /// Handles a claimed message, and keeps the claim meanwhile.
    pub(super) async fn deliver(self: Arc<Self>, message: Claimed) {
        if self.delivered().contains(&message.id) {
            // The provider took it, and the claim lapsed before the database could be told.
            self.mark(message.id).await;
            return;
        }
        let (worker, its) = (Arc::clone(&self), message.clone());
        let handled = caught(async move { timeout(LONGEST, worker.handle(&its)).await });
        let kind = &message.kind;
        let done = tokio::select! {
            done = handled => done,
            () = self.keep_claim(message.id) => return,
        };
        let done = match done {
            Some(Ok(done)) => done,
            Some(Err(_)) => return tracing::warn!(kind, "a letter took too long"),
            None => self.put_off(&message, "a panic", TimeDelta::zero()).await,
        };
        if let Err(error) = done {
            // The claim lapses, and the message is tried again.
            tracing::warn!(kind, %error, "a letter could not be handled");
        }
    }

    /// Renews the claim for as long as it is polled.
    async fn keep_claim(&self, id: Uuid) {
        loop {
            sleep(RENEWAL).await;
            if let Err(error) = outbox::renew(&self.backend, id).await {
                tracing::warn!(%error, "the claim on a letter could not be renewed");
            }
        }
    }

    async fn handle(&self, message: &Claimed) -> backend::Result<()> {
        let kind = &message.kind;
        if kind == "hook" {
            return self.tell(message).await;
        }
        let letter = match compose(&self.backend, &self.base_url, self.mailer.reaches_people(), message).await {
            Ok(Letter::Send(letter)) => letter,
            Ok(Letter::Wait { user, until }) => {
                tracing::info!(kind, "a letter waits for its address to be confirmed");
                return outbox::park_until_confirmed(&self.backend, message, user, until).await;
            }
            Ok(Letter::Drop(why)) => {
                tracing::info!(kind, why, "a letter is not sent");
                return outbox::park(&self.backend, message.id, why).await;
            }
            Err(Unwritten::Faulty(why)) => {
                outbox::park(&self.backend, message.id, why).await?;
                gave_up(message, why);
                return Ok(());
            }
            Err(Unwritten::Unknown(error)) => {
                tracing::warn!(kind, %error, "a letter cannot be written now");
                return self.put_off(message, "the database did not answer", TimeDelta::zero()).await;
            }
        };
        match self.mailer.send(&letter).await {
            Ok(()) => {
                self.delivered().insert(message.id);
                metrics::counter!("expenso_letters_total", "kind" => kind.clone()).increment(1);
                tracing::info!(kind, tries = message.tries + 1, "a letter was sent");
                self.mark(message.id).await;
                Ok(())
            }
            Err(undelivered) => {
                tracing::warn!(kind, tries = message.tries + 1, why = undelivered.why, "a letter was not taken");
                self.put_off(message, &undelivered.why, undelivered.not_before.unwrap_or_default()).await
            }
        }
    }

    /// It is tried again later, unless it is too old.
    pub(super) async fn put_off(&self, message: &Claimed, why: &str, at_least: TimeDelta) -> backend::Result<()> {
        if outbox::retry_later(&self.backend, message, why, at_least).await?.is_none() {
            gave_up(message, why);
        }
        Ok(())
    }

    /// Tells the database what the provider took; `false` when something is left for the next time.
    pub(super) async fn mark_delivered(&self) -> bool {
        let delivered = self.delivered().clone();
        for id in delivered {
            self.mark(id).await;
        }
        self.delivered().is_empty()
    }

    /// It is sent. Until the database knows, this process does: it is never sent again.
    pub(super) async fn mark(&self, id: Uuid) {
        match outbox::mark_sent(&self.backend, id).await {
            Ok(()) => {
                self.delivered().remove(&id);
            }
            Err(error) => tracing::warn!(%error, "a letter was sent and could not be marked; it will be"),
        }
    }

    fn delivered(&self) -> MutexGuard<'_, BTreeSet<Uuid>> {
        self.delivered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Says loudly that somebody will not get a letter.
fn gave_up(message: &Claimed, why: &str) {
    metrics::counter!("expenso_letters_parked_total", "kind" => message.kind.clone()).increment(1);
    tracing::error!(kind = message.kind, id = %message.id, why, "a letter is given up");
}
