//! One change of many records at once, and how it is taken back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::command::{Changes, Command};
use crate::currency::Currency;
use crate::form::{FieldErrors, name_key};
use crate::id::{AccountId, CategoryId, RecordId};
use crate::money::AMOUNT_MAX;
use crate::period::{FIRST_DAY, LAST_DAY};
use crate::rates::DayRate;
use crate::records::{Kind, Record, TAGS_MAX, parse_tags};

/// The most records that are changed at once.
pub const MOST: usize = 1000;

/// The most days that records are moved by.
const DAYS_MOST: i64 = 36_525;

/// What happens to each of the records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Edit {
    Category(Option<CategoryId>),
    Account(AccountId),
    AddTags(Vec<String>),
    RemoveTags(Vec<String>),
    /// To so many days later, or earlier where it is negative.
    Shift(i64),
    /// Gives those of a currency that have no rate this one.
    Rate(Currency, DayRate),
    Delete,
}

/// Why a record stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stays {
    TransferHasNoCategory,
    /// Its parts have categories of their own.
    Split,
    /// The category is for the other of expenses and income.
    OtherKind,
    OtherCurrency,
    /// A transfer would go from an account to itself.
    SameAccount,
    TooManyTags,
    OutOfCalendar,
    /// At that rate it would be worth more than fits.
    TooMuch,
}

impl Stays {
    /// Why `count` records stay: "2 transfers have no category".
    pub fn words(self, count: usize) -> String {
        let one = count == 1;
        let (noun, verb) = if one { ("record", "is") } else { ("records", "are") };
        match self {
            Self::TransferHasNoCategory if one => "1 transfer has no category".to_owned(),
            Self::TransferHasNoCategory => format!("{count} transfers have no category"),
            Self::Split => format!("{count} {noun} {verb} split over categories"),
            Self::OtherKind => format!("{count} {noun} {verb} of the other kind than the category"),
            Self::OtherCurrency => format!("{count} {noun} {verb} in another currency than the account"),
            Self::SameAccount if one => "1 transfer would end where it begins".to_owned(),
            Self::SameAccount => format!("{count} transfers would end where they begin"),
            Self::TooManyTags => format!("{count} {noun} would have more than {TAGS_MAX} tags"),
            Self::TooMuch => format!("{count} {noun} would be worth too much at that rate"),
            Self::OutOfCalendar => format!("{count} {noun} would leave the years from 1900 to 2199"),
        }
    }
}

/// What an edit can change of a record, as it was before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    pub id: RecordId,
    pub day: NaiveDate,
    pub account: AccountId,
    pub category: Option<CategoryId>,
    pub tags: Vec<String>,
}

impl Before {
    fn of(record: &Record) -> Self {
        Self {
            id: record.id,
            day: record.day,
            account: record.account,
            category: record.flow.category(),
            tags: record.tags.clone(),
        }
    }

    fn put_back(&self, record: &Record) -> Record {
        Record { day: self.day, account: self.account, tags: self.tags.clone(), ..record.filed(self.category) }
    }
}

/// What is kept of an edit, so that it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kept {
    /// The records that changed, as they were.
    Changed(Vec<Before>),
    Deleted(Vec<RecordId>),
    /// Those that were given a rate.
    Rated(Vec<RecordId>),
}

impl Kept {
    /// The records that it is about.
    pub fn ids(&self) -> Vec<RecordId> {
        match self {
            Self::Changed(before) => before.iter().map(|record| record.id).collect(),
            Self::Deleted(ids) | Self::Rated(ids) => ids.clone(),
        }
    }

    /// What takes an edit back that `revision` wrote: the command, and how many records were changed or deleted
    /// since and stay as they are. `records` are those that are there now.
    pub fn put_back(&self, revision: i64, records: &[Record]) -> (Option<Command>, usize) {
        let now: BTreeMap<RecordId, &Record> = records.iter().map(|record| (record.id, record)).collect();
        let untouched = |id: &RecordId| now.get(id).filter(|record| record.revision == revision).copied();
        let before = match self {
            Self::Deleted(ids) => return (Some(Command::RestoreRecords(ids.clone())), 0),
            Self::Rated(ids) => {
                let still: Vec<RecordId> = ids.iter().filter(|id| untouched(id).is_some()).copied().collect();
                let left = ids.len() - still.len();
                return ((!still.is_empty()).then_some(Command::ForgetRates(still)), left);
            }
            Self::Changed(before) => before,
        };
        let saved: Vec<Record> =
            before.iter().filter_map(|before| untouched(&before.id).map(|record| before.put_back(record))).collect();
        let left = before.len() - saved.len();
        ((!saved.is_empty()).then_some(Command::SaveRecords(saved)), left)
    }
}

/// What became of an edit. Its changes are those of one revision, by which it is taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    pub changes: Changes,
    /// How many records changed.
    pub changed: usize,
    /// How many stay as they are, and why.
    pub stay: BTreeMap<Stays, usize>,
}

impl Edited {
    /// Why some stay as they are, in one sentence; `None` where all did what they were asked.
    pub fn stay_words(&self) -> Option<String> {
        let words: Vec<String> = self.stay.iter().map(|(why, count)| why.words(*count)).collect();
        (!words.is_empty()).then(|| format!("{}.", words.join("; ")))
    }
}

/// What an edit comes to: the command that does it with what takes it back, and what stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// `None` where nothing changes.
    pub command: Option<(Command, Kept)>,
    pub stay: BTreeMap<Stays, usize>,
}

impl Edit {
    /// What it does to records of a book. `book` needs its accounts and categories only.
    ///
    /// # Errors
    /// Messages beside `category`, `account`, `tags` and `days`.
    pub fn plan(&self, records: &[Record], book: &Book) -> Result<Plan, FieldErrors> {
        let edit = self.checked(book)?;
        if edit == Self::Delete {
            let ids: Vec<RecordId> = records.iter().map(|record| record.id).collect();
            let command = (!ids.is_empty()).then(|| (Command::DeleteRecords(ids.clone()), Kept::Deleted(ids)));
            return Ok(Plan { command, stay: BTreeMap::new() });
        }
        let (mut saved, mut before, mut stay) = (Vec::new(), Vec::new(), BTreeMap::new());
        for record in records {
            match edit.edited(record, book) {
                Ok(edited) if edited.same_as(record) => {}
                Ok(edited) => {
                    before.push(Before::of(record));
                    saved.push(edited);
                }
                Err(why) => *stay.entry(why).or_insert(0) += 1,
            }
        }
        let kept = match edit {
            Self::Rate(..) => Kept::Rated(before.into_iter().map(|before| before.id).collect()),
            _ => Kept::Changed(before),
        };
        let command = (!saved.is_empty()).then_some((Command::SaveRecords(saved), kept));
        Ok(Plan { command, stay })
    }

    /// The same with its tags as they are kept, if what it names is there.
    fn checked(&self, book: &Book) -> Result<Self, FieldErrors> {
        let tags = |typed: &[String]| match parse_tags(&typed.join(",")) {
            Ok(tags) if tags.is_empty() => Err(FieldErrors::one("tags", "Enter a tag")),
            Ok(tags) => Ok(tags),
            Err(message) => Err(FieldErrors::one("tags", message)),
        };
        match self {
            Self::Category(Some(id)) if !book.categories.contains_key(id) => {
                Err(FieldErrors::one("category", "Choose a category of the list"))
            }
            Self::Account(id) if !book.accounts.contains_key(id) => {
                Err(FieldErrors::one("account", "Choose an account of the list"))
            }
            Self::AddTags(typed) => tags(typed).map(Self::AddTags),
            Self::RemoveTags(typed) => tags(typed).map(Self::RemoveTags),
            Self::Shift(days) if *days == 0 || days.abs() > DAYS_MOST => {
                Err(FieldErrors::one("days", format!("Enter a number of days from 1 to {DAYS_MOST}")))
            }
            _ => Ok(self.clone()),
        }
    }

    fn edited(&self, record: &Record, book: &Book) -> Result<Record, Stays> {
        let mut edited = record.clone();
        match self {
            Self::Category(category) => {
                let kind = category.and_then(|id| book.categories.get(&id)).map(|category| category.kind);
                match record.kind() {
                    Kind::Transfer => return Err(Stays::TransferHasNoCategory),
                    _ if !record.parts.is_empty() => return Err(Stays::Split),
                    of if kind.is_some_and(|kind| kind != of) => return Err(Stays::OtherKind),
                    _ => edited = record.filed(*category),
                }
            }
            Self::Account(account) => {
                let fits = book.accounts.get(account).is_some_and(|one| one.currency() == record.amount.currency);
                if !fits {
                    return Err(Stays::OtherCurrency);
                }
                if record.flow.to_account() == Some(*account) {
                    return Err(Stays::SameAccount);
                }
                edited.account = *account;
            }
            Self::AddTags(tags) => {
                let known: BTreeSet<String> = record.tags.iter().map(|tag| name_key(tag)).collect();
                edited.tags.extend(tags.iter().filter(|tag| !known.contains(&name_key(tag))).cloned());
                if edited.tags.len() > TAGS_MAX {
                    return Err(Stays::TooManyTags);
                }
            }
            Self::RemoveTags(tags) => {
                let gone: BTreeSet<String> = tags.iter().map(|tag| name_key(tag)).collect();
                edited.tags.retain(|tag| !gone.contains(&name_key(tag)));
            }
            Self::Shift(days) => {
                let day = TimeDelta::try_days(*days).and_then(|by| record.day.checked_add_signed(by));
                let day = day.filter(|day| (FIRST_DAY..=LAST_DAY).contains(day));
                edited.day = day.ok_or(Stays::OutOfCalendar)?;
            }
            Self::Rate(currency, rate) if record.has_no_rate() && record.amount.currency == *currency => {
                let worth = rate.rate.convert(record.amount, book.home);
                if worth.is_none_or(|worth| worth.minor > AMOUNT_MAX) {
                    return Err(Stays::TooMuch);
                }
                edited.rate = Some(*rate);
            }
            Self::Rate(..) | Self::Delete => {}
        }
        Ok(edited)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_says_why_in_one_sentence() {
        let stay = BTreeMap::from([(Stays::TransferHasNoCategory, 1), (Stays::OtherKind, 2)]);
        let edited = Edited { stay, ..Edited::default() };
        let words = "1 transfer has no category; 2 records are of the other kind than the category.";
        assert_eq!(edited.stay_words().as_deref(), Some(words));
        assert_eq!(Edited::default().stay_words(), None);
    }

    #[test]
    fn days_stop_at_the_ends_of_the_calendar() {
        let book = Book::new(Currency::INR, chrono::Weekday::Mon);
        let record = |on: &str| {
            let (amount, flow) =
                (crate::money::Money::new(1, book.home), crate::records::Flow::Expense { category: None });
            Record::plain(RecordId::NIL, on.parse().expect("a day"), amount, AccountId::NIL, flow)
        };
        for (on, days, moved) in [
            ("2028-02-28", 1, Some("2028-02-29")),
            ("2027-12-31", 1, Some("2028-01-01")),
            ("2028-03-01", -1, Some("2028-02-29")),
            ("2199-12-31", 1, None),
            ("1900-01-01", -1, None),
        ] {
            let plan = Edit::Shift(days).plan(&[record(on)], &book).expect("a plan");
            let day = match plan.command {
                Some((Command::SaveRecords(records), _)) => records.first().map(|record| record.day.to_string()),
                _ => None,
            };
            assert_eq!(day.as_deref(), moved, "{on} {days}");
            assert_eq!(plan.stay.contains_key(&Stays::OutOfCalendar), moved.is_none());
        }
        for odd in
            [Edit::Shift(0), Edit::Shift(40_000), Edit::AddTags(vec![" ".into()]), Edit::AddTags(vec!["x".repeat(41)])]
        {
            assert!(odd.plan(&[record("2028-01-01")], &book).is_err(), "{odd:?}");
        }
    }
}
