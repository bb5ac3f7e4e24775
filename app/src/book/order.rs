//! Putting what stands side by side in order: by buttons that work from the keyboard and without any script, and by
//! dragging as an extra.

use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use ledger::{Book, Changes, Command};

use super::{BookState, Deed};
use crate::error::AppError;
use crate::ui::{ButtonKind, Icon, PostButton, browser};

/// What is moved, and where to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MoveForm {
    pub id: String,
    /// `up`, `down`, or the number of a place from 0.
    pub to: String,
}

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

/// What a move makes of the order that a book has.
pub type Ordered = fn(&MoveForm, &Book) -> Result<Command, AppError>;

/// Rows with "Move up" and "Move down", which move at once; `call` makes the call of it.
#[component]
pub fn OrderList<S>(lines: Signal<Vec<OrderLine>>, call: fn(MoveForm) -> S, ordered: Ordered) -> impl IntoView
where
    S: ServerFn<Output = Changes, Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let state = BookState::here();
    let dragged = RwSignal::new(None::<OrderLine>);
    let said = RwSignal::new(String::new());
    let lines = Memo::new(move |_| lines.get());
    let tell = move |id: &str| {
        let line = lines.with_untracked(|lines| lines.iter().find(|line| line.id == id).cloned());
        if let Some(OrderLine { name, place, count, .. }) = line {
            said.set(format!("{name} is now {} of {count}", place + 1));
        }
    };
    let on_move = Callback::new(move |form: MoveForm| match state.read(|book| ordered(&form, book)) {
        Some(Ok(command)) => {
            state.ahead(Deed::of(command, call(form.clone())).or_say(state, "The order stays as it was"));
            tell(&form.id);
        }
        Some(Err(error)) => state.toasts.error(&error),
        None => {}
    });
    let on_drop = Callback::new(move |over: OrderLine| {
        if let Some(held) = dragged.get_untracked().filter(|held| held.group == over.group && held.id != over.id) {
            on_move.run(MoveForm { id: held.id, to: over.place.to_string() });
        }
        dragged.set(None);
    });
    let on_press = Callback::new(move |(form, label): (MoveForm, &'static str)| {
        // The rows are made anew, and at the end one of the buttons is gone.
        let row = format!("[data-order=\"{}\"]", form.id);
        on_move.run(form);
        browser::focus_soon(vec![format!("{row} [aria-label=\"{label}\"]"), format!("{row} button")]);
    });
    view! {
        <p class="visually-hidden" role="status">{move || said.get()}</p>
        <ul class="list order-list">
            <For each=move || lines.get() key=Clone::clone let:line>
                {row::<S>(&line, dragged, on_drop, on_press)}
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
    on_press: Callback<(MoveForm, &'static str)>,
) -> AnyView
where
    S: ServerFn<Output = Changes, Error = AppError> + DeserializeOwned + Clone + Send + Sync + 'static,
{
    let (held, over, target) = (line.clone(), line.clone(), line.clone());
    let is_place = move || dragged.with(|held| held.as_ref().is_some_and(|held| held.group == over.group));
    let may_drop = is_place.clone();
    let button = |label: &'static str, to: &'static str, icon: &'static str, shown: bool| {
        let form = MoveForm { id: line.id.clone(), to: to.to_owned() };
        let fields = vec![("id".to_owned(), line.id.clone()), ("to".to_owned(), to.to_owned())];
        let take = Callback::new(move |_: S| on_press.run((form.clone(), label)));
        if shown {
            let action = ServerAction::<S>::new();
            view! { <PostButton action label fields kind=ButtonKind::Quiet icon take/> }.into_any()
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
