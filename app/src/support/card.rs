//! The card of the settings: letting staff read, and what they did.

use leptos::prelude::*;

use super::api::{ConsentForm, EndConsent, GiveConsent, SupportData, load_support};
use crate::admin::Trail;
use crate::layout::{leave_to, me};
use crate::ui::{ButtonKind, ButtonLink, Card, Choice, Form, Load, PostButton, SelectField, Submit, query_here};

#[component]
pub(crate) fn SupportCard() -> impl IntoView {
    // Its own name: the page has other lists.
    let before = query_here().with_untracked(|query| query.get("deeds").unwrap_or_default());
    let data = Resource::new(|| (), move |()| load_support(before.clone()));
    view! {
        <Card title="Support">
            <p class="muted">
                "Whoever helps you here sees your account and your mail, never your money, unless you let them for a while. They can look and change nothing."
            </p>
            <div class="row">
                <ButtonLink href="/settings/help" icon="mail">"Ask for help"</ButtonLink>
            </div>
            <Load from=data rows=2 children={|data: SupportData| view! { <Inside data/> }}/>
        </Card>
    }
    .into_any()
}

#[component]
fn Inside(data: SupportData) -> impl IntoView {
    let saved = Callback::new(|()| leave_to("/settings?saved=1"));
    let state = match me().read_until {
        Some(until) => view! {
            <p>"Support may read this book until " <strong>{until}</strong> "."</p>
            <PostButton action={ServerAction::<EndConsent>::new()} label="Let nobody read it any more" on_done=saved>
                "Let nobody read it any more"
            </PostButton>
        }
        .into_any(),
        None if data.may_give => {
            let options: Vec<Choice> =
                ConsentForm::CHOICES.iter().map(|(hours, words)| Choice::new(hours.to_string(), *words)).collect();
            view! {
                <Form action={ServerAction::<GiveConsent>::new()} label="Let support read this book" on_done=saved>
                    <SelectField label="How long" name="hours" options value="24".to_owned()/>
                    <Submit kind=ButtonKind::Plain icon="eye">"Let support read this book"</Submit>
                </Form>
            }
            .into_any()
        }
        None => view! { <p class="muted">"An owner of this book can let support read it."</p> }.into_any(),
    };
    let older = data.trail.next.clone().map(|next| format!("/settings?deeds={next}"));
    view! {
        <div class="stack">{state}</div>
        <details class="fold">
            <summary>"What staff did"</summary>
            <Trail page=data.trail of_one=true/>
            {older.map(|href| view! { <div class="row"><ButtonLink href>"Older"</ButtonLink></div> })}
        </details>
    }
    .into_any()
}
