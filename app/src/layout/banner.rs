//! Asks a person whose address is not confirmed to confirm it.

use leptos::prelude::*;

use super::me::me;
use crate::recovery::ResendConfirmation;
use crate::ui::{ButtonKind, Icon, PostButton, toasts};

#[component]
pub(super) fn ConfirmBanner() -> impl IntoView {
    let me = me();
    let toasts = toasts();
    let email = me.email.clone();
    let sent = Callback::new(move |()| toasts.ok(format!("Sent to {email}")));
    (!me.confirmed).then(|| {
        view! {
            <aside class="banner" aria-label="Confirm your email">
                <Icon name="mail"/>
                <p>
                    "Confirm your email so that alerts can reach you. We sent a link and a code to "
                    <strong>{me.email.clone()}</strong> "."
                </p>
                <div class="row">
                    <a class="button button-plain" href="/confirm">"Enter the code"</a>
                    <PostButton
                        action={ServerAction::<ResendConfirmation>::new()}
                        label="Send again"
                        kind=ButtonKind::Quiet
                        on_done=sent
                    >
                        "Send again"
                    </PostButton>
                </div>
            </aside>
        }
    })
}
