//! All that a server function can answer besides its value, without causes.

use ledger::FieldErrors;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use leptos::server_fn::{Bytes, Encodes as _};
use serde::{Deserialize, Serialize};

/// Why something did not happen. `Display` is the sentence that a person reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    #[error("Please log in to go on.")]
    SignedOut,
    /// Messages beside the fields; the form keeps what was typed.
    #[error("{0}")]
    Invalid(FieldErrors),
    #[error("This is not here any more.")]
    NotFound,
    /// The text says what to do.
    #[error("{0}")]
    Conflict(String),
    #[error("You may not do this in this book.")]
    Forbidden,
    /// The page that asks leads on.
    #[error("It is a while since you logged in. Show that it is you, then try again.")]
    ProveFirst,
    #[error("This server takes no new accounts. Ask whoever runs it.")]
    NoNewAccounts,
    /// Too often in too short a time.
    #[error("That was a little too often. Try again in {}.", wait(*retry_after))]
    TooMany {
        /// Seconds until the next try is taken.
        retry_after: u64,
    },
    #[error("Expenso is busy just now. Nothing was lost: try again in a moment.")]
    Unavailable,
    #[error("Expenso cannot be reached. Check the connection and try again.")]
    Offline,
    /// The person waited no longer. Made in the browser only.
    #[error("You stopped waiting. If it got through all the same, it shows here in a moment.")]
    Stopped,
    #[error("Something went wrong on our side (reference {reference}). Nothing you typed is lost.")]
    Internal {
        /// Names the line in the server's log that tells the cause.
        reference: String,
    },
}

impl AppError {
    /// One message beside one field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(field, message))
    }

    /// The HTTP status that the answer carries.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Invalid(_) => 422,
            Self::NotFound => 404,
            Self::Conflict(_) => 409,
            Self::Forbidden | Self::NoNewAccounts => 403,
            Self::ProveFirst => 428,
            Self::TooMany { .. } => 429,
            Self::Unavailable | Self::Offline | Self::Stopped => 503,
            Self::Internal { .. } => 500,
        }
    }

    /// Seconds after which the same call may be taken, where that is known.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooMany { retry_after } => Some(*retry_after),
            Self::Unavailable => Some(5),
            _ => None,
        }
    }

    /// Whether the same call may succeed when it is simply made again.
    pub fn is_worth_a_retry(&self) -> bool {
        matches!(self, Self::Unavailable | Self::Offline | Self::Stopped | Self::Internal { .. })
    }

    /// What to show beside fields: other errors stand for the form as a whole.
    pub fn into_field_errors(self) -> FieldErrors {
        match self {
            Self::Invalid(errors) => errors,
            other => FieldErrors::one("", other.to_string()),
        }
    }
}

impl From<FieldErrors> for AppError {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::Offline,
            // To the server that is what it was sent.
            ServerFnErrorErr::Deserialization(_) if cfg!(feature = "ssr") => unreadable(),
            // An answer that is none of ours comes from something between the browser and Expenso.
            ServerFnErrorErr::Deserialization(_) | ServerFnErrorErr::Response(_) => Self::Unavailable,
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => unreadable(),
            other => internal(&other),
        }
    }

    /// Called once for each error that leaves the server, so it is here that the answer gets its status.
    fn ser(&self) -> Bytes {
        #[cfg(feature = "ssr")]
        crate::request::answer_with(self);
        JsonEncoding::encode(self).unwrap_or_default()
    }
}

/// What was sent makes no sense.
fn unreadable() -> AppError {
    AppError::invalid("", "This form could not be read. Load the page again and retry.")
}

/// A failure of ours: the cause goes to the log, the reference to the person.
#[cfg(feature = "ssr")]
fn internal(cause: &dyn std::fmt::Display) -> AppError {
    let reference = crate::request::reference();
    tracing::error!(%reference, %cause, "a server function failed");
    AppError::Internal { reference }
}

#[cfg(not(feature = "ssr"))]
fn internal(_cause: &dyn std::fmt::Display) -> AppError {
    AppError::Internal { reference: "in this browser".to_owned() }
}

#[cfg(feature = "ssr")]
impl From<backend::Error> for AppError {
    fn from(error: backend::Error) -> Self {
        use backend::Error;
        match error {
            Error::Invalid(errors) => Self::Invalid(errors),
            Error::NotFound => Self::NotFound,
            Error::Conflict(text) => Self::Conflict(text),
            Error::Forbidden => Self::Forbidden,
            Error::ProveFirst => Self::ProveFirst,
            Error::TooMany { retry_after_seconds } => Self::TooMany { retry_after: retry_after_seconds },
            Error::Unavailable(cause) => {
                tracing::warn!(%cause, "the database is not available");
                Self::Unavailable
            }
            Error::Taken(cause) | Error::Internal(cause) => internal(&cause),
        }
    }
}

/// "40 seconds", "3 minutes", from seconds.
fn wait(seconds: u64) -> String {
    match seconds {
        0 | 1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_error_has_the_status_that_http_gives_it() {
        let table = [
            (AppError::SignedOut, 401),
            (AppError::invalid("amount", "Enter an amount"), 422),
            (AppError::NotFound, 404),
            (AppError::Conflict(String::new()), 409),
            (AppError::Forbidden, 403),
            (AppError::ProveFirst, 428),
            (AppError::NoNewAccounts, 403),
            (AppError::TooMany { retry_after: 30 }, 429),
            (AppError::Unavailable, 503),
            (AppError::Internal { reference: "a1".into() }, 500),
        ];
        for (error, status) in table {
            assert_eq!(error.status(), status, "{error:?}");
        }
    }

    #[test]
    fn an_error_that_is_not_about_a_field_stands_for_the_whole_form() {
        let errors = AppError::TooMany { retry_after: 120 }.into_field_errors();
        assert_eq!(errors.get(""), Some("That was a little too often. Try again in 2 minutes."));
    }
}
