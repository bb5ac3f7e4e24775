//! In the settings: the ways to sign in, linked and unlinked.

use leptos::prelude::*;

use super::api::{LinkedWay, LinkedWays, UnlinkWay, list_ways};
use super::{SignInWith, Way};
use crate::ui::{ButtonKind, ButtonLink, Card, Load, PostButton};

/// Nothing where this server offers no provider.
#[component]
pub(crate) fn WaysCard() -> impl IntoView {
    if SignInWith::here().ways.is_empty() {
        return ().into_any();
    }
    let ways = Resource::new(|| (), |()| list_ways());
    let again = Callback::new(move |()| ways.refetch());
    view! {
        <Card title="Ways to sign in" testid="ways">
            <Load from=ways children={move |known: LinkedWays| view! { <Linked known again/> }}/>
        </Card>
    }
    .into_any()
}

#[component]
fn Linked(known: LinkedWays, again: Callback<()>) -> impl IntoView {
    let offered = SignInWith::here().ways;
    let LinkedWays { ways, is_fresh, linked } = known;
    let unused: Vec<Way> =
        offered.iter().filter(|way| linked.iter().all(|one| one.provider != way.name)).cloned().collect();
    let (has_password, is_last) = (ways.has_password, ways.count() < 2);
    let may_unlink = is_fresh && !is_last && !linked.is_empty();
    let rows = linked
        .into_iter()
        .map(|one| {
            let way = offered.iter().find(|way| way.name == one.provider);
            let label = way.map_or_else(|| one.provider.clone(), |way| way.label.clone());
            view! { <LinkedRow one label may_go={is_fresh && !is_last} again/> }
        })
        .collect_view();
    let password = if has_password { "Set. You can change it below" } else { "None yet" };
    let by_mail = (!has_password)
        .then(|| view! { <ButtonLink href="/forgot" kind=ButtonKind::Quiet>"Choose one by mail"</ButtonLink> });
    // A way in that was taken away, maybe a stranger's, is given back by nobody but the provider.
    let final_words = "Unlinking is final: to use it again, link it anew, and its provider asks who you are.";
    let last_words = "The last way in stays: add another, or choose a password, before you take it away.";
    view! {
        <ul class="list">
            <li class="list-row">
                <span class="list-words">
                    <span>"Password"</span>
                    <span class="muted small">{password}</span>
                </span>
                {by_mail}
            </li>
            {rows}
        </ul>
        {is_last.then(|| view! { <p class="muted small">{last_words}</p> })}
        {may_unlink.then(|| view! { <p class="muted small">{final_words}</p> })}
        {if is_fresh { view! { <Links unused/> }.into_any() } else { view! { <Again/> }.into_any() }}
    }
    .into_any()
}

/// The providers that can still be linked.
#[component]
fn Links(unused: Vec<Way>) -> impl IntoView {
    let link = |way: Way| {
        let href = way.link_path();
        view! {
            <a class=ButtonKind::Plain.class() href=href rel="external">
                <span>"Link " {way.label}</span>
            </a>
        }
    };
    view! { <div class="way-actions">{unused.into_iter().map(link).collect_view()}</div> }.into_any()
}

#[component]
fn Again() -> impl IntoView {
    view! {
        <p class="muted small">"It is a while since you logged in. Show that it is you before you change anything here."</p>
        <div class="way-actions">
            <ButtonLink href="/login?again=1&next=/settings">"Show that it is you"</ButtonLink>
        </div>
    }
    .into_any()
}

#[component]
fn LinkedRow(
    one: LinkedWay,
    label: String,
    /// Whether it may be taken away now.
    may_go: bool,
    again: Callback<()>,
) -> impl IntoView {
    let used = format!("Last used {}", one.last_used.format("%-d %B %Y"));
    let words = if one.email.is_empty() { used } else { format!("{} · {used}", one.email) };
    let fields = vec![("provider".to_owned(), one.provider), ("subject".to_owned(), one.subject)];
    let name = format!("Unlink {label}");
    view! {
        <li class="list-row">
            <span class="list-words">
                <span>{label}</span>
                <span class="muted small">{words}</span>
            </span>
            {may_go
                .then(|| {
                    view! {
                        <PostButton
                            action={ServerAction::<UnlinkWay>::new()}
                            label=name
                            fields
                            kind=ButtonKind::Quiet
                            on_done=again
                        >
                            "Unlink"
                        </PostButton>
                    }
                })}
        </li>
    }
    .into_any()
}
