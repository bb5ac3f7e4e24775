//! The first page.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::components::Redirect;

use crate::layout::{Brand, Visitor};
use crate::sign_up::SignUps;
use crate::ui::{ButtonKind, ButtonLink, Icon};

/// Icon, title and sentence of what one gets.
const PROMISES: [(&str, &str, &str); 3] = [
    (
        "receipt",
        "Write it down in seconds",
        "Type 12+8.50, pick the shop you always go to, done. Change or undo it any day later.",
    ),
    (
        "target",
        "Know before you overspend",
        "Set a limit for the month. One email when it is near, one when it is passed, never more.",
    ),
    ("shield", "Yours alone", "It runs on your own machine. No tracking, no bank log-in, exact to the last paisa."),
];

#[component]
pub fn HomePage() -> impl IntoView {
    match Visitor::here() {
        Some(_) => view! { <Redirect path="/dashboard"/> }.into_any(),
        None => view! { <Welcome/> }.into_any(),
    }
}

#[component]
fn Welcome() -> impl IntoView {
    view! {
        <Title text="Know where your money goes"/>
        <div class="home">
            <header class="home-head">
                <Brand/>
                <ButtonLink href="/login" kind=ButtonKind::Quiet>"Log in"</ButtonLink>
            </header>
            <main id="main">
                <section class="hero">
                    <div class="hero-words">
                        <h1 tabindex="-1">"Know where your money goes."</h1>
                        <p class="lead">
                            "Expenso is a quiet book for what you earn and spend. Write it down once, and see at a glance what
                            is left for the month."
                        </p>
                        {if SignUps::are_open() {
                            view! { <ButtonLink href="/signup" kind=ButtonKind::Primary>"Create account"</ButtonLink> }
                        } else {
                            view! { <ButtonLink href="/login" kind=ButtonKind::Primary>"Log in"</ButtonLink> }
                        }}
                        <p class="muted small">"Free and open. It lives on this server and nowhere else."</p>
                    </div>
                    <Sample/>
                </section>
                <ul class="promises">
                    {PROMISES
                        .map(|(icon, title, text)| {
                            view! {
                                <li>
                                    <Icon name=icon/>
                                    <h2>{title}</h2>
                                    <p>{text}</p>
                                </li>
                            }
                        })
                        .into_iter()
                        .collect_view()}
                </ul>
            </main>
            <footer class="home-foot">
                <a class="reach" href="/terms">"Terms"</a>
                <span>"Open source, MIT"</span>
            </footer>
        </div>
    }
    .into_any()
}

/// Payee, category and amount of the page of accounts that is shown as an example.
const LINES: [(&str, &str, &str, bool); 5] = [
    ("Salary", "Income", "+₹85,000.00", true),
    ("Rent, November", "Rent", "−₹22,000.00", false),
    ("Nature’s Basket", "Groceries", "−₹2,349.50", false),
    ("Metro card", "Transport", "−₹500.00", false),
    ("Filter coffee", "Eating out", "−₹120.00", false),
];

#[component]
fn Sample() -> impl IntoView {
    view! {
        <figure class="sample" aria-label="An example: a month in Expenso">
            <p class="sample-label">"Left in November"</p>
            <p class="sample-figure num">"₹19,230.50"</p>
            <p class="sample-note">"That is ₹1,282 a day until 30 Nov"</p>
            <svg class="sample-bar" viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
                <rect class="sample-bar-ground" width="100" height="2"></rect>
                <rect class="sample-bar-used" width="57" height="2"></rect>
            </svg>
            <ul>
                {LINES
                    .map(|(payee, category, amount, is_income)| {
                        view! {
                            <li>
                                <span class="sample-payee">{payee}</span>
                                <span class="sample-category">{category}</span>
                                <span class="num sample-amount" class:is-income=is_income>{amount}</span>
                            </li>
                        }
                    })
                    .into_iter()
                    .collect_view()}
            </ul>
        </figure>
    }
    .into_any()
}
