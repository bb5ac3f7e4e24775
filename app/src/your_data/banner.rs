//! Tells on every page that the account will be deleted, and takes it back.

use leptos::prelude::*;

use super::api::Stay;
use crate::layout::{leave_to, me};
use crate::ui::{Icon, PostButton};

#[component]
pub(crate) fn LeavingBanner() -> impl IntoView {
    let on_done = Callback::new(|()| leave_to("/settings"));
    let by_staff = me().leaves_by_staff;
    me().leaves_on.map(|day| {
        view! {
            <aside class="banner" aria-label="Your account will be deleted">
                <Icon name="trash"/>
                <p>
                    <strong>"Your account will be deleted on " {day.format("%-d %B %Y").to_string()} "."</strong>
                    {if by_staff {
                        view! {
                            <span>" Whoever runs this server wished so: ask them if it is a mistake. Until then you can " <a href="/export" rel="external">"take your data along"</a> "."</span>
                        }.into_any()
                    } else {
                        view! {
                            <span>" Until then nothing is lost: you can go on, take your data along, or keep the account."</span>
                        }.into_any()
                    }}
                </p>
                {(!by_staff)
                    .then(|| {
                        view! {
                            <PostButton action={ServerAction::<Stay>::new()} label="Keep my account" on_done icon="undo">
                                "Keep my account"
                            </PostButton>
                        }
                    })}
            </aside>
        }
    })
}
