//! Money moved from one envelope to another.

use leptos::prelude::*;

use ledger::envelopes::{Envelopes, Move};
use ledger::id::MoveId;
use ledger::{Book, Changes, Money};

use super::api::MoveMoney as Call;
use super::month_word;
use super::undo::Undo;
use crate::book::BookState;
use crate::layout::me;
use crate::roles::may_call;
use crate::ui::form::PostedHere;
use crate::ui::{ButtonKind, Choice, Form, Hidden, MoneyField, SelectField, Submit};

#[component]
pub(super) fn MoveMoney(
    book: Signal<Book>,
    plan: Memo<Envelopes>,
    /// Of the next move: the same one sent twice is made once.
    id: RwSignal<String>,
) -> impl IntoView {
    if !may_call("move_money") {
        return ().into_any();
    }
    let (state, undo, format) = (BookState::here(), Undo::here(), me().format());
    let sent = StoredValue::new(None::<(Move, String)>);
    let (month, home) =
        (plan.with_untracked(|plan| month_word(plan.month.start)), book.with_untracked(|book| book.home));
    let name = move |id| book.with(|book| book.category_name(Some(id)).to_owned());
    let unassigned = || Choice::new("", "Not yet given a job");
    let from = Signal::derive(move || {
        plan.with(|plan| {
            let full = plan.lines.iter().filter(|line| line.has_envelope && line.left() > 0);
            let choice = |line: &ledger::envelopes::Line| {
                let left = format.money(Money::new(line.left(), home));
                Choice::new(line.category.to_string(), format!("{} ({left})", name(line.category)))
            };
            full.map(choice).chain([unassigned()]).collect::<Vec<_>>()
        })
    });
    let to = Signal::derive(move || {
        plan.with(|plan| {
            let all = plan.lines.iter().map(|line| Choice::new(line.category.to_string(), name(line.category)));
            all.chain([unassigned()]).collect::<Vec<_>>()
        })
    });
    let check = Callback::new(move |call: Call| {
        book.with_untracked(|book| {
            let deed = call.form.parse(MoveId::NIL, book, format);
            let deed = deed.and_then(|deed| book.check_move(&deed, format).map(|()| deed));
            sent.set_value(deed.clone().ok().map(|deed| (deed, call.form.amount.clone())));
            deed.err().unwrap_or_default()
        })
    });
    let on_done = Callback::new(move |changes: Changes| {
        state.merge(&changes);
        id.set(uuid::Uuid::now_v7().to_string());
        if let Some((deed, amount)) = sent.try_update_value(Option::take).flatten() {
            undo.shift(deed, amount);
        }
    });
    view! {
        <details class="card envelope-move" open=PostedHere::of("move_money").is_some()>
            <summary>"Move money between envelopes"</summary>
            <Form action={ServerAction::<Call>::new()} label="Move money" check on_done>
                <Hidden name="id" value=id/>
                <Hidden name="month" value=month/>
                <div class="grid-2">
                    <SelectField label="From" name="from" options=from/>
                    <SelectField label="To" name="to" options=to/>
                </div>
                <MoneyField label="How much" name="amount" currency=home.symbol()/>
                <div class="row">
                    <Submit kind=ButtonKind::Plain>"Move"</Submit>
                </div>
            </Form>
        </details>
    }
    .into_any()
}
