//! Short words at the edge of the screen about what just happened.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::icon::Icon;
use crate::error::AppError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToastKind {
    Good,
    Near,
    Failed,
}

#[derive(Clone)]
struct Toast {
    number: u32,
    kind: ToastKind,
    message: String,
    actions: Vec<ToastAction>,
    lasts: Lasts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasts {
    /// Long enough to read, and to reach its button; newer ones may push it out.
    Briefly,
    /// Long enough to see that something would be lost.
    AMinute,
    /// Until it is answered.
    On,
}

/// The words of a button, and what it does.
pub type ToastAction = (&'static str, Deed);

/// Outlives the row that offered it.
type Deed = Arc<dyn Fn() + Send + Sync>;

/// Where toasts are shown from.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

/// The toasts of the page.
pub fn toasts() -> Toasts {
    expect_context()
}

impl Toasts {
    /// Once, in `App`.
    pub fn provide() -> Self {
        let toasts = Self { shown: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        provide_context(toasts);
        toasts
    }

    /// It worked.
    pub fn ok(self, message: impl Into<String>) {
        self.show(ToastKind::Good, message.into(), Vec::new(), Lasts::Briefly);
    }

    /// It worked, and there is something to heed.
    pub fn warn(self, message: impl Into<String>) {
        self.show(ToastKind::Near, message.into(), Vec::new(), Lasts::Briefly);
    }

    /// Something is lost unless the person mends it.
    pub fn warn_with(self, message: impl Into<String>, action: ToastAction) {
        self.show(ToastKind::Near, message.into(), vec![action], Lasts::AMinute);
    }

    pub fn error(self, error: &AppError) {
        self.show(ToastKind::Failed, error.to_string(), Vec::new(), Lasts::Briefly);
    }

    /// It failed, and "Try again" makes the same call once more where that may help.
    pub fn error_with_retry(self, error: &AppError, retry: impl Fn() + Send + Sync + 'static) {
        let again = error.is_worth_a_retry().then(|| ("Try again", Arc::new(retry) as Deed));
        self.show(ToastKind::Failed, error.to_string(), again.into_iter().collect(), Lasts::Briefly);
    }

    /// It failed after it had been shown as done: stays until the person has chosen what comes of it.
    pub fn taken_back(self, message: String, actions: Vec<ToastAction>) {
        self.show(ToastKind::Failed, message, actions, Lasts::On);
    }

    /// It worked, and "Undo" takes it back, even when the row that did it is gone. Answers the number of the toast.
    pub fn with_undo(self, message: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) -> u32 {
        self.show(ToastKind::Good, message.into(), vec![("Undo", Arc::new(undo))], Lasts::Briefly)
    }

    fn show(self, kind: ToastKind, message: String, actions: Vec<ToastAction>, lasts: Lasts) -> u32 {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        let seconds = match lasts {
            Lasts::Briefly if kind == ToastKind::Good && actions.is_empty() => Some(5),
            Lasts::Briefly => Some(12),
            Lasts::AMinute => Some(60),
            Lasts::On => None,
        };
        self.shown.update(|shown| {
            // The page is no archive: three at once are read.
            while shown.len() > 2
                && let Some(oldest) = shown.iter().position(|toast| toast.lasts == Lasts::Briefly)
            {
                shown.remove(oldest);
            }
            shown.push(Toast { number, kind, message, actions, lasts });
        });
        if let Some(seconds) = seconds {
            set_timeout(move || self.close(number), Duration::from_secs(seconds));
        }
        number
    }

    /// Takes a toast away that is true no more.
    pub fn close(self, number: u32) {
        let _ = self.shown.try_update(|shown| shown.retain(|toast| toast.number != number));
    }
}

/// The place of the toasts; stands once, at the end of the page.
#[component]
pub fn ToastHost(toasts: Toasts) -> impl IntoView {
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.number let:toast>
                <ToastView toast toasts/>
            </For>
        </div>
    }
    .into_any()
}

#[component]
fn ToastView(toast: Toast, toasts: Toasts) -> impl IntoView {
    let (class, icon) = match toast.kind {
        ToastKind::Good => ("toast", "circle-check"),
        ToastKind::Near => ("toast toast-near", "triangle-alert"),
        ToastKind::Failed => ("toast toast-failed", "circle-alert"),
    };
    let number = toast.number;
    view! {
        <div class=class>
            <Icon name=icon/>
            <p>{toast.message}</p>
            {toast
                .actions
                .into_iter()
                .map(|(label, action)| {
                    view! {
                        <button
                            type="button"
                            class="toast-action"
                            on:click=move |_| {
                                toasts.close(number);
                                action();
                            }
                        >
                            {label}
                        </button>
                    }
                })
                .collect_view()}
            <button type="button" class="toast-close" aria-label="Dismiss" on:click=move |_| toasts.close(number)>
                <Icon name="x"/>
            </button>
        </div>
    }
    .into_any()
}
