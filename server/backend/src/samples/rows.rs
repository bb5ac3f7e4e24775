//! What the samples are: the life of somebody with a salary, a rent and a liking for coffee.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Months, NaiveDate};
use ledger::bills::Bill;
use ledger::budgets::Budget;
use ledger::id::{AccountId, BillId, BudgetId, CategoryId, RecordId};
use ledger::period::Period;
use ledger::records::{Flow, Kind, Record};
use ledger::recurrence::{Ends, Repeats};
use ledger::{Book, Currency, Money};

use crate::bulk::millis;
use crate::dice::Dice;

/// Bought again and again: payee, category, every so many days, least and most in units of [`unit`].
const BOUGHT: [(&str, &str, u32, i64, i64); 6] = [
    ("Corner Café", "Eating out", 2, 3, 5),
    ("Green Grocer", "Groceries", 4, 18, 34),
    ("City Transit", "Transport", 5, 6, 9),
    ("Noodle House", "Eating out", 8, 16, 28),
    ("Main Street Pharmacy", "Health", 23, 9, 22),
    ("Book Nook", "Shopping", 17, 12, 30),
];

/// Each month: name, category, day of the month, units.
const DUE: [(&str, &str, u32, i64); 3] =
    [("Rent", "Rent", 3, 620), ("Broadband", "Phone and internet", 12, 30), ("Streaming", "Entertainment", 20, 11)];

/// On the first of the month, in units.
const SALARY: i64 = 2_100;

type Samples = (Vec<Record>, Vec<Bill>, Vec<Budget>);

/// From the first of the last month up to today; `None` for a book without an account in its currency.
pub(super) fn samples(book: &Book, today: NaiveDate, dice: &mut Dice) -> Option<Samples> {
    let account = book.open_accounts().into_iter().find(|account| account.currency() == book.home)?.id;
    let mut life = Life { book, account, dice };
    let mut records = Vec::new();
    let start = Period::month_before(today).start;
    for (nth, day) in (0_u32..).zip(start.iter_days().take_while(|day| *day <= today)) {
        if day.day() == 1 {
            let flow = Flow::Income { category: life.category("Salary", Kind::Income) };
            records.push(life.record(day, flow, "Employer", SALARY));
        }
        for (payee, category, _, least, most) in BOUGHT.iter().filter(|(_, _, every, ..)| nth % every == every / 2) {
            let units = life.dice.between(*least, *most);
            records.push(life.spent(day, category, payee, units));
        }
        for (payee, category, _, units) in DUE.iter().filter(|(_, _, at, _)| day.day() == *at) {
            records.push(life.spent(day, category, payee, *units));
        }
    }
    let bills = DUE.iter().filter_map(|(name, category, at, units)| life.bill(today, name, category, *at, *units));
    let bills = bills.collect();
    let budgets = vec![
        life.budget(start, "Whole month", None, 1_500),
        life.budget(start, "Food at home", Some("Groceries"), 240),
    ];
    Some((records, bills, budgets))
}

/// About the price of a third of a coffee, in minor units.
fn unit(currency: Currency) -> i64 {
    let major = 10_i64.pow(currency.exponent());
    let times = match currency.code() {
        "INR" | "PHP" | "THB" | "TWD" | "RUB" => 40,
        "JPY" | "LKR" | "PKR" | "BDT" | "NPR" | "KES" | "HUF" => 120,
        "KRW" | "NGN" | "CLP" => 1_000,
        "IDR" | "VND" | "COP" => 10_000,
        _ => 1,
    };
    major.saturating_mul(times)
}

struct Life<'l> {
    book: &'l Book,
    account: AccountId,
    dice: &'l mut Dice,
}

impl Life<'_> {
    fn category(&self, name: &str, kind: Kind) -> Option<CategoryId> {
        let mut known = self.book.categories.values();
        known.find(|category| category.name == name && category.kind == kind).map(|category| category.id)
    }

    fn money(&self, units: i64) -> Money {
        Money::new(units.saturating_mul(unit(self.book.home)), self.book.home)
    }

    fn spent(&mut self, day: NaiveDate, category: &str, payee: &str, units: i64) -> Record {
        let flow = Flow::Expense { category: self.category(category, Kind::Expense) };
        self.record(day, flow, payee, units)
    }

    fn record(&mut self, day: NaiveDate, flow: Flow, payee: &str, units: i64) -> Record {
        let id = RecordId::new_v7(millis(day) + self.dice.below(80_000_000), self.dice.seed());
        Record { payee: payee.into(), ..Record::plain(id, day, self.money(units), self.account, flow) }
    }

    /// Due next after today.
    fn bill(&mut self, today: NaiveDate, name: &str, category: &str, at: u32, units: i64) -> Option<Bill> {
        let this = Period::month_of(today).start.with_day(at)?;
        let due = if this > today { this } else { this.checked_add_months(Months::new(1))? };
        Some(Bill {
            id: BillId::new_v7(millis(today), self.dice.seed()),
            name: name.into(),
            amount: self.money(units),
            estimated: false,
            first_due: due,
            repeats: Repeats::Monthly,
            ends: Ends::Never,
            category: self.category(category, Kind::Expense),
            account: Some(self.account),
            remind_days: None,
            next_due: Some(due),
            changed: BTreeMap::new(),
            revision: 0,
        })
    }

    fn budget(&mut self, since: NaiveDate, name: &str, category: Option<&str>, units: i64) -> Budget {
        let categories = category.and_then(|name| self.category(name, Kind::Expense));
        let id = BudgetId::new_v7(millis(since), self.dice.seed());
        Budget {
            categories: categories.into_iter().collect::<BTreeSet<_>>(),
            ..Budget::monthly(id, name, self.money(units), since)
        }
    }
}
