//! Recovery codes, to be copied, downloaded or printed.

use ledger::filter::escaped;
use leptos::prelude::*;

use crate::ui::{ButtonKind, Icon, browser, copy_text, toasts};

#[component]
pub(super) fn RecoveryCodes(codes: Vec<String>) -> impl IntoView {
    let toasts = toasts();
    let text = codes.join("\n");
    let file = format!("Expenso recovery codes. Each works once.\n\n{text}\n");
    let href = format!("data:text/plain;charset=utf-8,{}", escaped(&file));
    let copy = move |_| {
        copy_text(&text, move |is_copied| {
            if is_copied {
                toasts.ok("Codes copied");
            } else {
                toasts.warn("This browser does not let us copy. Download the codes, or write them down.");
            }
        });
    };
    let lines = codes.into_iter().map(|code| view! { <li>{code}</li> }).collect_view();
    view! {
        <ol class="recovery-codes" aria-label="Recovery codes">{lines}</ol>
        <div class="row">
            <button type="button" class=format!("{} needs-script", ButtonKind::Plain.class()) on:click=copy>
                <Icon name="copy"/>
                <span>"Copy"</span>
            </button>
            <a class=ButtonKind::Plain.class() href=href download="expenso-recovery-codes.txt" rel="external">
                <Icon name="download"/>
                <span>"Download"</span>
            </a>
            <button
                type="button"
                class=format!("{} needs-script", ButtonKind::Plain.class())
                on:click=move |_| browser::print_page()
            >
                <Icon name="file-text"/>
                <span>"Print"</span>
            </button>
        </div>
    }
    .into_any()
}
