//! A person's data as one archive, made while it is sent: `expenso.json` holds everything, the sheets beside it are
//! for spreadsheets.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Bytes;
use backend::access_tokens::TokenInfo;
use backend::sessions::SessionInfo;
use backend::{Backend, SignedIn, access_tokens, export, sessions, staff};
use http_body_util::channel::Sender;
use ledger::list::Cursor;
use ledger::records::Record;
use ledger::{Book, sheet};
use serde::Serialize;
use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// The shape of `expenso.json`; raised when it changes so that a reader must know.
const VERSION: u32 = 1;

/// Why an archive is not whole.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
/// Takes the pieces of an archive.
pub type Pieces = Sender<Bytes, Failure>;

/// Sends the archive piece by piece. Whoever takes the pieces slowly slows it down; when they are gone, it ends.
pub async fn write(backend: &Backend, who: &SignedIn, book: Book, to: &mut Pieces) -> Result<(), Failure> {
    let sessions = sessions::list(backend, who).await?;
    let tokens = access_tokens::list(backend, &who.member).await?;
    let support = support(backend, who).await?;
    let mut archive = Archive::new(to, backend.clock.now());
    archive.file("expenso.json")?;
    archive.json_without_end(&head(backend, who, &book, &ways(&sessions, &tokens), &support))?;
    archive.text(",\"records\":[")?;
    let mut records = Pages::of(backend, who);
    let mut is_first = true;
    while let Some(page) = records.next().await? {
        for record in &page {
            archive.text(if std::mem::take(&mut is_first) { "" } else { "," })?;
            serde_json::to_writer(&mut archive.zip, record)?;
        }
        archive.send().await?;
    }
    archive.text("]}")?;

    archive.file("records.csv")?;
    archive.lines(&[sheet::RECORD_COLUMNS.map(str::to_owned)])?;
    let mut records = Pages::of(backend, who);
    while let Some(page) = records.next().await? {
        let lines: Vec<_> = page.iter().flat_map(|record| sheet::record_lines(&book, record)).collect();
        archive.lines(&lines)?;
        archive.send().await?;
    }
    archive.sheet("accounts.csv", sheet::ACCOUNT_COLUMNS, &sheet::account_lines(&book))?;
    archive.sheet("categories.csv", sheet::CATEGORY_COLUMNS, &sheet::category_lines(&book))?;
    archive.sheet("budgets.csv", sheet::BUDGET_COLUMNS, &sheet::budget_lines(&book))?;
    archive.sheet("bills.csv", sheet::BILL_COLUMNS, &sheet::bill_lines(&book))?;
    archive.end().await
}

/// When the person let staff read a book, and what staff did to them.
async fn support(backend: &Backend, who: &SignedIn) -> Result<Value, Failure> {
    let consents = staff::of_member(backend, &who.member).await?;
    let consents: Vec<Value> = consents
        .iter()
        .map(|consent| json!({ "given_at": consent.given_at, "until": consent.until, "ended_at": consent.ended_at }))
        .collect();
    let requests = staff::asked_by(backend, &who.member).await?;
    let requests: Vec<Value> = requests
        .iter()
        .map(|one| json!({ "asked_at": one.asked_at, "question": one.question, "answer": one.answer, "answered_at": one.answered_at }))
        .collect();
    let (mut deeds, mut before) = (Vec::new(), None);
    loop {
        let (page, next) = staff::about(backend, &who.member, before).await?;
        deeds.extend(page.iter().map(|entry| {
            let by = entry.by.as_ref().and_then(|by| by.name.as_deref());
            json!({ "at": entry.at, "deed": entry.deed.word(), "by": by, "detail": entry.detail, "why": entry.why })
        }));
        before = next;
        if before.is_none() {
            return Ok(json!({ "consents": consents, "requests": requests, "deeds": deeds }));
        }
    }
}

/// All that `expenso.json` says before its records: amounts in minor units of the currency beside them.
fn head(backend: &Backend, who: &SignedIn, book: &Book, (sessions, tokens): &(Value, Value), support: &Value) -> Value {
    let person = &who.person;
    let values = |rows: Vec<Value>| Value::Array(rows);
    json!({
        "format": "expenso",
        "version": VERSION,
        "made_at": backend.clock.now(),
        "person": {
            "name": person.name, "email": person.email, "phone": person.phone, "locale": person.locale,
            "time_zone": person.time_zone, "country": person.country, "theme": person.theme.as_str(),
            "alerts_by_mail": person.alerts_by_mail, "sessions": sessions, "access_tokens": tokens, "support": support,
        },
        "book": {
            "name": person.book_name, "currency": book.home.code(), "week_start": person.week_start,
            "planned_income": book.planned_income, "revision": book.revision,
        },
        "accounts": values(rows(book.accounts.values())),
        "categories": values(rows(book.categories.values())),
        "budgets": values(rows(book.budgets.values())),
        "alerts": values(rows(book.alerts.values())),
        "envelopes": values(rows(book.envelopes.values())),
        "bills": values(rows(book.bills.values())),
        "settlements": values(rows(book.settlements.values())),
        "rates": values(book.rates.iter().map(|((currency, day), rate)| json!({ "currency": currency, "day": day, "rate": rate })).collect()),
    })
}

/// Where the person is logged in, and which programs come in their name. What opens either is not known here.
fn ways(sessions: &[SessionInfo], tokens: &[TokenInfo]) -> (Value, Value) {
    let session = |one: &SessionInfo| json!({ "user_agent": one.user_agent, "created_at": one.created_at, "last_used_at": one.last_used_at });
    let token = |one: &TokenInfo| {
        json!({
            "name": one.name, "scope": one.scope.word(), "book": one.book, "created_at": one.created_at,
            "expires_at": one.expires_at, "last_used_at": one.last_used_at,
        })
    };
    (sessions.iter().map(session).collect(), tokens.iter().map(token).collect())
}

fn rows<T: Serialize>(all: impl Iterator<Item = T>) -> Vec<Value> {
    all.map(|row| serde_json::to_value(row).unwrap_or_default()).collect()
}

/// The records of a person, page by page.
struct Pages<'p> {
    backend: &'p Backend,
    who: &'p SignedIn,
    after: Option<Cursor>,
}

impl<'p> Pages<'p> {
    fn of(backend: &'p Backend, who: &'p SignedIn) -> Self {
        Self { backend, who, after: None }
    }

    async fn next(&mut self) -> backend::Result<Option<Vec<Record>>> {
        let page = export::records(self.backend, &self.who.member, self.after).await?;
        let Some(last) = page.last() else { return Ok(None) };
        self.after = Some(Cursor { day: last.day, id: last.id });
        Ok(Some(page))
    }
}

/// A zip archive that is never whole in memory.
struct Archive<'t> {
    zip: ZipWriter<StreamWriter<Spool>>,
    spool: Spool,
    to: &'t mut Pieces,
    options: SimpleFileOptions,
}

impl<'t> Archive<'t> {
    fn new(to: &'t mut Pieces, now: chrono::DateTime<chrono::Utc>) -> Self {
        let spool = Spool::default();
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(dos_time(now).unwrap_or_default());
        Self { zip: ZipWriter::new_stream(spool.clone()), spool, to, options }
    }

    fn file(&mut self, name: &str) -> Result<(), Failure> {
        Ok(self.zip.start_file(name, self.options)?)
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.zip.write_all(text.as_bytes())
    }

    /// An object to which more is added.
    fn json_without_end(&mut self, object: &Value) -> io::Result<()> {
        let text = object.to_string();
        self.text(text.strip_suffix('}').unwrap_or(&text))
    }

    fn sheet<const N: usize>(&mut self, name: &str, columns: [&str; N], lines: &[[String; N]]) -> Result<(), Failure> {
        self.file(name)?;
        self.lines(&[columns.map(str::to_owned)])?;
        self.lines(lines)
    }

    fn lines<const N: usize>(&mut self, lines: &[[String; N]]) -> Result<(), Failure> {
        // RFC 4180 ends a line with both.
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut self.zip);
        for line in lines {
            writer.write_record(line)?;
        }
        Ok(writer.flush()?)
    }

    /// Hands over what was made so far.
    async fn send(&mut self) -> Result<(), Failure> {
        let piece = self.spool.take();
        if piece.is_empty() { Ok(()) } else { Ok(self.to.send_data(piece.into()).await?) }
    }

    async fn end(self) -> Result<(), Failure> {
        let Self { zip, spool, to, .. } = self;
        zip.finish()?;
        Ok(to.send_data(spool.take().into()).await?)
    }
}

fn dos_time(now: chrono::DateTime<chrono::Utc>) -> Option<zip::DateTime> {
    zip::DateTime::try_from(now.naive_utc()).ok()
}

/// What was made and not sent yet.
#[derive(Clone, Default)]
struct Spool(Arc<Mutex<Vec<u8>>>);

impl Spool {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
