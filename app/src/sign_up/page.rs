//! The page on which an account is made.

use ledger::Currency;
use leptos::prelude::*;

use super::api::SignUp;
use crate::layout::{PlainFrame, leave_to};
use crate::region::{self, Region};
use crate::ui::{ButtonKind, Checkbox, Field, Form, PageHead, PasswordField, SelectField, Submit};

#[component]
pub fn SignUpPage() -> impl IntoView {
    let check = Callback::new(|call: SignUp| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|path: String| leave_to(&path));
    view! {
        <PlainFrame>
            <PageHead title="Create your account" lead="Two minutes, and your money has a place to be counted."/>
            <Form action={ServerAction::<SignUp>::new()} label="Create account" check on_done>
                <Field label="Name" name="name" autocomplete="name" maxlength=80 required=true/>
                <Field label="Email" name="email" kind="email" autocomplete="email" inputmode="email" required=true/>
                <div class="grid-2">
                    <PasswordField
                        label="Password"
                        name="password"
                        autocomplete="new-password"
                        hint="At least 10 characters; a few words are best"
                    />
                    <PasswordField label="Confirm password" name="confirm" autocomplete="new-password"/>
                </div>
                <div class="grid-2">
                    <Field label="Phone (optional)" name="phone" kind="tel" autocomplete="tel" inputmode="tel"/>
                    <Field
                        label="Monthly income (optional)"
                        name="income"
                        inputmode="decimal"
                        autocomplete="off"
                        hint="A plan only; nothing is recorded"
                    />
                </div>
                <RegionFields/>
                <Checkbox label="I agree to the terms" name="terms"/>
                <p class="muted small">
                    "The " <a href="/terms">"terms"</a> " fit on one screen: your data stays on this server, and nobody tracks you."
                </p>
                <Submit kind=ButtonKind::Primary>"Create account"</Submit>
            </Form>
            <p class="plain-foot">"Already have an account? " <a href="/login">"Log in"</a></p>
        </PlainFrame>
    }
    .into_any()
}

/// Guessed from the browser; closed, as it is mostly right.
#[component]
fn RegionFields() -> impl IntoView {
    let region = RwSignal::new(Region::default());
    Effect::new(move |_| region.set(region::guess()));
    let country = RwSignal::new(String::new());
    let currency = RwSignal::new(String::new());
    Effect::new(move |_| {
        region.with(|region| {
            country.set(region.country.clone());
            currency.set(region.currency.clone());
        });
    });
    let on_country = Callback::new(move |code: String| {
        if let Some(of) = Currency::of_country(&code) {
            currency.set(of.code().to_owned());
        }
    });
    let time_zone = Memo::new(move |_| region.with(|region| region.time_zone.clone()));
    let locale = Memo::new(move |_| region.with(|region| region.locale.clone()));
    let summary = move || {
        region.with(|region| {
            if region.country.is_empty() {
                String::new()
            } else {
                format!("{} · {} · {}", region.country, currency.get(), region.time_zone.replace('_', " "))
            }
        })
    };
    view! {
        <details class="disclosure">
            <summary>
                <span>"Region"</span>
                <span class="disclosure-note">{summary}</span>
            </summary>
            <div class="grid-2">
                <SelectField label="Country" name="country" options=with_none(region::countries(), "As in the browser") value=country on_input=on_country/>
                <SelectField label="Currency" name="currency" options=with_none(region::currencies(), "As in the country") value=currency/>
                <SelectField
                    label="Time zone"
                    name="time_zone"
                    options=Signal::derive(move || region::time_zones(&time_zone.get()))
                    value=time_zone
                />
                <SelectField
                    label="Language"
                    name="locale"
                    options=Signal::derive(move || region::languages(&locale.get()))
                    value=locale
                />
            </div>
        </details>
    }
    .into_any()
}

fn with_none(mut choices: Vec<crate::ui::Choice>, label: &str) -> Vec<crate::ui::Choice> {
    choices.insert(0, crate::ui::Choice::new("", label));
    choices
}
