//! Asks a person whose address is not confirmed to confirm it.

use leptos::prelude::*;

use super::me::me;
use crate::recovery::ResendButton;
use crate::ui::Icon;

#[component]
pub(super) fn ConfirmBanner() -> impl IntoView {
    let me = me();
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
                    <ResendButton/>
                </div>
            </aside>
        }
    })
}
