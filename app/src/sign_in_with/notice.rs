//! On the log-in page: an account has the address that a provider vouches for.

use leptos::prelude::*;

use super::SignInWith;

/// Asks to log in once, as an address alone proves nothing about who made the account. Nothing where nobody waits.
#[component]
pub(crate) fn Notice() -> impl IntoView {
    let waiting = SignInWith::here().waiting.filter(|waiting| waiting.has_account);
    waiting
        .map(|waiting| {
            view! {
                <div class="alert way-notice" role="status" data-testid="link-notice">
                    <div class="stack">
                        <p>
                            "There is an account with " <strong>{waiting.email}</strong> " already. Log in once as you did before, and "
                            {waiting.label} " is linked to it: from then on you can use either."
                        </p>
                        <p class="small">"You never chose a password, or forgot it? Ask for a new one below, then come back here."</p>
                    </div>
                </div>
            }
        })
        .into_any()
}
