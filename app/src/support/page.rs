//! The page on which a person asks for help, and reads what came of it.

use ledger::staff::TEXT_MAX;
use leptos::prelude::*;

use super::help::{AskForHelp, RequestLine, own_requests};
use crate::layout::leave_to;
use crate::ui::form::id_of_new;
use crate::ui::{
    Badge, ButtonKind, ButtonLink, Card, EmptyState, Form, Hidden, Load, PageHead, Submit, TextArea, Tone, query_here,
};

#[component]
pub fn HelpPage() -> impl IntoView {
    let is_sent = query_here().with_untracked(|query| query.get("sent").is_some());
    let check = Callback::new(|call: AskForHelp| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|()| leave_to("/settings/help?sent=1"));
    let requests = Resource::new(|| (), |()| own_requests());
    let id = id_of_new("ask_for_help");
    view! {
        <PageHead title="Ask for help" lead="Whoever runs this server reads it, and answers by mail and here.">
            <ButtonLink href="/settings" kind=ButtonKind::Quiet icon="chevron-left">"Settings"</ButtonLink>
        </PageHead>
        {is_sent.then(|| view! { <p class="alert alert-good" role="status">"Sent. You hear from us."</p> })}
        <div class="settings">
            <Card>
                <Form action={ServerAction::<AskForHelp>::new()} label="Ask for help" check on_done>
                    <Hidden name="id" value=id/>
                    <TextArea
                        label="What is the matter?"
                        name="text"
                        rows=6
                        maxlength=u32::try_from(TEXT_MAX).unwrap_or_default()
                        hint="What you did, and what happened. Nobody sees your money unless you allow it under Support"
                    />
                    <Submit icon="mail">"Send"</Submit>
                </Form>
            </Card>
            <Card title="What you asked">
                <Load from=requests rows=2 children={|requests: Vec<RequestLine>| view! { <Lines requests/> }}/>
            </Card>
        </div>
    }
    .into_any()
}

#[component]
fn Lines(requests: Vec<RequestLine>) -> impl IntoView {
    if requests.is_empty() {
        return view! { <EmptyState icon="mail" title="Nothing yet" text="Questions and answers stand here."/> }
            .into_any();
    }
    let lines = requests
        .into_iter()
        .map(|request| {
            let is_answered = request.answer.is_some();
            view! {
                <li class="list-row" data-testid="request">
                    <span class="list-words">
                        <span class="as-typed">{request.question}</span>
                        <span class="muted small">{request.asked_at}</span>
                        {request
                            .answer
                            .map(|answer| {
                                view! {
                                    <blockquote class="as-typed">{answer}</blockquote>
                                    <span class="muted small">{request.answered_at}</span>
                                }
                            })}
                    </span>
                    {if is_answered {
                        view! { <Badge tone=Tone::Good>"Answered"</Badge> }.into_any()
                    } else {
                        view! { <Badge tone=Tone::Near>"Waiting"</Badge> }.into_any()
                    }}
                </li>
            }
        })
        .collect_view();
    view! { <ul class="list" aria-label="What you asked">{lines}</ul> }.into_any()
}
