//! The server has no passkeys to ask.

use super::show::Support;

pub(super) fn support() -> Support {
    Support::on("localhost", false)
}

pub(super) async fn make(_: &str) -> Result<String, String> {
    std::future::pending().await
}

pub(super) async fn show(_: &str) -> Result<String, String> {
    std::future::pending().await
}
