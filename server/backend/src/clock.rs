//! The time, handed in: the only file that asks the machine for it.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
/// Where a person lives, as far as the start of a day is concerned (`"Asia/Kolkata"`).
pub use chrono_tz::Tz as TimeZone;

/// Tells the time; in tests, the time that it was told.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<Mutex<DateTime<Utc>>>>);

impl Clock {
    /// The machine's time.
    pub fn system() -> Self {
        Self(None)
    }

    /// Stands still at `instant` until it is [set](Self::set) or [moved](Self::advance).
    pub fn fixed(instant: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(Mutex::new(instant))))
    }

    /// Now, in whole milliseconds, so that it comes back from either database as it went in.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
    pub fn now(&self) -> DateTime<Utc> {
        let now = match &self.0 {
            None => Utc::now(),
            Some(fixed) => *fixed.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.trunc_subsecs(3)
    }

    /// The civil day in `zone`.
    pub fn today(&self, zone: &TimeZone) -> NaiveDate {
        self.now().with_timezone(zone).date_naive()
    }

    /// Moves a fixed clock to `instant`; the machine's own time stays what it is.
    pub fn set(&self, instant: DateTime<Utc>) {
        if let Some(fixed) = &self.0 {
            *fixed.lock().unwrap_or_else(PoisonError::into_inner) = instant;
        }
    }

    /// Moves a fixed clock on.
    pub fn advance(&self, by: TimeDelta) {
        self.set(self.now() + by);
    }

    /// A new UUIDv7 of this moment.
    pub fn new_id(&self) -> uuid::Uuid {
        let millis = u64::try_from(self.now().timestamp_millis()).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(millis, &rand::random()).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeZone as _, Utc};

    use super::{Clock, TimeZone};

    #[test]
    fn the_day_is_that_of_the_person() {
        let clock = Clock::fixed(Utc.with_ymd_and_hms(2026, 12, 31, 20, 0, 0).single().expect("an instant"));
        for (zone, day) in
            [("Asia/Kolkata", (2027, 1, 1)), ("Pacific/Kiritimati", (2027, 1, 1)), ("America/Lima", (2026, 12, 31))]
        {
            let zone: TimeZone = zone.parse().expect("a zone");
            assert_eq!(Some(clock.today(&zone)), NaiveDate::from_ymd_opt(day.0, day.1, day.2));
        }
    }
}
