//! What can be chosen in the bill form.

use ledger::bills::{BillForm, WEEKS};
use ledger::records::Kind;
use ledger::recurrence::Repeats;
use ledger::{Book, Currency};

use super::words::remind_words;
use crate::ui::Choice;

/// Days before; never first.
const REMIND: [Option<u8>; 6] = [None, Some(0), Some(1), Some(3), Some(7), Some(14)];

/// How it can repeat.
pub(super) fn repeats() -> Vec<Choice> {
    let offered = Repeats::CHOICES.into_iter().map(|repeats| Choice::new(repeats, repeats.words()));
    offered.chain([Choice::new(WEEKS, "Every so many weeks")]).collect()
}

/// What of them the form holds, and the number of weeks where that is typed.
pub(super) fn repeats_of(form: &BillForm) -> (String, String) {
    match form.repeats.parse() {
        Ok(Repeats::Weeks(weeks)) if !Repeats::CHOICES.contains(&Repeats::Weeks(weeks)) => {
            (WEEKS.to_owned(), weeks.to_string())
        }
        _ => (form.repeats.clone(), form.weeks.clone()),
    }
}

/// When it can end.
pub(super) fn ends() -> Vec<Choice> {
    [("never", "Never"), ("on", "On a day"), ("after", "After a number of times")]
        .map(|(value, label)| Choice::new(value, label))
        .to_vec()
}

pub(super) fn reminders(form: &BillForm) -> Vec<Choice> {
    let mut offered = REMIND.to_vec();
    if let Ok(held) = form.remind.parse::<u8>()
        && !offered.contains(&Some(held))
    {
        offered.push(Some(held));
    }
    let value = |days: Option<u8>| days.map(|days| days.to_string()).unwrap_or_default();
    offered.into_iter().map(|days| Choice::new(value(days), remind_words(days))).collect()
}

/// Categories of expenses, with the one that the form holds even when it is archived.
pub(super) fn categories(book: &Book, held: &str) -> Vec<Choice> {
    let mut offered = book.categories_of(Kind::Expense);
    let archived = held.parse().ok().and_then(|id| book.categories.get(&id)).filter(|category| category.archived);
    offered.extend(archived);
    let choices =
        offered.into_iter().map(|category| Choice::new(category.id.to_string(), book.category_path(category)));
    std::iter::once(Choice::new("", "No category")).chain(choices).collect()
}

/// Accounts, with the one that the form holds even when it is archived.
pub(super) fn accounts(book: &Book, held: &str) -> Vec<Choice> {
    let mut offered = book.open_accounts();
    let archived = held.parse().ok().and_then(|id| book.accounts.get(&id)).filter(|account| account.archived);
    offered.extend(archived);
    let choices = offered.into_iter().map(|account| Choice::new(account.id.to_string(), account.name.clone()));
    std::iter::once(Choice::new("", "No account")).chain(choices).collect()
}

/// Accounts that can pay in `currency`, with the one that the form holds even when it is archived.
pub(super) fn paying_accounts(book: &Book, currency: Currency, held: &str) -> Vec<Choice> {
    let fits = |choice: &Choice| {
        let account = choice.value.parse().ok().and_then(|id| book.accounts.get(&id));
        account.is_some_and(|account| account.currency() == currency)
    };
    accounts(book, held).into_iter().filter(fits).collect()
}
