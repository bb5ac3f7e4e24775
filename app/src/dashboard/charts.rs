//! The three charts and their tables.

use chrono::Datelike;
use leptos::prelude::*;

use ledger::dashboard::{Dashboard, Figure};
use ledger::filter::Filter;
use ledger::{Book, Money, NumberFormat};

use crate::layout::me;
use crate::ui::{Card, Chart, ChartData, ChartKind, ChartLabel, ChartValue, Series, SeriesTone};

#[component]
pub(super) fn Charts(book: Signal<Book>, answers: Memo<Dashboard>) -> impl IntoView {
    let format = me().format();
    let by_category = move || book.with(|book| answers.with(|answers| by_category(answers, book, format)));
    let by_month = move || answers.with(|answers| by_month(answers, format));
    let by_day = move || answers.with(|answers| by_day(answers, format));
    let month = answers.with_untracked(|answers| answers.month.start.format("%B").to_string());
    let (categories, days) = (format!("Spending by category in {month}"), format!("Spending by day in {month}"));
    view! {
        <div class="dashboard-charts">
            <Card title=categories.clone()>
                {move || answers.with(|answers| answers.by_category.is_empty()).then(|| view! {
                    <p class="muted">"Nothing is spent yet this month."</p>
                })}
                <Chart id="chart-by-category" table_id="table-by-category" label=categories data=Signal::derive(by_category)/>
            </Card>
            <Card title="Income and spending by month">
                <Chart
                    id="chart-by-month"
                    table_id="table-by-month"
                    label="Income and spending by month"
                    data=Signal::derive(by_month)
                />
            </Card>
            <Card title=days.clone()>
                <Chart id="chart-by-day" table_id="table-by-day" label=days data=Signal::derive(by_day)/>
            </Card>
        </div>
    }
    .into_any()
}

fn series(name: &str, tone: SeriesTone, amounts: impl Iterator<Item = Money>, format: NumberFormat) -> Series {
    let mut scale = 1;
    let values = amounts
        .map(|money| {
            scale = 10_u32.pow(money.currency.exponent());
            ChartValue { minor: money.minor, text: format.money(money) }
        })
        .collect();
    Series { name: name.to_owned(), tone, values, scale }
}

fn label(text: String, short: String, behind: &Filter) -> ChartLabel {
    ChartLabel { text, short, href: Some(behind.url()) }
}

fn by_category(answers: &Dashboard, book: &Book, format: NumberFormat) -> ChartData {
    let labels = answers.by_category.iter().map(|(category, figure)| {
        let name = book.category_name(*category).to_owned();
        label(name.clone(), name, &figure.behind)
    });
    ChartData {
        kind: ChartKind::Doughnut,
        heading: "Category".to_owned(),
        labels: labels.collect(),
        series: vec![series(
            "Spent",
            SeriesTone::Spending,
            answers.by_category.iter().map(|(_, figure)| figure.money),
            format,
        )],
    }
}

fn by_month(answers: &Dashboard, format: NumberFormat) -> ChartData {
    let labels = answers.by_month.iter().map(|figures| {
        let first = figures.month.start;
        let both = Filter { kind: None, ..figures.expenses.behind.clone() };
        label(first.format("%B %Y").to_string(), first.format("%b").to_string(), &both)
    });
    let sums = |of: fn(&ledger::dashboard::MonthFigures) -> &Figure| {
        answers.by_month.iter().map(move |figures| of(figures).money)
    };
    ChartData {
        kind: ChartKind::Bars,
        heading: "Month".to_owned(),
        labels: labels.collect(),
        series: vec![
            series("Income", SeriesTone::Income, sums(|figures| &figures.income), format),
            series("Spent", SeriesTone::Spending, sums(|figures| &figures.expenses), format),
        ],
    }
}

fn by_day(answers: &Dashboard, format: NumberFormat) -> ChartData {
    let labels = answers
        .by_day
        .iter()
        .map(|(day, figure)| label(day.format("%-d %B").to_string(), day.day().to_string(), &figure.behind));
    ChartData {
        kind: ChartKind::Bars,
        heading: "Day".to_owned(),
        labels: labels.collect(),
        series: vec![series(
            "Spent",
            SeriesTone::Spending,
            answers.by_day.iter().map(|(_, figure)| figure.money),
            format,
        )],
    }
}
