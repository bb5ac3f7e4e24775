//! The button that asks for a passkey.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::api::{ChallengeView, PasskeyAnswer, begin_passkey, log_in_by_passkey, prove_by_passkey};
use super::{PasskeysHere, browser};
use crate::error::AppError;
use crate::layout::leave_to;
use crate::ui::{Button, Icon};

/// Whether this page can use passkeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Support {
    Yes,
    /// The browser is too old, or the page came without TLS.
    No,
    /// The page was opened by an address of numbers, which browsers know no passkeys for.
    NoName,
}

impl Support {
    /// Unknown until the browser was asked.
    pub(super) fn of_this_page() -> RwSignal<Option<Self>> {
        let support = RwSignal::new(None);
        Effect::new(move |_| support.set(Some(browser::support())));
        support
    }

    /// `host`: of the page's address; `knows`: whether the browser can be asked in JSON.
    pub(super) fn on(host: &str, knows: bool) -> Self {
        let is_number = host.starts_with('[') || host.chars().all(|c| c.is_ascii_digit() || c == '.');
        match (is_number, knows) {
            (true, _) => Self::NoName,
            (false, true) => Self::Yes,
            (false, false) => Self::No,
        }
    }
}

/// What a passkey is shown for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    LogIn,
    Prove,
}

/// Nothing where the server or the browser knows no passkeys. It keeps its place until that is known.
#[component]
pub(crate) fn UsePasskey(
    purpose: Purpose,
    /// Where to go on.
    #[prop(into)]
    next: String,
) -> impl IntoView {
    if !PasskeysHere::are_possible() {
        return ().into_any();
    }
    let support = Support::of_this_page();
    let (busy, trouble) = (RwSignal::new(false), RwSignal::new(String::new()));
    let on_click = Callback::new(move |()| {
        let next = next.clone();
        busy.set(true);
        trouble.set(String::new());
        spawn_local(async move {
            match shown(purpose, next).await {
                Ok(path) => leave_to(&path),
                Err(words) => {
                    let _ = trouble.try_set(words);
                    let _ = busy.try_set(false);
                }
            }
        });
    });
    let is_none = move || support.get().is_some_and(|support| support != Support::Yes);
    view! {
        <div class="use-passkey" class:use-passkey-known=move || support.get() == Some(Support::Yes) hidden=is_none>
            <Button on_click icon="key-round" busy>"Use a passkey"</Button>
            <div role="alert">{move || some(trouble.get()).map(|words| view! { <Trouble words/> })}</div>
        </div>
    }
    .into_any()
}

async fn shown(purpose: Purpose, next: String) -> Result<String, String> {
    let words = |error: AppError| error.to_string();
    let ChallengeView { secret, options } = begin_passkey().await.map_err(words)?;
    let answer = browser::show(&options).await?;
    let form = PasskeyAnswer { secret, answer, next };
    match purpose {
        Purpose::LogIn => log_in_by_passkey(form).await,
        Purpose::Prove => prove_by_passkey(form).await,
    }
    .map_err(words)
}

pub(super) fn some(words: String) -> Option<String> {
    (!words.is_empty()).then_some(words)
}

#[component]
pub(super) fn Trouble(words: String) -> impl IntoView {
    view! {
        <p class="alert alert-over">
            <Icon name="circle-alert"/>
            <span>{words}</span>
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_need_a_name_and_a_browser_that_knows_them() {
        for (host, knows, support) in [
            ("money.example.org", true, Support::Yes),
            ("localhost", true, Support::Yes),
            ("money.example.org", false, Support::No),
            ("127.0.0.1", true, Support::NoName),
            ("[::1]", false, Support::NoName),
        ] {
            assert_eq!(Support::on(host, knows), support, "{host}");
        }
    }
}
