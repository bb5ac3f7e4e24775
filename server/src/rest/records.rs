//! Records over REST.

use axum::Json;
use axum::response::Response;
use http::StatusCode;
use ledger::filter::{CategoryChoice, Filter};
use ledger::id::{AccountId, CategoryId, RecordId};
use ledger::records::Record;
use ledger::{Changes, Command, Currency, Money};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::auth::{Caller, Id};
use super::body::{Asked, Body};
use super::idempotency::Made;
use super::model::{KindWord, Sum, day, decimal, id_or, word};
use super::problem::{Answer, Problem};
use super::record_input::{RecordInput, amount_text, rate_text};
use super::revision::{IfMatch, tagged};
use super::{BASE, Rest, paging};

pub fn router() -> OpenApiRouter<Rest> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(sums))
        .routes(routes!(get, change, delete))
        .routes(routes!(restore))
}

/// What was spent, earned or moved.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Record)]
pub struct RecordOut {
    id: Uuid,
    /// Rises with each change; a change names the one that it starts from.
    revision: i64,
    kind: KindWord,
    /// The civil day.
    date: chrono::NaiveDate,
    /// More than nothing; the kind says which way it went.
    #[schema(example = "12.50")]
    amount: String,
    minor: i64,
    /// That of the account.
    currency: String,
    /// What it was worth in the currency of the book; null where no rate was known.
    home: Option<Sum>,
    /// The rate behind that, where it needed one.
    rate: Option<RateOut>,
    account_id: Uuid,
    /// Where a transfer went to.
    to_account_id: Option<Uuid>,
    /// What a transfer brought to an account of another currency.
    received: Option<Sum>,
    category_id: Option<Uuid>,
    /// The expense that this one is a refund of.
    refund_of: Option<Uuid>,
    /// The amount over several categories; empty for a plain record.
    parts: Vec<PartOut>,
    payee: String,
    note: String,
    tags: Vec<String>,
}

/// What one unit of a currency was worth in that of the book, on a day.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Rate)]
struct RateOut {
    #[schema(example = "83.25")]
    rate: String,
    on: chrono::NaiveDate,
}

/// A part of a record.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Part)]
struct PartOut {
    amount: String,
    minor: i64,
    category_id: Option<Uuid>,
    note: String,
}

impl RecordOut {
    pub fn of(record: &Record, home: Currency) -> Self {
        let part = |part: &ledger::records::Part| PartOut {
            amount: amount_text(part.minor, record.amount.currency),
            minor: part.minor,
            category_id: part.category.map(|id| id.0),
            note: part.note.clone(),
        };
        Self {
            id: record.id.0,
            revision: record.revision,
            kind: record.kind().into(),
            date: record.day,
            amount: decimal(record.amount),
            minor: record.amount.minor,
            currency: record.amount.currency.code().to_owned(),
            home: (!record.has_no_rate()).then(|| Money::new(record.home, home).into()),
            rate: record.rate.map(|rate| RateOut { rate: rate_text(rate.rate), on: rate.on }),
            account_id: record.account.0,
            to_account_id: record.flow.to_account().map(|id| id.0),
            received: record.received.map(Sum::from),
            category_id: record.flow.category().map(|id| id.0),
            refund_of: record.flow.refund_of().map(|id| id.0),
            parts: record.parts.iter().map(part).collect(),
            payee: record.payee.clone(),
            note: record.note.clone(),
            tags: record.tags.clone(),
        }
    }
}

/// Which records are meant; each condition that is sent must hold.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct RecordFilter {
    /// The first day.
    #[param(format = Date)]
    from: Option<String>,
    /// The last day.
    #[param(format = Date)]
    to: Option<String>,
    #[param(inline)]
    kind: Option<KindWord>,
    /// Of this account, on either side of a transfer.
    account_id: Option<Uuid>,
    /// Of this category itself.
    category_id: Option<Uuid>,
    /// Of this category and of all that stand below it.
    below_category_id: Option<Uuid>,
    /// With this payee, without regard to case.
    payee: Option<String>,
    /// With this tag.
    tag: Option<String>,
    /// Words that payee, note, category, tag or amount must hold.
    q: Option<String>,
}

impl RecordFilter {
    fn read(self) -> Answer<Filter> {
        let category = self.category_id.map(|id| CategoryChoice::Is(CategoryId(id)));
        let below = self.below_category_id.map(|id| CategoryChoice::Under(CategoryId(id)));
        Ok(Filter {
            search: word(self.q, "q")?.unwrap_or_default(),
            from: day(self.from.as_deref(), "from")?,
            to: day(self.to.as_deref(), "to")?,
            kind: self.kind.map(Into::into),
            category: category.or(below),
            account: self.account_id.map(AccountId),
            payee: word(self.payee, "payee")?,
            tag: word(self.tag, "tag")?,
            ..Filter::default()
        })
    }
}

/// Which page of a list.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next` of the page before.
    after: Option<String>,
    /// How many at once.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<i64>,
}

/// A page of records, the newest day first.
#[derive(Debug, Serialize, ToSchema)]
struct RecordList {
    records: Vec<RecordOut>,
    /// Where the next page begins; null on the last one.
    next: Option<String>,
    /// The revision of the book that the page shows.
    revision: i64,
}

/// List records
#[utoipa::path(get, path = "/records", tag = "Records", params(RecordFilter, PageQuery),
    responses((status = 200, description = "A page of them.", body = RecordList)))]
async fn list(caller: Caller, filter: Asked<RecordFilter>, page: Asked<PageQuery>) -> Answer<Json<RecordList>> {
    let (limit, after) = (paging::limit(page.0.limit)?, paging::after(page.0.after.as_deref())?);
    let found = backend::list::page(&caller.backend, caller.member(), &filter.0.read()?, after, limit).await?;
    Ok(Json(RecordList {
        records: found.records.iter().map(|record| RecordOut::of(record, caller.bearer.home)).collect(),
        next: found.next.map(|next| next.to_string()),
        revision: found.revision,
    }))
}

/// What records add up to, in the currency of the book or, of one account, in that of the account.
#[derive(Debug, Serialize, ToSchema)]
struct RecordSums {
    /// How many records there are.
    count: i64,
    /// Less what was refunded.
    expenses: Vec<Sum>,
    income: Vec<Sum>,
    transfers: Vec<Sum>,
}

/// Add records up
#[utoipa::path(get, path = "/records/sums", tag = "Records", params(RecordFilter),
    responses((status = 200, description = "The exact sums of all records that are meant.", body = RecordSums)))]
async fn sums(caller: Caller, filter: Asked<RecordFilter>) -> Answer<Json<RecordSums>> {
    let sums = backend::list::sums(&caller.backend, caller.member(), &filter.0.read()?).await?;
    let told = |sums: Vec<Money>| sums.into_iter().map(Sum::from).collect();
    Ok(Json(RecordSums {
        count: sums.count,
        expenses: told(sums.expenses),
        income: told(sums.income),
        transfers: told(sums.transfers),
    }))
}

/// Add a record
#[utoipa::path(post, path = "/records", tag = "Records", request_body = RecordInput,
    responses((status = 201, description = "It is kept. The header Location says where.", body = RecordOut)))]
async fn create(caller: Caller, made: Made, Body(input): Body<RecordInput>) -> Answer<Response> {
    let book = backend::window::for_forms(&caller.backend, caller.member()).await?;
    let id = id_or(input.id, made.0)?;
    let record = input.parse(id, 0, caller.today(), &book)?;
    saved(&caller, record, true).await
}

/// Read a record
#[utoipa::path(get, path = "/records/{id}", tag = "Records", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The record, its revision also as ETag.", body = RecordOut)))]
async fn get(caller: Caller, Id(id): Id) -> Answer<Response> {
    let record = find(&caller, id).await?;
    Ok(tagged(&RecordOut::of(&record, caller.bearer.home), record.revision, None))
}

/// Change a record
///
/// Send all of it: what is left out is as in a new record.
#[utoipa::path(put, path = "/records/{id}", tag = "Records", params(("id" = Uuid, Path)), request_body = RecordInput,
    responses((status = 200, description = "It is kept as it was sent.", body = RecordOut)))]
async fn change(caller: Caller, Id(id): Id, from: IfMatch, Body(input): Body<RecordInput>) -> Answer<Response> {
    let before = find(&caller, id).await?;
    let revision = from.check(input.revision, before.revision)?;
    let book = backend::window::for_forms(&caller.backend, caller.member()).await?;
    saved(&caller, input.parse(id, revision, caller.today(), &book)?, false).await
}

/// Delete a record
#[utoipa::path(delete, path = "/records/{id}", tag = "Records", params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is gone; `restore` takes that back.")))]
async fn delete(caller: Caller, Id(id): Id) -> Answer<StatusCode> {
    find(&caller, id).await?;
    caller.run(Command::DeleteRecord(RecordId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a deletion back
#[utoipa::path(post, path = "/records/{id}/restore", tag = "Records", params(("id" = Uuid, Path)),
    responses((status = 200, description = "It is there again, as it was.", body = RecordOut)))]
async fn restore(caller: Caller, Id(id): Id) -> Answer<Response> {
    let changes = caller.run(Command::RestoreRecord(RecordId(id))).await?;
    told(&caller, RecordId(id), &changes, false).await
}

async fn find(caller: &Caller, id: Uuid) -> Answer<Record> {
    let found = backend::records::find(&caller.backend, caller.member(), RecordId(id)).await?;
    found.ok_or_else(Problem::not_found)
}

async fn saved(caller: &Caller, record: Record, is_new: bool) -> Answer<Response> {
    let id = record.id;
    let changes = caller.run(Command::SaveRecord(record)).await?;
    told(caller, id, &changes, is_new).await
}

/// The record as it is now.
pub async fn told(caller: &Caller, id: RecordId, changes: &Changes, is_new: bool) -> Answer<Response> {
    let record = match changes.records.iter().find(|record| record.id == id) {
        Some(record) => record.clone(),
        None => find(caller, id.0).await?,
    };
    let place = is_new.then(|| format!("{BASE}/records/{id}"));
    Ok(tagged(&RecordOut::of(&record, caller.bearer.home), record.revision, place))
}
