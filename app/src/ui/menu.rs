//! A few more actions, behind one button.

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast as _;
use leptos::web_sys::Node;

use super::icon::Icon;

/// Opens without JavaScript; once hydrated it also closes by Escape, by leaving it and by choosing.
#[component]
pub fn Menu(
    #[prop(into)] label: String,
    #[prop(default = "more".to_owned(), into)] icon: String,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(details) = node.get_untracked() {
            details.set_open(false);
        }
    };
    view! {
        <details
            class="menu"
            node_ref=node
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    close();
                }
            }
            on:focusout=move |event| {
                let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
                let inside = node.get_untracked().is_some_and(|details| details.contains(to.as_ref()));
                if to.is_some() && !inside {
                    close();
                }
            }
        >
            <summary class="button button-quiet" aria-label=label>
                <Icon name=icon/>
            </summary>
            <div class="menu-list" on:click=move |_| close()>
                {children()}
            </div>
        </details>
    }
    .into_any()
}
