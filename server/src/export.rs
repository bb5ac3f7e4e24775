//! A person's data as one archive, made while it is sent: `expenso.json` holds everything of the book that is open and
//! of the person, the sheets beside it are for spreadsheets. Each other book of theirs has a folder with the same.

mod archive;
mod person;

use axum::body::Bytes;
use backend::{Backend, Member, SignedIn, export, feeds, hooks, households};
use http_body_util::channel::Sender;
use ledger::list::Cursor;
use ledger::person::week_start_word;
use ledger::records::Record;
use ledger::{Book, sheet};
use serde::Serialize;
use serde_json::{Value, json};

use archive::Archive;

/// The shape of `expenso.json`; raised when it changes so that a reader must know.
const VERSION: u32 = 1;

/// Why an archive is not whole.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
/// Takes the pieces of an archive.
pub type Pieces = Sender<Bytes, Failure>;

/// Sends the archive piece by piece, beginning with the book that is open. Whoever takes the pieces slowly slows it
/// down; when they are gone, it ends.
pub async fn write(backend: &Backend, who: &SignedIn, open: Book, to: &mut Pieces) -> Result<(), Failure> {
    let person = person::all(backend, who).await?;
    let mut archive = Archive::new(to, backend.clock.now());
    let part = Part { backend, member: &who.member, name: &who.person.book_name, folder: String::new() };
    part.write(&open, Some(person), &mut archive).await?;
    drop(open);
    let others = who.books.iter().filter(|book| book.id != who.member.book());
    for (place, other) in others.enumerate() {
        let folder = format!("books/{} {}/", place + 2, file_name(&other.name));
        let part = Part { backend, member: &who.in_book(other), name: &other.name, folder };
        let book = export::book(backend, part.member).await?;
        part.write(&book, None, &mut archive).await?;
    }
    archive.end().await
}

/// What any file system takes, and no path.
fn file_name(name: &str) -> String {
    let is_plain = |c: char| !c.is_control() && !"/\\:*?\"<>|.".contains(c);
    let signs: String = name.chars().map(|c| if is_plain(c) { c } else { ' ' }).take(60).collect();
    signs.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One book of the archive.
struct Part<'p> {
    backend: &'p Backend,
    member: &'p Member,
    name: &'p str,
    /// Where its files are; empty, or with a slash at its end.
    folder: String,
}

impl Part<'_> {
    async fn write(&self, book: &Book, person: Option<Value>, archive: &mut Archive<'_>) -> Result<(), Failure> {
        archive.file(&self.path("expenso.json"))?;
        archive.json_without_end(&self.head(book, person).await?)?;
        archive.text(",\"records\":[")?;
        let mut records = self.records();
        let mut is_first = true;
        while let Some(page) = records.next().await? {
            for record in &page {
                archive.text(if std::mem::take(&mut is_first) { "" } else { "," })?;
                serde_json::to_writer(&mut archive.zip, record)?;
            }
            archive.send().await?;
        }
        archive.text("]}")?;

        archive.file(&self.path("records.csv"))?;
        archive.lines(&[sheet::RECORD_COLUMNS.map(str::to_owned)])?;
        let mut records = self.records();
        while let Some(page) = records.next().await? {
            let lines: Vec<_> = page.iter().flat_map(|record| sheet::record_lines(book, record)).collect();
            archive.lines(&lines)?;
            archive.send().await?;
        }
        archive.sheet(&self.path("accounts.csv"), sheet::ACCOUNT_COLUMNS, &sheet::account_lines(book))?;
        archive.sheet(&self.path("categories.csv"), sheet::CATEGORY_COLUMNS, &sheet::category_lines(book))?;
        archive.sheet(&self.path("budgets.csv"), sheet::BUDGET_COLUMNS, &sheet::budget_lines(book))?;
        archive.sheet(&self.path("bills.csv"), sheet::BILL_COLUMNS, &sheet::bill_lines(book))?;
        archive.send().await
    }

    fn path(&self, file: &str) -> String {
        format!("{}{file}", self.folder)
    }

    fn records(&self) -> Pages<'_> {
        Pages { backend: self.backend, member: self.member, after: None }
    }

    /// All that `expenso.json` says before its records: amounts in minor units of the currency beside them.
    async fn head(&self, book: &Book, person: Option<Value>) -> Result<Value, Failure> {
        let mut head = json!({
            "format": "expenso",
            "version": VERSION,
            "made_at": self.backend.clock.now(),
            "book": {
                "name": self.name, "currency": book.home.code(), "week_start": week_start_word(book.week_start),
                "planned_income": book.planned_income, "revision": book.revision,
            },
            "people": self.people().await?,
            "invitations": self.invited().await?,
            "webhooks": self.webhooks().await?,
            "calendar_link": feeds::since(self.backend, self.member).await?.map(|since| json!({ "created_at": since })),
            "accounts": rows(book.accounts.values()),
            "categories": rows(book.categories.values()),
            "budgets": rows(book.budgets.values()),
            "alerts": rows(book.alerts.values()),
            "envelopes": rows(book.envelopes.values()),
            "bills": rows(book.bills.values()),
            "settlements": rows(book.settlements.values()),
            "rates": book.rates.iter().map(|((currency, day), rate)| json!({ "currency": currency, "day": day, "rate": rate })).collect::<Value>(),
        });
        if let Some(person) = person {
            head["person"] = person;
        }
        Ok(head)
    }

    async fn people(&self) -> Result<Value, Failure> {
        let people = households::people(self.backend, self.member).await?;
        let one = |one: households::Person| json!({ "name": one.name, "email": one.email, "role": one.role.as_str() });
        Ok(people.into_iter().map(one).collect())
    }

    /// Those who may still accept; owners alone know them.
    async fn invited(&self) -> Result<Value, Failure> {
        let invited = households::invited(self.backend, self.member).await?;
        let one = |one: households::Invited| json!({ "email": one.email, "role": one.role.as_str(), "expires_at": one.expires_at });
        Ok(invited.into_iter().map(one).collect())
    }

    /// Those who may change them alone know them.
    async fn webhooks(&self) -> Result<Value, Failure> {
        if !self.member.role().may_write() {
            return Ok(json!([]));
        }
        let hooks = hooks::all(self.backend, self.member).await?;
        Ok(hooks.into_iter().map(|hook| json!({ "url": hook.url, "events": hook.events })).collect())
    }
}

fn rows<T: Serialize>(all: impl Iterator<Item = T>) -> Value {
    all.map(|row| serde_json::to_value(row).unwrap_or_default()).collect()
}

/// The records of a book, page by page.
struct Pages<'p> {
    backend: &'p Backend,
    member: &'p Member,
    after: Option<Cursor>,
}

impl Pages<'_> {
    async fn next(&mut self) -> backend::Result<Option<Vec<Record>>> {
        let page = export::records(self.backend, self.member, self.after).await?;
        let Some(last) = page.last() else { return Ok(None) };
        self.after = Some(Cursor { day: last.day, id: last.id });
        Ok(Some(page))
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_folder_is_named_like_its_book_and_leads_nowhere_else() {
        for (name, folder) in [
            ("Goa 2027", "Goa 2027"),
            ("../../etc/passwd", "etc passwd"),
            ("घर का खर्च", "घर का खर्च"),
            ("C:\\con|?*", "C con"),
            ("...", ""),
        ] {
            assert_eq!(file_name(name), folder, "{name}");
        }
        assert!(file_name(&"x".repeat(500)).len() == 60);
    }
}
