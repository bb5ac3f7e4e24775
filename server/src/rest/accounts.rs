//! Accounts over REST.

use axum::Json;
use axum::response::Response;
use chrono::NaiveDate;
use ledger::accounts::{Account, AccountForm, AccountKind};
use ledger::id::AccountId;
use ledger::{Book, Command, Money};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::auth::{Caller, Id};
use super::body::Body;
use super::idempotency::Made;
use super::model::{Decimal, Revision, Sum, decimal, format, id_or, object, whole};
use super::problem::{Answer, Problem};
use super::revision::{IfMatch, tagged};
use super::{BASE, Rest};

pub fn router() -> OpenApiRouter<Rest> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, change))
}

/// Where money is.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Account)]
pub struct AccountOut {
    id: Uuid,
    revision: i64,
    /// Unique, without regard to case.
    name: String,
    kind: AccountWord,
    /// ISO 4217.
    currency: String,
    /// What was in it before its first record; below zero for a debt.
    opening: Sum,
    /// What is in it now.
    balance: Sum,
    /// That in the currency of the book by the rate of today; null where no rate is known.
    worth: Option<Sum>,
    /// No longer offered for new records.
    archived: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = AccountKind)]
enum AccountWord {
    Cash,
    Bank,
    Card,
    Wallet,
}

impl From<AccountKind> for AccountWord {
    fn from(kind: AccountKind) -> Self {
        match kind {
            AccountKind::Cash => Self::Cash,
            AccountKind::Bank => Self::Bank,
            AccountKind::Card => Self::Card,
            AccountKind::Wallet => Self::Wallet,
        }
    }
}

impl AccountWord {
    fn kind(self) -> AccountKind {
        match self {
            Self::Cash => AccountKind::Cash,
            Self::Bank => AccountKind::Bank,
            Self::Card => AccountKind::Card,
            Self::Wallet => AccountKind::Wallet,
        }
    }
}

impl AccountOut {
    pub fn of(account: &Account, book: &Book, today: NaiveDate) -> Self {
        Self {
            id: account.id.0,
            revision: account.revision,
            name: account.name.clone(),
            kind: account.kind.into(),
            currency: account.currency().code().to_owned(),
            opening: account.opening.into(),
            balance: book.balance(account).into(),
            worth: book.worth(account, today).map(Sum::from),
            archived: account.archived,
        }
    }
}

/// An account to be kept. In a change, what is left out stays as it is.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(example = json!({"name": "Wallet", "kind": "cash", "opening": {"amount": "250.00"}}))]
struct AccountInput {
    id: Option<Uuid>,
    revision: Option<Revision>,
    name: Option<String>,
    /// Cash when left out.
    kind: Option<AccountWord>,
    /// ISO 4217, that of the book when left out; it stays with the account.
    currency: Option<String>,
    #[serde(default, deserialize_with = "object")]
    opening: Option<OpeningInput>,
    archived: Option<bool>,
}

/// What was in an account before its first record; below zero for a debt.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
struct OpeningInput {
    amount: Option<Decimal>,
    #[serde(default, deserialize_with = "whole")]
    #[schema(minimum = -999_999_999_999_999_i64, maximum = 999_999_999_999_999_i64)]
    minor: Option<i64>,
}

impl AccountInput {
    fn parse(&self, id: AccountId, revision: i64, book: &Book) -> Answer<Account> {
        let before = book.accounts.get(&id);
        let kind = self.kind.map(AccountWord::kind).or(before.map(|before| before.kind)).unwrap_or_default();
        let currency = self.currency.clone().filter(|code| !code.is_empty());
        if let (Some(before), Some(code)) = (before, &currency)
            && before.currency().code() != code
        {
            return Err(Problem::invalid("currency", "The currency of an account stays as it is"));
        }
        let currency = currency.or(before.map(|before| before.currency().code().to_owned())).unwrap_or_default();
        let form = AccountForm {
            id: id.to_string(),
            revision: revision.to_string(),
            name: self.name.clone().or(before.map(|before| before.name.clone())).unwrap_or_default(),
            kind: kind.word().to_owned(),
            opening: self.opening(&currency, before, book)?,
            currency,
        };
        let account = form.parse(id, format(), book)?;
        Ok(Account { archived: self.archived.unwrap_or(account.archived), ..account })
    }

    fn opening(&self, currency: &str, before: Option<&Account>, book: &Book) -> Answer<String> {
        let differ = || Problem::invalid("opening", "`amount` and `minor` differ: send one of them");
        let of_minor = |minor| decimal(Money::new(minor, currency.parse().unwrap_or(book.home)));
        match &self.opening {
            None => Ok(before.map(|before| decimal(before.opening)).unwrap_or_default()),
            Some(OpeningInput { amount: Some(text), minor: Some(minor) }) if text.0 != of_minor(*minor) => {
                Err(differ())
            }
            Some(OpeningInput { amount: Some(text), .. }) => Ok(text.0.clone()),
            Some(OpeningInput { amount: None, minor }) => Ok(minor.map(of_minor).unwrap_or_default()),
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct AccountList {
    /// In their order.
    accounts: Vec<AccountOut>,
    revision: i64,
}

/// List accounts
#[utoipa::path(get, path = "/accounts", tag = "Accounts",
    responses((status = 200, description = "All of them with their balances, archived ones included.", body = AccountList)))]
async fn list(caller: Caller) -> Answer<Json<AccountList>> {
    let book = book(&caller).await?;
    let (all, today) = (book.accounts_in_order().into_iter(), caller.today());
    let accounts = all.map(|account| AccountOut::of(account, &book, today)).collect();
    Ok(Json(AccountList { accounts, revision: book.revision }))
}

/// Add an account
#[utoipa::path(post, path = "/accounts", tag = "Accounts", request_body = AccountInput,
    responses((status = 201, description = "It is kept.", body = AccountOut)))]
async fn create(caller: Caller, made: Made, Body(input): Body<AccountInput>) -> Answer<Response> {
    let id = AccountId(id_or(input.id, made.0)?);
    let mut book = book(&caller).await?;
    // The same again is a retry and no change.
    book.accounts.remove(&id);
    saved(&caller, input.parse(id, 0, &book)?, true).await
}

/// Read an account
#[utoipa::path(get, path = "/accounts/{id}", tag = "Accounts", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The account, its revision also as ETag.", body = AccountOut)))]
async fn get(caller: Caller, Id(id): Id) -> Answer<Response> {
    told(&book(&caller).await?, AccountId(id), caller.today(), None)
}

/// Change an account
#[utoipa::path(put, path = "/accounts/{id}", tag = "Accounts", params(("id" = Uuid, Path)), request_body = AccountInput,
    responses((status = 200, description = "It is kept.", body = AccountOut)))]
async fn change(caller: Caller, Id(id): Id, from: IfMatch, Body(input): Body<AccountInput>) -> Answer<Response> {
    let (book, id) = (book(&caller).await?, AccountId(id));
    let before = book.accounts.get(&id).ok_or_else(Problem::not_found)?;
    let revision = from.check(input.revision, before.revision)?;
    saved(&caller, input.parse(id, revision, &book)?, false).await
}

async fn book(caller: &Caller) -> Answer<Book> {
    Ok(backend::window::for_forms(&caller.backend, caller.member()).await?)
}

async fn saved(caller: &Caller, account: Account, is_new: bool) -> Answer<Response> {
    let id = account.id;
    caller.run(Command::SaveAccount(account)).await?;
    told(&book(caller).await?, id, caller.today(), is_new.then(|| format!("{BASE}/accounts/{id}")))
}

fn told(book: &Book, id: AccountId, today: NaiveDate, place: Option<String>) -> Answer<Response> {
    let account = book.accounts.get(&id).ok_or_else(Problem::not_found)?;
    Ok(tagged(&AccountOut::of(account, book, today), account.revision, place))
}
