//! What it was spent on and earned by, categories below their parents.

use std::collections::BTreeMap;

use leptos::prelude::*;

use ledger::Book;
use ledger::filter::Filter;
use ledger::id::CategoryId;
use ledger::records::Kind;
use ledger::report::{Branch, Report, share, tree};

use super::pictures::share_bar;
use super::sums::amount;
use crate::layout::me;
use crate::ui::{Card, TableFrame};

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
                let then: BTreeMap<Option<CategoryId>, i64> = match &report.other {
                    Some(other) => {
                        tree(&other.categories, kind, book).iter().map(|branch| (branch.category, branch.own)).collect()
                    }
                    None => BTreeMap::new(),
                };
                let whole = report.whole(kind, book);
                let share = |branch: &Branch| share(branch.whole, whole);
                tree(&report.lines_with_other(), kind, book)
                    .iter()
                    .map(|branch| {
                        row(report, book, kind, (*branch, share(branch)), then.get(&branch.category).copied())
                    })
                    .collect_view()
            })
        })
    };
    let is_empty = report.with_value(|report| report.lines_with_other().iter().all(|line| line.kind != kind));
    let beside = report.with_value(|report| report.other.as_ref().map(|other| other.choice.words()));
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

/// The amount is that of the category's own records; what stands below it is told beside its name, and its share in
/// whole percent is that of all of it. `then` is the same of the other period.
fn row(
    report: &Report,
    book: &Book,
    kind: Kind,
    (branch, share): (Branch, i64),
    then: Option<i64>,
) -> impl IntoView + use<> {
    let name = book.category_name(branch.category).to_owned();
    let whole = branch.category.filter(|_| branch.whole != branch.own).map(|category| {
        let words = format!("{} with all below it", me().format().money(report.money(branch.whole)));
        view! { <a class="small" href=report.of_kind(kind).under_category(category).url()>{words}</a> }
    });
    let class = format!("tree-name tree-{}", branch.depth.min(3));
    let behind = report.of_kind(kind).in_category(branch.category);
    let beside = report.other.as_ref().map(|other| {
        let then = then.unwrap_or_default();
        let behind = Filter::of_kind(kind, other.choice.period).in_category(branch.category);
        view! {
            {amount(report, then, behind, format!("{name}, {}", other.choice.words()))}
            <td class="num">{change(report, branch.own.saturating_sub(then))}</td>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <span class=class>{name.clone()}</span>
                {whole}
                {share_bar(share)}
            </th>
            <td class="num">{share} " %"</td>
            {amount(report, branch.own, behind, name)}
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
