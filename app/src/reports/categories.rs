//! What it was spent on and earned by, categories below their parents.

use leptos::prelude::*;

use ledger::Book;
use ledger::records::Kind;
use ledger::report::{Branch, Report, tree};

use super::pictures::share_bar;
use super::sums::amount;
use crate::layout::me;
use crate::ui::{Card, TableFrame};

#[component]
pub(super) fn Categories(book: Signal<Book>, report: StoredValue<Report>) -> impl IntoView {
    view! {
        <div class="report-pair">
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
                tree(&report.categories, kind, book)
                    .iter()
                    .map(|branch| row(report, book, kind, *branch))
                    .collect_view()
            })
        })
    };
    let is_empty = report.with_value(|report| report.categories.iter().all(|line| line.kind != kind));
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

/// The amount is that of the category's own records; what stands below it is told beside its name.
fn row(report: &Report, book: &Book, kind: Kind, branch: Branch) -> impl IntoView + use<> {
    let name = book.category_name(branch.category).to_owned();
    let share = report.share(kind, branch.whole);
    let whole = (branch.whole != branch.own).then(|| me().format().money(report.money(branch.whole)));
    let class = format!("tree-name tree-{}", branch.depth.min(3));
    let behind = report.of_kind(kind).in_category(branch.category);
    view! {
        <tr>
            <th scope="row">
                <span class=class>{name.clone()}</span>
                {whole.map(|whole| view! { <span class="muted small">{format!("{whole} with all below it")}</span> })}
                {share_bar(share)}
            </th>
            <td class="num">{share} " %"</td>
            {amount(report, branch.own, behind, name)}
        </tr>
    }
}
