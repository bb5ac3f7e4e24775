//! A history of any length: plain records for the most part, some split, some in another currency.

use chrono::{Days, NaiveDate};
use ledger::id::{AccountId, CategoryId, RecordId};
use ledger::rates::{DayRate, Rate};
use ledger::records::{Flow, Kind, Part, Record};
use ledger::{Book, Currency, Money};

use super::{COMMIT, insert, millis};
use crate::dice::Dice;
use crate::{Backend, Error, Member, Result, window};

const SHOPS: [&str; 12] = [
    "Swiggy",
    "Zomato",
    "BigBasket",
    "Indian Oil",
    "Apollo Pharmacy",
    "Kirana Stores",
    "Metro Card",
    "Amazon",
    "Flipkart",
    "Corner Shop",
    "Chai Point",
    "Book House",
];

/// What the records are made of.
struct Household {
    home: Currency,
    accounts: Vec<AccountId>,
    /// Accounts in other currencies.
    abroad: Vec<(AccountId, Currency)>,
    income: Vec<CategoryId>,
    expenses: Vec<CategoryId>,
}

/// Fills the member's book with `count` records, spread evenly over the `years` before today.
pub async fn fill(backend: &Backend, member: &Member, count: u32, years: u32) -> Result<()> {
    let household = Household::of(&window::for_forms(backend, member).await?);
    let today = member.today(&backend.clock);
    let days = u64::from(years.clamp(1, 120)) * 365;
    let mut dice = Dice(u64::from(count));
    let mut done: u64 = 0;
    while done < u64::from(count) {
        let size = (u64::from(count) - done).min(COMMIT as u64);
        let at =
            |nth: u64| today.checked_sub_days(Days::new(days - 1 - nth * days / u64::from(count))).unwrap_or(today);
        let made: Option<Vec<Record>> =
            (done..done + size).map(|nth| household.record(&mut dice, nth, at(nth))).collect();
        let mut made = made.ok_or_else(|| Error::internal("a book without accounts or categories cannot be filled"))?;
        let mut tx = backend.db.write().await?;
        insert(&mut tx, member.book(), &mut made).await?;
        tx.commit().await?;
        done += size;
    }
    Ok(())
}

impl Household {
    fn of(book: &Book) -> Self {
        let of = |kind| book.categories.values().filter(|known| known.kind == kind).map(|known| known.id).collect();
        let (accounts, abroad): (Vec<_>, Vec<_>) = book
            .accounts
            .values()
            .map(|known| (known.id, known.currency()))
            .partition(|(_, currency)| *currency == book.home);
        Self {
            home: book.home,
            accounts: accounts.into_iter().map(|(id, _)| id).collect(),
            abroad,
            income: of(Kind::Income),
            expenses: of(Kind::Expense),
        }
    }

    fn record(&self, dice: &mut Dice, nth: u64, day: NaiveDate) -> Option<Record> {
        let account = *dice.pick(&self.accounts)?;
        let sort = dice.below(20);
        let flow = match sort {
            0 => Flow::Income { category: dice.pick(&self.income).copied() },
            1 if self.accounts.len() > 1 => {
                Flow::Transfer { to: *self.accounts.iter().find(|other| **other != account)? }
            }
            _ => Flow::Expense { category: dice.pick(&self.expenses).copied() },
        };
        let note = if dice.one_in(4) { format!("note {}", dice.below(50_000)) } else { String::new() };
        let tags = if dice.one_in(10) { vec![format!("tag {}", dice.below(40))] } else { Vec::new() };
        let id = RecordId::new_v7(millis(day) + nth % 86_400_000, dice.seed());
        let amount = Money::new(dice.between(1_000, 500_000), self.home);
        let payee = format!("{} {}", dice.pick(&SHOPS)?, dice.below(40));
        let plain = Record { payee, note, tags, ..Record::plain(id, day, amount, account, flow) };
        match sort {
            2 => self.split(dice, plain),
            3 => self.spent_abroad(dice, plain),
            _ => Some(plain),
        }
    }

    /// The same over two categories.
    fn split(&self, dice: &mut Dice, plain: Record) -> Option<Record> {
        let [one, other, ..] = self.expenses[..] else { return Some(plain) };
        let first = dice.between(1, plain.amount.minor - 1);
        let part = |category, minor| Part { category: Some(category), minor, note: String::new() };
        let parts = vec![part(one, first), part(other, plain.amount.minor.checked_sub(first)?)];
        Some(Record { parts, flow: Flow::Expense { category: None }, ..plain })
    }

    /// The same from an account in another currency, at a rate of the day, for about a hundredth of the amount.
    fn spent_abroad(&self, dice: &mut Dice, plain: Record) -> Option<Record> {
        const TENTHS: i64 = 1_000_000_000;
        let Some((account, currency)) = dice.pick(&self.abroad).copied() else { return Some(plain) };
        let amount = Money::new(plain.amount.minor / 100, currency);
        let rate = Rate::try_from(dice.between(830, 870) * TENTHS).ok()?;
        let home = rate.convert(amount, self.home)?.minor;
        Some(Record { amount, account, home, rate: Some(DayRate { rate, on: plain.day }), ..plain })
    }
}
