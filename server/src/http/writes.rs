//! How often one person may change something, by all servers of the installation together: far more than anybody does by
//! hand, and not so much that one account fills the disk or keeps the others waiting.

use backend::Backend;
use backend::tally::Tally;
use backend::throttle::Limit;
use ledger::id::UserId;

/// The window, in seconds: long, so that many changes may come at once.
const WINDOW: u32 = 600;

#[derive(Clone)]
pub struct Writes(Tally);

impl Writes {
    /// `most`: changes of one person in ten minutes, each call one, however many records it touches.
    pub fn new(most: u32) -> Self {
        Self(Tally::new(Limit::new("writes", most, WINDOW)))
    }

    /// Counts one; the seconds to wait where there were too many.
    pub fn take(&self, backend: &Backend, user: UserId) -> Option<u64> {
        self.0.count(backend, &user.to_string()).wait()
    }
}
