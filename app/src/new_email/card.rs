//! The card of the settings: another address, or the one that waits for its confirmation.

use leptos::prelude::*;

use super::CHANGED;
use super::api::{CancelNewEmail, ChangeEmail, ConfirmNewEmail, WantedEmail, load_new_email};
use crate::layout::{leave_to, me};
use crate::ui::{ButtonKind, Card, Field, Form, Load, PostButton, Submit};

#[component]
pub(crate) fn NewEmailCard() -> impl IntoView {
    let wanted = Resource::new(|| (), |()| load_new_email());
    let again = Callback::new(move |()| wanted.refetch());
    view! {
        <Card title="Change your email" testid="new-email">
            <Load
                from=wanted
                rows=1
                children={move |wanted: Option<WantedEmail>| match wanted {
                    Some(wanted) => view! { <Waiting wanted again/> }.into_any(),
                    None => view! { <Ask again/> }.into_any(),
                }}
            />
        </Card>
    }
    .into_any()
}

#[component]
fn Ask(again: Callback<()>) -> impl IntoView {
    let check = Callback::new(|call: ChangeEmail| call.form.parse().err().unwrap_or_default());
    view! {
        <p class="muted">"You log in with " <strong>{me().email}</strong> ", and letters go there."</p>
        <Form action={ServerAction::<ChangeEmail>::new()} label="Change your email" check on_done=again>
            <Field
                label="New email"
                name="email"
                kind="email"
                inputmode="email"
                autocomplete="email"
                maxlength=254
                required=true
                hint="It gets a letter with a link and six digits. Nothing changes before you confirm"
            />
            <Submit kind=ButtonKind::Plain>"Change email"</Submit>
        </Form>
    }
    .into_any()
}

#[component]
fn Waiting(wanted: WantedEmail, again: Callback<()>) -> impl IntoView {
    let check = Callback::new(|call: ConfirmNewEmail| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|()| leave_to(CHANGED));
    view! {
        <p role="status">
            "A letter is on its way to " <strong>{wanted.email}</strong>
            ". Open its link, or type its six digits here, until " {wanted.until} ". Until then you log in with "
            {me().email} " as before."
        </p>
        <Form action={ServerAction::<ConfirmNewEmail>::new()} label="Confirm your new email" check on_done>
            <Field
                label="Six digits"
                name="code"
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength=9
                required=true
                hint="Nothing there? Look into the spam folder, or cancel and check the address"
            />
            <p class="muted small">"Other browsers are signed out then, and access tokens and calendar links end."</p>
            <Submit kind=ButtonKind::Plain>"Confirm new email"</Submit>
        </Form>
        <PostButton
            action={ServerAction::<CancelNewEmail>::new()}
            label="Cancel the change of email"
            kind=ButtonKind::Quiet
            on_done=again
        >
            "Cancel"
        </PostButton>
    }
    .into_any()
}
