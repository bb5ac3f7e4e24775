//! The calls of staff. Each asks the rank that [`crate::roles`] names.

use ledger::staff::{BroadcastForm, WhyForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::trail::TrailPage;
use crate::error::AppError;

/// A person in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is known of a person")]
pub struct PersonLine {
    pub user: String,
    pub name: String,
    pub email: String,
    /// "Administrator"; empty for most.
    pub rank: String,
    pub confirmed: bool,
    pub suspended: bool,
    pub leaves: bool,
    pub is_me: bool,
    /// "3 December 2026"
    pub since: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundPeople {
    pub people: Vec<PersonLine>,
    /// Behind whom the next page begins.
    pub next: Option<String>,
}

/// One person. Times are those of whoever looks, as "3 Dec 2026, 14:05".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonData {
    pub line: PersonLine,
    pub locale: String,
    pub time_zone: String,
    pub sessions: i64,
    pub last_used: Option<String>,
    /// "3 December 2026", where the account is being deleted.
    pub leaves_on: Option<String>,
    pub leaves_by_staff: bool,
    /// Until when they let staff read their book.
    pub consents_until: Option<String>,
    pub letters: Vec<LetterLine>,
    pub trail: TrailPage,
}

/// A letter to a person, without what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterLine {
    pub kind: String,
    pub at: String,
    pub state: LetterState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LetterState {
    Sent(String),
    Waiting,
    /// Why.
    Failing(String),
    /// Why.
    GivenUp(String),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverviewData {
    pub version: String,
    pub people: i64,
    pub new: i64,
    pub active: i64,
    pub suspended: i64,
    pub leaving: i64,
    pub books: i64,
    /// Requests for help that wait.
    pub requests: i64,
    pub engine: String,
    /// "12 MB"
    pub size: String,
    /// Milliseconds.
    pub answered_in: u64,
    pub registration_open: bool,
    pub base_url: String,
    pub waiting: i64,
    /// Minutes since the first message that waits was due.
    pub late_minutes: i64,
    pub sent: i64,
    pub failed: Vec<FailedLine>,
    pub jobs: Vec<JobLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailedLine {
    pub id: String,
    pub kind: String,
    /// Whose it is, where it is one person's.
    pub user: Option<String>,
    pub at: String,
    pub tries: i64,
    pub why: String,
    pub given_up: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobLine {
    pub name: String,
    pub at: String,
    /// Why it failed; empty where it went well.
    pub failed: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonChoice {
    pub user: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageChoice {
    pub id: String,
}

#[cfg(feature = "ssr")]
pub(crate) mod here {
    //! Who of the staff is asking.

    use backend::{Backend, Staff};
    use chrono::{DateTime, Utc};
    use ledger::id::UserId;

    use crate::error::AppError;
    use crate::request;

    pub fn staff() -> Result<(Backend, Staff), AppError> {
        Ok((request::backend()?, request::person()?.staff.ok_or(AppError::NotFound)?))
    }

    pub fn user(typed: &str) -> Result<UserId, AppError> {
        typed.parse().map_err(|_| AppError::NotFound)
    }

    /// How whoever asks writes instants.
    pub fn clock() -> Result<impl Fn(DateTime<Utc>) -> String, AppError> {
        let zone = request::person()?.member.zone();
        Ok(move |at: DateTime<Utc>| at.with_timezone(&zone).format("%-d %b %Y, %H:%M").to_string())
    }

    pub fn line(line: backend::staff::Line) -> Result<super::PersonLine, AppError> {
        let me = request::person()?;
        Ok(super::PersonLine {
            is_me: line.user == me.member.user(),
            since: line.since.with_timezone(&me.member.zone()).format("%-d %B %Y").to_string(),
            user: line.user.to_string(),
            name: line.name,
            email: line.email,
            rank: line.rank.map_or("", ledger::staff::Rank::label).to_owned(),
            confirmed: line.confirmed,
            suspended: line.suspended,
            leaves: line.leaves,
        })
    }

    pub fn letter(letter: backend::staff::Letter, clock: &impl Fn(DateTime<Utc>) -> String) -> super::LetterLine {
        use super::LetterState;
        let why = letter.last_error.unwrap_or_default();
        let state = match (letter.sent_at, letter.parked_at) {
            (Some(at), _) => LetterState::Sent(clock(at)),
            (None, Some(_)) => LetterState::GivenUp(why),
            (None, None) if why.is_empty() => LetterState::Waiting,
            (None, None) => LetterState::Failing(why),
        };
        super::LetterLine { kind: words(&letter.kind), at: clock(letter.created_at), state }
    }

    /// "Budget alert" of `budget_alert`.
    pub fn words(kind: &str) -> String {
        let words = kind.replace('_', " ");
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    pub fn size(bytes: i64) -> String {
        match bytes {
            i64::MIN..1_000_000 => format!("{} kB", bytes / 1000),
            1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
            _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
        }
    }
}

/// People whose address begins so, or who have this id; everybody where nothing was typed.
#[server(name = FindPersons, prefix = "/api", endpoint = "find_persons")]
pub async fn find_persons(typed: String, after: String) -> Result<FoundPeople, AppError> {
    let (backend, staff) = here::staff()?;
    let found = backend::staff::find(&backend, &staff, &typed, after.parse().ok()).await?;
    Ok(FoundPeople {
        people: found.people.into_iter().map(here::line).collect::<Result<_, _>>()?,
        next: found.next.map(|user| user.to_string()),
    })
}

#[server(name = FindPerson, prefix = "/api", endpoint = "find_person")]
pub async fn find_person(user: String) -> Result<PersonData, AppError> {
    let (backend, staff) = here::staff()?;
    let (clock, zone) = (here::clock()?, crate::request::person()?.member.zone());
    let account = backend::staff::account(&backend, &staff, here::user(&user)?).await?;
    Ok(PersonData {
        line: here::line(account.line)?,
        locale: account.locale,
        time_zone: account.time_zone,
        sessions: account.sessions,
        last_used: account.last_used.map(&clock),
        leaves_on: account.leaves_at.map(|at| at.with_timezone(&zone).format("%-d %B %Y").to_string()),
        leaves_by_staff: account.leaves_by_staff,
        consents_until: account.consents_until.map(&clock),
        letters: account.letters.into_iter().map(|letter| here::letter(letter, &clock)).collect(),
        trail: TrailPage::of((account.trail, None), &clock),
    })
}

/// Nobody uses the account any more, until it is resumed.
#[server(name = SuspendPerson, prefix = "/api", endpoint = "suspend_person")]
pub async fn suspend_person(form: WhyForm) -> Result<(), AppError> {
    let (backend, staff) = here::staff()?;
    backend::staff::suspend(&backend, &staff, here::user(&form.user)?, &form.parse()?).await?;
    Ok(())
}

#[server(name = ResumePerson, prefix = "/api", endpoint = "resume_person")]
pub async fn resume_person(form: WhyForm) -> Result<(), AppError> {
    let (backend, staff) = here::staff()?;
    backend::staff::resume(&backend, &staff, here::user(&form.user)?, &form.parse()?).await?;
    Ok(())
}

/// Deletes the account after the same time of grace as for those who leave themselves.
#[server(name = DeletePerson, prefix = "/api", endpoint = "delete_person")]
pub async fn delete_person(form: WhyForm) -> Result<(), AppError> {
    let (backend, staff) = here::staff()?;
    backend::staff::delete(&backend, &staff, here::user(&form.user)?, &form.parse()?).await?;
    Ok(())
}

#[server(name = KeepPerson, prefix = "/api", endpoint = "keep_person")]
pub async fn keep_person(form: WhyForm) -> Result<(), AppError> {
    let (backend, staff) = here::staff()?;
    backend::staff::keep(&backend, &staff, here::user(&form.user)?, &form.parse()?).await?;
    Ok(())
}

/// Sends the confirmation of an address again.
#[server(name = ResendTo, prefix = "/api", endpoint = "resend_to")]
pub async fn resend_to(form: PersonChoice) -> Result<(), AppError> {
    let (backend, staff) = here::staff()?;
    backend::staff::resend_confirmation(&backend, &staff, here::user(&form.user)?).await?;
    Ok(())
}

#[server(name = LoadOverview, prefix = "/api", endpoint = "load_overview")]
pub async fn load_overview() -> Result<OverviewData, AppError> {
    let (backend, staff) = here::staff()?;
    let clock = here::clock()?;
    let found = backend::staff::overview(&backend, &staff).await?;
    let failed = |failed: backend::staff::Failed| FailedLine {
        id: failed.id.to_string(),
        kind: here::words(&failed.kind),
        user: failed.to.map(|user| user.to_string()),
        at: clock(failed.at),
        tries: failed.tries,
        why: failed.why,
        given_up: failed.given_up,
    };
    Ok(OverviewData {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        people: found.people,
        new: found.new,
        active: found.active,
        suspended: found.suspended,
        leaving: found.leaving,
        books: found.books,
        requests: found.requests,
        engine: found.engine.to_owned(),
        size: here::size(found.bytes),
        answered_in: u64::try_from(found.answered_in).unwrap_or(u64::MAX),
        registration_open: use_context::<backend::Registration>().is_some_and(|registration| registration.open),
        base_url: crate::request::base_url()?,
        waiting: found.waiting,
        late_minutes: found.due_since.map_or(0, |due| (backend.clock.now() - due).num_minutes()),
        sent: found.sent,
        failed: found.failed.into_iter().map(failed).collect(),
        jobs: found
            .jobs
            .into_iter()
            .map(|job| JobLine { name: job.name, at: clock(job.ran_at), failed: job.failed })
            .collect(),
    })
}

/// Sends a message again that was given up.
#[server(name = RetryMessage, prefix = "/api", endpoint = "retry_message")]
pub async fn retry_message(form: MessageChoice) -> Result<(), AppError> {
    let (backend, staff) = here::staff()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    backend::staff::retry(&backend, &staff, id).await?;
    crate::request::redirect_posts("/admin");
    Ok(())
}

/// What staff did, the newest first.
#[server(name = LoadAudit, prefix = "/api", endpoint = "load_audit")]
pub async fn load_audit(before: String) -> Result<TrailPage, AppError> {
    let (backend, staff) = here::staff()?;
    let page = backend::staff::trail(&backend, &staff, before.parse().ok()).await?;
    Ok(TrailPage::of(page, here::clock()?))
}

/// A letter to everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroadcastLine {
    pub id: String,
    pub subject: String,
    /// When it was sent, or begun.
    pub at: String,
    pub sent: bool,
    /// People that it was addressed to so far.
    pub written: i64,
    pub done: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroadcastPreview {
    pub letter: BroadcastLine,
    pub text: String,
    /// To how many it would go.
    pub people: i64,
}

#[cfg(feature = "ssr")]
fn broadcast_line(letter: &backend::staff::Broadcast) -> Result<BroadcastLine, AppError> {
    Ok(BroadcastLine {
        id: letter.id.to_string(),
        subject: letter.subject.clone(),
        at: here::clock()?(letter.sent_at.unwrap_or(letter.made_at)),
        sent: letter.sent_at.is_some(),
        written: letter.written,
        done: letter.done,
    })
}

#[server(name = ListBroadcasts, prefix = "/api", endpoint = "list_broadcasts")]
pub async fn list_broadcasts() -> Result<Vec<BroadcastLine>, AppError> {
    let (backend, staff) = here::staff()?;
    backend::staff::broadcasts(&backend, &staff).await?.iter().map(broadcast_line).collect()
}

#[server(name = FindBroadcast, prefix = "/api", endpoint = "find_broadcast")]
pub async fn find_broadcast(form: MessageChoice) -> Result<BroadcastPreview, AppError> {
    let (backend, staff) = here::staff()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let (letter, people) = backend::staff::broadcast(&backend, &staff, id).await?;
    Ok(BroadcastPreview { letter: broadcast_line(&letter)?, text: letter.body, people })
}

/// Keeps a letter to be looked at; answers its id.
#[server(name = SaveBroadcast, prefix = "/api", endpoint = "save_broadcast")]
pub async fn save_broadcast(form: BroadcastForm) -> Result<String, AppError> {
    let (backend, staff) = here::staff()?;
    let (id, (subject, text)) = (crate::request::id_or_new(&form.id)?, form.parse()?);
    backend::staff::save_broadcast(&backend, &staff, id, subject, text).await?;
    crate::request::redirect_posts(&format!("/admin/broadcast/{id}"));
    Ok(id.to_string())
}

/// Sends a letter to everybody, once.
#[server(name = SendBroadcast, prefix = "/api", endpoint = "send_broadcast")]
pub async fn send_broadcast(form: MessageChoice) -> Result<(), AppError> {
    let (backend, staff) = here::staff()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    Ok(backend::staff::send_broadcast(&backend, &staff, id).await?)
}

/// Throws a letter away that was not sent.
#[server(name = DiscardBroadcast, prefix = "/api", endpoint = "discard_broadcast")]
pub async fn discard_broadcast(form: MessageChoice) -> Result<(), AppError> {
    let (backend, staff) = here::staff()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    backend::staff::discard_broadcast(&backend, &staff, id).await?;
    crate::request::redirect_posts("/admin/broadcast");
    Ok(())
}
