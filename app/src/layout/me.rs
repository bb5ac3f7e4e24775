//! The person who is signed in, as every page knows them.

use chrono::{NaiveDate, Weekday};
use ledger::NumberFormat;
use ledger::person::Role;
use ledger::staff::Rank;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Who is signed in, and how they write numbers and count days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that is known of a person")]
pub struct Me {
    pub user: String,
    pub name: String,
    pub email: String,
    /// Whether the address was proven to be theirs.
    pub confirmed: bool,
    /// Whether they put that off, and are not asked now.
    pub confirms_later: bool,
    pub phone: String,
    /// BCP 47, such as `en-IN`.
    pub locale: String,
    /// Of the time zone database, such as `Asia/Kolkata`.
    pub time_zone: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The book that is open, and what they may do in it.
    pub book: String,
    pub book_name: String,
    pub role: Role,
    /// All their books, the open one among them.
    pub books: Vec<OwnBook>,
    /// The currency that the book is kept in, ISO 4217.
    pub currency: String,
    /// The day that the weeks of the book begin on.
    pub week_start: Weekday,
    /// Whether alerts go to the address.
    pub alerts_by_mail: bool,
    /// Whether the book holds samples, which can be thrown away.
    pub has_samples: bool,
    pub first_steps_skipped: bool,
    /// Whether logging in takes a second step.
    pub has_second_factor: bool,
    /// Whether they have one; others come in by a provider or a passkey alone.
    pub has_password: bool,
    /// The day on which the account is deleted, where they live, if they wished so.
    pub leaves_on: Option<NaiveDate>,
    /// Whether staff wished so, and they cannot keep it.
    pub leaves_by_staff: bool,
    /// What they may do for others here.
    pub staff: Option<Rank>,
    /// Whose book they look at, where they do so to help.
    pub looking: Option<Looking>,
    /// "3 Dec 2026, 14:05", where staff may read the open book until then.
    pub read_until: Option<String>,
    /// The civil day where they live, when this was asked. [`today`](super::today()) follows it.
    pub today: NaiveDate,
}

/// A book that staff look at by the consent of whoever owns it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Looking {
    /// The owner.
    pub name: String,
    /// "3 Dec 2026, 14:05"
    pub until: String,
}

/// One of the books of a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnBook {
    pub id: String,
    pub name: String,
}

impl Me {
    /// How they write numbers.
    pub fn format(&self) -> NumberFormat {
        NumberFormat::of(&self.locale)
    }
}

/// The person of this page. Every page below `AppFrame` has one.
pub fn me() -> Me {
    Me { today: super::today().get_untracked(), ..expect_context() }
}

/// The person whom the page was made for, on both sides; `None` when signed out. A session begins and ends
/// with a page loaded anew, so it holds for as long as the page lives.
#[derive(Clone)]
pub(crate) struct Visitor(pub Option<Me>);

impl Visitor {
    /// Once, in `App`. No call is needed to know who it is: the request said so.
    pub fn provide() {
        provide_context(Self(SharedValue::new(asking).into_inner()));
    }

    /// Who it is.
    pub fn here() -> Option<Me> {
        expect_context::<Self>().0
    }
}

#[cfg(feature = "ssr")]
fn asking() -> Option<Me> {
    let who = crate::request::person().ok()?;
    let today = crate::request::today().ok()?;
    Some(of(who, today))
}

#[cfg(not(feature = "ssr"))]
fn asking() -> Option<Me> {
    None
}

#[cfg(feature = "ssr")]
fn of(who: backend::SignedIn, today: NaiveDate) -> Me {
    let zone = who.member.zone();
    let instant = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).format("%-d %b %Y, %H:%M").to_string();
    let books = who.books.iter().map(|book| OwnBook { id: book.id.to_string(), name: book.name.clone() }).collect();
    let person = who.person;
    Me {
        user: person.user.to_string(),
        name: person.name,
        email: person.email,
        confirmed: person.confirmed,
        confirms_later: super::later::is_put_off(),
        phone: person.phone.unwrap_or_default(),
        locale: person.locale,
        time_zone: person.time_zone,
        country: person.country,
        book: who.member.book().to_string(),
        book_name: person.book_name,
        role: who.member.role(),
        books,
        currency: person.currency.code().to_owned(),
        week_start: person.week_start.parse().unwrap_or(Weekday::Mon),
        alerts_by_mail: person.alerts_by_mail,
        has_samples: person.has_samples,
        first_steps_skipped: person.first_steps_skipped,
        has_second_factor: person.has_second_factor,
        has_password: person.has_password,
        leaves_on: person.leaves_at.map(|at| at.with_timezone(&zone).date_naive()),
        leaves_by_staff: person.leaves_by_staff,
        staff: who.staff.map(|staff| staff.rank()),
        looking: who.support.map(|support| Looking { until: instant(support.until), name: support.name }),
        read_until: who.read_until.map(instant),
        today,
    }
}
