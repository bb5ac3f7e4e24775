//! The month beside those before it, and what is worth a sentence.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::Book;
use ledger::dashboard::{Compared, DaySpending, Difference, compared};
use ledger::insights::{Insight, Lately};
use ledger::period::Period;

use crate::error::AppError;
use crate::layout::me;
use crate::reports::{PaceLine, PacePicture, insight_row};
use crate::ui::{Card, Load, later};

#[component]
pub(super) fn LatelyView(book: Signal<Book>, lately: Resource<Result<Lately, AppError>>) -> impl IntoView {
    let again = Callback::new(move |()| lately.refetch());
    view! {
        <Load from=lately rows=3 children={move |now: Lately| {
            let days: DaySpending = now.days.into_iter().collect();
            later(move || {
                view! {
                    <div class="dashboard-lately">
                        <Comparison book days/>
                        <Insights book insights=now.insights again/>
                    </div>
                }
            })
        }}/>
    }
    .into_any()
}

#[component]
fn Comparison(book: Signal<Book>, days: DaySpending) -> impl IntoView {
    let today = me().today;
    let answers: Memo<Compared> = Memo::new(move |_| book.with(|book| compared(book, &days, today)));
    let is_empty = move || answers.with(|answers| answers.same_days.is_none() && answers.average.is_none());
    let picture = move || {
        let (lines, home) = (answers.with(|answers| lines(answers, today)), book.with(|book| book.home));
        view! { <PacePicture lines home label="Spent up to each day of the month" testid="table-pace"/> }
    };
    view! {
        <Show when=move || !is_empty()>
            <Card title="The month so far" testid="comparison">
                <ul class="compared">
                    {move || answers.get().same_days.map(|difference| line(
                        &difference, "compared-last-month", "by this day last month",
                    ))}
                    {move || answers.get().average.map(|difference| line(
                        &difference, "compared-average", "by this day in an average month of the last three",
                    ))}
                </ul>
                {picture}
                <p class="card-more"><a class="reach" href="/reports">"The whole report"</a></p>
            </Card>
        </Show>
    }
    .into_any()
}

/// This month, the last one, and an average one where there is one.
fn lines(answers: &Compared, today: NaiveDate) -> Vec<PaceLine> {
    let (this, last) = (Period::month_of(today).start, Period::month_before(today).start);
    let line = |name: String, minors: &[i64], start| PaceLine { name, minors: minors.to_vec(), start };
    let month = |day: NaiveDate| day.format("%B").to_string();
    let pace = &answers.pace;
    let mut lines = vec![
        line(month(this), &pace.now, Some(this)),
        line(month(last), &pace.last_month, Some(last)),
        line("Average".to_owned(), &pace.average, None),
    ];
    lines.retain(|line| !line.minors.is_empty());
    lines
}

fn line(difference: &Difference, testid: &'static str, than: &str) -> impl IntoView + use<> {
    let words = difference.words(than, me().format());
    view! {
        <li data-testid=testid data-minor=difference.by().to_string()>
            <a href=difference.shown.url()>{words}</a>
        </li>
    }
}

#[component]
fn Insights(
    book: Signal<Book>,
    insights: Vec<Insight>,
    /// Looks once more what there is to tell.
    again: Callback<()>,
) -> impl IntoView {
    let format = me().format();
    let rows = insights
        .into_iter()
        .map(|insight| {
            let words = book.with_untracked(|book| insight.words(book, format));
            insight_row(&insight, &words, None, again, again)
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
