//! Who one is, and how the program looks and writes.

use leptos::prelude::*;

use super::api::SaveProfile;
use crate::layout::{SaveTheme, Theme, leave_to, me};
use crate::region;
use crate::ui::{ButtonKind, Card, Choice, Field, Form, Hidden, RadioGroup, SelectField, Submit, toasts};

#[component]
pub(super) fn Profile() -> impl IntoView {
    let me = me();
    let look = expect_context::<Theme>();
    let check = Callback::new(|call: SaveProfile| call.form.parse().err().unwrap_or_default());
    // Numbers and days on the page change with it, so it is loaded anew.
    let on_done = Callback::new(|()| leave_to("/settings?saved=1"));
    view! {
        <Card title="You">
            <Form action={ServerAction::<SaveProfile>::new()} label="Profile" check on_done>
                <Hidden name="theme" value=look.0/>
                <div class="grid-2">
                    <Field label="Name" name="name" value=me.name autocomplete="name" maxlength=80/>
                    <Field label="Phone (optional)" name="phone" kind="tel" value=me.phone autocomplete="tel" inputmode="tel"/>
                    <SelectField label="Country" name="country" options=region::countries() value=me.country/>
                    <SelectField label="Time zone" name="time_zone" options=region::time_zones(&me.time_zone) value=me.time_zone/>
                    <SelectField
                        label="Language"
                        name="locale"
                        options=region::languages(&me.locale)
                        value=me.locale
                        hint="How numbers are written"
                    />
                </div>
                <p class="muted small">
                    "Signed in as " <strong>{me.email}</strong> ". This book is kept in " {me.currency} "."
                </p>
                <Submit kind=ButtonKind::Plain>"Save profile"</Submit>
            </Form>
        </Card>
    }
    .into_any()
}

#[component]
pub(super) fn Look() -> impl IntoView {
    let look = expect_context::<Theme>();
    let toasts = toasts();
    let options = [("auto", "Auto"), ("light", "Light"), ("dark", "Dark")];
    view! {
        <Card title="Look">
            <Form
                action={ServerAction::<SaveTheme>::new()}
                label="Theme"
                next="/settings?saved=1"
                on_done=Callback::new(move |()| toasts.ok("Theme saved on this device"))
            >
                <RadioGroup
                    label="Theme"
                    name="theme"
                    options=options.map(|(value, label)| Choice::new(value, label)).to_vec()
                    value=look.0
                    on_input=Callback::new(move |chosen: String| look.show(&chosen))
                    hide_label=true
                />
                <Submit kind=ButtonKind::Plain>"Save theme"</Submit>
            </Form>
        </Card>
    }
    .into_any()
}
