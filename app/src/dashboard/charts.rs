//! The three charts and their tables, and the month as a calendar.

use chrono::{Datelike, NaiveDate};
use leptos::prelude::*;

use ledger::dashboard::{Dashboard, Figure};
use ledger::id::CategoryId;
use ledger::records::Kind;
use ledger::report::CategoryLine;
use ledger::{Book, NumberFormat};

use crate::book::BookState;
use crate::layout::me;
use crate::reports::{CategoryDoughnut, HeatCalendar};
use crate::ui::{Card, Chart, ChartData, ChartKind, ChartLabel, ChartValue, Series, SeriesTone, later};

#[component]
pub(super) fn Charts(book: Signal<Book>, answers: Memo<Dashboard>) -> impl IntoView {
    let (format, week_start) = (me().format(), BookState::here().week_start());
    let lines = Signal::derive(move || answers.with(lines));
    let by_month = move || answers.with(|answers| by_month(answers, format));
    let by_day = move || answers.with(|answers| by_day(answers, format));
    let period = answers.with_untracked(|answers| answers.month);
    let month = period.start.format("%B");
    let (categories, days) = (format!("Spending by category in {month}"), format!("Spending by day in {month}"));
    let calendar = move || {
        let (home, days) = (book.with(|book| book.home), answers.with(spent_by_day));
        view! { <HeatCalendar days home week_start testid="dashboard-heat"/> }
    };
    view! {
        <div class="dashboard-charts">
            <CategoryDoughnut book lines period title=categories query="" nothing="Nothing is spent yet this month."/>
            {later(move || view! {
                <Card title="Income and spending by month">
                    <Chart
                        id="chart-by-month"
                        table_id="table-by-month"
                        label="Income and spending by month"
                        data=Signal::derive(by_month)
                    />
                </Card>
            })}
            {later(move || view! {
                <Card title=days.clone()>
                    <Chart id="chart-by-day" table_id="table-by-day" label=days data=Signal::derive(by_day)/>
                </Card>
            })}
            {calendar}
        </div>
    }
    .into_any()
}

fn lines(answers: &Dashboard) -> Vec<CategoryLine> {
    let line = |(category, figure): &(Option<CategoryId>, Figure)| CategoryLine {
        kind: Kind::Expense,
        category: *category,
        minor: figure.money.minor,
        count: 0,
    };
    answers.by_category.iter().map(line).collect()
}

fn spent_by_day(answers: &Dashboard) -> Vec<(NaiveDate, i64)> {
    answers.by_day.iter().map(|(day, figure)| (*day, figure.money.minor)).collect()
}

/// Figures of one kind, each with the way to the records behind it.
fn series<'a>(name: &str, tone: SeriesTone, figures: impl Iterator<Item = &'a Figure>) -> Series {
    let values = figures.map(|figure| ChartValue { money: figure.money, href: figure.behind.url() }).collect();
    Series { name: name.to_owned(), tone, values }
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
