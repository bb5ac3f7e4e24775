//! The parts that every page is made of.

use std::sync::OnceLock;

use leptos::html;
use leptos::prelude::*;
use leptos_meta::Title;

use super::browser;
use super::icon::Icon;

/// Whether another page was opened since the first one was loaded.
#[derive(Clone, Copy)]
pub(crate) struct Arrived(pub StoredValue<bool>);

impl Arrived {
    /// Once, in `App`.
    pub fn provide() {
        provide_context(Self(StoredValue::new(false)));
    }
}

/// What the server has called the page: the title is empty for a moment when it comes alive.
static FIRST_TITLE: OnceLock<String> = OnceLock::new();

/// Called once, before the page comes alive.
#[cfg(feature = "hydrate")]
pub(crate) fn keep_title() {
    let _ = FIRST_TITLE.set(document().title());
}

/// The title of the document where no page names one: while one makes way for the next, that of the one before.
pub(crate) fn title_so_far() -> String {
    let now = if cfg!(feature = "hydrate") { document().title() } else { String::new() };
    let known = [Some(&now), FIRST_TITLE.get()].into_iter().flatten().find(|title| !title.is_empty());
    known.map_or("Expenso", String::as_str).to_owned()
}

/// The heading of the page, which is its title too, and what can be done on it.
#[component]
pub fn PageHead(
    #[prop(into)] title: String,
    /// One sentence below it.
    #[prop(optional, into)]
    lead: Option<Signal<String>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let heading = NodeRef::<html::H1>::new();
    let arrived = expect_context::<Arrived>().0;
    // Those who hear the page hear that it is another one.
    Effect::new(move |_| {
        if let Some(heading) = heading.get()
            && arrived.get_value()
        {
            // Once for each page: one that is made anew by an answer keeps the focus where it is.
            arrived.set_value(false);
            // Whoever has opened a dialog meanwhile is typing there.
            if !browser::is_in_dialog() {
                let _ = heading.focus();
            }
        }
    });
    view! {
        <Title text=title.clone()/>
        <header class="page-head">
            <div class="page-head-words">
                <h1 tabindex="-1" node_ref=heading>{title}</h1>
                {lead.map(|lead| view! { <p class="lead">{move || lead.get()}</p> })}
            </div>
            {children.map(|children| view! { <div class="page-actions">{children()}</div> })}
        </header>
    }
    .into_any()
}

/// Words where a list would be, and the way on.
#[component]
pub fn EmptyState(
    #[prop(into)] icon: String,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <span class="empty-icon"><Icon name=icon/></span>
            <p class="empty-title">{title}</p>
            <p class="empty-text">{text}</p>
            {children.map(|children| view! { <div class="empty-actions">{children()}</div> })}
        </div>
    }
    .into_any()
}

#[component]
pub fn Card(
    #[prop(optional, into)] title: Option<String>,
    #[prop(optional, into)] testid: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card" data-testid=testid>
            {title.map(|title| view! { <h2 class="card-title">{title}</h2> })}
            {children()}
        </section>
    }
    .into_any()
}

/// What a state means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Neutral,
    Good,
    /// Close to a limit or a day.
    Near,
    /// Past it.
    Over,
    Info,
}

impl Tone {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Good => "good",
            Self::Near => "near",
            Self::Over => "over",
            Self::Info => "info",
        }
    }
}

/// A word about a state.
#[component]
pub fn Badge(#[prop(optional)] tone: Tone, children: Children) -> impl IntoView {
    view! { <span class=format!("badge badge-{}", tone.word())>{children()}</span> }.into_any()
}

/// Grey lines where something is on its way.
#[component]
pub fn Skeleton(#[prop(default = 3)] rows: u8) -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label="Loading">
            {(0..rows).map(|_| view! { <span class="skeleton-line"></span> }).collect_view()}
        </div>
    }
    .into_any()
}

/// A link of a row of views.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    pub label: String,
    pub href: String,
}

/// Links to the views of one thing; the current one is marked.
#[component]
pub fn Tabs(
    #[prop(into)] label: String,
    tabs: Vec<Tab>,
    /// The `href` of the current one.
    #[prop(into)]
    current: Signal<String>,
) -> impl IntoView {
    view! {
        <nav class="tabs" aria-label=label>
            {tabs
                .into_iter()
                .map(|tab| {
                    let href = tab.href.clone();
                    view! {
                        <a href=tab.href aria-current=move || (current.get() == href).then_some("page")>
                            {tab.label}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
    .into_any()
}
