//! Who one is, and how the program writes.

use leptos::prelude::*;

use super::api::SaveProfile;
use crate::layout::{leave_to, me};
use crate::region;
use crate::ui::{ButtonKind, Card, Field, Form, SelectField, Submit};

#[component]
pub(super) fn Profile() -> impl IntoView {
    let me = me();
    let check = Callback::new(|call: SaveProfile| call.form.parse().err().unwrap_or_default());
    // Numbers and days on the page change with it, so it is loaded anew.
    let on_done = Callback::new(|()| leave_to("/settings?saved=1"));
    view! {
        <Card title="You">
            <Form action={ServerAction::<SaveProfile>::new()} label="Profile" check on_done>
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
                    "Signed in as " <strong>{me.email}</strong> "."
                </p>
                <Submit kind=ButtonKind::Plain>"Save profile"</Submit>
            </Form>
        </Card>
    }
    .into_any()
}
