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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_same_letter_is_the_same_file_with_the_same_message_id() {
        let folder = tempfile::tempdir().expect("a folder");
        let from: Mailbox = "Expenso <expenso@example.org>".parse().expect("a sender");
        let files = Files::new(folder.path().join("mail"), from);
        let letter = |key: &str, text: &str| EmailMessage {
            to: "asha@example.com".parse().expect("a mailbox"),
            subject: "Hello".into(),
            text: text.into(),
            html: "<p>Hello</p>".into(),
            key: key.into(),
        };
        for (key, text) in [("alert:1:80", "once"), ("alert:1:80", "twice"), ("alert:1:100", "other")] {
            files.write(&letter(key, text)).await.expect("a file");
        }
        let mut names: Vec<_> = std::fs::read_dir(folder.path().join("mail"))
            .expect("the folder")
            .map(|file| file.expect("a file").file_name())
            .collect();
        names.sort();
        assert_eq!(names, ["alert-1-100.eml", "alert-1-80.eml"]);
        let mail = std::fs::read_to_string(folder.path().join("mail/alert-1-80.eml")).expect("a text");
        assert!(mail.contains("Message-ID: <alert-1-80@example.org>") && mail.contains("twice"), "{mail}");
    }
}
