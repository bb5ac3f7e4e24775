//! The tokens that are good, each with what it may do, its last use and its end.

use leptos::prelude::*;

use super::api::{RevokeToken, TokenChoice, TokenLine, restore_token};
use crate::layout::me;
use crate::ui::{ButtonKind, PostButton, Undo};

#[component]
pub(super) fn TokenList(
    tokens: Vec<TokenLine>,
    /// Which are good is another answer from now on.
    on_changed: Callback<()>,
) -> impl IntoView {
    if tokens.is_empty() {
        return view! { <p>"No program uses your book yet."</p> }.into_any();
    }
    let rows = tokens.into_iter().map(|token| view! { <TokenRow token on_changed/> }).collect_view();
    view! { <ul class="list" aria-label="Access tokens">{rows}</ul> }.into_any()
}

#[component]
fn TokenRow(token: TokenLine, on_changed: Callback<()>) -> impl IntoView {
    let day = |day: chrono::NaiveDate| day.format("%-d %B %Y").to_string();
    let book = if me().books.len() > 1 { format!("{} · ", token.book) } else { String::new() };
    let used = token.last_used.map_or_else(|| "Never used".to_owned(), |last| format!("Last used {}", day(last)));
    let (undo, name, id) = (Undo::here(), token.name.clone(), token.id.clone());
    let on_done = Callback::new(move |()| {
        let id = id.clone();
        undo.offer(format!("Revoked {name}"), move || restore_token(TokenChoice { id: id.clone() }), on_changed);
        on_changed.run(());
    });
    view! {
        <li class="list-row">
            <span class="list-words">
                <span>{token.name.clone()}</span>
                <span class="muted small">{format!("{} · {book}{used} · good until {}", token.scope.label(), day(token.expires))}</span>
            </span>
            <PostButton
                action={ServerAction::<RevokeToken>::new()}
                label=format!("Revoke {}", token.name)
                fields=vec![("id".to_owned(), token.id)]
                kind=ButtonKind::Quiet
                on_done
            >
                "Revoke"
            </PostButton>
        </li>
    }
    .into_any()
}
