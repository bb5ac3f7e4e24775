//! Letters as `.eml` files, for an installation that sends none: any mail program opens them.

use std::io;
use std::path::{Path, PathBuf};

use lettre::message::Mailbox;
use tokio::fs;

use super::{EmailMessage, Undelivered};

pub struct Files {
    folder: PathBuf,
    from: Mailbox,
}

impl Files {
    pub fn new(folder: PathBuf, from: Mailbox) -> Self {
        Self { folder, from }
    }

    /// One file per letter, whole or not at all; the same letter is the same file.
    pub async fn write(&self, message: &EmailMessage) -> Result<(), Undelivered> {
        let mime = message.mime(&self.from)?.formatted();
        write(&self.folder, &message.file_stem(), &mime)
            .await
            .map_err(|error| Undelivered::because(format!("the mail folder cannot be written: {}", error.kind())))
    }
}

async fn write(folder: &Path, stem: &str, mime: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder).await?;
    let (fresh, whole) = (folder.join(format!(".{stem}.part")), folder.join(format!("{stem}.eml")));
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // Links in letters are secrets.
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(&fresh).await?;
    tokio::io::AsyncWriteExt::write_all(&mut file, mime).await?;
    file.sync_all().await?;
    drop(file);
    fs::rename(&fresh, &whole).await
}
