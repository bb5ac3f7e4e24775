//! What the server does with bills.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use ledger::Changes;
use ledger::bills::{BillForm, DueForm, History, Settled};

use super::pay::PayForm;
use crate::error::AppError;

/// Saves a new or an edited bill.
#[server(name = SaveBill, prefix = "/api", endpoint = "save_bill")]
pub async fn save_bill(form: BillForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let id = ledger::id::BillId(crate::request::id_or_new(&form.id)?);
    let before = backend::bills::find(&backend, &member, id).await?;
    let currency = super::form::currency_of(&form.account, &book);
    let format = crate::request::format()?;
    let split = before.as_ref().and_then(|before| form.split(before));
    let changes = if let Some(split) = split {
        let later = ledger::id::BillId(crate::request::id_or_new(&split.form.id)?);
        let rest = split.form.parse(later, currency, format, Some(&split.rest))?;
        backend::bills::split(&backend, &member, split.ended, rest).await?
    } else {
        let bill = form.parse(id, currency, format, before.as_ref())?;
        backend::commands::run(&backend, &member, ledger::Command::SaveBill(bill)).await?
    };
    crate::request::redirect_posts("/bills");
    Ok(changes)
}

/// Which bill a button is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BillChoice {
    pub id: String,
}

/// Deletes a bill; [`restore_bill`] takes it back.
#[server(name = DeleteBill, prefix = "/api", endpoint = "delete_bill")]
pub async fn delete_bill(form: BillChoice) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::DeleteBill(id)).await?;
    crate::request::redirect_posts(&format!("/bills?deleted={id}"));
    Ok(changes)
}

/// Takes a deletion back.
#[server(name = RestoreBill, prefix = "/api", endpoint = "restore_bill")]
pub async fn restore_bill(form: BillChoice) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.id.parse().map_err(|_| AppError::NotFound)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::RestoreBill(id)).await?;
    crate::request::redirect_posts("/bills");
    Ok(changes)
}

/// Pays one due day of a bill with exactly one record.
#[server(name = PayBill, prefix = "/api", endpoint = "pay_bill")]
pub async fn pay_bill(form: PayForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let book = backend::window::for_forms(&backend, &member).await?;
    let id = form.bill.parse().map_err(|_| AppError::NotFound)?;
    let bill = backend::bills::find(&backend, &member, id).await?.ok_or(AppError::NotFound)?;
    let (today, currency) = (crate::request::today()?, bill.amount.currency);
    let rate = match form.day(today).filter(|_| currency != book.home) {
        Some(day) => backend::rates::on_day(&backend, &member, currency, day).await?,
        None => None,
    };
    let (due, record) = form.parse(&bill, &book, rate, today, crate::request::format()?)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::PayBill { bill: id, due, record }).await?;
    crate::request::redirect_posts(&format!("/bills?paid={id}&due={due}"));
    Ok(changes)
}

/// One due day of a bill.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct DueChoice {
    pub bill: String,
    /// ISO 8601.
    pub due: String,
}

/// Passes one due day over.
#[server(name = SkipBill, prefix = "/api", endpoint = "skip_bill")]
pub async fn skip_bill(form: DueChoice) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let bill = form.bill.parse().map_err(|_| AppError::NotFound)?;
    let due = form.due.parse().map_err(|_| AppError::NotFound)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::SkipBill { bill, due }).await?;
    crate::request::redirect_posts(&format!("/bills?skipped={bill}&due={due}"));
    Ok(changes)
}

/// Takes a payment, with its record, or a skip back.
#[server(name = ReopenBill, prefix = "/api", endpoint = "reopen_bill")]
pub async fn reopen_bill(form: DueChoice) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let bill = form.bill.parse().map_err(|_| AppError::NotFound)?;
    let due = form.due.parse().map_err(|_| AppError::NotFound)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::ReopenBill { bill, due }).await?;
    crate::request::redirect_posts("/bills");
    Ok(changes)
}

/// Changes one due day of a bill.
#[server(name = SaveDue, prefix = "/api", endpoint = "save_due")]
pub async fn save_due(form: DueForm) -> Result<Changes, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = form.bill.parse().map_err(|_| AppError::NotFound)?;
    let bill = backend::bills::find(&backend, &member, id).await?.ok_or(AppError::NotFound)?;
    let bill = form.parse(&bill, crate::request::format()?)?;
    let changes = backend::commands::run(&backend, &member, ledger::Command::SaveBill(bill)).await?;
    crate::request::redirect_posts(&format!("/bills/{id}"));
    Ok(changes)
}

/// How the due days of a bill were settled.
#[server(name = LoadBillHistory, prefix = "/api", endpoint = "load_bill_history")]
pub async fn load_bill_history(bill: String) -> Result<History, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let id = bill.parse().map_err(|_| AppError::NotFound)?;
    backend::bills::history(&backend, &member, id).await?.ok_or(AppError::NotFound)
}

/// How many settled bills are listed at once.
pub const SETTLED_SHOWN: usize = 50;

/// The bills of which nothing more falls due, the newest first: those added before the bill `before`, or all. One more
/// than are shown tells that there are others.
#[server(name = LoadSettledBills, prefix = "/api", endpoint = "load_settled_bills")]
pub async fn load_settled_bills(before: String) -> Result<Vec<Settled>, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let most = u32::try_from(SETTLED_SHOWN).unwrap_or_default() + 1;
    Ok(backend::bills::settled(&backend, &member, before.parse().ok(), most).await?)
}

/// The calendar feed as far as the page may know it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedState {
    /// Whether there is a link; which one, nobody knows.
    pub exists: bool,
    /// Where links of this server begin.
    pub base: String,
}

#[server(name = LoadFeed, prefix = "/api", endpoint = "load_feed")]
pub async fn load_feed() -> Result<FeedState, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let base = crate::request::base_url()?;
    Ok(FeedState { exists: backend::feeds::exists(&backend, &member).await?, base })
}

/// Ends the link: whoever has it sees nothing any more.
#[server(name = EndFeed, prefix = "/api", endpoint = "end_feed")]
pub async fn end_feed() -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::feeds::end(&backend, &member).await?;
    crate::request::redirect_posts("/bills");
    Ok(())
}

/// Makes a new link and answers its secret, the only time that it is told.
#[server(name = ResetFeed, prefix = "/api", endpoint = "reset_feed")]
pub async fn reset_feed() -> Result<String, AppError> {
    let (backend, member) = crate::request::signed_in()?;
    let secret = backend::feeds::reset(&backend, &member).await?;
    crate::request::redirect_posts(&format!("/bills?feed={secret}"));
    Ok(secret)
}
