//! The ways in which a task does not end well: it failed, the machine lacks what it needs, or it was left out.

use std::{fmt, io};

pub type Result<T = ()> = std::result::Result<T, Failure>;

#[derive(Clone, Debug)]
pub enum Failure {
    /// It ran, and the answer is no.
    Failed(String),
    /// It could not run; the text says what to install, and how.
    Missing(String),
    /// It was left out, and the text says why; nothing is wrong with the tree.
    Skipped(String),
}

impl Failure {
    pub fn failed(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }

    pub fn missing(message: impl Into<String>) -> Self {
        Self::Missing(message.into())
    }

    pub fn skipped(why: impl Into<String>) -> Self {
        Self::Skipped(why.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(message) | Self::Missing(message) | Self::Skipped(message) => formatter.write_str(message),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
