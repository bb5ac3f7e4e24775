//! The audit trail, as staff see it and as a person sees what was done to them.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::EmptyState;

/// One thing that staff did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailLine {
    /// As "3 Dec 2026, 14:05", where whoever looks lives.
    pub at: String,
    /// Who did it.
    pub by: String,
    /// To whom, and the id of their account for as long as there is one.
    pub about: Option<(String, Option<String>)>,
    pub deed: String,
    pub detail: String,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrailPage {
    pub lines: Vec<TrailLine>,
    /// What the next page begins behind.
    pub next: Option<String>,
}

#[cfg(feature = "ssr")]
impl TrailPage {
    pub(crate) fn of(
        (entries, next): (Vec<backend::staff::Entry>, Option<uuid::Uuid>),
        clock: impl Fn(chrono::DateTime<chrono::Utc>) -> String,
    ) -> Self {
        // Who is gone has no name any more.
        let name = |seen: &backend::staff::Seen| {
            let id = seen.user.to_string();
            seen.name.clone().unwrap_or_else(|| format!("A former account ({})", &id[id.len().saturating_sub(8)..]))
        };
        let line = |entry: backend::staff::Entry| TrailLine {
            at: clock(entry.at),
            by: entry.by.as_ref().map_or_else(|| "The command line".to_owned(), name),
            about: entry.about.as_ref().map(|seen| (name(seen), seen.name.is_some().then(|| seen.user.to_string()))),
            deed: entry.deed.label().to_owned(),
            // A rank stands there by its word.
            detail: entry.detail.parse().map_or(entry.detail, |rank: ledger::staff::Rank| rank.label().to_owned()),
            why: entry.why,
        };
        Self { lines: entries.into_iter().map(line).collect(), next: next.map(|id| id.to_string()) }
    }
}

#[component]
pub(crate) fn Trail(
    page: TrailPage,
    /// Where to whom it was is told by the page already.
    #[prop(optional)]
    of_one: bool,
) -> impl IntoView {
    if page.lines.is_empty() {
        return view! {
            <EmptyState icon="shield" title="Nothing was done yet" text="What staff do stands here for two years."/>
        }
        .into_any();
    }
    let lines = page.lines.into_iter().map(|line| view! { <Line line of_one/> }).collect_view();
    view! { <ul class="list" aria-label="Audit trail">{lines}</ul> }.into_any()
}

#[component]
fn Line(line: TrailLine, of_one: bool) -> impl IntoView {
    let about = line.about.filter(|_| !of_one).map(|(name, user)| match user {
        Some(user) => view! { ": " <a href=format!("/admin/users/{user}")>{name}</a> }.into_any(),
        None => view! { ": " {name} }.into_any(),
    });
    view! {
        <li class="list-row" data-testid="deed">
            <span class="list-words">
                <span>{line.deed} {about}</span>
                {(!line.detail.is_empty()).then(|| view! { <span class="small">{line.detail}</span> })}
                {(!line.why.is_empty()).then(|| view! { <q class="small">{line.why}</q> })}
                <span class="muted small">{line.by} " · " {line.at}</span>
            </span>
        </li>
    }
    .into_any()
}
