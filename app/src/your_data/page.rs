//! The page on which a person says that they leave.

use ledger::staff::Rank;
use leptos::prelude::*;

use super::api::Leave;
use crate::layout::{leave_to, me};
use crate::second_factor::CodeField;
use crate::ui::{ButtonKind, ButtonLink, Card, Form, Hidden, PageHead, PasswordField, PasswordOf, Submit};

#[component]
pub fn LeavePage() -> impl IntoView {
    let has_password = me().has_password;
    let check = Callback::new(move |call: Leave| call.form.parse(has_password).err().unwrap_or_default());
    // Every page tells it, so they are loaded anew.
    let on_done = Callback::new(|()| leave_to("/settings"));
    view! {
        <PageHead title="Delete my account" lead="Seven days from now, and for good."/>
        <Card title="What happens">
            <ul class="plain-list">
                <li>"For seven days everything stays as it is, and one press keeps the account."</li>
                <li>"Then your records, bills, budgets and all else you entered are deleted, and nobody can bring them back."</li>
                <li>"Other devices are signed out now, and you get a letter about it."</li>
                {(me().staff == Some(Rank::Admin))
                    .then(|| {
                        view! { <li>"As long as you are the only administrator of others, your account stays: make somebody else one."</li> }
                    })}
            </ul>
            <p>
                <a href="/export" rel="external">"Take your data along first"</a>
            </p>
            <Form action={ServerAction::<Leave>::new()} label="Delete my account" check on_done>
                {if has_password {
                    view! {
                        <PasswordOf email=me().email/>
                        <PasswordField label="Password" name="password" hint="To make sure that it is you"/>
                        <CodeField/>
                    }
                    .into_any()
                } else {
                    // Whoever has none is asked for a fresh log-in; a form without a field could not be read.
                    view! { <Hidden name="password" value=String::new()/> }.into_any()
                }}
                <div class="row">
                    <Submit kind=ButtonKind::Danger icon="trash">"Delete my account"</Submit>
                    <ButtonLink href="/settings" kind=ButtonKind::Plain>"Cancel"</ButtonLink>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}
