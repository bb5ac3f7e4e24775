//! How the installation does.

use leptos::prelude::*;

use super::api::{FailedLine, JobLine, OverviewData, RetryMessage, load_overview};
use super::frame::AdminHead;
use super::person::Fact;
use crate::ui::{Badge, ButtonKind, Card, EmptyState, Load, PostButton, Tone, toasts};

/// Minutes after which a message that waits tells that nobody sends any.
const LATE: i64 = 10;

#[component]
pub fn OverviewPage() -> impl IntoView {
    let overview = Resource::new(|| (), |()| load_overview());
    let again = Callback::new(move |()| overview.refetch());
    view! {
        <AdminHead title="Administration"/>
        <div class="admin">
            <Load from=overview children={move |data: OverviewData| view! { <Cards data again/> }}/>
        </div>
    }
    .into_any()
}

#[component]
fn Cards(data: OverviewData, again: Callback<()>) -> impl IntoView {
    let is_late = data.late_minutes >= LATE;
    view! {
        <Card title="People" testid="usage">
            <dl class="facts">
                <Fact label="Accounts" value=data.people.to_string()/>
                <Fact label="New in 30 days" value=data.new.to_string()/>
                <Fact label="Active in 30 days" value=data.active.to_string()/>
                <Fact label="Books" value=data.books.to_string()/>
                <Fact label="Waiting for help" value=data.requests.to_string()/>
                <Fact label="Suspended" value=data.suspended.to_string()/>
                <Fact label="Being deleted" value=data.leaving.to_string()/>
            </dl>
        </Card>
        <Card title="Health" testid="health">
            <dl class="facts">
                <Fact label="Version" value=data.version/>
                <Fact label="Database" value=format!("{}, {}", data.engine, data.size)/>
                <Fact label="It answered in" value=format!("{} ms", data.answered_in)/>
                <Fact label="New accounts" value={if data.registration_open { "Anybody may sign up" } else { "Nobody may sign up" }}/>
                <Fact label="Links lead to" value=data.base_url/>
            </dl>
        </Card>
        <Card title="Messages" testid="messages">
            {is_late
                .then(|| {
                    view! {
                        <p class="alert alert-over" role="status">
                            {format!("A message has been waiting for {} minutes: the worker of this server sends nothing. Look at its log.", data.late_minutes)}
                        </p>
                    }
                })}
            <dl class="facts">
                <Fact label="Waiting" value=data.waiting.to_string()/>
                <Fact label="Sent today" value=data.sent.to_string()/>
            </dl>
            <FailedList failed=data.failed again/>
        </Card>
        <Jobs jobs=data.jobs/>
    }
    .into_any()
}

#[component]
fn FailedList(failed: Vec<FailedLine>, again: Callback<()>) -> impl IntoView {
    if failed.is_empty() {
        return view! { <EmptyState icon="circle-check" title="Nothing failed" text="Messages that cannot be sent stand here for ninety days."/> }
            .into_any();
    }
    let lines = failed.into_iter().map(|line| view! { <FailedRow line again/> }).collect_view();
    view! { <ul class="list" aria-label="Messages that failed">{lines}</ul> }.into_any()
}

#[component]
fn FailedRow(line: FailedLine, again: Callback<()>) -> impl IntoView {
    let toasts = toasts();
    let on_done = Callback::new(move |()| {
        toasts.ok("It is sent again");
        again.run(());
    });
    let label = format!("Send again: {}, {}", line.kind, line.at);
    view! {
        <li class="list-row" data-testid="failed">
            <span class="list-words">
                <span>
                    {line.kind}
                    {line.user.map(|user| view! { " · " <a href=format!("/admin/users/{user}")>"Whose it is"</a> })}
                </span>
                <span class="small">{line.why}</span>
                <span class="muted small">{line.at} {(line.tries > 0).then(|| format!(" · tried {} times", line.tries))}</span>
            </span>
            {if line.given_up {
                view! { <Badge tone=Tone::Over>"Not sent"</Badge> }.into_any()
            } else {
                view! { <Badge tone=Tone::Near>"Tried again soon"</Badge> }.into_any()
            }}
            <PostButton
                action={ServerAction::<RetryMessage>::new()}
                label
                fields=vec![("id".to_owned(), line.id)]
                kind=ButtonKind::Quiet
                on_done
            >
                "Send again"
            </PostButton>
        </li>
    }
    .into_any()
}

#[component]
fn Jobs(jobs: Vec<JobLine>) -> impl IntoView {
    let lines = jobs
        .into_iter()
        .map(|job| {
            let is_well = job.failed.is_empty();
            view! {
                <li class="list-row">
                    <span class="list-words">
                        <span>{job.name}</span>
                        <span class="muted small">"Last " {job.at}</span>
                        {(!is_well).then(|| view! { <span class="small">{job.failed}</span> })}
                    </span>
                    {if is_well {
                        view! { <Badge tone=Tone::Good>"Went well"</Badge> }.into_any()
                    } else {
                        view! { <Badge tone=Tone::Over>"Failed"</Badge> }.into_any()
                    }}
                </li>
            }
        })
        .collect_view();
    view! {
        <Card title="Jobs" testid="jobs">
            <ul class="list" aria-label="Jobs">{lines}</ul>
        </Card>
    }
    .into_any()
}
