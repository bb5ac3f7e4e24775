//! The query of the page. The router decodes what it reads of it a second time, so that nothing is read from there.

use leptos::prelude::*;
use leptos_router::hooks::use_url;

use ledger::query::Query;

/// What the query of this page says now.
pub fn query_here() -> Memo<Query> {
    let url = use_url();
    Memo::new(move |_| url.with(|url| Query::read(url.search())))
}
