//! What changed since a revision, over REST.

use std::collections::BTreeSet;

use axum::Json;
use ledger::command::Deleted;
use ledger::id::AccountId;
use ledger::{Book, Changes};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::Rest;
use super::accounts::AccountOut;
use super::auth::Caller;
use super::bills::BillOut;
use super::body::Asked;
use super::budgets::BudgetOut;
use super::categories::CategoryOut;
use super::problem::{Answer, Problem};
use super::records::RecordOut;

pub fn router() -> OpenApiRouter<Rest> {
    OpenApiRouter::new().routes(routes!(get))
}

#[derive(Clone, Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
struct SinceQuery {
    /// `revision` of the answer before; 0 at first.
    #[param(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    since: i64,
}

/// What was written after a revision, as it is now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Changes)]
struct ChangesOut {
    /// Ask again from here; where that is more than what was asked from, there may be more.
    revision: i64,
    /// So much changed that it is not told: read everything anew.
    reload: bool,
    records: Vec<RecordOut>,
    categories: Vec<CategoryOut>,
    /// Those that changed themselves or in their balance.
    accounts: Vec<AccountOut>,
    bills: Vec<BillOut>,
    /// Due days that were paid or skipped.
    settlements: Vec<SettlementOut>,
    budgets: Vec<BudgetOut>,
    deleted: Vec<DeletedOut>,
}

/// How one due day was settled.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Settlement)]
struct SettlementOut {
    bill_id: Uuid,
    due: chrono::NaiveDate,
    /// What paid it; null where it was skipped.
    record_id: Option<Uuid>,
}

/// What is no longer there.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Deleted)]
struct DeletedOut {
    what: DeletedWord,
    id: Uuid,
    /// Of a settlement, which due day of the bill with this id is open again.
    due: Option<chrono::NaiveDate>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = DeletedKind)]
enum DeletedWord {
    Record,
    Category,
    Bill,
    Budget,
    Settlement,
}

impl DeletedOut {
    /// `None` for what is not told here at all.
    fn of(deleted: Deleted) -> Option<Self> {
        let (what, id, due) = match deleted {
            Deleted::Record(id) => (DeletedWord::Record, id.0, None),
            Deleted::Category(id) => (DeletedWord::Category, id.0, None),
            Deleted::Bill(id) => (DeletedWord::Bill, id.0, None),
            Deleted::Budget(id) => (DeletedWord::Budget, id.0, None),
            Deleted::Settlement(id, due) => (DeletedWord::Settlement, id.0, Some(due)),
            Deleted::Rate(..) => return None,
        };
        Some(Self { what, id, due })
    }
}

impl ChangesOut {
    fn of(changes: &Changes, book: &Book, today: chrono::NaiveDate) -> Self {
        let touched: BTreeSet<AccountId> = changes
            .accounts
            .iter()
            .map(|account| account.id)
            .chain(changes.balances.iter().map(|(account, _)| *account))
            .collect();
        let settled = |settled: &ledger::bills::Settlement| SettlementOut {
            bill_id: settled.bill.0,
            due: settled.due,
            record_id: settled.record.map(|id| id.0),
        };
        Self {
            revision: changes.revision,
            reload: changes.reload,
            records: changes.records.iter().map(|record| RecordOut::of(record, book.home)).collect(),
            categories: changes.categories.iter().map(CategoryOut::from).collect(),
            accounts: touched
                .iter()
                .filter_map(|id| book.accounts.get(id))
                .map(|account| AccountOut::of(account, book, today))
                .collect(),
            bills: changes.bills.iter().map(|bill| BillOut::of(bill, today)).collect(),
            settlements: changes.settlements.iter().map(settled).collect(),
            budgets: changes.budgets.iter().map(BudgetOut::of).collect(),
            deleted: changes.deleted.iter().copied().filter_map(DeletedOut::of).collect(),
        }
    }
}

/// Read what changed
///
/// A program that keeps a copy asks from the revision that it knows, again until the answer names no later one.
#[utoipa::path(get, path = "/changes", tag = "Changes", params(SinceQuery),
    responses((status = 200, description = "What was written since.", body = ChangesOut)))]
async fn get(caller: Caller, Asked(query): Asked<SinceQuery>) -> Answer<Json<ChangesOut>> {
    if !(0..=MOST).contains(&query.since) {
        return Err(Problem::invalid("since", "Send the revision of the answer before, or 0"));
    }
    let changes = backend::changes::since(&caller.backend, caller.member(), query.since).await?;
    let book = backend::window::for_forms(&caller.backend, caller.member()).await?;
    Ok(Json(ChangesOut::of(&changes, &book, caller.today())))
}

/// The largest number that every JSON reader takes exactly.
const MOST: i64 = 9_007_199_254_740_991;
