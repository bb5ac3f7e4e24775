//! What it was spent on, one level of the tree of categories at a time. The level is held in the URL.

use leptos::html;
use leptos::prelude::*;

use ledger::filter::Filter;
use ledger::id::CategoryId;
use ledger::period::Period;
use ledger::records::Kind;
use ledger::report::{CategoryLine, Slice, level, path};
use ledger::{Book, Money, NumberFormat};

use crate::layout::me;
use crate::ui::{Card, Chart, ChartData, ChartKind, ChartLabel, ChartValue, Icon, Series, SeriesTone, query_here};

/// A slice, its name and its row of the table open what stands below it; those without sub-categories lead to their
/// records.
#[component]
pub fn CategoryDoughnut(
    book: Signal<Book>,
    /// Sums by category, of expenses those that count.
    lines: Signal<Vec<CategoryLine>>,
    period: Period,
    #[prop(into)] title: String,
    /// The query of the page that holds the level too: empty, or such as `span=month&at=2026-11-01`.
    #[prop(into)]
    query: String,
    /// Said when nothing was spent.
    nothing: &'static str,
) -> impl IntoView {
    let (format, asked) = (me().format(), query_here());
    let inside = Memo::new(move |_| asked.read().get_str("inside").and_then(|id| id.parse::<CategoryId>().ok()));
    let place = NodeRef::<html::Div>::new();
    // Who opened a level by its row goes on from here: the row is gone.
    Effect::new(move |before: Option<Option<CategoryId>>| {
        let now = inside.get();
        if before.is_some_and(|before| before != now)
            && let Some(place) = place.get_untracked()
        {
            let _ = place.focus();
        }
        now
    });
    let query = StoredValue::new(query);
    let data = Signal::derive(move || {
        book.with(|book| {
            lines.with(|lines| {
                let slices = level(lines, Kind::Expense, book, inside.get());
                query.with_value(|query| data(&slices, book, inside.get(), period, query, format))
            })
        })
    });
    let is_empty = move || lines.with(|lines| lines.iter().all(|line| line.kind != Kind::Expense));
    let above = move || {
        let inside = inside.get()?;
        let (name, back) = book.with(|book| {
            let path = path(book, Some(inside));
            let above = path.iter().rev().nth(1).copied();
            let back = above.map_or_else(|| "all categories".to_owned(), |id| book.category_name(Some(id)).to_owned());
            (book.category_name(Some(inside)).to_owned(), (above, back))
        });
        let href = query.with_value(|query| way(query, back.0));
        let all = Filter::of_kind(Kind::Expense, period).under_category(inside).url();
        Some(view! {
            <p class="level-head">
                <a class="chip" href=href data-noscroll=""><Icon name="chevron-left"/> {format!("Back to {}", back.1)}</a>
                <strong>{name.clone()}</strong>
                <a class="small" href=all aria-label=format!("All records of {name} and below it")>"All its records"</a>
            </p>
        })
    };
    view! {
        <Card title=title.clone()>
            {move || is_empty().then(|| view! { <p class="muted">{nothing}</p> })}
            <div class="level" tabindex="-1" node_ref=place>
                {above}
                <Chart id="chart-by-category" table_id="table-by-category" label=title data/>
            </div>
        </Card>
    }
    .into_any()
}

/// The address of a level, on the page that is shown.
fn way(query: &str, inside: Option<CategoryId>) -> String {
    let level = inside.map(|id| format!("inside={id}")).unwrap_or_default();
    let joint = if query.is_empty() || level.is_empty() { "" } else { "&" };
    format!("?{query}{joint}{level}")
}

fn data(
    slices: &[Slice],
    book: &Book,
    inside: Option<CategoryId>,
    period: Period,
    query: &str,
    format: NumberFormat,
) -> ChartData {
    let label = |slice: &Slice| {
        let name = book.category_name(slice.category);
        let is_own = inside.is_some() && slice.category == inside;
        let text = if is_own { format!("{name} itself") } else { name.to_owned() };
        let colour = slice.category.and_then(|id| book.categories.get(&id)).map(|category| category.colour);
        ChartLabel { short: text.clone(), text, colour }
    };
    let value = |slice: &Slice| ChartValue {
        money: Money::new(slice.minor, book.home),
        href: if slice.opens {
            way(query, slice.category)
        } else {
            Filter::of_kind(Kind::Expense, period).in_category(slice.category).url()
        },
    };
    ChartData {
        kind: ChartKind::Doughnut,
        heading: "Category".to_owned(),
        labels: slices.iter().map(label).collect(),
        series: vec![Series {
            name: "Spent".to_owned(),
            tone: SeriesTone::Spending,
            values: slices.iter().map(value).collect(),
        }],
        line: None,
        format,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_keeps_the_period_of_the_page() {
        let id = CategoryId::NIL;
        assert_eq!(way("", None), "?");
        assert_eq!(way("", Some(id)), format!("?inside={id}"));
        assert_eq!(way("span=year&at=2026-01-01", Some(id)), format!("?span=year&at=2026-01-01&inside={id}"));
        assert_eq!(way("span=year&at=2026-01-01", None), "?span=year&at=2026-01-01");
    }
}
