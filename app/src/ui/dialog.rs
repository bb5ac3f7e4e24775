//! Dialogs: the browser's own, so focus stays inside, Escape closes and focus comes back.

use leptos::context::Provider;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::Event;

use super::browser;
use super::form::Unsent;
use super::icon::Icon;
use super::place;
use super::toast::{Toasts, toasts};

/// Whether a dialog is open, and what is typed there: beside its page others can be asked for meanwhile.
#[derive(Clone, Copy)]
pub struct DialogState {
    pub open: RwSignal<bool>,
    pub unsent: Unsent,
    toasts: Toasts,
}

impl DialogState {
    pub fn closed() -> Self {
        Self { open: RwSignal::new(false), unsent: Unsent::nothing(), toasts: toasts() }
    }

    /// Whether something is typed that another form would throw away; says so.
    pub fn is_held(self) -> bool {
        let held = self.is_open() && self.unsent.holds_any();
        if held {
            self.toasts.warn("Save what you typed, or close it first.");
        }
        held
    }

    /// Whether it may show something else by itself.
    pub fn may_follow(self) -> bool {
        self.is_open() && !self.unsent.holds_any()
    }

    /// A toast may ask when the dialog has gone with its page.
    fn is_open(self) -> bool {
        self.open.try_get_untracked() == Some(true)
    }
}

/// Given to what a dialog shows where that has a page of its own too: how its form is left.
#[derive(Clone, Copy)]
pub struct Leave(pub Callback<()>);

#[component]
pub fn Dialog(
    open: RwSignal<bool>,
    #[prop(into)] title: Signal<String>,
    /// Asked when it opens: whether it stands beside the page, which can be used meanwhile, and not before it.
    #[prop(optional, into)]
    beside: Option<Callback<(), bool>>,
    /// What is typed there.
    #[prop(default = Unsent::nothing())]
    unsent: Unsent,
    /// Made anew each time that it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = StoredValue::new(format!("dialog-{}", slug(&title.get_untracked())));
    let is_beside = RwSignal::new(false);
    let kept = StoredValue::new(None::<place::Kept>);
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() == dialog.open() {
            return;
        }
        if dialog.open() {
            dialog.close();
            return;
        }
        kept.set_value(Some(place::keep()));
        is_beside.set(beside.is_some_and(|beside| beside.run(())));
        if is_beside.get_untracked() {
            // In its place before it takes the focus, or the page scrolls to where it would stand without.
            let _ = dialog.class_list().add_1("is-beside");
            dialog.show();
            browser::focus_first_field(node);
        } else if let Err(error) = dialog.show_modal() {
            leptos::logging::error!("a dialog did not open: {error:?}");
        } else {
            browser::focus_first_field(node);
        }
    });
    // The browser does this only for those that stand before the page, and so it is with the focus.
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && is_beside.get_untracked() && !event.default_prevented() {
            event.prevent_default();
            open.set(false);
        }
    };
    // Nor does it reach the dialog from the row that is shown in it.
    let on_page_key = move |event: leptos::ev::KeyboardEvent| {
        let is_asked = event.key() == "Escape" && !event.default_prevented() && browser::is_on_row();
        if is_asked && is_beside.get_untracked() && open.get_untracked() && !unsent.holds_any() {
            open.set(false);
        }
    };
    if beside.is_some() {
        Effect::new(move |_| {
            let heard = window_event_listener(leptos::ev::keydown, on_page_key);
            on_cleanup(move || heard.remove());
        });
    }
    let on_backdrop = move |event: leptos::ev::MouseEvent| {
        // The dialog itself is hit only outside its content, which fills it.
        let hit = event.target().map(JsValue::from);
        let dialog = node.get_untracked().map(JsValue::from);
        // What was typed is not thrown away by a slip of the hand.
        if hit == dialog && !unsent.holds_any() && !is_beside.get_untracked() {
            open.set(false);
        }
    };
    view! {
        <dialog
            class="dialog"
            class:is-beside=move || is_beside.get()
            aria-labelledby=heading.get_value()
            node_ref=node
            // At once: it is told of what Escape has closed only later, and may be asked to open again until then.
            on:cancel=move |_: Event| open.set(false)
            on:close=move |_| {
                if node.get_untracked().is_some_and(|dialog| dialog.open()) {
                    return;
                }
                open.set(false);
                if let Some(kept) = kept.try_update_value(Option::take).flatten() {
                    place::hold(kept);
                }
            }
            on:mousedown=on_backdrop
            on:keydown=on_key
        >
            <Provider value=unsent>
                <Show when=move || open.get()>
                    <div class="dialog-body">
                        <header class="dialog-head">
                            <h2 id=heading.get_value()>{move || title.get()}</h2>
                            <button
                                type="button"
                                class="button button-quiet button-icon"
                                aria-label="Close"
                                on:click=move |_| open.set(false)
                            >
                                <Icon name="x"/>
                            </button>
                        </header>
                        {children()}
                    </div>
                </Show>
            </Provider>
        </dialog>
    }
    .into_any()
}

/// Letters and digits of a title, for an id.
fn slug(title: &str) -> String {
    title.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
