//! When something comes again.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// How a bill repeats, counted from its first due day, whose day of the month is the anchor:
/// the 31st falls on the 28th, 29th or 30th where it must, and on the 31st again afterwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Repeats {
    Once,
    /// Every `n` weeks, 1 to [`Repeats::WEEKS_MAX`].
    Weeks(u8),
    #[default]
    Monthly,
    /// On the last day of each month, whatever the first due day is.
    MonthEnd,
    Quarterly,
    Yearly,
}

impl Repeats {
    /// The most weeks between two due days.
    pub const WEEKS_MAX: u8 = 52;

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

    /// The `n`-th due day (0 is the first) of a plan without an end. `None` after the only one, or past the calendar.
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

/// When a plan ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Ends {
    #[default]
    Never,
    /// The last day on which it can fall due.
    On(NaiveDate),
    /// How many due days it has in all, at least 1.
    After(u16),
}

impl Ends {
    /// The most due days that a person can ask for at once.
    pub const TIMES_MAX: u16 = 999;

    /// How a person reads it after the words of the plan: "until 3 Mar 2027", "12 times"; `None` without an end.
    pub fn words(self) -> Option<String> {
        match self {
            Self::Never => None,
            Self::On(day) => Some(format!("until {}", day.format("%-d %b %Y"))),
            Self::After(1) => Some("once".into()),
            Self::After(times) => Some(format!("{times} times")),
        }
    }
}

/// The due days of a bill: where they begin, how they repeat, when they end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    pub first: NaiveDate,
    pub repeats: Repeats,
    pub ends: Ends,
}

impl Schedule {
    /// The `n`-th due day (0 is the first). `None` past the end.
    pub fn nth(self, n: u32) -> Option<NaiveDate> {
        let day = self.repeats.nth(self.first, n)?;
        let goes_on = match self.ends {
            Ends::Never => true,
            Ends::On(last) => day <= last,
            Ends::After(times) => n < u32::from(times),
        };
        goes_on.then_some(day)
    }

    /// The due days, in order.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        (0..).map_while(move |n| self.nth(n))
    }

    /// The first due day after `day`.
    pub fn next_after(self, day: NaiveDate) -> Option<NaiveDate> {
        (self.near(day)..).map_while(|n| self.nth(n)).find(|due| *due > day)
    }

    /// Which due day `day` is (0 is the first); `None` when it is none.
    pub fn place_of(self, day: NaiveDate) -> Option<u32> {
        let mut places = (self.near(day)..).map_while(|n| Some((n, self.nth(n)?)));
        places.find(|(_, due)| *due >= day).filter(|(_, due)| *due == day).map(|(n, _)| n)
    }

    /// From which day on the same plan goes on at its `n`-th due day: that day or, where its month was too short for the
    /// day of the first one, the last before it that was on that.
    pub fn anchor_at(self, n: u32) -> Option<NaiveDate> {
        let by_day_of_month = matches!(self.repeats, Repeats::Monthly | Repeats::Quarterly | Repeats::Yearly);
        let anchors = |day: &NaiveDate| !by_day_of_month || day.day() == self.first.day();
        (0..=n).rev().map_while(|n| self.nth(n)).find(anchors)
    }

    /// A place at or before the due days around `day`: no bill counts its way up from a first due day long ago.
    fn near(self, day: NaiveDate) -> u32 {
        let elapsed = u32::try_from((day - self.first).num_days().max(0)).unwrap_or(u32::MAX);
        (elapsed / self.repeats.longest_days()).saturating_sub(1)
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
                every.filter(|n| (1..=Self::WEEKS_MAX).contains(n)).map(Self::Weeks).ok_or(UnknownRepeats)
            }
        }
    }
}

/// The word kept in the database: `never`, `on-2027-01-31`, `after-12`.
impl From<Ends> for String {
    fn from(ends: Ends) -> Self {
        match ends {
            Ends::Never => "never".into(),
            Ends::On(day) => format!("on-{day}"),
            Ends::After(times) => format!("after-{times}"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Choose when it ends")]
pub struct UnknownEnds;

impl TryFrom<String> for Ends {
    type Error = UnknownEnds;
    fn try_from(text: String) -> Result<Self, UnknownEnds> {
        text.parse()
    }
}

impl std::str::FromStr for Ends {
    type Err = UnknownEnds;
    fn from_str(text: &str) -> Result<Self, UnknownEnds> {
        if text == "never" {
            return Ok(Self::Never);
        }
        let on = text.strip_prefix("on-").and_then(|day| day.parse().ok()).map(Self::On);
        let times = text.strip_prefix("after-").and_then(|times| times.parse().ok());
        let after = times.filter(|times| *times > 0).map(Self::After);
        on.or(after).ok_or(UnknownEnds)
    }
}
