//! What goes beyond plain records: dollars spent abroad, a basket split over categories, and shoes sent back.

use chrono::{Days, NaiveDate};
use ledger::rates::{DayRate, Rate};
use ledger::records::{Flow, Part, Record};
use ledger::{Command, Currency, Money, NumberFormat};

use super::Home;
use crate::dice::Dice;

/// Days ago, category, payee, cents, rupees for a dollar.
const ABROAD: [(u64, &str, &str, i64, &str); 4] = [
    (71, "Education", "O'Reilly", 4_900, "83.92"),
    (40, "Phone and internet", "DigitalOcean", 1_200, "84.07"),
    (23, "Entertainment", "Bandcamp", 1_850, "84.31"),
    (9, "Phone and internet", "DigitalOcean", 1_200, "84.46"),
];

pub(super) fn commands(home: &Home, dice: &mut Dice) -> Vec<Command> {
    let mut records: Vec<Record> = ABROAD.iter().filter_map(|spent| abroad(home, dice, spent)).collect();
    records.push(basket(home, dice));
    let shoes = home.spent(dice, ago(home, 12), "Shopping", "Myntra", 349_900, home.card);
    let back = Flow::Refund { category: home.category("Shopping"), of: shoes.id };
    let refund = home.record(dice, ago(home, 3), back, "Myntra", 174_950, home.card);
    records.extend([shoes, refund]);
    records.into_iter().map(Command::SaveRecord).collect()
}

fn ago(home: &Home, days: u64) -> NaiveDate {
    home.today.checked_sub_days(Days::new(days)).unwrap_or(home.today)
}

fn abroad(
    home: &Home,
    dice: &mut Dice,
    (days, category, payee, cents, rupees): &(u64, &str, &str, i64, &str),
) -> Option<Record> {
    let on = ago(home, *days);
    let rate = Rate::parse(rupees, NumberFormat::of("en-IN")).ok()?;
    let plain = home.spent(dice, on, category, payee, *cents, home.dollars);
    Some(Record { amount: Money::new(*cents, Currency::USD), rate: Some(DayRate { rate, on }), ..plain })
}

fn basket(home: &Home, dice: &mut Dice) -> Record {
    let part = |category, minor, note: &str| Part { category: home.category(category), minor, note: note.into() };
    let parts = vec![
        part("Groceries", 164_000, ""),
        part("Shopping", 89_900, "pressure cooker"),
        part("Health", 21_550, "first aid"),
    ];
    let whole = parts.iter().map(|part| part.minor).sum();
    let flow = Flow::Expense { category: None };
    Record { parts, ..home.record(dice, ago(home, 6), flow, "DMart", whole, home.bank) }
}
