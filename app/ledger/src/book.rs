//! A book in memory: the same commands that the database applies, and the answers computed from it.

mod alerts;
mod apply;
mod many;
mod merge;
mod merged;
mod nouns;
mod refunds;
mod worth;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, Weekday};

use crate::accounts::Account;
use crate::bills::{Bill, Settlement};
use crate::budgets::{AlertKey, Budget, BudgetAlert};
use crate::categories::Category;
use crate::currency::Currency;
use crate::envelopes::{Envelope, EnvelopeKey, Move};
use crate::id::{AccountId, BillId, BudgetId, CategoryId, MoveId, RecordId};
use crate::money::Money;
use crate::openings::Openings;
use crate::rates::Rates;
use crate::records::{Kind, Record};
use crate::totals::{DailyTotals, TagTotals};

pub use merged::{MERGED_ON, Merged, NAME_TAKEN, PastMerge};
pub use refunds::TOO_MUCH_REFUNDED;
pub use worth::Held;

/// What one person or household keeps: all of it, or a window onto it (see [`crate::window`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    pub home: Currency,
    pub week_start: Weekday,
    /// What is planned to come in each month, in the home currency. It is never added to what was recorded.
    pub planned_income: Option<Money>,
    /// Counts the writes to the book.
    pub revision: i64,
    pub records: BTreeMap<RecordId, Record>,
    pub categories: BTreeMap<CategoryId, Category>,
    pub accounts: BTreeMap<AccountId, Account>,
    pub bills: BTreeMap<BillId, Bill>,
    pub settlements: BTreeMap<(BillId, NaiveDate), Settlement>,
    pub budgets: BTreeMap<BudgetId, Budget>,
    pub alerts: BTreeMap<AlertKey, BudgetAlert>,
    /// What one unit of each other currency was worth in the home currency, the newest of each at least.
    pub rates: Rates,
    pub envelopes: BTreeMap<EnvelopeKey, Envelope>,
    pub totals: DailyTotals,
    /// The first day of which totals are held at all.
    pub held_from: NaiveDate,
    /// The first day whose totals are held day by day. Those of the days before are held by calendar month,
    /// each filed under the month's first day.
    pub by_day_from: NaiveDate,
    /// What was spent under each tag, day by day.
    pub tag_totals: TagTotals,
    /// The keys of the tags whose totals are held; `None` for all of them.
    pub tags_held: Option<BTreeSet<String>>,
    /// What the days before those that are held left to them.
    pub openings: Openings,
    /// Minor units of each account's currency: its opening balance and all that its records did.
    pub balances: BTreeMap<AccountId, i64>,
    /// What undo can bring back.
    pub bin: Bin,
}

/// Deleted things, kept so that undo restores them as they were.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bin {
    /// With the due day of a bill that the record paid, unless that was settled otherwise since.
    pub records: BTreeMap<RecordId, (Record, Option<Settlement>)>,
    pub bills: BTreeMap<BillId, Bill>,
    pub budgets: BTreeMap<BudgetId, Budget>,
    /// Categories that were merged into others.
    pub merged: BTreeMap<CategoryId, Merged>,
    /// Moves between envelopes, by which the same one is known again.
    pub moves: BTreeMap<MoveId, Move>,
}

impl Book {
    pub fn new(home: Currency, week_start: Weekday) -> Self {
        Self {
            home,
            week_start,
            planned_income: None,
            revision: 0,
            records: BTreeMap::new(),
            categories: BTreeMap::new(),
            accounts: BTreeMap::new(),
            bills: BTreeMap::new(),
            settlements: BTreeMap::new(),
            budgets: BTreeMap::new(),
            alerts: BTreeMap::new(),
            rates: Rates::new(),
            envelopes: BTreeMap::new(),
            totals: DailyTotals::default(),
            held_from: NaiveDate::MIN,
            by_day_from: NaiveDate::MIN,
            tag_totals: TagTotals::default(),
            tags_held: None,
            openings: Openings::default(),
            balances: BTreeMap::new(),
            bin: Bin::default(),
        }
    }

    pub fn balance(&self, account: &Account) -> Money {
        let minor = self.balances.get(&account.id).copied().unwrap_or(account.opening.minor);
        Money::new(minor, account.currency())
    }

    /// Whether what is spent under a tag, given by its key, is held.
    pub fn holds_tag(&self, tag: &str) -> bool {
        self.tags_held.as_ref().is_none_or(|held| held.contains(tag))
    }

    /// The categories offered for new records of a kind, in the order of their tree.
    pub fn categories_of(&self, kind: Kind) -> Vec<&Category> {
        self.category_tree(kind).into_iter().map(|(_, category)| category).filter(|known| !known.archived).collect()
    }

    /// The accounts in the order that was given to them, archived ones included.
    pub fn accounts_in_order(&self) -> Vec<&Account> {
        let mut accounts: Vec<&Account> = self.accounts.values().collect();
        accounts.sort_by_key(|account| (account.position, account.id));
        accounts
    }

    /// The accounts offered for new records, in their order.
    pub fn open_accounts(&self) -> Vec<&Account> {
        self.accounts_in_order().into_iter().filter(|account| !account.archived).collect()
    }

    pub fn category_name(&self, id: Option<CategoryId>) -> &str {
        id.and_then(|id| self.categories.get(&id)).map_or("No category", |category| category.name.as_str())
    }

    pub fn account_name(&self, id: AccountId) -> &str {
        self.accounts.get(&id).map_or("Unknown account", |account| account.name.as_str())
    }

    /// Budgets in the order they were made.
    pub fn plain_monthly_budget(&self) -> Option<&Budget> {
        self.budgets.values().find(|budget| budget.is_plain_monthly())
    }

    /// Bills that are not settled, the earliest due first.
    pub fn open_bills(&self) -> Vec<&Bill> {
        let mut open: Vec<&Bill> = self.bills.values().filter(|bill| bill.next_due.is_some()).collect();
        open.sort_by_key(|bill| (bill.next().map(|next| next.day), bill.id));
        open
    }
}
