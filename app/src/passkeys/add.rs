//! The button that makes a passkey.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{ChallengeView, PasskeyAnswer, add_passkey, begin_adding_passkey};
use super::browser;
use super::show::{Support, Trouble, some};
use crate::error::AppError;
use crate::layout::{send_to_login, send_to_proof};
use crate::ui::{Button, toasts};

/// Why none was made.
enum Stop {
    Call(AppError),
    Browser(String),
}

#[component]
pub(super) fn AddButton(on_added: Callback<()>) -> impl IntoView {
    let toasts = toasts();
    let support = Support::of_this_page();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(String::new()));
    let on_click = Callback::new(move |()| {
        busy.set(true);
        trouble.set(String::new());
        spawn_local(async move {
            match added().await {
                Ok(()) => {
                    toasts.ok("Passkey added");
                    on_added.run(());
                }
                Err(Stop::Call(AppError::ProveFirst)) => send_to_proof(),
                Err(Stop::Call(AppError::SignedOut)) => send_to_login(),
                Err(Stop::Call(error)) => drop(trouble.try_set(error.to_string())),
                Err(Stop::Browser(words)) => drop(trouble.try_set(words)),
            }
            let _ = busy.try_set(false);
        });
    });
    let here = move || match support.get() {
        Some(Support::NoName) => Some(
            "Browsers know passkeys only for servers with a name: open this page at localhost, or at the address of the server.",
        ),
        Some(Support::No) => {
            Some("This browser cannot make passkeys here: it is too old, or the page came without https.")
        }
        Some(Support::Yes) | None => None,
    };
    view! {
        {move || match here() {
            Some(words) => view! { <p class="muted small">{words}</p> }.into_any(),
            None => view! {
                <div class="row needs-script">
                    <Button on_click icon="plus" busy>"Add a passkey"</Button>
                </div>
            }.into_any(),
        }}
        <div role="alert">{move || some(trouble.get()).map(|words| view! { <Trouble words/> })}</div>
    }
    .into_any()
}

async fn added() -> Result<(), Stop> {
    let ChallengeView { secret, options } = begin_adding_passkey().await.map_err(Stop::Call)?;
    let answer = browser::make(&options).await.map_err(Stop::Browser)?;
    add_passkey(PasskeyAnswer { secret, answer, next: String::new() }).await.map_err(Stop::Call)
}
