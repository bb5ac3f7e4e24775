//! Requests for help: those that wait, and the page on which one is answered.

use ledger::staff::TEXT_MAX;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::frame::AdminHead;
use crate::layout::leave_to;
use crate::support::{AnswerRequest, RequestLine, Requests, find_request, list_requests};
use crate::ui::{Badge, ButtonKind, ButtonLink, Card, EmptyState, Form, Hidden, Load, Submit, TextArea, Tone};

#[component]
pub fn RequestsPage() -> impl IntoView {
    let requests = Resource::new(|| (), |()| list_requests());
    view! {
        <AdminHead title="Requests for help"/>
        <div class="admin">
            <Load from=requests children={|requests: Requests| view! { <Lists requests/> }}/>
        </div>
    }
    .into_any()
}

#[component]
fn Lists(requests: Requests) -> impl IntoView {
    let open = if requests.open.is_empty() {
        view! { <EmptyState icon="circle-check" title="Nobody waits" text="What people ask for in their settings stands here."/> }.into_any()
    } else {
        lines(requests.open)
    };
    let answered = (!requests.answered.is_empty()).then(|| {
        let answered = lines(requests.answered);
        view! { <Card title="Answered">{answered}</Card> }
    });
    view! {
        <Card title="Waiting for an answer">{open}</Card>
        {answered}
    }
    .into_any()
}

fn lines(requests: Vec<RequestLine>) -> AnyView {
    let lines = requests
        .into_iter()
        .map(|request| {
            view! {
                <li class="list-row" data-testid="request">
                    <span class="list-words">
                        <a class="admin-name reach" href=format!("/admin/requests/{}", request.id)>{request.name}</a>
                        <span class="admin-begin">{request.question}</span>
                        <span class="muted small">{request.asked_at}</span>
                    </span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="list">{lines}</ul> }.into_any()
}

#[component]
pub fn RequestPage() -> impl IntoView {
    let id = use_params_map().with_untracked(|params| params.get("id").unwrap_or_default());
    let request = Resource::new(|| (), move |()| find_request(id.clone()));
    view! {
        <AdminHead title="Request for help"/>
        <div class="admin">
            <Load from=request children={|request: RequestLine| view! { <Answering request/> }}/>
        </div>
    }
    .into_any()
}

#[component]
fn Answering(request: RequestLine) -> impl IntoView {
    let check = Callback::new(|call: AnswerRequest| call.form.parse().err().unwrap_or_default());
    let on_done = Callback::new(|()| leave_to("/admin/requests"));
    let who = request.user.clone();
    let answer = match request.answer {
        Some(answer) => view! {
            <Card title="Answer">
                <p class="as-typed">{answer}</p>
                <p class="muted small">{request.answered_at}</p>
            </Card>
        }
        .into_any(),
        None => view! {
            <Card title="Answer">
                <Form action={ServerAction::<AnswerRequest>::new()} label="Answer" check on_done>
                    <Hidden name="id" value=request.id/>
                    <TextArea label="Your answer" name="text" rows=8 maxlength=u32::try_from(TEXT_MAX).unwrap_or_default() hint="They get it by mail, and read it where they asked"/>
                    <Submit icon="mail">"Send the answer"</Submit>
                </Form>
            </Card>
        }
        .into_any(),
    };
    view! {
        <Card>
            <div class="admin-who">
                <h2 class="card-title">{request.name}</h2>
                <Badge tone=Tone::Neutral>{request.asked_at}</Badge>
            </div>
            <p class="as-typed">{request.question}</p>
            <div class="row">
                <ButtonLink href=format!("/admin/users/{who}") kind=ButtonKind::Quiet icon="user">"Their account"</ButtonLink>
            </div>
        </Card>
        {answer}
    }
    .into_any()
}
