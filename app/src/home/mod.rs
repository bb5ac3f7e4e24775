//! What Expenso is, for those who are not signed in, and the terms.

mod page;
mod terms;

pub use page::HomePage;
pub use terms::TermsPage;
