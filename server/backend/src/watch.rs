//! What an operator follows in the log of who comes in and who does not: accounts by their id, nobody by a name, an
//! address or what was typed. Each line stands in the span of its request.

use ledger::id::UserId;

/// By this target they are found among the others.
macro_rules! noted {
    ($level:ident, $($fields:tt)+) => { tracing::$level!(target: "expenso::security", $($fields)+) };
}

/// A session began.
pub fn came_in(user: UserId) {
    noted!(info, user = %user.0, "logged in");
}

/// An account has another address.
pub fn address_changed(user: UserId) {
    noted!(info, user = %user.0, "address changed");
}

/// A proof of who one is was wrong; of an account that is not there where nobody is named.
pub fn refused(user: Option<UserId>, proof: &'static str) {
    noted!(warn, user = user.map(|user| user.to_string()), proof, "log-in refused");
}

/// Something was tried too often.
pub fn held_back(limit: &'static str) {
    noted!(warn, limit, "held back");
}

/// Somebody asked for what their role does not allow.
pub fn denied(user: Option<UserId>, call: &str) {
    noted!(warn, user = user.map(|user| user.to_string()), call, "not allowed");
}

/// A change came from a page that is not ours.
pub fn foreign() {
    noted!(warn, "a change from another site refused");
}
