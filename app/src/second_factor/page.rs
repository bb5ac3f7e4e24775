//! The page on which two-step log-in is turned on and off.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::api::{
    BeginSecondFactor, EndSecondFactor, KeepRecoveryCodes, RenewRecoveryCodes, SecondFactorState, load_second_factor,
};
use super::begun::Begun;
use super::codes::RecoveryCodes;
use crate::layout::leave_to;
use crate::ui::{Badge, ButtonKind, ButtonLink, Card, Load, PageHead, PostButton, Tone};

#[component]
pub fn SecondFactorPage() -> impl IntoView {
    let state = Resource::new(|| (), |()| load_second_factor());
    let again = Callback::new(move |()| state.refetch());
    // Other pages ask for codes from then on, or no more: they are loaded anew.
    let anew = Callback::new(|()| leave_to("/settings/second-factor"));
    view! {
        <PageHead title="Two-step log-in" lead="Something you know, and something you have.">
            <ButtonLink href="/settings" kind=ButtonKind::Quiet icon="chevron-left">"Settings"</ButtonLink>
        </PageHead>
        <div class="settings">
            <Load
                from=state
                children={move |state: SecondFactorState| match state {
                    SecondFactorState::Off => view! { <Off again/> }.into_any(),
                    SecondFactorState::Begun(setup) => view! { <Begun setup anew/> }.into_any(),
                    SecondFactorState::On { since, codes_left, codes } => view! { <On since codes_left codes again anew/> }.into_any(),
                }}
            />
        </div>
    }
    .into_any()
}

#[component]
fn Off(again: Callback<()>) -> impl IntoView {
    view! {
        <Card title="Codes from an app">
            <p>
                "An authenticator app on your phone, such as Aegis, 2FAS, Google Authenticator or your password manager, shows six new digits every half minute. Logging in then takes them besides your password."
            </p>
            <p class="muted">"It takes two minutes, and you get ten codes for the day on which the phone is lost."</p>
            <div class="row">
                <PostButton
                    action={ServerAction::<BeginSecondFactor>::new()}
                    label="Set up an app"
                    kind=ButtonKind::Primary
                    icon="smartphone"
                    on_done=again
                >
                    "Set up an app"
                </PostButton>
            </div>
        </Card>
    }
    .into_any()
}

#[component]
fn On(since: NaiveDate, codes_left: i64, codes: Vec<String>, again: Callback<()>, anew: Callback<()>) -> impl IntoView {
    let tone = if codes_left < 3 { Tone::Near } else { Tone::Neutral };
    let left = match codes_left {
        0 => "No recovery codes left: make new ones".to_owned(),
        1 => "1 recovery code left".to_owned(),
        many => format!("{many} recovery codes left"),
    };
    view! {
        {(!codes.is_empty()).then(|| view! { <Shown codes again/> })}
        <Card title="Codes from an app">
            <div class="state-line">
                <Badge tone=Tone::Good>"On"</Badge>
                <p>{format!("Since {}. Logging in takes your password and a code.", since.format("%-d %B %Y"))}</p>
            </div>
            <p class="muted small">"A new phone? Turn it off here, and set it up again with the new one. What is turned off ends for good, the recovery codes with it."</p>
            <div class="row">
                <PostButton action={ServerAction::<EndSecondFactor>::new()} label="Turn off" kind=ButtonKind::Danger on_done=anew>
                    "Turn off"
                </PostButton>
            </div>
        </Card>
        <Card title="Recovery codes">
            <div class="state-line">
                <Badge tone>{left}</Badge>
            </div>
            <p class="muted">
                "Each gets you in once when your app is out of reach. A new password by mail does not: without app and codes only whoever runs this server can let you in."
            </p>
            <div class="row">
                <PostButton action={ServerAction::<RenewRecoveryCodes>::new()} label="Make new codes" icon="rotate-ccw" on_done=again>
                    "Make new codes"
                </PostButton>
            </div>
        </Card>
    }
    .into_any()
}

/// The codes, until the person has them.
#[component]
fn Shown(codes: Vec<String>, again: Callback<()>) -> impl IntoView {
    view! {
        <Card title="Keep these recovery codes" testid="recovery-codes">
            <p>"Print them or put them into your password manager, not onto the phone alone. They are shown only now, and each works once."</p>
            <RecoveryCodes codes/>
            <div class="row">
                <PostButton
                    action={ServerAction::<KeepRecoveryCodes>::new()}
                    label="I have kept them"
                    kind=ButtonKind::Primary
                    icon="check"
                    on_done=again
                >
                    "I have kept them"
                </PostButton>
            </div>
        </Card>
    }
    .into_any()
}
