//! Asks a person whose address is not confirmed to confirm it.

use leptos::prelude::*;

use super::later::PutOffConfirmation;
use super::me::me;
use crate::recovery::ResendButton;
use crate::ui::{ButtonKind, Icon, PostButton, browser};

#[component]
pub(super) fn ConfirmBanner() -> impl IntoView {
    let me = me();
    let hidden = RwSignal::new(me.confirmed || me.confirms_later);
    let on_done = Callback::new(move |()| {
        hidden.set(true);
        browser::focus_soon(vec!["main h1".to_owned()]);
    });
    view! {
        <Show when=move || !hidden.get()>
            <aside class="banner banner-confirm" aria-label="Confirm your email">
                <Icon name="mail"/>
                <p>
                    "Confirm your email so that alerts can reach you. We sent a link and a code to "
                    <strong>{me.email.clone()}</strong> "."
                </p>
                <div class="row">
                    <a class="button button-plain" href="/confirm">"Enter the code"</a>
                    <ResendButton/>
                    <PostButton
                        action={ServerAction::<PutOffConfirmation>::new()}
                        label="Later"
                        kind=ButtonKind::Quiet
                        on_done
                    >
                        "Later"
                    </PostButton>
                </div>
            </aside>
        </Show>
    }
    .into_any()
}
