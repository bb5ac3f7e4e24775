//! A form that works before the WebAssembly arrives, and checks, sends and answers in place after.

mod posted;
mod refused;
mod state;
mod unsent;

use std::sync::Arc;

use ledger::FieldErrors;
use leptos::context::Provider;
use leptos::ev::SubmitEvent;
use leptos::form::FromFormData as _;
use leptos::html;
use leptos::prelude::*;
use leptos::reactive::actions::ActionAbortHandle;
use leptos::server_fn::ServerFn;
use leptos::web_sys::FormData;
use serde::de::DeserializeOwned;

pub use posted::Posted;
pub(crate) use posted::{BY_BUTTON, PostedHere, id_of_new};
pub use refused::RefusedPost;
pub use state::FormState;
pub(crate) use state::Slot;
pub use unsent::Unsent;

use self::unsent::is_unsent;
use super::browser;
use super::button::{Button, ButtonKind, ButtonLink};
use super::dialog::Leave;
use super::icon::Icon;
use super::waits::Waits;
use crate::error::AppError;
use crate::layout::{send_to_login, send_to_proof};
use crate::roles::may_call;

/// Posts to its own page with the endpoint in the hidden field `do`; once hydrated, calls the server function.
#[component]
pub fn Form<S>(
    action: ServerAction<S>,
    /// The accessible name of the form.
    #[prop(into)]
    label: String,
    /// Told apart from another form of the same endpoint on the page.
    #[prop(optional, into)]
    id: Option<String>,
    /// Where a post without JavaScript goes on.
    #[prop(optional, into)]
    next: Option<String>,
    /// The same check that the server makes, run before anything is sent.
    #[prop(optional, into)]
    check: Option<Callback<S, FieldErrors>>,
    /// Called with the answer once hydrated.
    #[prop(optional, into)]
    on_done: Option<Callback<S::Output>>,
    /// Takes what is to be sent once hydrated, for a form that shows it at once and sends it behind.
    #[prop(default = None, into)]
    take: Option<Callback<S>>,
    /// Given what was typed, where the form goes before it was sent.
    #[prop(default = None, into)]
    left: Option<Callback<S>>,
    /// Whether what it shows at first was typed before and never sent.
    #[prop(optional)]
    typed: bool,
    children: Children,
) -> impl IntoView
where
    S: ServerFn<Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let endpoint = endpoint::<S>();
    if !may_call(endpoint) {
        return view! { <p class="muted">"You can look at this book. Changing it is for others."</p> }.into_any();
    }
    let posted = PostedHere::of(endpoint).unwrap_or_default();
    let pending = action.pending();
    let id = id.unwrap_or_else(|| endpoint.to_owned());
    let state = FormState::new(id.clone(), posted.errors, posted.values, pending);
    let node = NodeRef::<html::Form>::new();
    let unsent = Unsent::of_form(typed);
    let refuse = move |errors: FieldErrors, worth_a_retry: bool| {
        state.worth_a_retry.set(worth_a_retry);
        state.errors.set(errors);
        browser::focus_first_error(node);
    };

    answer(action, move |answer| match answer {
        Ok(value) => {
            unsent.set_value(false);
            state.errors.set(FieldErrors::default());
            if let Some(on_done) = on_done {
                on_done.run(value);
            }
        }
        Err(AppError::SignedOut) => send_to_login(),
        Err(AppError::ProveFirst) => send_to_proof(),
        Err(error) => {
            let worth_a_retry = error.is_worth_a_retry();
            refuse(error.into_field_errors(), worth_a_retry);
        }
    });

    let under_way = until_stopped(pending.into(), move || {
        let error = AppError::Stopped;
        refuse(error.clone().into_field_errors(), error.is_worth_a_retry());
    });
    // What was sent when the form was left comes back with the reason; the form may stand there still.
    let posts = PostedHere::here();
    Effect::new(move |_| {
        if let Some(back) = posts.came_back(endpoint) {
            refuse(back.errors, back.worth_a_retry);
        }
    });
    on_cleanup(move || {
        let form = node.try_get_untracked().flatten().filter(|_| is_unsent(unsent));
        let typed = form.and_then(|form| FormData::new_with_form(&form).ok());
        if let Some((left, Ok(call))) = left.zip(typed.map(|typed| S::from_form_data(&typed))) {
            left.run(call);
        }
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        if pending.get_untracked() {
            return;
        }
        match S::from_event(&event) {
            Ok(call) => {
                let errors = check.map(|check| check.run(call.clone())).unwrap_or_default();
                match take {
                    _ if !errors.is_empty() => refuse(errors, false),
                    Some(take) => {
                        unsent.set_value(false);
                        take.run(call);
                    }
                    None => under_way.set_value(Some(action.dispatch(call))),
                }
            }
            Err(_) => {
                refuse(FieldErrors::one("", "This form could not be read. Load the page again and retry."), false);
            }
        }
    };

    view! {
        <form
            class="form"
            method="post"
            novalidate
            id=id
            aria-label=label
            aria-busy=move || pending.get().to_string()
            node_ref=node
            on:submit=on_submit
            on:input=move |_| unsent.set_value(true)
            on:change=move |_| unsent.set_value(true)
        >
            <input type="hidden" name="do" value=endpoint/>
            {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
            <Provider value=state>
                <FormAlert/>
                {children()}
            </Provider>
        </form>
    }
    .into_any()
}

/// `save_record` of `/api/save_record`.
pub(crate) fn endpoint<S: ServerFn>() -> &'static str {
    S::PATH.rsplit('/').next().unwrap_or_default()
}

/// Called when a form or button goes while its answer is awaited: what was done is then seen in another way.
#[derive(Clone)]
pub(crate) struct WhenLeft(pub Arc<dyn Fn() + Send + Sync>);

/// Runs `then` for each answer that comes in from now on.
pub(crate) fn answer<S>(action: ServerAction<S>, then: impl Fn(Result<S::Output, AppError>) + 'static)
where
    S: ServerFn<Error = AppError> + Clone + Send + Sync + 'static,
    S::Output: Clone + Send + Sync + 'static,
{
    let (version, value, pending) = (action.version(), action.value(), action.pending());
    let left = use_context::<WhenLeft>();
    on_cleanup(move || {
        if let Some(left) = left
            && pending.try_get_untracked() == Some(true)
        {
            (left.0)();
        }
    });
    Effect::new(move |before: Option<usize>| {
        let now = version.get();
        if before.is_some_and(|before| before != now)
            && let Some(answer) = value.get_untracked()
        {
            then(answer);
        }
        now
    });
}

/// Keeps the call under way, so that a person can stop waiting for it. What it did all the same is then seen in
/// another way.
pub(crate) fn until_stopped(
    pending: Signal<bool>,
    then: impl Fn() + Send + Sync + 'static,
) -> StoredValue<Option<ActionAbortHandle>> {
    let under_way = StoredValue::new(None::<ActionAbortHandle>);
    let left = use_context::<WhenLeft>();
    let stop = move || {
        if let Some(call) = under_way.try_update_value(Option::take).flatten() {
            call.abort();
            then();
            if let Some(left) = &left {
                (left.0)();
            }
        }
    };
    Waits::here().follow(pending, Some(Arc::new(stop)));
    under_way
}

/// What is wrong with the form as a whole, and another try where that may help.
#[component]
fn FormAlert() -> impl IntoView {
    let state = expect_context::<FormState>();
    let text = Memo::new(move |_| state.errors.with(|errors| errors.get("").map(str::to_owned)));
    view! {
        <div role="alert" class="form-alert-place">
            {move || {
                text.get()
                    .map(|text| {
                        view! {
                            <div class="alert alert-over" tabindex="-1">
                                <Icon name="circle-alert"/>
                                <div class="stack">
                                    <p>{text}</p>
                                    {move || state.worth_a_retry.get().then(|| view! { <TryAgain/> })}
                                </div>
                            </div>
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// Sends the form once more.
#[component]
fn TryAgain() -> impl IntoView {
    view! {
        <button type="submit" class=ButtonKind::Plain.class()>
            <Icon name="rotate-ccw"/>
            <span>"Try again"</span>
        </button>
    }
    .into_any()
}

/// The button that sends the form around it.
#[component]
pub fn Submit(
    #[prop(default = ButtonKind::Primary)] kind: ButtonKind,
    #[prop(optional, into)] icon: Option<String>,
    children: Children,
) -> impl IntoView {
    let pending = FormState::here().map_or_else(|| Signal::stored(false), |state| state.pending);
    view! {
        <button
            type="submit"
            class=kind.class()
            data-busy=move || pending.get().then_some("true")
            disabled=move || pending.get()
        >
            {icon.map(|icon| view! { <Icon name=icon/> })}
            <span>{children()}</span>
        </button>
    }
    .into_any()
}

/// The end of a form on a page of its own: what sends it, and the way back.
#[component]
pub fn SubmitRow(
    /// Where "Cancel" leads, on a page.
    #[prop(into)]
    back: String,
    #[prop(default = "Save")] label: &'static str,
    #[prop(default = "check")] icon: &'static str,
) -> impl IntoView {
    let cancel = match use_context::<Leave>() {
        Some(Leave(leave)) => view! { <Button kind=ButtonKind::Quiet on_click=leave>"Cancel"</Button> }.into_any(),
        None => view! { <ButtonLink href=back kind=ButtonKind::Quiet>"Cancel"</ButtonLink> }.into_any(),
    };
    view! {
        <div class="row submit-row">
            <Submit icon>{label}</Submit>
            {cancel}
        </div>
    }
    .into_any()
}

/// A value that the form carries along.
#[component]
pub fn Hidden(
    #[prop(into)] name: String,
    /// Kept as it is even in a form that came back.
    #[prop(into)]
    value: Signal<String>,
) -> impl IntoView {
    let slot = Slot::of(&name);
    view! { <input type="hidden" id=slot.id name=slot.name value=move || value.get()/> }.into_any()
}
