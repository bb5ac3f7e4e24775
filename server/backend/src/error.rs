//! What a use case can answer besides its value.

use ledger::FieldErrors;

pub type Result<T> = std::result::Result<T, Error>;

/// The cause of a failure that is ours, kept for the log and never shown.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was typed cannot be taken: a message for each field.
    #[error("invalid input")]
    Invalid(FieldErrors),
    /// There is no such thing, or it belongs to somebody else: the two look the same.
    #[error("not found")]
    NotFound,
    /// It cannot be done as things stand; the text says what to do about it.
    #[error("conflict")]
    Conflict(String),
    /// This member may not do it.
    #[error("forbidden")]
    Forbidden,
    /// The session is not fresh: the person shows once more who they are, and does it then.
    #[error("a fresh proof is needed")]
    ProveFirst,
    /// Too often in too short a time.
    #[error("too many tries")]
    TooMany { retry_after_seconds: u64 },
    /// The database is busy, full or gone; the same call may work in a moment.
    #[error("the database is not available")]
    Unavailable(#[source] Cause),
    /// Two rows may not share a key. A use case that expects it answers in its own words.
    #[error("a unique key is taken")]
    Taken(#[source] Cause),
    #[error("internal error")]
    Internal(#[source] Cause),
}

impl Error {
    /// One message beside one field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(FieldErrors::one(field, message))
    }

    /// Whether a row with the same unique key is there already.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Taken(_))
    }

    /// A failure of ours, with its cause for the log.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as Sql;
        match &error {
            Sql::Io(_) | Sql::Tls(_) | Sql::PoolTimedOut | Sql::PoolClosed | Sql::WorkerCrashed | Sql::BeginFailed => {
                Self::Unavailable(error.into())
            }
            Sql::Database(cause) => {
                let code = cause.code().unwrap_or_default();
                if cause.is_unique_violation() {
                    Self::Taken(quiet(cause.as_ref()))
                } else if is_unavailable(&code) {
                    Self::Unavailable(quiet(cause.as_ref()))
                } else if cause.is_check_violation() || is_out_of_range(&code, cause.message()) {
                    Self::invalid("amount", "This amount is too large for this book")
                } else {
                    Self::Internal(quiet(cause.as_ref()))
                }
            }
            _ => Self::Internal(error.into()),
        }
    }
}

/// The message without the "detail" that PostgreSQL adds, which quotes the row.
fn quiet(cause: &dyn sqlx::error::DatabaseError) -> Cause {
    format!("{} ({})", cause.message(), cause.code().unwrap_or_default()).into()
}

/// SQLite codes are numbers, PostgreSQL codes five letters and digits.
fn is_unavailable(code: &str) -> bool {
    // busy, locked, read-only, input/output, full, cannot open
    if code.len() != 5
        && let Ok(code) = code.parse::<u32>()
    {
        return matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14);
    }
    // connection, out of resources, shut down, deadlock, serialisation, lock, read-only, idle for too long
    code.starts_with("08")
        || code.starts_with("53")
        || code.starts_with("57")
        || code.starts_with("58")
        || matches!(code, "40001" | "40P01" | "55P03" | "25006" | "25P03")
}

fn is_out_of_range(code: &str, message: &str) -> bool {
    code == "22003" || (code == "1" && message.contains("integer overflow"))
}

#[cfg(test)]
mod tests {
    use super::is_unavailable;

    #[test]
    fn a_busy_or_full_database_is_unavailable_and_a_wrong_statement_is_not() {
        for code in ["5", "517", "6", "13", "778", "08006", "53100", "57014", "55P03", "25P03", "40P01"] {
            assert!(is_unavailable(code), "{code}");
        }
        for code in ["1", "2067", "42P01", "23505", ""] {
            assert!(!is_unavailable(code), "{code}");
        }
    }
}
