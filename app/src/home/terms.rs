//! The terms in plain words.

use leptos::prelude::*;

use crate::layout::PlainFrame;
use crate::sign_up::SignUps;
use crate::ui::PageHead;

#[component]
pub fn TermsPage() -> impl IntoView {
    view! {
        <PlainFrame>
            <PageHead title="Terms" lead="Short, because there is little to say."/>
            <div class="prose">
                <h2>"Your data is yours"</h2>
                <p>
                    "Everything you enter is kept on the server that runs this Expenso, and nowhere else. Whoever runs the
                    server can reach its database, so use one that you or somebody you trust runs."
                </p>
                <h2>"Nobody watches you"</h2>
                <p>
                    "There are no trackers, no advertisements, no scripts from elsewhere. Cookies keep you signed in, remember light
                    or dark, and tell your own browser from that of somebody who guesses passwords; that is all they do."
                </p>
                <h2>"Letters"</h2>
                <p>"Expenso writes to your email address to confirm it, to change a password, and to send the alerts you set up."</p>
                <h2>"Leaving"</h2>
                <p>
                    "You can stop at any time. In the settings you take all your data along, and delete your account with all that
                    is kept of you."
                </p>
                <h2>"No warranty"</h2>
                <p>
                    "Expenso is free software under the MIT licence. It counts with care, and is provided as it is: keep backups,
                    and do not take it for financial advice."
                </p>
            </div>
            <p class="plain-foot">
                {if SignUps::are_open() {
                    view! { <a class="reach" href="/signup">"Back to sign-up"</a> }
                } else {
                    view! { <a class="reach" href="/">"Back to the first page"</a> }
                }}
            </p>
        </PlainFrame>
    }
    .into_any()
}
