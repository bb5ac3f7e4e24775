//! Where the month's money went, in short: payees, accounts, tags, and the largest expenses. It comes once the page is
//! interactive, so that the figures never wait for the records.

use chrono::NaiveDate;
use leptos::prelude::*;

use ledger::Book;
use ledger::filter::Filter;
use ledger::records::{Kind, Record};
use ledger::report::{Closer, Report, share};

use crate::error::AppError;
use crate::layout::me;
use crate::records::{category_words, day_view};
use crate::reports::share_bar;
use crate::ui::{Card, Load, Skeleton};

/// How many lines each list has.
const SHOWN: usize = 5;

/// A line of a list: its words, the day and what else stands below them, how much, and where it leads.
struct Line {
    name: String,
    day: Option<NaiveDate>,
    below: String,
    minor: i64,
    href: String,
}

#[component]
pub(super) fn WhereItWent(book: Signal<Book>, report: Resource<Result<Option<Report>, AppError>>) -> impl IntoView {
    view! {
        <div class="whither">
            <Card title="Payees, accounts, tags and the largest expenses" testid="where-it-went">
                <div class="whither-place">
                    <Load from=report rows=6 children={move |report: Option<Report>| match report {
                        None => view! { <Skeleton rows=6/> }.into_any(),
                        Some(report) => lists(book, &report),
                    }}/>
                </div>
                <p class="card-more"><a class="reach" href="?span=month">"All of them, and the rest of the month"</a></p>
            </Card>
        </div>
    }
    .into_any()
}

fn lists(book: Signal<Book>, report: &Report) -> AnyView {
    if report.flows.expenses == 0 {
        return view! { <p class="muted">"Nothing is spent yet this month."</p> }.into_any();
    }
    let closer = report.closer.as_ref();
    let whole = book.with(|book| report.whole(Kind::Expense, book));
    let (payees, tags, largest) = closer.map(|closer| of_closer(book, report, closer)).unwrap_or_default();
    view! {
        <div class="whither-lists">
            {list(report, "By payee", "where-by-payee", payees, whole)}
            {list(report, "Largest expenses", "where-largest", largest, whole)}
            {list(report, "By account", "where-by-account", accounts(book, report), whole)}
            {list(report, "By tag", "where-by-tag", tags, whole)}
        </div>
    }
    .into_any()
}

fn of_closer(book: Signal<Book>, report: &Report, closer: &Closer) -> (Vec<Line>, Vec<Line>, Vec<Line>) {
    let times = |count: i64| if count == 1 { "1 record".to_owned() } else { format!("{count} records") };
    let spent = || report.of_kind(Kind::Expense);
    let line = |name: &str, count: i64, minor: i64, behind: Filter| Line {
        name: name.to_owned(),
        day: None,
        below: times(count),
        minor,
        href: behind.url(),
    };
    let payee = |of: &ledger::report::NameLine| line(&of.name, of.count, of.minor, spent().paid_to(&of.name));
    let tag = |of: &ledger::report::NameLine| {
        line(&of.name, of.count, of.minor, Filter { tag: Some(of.name.clone()), ..spent() })
    };
    (
        closer.payees.iter().take(SHOWN).map(payee).collect(),
        closer.tags.iter().take(SHOWN).map(tag).collect(),
        closer.largest.iter().take(SHOWN).map(|record| expense(book, record)).collect(),
    )
}

fn expense(book: Signal<Book>, record: &Record) -> Line {
    let category = book.with(|book| category_words(record, book));
    let (name, below) = match record.payee.as_str() {
        "" => (category, String::new()),
        payee => (payee.to_owned(), format!(" · {category}")),
    };
    Line { name, day: Some(record.day), below, minor: record.home, href: format!("/records/{}/edit", record.id) }
}

/// The most spent first.
fn accounts(book: Signal<Book>, report: &Report) -> Vec<Line> {
    let mut lines: Vec<Line> = report
        .accounts
        .iter()
        .filter(|line| line.flows.expenses > 0)
        .map(|line| Line {
            name: book.with(|book| book.account_name(line.account).to_owned()),
            day: None,
            below: String::new(),
            minor: line.flows.expenses,
            href: Filter { account: Some(line.account), ..report.of_kind(Kind::Expense) }.url(),
        })
        .collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.minor));
    lines.truncate(SHOWN);
    lines
}

/// Nothing at all where there is no line. `whole` is what their shares are in.
fn list(
    report: &Report,
    title: &'static str,
    testid: &'static str,
    lines: Vec<Line>,
    whole: i64,
) -> impl IntoView + use<> {
    let rows: Vec<_> = lines.into_iter().map(|line| row(report, line, whole)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section data-testid=testid>
                <h3 class="whither-title">{title}</h3>
                <ul class="whither-list">{rows}</ul>
            </section>
        }
    })
}

fn row(report: &Report, line: Line, whole: i64) -> impl IntoView + use<> {
    let text = me().format().money(report.money(line.minor));
    let words = format!("{}: {text}", line.name);
    let day = line.day.map(|day| day_view(day, me().today));
    view! {
        <li data-minor=line.minor.to_string()>
            <span class="whither-name">{line.name.clone()}</span>
            <a class="num" href=line.href aria-label=words>{text}</a>
            <span class="muted small">{day} {line.below}</span>
            {share_bar(share(line.minor, whole))}
        </li>
    }
}
