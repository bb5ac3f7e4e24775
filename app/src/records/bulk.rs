//! What can be done with the selected records: one call, one toast that takes it back.

use std::collections::BTreeSet;

use leptos::prelude::*;

use ledger::bulk::{Edit, MOST};
use ledger::filter::Filter;
use ledger::id::RecordId;

use super::api::{edit_records, matching_records};
use super::bulk_form::BulkDialog;
use super::select::Selection;
use super::teller::Teller;
use crate::book::BookState;
use crate::error::AppError;
use crate::layout::send_to_login;
use crate::ui::{Button, ButtonKind, Toasts, toasts};

/// What a dialog asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Category,
    Account,
    Tags,
    Days,
}

/// Does things to the selection; it outlives the bar.
#[derive(Clone, Copy)]
pub(super) struct Bulk {
    selection: Selection,
    state: BookState,
    teller: Teller,
    toasts: Toasts,
    pub busy: RwSignal<bool>,
}

impl Bulk {
    pub fn here() -> Self {
        Self {
            selection: Selection::here(),
            state: BookState::here(),
            teller: Teller::here(),
            toasts: toasts(),
            busy: RwSignal::new(false),
        }
    }

    /// `done` is what the toast says that was done, behind "12 records".
    pub fn run(self, edit: Edit, done: String) {
        let ids: BTreeSet<RecordId> = self.selection.ids.get_untracked();
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            match self.state.answer(edit_records(ids, edit.clone())).await {
                Ok(edited) => {
                    self.selection.clear();
                    self.teller.tell(&edited, &done);
                }
                Err(AppError::SignedOut) => send_to_login(),
                Err(error) => self.toasts.error_with_retry(&error, move || self.run(edit.clone(), done.clone())),
            }
            self.busy.try_set(false);
        });
    }

    /// Selects all that the filter shows, up to the most that can be changed at once.
    fn select_all(self, filter: Filter) {
        self.busy.set(true);
        leptos::task::spawn_local(async move {
            match self.state.answer(matching_records(filter.clone())).await {
                Ok(ids) => {
                    if ids.len() == MOST {
                        self.toasts.warn(format!("The newest {MOST} are selected: more cannot be changed at once"));
                    }
                    self.selection.select(ids);
                }
                Err(AppError::SignedOut) => send_to_login(),
                Err(error) => self.toasts.error_with_retry(&error, move || self.select_all(filter.clone())),
            }
            self.busy.try_set(false);
        });
    }
}

/// Shown while rows are selected.
#[component]
pub(super) fn BulkBar(book: Signal<ledger::Book>, filter: Memo<Filter>) -> impl IntoView {
    let (bulk, selection) = (Bulk::here(), Selection::here());
    let asked = RwSignal::new(None::<Asked>);
    let none = Signal::derive(move || bulk.busy.get() || selection.count() == 0);
    let ask = move |what: Asked, label: &'static str, icon: &'static str| {
        view! {
            <Button icon busy=none on_click=Callback::new(move |()| asked.set(Some(what)))>{label}</Button>
        }
    };
    let on_edit = Callback::new(move |(edit, done): (Edit, String)| bulk.run(edit, done));
    let delete = Callback::new(move |()| bulk.run(Edit::Delete, "deleted".to_owned()));
    view! {
        <Show when=move || selection.on.get()>
            <section class="bulk-bar" aria-label="Selected records">
                <p class="bulk-count" role="status">{move || format!("{} selected", selection.count())}</p>
                <Button kind=ButtonKind::Quiet icon="x" on_click=Callback::new(move |()| selection.clear())>"Stop selecting"</Button>
                <div class="bulk-actions">
                    {ask(Asked::Category, "Set category", "tag")}
                    {ask(Asked::Account, "Set account", "wallet")}
                    {ask(Asked::Tags, "Tags", "tags")}
                    {ask(Asked::Days, "Move days", "calendar")}
                    <Button icon="trash" kind=ButtonKind::Danger busy=none on_click=delete>"Delete selected"</Button>
                    <Button
                        kind=ButtonKind::Quiet
                        icon="list"
                        busy=bulk.busy
                        on_click=Callback::new(move |()| bulk.select_all(filter.get_untracked()))
                    >
                        "Select all" <span class="bulk-scope">{format!(" that match, up to {MOST}")}</span>
                    </Button>
                </div>
            </section>
        </Show>
        <BulkDialog book asked on_edit/>
    }
    .into_any()
}
