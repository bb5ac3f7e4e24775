//! Letters handed to an SMTP server.

use lettre::message::Mailbox;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use super::{CONNECT, EmailMessage, Undelivered};
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
            // Of the connection alone; the whole has the patience of the mailer.
            .timeout(Some(CONNECT))
            .build();
        Ok(Self { transport, from })
    }

    pub async fn send(&self, message: &EmailMessage) -> Result<(), Undelivered> {
        let answer = self.transport.send(message.mime(&self.from)?).await;
        answer.map(drop).map_err(|error| match error.status() {
            Some(code) => Undelivered::because(format!("the mail server answered {code}")),
            None => Undelivered::because("the mail server cannot be reached"),
        })
    }
}
