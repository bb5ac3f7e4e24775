//! The month beside those before it, and what is worth a sentence.

use leptos::prelude::*;

use ledger::Book;
use ledger::dashboard::{Compared, DaySpending, Difference, compared};
use ledger::insights::{Insight, Lately};

use super::api::DismissInsight;
use crate::error::AppError;
use crate::layout::me;
use crate::ui::{ButtonKind, Card, Icon, Load, PostButton};

#[component]
pub(super) fn LatelyView(book: Signal<Book>, lately: Resource<Result<Lately, AppError>>) -> impl IntoView {
    view! {
        <Load from=lately rows=3 children={move |now: Lately| {
            let days: DaySpending = now.days.into_iter().collect();
            view! {
                <div class="dashboard-lately">
                    <Comparison book days/>
                    <Insights book insights=now.insights lately/>
                </div>
            }
        }}/>
    }
    .into_any()
}

#[component]
fn Comparison(book: Signal<Book>, days: DaySpending) -> impl IntoView {
    let today = me().today;
    let answers: Memo<Compared> = Memo::new(move |_| book.with(|book| compared(book, &days, today)));
    let is_empty = move || {
        answers
            .with(|answers| answers.savings_rate.is_none() && answers.same_days.is_none() && answers.average.is_none())
    };
    view! {
        <Show when=move || !is_empty()>
            <Card title="Beside other months" testid="comparison">
                <ul class="compared">
                    {move || answers.get().savings_rate.map(|rate| view! {
                        <li data-testid="savings-rate" data-percent=rate.to_string()>
                            <strong class="num">{format!("{} %", if rate < 0 { rate.saturating_neg().saturating_add(100) } else { rate })}</strong>
                            {if rate < 0 { " of this month’s income is spent" } else { " of this month’s income is not spent" }}
                        </li>
                    })}
                    {move || answers.get().same_days.map(|difference| line(
                        &difference, "compared-last-month", "by this day last month",
                    ))}
                    {move || answers.get().average.map(|difference| line(
                        &difference, "compared-average", "an average month of the last three",
                    ))}
                </ul>
                <p class="card-more"><a href="/reports">"The whole report"</a></p>
            </Card>
        </Show>
    }
    .into_any()
}

fn line(difference: &Difference, testid: &'static str, than: &str) -> impl IntoView + use<> {
    let words = difference.words(than, me().format());
    let by = difference.now.minor.saturating_sub(difference.then.minor);
    view! {
        <li data-testid=testid data-minor=by.to_string()>
            <a href=difference.behind.url()>{words}</a>
        </li>
    }
}

#[component]
fn Insights(book: Signal<Book>, insights: Vec<Insight>, lately: Resource<Result<Lately, AppError>>) -> impl IntoView {
    let format = me().format();
    let rows = insights
        .into_iter()
        .map(|insight| {
            let (key, href) = (insight.key(), insight.behind.url());
            let words = book.with_untracked(|book| insight.words(book, format));
            view! {
                <li class="insight" data-testid="insight">
                    <Icon name="sparkles"/>
                    <p>
                        {words.clone()} " "
                        <a href=href aria-label=format!("See the records: {words}")>"See the records"</a>
                    </p>
                    <PostButton
                        action={ServerAction::<DismissInsight>::new()}
                        label=format!("Dismiss: {words}")
                        fields=vec![("key".to_owned(), key)]
                        kind=ButtonKind::Quiet
                        icon="x"
                        next="/dashboard"
                        on_done=Callback::new(move |()| lately.refetch())
                    />
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty())
        .then(|| {
            view! {
                <Card title="Worth a look">
                    <ul class="insights">{rows}</ul>
                </Card>
            }
        })
        .into_any()
}
