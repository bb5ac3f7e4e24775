//! The server does not know where a person is.

use super::Region;

/// What most forms begin with until the browser is asked.
pub fn guess() -> Region {
    Region::of("en-US", "UTC")
}
