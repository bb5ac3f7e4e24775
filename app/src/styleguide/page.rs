//! The page itself.

use leptos::prelude::*;

use super::calendars::Calendars;
use super::controls::{Buttons, Fields};
use super::figures::{Charts, Figures};
use super::tokens::Tokens;
use super::waiting::Waiting;
use super::words::Words;
use crate::ui::PageHead;

#[component]
pub fn StyleguidePage() -> impl IntoView {
    view! {
        <main class="styleguide" id="main">
            <PageHead title="Style guide" lead="Every part of the kit in every state."/>
            <Tokens/>
            <Buttons/>
            <Fields/>
            <Figures/>
            <Charts/>
            <Calendars/>
            <Words/>
            <Waiting/>
        </main>
    }
    .into_any()
}
