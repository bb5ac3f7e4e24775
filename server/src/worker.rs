//! The worker sends what waits in the outbox, right after the commit that wrote it, and tidies up once an hour.

use std::sync::Arc;
use std::time::Duration;

use backend::outbox::{self, Claimed};
use backend::{Backend, housekeeping};
use chrono::TimeDelta;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::deliver::Mailer;
use crate::letters::{Letter, compose};

/// Letters under way at once.
const AT_ONCE: u32 = 8;
/// A look at the outbox without being woken: another server may have written to it.
const LOOK: Duration = Duration::from_secs(5);
const TIDY: Duration = Duration::from_hours(1);

pub struct Worker {
    backend: Backend,
    mailer: Arc<Mailer>,
    base_url: String,
}

/// Returns once the channel says `true`.
pub async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

impl Worker {
    pub fn new(backend: Backend, mailer: Arc<Mailer>, base_url: String) -> Self {
        Self { backend, mailer, base_url }
    }

    /// Works until it is told to stop; letters under way are finished.
    pub async fn run(self, stopped: watch::Receiver<bool>) {
        let worker = Arc::new(self);
        let mut under_way = JoinSet::new();
        let mut tidied: Option<Instant> = None;
        while !*stopped.borrow() {
            if tidied.is_none_or(|then| then.elapsed() > TIDY) {
                tidied = Some(Instant::now());
                if let Err(error) = housekeeping::sweep(&worker.backend).await {
                    tracing::warn!(%error, "tidying up failed");
                }
            }
            let free = AT_ONCE.saturating_sub(u32::try_from(under_way.len()).unwrap_or(AT_ONCE));
            for message in worker.due(free).await {
                let worker = Arc::clone(&worker);
                under_way.spawn(async move { worker.deliver(message).await });
            }
            let wait = worker.wait().await;
            tokio::select! {
                () = worker.backend.outbox_woken() => (),
                Some(_) = under_way.join_next() => (),
                () = sleep(wait) => (),
                () = until(stopped.clone()) => (),
            }
        }
        while under_way.join_next().await.is_some() {}
    }

    /// Messages that this worker now has to itself. Looking first spares the database a write.
    async fn due(&self, most: u32) -> Vec<Claimed> {
        if most == 0 {
            return Vec::new();
        }
        let found = async {
            match outbox::next_due(&self.backend).await? {
                Some(due) if due <= self.backend.clock.now() => outbox::claim(&self.backend, most).await,
                _ => Ok(Vec::new()),
            }
        };
        found.await.unwrap_or_else(|error| {
            tracing::warn!(%error, "the outbox cannot be read");
            Vec::new()
        })
    }

    /// How long nothing is due.
    async fn wait(&self) -> Duration {
        let due = outbox::next_due(&self.backend).await.ok().flatten();
        let until = due.and_then(|due| (due - self.backend.clock.now()).to_std().ok());
        // Something due that was not claimed just now waits for a free hand or a moment.
        let least = Duration::from_millis(200);
        if due.is_some() { until.unwrap_or(least).clamp(least, LOOK) } else { LOOK }
    }

    async fn deliver(&self, message: Claimed) {
        let done = timeout(Duration::from_secs(25), self.try_to_deliver(&message)).await;
        match done {
            Ok(Ok(())) => {}
            // The claim lapses, and the message is tried again.
            Ok(Err(error)) => tracing::warn!(kind = message.kind, %error, "a letter could not be handled"),
            Err(_) => tracing::warn!(kind = message.kind, "a letter took too long"),
        }
    }

    async fn try_to_deliver(&self, message: &Claimed) -> backend::Result<()> {
        let letter = match compose(&self.backend, &self.base_url, self.mailer.reaches_people(), message).await {
            Ok(letter) => letter,
            Err(error @ backend::Error::Internal(_)) => {
                tracing::error!(kind = message.kind, %error, "a letter cannot be written");
                return outbox::park(&self.backend, message.id, "the letter cannot be written").await;
            }
            Err(error) => return Err(error),
        };
        let letter = match letter {
            Letter::Send(letter) => letter,
            Letter::Drop(why) => {
                tracing::info!(kind = message.kind, why, "a letter is not sent");
                return outbox::park(&self.backend, message.id, why).await;
            }
        };
        match self.mailer.send(&letter).await {
            Ok(()) => {
                metrics::counter!("expenso_letters_total", "kind" => message.kind.clone()).increment(1);
                tracing::info!(kind = message.kind, tries = message.tries, "a letter was sent");
                outbox::mark_sent(&self.backend, message.id).await
            }
            Err(undelivered) => {
                tracing::warn!(
                    kind = message.kind,
                    tries = message.tries,
                    why = undelivered.why,
                    "a letter was not taken"
                );
                let at_least = undelivered.not_before.unwrap_or(TimeDelta::zero());
                outbox::retry_later(&self.backend, message, &undelivered.why, at_least).await
            }
        }
    }
}
