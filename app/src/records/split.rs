//! An amount split over categories, part by part, until nothing is left of it.

use leptos::prelude::*;

use ledger::categories::Category;
use ledger::record_form::{PartForm, left_over, part_field};
use ledger::records::{Kind, PARTS_MAX};
use ledger::{Book, Currency, Money, NumberFormat};

use super::choices;
use super::exchange::Chosen;
use crate::layout::me;
use crate::ui::{Button, ButtonKind, Choice, Field, FormState, MoneyField, SelectField};

/// Lines that are there from the start: a form without a script cannot add any.
const LINES: usize = 3;

/// One line as typed.
#[derive(Clone, Copy)]
struct Line {
    category: RwSignal<String>,
    amount: RwSignal<String>,
    note: RwSignal<String>,
}

impl Line {
    /// What was posted and refused wins over what the form started with.
    fn new(place: usize, part: &PartForm, state: Option<FormState>) -> Self {
        let signal = |name, text: &String| {
            let posted = state.and_then(|state| state.posted(&part_field(place, name)));
            RwSignal::new(posted.unwrap_or_else(|| text.clone()))
        };
        Self {
            category: signal("category", &part.category),
            amount: signal("amount", &part.amount),
            note: signal("note", &part.note),
        }
    }

    fn take(self, other: Self) {
        self.category.set(other.category.get_untracked());
        self.amount.set(other.amount.get_untracked());
        self.note.set(other.note.get_untracked());
    }

    fn clear(self) {
        for text in [self.category, self.amount, self.note] {
            text.set(String::new());
        }
    }

    fn is_used(self) -> bool {
        [self.category, self.amount, self.note].into_iter().any(|text| text.with(|text| !text.trim().is_empty()))
    }
}

/// The lines, of which the first `shown` stand on the page.
#[derive(Clone, Copy)]
struct Split {
    chosen: Chosen,
    amount: RwSignal<String>,
    format: NumberFormat,
    lines: StoredValue<Vec<Line>>,
    shown: RwSignal<usize>,
}

impl Split {
    fn line(self, place: usize) -> Option<Line> {
        self.lines.with_value(|lines| lines.get(place).copied())
    }

    fn all(self) -> Vec<Line> {
        let shown = self.shown.get();
        self.lines.with_value(|lines| lines.iter().take(shown).copied().collect())
    }

    fn money(self, text: &str) -> Option<i64> {
        Money::parse(text, self.chosen.currency(), self.format).ok().map(|money| money.minor)
    }

    /// What the lines make, `but` for one of them.
    fn made(self, but: Option<usize>) -> i64 {
        let lines = self.all().into_iter().enumerate().filter(|(place, _)| Some(*place) != but);
        ledger::money::sum(lines.filter_map(|(_, line)| self.money(&line.amount.get())))
    }

    fn plain(self, minor: i64) -> String {
        self.format.plain(Money::new(minor, self.chosen.currency()))
    }

    fn evenly(self) {
        let Some(minor) = self.money(&self.amount.get_untracked()) else { return };
        let named: Vec<Line> =
            self.all().into_iter().filter(|line| line.category.with_untracked(|id| !id.is_empty())).collect();
        let lines = if named.len() < 2 { self.all() } else { named };
        let shares = Money::new(minor, self.chosen.currency()).split(&vec![1; lines.len()]);
        for (line, share) in lines.into_iter().zip(shares) {
            line.amount.set(self.plain(share.minor));
        }
    }

    /// Gives a line all that the others leave.
    fn rest_to(self, place: usize) {
        let (Some(minor), Some(line)) = (self.money(&self.amount.get_untracked()), self.line(place)) else { return };
        let rest = minor.saturating_sub(self.made(Some(place)));
        if rest > 0 {
            line.amount.set(self.plain(rest));
        }
    }

    fn add(self) {
        let shown = self.shown.get_untracked();
        if shown < PARTS_MAX {
            if self.line(shown).is_none() {
                self.lines.update_value(|lines| lines.push(Line::new(shown, &PartForm::default(), None)));
            }
            self.shown.set(shown + 1);
        }
    }

    /// Lines move up, so that their names stay in a row.
    fn remove(self, place: usize) {
        let lines = self.all();
        for pair in lines.windows(2).skip(place) {
            pair[0].take(pair[1]);
        }
        if let Some(last) = lines.last() {
            last.clear();
        }
        self.shown.set(lines.len().saturating_sub(1).max(2));
    }
}

#[component]
pub(super) fn SplitFields(
    chosen: Chosen,
    /// The amount of the record, as typed.
    amount: RwSignal<String>,
    parts: Vec<PartForm>,
    /// Categories that are offered even though they are archived.
    kept: RwSignal<Vec<String>>,
) -> impl IntoView {
    let format = me().format();
    let state = FormState::here();
    kept.update(|kept| kept.extend(parts.iter().map(|part| part.category.clone())));
    let count = parts.len().max(LINES);
    let blank = PartForm::default();
    let lines: Vec<Line> =
        (0..count).map(|place| Line::new(place, parts.get(place).unwrap_or(&blank), state)).collect();
    let is_split = untrack(|| lines.iter().any(|line| line.is_used()));
    let shown = if parts.is_empty() { count } else { parts.len() };
    let split = Split { chosen, amount, format, lines: StoredValue::new(lines), shown: RwSignal::new(shown) };
    let used = move || split.all().into_iter().filter(|line| line.is_used()).count();
    let title = move || match used() {
        0 => "Split over several".to_owned(),
        used => format!("Split ({used})"),
    };
    let left = move || {
        let amount = split.money(&amount.get()).filter(|_| used() > 0)?;
        let (made, currency) = (split.made(None), chosen.currency());
        let money = |minor| Money::new(minor, currency);
        Some(if made == amount { "Nothing is left".to_owned() } else { left_over(money(made), money(amount), format) })
    };
    let error = move || state.and_then(|state| state.errors.with(|errors| errors.get("parts").map(str::to_owned)));
    view! {
        <details class="split-over" open=is_split>
            <summary>{title}</summary>
            <ul class="split-lines">
                <For each=move || 0..split.shown.get() key=|place| *place let:place>
                    {split.line(place).map(|line| view! { <PartLine split place line kept /> })}
                </For>
            </ul>
            <p class="split-left" role="status" data-testid="split-left">{left}</p>
            {move || error().map(|error| view! { <p class="field-error" role="alert">{error}</p> })}
            <div class="row">
                <Button kind=ButtonKind::Quiet icon="plus" on_click=Callback::new(move |()| untrack(|| split.add()))>"Add part"</Button>
                <Button kind=ButtonKind::Quiet on_click=Callback::new(move |()| untrack(|| split.evenly()))>"Split evenly"</Button>
            </div>
        </details>
    }
    .into_any()
}

#[component]
fn PartLine(split: Split, place: usize, line: Line, kept: RwSignal<Vec<String>>) -> impl IntoView {
    let number = place + 1;
    let chosen = split.chosen;
    let options = Signal::derive(move || part_options(chosen, kept));
    let set = |text: RwSignal<String>| Callback::new(move |typed: String| text.set(typed));
    view! {
        <li class="split-line">
            <SelectField
                label=format!("Part {number}: for")
                name=part_field(place, "category")
                options
                value=line.category
                on_input=set(line.category)
                hide_label=true
            />
            <MoneyField
                label=format!("Part {number}: how much")
                name=part_field(place, "amount")
                currency=Signal::derive(move || Currency::symbol(chosen.currency()))
                value=line.amount
                on_input=set(line.amount)
                hide_label=true
            />
            <Field
                label=format!("Part {number}: remark")
                name=part_field(place, "note")
                placeholder="Remark"
                value=line.note
                on_input=set(line.note)
                hide_label=true
            />
            <div class="row split-deeds">
                <Button
                    kind=ButtonKind::Quiet
                    label=format!("Rest to part {number}")
                    on_click=Callback::new(move |()| untrack(|| split.rest_to(place)))
                >
                    "Rest"
                </Button>
                <Button
                    kind=ButtonKind::Quiet
                    label=format!("Remove part {number}")
                    icon="x"
                    on_click=Callback::new(move |()| untrack(|| split.remove(place)))
                >
                    "Remove"
                </Button>
            </div>
        </li>
    }
    .into_any()
}

fn part_options(chosen: Chosen, kept: RwSignal<Vec<String>>) -> Vec<Choice> {
    let kind = if chosen.kind.with(|kind| kind == "income") { Kind::Income } else { Kind::Expense };
    let is_kept = |category: &Category| kept.with(|kept| kept.contains(&category.id.to_string()));
    let offered = |book: &Book| choices::categories(book, kind, is_kept);
    [Choice::new("", "No category")].into_iter().chain(chosen.book.with(offered)).collect()
}
