//! Buttons, and links that look like them.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;

use super::browser;
use super::form::{BY_BUTTON, answer, endpoint, until_stopped};
use super::icon::Icon;
use super::place;
use super::toast::toasts;
use crate::error::AppError;
use crate::layout::{send_to_login, send_to_proof};
use crate::roles::{may_call, may_open};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do here.
    Primary,
    #[default]
    Plain,
    /// Without a frame, beside others.
    Quiet,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    /// The classes of a button.
    pub fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Plain => "button button-plain",
            Self::Quiet => "button button-quiet",
            Self::Danger => "button button-danger",
        }
    }

    /// The classes of a button with words, or with an icon alone.
    pub(super) fn class_with(self, words: bool) -> String {
        format!("{}{}", self.class(), if words { "" } else { " button-icon" })
    }
}

#[component]
pub fn Button(
    #[prop(into)] on_click: Callback<()>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<String>,
    /// Whether what it started is still going on.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// The accessible name where the text alone would not do.
    #[prop(optional, into)]
    label: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=kind.class()
            aria-label=label
            data-busy=move || busy.get().then_some("true")
            disabled=move || busy.get()
            on:click=move |_| on_click.run(())
        >
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <span>{children()}</span>
        </button>
    }
    .into_any()
}

#[component]
pub fn ButtonLink(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<String>,
    #[prop(optional, into)] label: Option<String>,
    children: Children,
) -> impl IntoView {
    if !may_open(&href) {
        return ().into_any();
    }
    view! {
        <a href=href class=kind.class() aria-label=label>
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <span>{children()}</span>
        </a>
    }
    .into_any()
}

/// A form of one button, which works without JavaScript: what is refused then is told by the page that comes back.
#[component]
pub fn PostButton<S>(
    action: ServerAction<S>,
    /// The accessible name, such as "Delete Swiggy".
    #[prop(into)]
    label: String,
    /// What is sent, by field name of the argument `form`.
    #[prop(optional, into)]
    fields: Vec<(String, String)>,
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<String>,
    #[prop(optional, into)] next: Option<String>,
    /// Called with the answer once hydrated. A failure becomes a toast.
    #[prop(optional, into)]
    on_done: Option<Callback<S::Output>>,
    /// Takes what is to be sent once hydrated, for a deed that shows at once and is sent behind.
    #[prop(optional, into)]
    take: Option<Callback<S>>,
    /// None for a button that is only an icon.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView
where
    S: ServerFn<Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    use leptos::form::FromFormData as _;
    if !may_call(endpoint::<S>()) {
        return ().into_any();
    }
    let class = kind.class_with(children.is_some());
    let pending = action.pending();
    let toasts = toasts();
    let sent = StoredValue::new(None::<S>);
    let kept = StoredValue::new(None::<place::Kept>);
    answer(action, move |answer| match answer {
        Ok(value) => {
            if let Some(on_done) = on_done {
                on_done.run(value);
            }
            if let Some(kept) = kept.try_update_value(Option::take).flatten() {
                place::hold(kept);
            }
        }
        Err(AppError::SignedOut) => send_to_login(),
        Err(AppError::ProveFirst) => send_to_proof(),
        Err(error) => toasts.error_with_retry(&error, move || {
            // The toast may outlive the button.
            if let Some(call) = sent.try_get_value().flatten() {
                action.dispatch(call);
            }
        }),
    });
    let retry = move || {
        // The toast may outlive the button.
        if let Some(call) = sent.try_get_value().flatten() {
            action.dispatch(call);
        }
    };
    let stopped = move || toasts.error_with_retry(&AppError::Stopped, retry);
    // What is taken is waited for by whoever takes it.
    let under_way = take.is_none().then(|| until_stopped(pending.into(), stopped));
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        if let Ok(call) = S::from_event(&event) {
            if let Some(take) = take {
                // What comes up where it was is not meant by the second click of a double one.
                browser::ignore_second_click();
                let kept = place::keep();
                take.run(call);
                place::hold(kept);
            } else {
                kept.set_value(Some(place::keep()));
                sent.set_value(Some(call.clone()));
                let call = action.dispatch(call);
                if let Some(under_way) = under_way {
                    under_way.set_value(Some(call));
                }
            }
        }
    };
    view! {
        <form class="post-button" method="post" on:submit=on_submit>
            <input type="hidden" name="do" value={endpoint::<S>()}/>
            <input type="hidden" name=BY_BUTTON value="1"/>
            {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
            {fields
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=format!("form[{name}]") value=value/> })
                .collect_view()}
            <button
                type="submit"
                class=class
                aria-label=label
                data-busy=move || pending.get().then_some("true")
                disabled=move || pending.get()
            >
                {icon.map(|icon| view! { <Icon name=icon/> })}
                {children.map(|children| view! { <span>{children()}</span> })}
            </button>
        </form>
    }
    .into_any()
}
