//! The file of an SQLite database: private, and missed when it is gone.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::{Error, Result, private};

/// The file that was opened.
#[derive(Debug)]
pub struct DatabaseFile {
    path: PathBuf,
    /// `None` for a database in memory, and where files have no such numbers.
    identity: Option<Identity>,
}

/// Device and inode.
type Identity = (u64, u64);

impl DatabaseFile {
    /// Remembers the file, just opened, and closes it and those beside it to other people.
    pub fn opened(path: &Path) -> Self {
        for end in ["", "-wal", "-shm"] {
            let mut name = OsString::from(path);
            name.push(end);
            if let Err(error) = private::tighten_file(Path::new(&name))
                && error.kind() != std::io::ErrorKind::NotFound
            {
                tracing::warn!(%error, "the database file may be readable by others");
            }
        }
        Self { path: path.to_owned(), identity: identity(path) }
    }

    /// Whether the file still lies where it was opened: what is written to a deleted one is lost.
    pub fn check(&self) -> Result<()> {
        if identity(&self.path) == self.identity {
            return Ok(());
        }
        Err(Error::Unavailable("the database file was deleted or replaced: start the server anew".into()))
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let file = std::fs::metadata(path).ok()?;
    Some((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<Identity> {
    None
}
