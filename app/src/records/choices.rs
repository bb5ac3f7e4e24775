//! What can be chosen for a record, and in the filters of the list.

use ledger::Book;
use ledger::accounts::Account;
use ledger::categories::Category;
use ledger::records::Kind;

use crate::ui::Choice;

/// The categories of a kind in their tree, under their heading; of the archived ones those that are `kept`.
pub(super) fn categories(book: &Book, kind: Kind, kept: impl Fn(&Category) -> bool) -> Vec<Choice> {
    let offered = book.category_tree(kind).into_iter().map(|(_, category)| category);
    let offered = offered.filter(|category| !category.archived || kept(category));
    let choice = |category: &Category| {
        let path = label(&book.category_path(category), category.archived);
        Choice::new(category.id.to_string(), path).in_group(group_of(kind))
    };
    offered.map(choice).collect()
}

/// The categories of a kind to look for: where others stand below one, it can be asked for with them or alone.
pub(super) fn categories_to_find(book: &Book, kind: Kind) -> Vec<Choice> {
    let find = |category: &Category| {
        let (path, id) = (label(&book.category_path(category), category.archived), category.id.to_string());
        if book.has_categories_below(category.id) {
            vec![(format!("under-{id}"), format!("{path} and all below it")), (id, format!("{path} alone"))]
        } else {
            vec![(id, path)]
        }
    };
    let all = book.category_tree(kind).into_iter().flat_map(|(_, category)| find(category));
    all.map(|(value, label)| Choice::new(value, label).in_group(group_of(kind))).collect()
}

fn group_of(kind: Kind) -> &'static str {
    if kind == Kind::Income { "Income" } else { "Expenses" }
}

/// The accounts in their order; of the archived ones those that are `kept`.
pub(super) fn accounts(book: &Book, kept: impl Fn(&Account) -> bool) -> Vec<Choice> {
    let offered = book.accounts_in_order().into_iter().filter(|account| !account.archived || kept(account));
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
            let category =
                Category { id, name: name.into(), kind, parent, position: 0, icon, colour: 0, archived, revision: 0 };
            book.apply(&Command::SaveCategory(category)).expect("a category");
        }
        for (id, name, archived) in [(5, "Old bank", true), (4, "Cash", false)] {
            let (id, opening) = (AccountId(Uuid::from_u128(id)), Money::zero(Currency::INR));
            let kind = ledger::accounts::AccountKind::Bank;
            let account = Account { id, name: name.into(), kind, opening, position: 0, archived, revision: 0 };
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
    fn what_stands_below_another_says_so_and_is_found_with_it() {
        let mut book = book();
        let fuel = book.categories[&CategoryId(Uuid::from_u128(2))].clone();
        let below = Category { parent: Some(CategoryId(Uuid::from_u128(1))), archived: false, ..fuel };
        book.apply(&Command::SaveCategory(below)).expect("a category");
        assert_eq!(labels(&categories(&book, Kind::Expense, |_| false)), ["Rent", "Rent › fuel"]);
        let found = categories_to_find(&book, Kind::Expense);
        assert_eq!(labels(&found), ["Gifts (archived)", "Rent and all below it", "Rent alone", "Rent › fuel"]);
        assert_eq!(found[1].value, "under-00000000-0000-0000-0000-000000000001");
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
