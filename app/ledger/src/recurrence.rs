//! When something comes again.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// How a bill repeats, counted from its first due day, whose day of the month is the anchor:
/// the 31st falls on the 28th, 29th or 30th where it must, and on the 31st again afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Repeats {
    Once,
    /// Every `n` weeks, 1 to 52.
    Weeks(u8),
    #[default]
    Monthly,
    /// On the last day of each month, whatever the first due day is.
    MonthEnd,
    Quarterly,
    Yearly,
}

impl Repeats {
    /// What a person can choose from, in order.
    pub const CHOICES: [Self; 8] = [
        Self::Once,
        Self::Weeks(1),
        Self::Weeks(2),
        Self::Weeks(4),
        Self::Monthly,
        Self::MonthEnd,
        Self::Quarterly,
        Self::Yearly,
    ];

    /// The `n`-th due day (0 is the first). `None` after the only one, or past the calendar.
    pub fn nth(self, first: NaiveDate, n: u32) -> Option<NaiveDate> {
        let months = |every: u32| first.checked_add_months(Months::new(every.checked_mul(n)?));
        match self {
            Self::Once => (n == 0).then_some(first),
            Self::Weeks(every) => first.checked_add_days(Days::new(7 * u64::from(every.max(1)) * u64::from(n))),
            Self::Monthly => months(1),
            Self::Quarterly => months(3),
            Self::Yearly => months(12),
            Self::MonthEnd => month_end(first.with_day(1)?.checked_add_months(Months::new(n))?),
        }
    }

    /// The due days from `first` on, in order.
    pub fn days(self, first: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        (0..).map_while(move |n| self.nth(first, n))
    }

    /// The first due day after `day`.
    pub fn next_after(self, first: NaiveDate, day: NaiveDate) -> Option<NaiveDate> {
        // A start near the answer: no bill counts its way up from a first due day long ago.
        let elapsed = u32::try_from((day - first).num_days().max(0)).unwrap_or(u32::MAX);
        let skip = (elapsed / self.longest_days()).saturating_sub(1);
        (skip..).map_while(|n| self.nth(first, n)).find(|due| *due > day)
    }

    fn longest_days(self) -> u32 {
        match self {
            Self::Once => u32::MAX,
            Self::Weeks(every) => 7 * u32::from(every.max(1)),
            Self::Monthly | Self::MonthEnd => 31,
            Self::Quarterly => 92,
            Self::Yearly => 366,
        }
    }

    /// How a person reads it: "Every month".
    pub fn words(self) -> String {
        match self {
            Self::Once => "Does not repeat".into(),
            Self::Weeks(1) => "Every week".into(),
            Self::Weeks(every) => format!("Every {every} weeks"),
            Self::Monthly => "Every month".into(),
            Self::MonthEnd => "Last day of the month".into(),
            Self::Quarterly => "Every 3 months".into(),
            Self::Yearly => "Every year".into(),
        }
    }
}

fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The word kept in the database and in forms: `once`, `weeks-2`, `monthly`, `month-end`, `quarterly`, `yearly`.
impl From<Repeats> for String {
    fn from(repeats: Repeats) -> Self {
        match repeats {
            Repeats::Once => "once".into(),
            Repeats::Weeks(every) => format!("weeks-{every}"),
            Repeats::Monthly => "monthly".into(),
            Repeats::MonthEnd => "month-end".into(),
            Repeats::Quarterly => "quarterly".into(),
            Repeats::Yearly => "yearly".into(),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose how it repeats")]
pub struct UnknownRepeats;

impl TryFrom<String> for Repeats {
    type Error = UnknownRepeats;
    fn try_from(text: String) -> Result<Self, UnknownRepeats> {
        text.parse()
    }
}

impl std::str::FromStr for Repeats {
    type Err = UnknownRepeats;
    fn from_str(text: &str) -> Result<Self, UnknownRepeats> {
        match text {
            "once" => Ok(Self::Once),
            "monthly" => Ok(Self::Monthly),
            "month-end" => Ok(Self::MonthEnd),
            "quarterly" => Ok(Self::Quarterly),
            "yearly" => Ok(Self::Yearly),
            _ => {
                let every = text.strip_prefix("weeks-").and_then(|n| n.parse().ok());
                every.filter(|n| (1..=52).contains(n)).map(Self::Weeks).ok_or(UnknownRepeats)
            }
        }
    }
}
