//! The seven figures.

use leptos::prelude::*;

use ledger::Money;
use ledger::dashboard::Dashboard;

use crate::book::BookState;
use crate::layout::me;
use crate::roles::may_open;
use crate::ui::{Figure, FigureSize, Tone, percent};

#[component]
pub(super) fn Figures(answers: Memo<Dashboard>) -> impl IntoView {
    let format = me().format();
    let (month, behind) = answers.with_untracked(|answers| {
        let of = |figure: &ledger::dashboard::Figure| figure.behind.url();
        let urls = [&answers.income, &answers.expenses, &answers.last_7_days, &answers.last_month].map(of);
        (answers.month.start.format("%B").to_string(), urls)
    });
    let [income, expenses, last_7_days, last_month] = behind;
    let text =
        move |of: fn(&Dashboard) -> Money| Signal::derive(move || answers.with(|answers| format.money(of(answers))));
    let minor = move |of: fn(&Dashboard) -> Money| Signal::derive(move || answers.with(|answers| of(answers).minor));
    let spent = |answers: &Dashboard| answers.expenses.money;
    let earned = |answers: &Dashboard| answers.income.money;
    let balance = |answers: &Dashboard| answers.balance;
    let week = |answers: &Dashboard| answers.last_7_days.money;
    let before = |answers: &Dashboard| answers.last_month.money;
    let state = BookState::here();
    let plan =
        move || state.planned_income().map_or_else(String::new, |plan| format!("of {} planned", format.money(plan)));
    let left = move || answers.with(|answers| answers.budget_left);
    let rate = move || answers.with(Dashboard::savings_rate);
    let kept = move |answers: &Dashboard| match (answers.savings_rate(), answers.saved().money) {
        (None, _) => "No income yet this month".to_owned(),
        (Some(_), by) if by.minor < 0 => format!("{} more spent than came in", format.money(absolute(by))),
        (Some(_), kept) => format!("{} of the income is left", format.money(kept)),
    };
    let saved_href = answers.with_untracked(|answers| answers.saved().behind.url());
    // Who may set none reads that there is none.
    let (unset, unset_note) = if may_open("/budgets/new") {
        ("/budgets/new", "Set a monthly budget")
    } else {
        ("/budgets", "No monthly budget")
    };
    let left_href = Memo::new(move |_| left().map_or_else(|| unset.to_owned(), |_| expenses.clone()));
    let spent_href = answers.with_untracked(|answers| answers.expenses.behind.url());
    view! {
        <section class="grid-figures dashboard-figures" aria-label="This month in figures">
            <Figure
                label=format!("Spent in {month}")
                testid="figure-expenses"
                text=text(spent)
                minor=minor(spent)
                href=spent_href
                size=FigureSize::Hero
            />
            {move || view! {
                <Figure
                    label="Budget left"
                    testid="figure-budget-left"
                    text=left().map_or_else(|| "Not set".to_owned(), |left| format.money(left))
                    minor=left().map_or(0, |left| left.minor)
                    absent=left().is_none()
                    href=left_href.get()
                    note=if left().is_some() { "of the monthly budget" } else { unset_note }.to_owned()
                    tone=if left().is_some_and(|left| left.minor < 0) { Tone::Over } else { Tone::Neutral }
                    size=FigureSize::Hero
                />
            }}
            <Figure
                label="Saved"
                testid="figure-saved"
                text=Signal::derive(move || rate().map_or_else(|| "–".to_owned(), percent))
                minor=Signal::derive(move || answers.with(|answers| answers.saved().money.minor))
                href=saved_href
                note=Signal::derive(move || answers.with(kept))
                size=FigureSize::Hero
            />
            <Figure label=format!("Income in {month}") testid="figure-income" text=text(earned) minor=minor(earned) href=income note=Signal::derive(plan)/>
            <Figure label="Balance" testid="figure-balance" text=text(balance) minor=minor(balance) href="/accounts" note=Signal::derive(move || answers.with(counted))/>
            <Figure label="Last 7 days" testid="figure-last-7-days" text=text(week) minor=minor(week) href=last_7_days note="spent".to_owned()/>
            <Figure label="Last month" testid="figure-last-month" text=text(before) minor=minor(before) href=last_month note="spent".to_owned()/>
        </section>
    }
    .into_any()
}

fn absolute(money: Money) -> Money {
    Money::new(money.minor.saturating_abs(), money.currency)
}

/// What the balance is of: "in all accounts, GBP not counted: it has no rate".
fn counted(answers: &Dashboard) -> String {
    let left_out: Vec<&str> = answers.uncounted.iter().map(|currency| currency.code()).collect();
    match left_out.len() {
        0 => "in all accounts".to_owned(),
        1 => format!("in all accounts, {} not counted: it has no rate", left_out[0]),
        _ => format!("in all accounts, {} not counted: they have no rate", left_out.join(", ")),
    }
}
