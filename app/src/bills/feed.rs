//! The calendar feed: a secret address that a phone's calendar reads the due days from.

use leptos::prelude::*;

use super::api::{EndFeed, FeedState, ResetFeed};
use crate::error::AppError;
use crate::ui::{ButtonKind, Card, CopyField, Load, PostButton, query_here};

#[component]
pub(super) fn CalendarFeed(feed: Resource<Result<FeedState, AppError>>, link: FeedLink) -> impl IntoView {
    view! {
        <Card title="Calendar feed">
            <p class="muted">
                "Subscribe to this link in the calendar of your phone, and it shows each bill on its due day. Whoever has the link sees your bills."
            </p>
            <Load from=feed rows=1 children={move |feed: FeedState| view! { <Link feed link/> }}/>
        </Card>
    }
    .into_any()
}

/// What became of the link on this page; it outlives the view of the list.
#[derive(Clone, Copy)]
pub(super) struct FeedLink {
    /// The secret of one that was made here: only its fingerprint is kept, so it is told once.
    made: RwSignal<Option<String>>,
    ended: RwSignal<bool>,
}

impl FeedLink {
    pub fn new() -> Self {
        Self { made: RwSignal::new(None), ended: RwSignal::new(false) }
    }
}

#[component]
fn Link(feed: FeedState, link: FeedLink) -> impl IntoView {
    let query = query_here();
    let FeedLink { made, ended } = link;
    let FeedState { exists, base } = feed;
    let exists = Memo::new(move |_| made.with(Option::is_some) || exists && !ended.get());
    let link = Memo::new(move |_| {
        // Without JavaScript the page that follows the post is told it.
        let secret = made.get().or_else(|| query.read().get("feed").filter(|secret| is_secret(secret)))?;
        Some(format!("{base}/calendar/{secret}.ics"))
    });
    let on_done = Callback::new(move |secret: String| made.set(Some(secret)));
    let on_end = Callback::new(move |()| {
        made.set(None);
        ended.set(true);
    });
    let label = move || if exists.get() { "Reset link" } else { "Create link" };
    view! {
        {move || link.get().map(|link| view! {
            <CopyField
                label="Your link" what="link" value=link testid="feed-link"
                hint="Copy it now: it is not shown again. A new one makes the former useless."
            />
        })}
        {move || view! {
            <div class="row">
                <PostButton action={ServerAction::<ResetFeed>::new()} label=label() on_done icon="calendar">{label()}</PostButton>
                {exists.get().then(|| view! {
                    <PostButton action={ServerAction::<EndFeed>::new()} label="End link" kind=ButtonKind::Quiet on_done=on_end>"End link"</PostButton>
                })}
            </div>
            {exists.get().then(|| view! {
                <p class="muted small">"A link that was ended or reset does not come back: whoever has it reads no more."</p>
            })}
        }}
    }
    .into_any()
}

/// Whether it looks like one of ours: the address of this page shows nothing else in a field.
fn is_secret(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}
