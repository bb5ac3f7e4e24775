//! Bills over REST.

use app::bills::PayForm;
use axum::Json;
use axum::response::Response;
use http::StatusCode;
use ledger::bills::{Bill, BillForm, Status};
use ledger::id::{BillId, RecordId};
use ledger::{Book, Command};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::auth::{Caller, Id};
use super::body::Body;
use super::idempotency::Made;
use super::model::{
    Decimal, Minor, Revision, SumInput, Times, account, category, day, decimal, format, id_or, object, text, ticked,
    whole,
};
use super::problem::{Answer, Problem};
use super::record_input::RateInput;
use super::records::RecordOut;
use super::revision::{IfMatch, tagged};
use super::{BASE, Rest};

pub fn router() -> OpenApiRouter<Rest> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, change, delete))
        .routes(routes!(restore))
        .routes(routes!(pay))
        .routes(routes!(skip))
        .routes(routes!(reopen))
}

/// What falls due.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Bill)]
pub struct BillOut {
    id: Uuid,
    revision: i64,
    name: String,
    /// More than nothing.
    #[schema(example = "12000.00")]
    amount: String,
    minor: i64,
    currency: String,
    /// The amount is only about right.
    estimated: bool,
    /// The day that is planned next, which names it when it is paid or skipped; the first one once all are settled.
    due: chrono::NaiveDate,
    /// When it is due really: one day can be moved. Null once all are settled.
    due_on: Option<chrono::NaiveDate>,
    status: StatusWord,
    /// `once`, `weeks-1` to `weeks-52`, `monthly`, `month-end`, `quarterly` or `yearly`.
    #[schema(example = "monthly")]
    repeats: String,
    /// The last day on which it can fall due.
    ends_on: Option<chrono::NaiveDate>,
    /// How often it falls due from `due` on.
    ends_after: Option<u32>,
    category_id: Option<Uuid>,
    /// Where it is paid from.
    account_id: Option<Uuid>,
    /// How many days before it is due a reminder is sent; null for none.
    remind_days: Option<u8>,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = BillStatus)]
enum StatusWord {
    Upcoming,
    Due,
    Overdue,
    Settled,
}

impl BillOut {
    pub fn of(bill: &Bill, today: chrono::NaiveDate) -> Self {
        let form = BillForm::of(bill, bill.planned_due(), format());
        Self {
            id: bill.id.0,
            revision: bill.revision,
            name: bill.name.clone(),
            amount: decimal(bill.amount),
            minor: bill.amount.minor,
            currency: bill.amount.currency.code().to_owned(),
            estimated: bill.estimated,
            due: bill.planned_due(),
            due_on: bill.next().map(|next| next.day),
            status: match bill.status(today) {
                Status::Upcoming => StatusWord::Upcoming,
                Status::Due => StatusWord::Due,
                Status::Overdue => StatusWord::Overdue,
                Status::Settled => StatusWord::Settled,
            },
            repeats: form.repeats,
            ends_on: form.until.parse().ok(),
            ends_after: form.times.parse().ok(),
            category_id: bill.category.map(|id| id.0),
            account_id: bill.account.map(|id| id.0),
            remind_days: bill.remind_days,
        }
    }
}

/// A bill to be kept. In a change send all of it: what is left out is as in a new bill.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(example = json!({"name": "Rent", "amount": "12000", "due": "2027-02-01", "repeats": "monthly", "category": "Rent"}))]
struct BillInput {
    id: Option<Uuid>,
    revision: Option<Revision>,
    #[serde(default)]
    name: String,
    amount: Option<Decimal>,
    minor: Option<Minor>,
    #[serde(default)]
    estimated: bool,
    /// The next due day.
    #[schema(format = Date)]
    due: Option<String>,
    /// `once` when left out.
    repeats: Option<String>,
    #[schema(format = Date)]
    ends_on: Option<String>,
    ends_after: Option<Times>,
    category_id: Option<Uuid>,
    /// The category by its name, where no `category_id` is sent.
    category: Option<String>,
    account_id: Option<Uuid>,
    /// The account by its name, where no `account_id` is sent.
    account: Option<String>,
    #[serde(default, deserialize_with = "whole")]
    #[schema(minimum = 0, maximum = 255)]
    remind_days: Option<u8>,
}

impl BillInput {
    fn parse(&self, id: BillId, revision: i64, book: &Book, before: Option<&Bill>) -> Answer<Bill> {
        let account = account(book, self.account_id, self.account.as_deref())?;
        let category = category(book, self.category_id, self.category.as_deref())?;
        let currency =
            account.and_then(|id| book.accounts.get(&id)).map_or(book.home, ledger::accounts::Account::currency);
        let sum = SumInput { amount: self.amount.clone(), minor: self.minor };
        let ends = match (&self.ends_on, self.ends_after) {
            (Some(_), Some(_)) => return Err(Problem::invalid("ends_on", "Send one of `ends_on` and `ends_after`")),
            (Some(_), None) => "on",
            (None, Some(_)) => "after",
            (None, None) => "never",
        };
        let form = BillForm {
            id: id.to_string(),
            revision: revision.to_string(),
            name: self.name.clone(),
            amount: sum.typed(currency, "amount")?,
            estimated: ticked(self.estimated),
            due: self.due.clone().unwrap_or_default(),
            repeats: self.repeats.clone().unwrap_or_else(|| "once".to_owned()),
            ends: ends.to_owned(),
            until: text(day(self.ends_on.as_deref(), "ends_on")?),
            times: text(self.ends_after.map(|times| times.0)),
            category: text(category),
            account: text(account),
            remind: text(self.remind_days),
            ..BillForm::default()
        };
        form.parse(id, currency, format(), before).map_err(|errors| Problem::from(errors).named(field_name))
    }
}

fn field_name(field: &str) -> String {
    let name = match field {
        "until" => "ends_on",
        "times" => "ends_after",
        "remind" => "remind_days",
        "weeks" => "repeats",
        other => other,
    };
    name.to_owned()
}

#[derive(Debug, Serialize, ToSchema)]
struct BillList {
    bills: Vec<BillOut>,
}

/// List bills
#[utoipa::path(get, path = "/bills", tag = "Bills",
    responses((status = 200, description = "All of them, settled ones included.", body = BillList)))]
async fn list(caller: Caller) -> Answer<Json<BillList>> {
    let (bills, today) = (backend::bills::all(&caller.backend, caller.member()).await?, caller.today());
    Ok(Json(BillList { bills: bills.iter().map(|bill| BillOut::of(bill, today)).collect() }))
}

/// Add a bill
#[utoipa::path(post, path = "/bills", tag = "Bills", request_body = BillInput,
    responses((status = 201, description = "It is kept.", body = BillOut)))]
async fn create(caller: Caller, made: Made, Body(input): Body<BillInput>) -> Answer<Response> {
    let id = BillId(id_or(input.id, made.0)?);
    let bill = input.parse(id, 0, &book(&caller).await?, None)?;
    saved(&caller, bill, true).await
}

/// Read a bill
#[utoipa::path(get, path = "/bills/{id}", tag = "Bills", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The bill, its revision also as ETag.", body = BillOut)))]
async fn get(caller: Caller, Id(id): Id) -> Answer<Response> {
    told(&caller, BillId(id), None).await
}

/// Change a bill
///
/// With the same `due` and `repeats` what was settled stays settled; another plan begins at its `due`.
#[utoipa::path(put, path = "/bills/{id}", tag = "Bills", params(("id" = Uuid, Path)), request_body = BillInput,
    responses((status = 200, description = "It is kept as it was sent.", body = BillOut)))]
async fn change(caller: Caller, Id(id): Id, from: IfMatch, Body(input): Body<BillInput>) -> Answer<Response> {
    let before = find(&caller, BillId(id)).await?;
    let revision = from.check(input.revision, before.revision)?;
    let bill = input.parse(before.id, revision, &book(&caller).await?, Some(&before))?;
    saved(&caller, bill, false).await
}

/// Delete a bill
#[utoipa::path(delete, path = "/bills/{id}", tag = "Bills", params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is gone; what was paid stays, and `restore` takes it back.")))]
async fn delete(caller: Caller, Id(id): Id) -> Answer<StatusCode> {
    find(&caller, BillId(id)).await?;
    caller.run(Command::DeleteBill(BillId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a deletion back
#[utoipa::path(post, path = "/bills/{id}/restore", tag = "Bills", params(("id" = Uuid, Path)),
    responses((status = 200, description = "It is there again.", body = BillOut)))]
async fn restore(caller: Caller, Id(id): Id) -> Answer<Response> {
    caller.run(Command::RestoreBill(BillId(id))).await?;
    told(&caller, BillId(id), None).await
}

/// A payment.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(example = json!({"due": "2027-02-01"}))]
struct PayInput {
    /// `due` of the bill: a second payment of the same day is none.
    #[schema(format = Date)]
    due: String,
    /// The id of the record to make; made here when left out.
    record_id: Option<Uuid>,
    /// The day of the payment; today when left out.
    #[schema(format = Date)]
    date: Option<String>,
    /// What is due when left out.
    amount: Option<Decimal>,
    minor: Option<Minor>,
    /// The account of the bill, or the first that fits, when left out.
    account_id: Option<Uuid>,
    /// The account by its name, where no `account_id` is sent.
    account: Option<String>,
    /// What one unit of the bill's currency is worth in that of the book; the rate of the day when left out.
    #[serde(default, deserialize_with = "object")]
    rate: Option<RateInput>,
}

/// The bill as it goes on, and the record that paid it.
#[derive(Debug, Serialize, ToSchema)]
struct Paid {
    bill: BillOut,
    record: RecordOut,
}

/// Pay a bill
#[utoipa::path(post, path = "/bills/{id}/pay", tag = "Bills", params(("id" = Uuid, Path)), request_body = PayInput,
    responses((status = 200, description = "The due day is paid by one record.", body = Paid)))]
async fn pay(caller: Caller, Id(id): Id, made: Made, Body(input): Body<PayInput>) -> Answer<Json<Paid>> {
    let (before, book) = (find(&caller, BillId(id)).await?, book(&caller).await?);
    let sum = SumInput { amount: input.amount.clone(), minor: input.minor };
    let (rate, rate_day) = input.rate.as_ref().map(RateInput::typed).transpose()?.unwrap_or_default();
    let form = PayForm {
        rate,
        rate_day,
        bill: id.to_string(),
        due: input.due.clone(),
        record: id_or(input.record_id, made.0)?.to_string(),
        date: text(day(input.date.as_deref(), "date")?),
        amount: sum.typed(before.amount.currency, "amount")?,
        account: text(account(&book, input.account_id, input.account.as_deref())?),
    };
    let (today, currency) = (caller.today(), before.amount.currency);
    let known = match form.day(today).filter(|_| currency != book.home) {
        Some(day) => backend::rates::on_day(&caller.backend, caller.member(), currency, day).await?,
        None => None,
    };
    let (due, record) = form.parse(&before, &book, known, today, format())?;
    let paid = record.id;
    let changes = caller.run(Command::PayBill { bill: before.id, due, record }).await?;
    let record = match changes.records.into_iter().find(|record| record.id == paid) {
        Some(record) => record,
        None => record_of(&caller, paid).await?,
    };
    let bill = find(&caller, before.id).await?;
    let record = RecordOut::of(&record, caller.bearer.home);
    Ok(Json(Paid { bill: BillOut::of(&bill, caller.today()), record }))
}

/// One due day.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[schema(example = json!({"due": "2027-02-01"}))]
struct DueInput {
    /// The day that was planned.
    #[schema(format = Date)]
    due: String,
}

impl DueInput {
    fn day(&self) -> Answer<chrono::NaiveDate> {
        let words = || Problem::invalid("due", "Send the due day");
        day(Some(&self.due), "due")?.ok_or_else(words)
    }
}

/// Skip a due day
#[utoipa::path(post, path = "/bills/{id}/skip", tag = "Bills", params(("id" = Uuid, Path)), request_body = DueInput,
    responses((status = 200, description = "The due day is passed over.", body = BillOut)))]
async fn skip(caller: Caller, Id(id): Id, Body(input): Body<DueInput>) -> Answer<Response> {
    let bill = find(&caller, BillId(id)).await?.id;
    caller.run(Command::SkipBill { bill, due: input.day()? }).await?;
    told(&caller, bill, None).await
}

/// Open a due day again
///
/// It takes a payment, with its record, or a skip back.
#[utoipa::path(post, path = "/bills/{id}/reopen", tag = "Bills", params(("id" = Uuid, Path)), request_body = DueInput,
    responses((status = 200, description = "The due day is open.", body = BillOut)))]
async fn reopen(caller: Caller, Id(id): Id, Body(input): Body<DueInput>) -> Answer<Response> {
    let bill = find(&caller, BillId(id)).await?.id;
    caller.run(Command::ReopenBill { bill, due: input.day()? }).await?;
    told(&caller, bill, None).await
}

async fn book(caller: &Caller) -> Answer<Book> {
    Ok(backend::window::for_forms(&caller.backend, caller.member()).await?)
}

async fn find(caller: &Caller, id: BillId) -> Answer<Bill> {
    let found = backend::bills::find(&caller.backend, caller.member(), id).await?;
    found.ok_or_else(Problem::not_found)
}

async fn record_of(caller: &Caller, id: RecordId) -> Answer<ledger::records::Record> {
    let found = backend::records::find(&caller.backend, caller.member(), id).await?;
    found.ok_or_else(|| Problem::conflict(ledger::command::ALREADY_SETTLED))
}

async fn saved(caller: &Caller, bill: Bill, is_new: bool) -> Answer<Response> {
    let id = bill.id;
    caller.run(Command::SaveBill(bill)).await.map_err(|problem| problem.named(field_name))?;
    told(caller, id, is_new.then(|| format!("{BASE}/bills/{id}"))).await
}

async fn told(caller: &Caller, id: BillId, place: Option<String>) -> Answer<Response> {
    let bill = find(caller, id).await?;
    Ok(tagged(&BillOut::of(&bill, caller.today()), bill.revision, place))
}
