//! How letters leave: by webhook, by SMTP, or as files; and how other programs are told.

mod file;
pub mod hook;
pub mod mail;
mod smtp;
mod webhook;

use std::io;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use ledger::person::Email;

use crate::config::{Config, ConfigError, Transport};
pub use mail::{EmailMessage, Picture};

/// How long one delivery may take. A provider that took the letter and answers late must still be heard, or it
/// would get the letter again.
pub const PATIENCE: Duration = Duration::from_secs(45);
/// How long it may take until somebody listens.
const CONNECT: Duration = Duration::from_secs(10);

/// Why a letter did not leave, in words that name nobody.
#[derive(Debug, PartialEq, Eq)]
pub struct Undelivered {
    pub why: String,
    /// The wait that the provider asked for.
    pub not_before: Option<TimeDelta>,
}

impl Undelivered {
    fn because(why: impl Into<String>) -> Self {
        Self { why: why.into(), not_before: None }
    }
}

/// The one way that is configured.
pub enum Mailer {
    Webhook(webhook::Webhook),
    Smtp(smtp::Smtp),
    Files(file::Files),
}

impl Mailer {
    pub fn new(config: &Config) -> Result<Self, ConfigError> {
        let from = config.mail_from.clone();
        Ok(match &config.transport {
            Transport::Webhook { url, key } => Self::Webhook(webhook::Webhook::new(url, key.as_deref(), from)?),
            Transport::Smtp { url } => Self::Smtp(smtp::Smtp::new(url, from)?),
            Transport::Files => Self::Files(file::Files::new(config.data_dir.join("mail"), from)),
        })
    }

    /// Whether letters reach other people, and not only the operator's disk.
    pub fn reaches_people(&self) -> bool {
        !matches!(self, Self::Files(_))
    }

    /// Deletes letters on this machine that are old by now; those that left it are not ours any more.
    pub async fn sweep(&self, now: DateTime<Utc>) -> io::Result<()> {
        if let Self::Files(files) = self {
            files.sweep(now.into()).await?;
        }
        Ok(())
    }

    /// Deletes letters on this machine to people whose account has ended.
    pub async fn forget(&self, addresses: &[Email]) -> io::Result<()> {
        if let Self::Files(files) = self {
            files.forget(addresses).await?;
        }
        Ok(())
    }

    /// Sends one letter within [`PATIENCE`].
    pub async fn send(&self, message: &EmailMessage) -> Result<(), Undelivered> {
        let sent = async {
            match self {
                Self::Webhook(webhook) => webhook.send(message).await,
                Self::Smtp(smtp) => smtp.send(message).await,
                Self::Files(files) => files.write(message).await,
            }
        };
        tokio::time::timeout(PATIENCE, sent).await.unwrap_or_else(|_| Err(Undelivered::because("no answer in time")))
    }
}
