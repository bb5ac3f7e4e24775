//! The figures of the dashboard over REST.

use axum::Json;
use ledger::Book;
use ledger::dashboard::{Dashboard, dashboard};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::Rest;
use super::auth::Caller;
use super::model::Sum;
use super::problem::Answer;

pub fn router() -> OpenApiRouter<Rest> {
    OpenApiRouter::new().routes(routes!(get))
}

/// The figures of this month, all in the currency of the book; transfers are neither income nor expenses.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Dashboard)]
struct DashboardOut {
    /// The person's civil day, which the figures are of.
    today: chrono::NaiveDate,
    /// Of the calendar month.
    income: Sum,
    expenses: Sum,
    /// What is in all accounts together.
    balance: Sum,
    /// What the plain monthly budget leaves; below zero where it is exceeded, null without one.
    budget_left: Option<Sum>,
    /// Expenses of the seven days that end today.
    last_7_days: Sum,
    /// Expenses of the calendar month before.
    last_month: Sum,
    /// Expenses of the month, the largest first.
    by_category: Vec<CategorySum>,
    /// Twelve months, the oldest first.
    by_month: Vec<MonthSums>,
    /// Expenses of each day of the month.
    by_day: Vec<DaySum>,
    revision: i64,
}

#[derive(Debug, Serialize, ToSchema)]
struct CategorySum {
    /// Null for what has no category.
    category_id: Option<Uuid>,
    expenses: Sum,
}

#[derive(Debug, Serialize, ToSchema)]
struct MonthSums {
    /// Its first day.
    month: chrono::NaiveDate,
    income: Sum,
    expenses: Sum,
}

#[derive(Debug, Serialize, ToSchema)]
struct DaySum {
    date: chrono::NaiveDate,
    expenses: Sum,
}

impl DashboardOut {
    fn of(figures: Dashboard, today: chrono::NaiveDate, revision: i64) -> Self {
        let categories = figures.by_category.into_iter();
        let months = figures.by_month.into_iter();
        Self {
            today,
            income: figures.income.money.into(),
            expenses: figures.expenses.money.into(),
            balance: figures.balance.into(),
            budget_left: figures.budget_left.map(Sum::from),
            last_7_days: figures.last_7_days.money.into(),
            last_month: figures.last_month.money.into(),
            by_category: categories
                .map(|(id, spent)| CategorySum { category_id: id.map(|id| id.0), expenses: spent.money.into() })
                .collect(),
            by_month: months
                .map(|month| MonthSums {
                    month: month.month.start,
                    income: month.income.money.into(),
                    expenses: month.expenses.money.into(),
                })
                .collect(),
            by_day: figures
                .by_day
                .into_iter()
                .map(|(date, spent)| DaySum { date, expenses: spent.money.into() })
                .collect(),
            revision,
        }
    }
}

/// Read the dashboard
#[utoipa::path(get, path = "/dashboard", tag = "Dashboard",
    responses((status = 200, description = "The figures of this month and the charts beside them.", body = DashboardOut)))]
async fn get(caller: Caller) -> Answer<Json<DashboardOut>> {
    let today = caller.today();
    let book = Book::from(backend::window::load(&caller.backend, caller.member(), today).await?);
    Ok(Json(DashboardOut::of(dashboard(&book, today), today, book.revision)))
}
