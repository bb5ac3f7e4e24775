//! What a page shows before the server has answered.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::Weekday;
use ledger::accounts::{Account, AccountKind};
use ledger::budgets::Budget;
use ledger::command::{Changes, Deleted};
use ledger::filter::Filter;
use ledger::guess::{Guess, Guessed};
use ledger::id::{AccountId, BudgetId, RecordId};
use ledger::list::FilterSums;
use ledger::records::{Flow, Record};
use ledger::{Book, Command, Currency, Money};
use uuid::Uuid;

const CASH: AccountId = AccountId(Uuid::from_u128(2));

fn book() -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    let account = Account::plain(CASH, "Cash", AccountKind::Cash, Money::zero(Currency::INR));
    book.apply(&Command::SaveAccount(account)).unwrap();
    book
}

fn spent(id: u128, minor: i64, day: &str) -> Record {
    let (id, amount) = (RecordId(Uuid::from_u128(id)), Money::new(minor, Currency::INR));
    Record::plain(id, day.parse().unwrap(), amount, CASH, Flow::Expense { category: None })
}

fn guess(command: Command) -> Guess {
    Guess { command, known: None }
}

/// What the server answers to a command. A total that is gone comes as zero.
fn answer(server: &mut Book, command: &Command) -> Changes {
    let before = server.as_changes();
    server.apply(command).unwrap();
    let deleted = server.bin.records.keys().copied().map(Deleted::Record).collect();
    let totals = before.totals.into_iter().map(|(key, _)| (key, server.totals.get(key))).chain(server.totals.iter());
    Changes { deleted, totals: totals.collect(), ..server.as_changes() }
}

#[test]
fn a_guess_shows_what_the_answer_will_say() {
    let mut server = book();
    for command in [
        Command::SaveRecord(spent(1, 500, "2028-02-29")),
        Command::SaveRecord(Record { revision: 2, ..spent(1, 700, "2028-12-31") }),
        Command::DeleteRecord(RecordId(Uuid::from_u128(1))),
    ] {
        let mut page = Book { bin: ledger::book::Bin::default(), ..server.clone() };
        let shown = Guessed::of(page.clone(), &[guess(command.clone())]);
        page.merge(&answer(&mut server, &command));
        let shown = Book { bin: ledger::book::Bin::default(), ..shown.book };
        assert_eq!(shown, page, "{command:?}");
    }
}

#[test]
fn an_answer_that_came_another_way_first_is_not_counted_twice() {
    let save = Command::SaveRecord(spent(1, 500, "2028-02-29"));
    let mut page = book();
    page.apply(&save).unwrap();
    assert_eq!(Guessed::of(page.clone(), &[guess(save)]).book, page);
}

#[test]
fn a_guess_that_is_taken_back_leaves_nothing() {
    let page = book();
    let shown = Guessed::of(page.clone(), &[guess(Command::SaveRecord(spent(1, 500, "2028-02-29")))]);
    assert_eq!(shown.records.len(), 1);
    assert_eq!(shown.book.balances[&CASH], -500);
    assert_eq!(Guessed::of(page.clone(), &[]).book, page);
}

#[test]
fn a_record_that_the_window_does_not_hold_is_changed_and_deleted_all_the_same() {
    let mut page = book();
    let old = spent(1, 500, "2019-02-28");
    page.apply(&Command::SaveRecord(old.clone())).unwrap();
    let old = page.records.remove(&old.id).unwrap();
    let known = Some(old.clone());

    let more = Command::SaveRecord(Record { revision: old.revision, ..spent(1, 900, "2019-02-28") });
    let shown = Guessed::of(page.clone(), &[Guess { command: more, known: known.clone() }]);
    assert_eq!(shown.book.balances[&CASH], -900);

    let gone = Guess { command: Command::DeleteRecord(old.id), known: known.clone() };
    let shown = Guessed::of(page.clone(), std::slice::from_ref(&gone));
    assert_eq!((shown.book.balances[&CASH], &shown.records[&old.id]), (0, &None));

    let back = Guess { command: Command::RestoreRecord(old.id), known };
    let shown = Guessed::of(page, &[gone, back]);
    assert_eq!((shown.book.balances[&CASH], shown.records[&old.id].is_some()), (-500, true));
}

#[test]
fn a_second_edit_lies_over_the_first_while_both_are_on_their_way() {
    let first = guess(Command::SaveRecord(spent(1, 500, "2028-02-29")));
    // Made from a revision that the first one was guessed to get.
    let second = guess(Command::SaveRecord(Record { revision: 40, ..spent(1, 800, "2028-03-01") }));
    let shown = Guessed::of(book(), &[first, second]);
    assert_eq!(shown.book.balances[&CASH], -800);
}

#[test]
fn what_the_book_refuses_shows_nothing() {
    let page = book();
    let shown = Guessed::of(page.clone(), &[guess(Command::DeleteRecord(RecordId(Uuid::from_u128(9))))]);
    assert_eq!((shown.book, shown.records.len()), (page, 0));
}

#[test]
fn a_budget_that_was_deleted_comes_back_at_once() {
    let limit = Money::new(50_000, Currency::INR);
    let id = BudgetId(Uuid::from_u128(7));
    let budget = Budget::monthly(id, "Food", limit, "2028-02-29".parse().unwrap());
    let mut page = book();
    page.apply(&Command::SaveBudget(budget)).unwrap();
    let answered = page.revision + 1;
    page.merge(&Changes { revision: answered, deleted: vec![Deleted::Budget(id)], ..Changes::default() });
    assert!(page.budgets.is_empty());
    let shown = Guessed::of(page.clone(), &[guess(Command::RestoreBudget(id))]).book;
    assert_eq!(shown.budgets[&id].name, "Food");
    let back = shown.budgets.values().cloned().collect();
    page.merge(&Changes { revision: answered + 1, budgets: back, ..Changes::default() });
    assert_eq!((page.budgets.len(), page.bin.budgets.len()), (1, 0));
}

#[test]
fn a_second_name_lies_over_the_first_while_both_are_on_their_way() {
    let account = |name: &str, revision: i64| Account { name: name.into(), revision, ..book().accounts[&CASH].clone() };
    let first = guess(Command::SaveAccount(account("Purse", 1)));
    let second = guess(Command::SaveAccount(account("Wallet", 40)));
    assert_eq!(Guessed::of(book(), &[first, second]).book.account_name(CASH), "Wallet");
}

#[test]
fn the_sums_of_a_list_follow_what_is_on_its_way() {
    let mut page = book();
    let kept = spent(1, 500, "2028-02-29");
    page.apply(&Command::SaveRecord(kept.clone())).unwrap();
    let february = Filter { to: Some("2028-02-29".parse().unwrap()), ..Filter::default() };
    let summed = |book: &Book, filter: &Filter| {
        let mut sums = FilterSums::default();
        for record in book.records.values().filter(|record| filter.matches(record, book)) {
            sums.add_record(record, filter.account, book.home, |category| filter.asks_for(category, book));
        }
        sums
    };
    let moved = Record { revision: 2, day: "2028-03-01".parse().unwrap(), ..kept.clone() };
    for commands in [
        vec![Command::SaveRecord(spent(2, 70, "2028-02-01"))],
        vec![Command::SaveRecord(spent(2, 70, "2028-02-01")), Command::DeleteRecord(kept.id)],
        vec![Command::SaveRecord(moved)],
        vec![Command::DeleteRecord(kept.id), Command::RestoreRecord(kept.id)],
    ] {
        for filter in [Filter::default(), february.clone(), Filter { account: Some(CASH), ..Filter::default() }] {
            let shown = Guessed::of(page.clone(), &commands.iter().cloned().map(guess).collect::<Vec<_>>());
            let mut sums = summed(&page, &filter);
            shown.shifts.iter().for_each(|shift| sums.shift(shift, &filter, &shown.book));
            assert_eq!(sums, summed(&shown.book, &filter), "{commands:?} {filter:?}");
        }
    }
}
