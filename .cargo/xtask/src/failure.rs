//! The two ways in which a task ends badly: it failed, or the machine lacks what it needs.

use std::{fmt, io};

pub type Result<T = ()> = std::result::Result<T, Failure>;

#[derive(Clone, Debug)]
pub enum Failure {
    /// It ran, and the answer is no.
    Failed(String),
    /// It could not run; the text says what to install, and how.
    Missing(String),
}

impl Failure {
    pub fn failed(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }

    pub fn missing(message: impl Into<String>) -> Self {
        Self::Missing(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(message) | Self::Missing(message) => formatter.write_str(message),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
