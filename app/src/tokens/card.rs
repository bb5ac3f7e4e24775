//! The card of the settings: what there is, and a new one.

use leptos::prelude::*;

use super::api::{TokensState, load_tokens};
use super::form::NewTokenForm;
use super::list::TokenList;
use super::made::MadeToken;
use crate::ui::{Card, Load};

#[component]
pub fn AccessTokens() -> impl IntoView {
    let tokens = Resource::new(|| (), |()| load_tokens());
    let made = RwSignal::new(None::<String>);
    let on_made = Callback::new(move |token: String| {
        made.set(Some(token));
        tokens.refetch();
    });
    let on_changed = Callback::new(move |()| tokens.refetch());
    view! {
        <Card title="Access tokens">
            <p class="muted">
                "With a token a shortcut, a script or another program uses your book. Whoever has it can do what it may do, so keep it as you keep your password. "
                // A page of the server's own, which the router does not know.
                <a href="/api/v1/docs" rel="external">"How programs use it"</a>
            </p>
            {move || made.get().map(|token| view! { <MadeToken token/> })}
            <Load
                from=tokens
                rows=2
                children={move |state: TokensState| view! {
                    <TokenList tokens=state.tokens on_changed/>
                    <NewTokenForm asks_password=state.asks_password on_made/>
                }}
            />
        </Card>
    }
    .into_any()
}
