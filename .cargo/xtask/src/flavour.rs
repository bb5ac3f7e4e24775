//! The two kinds of build: the optimised one that people get, and the quick one for work in progress.

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    Optimised,
    Quick,
}

impl Flavour {
    pub fn of(quick: bool) -> Self {
        if quick { Self::Quick } else { Self::Optimised }
    }

    /// Cargo's folder for the server.
    pub fn server_folder(self) -> &'static str {
        match self {
            Self::Optimised => "release",
            Self::Quick => "debug",
        }
    }

    /// Cargo's folder for the page.
    pub fn page_folder(self) -> &'static str {
        match self {
            Self::Optimised => "wasm-release",
            Self::Quick => "debug",
        }
    }

    pub fn site_folder(self) -> &'static str {
        match self {
            Self::Optimised => "site",
            Self::Quick => "site-dev",
        }
    }
}
