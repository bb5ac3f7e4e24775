//! What staff did, and why.

use leptos::prelude::*;

use super::api::load_audit;
use super::frame::AdminHead;
use super::trail::{Trail, TrailPage};
use crate::ui::{ButtonLink, Card, Load, query_here};

#[component]
pub fn AuditPage() -> impl IntoView {
    let query = query_here();
    let before = Memo::new(move |_| query.with(|query| query.get("before").unwrap_or_default()));
    let trail = Resource::new(move || before.get(), load_audit);
    view! {
        <AdminHead title="Audit trail"/>
        <div class="admin">
            <Card>
                <Load
                    from=trail
                    children={|page: TrailPage| {
                        let older = page.next.clone().map(|next| format!("/admin/audit?before={next}"));
                        view! {
                            <Trail page/>
                            {older.map(|href| view! { <div class="row"><ButtonLink href>"Older"</ButtonLink></div> })}
                        }
                    }}
                />
            </Card>
        </div>
    }
    .into_any()
}
