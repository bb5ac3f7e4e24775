//! The household's bills and budgets.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use ledger::Command;
use ledger::bills::Bill;
use ledger::budgets::{Budget, RollOver};
use ledger::envelopes::Fill;
use ledger::id::{AccountId, BillId, BudgetId};
use ledger::period::Period;
use ledger::records::Record;
use ledger::recurrence::{Ends, Repeats};

use super::Home;
use crate::bulk::millis;
use crate::dice::Dice;

/// A bill of each month: name, category, day, least and most rupees, and how it is paid.
type Dues = (&'static str, &'static str, u32, i64, i64, fn(&Home) -> AccountId);

const DUES: [Dues; 6] = [
    ("Rent", "Rent", 5, 28_000, 28_000, |home| home.bank),
    ("BESCOM electricity", "Utilities", 18, 1_380, 2_950, |home| home.bank),
    ("ACT Fibernet broadband", "Phone and internet", 12, 1_060, 1_060, |home| home.card),
    ("Jio mobile", "Phone and internet", 9, 349, 349, |home| home.bank),
    ("Netflix", "Entertainment", 21, 649, 649, |home| home.card),
    ("Indane gas", "Utilities", 26, 905, 960, |home| home.bank),
];

/// The month from which on the bills themselves make the payments.
pub(super) fn since(home: &Home) -> NaiveDate {
    let month = Period::month_of(home.today).start;
    month.checked_sub_months(Months::new(3)).unwrap_or(month)
}

/// What is paid on this day of the month.
pub(super) fn payments(home: &Home, dice: &mut Dice, day: NaiveDate) -> Vec<Record> {
    let due = DUES.iter().filter(|(_, _, at, ..)| *at == day.day());
    due.map(|(name, category, _, least, most, paid_by)| {
        let minor = dice.between(*least, *most) * 100;
        home.spent(dice, day, category, name, minor, paid_by(home))
    })
    .collect()
}

/// Bills, their payments since [`since`], and the budgets, as a person would enter them. The last thing
/// bought is entered after the budgets, so that they can say something about this month.
pub(super) fn commands(home: &Home, dice: &mut Dice) -> Vec<Command> {
    let mut commands = Vec::new();
    for (name, category, at, least, most, paid_by) in DUES {
        let first = since(home).with_day(at).unwrap_or(home.today);
        let bill = Bill {
            id: BillId::new_v7(millis(first), dice.seed()),
            name: name.into(),
            amount: home.money(i64::midpoint(least, most) * 100),
            estimated: least < most,
            first_due: first,
            repeats: Repeats::Monthly,
            ends: Ends::Never,
            category: home.category(category),
            account: Some(paid_by(home)),
            remind_days: Some(3),
            next_due: Some(first),
            changed: BTreeMap::new(),
            revision: 0,
        };
        commands.push(Command::SaveBill(bill.clone()));
        let mut dues: Vec<NaiveDate> = bill.schedule().days().take_while(|due| *due <= home.today).collect();
        if name.starts_with("BESCOM") {
            // The newest one is overdue.
            dues.pop();
        }
        for due in dues {
            let minor = dice.between(least, most) * 100;
            let record = home.spent(dice, due, category, name, minor, paid_by(home));
            commands.push(Command::PayBill { bill: bill.id, due, record });
        }
    }
    commands.push(insurance(home, dice));
    commands.push(envelopes(home));
    commands.extend(budgets(home, dice).into_iter().map(Command::SaveBudget));
    let minor = dice.between(200, 400) * 100;
    commands.push(Command::SaveRecord(home.spent(dice, home.today, "Eating out", "Swiggy", minor, home.card)));
    commands
}

fn insurance(home: &Home, dice: &mut Dice) -> Command {
    let due = home.today.checked_add_days(Days::new(19)).unwrap_or(home.today);
    Command::SaveBill(Bill {
        id: BillId::new_v7(millis(due), dice.seed()),
        name: "LIC premium".into(),
        amount: home.money(2_145_000),
        estimated: false,
        first_due: due,
        repeats: Repeats::Yearly,
        ends: Ends::Never,
        category: home.category("Other expenses"),
        account: Some(home.bank),
        remind_days: Some(7),
        next_due: Some(due),
        changed: BTreeMap::new(),
        revision: 0,
    })
}

/// What the categories are given this month.
fn envelopes(home: &Home) -> Command {
    let given = [("Rent", 28_000), ("Groceries", 14_000), ("Eating out", 9_000), ("Fuel", 8_500), ("Utilities", 3_000)];
    let fill = |(name, rupees): (&str, i64)| Some(Fill { category: home.category(name)?, from: 0, to: rupees * 100 });
    let fills = given.into_iter().filter_map(fill).collect();
    Command::FillEnvelopes { month: Period::month_of(home.today).start, fills }
}

fn budgets(home: &Home, dice: &mut Dice) -> Vec<Budget> {
    let start = since(home);
    let mut budget = |name: &str, rupees: i64, categories: &[&str], roll_over| Budget {
        categories: categories.iter().filter_map(|name| home.category(name)).collect::<BTreeSet<_>>(),
        roll_over,
        ..Budget::monthly(BudgetId::new_v7(millis(start), dice.seed()), name, home.money(rupees * 100), start)
    };
    vec![
        budget("This month", 85_000, &[], None),
        budget("Food at home", 14_000, &["Groceries"], None),
        budget("Eating out", 9_000, &["Eating out"], None),
        budget("Getting around", 7_500, &["Transport", "Fuel"], Some(RollOver::default())),
    ]
}
