//! What a person can do to a book, and what comes of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::accounts::Account;
use crate::bills::{Bill, Settlement};
use crate::budgets::{Budget, BudgetAlert};
use crate::categories::Category;
use crate::currency::Currency;
use crate::envelopes::{Envelope, Fill, Move};
use crate::form::FieldErrors;
use crate::id::{AccountId, BillId, BudgetId, CategoryId, RecordId};
use crate::openings::Openings;
use crate::person::BookChange;
use crate::rates::{DayRate, Rate};
use crate::records::Record;
use crate::totals::{TagKey, Total, TotalKey};

/// One deed. The same command twice is the same as once: ids are made by whoever gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Adds a record (`revision` 0) or writes over the revision that it names.
    SaveRecord(Record),
    DeleteRecord(RecordId),
    /// Takes a deletion back.
    RestoreRecord(RecordId),
    /// The same for many at once: all of them, or none where one is refused.
    SaveRecords(Vec<Record>),
    DeleteRecords(Vec<RecordId>),
    RestoreRecords(Vec<RecordId>),
    SaveCategory(Category),
    SaveAccount(Account),
    /// Takes a category out of what is offered for new records, or brings it back, whatever else was changed.
    ArchiveCategory {
        id: CategoryId,
        archived: bool,
    },
    /// The same for an account.
    ArchiveAccount {
        id: AccountId,
        archived: bool,
    },
    /// Moves all that one category has to another, and takes it away. Budgets are judged as they stand `today`.
    MergeCategory {
        from: CategoryId,
        into: CategoryId,
        today: NaiveDate,
    },
    /// Takes a merge back.
    UnmergeCategory(CategoryId),
    /// Gives categories that stand beside each other this order.
    OrderCategories(Vec<CategoryId>),
    /// The same for accounts.
    OrderAccounts(Vec<AccountId>),
    SaveBill(Bill),
    DeleteBill(BillId),
    /// Takes the deletion of a bill back.
    RestoreBill(BillId),
    /// Pays the next due day with exactly this record.
    PayBill {
        bill: BillId,
        due: NaiveDate,
        record: Record,
    },
    SkipBill {
        bill: BillId,
        due: NaiveDate,
    },
    /// Takes a payment (and its record) or a skip back.
    ReopenBill {
        bill: BillId,
        due: NaiveDate,
    },
    SaveBudget(Budget),
    DeleteBudget(BudgetId),
    RestoreBudget(BudgetId),
    /// Notes what one unit of a currency was worth in the home currency. Records that are saved keep theirs.
    SaveRate {
        currency: Currency,
        rate: DayRate,
    },
    /// Takes the rate of a day away. Records that were saved with it keep it.
    DeleteRate {
        currency: Currency,
        on: NaiveDate,
    },
    /// Takes back that records were given a rate.
    ForgetRates(Vec<RecordId>),
    /// The person has read the alerts up to now.
    SeeAlerts,
    /// Changes what categories are given in a month.
    FillEnvelopes {
        month: NaiveDate,
        fills: Vec<Fill>,
    },
    /// Moves money from one envelope to another.
    MoveMoney(Move),
    /// Alerts of the budgets that will not last at their pace.
    JudgePace {
        today: NaiveDate,
    },
}

/// Why a command changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("this is no longer there")]
    NotFound,
    /// What was saved meanwhile stays; the message tells the person what to do.
    #[error("{0}")]
    Conflict(&'static str),
    #[error("{0}")]
    Invalid(#[from] FieldErrors),
}

pub const CHANGED_ELSEWHERE: &str = "This was changed elsewhere in the meantime. Reload to see it, then save again.";
pub const ALREADY_SETTLED: &str = "This bill was settled in the meantime. Reload to see it.";
pub const REFUNDED_ELSEWHERE: &str = "Its expense was refunded or changed in the meantime. Open the expense to see it.";

/// Rows that a command, or all commands since a revision, changed: the values that hold now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Changes {
    /// The book's revision that these rows lead to.
    pub revision: i64,
    /// How the book is kept, in answers that tell what others wrote.
    pub kept: Option<BookChange>,
    pub records: Vec<Record>,
    pub categories: Vec<Category>,
    pub accounts: Vec<Account>,
    pub bills: Vec<Bill>,
    pub settlements: Vec<Settlement>,
    pub budgets: Vec<Budget>,
    pub alerts: Vec<BudgetAlert>,
    pub rates: Vec<((Currency, NaiveDate), Rate)>,
    pub envelopes: Vec<Envelope>,
    /// Absolute values; zero means that the total is gone.
    pub totals: Vec<(TotalKey, Total)>,
    /// The same by calendar month, for books that hold earlier days in that way ([`crate::Book::by_day_from`]).
    pub months: Vec<(TotalKey, Total)>,
    /// What was spent under tags, as absolute values.
    pub tags: Vec<(TagKey, Total)>,
    /// Absolute balances in minor units of the account's currency.
    pub balances: Vec<(AccountId, i64)>,
    pub deleted: Vec<Deleted>,
    /// All that is carried into the days of a window, where these changes could have moved any of it.
    pub openings: Option<Openings>,
    /// So much was written that it is not told row by row: load the book again.
    pub reload: bool,
}

/// A tombstone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Deleted {
    Record(RecordId),
    /// It was merged into another.
    Category(CategoryId),
    Bill(BillId),
    Budget(BudgetId),
    Settlement(BillId, NaiveDate),
    Rate(Currency, NaiveDate),
}
