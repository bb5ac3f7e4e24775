//! The civil day where the person lives, which may turn while a page stays open.

#[cfg(feature = "hydrate")]
mod clock;
#[cfg(not(feature = "hydrate"))]
#[path = "clock_nowhere.rs"]
mod clock;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::ui::browser;

/// Begins with the day that the server gave, so that both sides render the same; the browser's clock is looked
/// at when the page is seen again, and before something is dated.
#[derive(Clone, Copy)]
pub struct Today {
    day: RwSignal<NaiveDate>,
    /// Of the time zone database.
    zone: StoredValue<String>,
}

impl Today {
    pub(super) fn provide(day: NaiveDate, zone: &str) {
        let today = Self { day: RwSignal::new(day), zone: StoredValue::new(zone.to_owned()) };
        provide_context(today);
        browser::when_seen_again(move || today.look());
    }

    /// The day of this page. Every page below `AppFrame` has one.
    pub fn here() -> Self {
        expect_context()
    }

    /// Looks at the browser's clock; the day stays as it is where the browser cannot tell it.
    pub fn look(self) {
        let day = self.zone.try_with_value(|zone| clock::day_in(zone)).flatten();
        if let (Some(day), Some(known)) = (day, self.day.try_get_untracked())
            && day != known
        {
            self.day.set(day);
        }
    }
}

/// The civil day where the person lives, followed as it turns.
pub fn today() -> Signal<NaiveDate> {
    Today::here().day.into()
}
