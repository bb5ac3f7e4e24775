//! The search box and the filters, held in the URL.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use ledger::Book;
use ledger::filter::{CategoryChoice, Filter};
use ledger::list::SearchSuggestion;
use ledger::period::Period;
use ledger::query::Query;
use ledger::records::Kind;

use super::api::suggest_search;
use super::choices;
use crate::layout::today;
use crate::ui::{ButtonLink, Choice, Field, SearchBox, SelectField, Suggestion, later};

/// The filter that a URL holds.
pub fn read_filter(query: &Query) -> Filter {
    Filter::from_query(|name| query.get_str(name))
}

#[component]
pub fn Filters(book: Signal<Book>, filter: Memo<Filter>) -> impl IntoView {
    let suggestions = RwSignal::new(Vec::<Suggestion>::new());
    let latest = StoredValue::new(0_u32);
    let navigate = use_navigate();
    let on_search = Callback::new(move |typed: String| {
        let wanted = Filter { search: typed.clone(), ..filter.get_untracked() };
        navigate(&wanted.url(), NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        latest.update_value(|asked| *asked += 1);
        let asked = latest.get_value();
        leptos::task::spawn_local(async move {
            let words =
                if typed.trim().is_empty() { Vec::new() } else { suggest_search(typed).await.unwrap_or_default() };
            // Answers may overtake each other: only the last question counts.
            if latest.try_get_value() == Some(asked) {
                suggestions.set(words.into_iter().map(suggestion).collect());
            }
        });
    });
    // The search and the periods show by themselves.
    let narrowed = move || Filter { search: String::new(), from: None, to: None, ..filter.get() } != Filter::default();
    later(move || {
        view! {
            <form class="filters" method="get" action="/records" role="search">
                <div class="filters-search">
                    <SearchBox label="Search records" name="q" value=Signal::derive(move || filter.get().search) on_input=on_search suggestions />
                    <button type="submit" class="visually-hidden-unless-focused">"Search"</button>
                </div>
                <Periods filter />
                // Closed even where there are some: on a phone they would hide the list that they are about, and the sum
                // above it says what they are.
                <details class="filters-more">
                    <summary class="chip" data-command="Filter records" aria-current=move || narrowed().then_some("true")>"Filters"</summary>
                    {later(move || view! { <FilterFields book filter /> })}
                </details>
                <Show when=narrowed>
                    <a class="filters-clear reach small" href="/records">"Clear filters"</a>
                </Show>
            </form>
        }
    })
}

fn suggestion(found: SearchSuggestion) -> Suggestion {
    let (value, note) = match found {
        SearchSuggestion::Payee(payee) => (payee, "Payee"),
        SearchSuggestion::Category(_, name) => (name, "Category"),
        SearchSuggestion::Tag(tag) => (tag, "Tag"),
    };
    Suggestion { value, note: note.to_owned() }
}

/// The days around today; `None` for all of them.
type SpanOf = fn(NaiveDate) -> Option<Period>;

/// The periods that are asked for most, one tap each.
#[component]
fn Periods(filter: Memo<Filter>) -> impl IntoView {
    let today = today();
    let spans: [(&str, SpanOf); 4] = [
        ("All time", |_| None),
        ("This month", |today| Some(Period::month_of(today))),
        ("Last month", |today| Some(Period::month_before(today))),
        ("This year", |today| Some(Period::year_of(today))),
    ];
    spans
        .map(|(label, span)| {
            let days = move || span(today.get()).map(|period| (period.start, period.last_day())).unzip();
            let href = move || {
                let (from, to) = days();
                Filter { from, to, ..filter.get() }.url()
            };
            let current = move || filter.with(|filter| (filter.from, filter.to) == days()).then_some("true");
            view! { <a class="chip" href=href aria-current=current>{label}</a> }
        })
        .into_iter()
        .collect_view()
}

#[component]
fn FilterFields(book: Signal<Book>, filter: Memo<Filter>) -> impl IntoView {
    let of = move |name: &'static str| {
        Signal::derive(move || {
            let pairs = filter.get().pairs();
            pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value).unwrap_or_default()
        })
    };
    let kinds = [Choice::new("", "Any kind")]
        .into_iter()
        .chain(Kind::ALL.map(|kind| Choice::new(kind.word(), kind.label())))
        .collect::<Vec<_>>();
    let categories = Signal::derive(move || {
        let all = |kind| book.with(|book| choices::categories_to_find(book, kind));
        let mut choices = vec![Choice::new("", "Any category"), Choice::new("none", "No category")];
        choices.extend([Kind::Expense, Kind::Income].into_iter().flat_map(all));
        choices
    });
    let accounts = Signal::derive(move || {
        let all = book.with(|book| choices::accounts(book, |_| true));
        std::iter::once(Choice::new("", "Any account")).chain(all).collect::<Vec<_>>()
    });
    view! {
        <div class="filters-fields">
            <Field label="From" name="from" kind="date" value=of("from") />
            <Field label="Until" name="to" kind="date" value=of("to") />
            <SelectField label="Show" name="kind" options=kinds value=of("kind") />
            <SelectField label="Filed under" name="category" options=categories value=of("category") />
            <SelectField label="In account" name="account" options=accounts value=of("account") />
            <Field label="With tag" name="tag" value=of("tag") />
            {move || filter.get().without_rate.then(|| view! { <input type="hidden" name="rate" value="none" /> })}
            {move || filter.get().payee.map(|payee| view! { <input type="hidden" name="payee" value=payee /> })}
            <div class="row">
                <button type="submit" class=crate::ui::ButtonKind::Plain.class()>"Apply"</button>
                <ButtonLink href="/records" kind=crate::ui::ButtonKind::Quiet>"Clear"</ButtonLink>
            </div>
        </div>
    }
    .into_any()
}

/// What is filtered, in words: "Expenses · Groceries · from 1 Nov".
pub fn filter_words(filter: &Filter, book: &Book) -> String {
    let day = |day: NaiveDate| day.format("%-d %b %Y").to_string();
    let category = filter.category.map(|category| match category {
        CategoryChoice::Without => "No category".to_owned(),
        CategoryChoice::Is(id) => book.category_name(Some(id)).to_owned(),
        CategoryChoice::Under(id) => format!("{} and all below it", book.category_name(Some(id))),
    });
    let words = [
        filter.kind.map(|kind| kind.label().to_owned()),
        category,
        filter.account.map(|id| book.account_name(id).to_owned()),
        filter.payee.clone(),
        filter.tag.as_ref().map(|tag| format!("#{tag}")),
        filter.without_rate.then(|| "without a rate".to_owned()),
        filter.from.map(|from| format!("from {}", day(from))),
        filter.to.map(|to| format!("until {}", day(to))),
        (!filter.search.is_empty()).then(|| format!("“{}”", filter.search)),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
