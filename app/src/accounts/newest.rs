//! The newest records of an account.

use leptos::prelude::*;

use ledger::accounts::Account;
use ledger::list::RecordPage;
use ledger::records::{Kind, Record};
use ledger::{Book, Money};

use crate::layout::{me, today};
use crate::records::{category_words, day_view};
use crate::ui::{Amount, AmountKind};

/// How many are shown.
const SHOWN: usize = 10;

#[component]
pub(super) fn NewestOfAccount(book: Signal<Book>, account: Memo<Option<Account>>, page: RecordPage) -> impl IntoView {
    let rows: Vec<Record> = page.records.into_iter().take(SHOWN).collect();
    if rows.is_empty() {
        return view! { <p class="muted">"Nothing is noted in this account yet."</p> }.into_any();
    }
    let rows = rows.into_iter().map(|record| view! { <Line book account record/> }).collect_view();
    view! { <ul class="list">{rows}</ul> }.into_any()
}

#[component]
fn Line(book: Signal<Book>, account: Memo<Option<Account>>, record: Record) -> impl IntoView {
    let (format, today) = (me().format(), today());
    let day = record.day;
    let effect = account.with_untracked(|account| account.as_ref().map_or(0, |account| record.effect_on(account.id)));
    let kind = if effect < 0 { AmountKind::Expense } else { AmountKind::Income };
    let amount = Money::new(
        effect.saturating_abs(),
        account.with_untracked(|account| account.as_ref().map_or(record.amount.currency, Account::currency)),
    );
    let filed = {
        let record = record.clone();
        move || {
            book.with(|book| match (record.kind(), record.flow.to_account()) {
                (Kind::Transfer, Some(to)) => {
                    format!("{} → {}", book.account_name(record.account), book.account_name(to))
                }
                _ => category_words(&record, book),
            })
        }
    };
    let name = if record.payee.is_empty() { None } else { Some(record.payee.clone()) };
    let named = name.is_some();
    let words = filed.clone();
    view! {
        <li class="list-row newest" data-testid="account-record">
            <span class="newest-words">
                <span class="newest-name">{move || name.clone().unwrap_or_else(&filed)}</span>
                <span class="muted small">
                    {move || day_view(day, today.get())}
                    {move || named.then(|| format!(" · {}", words()))}
                </span>
            </span>
            <Amount text=format.money(amount) minor=amount.minor kind/>
        </li>
    }
    .into_any()
}
