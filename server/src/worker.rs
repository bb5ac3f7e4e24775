//! The worker sends what waits in the outbox, right after the commit that wrote it, writes the letters whose
//! morning has come, and tidies up once an hour.

mod hook;
mod letter;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use backend::outbox::{self, Claimed};
use backend::{Backend, hooks, housekeeping, jobs, leaving, paces, reminders, reports, staff};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use uuid::Uuid;

use crate::deliver::Mailer;
use crate::deliver::hook::Hooks;
use crate::rates::RatesSource;
use crate::supervise::keep_going;

/// Letters under way at once.
const AT_ONCE: u32 = 8;
/// A look at the outbox without being woken: another server may have written to it.
const LOOK: Duration = Duration::from_secs(5);
/// The shortest wait between two looks.
const MOMENT: Duration = Duration::from_millis(200);
const TIDY: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);
/// How long letters under way may take to end after the worker was told to stop.
const FAREWELL: Duration = Duration::from_secs(4);
/// A look for reminders and monthly reports that are due.
const MORNING: Duration = Duration::from_secs(30);

/// Why a job failed.
type Failure = Box<dyn std::error::Error + Send + Sync>;

pub struct Worker {
    backend: Backend,
    mailer: Arc<Mailer>,
    hooks: Hooks,
    base_url: String,
    /// Where rates of currencies are read.
    rates: Option<RatesSource>,
    /// Letters that the provider took and that the database does not know as sent yet.
    delivered: Mutex<BTreeSet<Uuid>>,
}

/// Returns once the channel says `true`.
pub async fn until(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
}

impl Worker {
    pub fn new(backend: Backend, mailer: Arc<Mailer>, base_url: String) -> Self {
        Self { backend, mailer, hooks: Hooks::new(&[]), base_url, rates: None, delivered: Mutex::default() }
    }

    /// Reads rates of currencies too.
    #[must_use]
    pub fn with_rates(self, rates: Option<RatesSource>) -> Self {
        Self { rates, ..self }
    }

    /// Tells the programs of the people here too, wherever these may lead to.
    #[must_use]
    pub fn with_hooks(self, hooks: Hooks) -> Self {
        Self { hooks, ..self }
    }

    /// Works until it is told to stop, and ends within five seconds then. A letter that is still under way is
    /// left: its claim lapses, and it is sent after the next start.
    pub async fn run(self, stopped: watch::Receiver<bool>) {
        let worker = Arc::new(self);
        let patience = async {
            until(stopped.clone()).await;
            sleep(FAREWELL).await;
        };
        let works = async {
            tokio::join!(
                keep_going("the worker", || Arc::clone(&worker).work(stopped.clone())),
                keep_going("the writer of reminders", || Arc::clone(&worker).mornings(stopped.clone())),
                keep_going("the reader of rates", || Arc::clone(&worker).read_rates(stopped.clone())),
            )
        };
        tokio::select! {
            _ = works => (),
            () = patience => tracing::warn!("some letters did not end in time"),
        }
    }

    async fn work(self: Arc<Self>, stopped: watch::Receiver<bool>) {
        let mut under_way = JoinSet::new();
        let mut tidied: Option<Instant> = None;
        while !*stopped.borrow() {
            if tidied.is_none_or(|then| then.elapsed() > TIDY) {
                tidied = Some(Instant::now());
                self.job("Tidying up", self.tidy_up().await).await;
                self.job("Deleting accounts", self.end_accounts().await).await;
            }
            self.mark_delivered().await;
            let free = AT_ONCE.saturating_sub(u32::try_from(under_way.len()).unwrap_or(AT_ONCE));
            for message in self.due(free).await {
                under_way.spawn(Arc::clone(&self).deliver(message));
            }
            let wait = self.wait().await;
            tokio::select! {
                () = self.backend.outbox_woken() => (),
                Some(_) = under_way.join_next() => (),
                () = sleep(wait) => (),
                () = until(stopped.clone()) => (),
            }
        }
        while under_way.join_next().await.is_some() {}
        while !self.mark_delivered().await {
            sleep(MOMENT).await;
        }
    }

    async fn tidy_up(&self) -> Result<(), Failure> {
        housekeeping::sweep(&self.backend).await?;
        Ok(self.mailer.sweep(self.backend.clock.now()).await?)
    }

    async fn end_accounts(&self) -> Result<(), Failure> {
        let gone = leaving::end_due(&self.backend).await?;
        Ok(self.mailer.forget(&gone).await?)
    }

    /// Reminders of bills, the pace of budgets and monthly reports, beside the sending, which waits for none of them.
    async fn mornings(self: Arc<Self>, stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            self.job("Reminders of bills", reminders::write(&self.backend).await).await;
            self.job("The pace of budgets", paces::judge(&self.backend).await).await;
            self.job("Webhooks about bills", hooks::tell_due(&self.backend).await).await;
            self.job("Letters to everybody", staff::address_broadcasts(&self.backend).await).await;
            self.job("Monthly reports", self.write_reports().await).await;
            tokio::select! {
                () = sleep(MORNING) => (),
                () = until(stopped.clone()) => (),
            }
        }
    }

    /// Once a day, and again in an hour where that failed. Records go on with the rates that are known.
    async fn read_rates(self: Arc<Self>, stopped: watch::Receiver<bool>) {
        let Some(source) = &self.rates else { return };
        while !*stopped.borrow() {
            let read = source.read_into(&self.backend).await;
            let wait = if read.is_ok() { DAY } else { TIDY };
            self.job("Reading rates", read).await;
            tokio::select! {
                () = sleep(wait) => (),
                () = until(stopped.clone()) => (),
            }
        }
    }

    /// Says how a job went: to the log where it failed, and to whoever runs the server.
    async fn job<T, E: std::fmt::Display>(&self, name: &'static str, done: Result<T, E>) {
        let failed = done.err().map(|error| error.to_string());
        if let Some(error) = &failed {
            tracing::warn!(job = name, error, "a job failed");
        }
        if let Err(error) = jobs::note(&self.backend, name, failed).await {
            tracing::warn!(%error, "how a job went could not be noted");
        }
    }

    /// Looking first spares the database a write.
    async fn write_reports(&self) -> backend::Result<()> {
        if reports::due_now(&self.backend).await? { reports::write_due(&self.backend).await } else { Ok(()) }
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
        if due.is_some() { until.unwrap_or(MOMENT).clamp(MOMENT, LOOK) } else { LOOK }
    }
}
