//! Tells on every page that staff may read the book, to those who keep it and to those who look.

use leptos::prelude::*;

use super::api::{EndConsent, LookAway};
use crate::layout::{leave_to, me};
use crate::ui::{Icon, PostButton};

#[component]
pub(crate) fn SupportBanner() -> impl IntoView {
    let me = me();
    if let Some(looking) = me.looking {
        let on_done = Callback::new(|()| leave_to("/admin/users"));
        return view! {
            <aside class="banner banner-support" aria-label="You look at a book of somebody else">
                <Icon name="eye"/>
                <p>
                    <strong>"You look at the book of " {looking.name} " until " {looking.until} "."</strong>
                    <span>" They can see everything that you open."</span>
                </p>
                <PostButton action={ServerAction::<LookAway>::new()} label="Stop looking" on_done icon="x">
                    "Stop looking"
                </PostButton>
            </aside>
        }
        .into_any();
    }
    let on_done = Callback::new(|()| leave_to("/settings?saved=1"));
    me.read_until
        .map(|until| {
            view! {
                <aside class="banner banner-support" aria-label="Support may read this book">
                    <Icon name="eye"/>
                    <p>
                        <strong>"Support may read your book until " {until} "."</strong>
                        <span>" What they read stands in your settings."</span>
                    </p>
                    <PostButton action={ServerAction::<EndConsent>::new()} label="End now" on_done icon="x">
                        "End now"
                    </PostButton>
                </aside>
            }
        })
        .into_any()
}
