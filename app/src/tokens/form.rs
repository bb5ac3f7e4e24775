//! A new token.

use ledger::person::{Scope, TOKEN_DAYS};
use leptos::prelude::*;

use super::api::CreateToken;
use crate::layout::me;
use crate::ui::{
    ButtonKind, Choice, Field, Form, FormState, PasswordField, PasswordOf, RadioGroup, SelectField, Submit,
};

/// It works once the page is interactive only: the token is told by the answer, and stands in no address and no page
/// that could be kept.
#[component]
pub(super) fn NewTokenForm(asks_password: bool, on_made: Callback<String>) -> impl IntoView {
    let check = Callback::new(|call: CreateToken| call.form.parse().err().unwrap_or_default());
    let is_live = RwSignal::new(false);
    Effect::new(move |_| is_live.set(true));
    let me = me();
    // No token writes where the person does not.
    let scopes = Scope::ALL.into_iter().filter(|scope| !scope.may_write() || me.role.may_add());
    let scopes = scopes.map(|scope| Choice::new(scope.word(), scope.label())).collect::<Vec<_>>();
    let which = (me.books.len() > 1).then(|| format!("It opens the book {}, and no other.", me.book_name));
    let days = TOKEN_DAYS.map(|days| Choice::new(days.to_string(), format!("{days} days"))).to_vec();
    let purpose = RwSignal::new(String::new());
    let on_done = Callback::new(move |token: String| {
        // What was asked for is made: pressed again, it would be another of the same name.
        purpose.set(String::new());
        on_made.run(token);
    });
    view! {
        <Form action={ServerAction::<CreateToken>::new()} label="Create token" check on_done>
            <fieldset class="token-fields" disabled=move || !is_live.get()>
                <div class="grid-2">
                    <Field
                        label="What is it for?"
                        name="purpose"
                        value=purpose
                        on_input=Callback::new(move |typed| purpose.set(typed))
                        placeholder="Phone shortcut"
                        autocomplete="off"
                        maxlength=80
                    />
                    <SelectField label="Good for" name="days" options=days value="90".to_owned()/>
                </div>
                <RadioGroup label="It may" name="scope" options=scopes value=Scope::Read.word().to_owned()/>
                {which.map(|words| view! { <p class="muted small">{words}</p> })}
                <Proof asks_password/>
                <Submit kind=ButtonKind::Plain>"Create token"</Submit>
            </fieldset>
            <p class="muted small only-without-script">"Creating a token needs JavaScript: it is shown once, and kept nowhere."</p>
        </Form>
    }
    .into_any()
}

/// The password, where it is asked for: from the start, or because the page stood open for long.
#[component]
fn Proof(asks_password: bool) -> impl IntoView {
    let errors = FormState::here().map(|state| state.errors);
    let asked = Memo::new(move |before: Option<&bool>| {
        let refused = errors.is_some_and(|errors| errors.with(|errors| errors.get("password").is_some()));
        asks_password || refused || before.copied().unwrap_or_default()
    });
    view! {
        {move || {
            asked
                .get()
                .then(|| view! {
                    <PasswordOf email=me().email/>
                    <PasswordField label="Your password" name="password" hint="As you logged in a while ago"/>
                })
        }}
    }
    .into_any()
}
