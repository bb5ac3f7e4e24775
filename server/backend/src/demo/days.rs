//! What a household spends, earns and moves day by day.

use chrono::{Datelike, NaiveDate, Weekday};
use ledger::id::AccountId;
use ledger::period::Period;
use ledger::records::{Flow, Kind, Record};

use super::{Home, plans};
use crate::dice::Dice;

/// How many calendar months there are, this one included.
const MONTHS: u32 = 25;

/// What may be bought on any day: once in so many days, category, payees, least and most rupees, and how it is paid.
type Habit = (u64, &'static str, &'static [&'static str], i64, i64, fn(&Home) -> AccountId);

const HABITS: [Habit; 15] = [
    (2, "Groceries", &["Sri Balaji Stores", "Nandini Milk Parlour", "Vegetable cart"], 40, 420, |home| home.cash),
    (7, "Groceries", &["BigBasket", "Blinkit", "DMart"], 900, 3_100, |home| home.bank),
    (3, "Eating out", &["Swiggy", "Zomato"], 180, 690, |home| home.card),
    (9, "Eating out", &["Vidyarthi Bhavan", "Truffles", "MTR", "Third Wave Coffee"], 240, 1_650, |home| home.card),
    (2, "Eating out", &["Chai Point", "Corner tea stall"], 15, 60, |home| home.wallet),
    (2, "Transport", &["Namma Metro"], 25, 60, |home| home.wallet),
    (5, "Transport", &["Ola", "Uber", "Namma Yatri"], 90, 480, |home| home.wallet),
    (11, "Fuel", &["Indian Oil", "HP Petrol"], 1_200, 2_400, |home| home.card),
    (16, "Health", &["Apollo Pharmacy", "MedPlus"], 120, 1_300, |home| home.bank),
    (75, "Health", &["Dr. Shenoy", "Manipal Hospital"], 600, 3_500, |home| home.bank),
    (12, "Shopping", &["Amazon", "Flipkart", "Myntra"], 350, 4_200, |home| home.card),
    (20, "Entertainment", &["PVR Orion Mall", "BookMyShow"], 400, 1_400, |home| home.card),
    (40, "Education", &["Sapna Book House", "Udemy"], 350, 1_800, |home| home.bank),
    (45, "Gifts and giving", &["Akshaya Patra", "Archies"], 500, 2_500, |home| home.bank),
    (35, "Other expenses", &["Urban Company", "Kumar Dry Cleaners"], 250, 1_500, |home| home.bank),
];

/// Festivals and journeys: month and day, category, payee, rupees, tag.
const FEASTS: [(u32, u32, &str, &str, i64, &str); 14] = [
    (1, 14, "Groceries", "Sri Balaji Stores", 1_850, "Sankranti"),
    (3, 14, "Eating out", "Holi party", 2_200, "Holi"),
    (3, 30, "Gifts and giving", "Kanti Sweets", 1_450, "Ugadi"),
    (5, 10, "Travel", "IndiGo", 11_800, "Ooty"),
    (5, 18, "Travel", "Savoy Ooty", 16_400, "Ooty"),
    (8, 9, "Gifts and giving", "Tanishq", 6_500, "Raksha Bandhan"),
    (8, 27, "Groceries", "Gandhi Bazaar flowers", 1_350, "Ganesha"),
    (10, 2, "Shopping", "Kalyan Silks", 9_800, "Dasara"),
    (10, 18, "Gifts and giving", "Kanti Sweets", 3_600, "Diwali"),
    (10, 19, "Shopping", "Reliance Digital", 14_990, "Diwali"),
    (10, 20, "Other expenses", "Standard Fireworks", 2_800, "Diwali"),
    (12, 22, "Travel", "IndiGo", 14_600, "Goa"),
    (12, 23, "Travel", "Taj Fort Aguada", 31_500, "Goa"),
    (12, 24, "Eating out", "Fisherman's Wharf", 4_250, "Goa"),
];

/// Every record up to today, but the payments that the bills of the last months make themselves.
pub(super) fn until(home: &Home, dice: &mut Dice) -> Vec<Record> {
    let mut records = Vec::new();
    let mut card_used = 842_000;
    for month in Period::last_months(home.today, MONTHS) {
        let first = records.len();
        let days: Vec<NaiveDate> =
            month.start.iter_days().take_while(|day| month.contains(*day) && *day <= home.today).collect();
        for day in days {
            each_day(home, dice, day, &mut records);
            each_month(home, dice, day, &mut records);
            if day.day() == 15 {
                let paid = Flow::Transfer { to: home.card };
                records.push(home.record(dice, day, paid, "ICICI card bill", card_used, home.bank));
                card_used = 0;
            }
        }
        let by_card =
            records[first..].iter().filter(|record| record.account == home.card && record.kind() == Kind::Expense);
        card_used += by_card.map(|record| record.amount.minor).sum::<i64>();
    }
    records
}

fn each_day(home: &Home, dice: &mut Dice, day: NaiveDate, records: &mut Vec<Record>) {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    for (once_in, category, payees, least, most, paid_by) in HABITS {
        let likely = if weekend && category == "Eating out" { once_in.div_ceil(2) } else { once_in };
        if dice.one_in(likely) {
            let payee = dice.pick(payees).copied().unwrap_or_default();
            let minor = dice.between(least, most) * 100 + if dice.one_in(3) { dice.between(1, 99) } else { 0 };
            let mut record = home.spent(dice, day, category, payee, minor, paid_by(home));
            if category == "Eating out" && minor > 100_000 {
                record.note = "Dinner with friends".into();
            }
            records.push(record);
        }
    }
    for (month, at, category, payee, rupees, tag) in FEASTS {
        if (day.month(), day.day()) == (month, at) {
            let minor = (rupees + dice.between(-rupees / 10, rupees / 10)) * 100;
            let record = home.spent(dice, day, category, payee, minor, home.card);
            records.push(Record { tags: vec![tag.into()], ..record });
        }
    }
}

/// What comes on a day of each month.
fn each_month(home: &Home, dice: &mut Dice, day: NaiveDate, records: &mut Vec<Record>) {
    let years = i64::from(day.year()) - i64::from(home.today.year());
    match day.day() {
        1 => {
            let salary = Flow::Income { category: home.category("Salary") };
            records.push(home.record(dice, day, salary, "Infosys", 12_840_000 + years * 960_000, home.bank));
            records.push(home.spent(dice, day, "Household help", "Lakshmi", 450_000, home.cash));
        }
        3 | 17 => {
            let cash = Flow::Transfer { to: home.cash };
            records.push(home.record(dice, day, cash, "HDFC ATM", 600_000, home.bank));
        }
        8 | 22 => {
            let wallet = Flow::Transfer { to: home.wallet };
            records.push(home.record(dice, day, wallet, "Paytm top-up", 150_000, home.bank));
        }
        28 if day.month().is_multiple_of(3) => {
            let interest = Flow::Income { category: home.category("Interest") };
            let minor = dice.between(64_000, 118_000);
            records.push(home.record(dice, day, interest, "HDFC Bank", minor, home.bank));
        }
        24 if dice.one_in(3) => {
            let other = Flow::Income { category: home.category("Other income") };
            let minor = dice.between(60, 180) * 10_000;
            records.push(home.record(dice, day, other, "Weekend workshop", minor, home.bank));
        }
        _ => {}
    }
    if day < plans::since(home) {
        records.extend(plans::payments(home, dice, day));
    }
}
