//! What somebody can do who does not get in.

use leptos::prelude::*;

use crate::layout::PlainFrame;
use crate::sign_up::SignUps;
use crate::ui::PageHead;

#[component]
pub fn LogInHelpPage() -> impl IntoView {
    let SignUps { open, confirm_first } = SignUps::here();
    let letter = if confirm_first {
        "Log in with your password: while your address is not confirmed, we send you the letter once more. If your account \
         is not there yet, sign up once more."
    } else {
        "Nothing waits for it: log in with your password, and have the letter sent again from the page that asks for its \
         code."
    };
    view! {
        <PlainFrame>
            <PageHead title="Cannot log in?" lead="Nothing is lost. Here is the way back in."/>
            <div class="prose">
                <h2>"The password is forgotten"</h2>
                <p>
                    "We send you a link to choose another one: " <a href="/forgot">"have it sent"</a>
                    ". It works for accounts without a password too."
                </p>
                <h2>"The letter to confirm the address did not come"</h2>
                <p>
                    "Look into the spam folder first. " {letter}
                    {(open && confirm_first).then(|| view! { " " <a href="/signup">"Sign up"</a> })}
                </p>
                <h2>"The phone with the six digits is gone"</h2>
                <p>
                    "Log in with your password, and choose \"Use a recovery code instead\" where the digits are asked for. Each
                    of the codes that you kept works once."
                </p>
                <h2>"None of this helps"</h2>
                <p>
                    "Ask whoever runs this server: they let you in again with "
                    <code>"expenso admin reset-password"</code> " and " <code>"expenso admin end-second-factor"</code> "."
                </p>
            </div>
            <p class="plain-foot"><a class="reach" href="/login">"Back to log in"</a></p>
        </PlainFrame>
    }
    .into_any()
}
