//! What an account held over time, told back from what it holds now.

use chrono::NaiveDate;

use super::Account;
use crate::book::Book;
use crate::money::{self, Money};
use crate::period::{LAST_DAY, Period};

/// How many months are told, this one included.
const MONTHS: u32 = 12;

/// What an account held at the end of a day, in minor units of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub day: NaiveDate,
    pub minor: i64,
}

impl Book {
    /// What an account held at the end of each of the last months, and of today. A window is enough for it: see
    /// [`crate::window`].
    pub fn held_over_time(&self, account: &Account, today: NaiveDate) -> Vec<Held> {
        let now = self.balance(account).minor;
        let months = Period::last_months(today, MONTHS).into_iter().map(Period::last_day);
        let at = |day: NaiveDate| Held { day, minor: now.saturating_sub(self.moved_after(account, day)) };
        months.filter(|end| *end < today).chain([today]).map(at).collect()
    }

    /// What the records of days to come add to the account, or take from it.
    pub fn to_come(&self, account: &Account, today: NaiveDate) -> Money {
        Money::new(self.moved_after(account, today), account.currency())
    }

    fn moved_after(&self, account: &Account, day: NaiveDate) -> i64 {
        let later = Period { start: day.succ_opt().unwrap_or(day), end: LAST_DAY.succ_opt().unwrap_or(LAST_DAY) };
        let own = self.totals.within(later).filter(|(key, _)| key.account == account.id);
        money::sum(own.map(|(key, total)| key.kind.sign().saturating_mul(total.minor)))
    }
}
