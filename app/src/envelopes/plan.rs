//! What each category is given, and how its envelope stands.

use leptos::prelude::*;

use ledger::envelopes::{Envelopes, Fill, Line};
use ledger::id::CategoryId;
use ledger::{Book, Changes, Money};

use super::api::SavePlan;
use super::month_word;
use super::undo::Undo;
use crate::book::BookState;
use crate::layout::me;
use crate::ui::form::Slot;
use crate::ui::{ButtonKind, Card, Form, FormState, Hidden, Submit};

#[component]
pub(super) fn PlanTable(book: Signal<Book>, plan: Memo<Envelopes>) -> impl IntoView {
    let (state, undo, format) = (BookState::here(), Undo::here(), me().format());
    let sent = StoredValue::new(None::<(chrono::NaiveDate, Vec<Fill>)>);
    let month = plan.with_untracked(|plan| month_word(plan.month.start));
    let check = Callback::new(move |call: SavePlan| {
        let parsed = book.with_untracked(|book| call.form.parse(book, format));
        sent.set_value(parsed.clone().ok());
        parsed.err().unwrap_or_default()
    });
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        if let Some((month, fills)) = sent.try_update_value(Option::take).flatten() {
            undo.plan("Plan saved", month, &fills, book.with_untracked(|book| book.home));
        }
    });
    let outside = move || plan.with(|plan| Some(plan.outside).filter(|outside| outside.minor > 0));
    view! {
        <Card>
            <Form action={ServerAction::<SavePlan>::new()} label="Plan of the month" check on_done>
                <Hidden name="month" value=month/>
                <EnvelopeRows book plan/>
                {move || outside().map(|outside| view! {
                    <p class="muted small" data-testid="envelopes-outside">
                        {format!("{} was spent outside of envelopes.", format.money(outside))}
                    </p>
                })}
                <div class="row">
                    <Submit kind=ButtonKind::Primary icon="check">"Save the plan"</Submit>
                </div>
            </Form>
        </Card>
    }
    .into_any()
}

/// By category, so that what is being typed stays in its row while others come and go.
#[component]
fn EnvelopeRows(book: Signal<Book>, plan: Memo<Envelopes>) -> impl IntoView {
    let categories =
        Memo::new(move |_| plan.with(|plan| plan.lines.iter().map(|line| line.category).collect::<Vec<_>>()));
    view! {
        <ul class="list">
            <For each=move || categories.get().into_iter().enumerate() key=|(_, category)| *category let:row>
                <EnvelopeRow book plan category=row.1 at=row.0/>
            </For>
        </ul>
    }
    .into_any()
}

#[component]
fn EnvelopeRow(
    book: Signal<Book>,
    plan: Memo<Envelopes>,
    category: CategoryId,
    /// Its place in the list, and among what was posted.
    at: usize,
) -> impl IntoView {
    let (format, home) = (me().format(), book.with_untracked(|book| book.home));
    let line = Memo::new(move |_| plan.with(|plan| plan.line(category).copied()));
    let name = book.with_untracked(|book| book.category_name(Some(category)).to_owned());
    let given = move || line.with(|line| line.map_or(0, |line| line.given));
    let typed = move |given: i64| if given == 0 { String::new() } else { format.plain(Money::new(given, home)) };
    let posted = Slot::of("given").posted().and_then(|posted| posted.split('\n').nth(at).map(str::to_owned));
    let start = posted.unwrap_or_else(|| typed(given()));
    let node = NodeRef::<leptos::html::Input>::new();
    Effect::new(move |before: Option<i64>| {
        let now = given();
        if before.is_some_and(|before| before != now)
            && let Some(input) = node.get_untracked()
        {
            input.set_value(&typed(now));
        }
        now
    });
    let form = FormState::here();
    let key = category.to_string();
    let error = {
        let key = key.clone();
        Memo::new(move |_| form.and_then(|form| form.errors.with(|errors| errors.get(&key).map(str::to_owned))))
    };
    let (id, error_id) = (format!("given-{key}"), format!("given-{key}-error"));
    let words = move || line.with(|line| line.map(|line| words(line, |minor| format.money(Money::new(minor, home)))));
    let state = move || line.with(|line| line.map_or("none", state_of));
    let left = move || {
        let shown = line.get().filter(|line| line.has_envelope);
        shown.map(|line| format.money(Money::new(line.left(), home)))
    };
    view! {
        <li class="list-row envelope" data-testid="envelope" data-state=state>
            <label class="envelope-name" for=id.clone()>{name}</label>
            <div class="input-group money envelope-given">
                <span class="input-prefix" aria-hidden="true">{home.symbol()}</span>
                <input
                    class="input num"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    id=id
                    name="form[given][]"
                    value=start
                    placeholder="0"
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=error_id.clone()
                    node_ref=node
                />
            </div>
            <input type="hidden" name="form[categories][]" value=key/>
            <input type="hidden" name="form[before][]" value=move || given().to_string()/>
            <p class="envelope-left">
                <span class="num" data-testid="envelope-left">{left}</span>
                {move || left().map(|_| view! { <span class="muted small">" left"</span> })}
            </p>
            <p class="envelope-words muted small">{words}</p>
            <p class="field-error" id=error_id>{move || error.get()}</p>
        </li>
    }
    .into_any()
}

/// "₹180.00 from before · ₹30.00 spent"
fn words(line: Line, money: impl Fn(i64) -> String) -> String {
    let mut words = Vec::new();
    if line.carried > 0 {
        words.push(format!("{} from before", money(line.carried)));
    }
    if line.spent > 0 {
        words.push(format!("{} spent", money(line.spent)));
    }
    if line.has_envelope && line.left() < 0 {
        words.push(format!("{} overspent", money(-line.left())));
    } else if !line.has_envelope && line.spent > 0 {
        words.push("not planned".to_owned());
    }
    words.join(" · ")
}

fn state_of(line: Line) -> &'static str {
    match (line.has_envelope, line.left()) {
        (false, _) => "none",
        (true, ..0) => "over",
        (true, _) => "ok",
    }
}
