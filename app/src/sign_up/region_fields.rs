//! Where a new person lives: guessed in words, and theirs to correct.

use ledger::Currency;
use leptos::prelude::*;

use crate::region::{self, Region};
use crate::ui::form::{PostedHere, Slot};
use crate::ui::{SelectField, browser};

/// One choice of the region.
#[derive(Clone, Copy)]
struct Part {
    name: &'static str,
    value: RwSignal<String>,
    /// Whether the person chose it: then no guess takes its place.
    own: StoredValue<bool>,
}

impl Part {
    /// Begins with what a refused form held, or else with a guess.
    fn new(form: &str, name: &'static str, guess: String) -> Self {
        let posted = PostedHere::of(form).and_then(|posted| posted.values.get(name).cloned());
        let own = posted.is_some();
        Self { name, value: RwSignal::new(posted.unwrap_or(guess)), own: StoredValue::new(own) }
    }

    fn choose(self, value: String) {
        self.own.set_value(true);
        self.value.set(value);
    }

    fn guess(self, better: &str) {
        if !self.own.get_value() && self.value.with_untracked(|value| value != better) {
            self.value.set(better.to_owned());
        }
    }
}

/// Begins with what the languages of the request tell. The browser, which knows its time zone, then guesses anew
/// what the person has not chosen, be it before the page came alive.
#[component]
pub(crate) fn RegionFields(
    /// The endpoint of the form that they are part of.
    of: &'static str,
) -> impl IntoView {
    let first = SharedValue::new(region::guess).into_inner();
    let time_zones = RwSignal::new(region::time_zones(&first.time_zone));
    let languages = RwSignal::new(region::languages(&first.locale));
    let country = Part::new(of, "country", first.country);
    let currency = Part::new(of, "currency", first.currency);
    let time_zone = Part::new(of, "time_zone", first.time_zone);
    let locale = Part::new(of, "locale", first.locale);
    let parts = [country, currency, time_zone, locale];
    let ids = parts.map(|part| Slot::of(part.name).id);
    let follow_country = move || {
        if let Some(usual) = Currency::of_country(&country.value.get_untracked()) {
            currency.guess(usual.code());
        }
    };
    let refine = move || {
        for (part, id) in parts.iter().zip(&ids) {
            if let Some(chosen) = browser::value_of(id).filter(|now| part.value.with_untracked(|value| value != now)) {
                part.choose(chosen);
            }
        }
        let better = region::guess();
        time_zones.update(|choices| region::offer(choices, &better.time_zone));
        languages.update(|choices| region::offer(choices, &better.locale));
        time_zone.guess(&better.time_zone);
        locale.guess(&better.locale);
        country.guess(&better.country);
        follow_country();
    };
    Effect::new(move |_| refine());
    let on_country = Callback::new(move |code: String| {
        country.choose(code);
        follow_country();
    });
    let words = move || Region::words(&country.value.get(), &currency.value.get(), &time_zone.value.get());
    view! {
        <details class="disclosure" open=true>
            <summary>
                <span>"Region"</span>
                <span class="disclosure-note" data-testid="region">{words}</span>
            </summary>
            <div class="grid-2">
                <SelectField
                    label="Country"
                    name="country"
                    options=region::countries()
                    value=country.value
                    on_input=on_country
                />
                <SelectField
                    label="Currency"
                    name="currency"
                    options=region::currencies()
                    value=currency.value
                    on_input=Callback::new(move |code| currency.choose(code))
                />
                <SelectField
                    label="Time zone"
                    name="time_zone"
                    options=time_zones
                    value=time_zone.value
                    on_input=Callback::new(move |zone| time_zone.choose(zone))
                />
                <SelectField
                    label="Language"
                    name="locale"
                    options=languages
                    value=locale.value
                    on_input=Callback::new(move |tag| locale.choose(tag))
                    hint="How numbers are written"
                />
            </div>
        </details>
    }
    .into_any()
}
