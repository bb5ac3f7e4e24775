//! Budgets, and how they stand, over REST.

use axum::Json;
use axum::response::Response;
use http::StatusCode;
use ledger::budgets::{Budget, BudgetForm, Standing};
use ledger::id::BudgetId;
use ledger::{Book, Command, Money};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::auth::{Caller, Id};
use super::body::Body;
use super::idempotency::Made;
use super::model::{Decimal, Minor, Percent, Revision, Sum, SumInput, decimal, format, id_or, object, ticked};
use super::problem::{Answer, Problem};
use super::revision::{IfMatch, tagged};
use super::{BASE, Rest};

pub fn router() -> OpenApiRouter<Rest> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, change, delete)).routes(routes!(restore))
}

/// How much may be spent in a period.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Budget)]
pub struct BudgetOut {
    id: Uuid,
    revision: i64,
    name: String,
    /// The most that shall be spent in one period.
    #[schema(example = "45000.00")]
    amount: String,
    minor: i64,
    currency: String,
    /// `day`, `week`, `month`, `quarter`, `year`, `pay:25` (from the 25th on), `pay:last` (the last working day),
    /// `pay:2026-11-06` (every two weeks from then), or two days such as `2026-12-03/2026-12-10`.
    #[schema(example = "month")]
    period: String,
    /// Whose expenses count, those of categories below them too; empty for all.
    category_ids: Vec<Uuid>,
    /// The tag whose expenses count in place of those of categories.
    tag: Option<String>,
    /// What a period leaves to the next; null for nothing.
    roll_over: Option<RollOverOut>,
    /// Percents of the amount at which an alert is sent.
    thresholds: Vec<u16>,
    /// Whether an alert is sent where the money will not last at the pace of the period.
    pace: bool,
    /// The day it began.
    since: chrono::NaiveDate,
    /// How it stands today; null in answers that tell changes, and of days that are long over.
    progress: Option<ProgressOut>,
}

#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = RollOver)]
struct RollOverOut {
    /// Whether overspending is taken along too.
    overspending: bool,
    /// The most that is taken along.
    most: Option<Sum>,
}

/// How a budget stands in the period of today.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Progress)]
struct ProgressOut {
    /// The first day of the period, and the last.
    from: chrono::NaiveDate,
    to: chrono::NaiveDate,
    /// The amount with what was carried over.
    limit: Sum,
    /// What the periods before left; below zero for overspending.
    carried: Sum,
    spent: Sum,
    /// Below zero where it is exceeded.
    left: Sum,
    /// Whole percent of the limit.
    percent: i64,
    standing: StandingWord,
    /// Today included.
    days_left: i64,
    /// What can be spent on each day that is left.
    per_day: Option<Sum>,
}

#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Standing)]
enum StandingWord {
    Within,
    Near,
    Over,
}

impl BudgetOut {
    /// Without how it stands.
    pub fn of(budget: &Budget) -> Self {
        let most = |most| Sum::from(Money::new(most, budget.limit.currency));
        Self {
            id: budget.id.0,
            revision: budget.revision,
            name: budget.name.clone(),
            amount: decimal(budget.limit),
            minor: budget.limit.minor,
            currency: budget.limit.currency.code().to_owned(),
            period: budget.span.to_string(),
            category_ids: budget.categories.iter().map(|id| id.0).collect(),
            tag: budget.tag.clone(),
            roll_over: budget
                .roll_over
                .map(|rule| RollOverOut { overspending: rule.overspending, most: rule.most.map(most) }),
            thresholds: budget.thresholds.clone(),
            pace: budget.pace,
            since: budget.since,
            progress: None,
        }
    }

    fn judged(budget: &Budget, book: &Book, today: chrono::NaiveDate) -> Self {
        let progress = book.holds_spending_of(budget, today).then(|| book.judged(budget).progress(today));
        let progress = progress.map(|stands| ProgressOut {
            from: stands.period.start,
            to: stands.period.last_day(),
            limit: stands.limit.into(),
            carried: stands.carried.into(),
            spent: stands.spent.into(),
            left: stands.left.into(),
            percent: stands.percent,
            standing: match stands.standing {
                Standing::Within => StandingWord::Within,
                Standing::Near => StandingWord::Near,
                Standing::Over => StandingWord::Over,
            },
            days_left: stands.days_left,
            per_day: stands.per_day.map(Sum::from),
        });
        Self { progress, ..Self::of(budget) }
    }
}

/// A budget to be kept. In a change send all of it: what is left out is as in a new budget.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(example = json!({"name": "Everything", "amount": "45000", "period": "month"}))]
struct BudgetInput {
    id: Option<Uuid>,
    revision: Option<Revision>,
    #[serde(default)]
    name: String,
    /// In the currency of the book.
    amount: Option<Decimal>,
    minor: Option<Minor>,
    /// `month` when left out.
    period: Option<String>,
    #[serde(default)]
    category_ids: Vec<Uuid>,
    /// Instead of categories.
    tag: Option<String>,
    #[serde(default, deserialize_with = "object")]
    roll_over: Option<RollOverInput>,
    /// 80 and 100 when left out; empty for no alerts.
    #[schema(max_items = 6)]
    thresholds: Option<Vec<Percent>>,
    #[serde(default)]
    pace: bool,
}

#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
struct RollOverInput {
    #[serde(default)]
    overspending: bool,
    /// All of it when left out.
    #[serde(default, deserialize_with = "object")]
    most: Option<SumInput>,
}

impl BudgetInput {
    fn parse(&self, caller: &Caller, id: BudgetId, revision: i64, before: Option<&Budget>) -> Answer<Budget> {
        let currency = before.map_or(caller.bearer.home, |before| before.limit.currency);
        let sum = SumInput { amount: self.amount.clone(), minor: self.minor };
        if self.thresholds.as_ref().is_some_and(|all| all.len() > 6) {
            return Err(Problem::unreadable("thresholds", "Send at most 6 of them"));
        }
        let most = self.roll_over.as_ref().and_then(|rule| rule.most.as_ref());
        let thresholds: Option<Vec<String>> =
            self.thresholds.as_ref().map(|all| all.iter().map(|percent| percent.0.to_string()).collect());
        let counts = match (&self.tag, self.category_ids.is_empty()) {
            (Some(_), false) => return Err(Problem::invalid("tag", "Send one of `tag` and `category_ids`")),
            (Some(_), true) => "tag",
            (None, false) => "ticked",
            (None, true) => "all",
        };
        let form = BudgetForm {
            counts: counts.to_owned(),
            tag: self.tag.clone().unwrap_or_default(),
            id: id.to_string(),
            revision: revision.to_string(),
            name: self.name.clone(),
            amount: sum.typed(currency, "amount")?,
            period: self.period.clone().unwrap_or_else(|| "month".to_owned()),
            categories: self.category_ids.iter().map(ToString::to_string).collect(),
            roll_over: ticked(self.roll_over.is_some()),
            overspending: ticked(self.roll_over.as_ref().is_some_and(|rule| rule.overspending)),
            most: most.map(|most| most.typed(currency, "roll_over.most")).transpose()?.unwrap_or_default(),
            thresholds: match thresholds {
                Some(none) if none.is_empty() => "0".to_owned(),
                thresholds => thresholds.unwrap_or_default().join(","),
            },
            pace: ticked(self.pace),
            ..BudgetForm::default()
        };
        let budget = form.parse(id, currency, format(), caller.today(), before);
        budget.map_err(|errors| Problem::from(errors).named(field_name))
    }
}

fn field_name(field: &str) -> String {
    let name = match field {
        "categories" => "category_ids",
        "most" => "roll_over.most",
        // Spans that say all by their name are the only ones here.
        "pay_day" | "paid_on" | "first" | "last" => "period",
        other => other,
    };
    name.to_owned()
}

#[derive(Debug, Serialize, ToSchema)]
struct BudgetList {
    budgets: Vec<BudgetOut>,
    revision: i64,
}

/// List budgets
#[utoipa::path(get, path = "/budgets", tag = "Budgets",
    responses((status = 200, description = "All of them, with how they stand today.", body = BudgetList)))]
async fn list(caller: Caller) -> Answer<Json<BudgetList>> {
    let (book, today) = (book(&caller).await?, caller.today());
    let budgets = book.budgets.values().map(|budget| BudgetOut::judged(budget, &book, today)).collect();
    Ok(Json(BudgetList { budgets, revision: book.revision }))
}

/// Add a budget
#[utoipa::path(post, path = "/budgets", tag = "Budgets", request_body = BudgetInput,
    responses((status = 201, description = "It is kept.", body = BudgetOut)))]
async fn create(caller: Caller, made: Made, Body(input): Body<BudgetInput>) -> Answer<Response> {
    let id = BudgetId(id_or(input.id, made.0)?);
    saved(&caller, input.parse(&caller, id, 0, None)?, true).await
}

/// Read a budget
#[utoipa::path(get, path = "/budgets/{id}", tag = "Budgets", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The budget with how it stands, its revision also as ETag.", body = BudgetOut)))]
async fn get(caller: Caller, Id(id): Id) -> Answer<Response> {
    told(&caller, BudgetId(id), None).await
}

/// Change a budget
#[utoipa::path(put, path = "/budgets/{id}", tag = "Budgets", params(("id" = Uuid, Path)), request_body = BudgetInput,
    responses((status = 200, description = "It is kept as it was sent.", body = BudgetOut)))]
async fn change(caller: Caller, Id(id): Id, from: IfMatch, Body(input): Body<BudgetInput>) -> Answer<Response> {
    let before = find(&caller, BudgetId(id)).await?;
    let revision = from.check(input.revision, before.revision)?;
    saved(&caller, input.parse(&caller, before.id, revision, Some(&before))?, false).await
}

/// Delete a budget
#[utoipa::path(delete, path = "/budgets/{id}", tag = "Budgets", params(("id" = Uuid, Path)),
    responses((status = 204, description = "It is gone; `restore` takes that back.")))]
async fn delete(caller: Caller, Id(id): Id) -> Answer<StatusCode> {
    find(&caller, BudgetId(id)).await?;
    caller.run(Command::DeleteBudget(BudgetId(id))).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Take a deletion back
#[utoipa::path(post, path = "/budgets/{id}/restore", tag = "Budgets", params(("id" = Uuid, Path)),
    responses((status = 200, description = "It is there again.", body = BudgetOut)))]
async fn restore(caller: Caller, Id(id): Id) -> Answer<Response> {
    caller.run(Command::RestoreBudget(BudgetId(id))).await?;
    told(&caller, BudgetId(id), None).await
}

/// The window that the page of budgets is drawn from.
async fn book(caller: &Caller) -> Answer<Book> {
    Ok(Book::from(backend::window::load(&caller.backend, caller.member(), caller.today()).await?))
}

async fn find(caller: &Caller, id: BudgetId) -> Answer<Budget> {
    let found = backend::budgets::find(&caller.backend, caller.member(), id).await?;
    found.ok_or_else(Problem::not_found)
}

async fn saved(caller: &Caller, budget: Budget, is_new: bool) -> Answer<Response> {
    let id = budget.id;
    caller.run(Command::SaveBudget(budget)).await.map_err(|problem| problem.named(field_name))?;
    told(caller, id, is_new.then(|| format!("{BASE}/budgets/{id}"))).await
}

async fn told(caller: &Caller, id: BudgetId, place: Option<String>) -> Answer<Response> {
    let book = book(caller).await?;
    let budget = book.budgets.get(&id).ok_or_else(Problem::not_found)?;
    Ok(tagged(&BudgetOut::judged(budget, &book, caller.today()), budget.revision, place))
}
