//! Which period a report is about: held in the URL, and stepped from one to the next.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use crate::period::{FIRST_DAY, LAST_DAY, Period, parse_day};

/// How long the periods are that one steps through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Step {
    Week,
    Month,
    Quarter,
    Year,
}

impl Step {
    pub const ALL: [Self; 4] = [Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The word in the URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    fn around(self, day: NaiveDate, week_start: Weekday) -> Period {
        match self {
            Self::Week => Period::week_of(day, week_start),
            Self::Month => Period::month_of(day),
            Self::Quarter => {
                let first = day.month0() / 3 * 3 + 1;
                let start = NaiveDate::from_ymd_opt(day.year(), first, 1).unwrap_or(day);
                Period { start, end: start.checked_add_months(Months::new(3)).unwrap_or(NaiveDate::MAX) }
            }
            Self::Year => Period::year_of(day),
        }
    }
}

/// Which other period one is laid beside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Against {
    /// As many days or calendar months, right before.
    Before,
    /// The same days a month before.
    Month,
    /// The same days a year before.
    Year,
}

impl Against {
    pub const ALL: [Self; 3] = [Self::Before, Self::Month, Self::Year];

    /// The word in the URL.
    pub fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReportChoice {
    /// `None` for a period of one's own.
    pub step: Option<Step>,
    pub period: Period,
    /// What it is compared with line by line.
    #[serde(default)]
    pub against: Option<Against>,
}

impl ReportChoice {
    pub fn of(step: Step, at: NaiveDate, week_start: Weekday) -> Self {
        Self { step: Some(step), period: step.around(at, week_start), against: None }
    }

    /// Days of one's own.
    pub fn days(period: Period) -> Self {
        Self { step: None, period, against: None }
    }

    /// The same period beside another, or alone.
    #[must_use]
    pub fn beside(self, against: Option<Against>) -> Self {
        Self { against, ..self }
    }

    /// Reads `?span=month&at=2026-11-01` or `?from=2026-11-03&to=2026-11-09`, both days included, and `&beside=year`;
    /// what cannot be read counts as not given, and with nothing given it is the month of today.
    pub fn from_query<'a>(mut get: impl FnMut(&str) -> Option<&'a str>, today: NaiveDate, week_start: Weekday) -> Self {
        let against = Against::ALL.into_iter().find(|against| get("beside") == Some(against.word()));
        Self::asked(get, today, week_start).unwrap_or_else(|| Self::of(Step::Month, today, week_start)).beside(against)
    }

    /// The same, or `None` where no period is asked for.
    pub fn asked<'a>(
        mut get: impl FnMut(&str) -> Option<&'a str>,
        today: NaiveDate,
        week_start: Weekday,
    ) -> Option<Self> {
        let against = Against::ALL.into_iter().find(|against| get("beside") == Some(against.word()));
        let mut day = |name: &str| get(name).and_then(|text| parse_day(text).ok());
        let (from, to, at) = (day("from"), day("to"), day("at"));
        // Either way round: it is clear which days are meant.
        if let (Some(from), Some(to)) = (from, to) {
            let period = Period { start: from.min(to), end: Period::day(from.max(to)).end };
            return Some(Self::days(period).beside(against));
        }
        let step = Step::ALL.into_iter().find(|step| get("span") == Some(step.word()));
        let is_asked = step.is_some() || at.is_some();
        is_asked.then(|| Self::of(step.unwrap_or(Step::Month), at.unwrap_or(today), week_start).beside(against))
    }

    /// Reads what [`ReportChoice::query`] writes; `None` where it is anything else.
    pub fn read(query: &str, today: NaiveDate, week_start: Weekday) -> Option<Self> {
        let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        Self::asked(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value), today, week_start)
    }

    /// The parameters of its address.
    pub fn query(self) -> String {
        let Period { start, .. } = self.period;
        let mut query = match self.step {
            Some(step) => format!("span={}&at={start}", step.word()),
            None => format!("from={start}&to={}", self.period.last_day()),
        };
        if let Some(against) = self.against {
            query.push_str("&beside=");
            query.push_str(against.word());
        }
        query
    }

    /// The address of its report.
    pub fn url(self) -> String {
        format!("/reports?{}", self.query())
    }

    /// The period that it is compared with, alone; `None` where it is with none, or that cannot be recorded.
    pub fn other(self) -> Option<Self> {
        let other = match self.against? {
            Against::Before => self.before(),
            Against::Month => self.month_before(),
            Against::Year => self.year_before(),
        };
        other.map(|other| other.beside(None))
    }

    /// The comparisons that differ from each other: a calendar month before is the month before, and so with years.
    pub fn comparisons(self) -> &'static [Against] {
        match self.step {
            None => &Against::ALL,
            Some(Step::Year) => &[Against::Before],
            Some(_) => &[Against::Before, Against::Year],
        }
    }

    /// Whether its days can be recorded at all.
    pub fn is_sound(self) -> bool {
        FIRST_DAY <= self.period.start && !self.period.is_empty() && self.period.last_day() <= LAST_DAY
    }

    /// As many days or calendar months, right before; `None` before the first day that can be recorded.
    pub fn before(self) -> Option<Self> {
        let Period { start, .. } = self.period;
        let days = Days::new(u64::try_from(self.period.days()).unwrap_or_default());
        let first = match self.step {
            Some(Step::Month) => start.checked_sub_months(Months::new(1)),
            Some(Step::Quarter) => start.checked_sub_months(Months::new(3)),
            Some(Step::Year) => start.checked_sub_months(Months::new(12)),
            Some(Step::Week) | None => start.checked_sub_days(days),
        };
        self.sound(Period { start: first?, end: start })
    }

    /// As many days or calendar months, right after; `None` past the last day that can be recorded.
    pub fn after(self) -> Option<Self> {
        let start = self.period.end;
        let days = Days::new(u64::try_from(self.period.days()).unwrap_or_default());
        let end = match self.step {
            Some(Step::Month) => start.checked_add_months(Months::new(1)),
            Some(Step::Quarter) => start.checked_add_months(Months::new(3)),
            Some(Step::Year) => start.checked_add_months(Months::new(12)),
            Some(Step::Week) | None => start.checked_add_days(days),
        };
        self.sound(Period { start, end: end? })
    }

    /// The same days a month before, as far as that month has them.
    pub fn month_before(self) -> Option<Self> {
        let back = |day: NaiveDate| day.checked_sub_months(Months::new(1));
        let start = back(self.period.start)?;
        self.sound(Period { start, end: Period::day(back(self.period.last_day())?).end })
    }

    /// The same days a year before; for a week the one 52 weeks before, so that it has the same weekdays.
    pub fn year_before(self) -> Option<Self> {
        let back = |day: NaiveDate| match self.step {
            Some(Step::Week) => day.checked_sub_days(Days::new(364)),
            _ => day.checked_sub_months(Months::new(12)),
        };
        let end = match self.step {
            // Of days that somebody chose the last one counts, not the one after it: 28 February goes to 28 February.
            None => Period::day(back(self.period.last_day())?).end,
            Some(_) => back(self.period.end)?,
        };
        self.sound(Period { start: back(self.period.start)?, end })
    }

    fn sound(self, period: Period) -> Option<Self> {
        Some(Self { period, ..self }).filter(|choice| choice.is_sound())
    }

    /// The period in words: "November 2026", "October to December 2026", "23 to 29 November 2026".
    pub fn words(self) -> String {
        let (first, last) = (self.period.start, self.period.last_day());
        let day = |day: NaiveDate| day.format("%-d %B %Y").to_string();
        match self.step {
            Some(Step::Year) => first.format("%Y").to_string(),
            Some(Step::Month) => first.format("%B %Y").to_string(),
            Some(Step::Quarter) => format!("{} to {}", first.format("%B"), last.format("%B %Y")),
            _ if first == last => day(first),
            _ if (first.year(), first.month()) == (last.year(), last.month()) => {
                format!("{} to {}", first.day(), day(last))
            }
            _ if first.year() == last.year() => format!("{} to {}", first.format("%-d %B"), day(last)),
            _ => format!("{} to {}", day(first), day(last)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn read(query: &'static str) -> ReportChoice {
        let pairs: Vec<(&str, &str)> = query.split('&').filter_map(|pair| pair.split_once('=')).collect();
        let get = |name: &str| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        ReportChoice::from_query(get, day("2026-11-25"), Weekday::Mon)
    }

    #[test]
    fn the_url_says_which_period_and_nonsense_is_this_month() {
        for (query, words, url) in [
            ("", "November 2026", "/reports?span=month&at=2026-11-01"),
            ("span=nonsense&at=2026-02-30", "November 2026", "/reports?span=month&at=2026-11-01"),
            ("span=week&at=2027-01-01", "28 December 2026 to 3 January 2027", "/reports?span=week&at=2026-12-28"),
            ("span=month&at=2024-02-29", "February 2024", "/reports?span=month&at=2024-02-01"),
            ("span=quarter&at=2026-12-31", "October to December 2026", "/reports?span=quarter&at=2026-10-01"),
            ("span=year&at=2026-12-31", "2026", "/reports?span=year&at=2026-01-01"),
            ("from=2026-12-03&to=2026-12-10", "3 to 10 December 2026", "/reports?from=2026-12-03&to=2026-12-10"),
            ("from=2026-12-03&to=2026-12-03", "3 December 2026", "/reports?from=2026-12-03&to=2026-12-03"),
            ("from=2026-12-10&to=2026-12-03", "3 to 10 December 2026", "/reports?from=2026-12-03&to=2026-12-10"),
            ("beside=year", "November 2026", "/reports?span=month&at=2026-11-01&beside=year"),
            ("at=2026-10-31&beside=nonsense", "October 2026", "/reports?span=month&at=2026-10-01"),
        ] {
            let choice = read(query);
            assert_eq!((choice.words(), choice.url()), (words.to_owned(), url.to_owned()), "{query}");
            assert_eq!(ReportChoice::read(&choice.query(), day("2020-01-01"), Weekday::Mon), Some(choice), "{query}");
        }
    }

    #[test]
    fn a_page_without_a_period_is_told_from_one_with_it() {
        let asked = |query: &'static str| {
            let (name, value) = query.split_once('=').unwrap_or_default();
            let get = |asked: &str| Some(value).filter(|_| asked == name);
            ReportChoice::asked(get, day("2026-11-25"), Weekday::Mon).map(ReportChoice::query)
        };
        assert_eq!(
            [asked(""), asked("inside=x"), asked("span=decade"), asked("from=2026-11-01")],
            [None, None, None, None]
        );
        assert_eq!(asked("span=year"), Some("span=year&at=2026-01-01".to_owned()));
        assert_eq!(asked("at=2026-10-31"), Some("span=month&at=2026-10-01".to_owned()));
    }

    #[test]
    fn one_period_is_laid_beside_another() {
        for (query, other) in [
            ("span=month&at=2026-11-01", None),
            ("span=month&at=2026-11-01&beside=before", Some("span=month&at=2026-10-01")),
            ("span=week&at=2026-11-23&beside=year", Some("span=week&at=2025-11-24")),
            ("from=2027-03-01&to=2027-03-31&beside=month", Some("from=2027-02-01&to=2027-02-28")),
            ("from=2027-03-01&to=2027-03-10&beside=month", Some("from=2027-02-01&to=2027-02-10")),
            ("from=2027-03-01&to=2027-03-10&beside=before", Some("from=2027-02-19&to=2027-02-28")),
            ("from=1900-01-01&to=1900-01-10&beside=month", None),
        ] {
            assert_eq!(read(query).other().map(ReportChoice::query), other.map(str::to_owned), "{query}");
        }
        let next = read("span=month&at=2026-11-01&beside=year").after();
        assert_eq!(next.map(ReportChoice::query), Some("span=month&at=2026-12-01&beside=year".to_owned()));
    }

    #[test]
    fn one_steps_back_and_forth_and_to_the_year_before() {
        let url = |choice: Option<ReportChoice>| choice.map(ReportChoice::url).unwrap_or_default();
        for (query, before, after, year) in [
            (
                "span=week&at=2026-11-25",
                "span=week&at=2026-11-16",
                "span=week&at=2026-11-30",
                "span=week&at=2025-11-24",
            ),
            (
                "span=month&at=2026-01-31",
                "span=month&at=2025-12-01",
                "span=month&at=2026-02-01",
                "span=month&at=2025-01-01",
            ),
            (
                "span=quarter&at=2026-01-31",
                "span=quarter&at=2025-10-01",
                "span=quarter&at=2026-04-01",
                "span=quarter&at=2025-01-01",
            ),
            (
                "span=year&at=2024-02-29",
                "span=year&at=2023-01-01",
                "span=year&at=2025-01-01",
                "span=year&at=2023-01-01",
            ),
            (
                "from=2024-02-01&to=2024-02-29",
                "from=2024-01-03&to=2024-01-31",
                "from=2024-03-01&to=2024-03-29",
                "from=2023-02-01&to=2023-02-28",
            ),
            (
                "from=2024-02-01&to=2024-02-28",
                "from=2024-01-04&to=2024-01-31",
                "from=2024-02-29&to=2024-03-27",
                "from=2023-02-01&to=2023-02-28",
            ),
        ] {
            let choice = read(query);
            let urls = [choice.before(), choice.after(), choice.year_before()].map(url);
            assert_eq!(urls, [before, after, year].map(|query| format!("/reports?{query}")), "{query}");
        }
        assert_eq!(read("span=year&at=1900-05-01").before(), None);
        assert_eq!(read("span=year&at=2199-05-01").after(), None);
    }
}
