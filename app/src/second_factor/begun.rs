//! An app that is being set up: what it must know, and its first code.

use leptos::prelude::*;

use super::api::{BeginSecondFactor, ConfirmSecondFactor, EndSecondFactor, Qr, SetupView};
use crate::ui::{ButtonKind, Card, Field, Form, PostButton, Submit};

#[component]
pub(super) fn Begun(setup: SetupView, anew: Callback<()>) -> impl IntoView {
    let SetupView { secret, url, qr } = setup;
    let check = Callback::new(|call: ConfirmSecondFactor| call.form.parse().err().unwrap_or_default());
    view! {
        <Card title="1. Show this to your app">
            <div class="qr-pair">
                <QrPicture qr/>
                <div class="stack">
                    <p>"Choose “add” or “+” in the app, and point its camera at the picture."</p>
                    <p>
                        "Is the app on this device? " <a href=url rel="external">"Open it here"</a>
                        ", or type the key into it:"
                    </p>
                    <p class="secret-key" data-testid="secret">{secret}</p>
                    <PostButton action={ServerAction::<BeginSecondFactor>::new()} label="Another key" kind=ButtonKind::Quiet on_done=anew>
                        "Another key"
                    </PostButton>
                </div>
            </div>
        </Card>
        <Card title="2. Type the code that it shows">
            <Form action={ServerAction::<ConfirmSecondFactor>::new()} label="Turn on two-step log-in" check on_done=anew>
                <Field
                    label="Code"
                    name="code"
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    maxlength=9
                    required=true
                    hint="Six digits, which change every half minute"
                />
                <Submit kind=ButtonKind::Primary icon="check">"Turn on"</Submit>
            </Form>
            <PostButton action={ServerAction::<EndSecondFactor>::new()} label="Not now" kind=ButtonKind::Quiet on_done=anew>
                "Not now"
            </PostButton>
        </Card>
    }
    .into_any()
}

#[component]
fn QrPicture(qr: Qr) -> impl IntoView {
    let Qr { side, path } = qr;
    view! {
        <svg class="qr" viewBox=format!("0 0 {side} {side}") role="img" aria-label="QR code with the key for your app" shape-rendering="crispEdges">
            <path d=path/>
        </svg>
    }
    .into_any()
}
