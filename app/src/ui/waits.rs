//! Tells that something takes longer than a moment, and lets a person stop waiting for what takes too long.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

use leptos::prelude::*;

use super::button::ButtonKind;
use crate::error::AppError;

/// From here on it is shown that something is going on.
const A_MOMENT: Duration = Duration::from_millis(300);
/// From here on waiting can be stopped.
pub(crate) const LONG: Duration = Duration::from_secs(2);

/// What is waited for on the page.
#[derive(Clone, Copy)]
pub(crate) struct Waits {
    open: RwSignal<Vec<Wait>>,
    next: StoredValue<u32>,
}

#[derive(Clone)]
struct Wait {
    number: u32,
    is_slow: bool,
    is_long: bool,
    stop: Option<StopWaiting>,
}

/// Ends the waiting for something.
pub(crate) type StopWaiting = Arc<dyn Fn() + Send + Sync>;

impl Waits {
    /// Once, in `App`.
    pub fn provide() -> Self {
        let waits = Self { open: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        provide_context(waits);
        waits
    }

    /// Those of the page.
    pub fn here() -> Self {
        expect_context()
    }

    /// Something begins; `stop` ends the waiting for it. Only in the browser.
    pub fn begin(self, stop: Option<StopWaiting>) -> u32 {
        let number = self.next.get_value();
        self.next.set_value(number.wrapping_add(1));
        self.open.update(|open| open.push(Wait { number, is_slow: false, is_long: false, stop }));
        set_timeout(move || self.mark(number, |wait| wait.is_slow = true), A_MOMENT);
        set_timeout(move || self.mark(number, |wait| wait.is_long = true), LONG);
        number
    }

    /// Marks what is still waited for.
    fn mark(self, number: u32, mark: impl FnOnce(&mut Wait)) {
        let is_open = self.open.try_with_untracked(|open| open.iter().any(|wait| wait.number == number));
        if is_open == Some(true) {
            self.open.update(|open| {
                if let Some(wait) = open.iter_mut().find(|wait| wait.number == number) {
                    mark(wait);
                }
            });
        }
    }

    pub fn end(self, number: u32) {
        self.open.try_update(|open| open.retain(|wait| wait.number != number));
    }

    /// Waits for an answer, which a person can stop.
    pub async fn answer<T>(self, call: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
        let stop = Stop::default();
        let number = self.begin(Some(stop.clone().into()));
        let answer = Box::pin(stop.unless_stopped(call)).await;
        self.end(number);
        answer.unwrap_or(Err(AppError::Stopped))
    }

    /// Follows something that says itself whether it goes on, for as long as the component lives.
    pub fn follow(self, pending: Signal<bool>, stop: Option<StopWaiting>) {
        let under_way = StoredValue::new(None::<u32>);
        Effect::new(move |_| {
            let before = under_way.try_update_value(Option::take).flatten();
            if let Some(number) = before {
                self.end(number);
            }
            if pending.get() {
                under_way.set_value(Some(self.begin(stop.clone())));
            }
        });
        on_cleanup(move || {
            if let Some(number) = under_way.try_update_value(Option::take).flatten() {
                self.end(number);
            }
        });
    }

    /// Stops all that can be stopped and takes long.
    fn stop(self) {
        let long: Vec<Wait> =
            self.open.with_untracked(|open| open.iter().filter(|wait| wait.is_long).cloned().collect());
        for wait in long {
            if let Some(stop) = wait.stop {
                self.end(wait.number);
                stop();
            }
        }
    }
}

/// A thin line at the top, and after a while a button that stops waiting.
#[component]
pub(crate) fn WaitLine(waits: Waits) -> impl IntoView {
    let is_slow = Memo::new(move |_| waits.open.with(|open| open.iter().any(|wait| wait.is_slow)));
    let can_stop =
        Memo::new(move |_| waits.open.with(|open| open.iter().any(|wait| wait.is_long && wait.stop.is_some())));
    view! {
        <div class="waits" role="status">
            {move || is_slow.get().then(|| view! {
                <div class="wait-line"></div>
                <span class="visually-hidden">"Working on it"</span>
            })}
            {move || can_stop.get().then(|| view! {
                <div class="wait-stop">
                    <span>"This takes long."</span>
                    <button type="button" class=ButtonKind::Plain.class() on:click=move |_| waits.stop()>"Cancel"</button>
                </div>
            })}
        </div>
    }
    .into_any()
}

/// Stops waiting for a future, which is then dropped, and its request with it.
#[derive(Clone, Default)]
struct Stop(Arc<Mutex<(bool, Option<Waker>)>>);

impl From<Stop> for StopWaiting {
    fn from(stop: Stop) -> Self {
        Arc::new(move || stop.stop())
    }
}

impl Stop {
    fn stop(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = true;
        if let Some(waker) = state.1.take() {
            waker.wake();
        }
    }

    /// What the future answers; `None` when it was stopped before.
    async fn unless_stopped<T>(&self, future: impl Future<Output = T>) -> Option<T> {
        let mut future = pin!(future);
        poll_fn(|context| {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if state.0 {
                return Poll::Ready(None);
            }
            state.1 = Some(context.waker().clone());
            drop(state);
            future.as_mut().poll(context).map(Some)
        })
        .await
    }
}
