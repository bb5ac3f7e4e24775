//! What all accounts hold together, over the last twelve months.

use leptos::prelude::*;

use ledger::Book;
use ledger::dashboard::worth;

use crate::layout::me;
use crate::reports::WorthPicture;
use crate::ui::Card;

#[component]
pub(super) fn NetWorth(book: Signal<Book>) -> impl IntoView {
    let today = me().today;
    let picture = move || {
        let (points, home) = book.with(|book| (worth(book, today), book.home));
        view! { <WorthPicture points home/> }
    };
    view! {
        <Card title="Net worth over twelve months" testid="dashboard-worth">{picture}</Card>
    }
    .into_any()
}
