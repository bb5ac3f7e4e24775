//! Letters as `.eml` files, for an installation that sends none: any mail program opens them. They are kept for a while,
//! and no longer than the account that they are for.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use ledger::person::Email;
use lettre::message::Mailbox;
use tokio::fs;

use super::{EmailMessage, Undelivered};

/// How long a letter is kept: as long as the outbox knows of it.
const KEPT: Duration = Duration::from_hours(90 * 24);

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

    /// Deletes letters that are too old at `now`, by the clock that stamps files; answers how many.
    pub async fn sweep(&self, now: SystemTime) -> io::Result<u32> {
        let mut deleted = 0;
        for letter in self.letters().await? {
            let written = fs::metadata(&letter).await?.modified()?;
            if now.duration_since(written).is_ok_and(|age| age > KEPT) {
                fs::remove_file(&letter).await?;
                deleted += 1;
            }
        }
        Ok(deleted)
    }

    /// Deletes the letters to these addresses; answers how many.
    pub async fn forget(&self, addresses: &[Email]) -> io::Result<u32> {
        let mut deleted = 0;
        if addresses.is_empty() {
            return Ok(deleted);
        }
        for letter in self.letters().await? {
            let mail = fs::read(&letter).await?;
            if addresses.iter().any(|address| is_to(&mail, address)) {
                fs::remove_file(&letter).await?;
                deleted += 1;
            }
        }
        Ok(deleted)
    }

    /// All letters, those included that were broken off.
    async fn letters(&self) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        let mut files = match fs::read_dir(&self.folder).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
            files => files?,
        };
        while let Some(file) = files.next_entry().await? {
            let path = file.path();
            if path.extension().is_some_and(|end| end == "eml" || end == "part") {
                found.push(path);
            }
        }
        Ok(found)
    }
}

/// Whether the letter goes to this address.
fn is_to(mail: &[u8], address: &Email) -> bool {
    let text = String::from_utf8_lossy(mail);
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    // A line that begins with a blank goes on with the one before.
    let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    head.lines().filter_map(|line| line.strip_prefix("To:")).any(|to| {
        let bare = to.rsplit_once('<').map_or(to, |(_, rest)| rest);
        bare.trim().trim_end_matches('>').to_lowercase() == address.key()
    })
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
            pictures: Vec::new(),
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

    #[tokio::test]
    async fn old_letters_go_and_those_to_somebody_who_is_gone() {
        let folder = tempfile::tempdir().expect("a folder");
        let from: Mailbox = "Expenso <expenso@example.org>".parse().expect("a sender");
        let files = Files::new(folder.path().join("mail"), from);
        let now = SystemTime::now();
        let asha: Email = "asha@example.com".parse().expect("an address");
        assert_eq!(files.sweep(now).await.expect("no folder yet"), 0);
        // Long names are folded over several lines and written as encoded words.
        let long = format!("{} आशा", "Asha Rao ".repeat(12));
        for (key, name, to) in [
            ("1", None, "asha@example.com"),
            ("2", Some(long), "Asha@example.com"),
            ("3", None, "natasha@example.com"),
            ("4", Some("asha@example.com".to_owned()), "ravi@example.com"),
        ] {
            let letter = EmailMessage {
                to: Mailbox::new(name, to.parse().expect("an address")),
                subject: "asha@example.com".into(),
                text: "To: asha@example.com".into(),
                html: "<p>asha@example.com</p>".into(),
                pictures: Vec::new(),
                key: key.into(),
            };
            files.write(&letter).await.expect("a file");
        }
        std::fs::write(folder.path().join("mail/note.txt"), "not ours").expect("a file");
        assert_eq!(files.forget(&[]).await.expect("nobody"), 0);
        assert_eq!(files.forget(&[asha]).await.expect("both"), 2);
        let day = Duration::from_hours(24);
        assert_eq!(files.sweep(now + 89 * day).await.expect("none"), 0);
        assert_eq!(files.sweep(now + 91 * day).await.expect("the others"), 2);
        assert!(folder.path().join("mail/note.txt").exists());
    }
}
