//! What stands beside a list on wide screens: the details of the row that was chosen, or its form. Where there is no
//! room for both, each has a page of its own.

use leptos::context::Provider;
use leptos::ev::MouseEvent;
use leptos::prelude::*;

use ledger::Book;

use super::{BookState, WithBook};
use crate::layout::go;
use crate::roles::may_open;
use crate::ui::{Button, Dialog, DialogState, Leave, browser};

/// From this width on, in CSS pixels.
const WIDE: f64 = 1280.0;

/// What is shown of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Details,
    Form,
}

/// Which row of its list is shown; provided by the page of the list.
#[derive(Clone, Copy)]
pub struct Beside<Id: 'static> {
    dialog: DialogState,
    what: RwSignal<Option<(Part, Id)>>,
}

impl<Id: Copy + PartialEq + Send + Sync + 'static> Beside<Id> {
    pub fn provide() -> Self {
        let beside = Self { dialog: DialogState::closed(), what: RwSignal::new(None) };
        provide_context(beside);
        beside
    }

    pub fn here() -> Self {
        expect_context()
    }

    /// Shows it beside the list, or goes to its page.
    pub fn open(self, part: Part, id: Id, page: &str) {
        if !self.show(part, id) {
            go(page);
        }
    }

    /// A click on the link to the page of the details. One that asks for another tab is left to the browser.
    pub fn follow_link(self, event: &MouseEvent, id: Id) {
        let is_plain = !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key());
        if is_plain && self.show(Part::Details, id) {
            event.prevent_default();
        }
    }

    /// False where there is no room.
    fn show(self, part: Part, id: Id) -> bool {
        if !browser::is_as_wide_as(WIDE) {
            return false;
        }
        if !self.dialog.is_held() {
            self.what.set(Some((part, id)));
            self.dialog.open.set(true);
        }
        true
    }

    /// Shows the same of another row where one is shown already, unless something was typed there.
    pub fn follow(self, id: Id) {
        let Some((part, shown)) = self.what.get_untracked() else { return };
        if shown != id && self.dialog.may_follow() {
            self.what.set(Some((part, id)));
        }
    }

    /// Whether it shows this row now.
    pub fn shows(self, id: Id) -> bool {
        self.dialog.open.get() && self.what.with(|what| what.is_some_and(|(_, shown)| shown == id))
    }
}

/// The place beside the list; it stands once on its page.
#[component]
pub fn BesideList<Id, V, F>(
    beside: Beside<Id>,
    /// What the row is called; `None` when it is there no more.
    name: fn(&Book, Id) -> Option<String>,
    /// The heading of its form.
    form_title: &'static str,
    /// The page of its form.
    form_page: fn(Id) -> String,
    children: F,
) -> impl IntoView
where
    Id: Copy + PartialEq + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(Signal<Book>, Part, Id) -> V + Send + Sync + Clone + 'static,
{
    let (what, open) = (beside.what, beside.dialog.open);
    let book = BookState::here().shown_book;
    let named = Memo::new(move |_| what.get().and_then(|(_, id)| book.with(|book| name(book, id))));
    Effect::new(move |_| {
        if open.get() && named.with(Option::is_none) {
            open.set(false);
        }
    });
    let title = Signal::derive(move || match what.get() {
        Some((Part::Form, _)) => form_title.to_owned(),
        _ => named.get().unwrap_or_else(|| form_title.to_owned()),
    });
    let leave = Leave(Callback::new(move |()| open.set(false)));
    view! {
        <Dialog open title beside=Callback::new(|()| browser::is_as_wide_as(WIDE)) unsent=beside.dialog.unsent>
            <WithBook children={
                let children = children.clone();
                move |book: Signal<Book>| {
                    let children = children.clone();
                    move || what.get().map(|(part, id)| {
                        let edit = Callback::new(move |()| beside.open(Part::Form, id, &form_page(id)));
                        let may_edit = part == Part::Details && may_open(&form_page(id));
                        let children = children.clone();
                        view! {
                            <Provider value=leave>
                                {may_edit.then(|| view! { <div class="row"><Button icon="pencil" on_click=edit>"Edit"</Button></div> })}
                                // Made in here, so that its form knows how it is left.
                                {children(book, part, id)}
                            </Provider>
                        }
                    })
                }
            }/>
        </Dialog>
    }
    .into_any()
}
