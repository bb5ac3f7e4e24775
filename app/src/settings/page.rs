//! The settings on one page.

use leptos::prelude::*;

use super::alerts::Alerts;
use super::book::BookSettings;
use super::look::Look;
use super::profile::Profile;
use super::rates::Rates;
use super::security::{Password, Sessions};
use crate::hooks::{HookNotice, Webhooks};
use crate::households::People;
use crate::layout::me;
use crate::new_email::NewEmailCard;
use crate::passkeys::PasskeysCard;
use crate::second_factor::SecondFactorCard;
use crate::sign_in::LogOutButton;
use crate::sign_in_with::WaysCard;
use crate::support::SupportCard;
use crate::tokens::{AccessTokens, TokenNotice};
use crate::ui::{PageHead, query_here};
use crate::your_data::YourData;

/// The parts of the page in their order: what each is called, and its id.
const PARTS: [(&str, &str); 9] = [
    ("You", "you"),
    ("Book", "book"),
    ("Alerts", "alerts"),
    ("Look", "look"),
    ("People", "people"),
    ("Support", "support"),
    ("Security", "security"),
    ("Programs", "programs"),
    ("Your data", "data"),
];

/// Leads down to each part of the page.
#[component]
fn Contents() -> impl IntoView {
    let links = PARTS.map(|(words, id)| view! { <li><a class="chip" href=format!("#{id}")>{words}</a></li> });
    view! {
        <nav class="settings-contents" aria-label="On this page">
            <ul>{links.collect_view()}</ul>
        </nav>
    }
    .into_any()
}

#[component]
pub fn SettingsPage() -> impl IntoView {
    let is_saved = query_here().with_untracked(|query| query.get("saved").is_some());
    let is_linked = query_here().with_untracked(|query| query.get("linked").is_some());
    let has_new_email = query_here().with_untracked(|query| query.get("email").is_some());
    view! {
        <PageHead title="Settings">
            <LogOutButton/>
        </PageHead>
        <TokenNotice/>
        <HookNotice/>
        {is_saved.then(|| view! { <p class="alert alert-good" role="status">"Saved."</p> })}
        {is_linked
            .then(|| view! { <p class="alert alert-good" role="status">"Linked. From now on you can come in this way too."</p> })}
        {has_new_email
            .then(|| {
                view! {
                    <p class="alert alert-good" role="status">
                        "Your email is " {me().email} " from now on. Other browsers were signed out."
                    </p>
                }
            })}
        <Contents/>
        <div class="settings settings-wide">
            <div class="settings">
                <div class="settings" id="you"><Profile/></div>
                <div class="settings" id="book"><BookSettings/> <Rates/></div>
                <div class="settings" id="alerts"><Alerts/></div>
                <div class="settings" id="look"><Look/></div>
                <div class="settings" id="people"><People/></div>
                <div class="settings" id="support"><SupportCard/></div>
            </div>
            <div class="settings">
                <div class="settings" id="security">
                    <NewEmailCard/>
                    <WaysCard/>
                    <Password/>
                    <SecondFactorCard/>
                    <PasskeysCard/>
                    <Sessions/>
                </div>
                <div class="settings" id="programs">
                    <AccessTokens/>
                    {me().role.may_write().then(|| view! { <Webhooks/> })}
                </div>
                <div class="settings" id="data"><YourData/></div>
            </div>
        </div>
    }
    .into_any()
}
