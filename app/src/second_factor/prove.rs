//! Where somebody who is signed in shows once more that it is them.

use ledger::filter::escaped;
use leptos::prelude::*;

use super::api::Prove;
use crate::layout::{leave_to, local_path_or, me};
use crate::passkeys::{Purpose, UsePasskey};
use crate::ui::{
    ButtonKind, ButtonLink, Card, Field, Form, FormState, Hidden, PageHead, PasswordField, PasswordOf, Submit,
    query_here,
};

#[component]
pub fn ProvePage() -> impl IntoView {
    let next = query_here().with_untracked(|query| query.get("next").unwrap_or_default());
    let go_on = next.clone();
    let again = format!("/login?again=1&next={}", escaped(&next));
    let back = local_path_or(&next, "/settings").to_owned();
    let check = Callback::new(|call: Prove| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|path: String| leave_to(&path));
    view! {
        <PageHead title="Is it you?" lead="It is a while since you logged in. This is asked before the ways into your account change."/>
        <div class="settings">
            <Card>
                {if me().has_password {
                    view! {
                        <Form action={ServerAction::<Prove>::new()} label="Show that it is you" check on_done>
                            <Hidden name="next" value=next/>
                            <PasswordOf email=me().email/>
                            <PasswordField label="Password" name="password"/>
                            <CodeField/>
                            <div class="row">
                                <Submit kind=ButtonKind::Primary>"Go on"</Submit>
                                <ButtonLink href=back kind=ButtonKind::Plain>"Cancel"</ButtonLink>
                            </div>
                        </Form>
                        <UsePasskey purpose=Purpose::Prove next=go_on/>
                        <p class="muted small">
                            <a href=again>"Log in once more"</a>
                            " does, too."
                        </p>
                    }
                        .into_any()
                } else {
                    view! {
                        <div class="row">
                            <ButtonLink href=again kind=ButtonKind::Primary>"Log in once more"</ButtonLink>
                            <ButtonLink href=back kind=ButtonKind::Plain>"Cancel"</ButtonLink>
                        </div>
                        <UsePasskey purpose=Purpose::Prove next=go_on/>
                    }
                        .into_any()
                }}
            </Card>
        </div>
    }
    .into_any()
}

/// The second factor beside a password, where one is on: when the page was made, or, as the answer says, since.
#[component]
pub(crate) fn CodeField() -> impl IntoView {
    let is_on = me().has_second_factor;
    let errors = FormState::here().map(|state| state.errors);
    let is_asked = Memo::new(move |before: Option<&bool>| {
        let refused = errors.is_some_and(|errors| errors.with(|errors| errors.get("code").is_some()));
        is_on || refused || before.copied().unwrap_or_default()
    });
    let field = || {
        view! {
            <Field
                label="Code"
                name="code"
                autocomplete="one-time-code"
                maxlength=30
                hint="Six digits of your app, or a recovery code"
            />
        }
    };
    view! { {move || is_asked.get().then(field)} }.into_any()
}
