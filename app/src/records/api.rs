//! What the server does with records.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::Json;

use ledger::Changes;
use ledger::bulk::{Edit, Edited};
use ledger::filter::Filter;
use ledger::id::RecordId;
use ledger::list::{Cursor, DaySums, FilterSums, PayeeSuggestion, RecordPage, SearchSuggestion, Ties};
use ledger::rates::Unrated;
use ledger::record_form::RecordForm;
use ledger::records::Record;

use crate::book::RateChoice;
use crate::error::AppError;

/// Saves a new or an edited record. Without JavaScript it goes on to `next`, where that is a page of ours.
#[server(name = SaveRecord, prefix = "/api", endpoint = "save_record")]
pub async fn save_record(form: RecordForm, #[server(default)] next: String) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let format = crate::request::format()?;
    let form = match form.asks_rate(&book, format) {
        Some((currency, day)) => {
            form.with_rate(backend::rates::on_day(&backend, &member, currency, day).await?, format)
        }
        None => form,
    };
    let record = form.parse(&book, format)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::SaveRecord(record)).await?;
    crate::request::redirect_posts(list_of(&next));
    Ok(changes)
}

/// The list that a form was opened from.
#[cfg(feature = "ssr")]
fn list_of(next: &str) -> &str {
    crate::layout::local_path_or(next, super::url::LIST)
}

/// Which record a button is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecordChoice {
    pub id: String,
}

/// Deletes a record; [`restore_record`] takes it back.
#[server(name = DeleteRecord, prefix = "/api", endpoint = "delete_record")]
pub async fn delete_record(form: RecordChoice, #[server(default)] next: String) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::DeleteRecord(id)).await?;
    crate::request::redirect_posts(&super::url::with(list_of(&next), "deleted", &id.to_string()));
    Ok(changes)
}

/// Takes a deletion back.
#[server(name = RestoreRecord, prefix = "/api", endpoint = "restore_record")]
pub async fn restore_record(form: RecordChoice, #[server(default)] next: String) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::RestoreRecord(id)).await?;
    crate::request::redirect_posts(list_of(&next));
    Ok(changes)
}

/// One record, for its form.
#[server(name = FindRecord, prefix = "/api", endpoint = "find_record", input = Json)]
pub async fn find_record(id: String) -> Result<Record, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    backend::records::find(&backend, &member, id).await?.ok_or(AppError::NotFound)
}

/// What a refund or an expense is tied to.
#[server(name = FindTies, prefix = "/api", endpoint = "find_ties", input = Json)]
pub async fn find_ties(id: String) -> Result<Ties, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = id.parse().map_err(|_| AppError::NotFound)?;
    Ok(backend::records::ties(&backend, &member, id).await?)
}

/// The records that a filter shows, newest first, from `after` on.
#[server(name = ListRecords, prefix = "/api", endpoint = "list_records", input = Json)]
pub async fn list_records(filter: Filter, after: Option<Cursor>) -> Result<RecordPage, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::list::page(&backend, &member, &filter, after, super::PAGE_ROWS).await?)
}

/// The exact sums of all records that a filter shows.
#[server(name = SumRecords, prefix = "/api", endpoint = "sum_records", input = Json)]
pub async fn sum_records(filter: Filter) -> Result<FilterSums, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::list::sums(&backend, &member, &filter).await?)
}

/// The exact sums of some days of a list; days of which it shows nothing are left out.
#[server(name = SumDays, prefix = "/api", endpoint = "sum_days", input = Json)]
pub async fn sum_days(filter: Filter, days: BTreeSet<NaiveDate>) -> Result<Vec<DaySums>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::list::days(&backend, &member, &filter, &days).await?)
}

/// Payees that were used before and begin as typed, with what they were used for.
#[server(name = SuggestPayees, prefix = "/api", endpoint = "suggest_payees", input = Json)]
pub async fn suggest_payees(typed: String) -> Result<Vec<PayeeSuggestion>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::payees::suggest(&backend, &member, &typed).await?)
}

/// Words that a search could go on with.
#[server(name = SuggestSearch, prefix = "/api", endpoint = "suggest_search", input = Json)]
pub async fn suggest_search(typed: String) -> Result<Vec<SearchSuggestion>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::list::suggest(&backend, &member, &typed).await?)
}

/// The newest records that a filter shows, as many as can be changed at once.
#[server(name = MatchingRecords, prefix = "/api", endpoint = "matching_records", input = Json)]
pub async fn matching_records(filter: Filter) -> Result<Vec<RecordId>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::list::matching(&backend, &member, &filter).await?)
}

/// Does the same to many records at once; [`undo_edit`] takes it back.
#[server(name = EditRecords, prefix = "/api", endpoint = "edit_records", input = Json)]
pub async fn edit_records(ids: BTreeSet<RecordId>, edit: Edit) -> Result<Edited, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::commands::many::edit(&backend, &member, &ids, &edit).await?)
}

/// Takes the edit back that a revision wrote; answers how many records were changed since and stay as they are.
#[server(name = UndoEdit, prefix = "/api", endpoint = "undo_edit", input = Json)]
pub async fn undo_edit(revision: i64) -> Result<(Changes, usize), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::commands::many::undo(&backend, &member, revision).await?)
}

/// The records that have no rate, by currency.
#[server(name = LoadUnrated, prefix = "/api", endpoint = "load_unrated")]
pub async fn load_unrated() -> Result<Vec<Unrated>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    Ok(backend::rates::missing(&backend, &member).await?)
}

/// Gives a rate to the records of a currency which have none; [`undo_edit`] takes that back.
#[server(name = UseRate, prefix = "/api", endpoint = "use_rate")]
pub async fn use_rate(form: RateChoice) -> Result<Edited, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let (currency, rate) = form.read()?;
    let edited = backend::rates::give(&backend, &member, currency, rate).await?;
    crate::request::redirect_posts("/records?rate=none");
    Ok(edited)
}
