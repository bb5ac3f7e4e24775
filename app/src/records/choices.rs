//! What can be chosen for a record, and in the filters of the list.

use ledger::Book;
use ledger::accounts::Account;
use ledger::categories::Category;
use ledger::form::name_key;
use ledger::records::Kind;

use crate::ui::Choice;

/// The categories of a kind by name, under their heading; of the archived ones those that are `kept`.
pub(super) fn categories(book: &Book, kind: Kind, kept: impl Fn(&Category) -> bool) -> Vec<Choice> {
    let group = if kind == Kind::Income { "Income" } else { "Expenses" };
    let offered = |category: &&Category| category.kind == kind && (!category.archived || kept(category));
    let mut offered: Vec<&Category> = book.categories.values().filter(offered).collect();
    offered.sort_by_cached_key(|category| name_key(&category.name));
    let choice = |category: &Category| {
        Choice::new(category.id.to_string(), label(&category.name, category.archived)).in_group(group)
    };
    offered.into_iter().map(choice).collect()
}

/// The accounts, oldest first; of the archived ones those that are `kept`.
pub(super) fn accounts(book: &Book, kept: impl Fn(&Account) -> bool) -> Vec<Choice> {
    let offered = book.accounts.values().filter(|account| !account.archived || kept(account));
    offered.map(|account| Choice::new(account.id.to_string(), label(&account.name, account.archived))).collect()
}

fn label(name: &str, archived: bool) -> String {
    if archived { format!("{name} (archived)") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use ledger::id::{AccountId, CategoryId};
    use ledger::{Command, Currency, Money};
    use uuid::Uuid;

    use super::*;

    fn book() -> Book {
        let mut book = Book::new(Currency::INR, chrono::Weekday::Mon);
        for (id, name, archived) in [(1, "Rent", false), (2, "fuel", true), (3, "Gifts", true)] {
            let (icon, parent) = (String::new(), None);
            let id = CategoryId(Uuid::from_u128(id));
            let kind = Kind::Expense;
            let category = Category { id, name: name.into(), kind, parent, icon, colour: 0, archived, revision: 0 };
            book.apply(&Command::SaveCategory(category)).expect("a category");
        }
        for (id, name, archived) in [(5, "Old bank", true), (4, "Cash", false)] {
            let (id, opening) = (AccountId(Uuid::from_u128(id)), Money::zero(Currency::INR));
            let kind = ledger::accounts::AccountKind::Bank;
            let account = Account { id, name: name.into(), kind, opening, archived, revision: 0 };
            book.apply(&Command::SaveAccount(account)).expect("an account");
        }
        book
    }

    fn labels(choices: &[Choice]) -> Vec<&str> {
        choices.iter().map(|choice| choice.label.as_str()).collect()
    }

    #[test]
    fn an_archived_one_is_offered_only_where_it_is_held_already() {
        let book = book();
        let fuel = CategoryId(Uuid::from_u128(2));
        let held = categories(&book, Kind::Expense, |category| category.id == fuel);
        assert_eq!(labels(&held), ["fuel (archived)", "Rent"]);
        assert_eq!(labels(&accounts(&book, |_| false)), ["Cash"]);
        assert_eq!(labels(&accounts(&book, |_| true)), ["Cash", "Old bank (archived)"]);
    }

    #[test]
    fn categories_stand_by_name_under_their_kind() {
        let book = book();
        let all = categories(&book, Kind::Expense, |_| true);
        assert_eq!(labels(&all), ["fuel (archived)", "Gifts (archived)", "Rent"]);
        assert!(all.iter().all(|choice| choice.group.as_deref() == Some("Expenses")));
        assert!(categories(&book, Kind::Income, |_| true).is_empty());
    }
}
