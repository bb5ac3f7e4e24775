//! What all accounts hold together, over the last twelve months; nothing where they never held anything.

use leptos::prelude::*;

use ledger::Book;
use ledger::dashboard::worth;

use crate::layout::me;
use crate::reports::WorthPicture;
use crate::ui::{Card, later};

#[component]
pub(super) fn NetWorth(book: Signal<Book>) -> impl IntoView {
    let today = me().today;
    let points = Memo::new(move |_| book.with(|book| worth(book, today)));
    let has_any = Memo::new(move |_| points.with(|points| points.iter().any(|(_, minor)| *minor != 0)));
    let picture = move || {
        let home = book.with(|book| book.home);
        view! { <WorthPicture points=points.get() home/> }
    };
    view! {
        <Show when=move || has_any.get()>
            {later(move || view! { <Card title="Net worth over twelve months" testid="dashboard-worth">{picture}</Card> })}
        </Show>
    }
    .into_any()
}
