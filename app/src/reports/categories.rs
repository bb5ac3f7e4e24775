//! What it was spent on and earned by, categories below their parents.

use std::collections::BTreeMap;

use leptos::prelude::*;

use ledger::Book;
use ledger::filter::Filter;
use ledger::id::CategoryId;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::report::{Branch, Other, Report, Side, share, tree};

use super::pictures::share_bar;
use super::sums::amount;
use crate::layout::me;
use crate::ui::{Card, TableFrame, number_cell};

#[component]
pub(super) fn Categories(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    // Beside another period the tables need the whole width.
    let is_wide = report.with_value(|report| report.other.is_some()).then_some("true");
    view! {
        <div class="report-pair" data-wide=is_wide>
            <OfKind book report kind=Kind::Expense title="Spending by category" testid="report-by-category"/>
            <OfKind book report kind=Kind::Income title="Income by category" testid="report-by-income"/>
        </div>
    }
    .into_any()
}

#[component]
fn OfKind(
    book: Signal<Book>,
    report: StoredValue<Report>,
    kind: Kind,
    title: &'static str,
    testid: &'static str,
) -> impl IntoView {
    let rows = move || {
        report.with_value(|report| {
            book.with(|book| {
                let beside = report.sides().map(|sides| Beside::of(&sides, kind, book));
                let whole = report.whole(kind, book);
                tree(&report.lines_with_other(), kind, book)
                    .iter()
                    .map(|branch| row(report, book, kind, (*branch, share(branch.whole, whole)), beside.as_ref()))
                    .collect_view()
            })
        })
    };
    let is_empty = report.with_value(|report| report.lines_with_other().iter().all(|line| line.kind != kind));
    let beside = report.with_value(|report| report.other.as_ref().map(Other::words));
    let heads = beside.map(|words| {
        view! {
            <th scope="col" class="num">{words}</th>
            <th scope="col" class="num">"Change"</th>
        }
    });
    let nothing = if kind == Kind::Income { "Nothing came in." } else { "Nothing was spent." };
    view! {
        <Card title=title testid=testid>
            {if is_empty {
                view! { <p class="muted">{nothing}</p> }.into_any()
            } else {
                view! {
                    <TableFrame label=title>
                        <thead>
                            <tr>
                                <th scope="col">"Category"</th>
                                <th scope="col" class="num">"Share"</th>
                                <th scope="col" class="num">"Amount"</th>
                                {heads}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </TableFrame>
                }
                .into_any()
            }}
        </Card>
    }
    .into_any()
}

/// What each category has of its own in the days that are laid beside each other.
struct Beside {
    now: BTreeMap<Option<CategoryId>, i64>,
    then: BTreeMap<Option<CategoryId>, i64>,
    /// The days of `then`.
    days: Period,
}

impl Beside {
    fn of([now, then]: &[Side; 2], kind: Kind, book: &Book) -> Self {
        let own = |side: &Side| tree(&side.categories, kind, book).iter().map(|one| (one.category, one.own)).collect();
        Self { now: own(now), then: own(then), days: then.days }
    }
}

/// The amount is that of the category's own records; what stands below it is told beside its name, and its share in
/// whole percent is that of all of it.
fn row(
    report: &Report,
    book: &Book,
    kind: Kind,
    (branch, share): (Branch, i64),
    beside: Option<&Beside>,
) -> impl IntoView + use<> {
    let name = book.category_name(branch.category).to_owned();
    let whole = branch.category.filter(|_| branch.whole != branch.own).map(|category| {
        let words = format!("{} with all below it", me().format().money(report.money(branch.whole)));
        view! { <a class="small" href=report.of_kind(kind).under_category(category).url()>{words}</a> }
    });
    let class = format!("tree-name tree-{}", branch.depth.min(3));
    let behind = report.of_kind(kind).in_category(branch.category);
    let beside = beside.zip(report.other.as_ref()).map(|(beside, other)| {
        let of = |side: &BTreeMap<Option<CategoryId>, i64>| side.get(&branch.category).copied().unwrap_or_default();
        let then = of(&beside.then);
        let behind = Filter::of_kind(kind, beside.days).in_category(branch.category);
        view! {
            {amount(report, &other.words(), then, &behind, &format!("{name}, {}", other.words()))}
            {number_cell("Change", change(report, of(&beside.now).saturating_sub(then)))}
        }
    });
    view! {
        <tr>
            <th scope="row">
                <span class=class>{name.clone()}</span>
                {whole}
                {share_bar(share)}
            </th>
            {number_cell("Share", format!("{share} %"))}
            {amount(report, "Amount", branch.own, &behind, &name)}
            {beside}
        </tr>
    }
}

/// With its sign: "+₹1,240.00", "−₹300.00", or a dash where nothing changed.
fn change(report: &Report, by: i64) -> String {
    let amount = me().format().money(report.money(by.saturating_abs()));
    match by {
        0 => "–".to_owned(),
        1.. => format!("+{amount}"),
        _ => format!("−{amount}"),
    }
}
