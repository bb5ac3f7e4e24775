//! A person with as many records as asked for, to measure with: the same ones each time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use ledger::accounts::{Account, AccountKind};
use ledger::bills::Bill;
use ledger::budgets::Budget;
use ledger::id::{AccountId, BillId, BudgetId};
use ledger::period::Span;
use ledger::recurrence::{Ends, Repeats};
use ledger::{Book, Command, Currency, Money};

use crate::bulk::{self, millis};
use crate::demo::{self, DemoLogin};
use crate::dice::Dice;
use crate::{Backend, Result, commands, window};

/// The years over which the records are spread, however many they are.
const YEARS: u32 = 10;
/// What a month of the records comes to at most, in minor units for each record of the whole: a limit that they
/// never reach, so that no alert is part of what is measured.
const MONTH: i64 = 10_000;

/// Makes the person with `records` records, some bills and budgets; `false` when the address is taken.
pub async fn fill(backend: &Backend, login: &DemoLogin, records: u32) -> Result<bool> {
    let Some(member) = demo::sign_up(backend, login).await? else { return Ok(false) };
    let today = member.today(&backend.clock);
    commands::run(backend, &member, Command::SaveAccount(dollars(today))).await?;
    bulk::fill(backend, &member, records, YEARS).await?;
    let book = window::for_forms(backend, &member).await?;
    commands::run_many(backend, &member, plans(&book, today, records)).await?;
    Ok(true)
}

/// Where what is spent abroad comes from.
fn dollars(today: NaiveDate) -> Account {
    Account {
        id: AccountId::new_v7(millis(today), Dice(1).seed()),
        name: "Dollars".into(),
        kind: AccountKind::Bank,
        opening: Money::new(0, Currency::USD),
        position: 9,
        archived: false,
        revision: 0,
    }
}

fn plans(book: &Book, today: NaiveDate, records: u32) -> Vec<Command> {
    let mut dice = Dice(u64::from(records));
    let limit = (i64::from(records) * MONTH).max(10_000_000);
    let budgets = [("This month", Span::Month, None), ("Food at home", Span::Week, Some("Groceries"))];
    let budgets = budgets.map(|(name, span, category)| {
        let of = |name: &str| book.categories.values().find(|known| known.name == name).map(|known| known.id);
        Command::SaveBudget(Budget {
            span,
            categories: category.and_then(of).into_iter().collect::<BTreeSet<_>>(),
            ..Budget::monthly(BudgetId::new_v7(millis(today), dice.seed()), name, Money::new(limit, book.home), today)
        })
    });
    let bills = [("Rent", 2_800_000, 5), ("Electricity", 240_000, 9), ("Broadband", 106_000, 12)];
    let bills = bills.map(|(name, minor, days)| {
        let due = today.checked_add_days(Days::new(days)).unwrap_or(today);
        Command::SaveBill(Bill {
            id: BillId::new_v7(millis(today), dice.seed()),
            name: name.into(),
            amount: Money::new(minor, book.home),
            estimated: false,
            first_due: due,
            repeats: Repeats::Monthly,
            ends: Ends::Never,
            category: None,
            account: None,
            remind_days: Some(3),
            next_due: Some(due),
            changed: BTreeMap::new(),
            revision: 0,
        })
    });
    budgets.into_iter().chain(bills).collect()
}
