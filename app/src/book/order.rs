//! Putting what stands side by side in order: by buttons that work from the keyboard and without any script, and by
//! dragging as an extra.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use ledger::Changes;

use super::BookState;
use crate::error::AppError;
use crate::layout::send_to_login;
use crate::ui::form::answer;
use crate::ui::{ButtonKind, Icon, PostButton, browser, toasts};

/// What is moved, and where to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    pub id: String,
    /// `up`, `down`, or the number of a place from 0.
    pub to: String,
}

#[cfg(feature = "ssr")]
impl MoveForm {
    /// # Errors
    /// [`AppError::NotFound`] for what no page of ours sends.
    pub fn read<T: std::str::FromStr>(&self) -> Result<(T, ledger::order::Move), AppError> {
        let id = self.id.parse().map_err(|_| AppError::NotFound)?;
        Ok((id, self.to.parse().map_err(|_| AppError::NotFound)?))
    }
}

/// A row that can be moved among those of its group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OrderLine {
    pub id: String,
    pub name: String,
    pub icon: String,
    /// The class that gives the icon its colour.
    pub tint: String,
    /// How far it is indented.
    pub depth: usize,
    /// What it stands below.
    pub group: String,
    /// From 0.
    pub place: usize,
    /// How many stand in the group.
    pub count: usize,
}

/// Rows with "Move up" and "Move down"; `call` makes the call that a drop sends.
#[component]
pub fn OrderList<S>(lines: Signal<Vec<OrderLine>>, call: fn(MoveForm) -> S) -> impl IntoView
where
    S: ServerFn<Output = Changes, Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let (state, toasts) = (BookState::here(), toasts());
    let dragged = RwSignal::new(None::<OrderLine>);
    let said = RwSignal::new(String::new());
    let lines = Memo::new(move |_| lines.get());
    let tell = move |id: &str| {
        let line = lines.with_untracked(|lines| lines.iter().find(|line| line.id == id).cloned());
        if let Some(OrderLine { name, place, count, .. }) = line {
            said.set(format!("{name} is now {} of {count}", place + 1));
        }
    };
    let drop = ServerAction::<S>::new();
    let dropped = StoredValue::new(String::new());
    answer(drop, move |answer| match answer {
        Ok(changes) => {
            state.merge(&changes);
            tell(&dropped.get_value());
        }
        Err(AppError::SignedOut) => send_to_login(),
        Err(error) => toasts.error(&error),
    });
    let on_drop = Callback::new(move |over: OrderLine| {
        if let Some(held) = dragged.get_untracked().filter(|held| held.group == over.group && held.id != over.id) {
            dropped.set_value(held.id.clone());
            drop.dispatch(call(MoveForm { id: held.id, to: over.place.to_string() }));
        }
        dragged.set(None);
    });
    let on_moved = Callback::new(move |(id, to, changes): (String, &'static str, Changes)| {
        state.merge(&changes);
        tell(&id);
        // The rows are made anew, and at the end one of the buttons is gone.
        let row = format!("[data-order=\"{id}\"]");
        browser::focus_soon(vec![format!("{row} [aria-label=\"{to}\"]"), format!("{row} button")]);
    });
    view! {
        <p class="visually-hidden" role="status">{move || said.get()}</p>
        <ul class="list order-list">
            <For each=move || lines.get() key=Clone::clone let:line>
                {row::<S>(&line, dragged, on_drop, on_moved)}
            </For>
        </ul>
    }
    .into_any()
}

const UP: &str = "Move up";
const DOWN: &str = "Move down";

fn row<S>(
    line: &OrderLine,
    dragged: RwSignal<Option<OrderLine>>,
    on_drop: Callback<OrderLine>,
    on_moved: Callback<(String, &'static str, Changes)>,
) -> AnyView
where
    S: ServerFn<Output = Changes, Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let (held, over, target) = (line.clone(), line.clone(), line.clone());
    let is_place = move || dragged.with(|held| held.as_ref().is_some_and(|held| held.group == over.group));
    let may_drop = is_place.clone();
    let button = |label: &'static str, to: &'static str, icon: &'static str, shown: bool| {
        let id = line.id.clone();
        let fields = vec![("id".to_owned(), line.id.clone()), ("to".to_owned(), to.to_owned())];
        let on_done = Callback::new(move |changes: Changes| on_moved.run((id.clone(), label, changes)));
        if shown {
            let action = ServerAction::<S>::new();
            view! { <PostButton action label fields kind=ButtonKind::Quiet icon on_done/> }.into_any()
        } else {
            view! { <span class="order-end"></span> }.into_any()
        }
    };
    let class = format!("list-row order-row indent-{}", line.depth);
    view! {
        <li
            class=class
            class:order-place=is_place
            draggable="true"
            data-testid="order-row"
            data-order=line.id.clone()
            on:dragstart=move |_| dragged.set(Some(held.clone()))
            on:dragend=move |_| dragged.set(None)
            on:dragover=move |event| {
                if may_drop() {
                    event.prevent_default();
                }
            }
            on:drop=move |event| {
                event.prevent_default();
                on_drop.run(target.clone());
            }
        >
            <span class=format!("category-icon {}", line.tint)><Icon name=line.icon.clone()/></span>
            <span class="order-name">{line.name.clone()}</span>
            <div class="order-buttons">
                {button(UP, "up", "chevron-up", line.place > 0)}
                {button(DOWN, "down", "chevron-down", line.place + 1 < line.count)}
            </div>
        </li>
    }
    .into_any()
}
