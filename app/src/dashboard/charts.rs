//! The three charts and their tables.

use chrono::Datelike;
use leptos::prelude::*;

use ledger::dashboard::{Dashboard, Figure};
use ledger::{Book, NumberFormat};

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

/// Figures of one kind, each with the way to the records behind it.
fn series<'a>(name: &str, tone: SeriesTone, figures: impl Iterator<Item = &'a Figure>) -> Series {
    let values = figures.map(|figure| ChartValue { money: figure.money, href: figure.behind.url() }).collect();
    Series { name: name.to_owned(), tone, values }
}

fn by_category(answers: &Dashboard, book: &Book, format: NumberFormat) -> ChartData {
    let labels = answers.by_category.iter().map(|(id, _)| {
        let name = book.category_name(*id).to_owned();
        let colour = id.and_then(|id| book.categories.get(&id)).map(|category| category.colour);
        ChartLabel { text: name.clone(), short: name, colour }
    });
    ChartData {
        kind: ChartKind::Doughnut,
        heading: "Category".to_owned(),
        labels: labels.collect(),
        series: vec![series("Spent", SeriesTone::Spending, answers.by_category.iter().map(|(_, figure)| figure))],
        line: None,
        format,
    }
}

fn by_month(answers: &Dashboard, format: NumberFormat) -> ChartData {
    let labels = answers.by_month.iter().map(|figures| {
        let first = figures.month.start;
        ChartLabel { text: first.format("%B %Y").to_string(), short: first.format("%b").to_string(), colour: None }
    });
    let net: Vec<Figure> = answers.by_month.iter().map(ledger::dashboard::MonthFigures::net).collect();
    ChartData {
        kind: ChartKind::Bars,
        heading: "Month".to_owned(),
        labels: labels.collect(),
        series: vec![
            series("Income", SeriesTone::Income, answers.by_month.iter().map(|figures| &figures.income)),
            series("Spent", SeriesTone::Spending, answers.by_month.iter().map(|figures| &figures.expenses)),
        ],
        line: Some(series("Net", SeriesTone::Net, net.iter())),
        format,
    }
}

fn by_day(answers: &Dashboard, format: NumberFormat) -> ChartData {
    let labels = answers.by_day.iter().map(|(day, _)| ChartLabel {
        text: day.format("%-d %B").to_string(),
        short: day.day().to_string(),
        colour: None,
    });
    ChartData {
        kind: ChartKind::Bars,
        heading: "Day".to_owned(),
        labels: labels.collect(),
        series: vec![series("Spent", SeriesTone::Spending, answers.by_day.iter().map(|(_, figure)| figure))],
        line: None,
        format,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::Currency;
    use ledger::dashboard::dashboard;

    #[test]
    fn each_bar_of_a_month_leads_to_what_it_counts() {
        let book = Book::new(Currency::INR, chrono::Weekday::Mon);
        let answers = dashboard(&book, "2027-02-10".parse().expect("a day"));
        let data = by_month(&answers, NumberFormat::of("en-IN"));
        let last: Vec<&str> =
            data.series.iter().filter_map(|series| Some(series.values.last()?.href.as_str())).collect();
        assert_eq!(
            last,
            [
                "/records?from=2027-02-01&to=2027-02-28&kind=income",
                "/records?from=2027-02-01&to=2027-02-28&kind=expense"
            ]
        );
        let net = data.line.as_ref().and_then(|line| line.values.last());
        assert_eq!(net.map(|value| value.href.as_str()), Some("/records?from=2027-02-01&to=2027-02-28"));
    }
}
