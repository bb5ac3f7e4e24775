//! Letters handed to an SMTP server.

use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use super::{EmailMessage, PATIENCE, Undelivered};
use crate::config::ConfigError;

pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    pub fn new(url: &str, from: Mailbox) -> Result<Self, ConfigError> {
        // The error would quote the password.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| {
                ConfigError("mail.smtp_url: expected smtps://user:password@host:465 or smtp://…?tls=required".into())
            })?
            .timeout(Some(PATIENCE))
            .build();
        Ok(Self { transport, from })
    }

    pub async fn send(&self, message: &EmailMessage) -> Result<(), Undelivered> {
        let answer = self.transport.send(message.mime(&self.from)?).await;
        answer.map(drop).map_err(|error| match error.status() {
            Some(code) => Undelivered::because(format!("the mail server answered {code}")),
            None if error.is_timeout() => Undelivered::because("the mail server did not answer in time"),
            None => Undelivered::because("the mail server cannot be reached"),
        })
    }
}
