//! What commands do to a book in memory.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use ledger::accounts::{Account, AccountKind};
use ledger::bills::Bill;
use ledger::budgets::Budget;
use ledger::categories::Category;
use ledger::command::Refused;
use ledger::id::{AccountId, BillId, BudgetId, CategoryId, RecordId};
use ledger::money::AMOUNT_MAX;
use ledger::records::{Flow, Kind, Record};
use ledger::recurrence::{Ends, Repeats};
use ledger::totals::DailyTotals;
use ledger::window::Window;
use ledger::{Book, Command, Currency, Money};
use uuid::Uuid;

const BANK: AccountId = AccountId(Uuid::from_u128(1));
const CASH: AccountId = AccountId(Uuid::from_u128(2));
const FOOD: CategoryId = CategoryId(Uuid::from_u128(3));
const SALARY: CategoryId = CategoryId(Uuid::from_u128(4));
const BILL: BillId = BillId(Uuid::from_u128(5));
const LIMIT: BudgetId = BudgetId(Uuid::from_u128(6));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn book() -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    for (id, name) in [(BANK, "Bank"), (CASH, "Cash")] {
        let account = Account::plain(id, name, AccountKind::Bank, Money::zero(Currency::INR));
        book.apply(&Command::SaveAccount(account)).unwrap();
    }
    for (id, name, kind) in [(FOOD, "Food", Kind::Expense), (SALARY, "Salary", Kind::Income)] {
        book.apply(&Command::SaveCategory(Category::plain(id, name, kind))).unwrap();
    }
    book
}

fn spent(id: u128, minor: i64, on: &str) -> Record {
    let (id, amount) = (RecordId(Uuid::from_u128(id)), Money::new(minor, Currency::INR));
    Record::plain(id, day(on), amount, CASH, Flow::Expense { category: Some(FOOD) })
}

fn limit(minor: i64) -> Budget {
    Budget::monthly(LIMIT, "Month", Money::new(minor, Currency::INR), day("2028-01-01"))
}

fn bill(first: &str, repeats: Repeats) -> Bill {
    Bill {
        id: BILL,
        name: "Rent".into(),
        amount: Money::new(2_800_000, Currency::INR),
        estimated: false,
        first_due: day(first),
        repeats,
        ends: Ends::Never,
        category: Some(FOOD),
        account: Some(BANK),
        remind_days: None,
        next_due: repeats.nth(day(first), 0),
        changed: BTreeMap::new(),
        revision: 0,
    }
}

#[test]
fn a_transfer_moves_money_and_earns_or_spends_none() {
    let mut book = book();
    let moved = Record { account: BANK, flow: Flow::Transfer { to: CASH }, ..spent(9, 5_000, "2028-02-29") };
    book.apply(&Command::SaveRecord(moved)).unwrap();
    assert_eq!(
        (book.balances[&BANK], book.balances[&CASH], book.net_worth(NaiveDate::default()).minor),
        (-5_000, 5_000, 0)
    );
    let figures = ledger::dashboard::dashboard(&book, day("2028-02-29"));
    assert_eq!((figures.expenses.money.minor, figures.income.money.minor), (0, 0));
}

#[test]
fn the_same_save_twice_changes_nothing_and_an_old_one_is_refused() {
    let mut book = book();
    let record = spent(9, 100, "2028-02-29");
    book.apply(&Command::SaveRecord(record.clone())).unwrap();
    let once = book.clone();
    book.apply(&Command::SaveRecord(record.clone())).unwrap();
    assert_eq!(book, once);
    let late = Record { note: "late".into(), ..record };
    assert!(matches!(book.apply(&Command::SaveRecord(late)), Err(Refused::Conflict(_))));
    assert_eq!(book, once);
}

#[test]
fn salaries_never_silence_an_alert_and_each_threshold_is_told_once() {
    let mut book = book();
    book.apply(&Command::SaveBudget(limit(10_000))).unwrap();
    let told = |book: &Book| book.alerts.values().map(|alert| (alert.threshold, alert.spent.minor)).collect::<Vec<_>>();
    for (id, minor, alerts) in [(10, 8_000, vec![]), (11, 1, vec![(80, 8_001)]), (12, 100, vec![(80, 8_001)])] {
        book.apply(&Command::SaveRecord(spent(id, minor, "2028-02-29"))).unwrap();
        let salary = Record { flow: Flow::Income { category: Some(SALARY) }, ..spent(id + 100, 900_000, "2028-02-29") };
        book.apply(&Command::SaveRecord(salary)).unwrap();
        assert_eq!(told(&book), alerts);
    }
    for id in 20..120 {
        book.apply(&Command::SaveRecord(spent(id + 1000, 5_000, "2028-02-01"))).unwrap();
    }
    assert_eq!(told(&book), [(80, 8_001), (100, 13_101)]);
}

#[test]
fn a_limit_that_is_exactly_reached_is_not_exceeded() {
    let mut book = book();
    book.apply(&Command::SaveBudget(limit(10_000))).unwrap();
    book.apply(&Command::SaveRecord(spent(9, 10_000, "2028-02-29"))).unwrap();
    assert_eq!(book.alerts.keys().map(|(.., threshold)| *threshold).collect::<Vec<_>>(), [80]);
    let progress = book.judged(&book.budgets[&LIMIT]).progress(day("2028-02-29"));
    assert_eq!((progress.percent, progress.left.minor, progress.per_day), (100, 0, None));
}

#[test]
fn due_days_keep_their_anchor_and_their_order() {
    let mut book = book();
    book.apply(&Command::SaveBill(bill("2028-01-31", Repeats::Monthly))).unwrap();
    for (id, due) in [(20, "2028-01-31"), (21, "2028-02-29"), (22, "2028-03-31"), (23, "2028-04-30")] {
        assert_eq!(book.bills[&BILL].next_due, Some(day(due)));
        book.apply(&Command::PayBill { bill: BILL, due: day(due), record: spent(id, 100, due) }).unwrap();
    }
    book.apply(&Command::ReopenBill { bill: BILL, due: day("2028-02-29") }).unwrap();
    assert_eq!((book.bills[&BILL].next_due, book.records.len()), (Some(day("2028-02-29")), 3));
    book.apply(&Command::SkipBill { bill: BILL, due: day("2028-02-29") }).unwrap();
    assert_eq!(book.bills[&BILL].next_due, Some(day("2028-05-31")), "what is settled after it stays settled");
}

#[test]
fn a_day_that_an_edit_made_due_again_can_be_skipped_again() {
    let mut book = book();
    book.apply(&Command::SaveBill(bill("2028-01-31", Repeats::Monthly))).unwrap();
    book.apply(&Command::SkipBill { bill: BILL, due: day("2028-01-31") }).unwrap();
    let again = Bill { revision: book.bills[&BILL].revision, ..bill("2028-01-31", Repeats::Monthly) };
    book.apply(&Command::SaveBill(again)).unwrap();
    assert_eq!(book.bills[&BILL].next_due, Some(day("2028-01-31")));
    book.apply(&Command::SkipBill { bill: BILL, due: day("2028-01-31") }).unwrap();
    assert_eq!(book.bills[&BILL].next_due, Some(day("2028-02-29")));
}

#[test]
fn a_bill_paid_once_is_settled_and_undo_of_its_record_opens_it() {
    let mut book = book();
    book.apply(&Command::SaveBill(bill("2028-02-29", Repeats::Once))).unwrap();
    let pay = Command::PayBill { bill: BILL, due: day("2028-02-29"), record: spent(9, 100, "2028-02-29") };
    book.apply(&pay).unwrap();
    assert_eq!((book.bills[&BILL].next_due, book.open_bills().len()), (None, 0));
    book.apply(&pay).unwrap();
    assert_eq!(book.records.len(), 1);
    let id = RecordId(Uuid::from_u128(9));
    book.apply(&Command::DeleteRecord(id)).unwrap();
    assert_eq!(book.bills[&BILL].next_due, Some(day("2028-02-29")));
    book.apply(&Command::RestoreRecord(id)).unwrap();
    assert_eq!((book.bills[&BILL].next_due, book.settlements.len()), (None, 1));
}

#[test]
fn names_that_look_alike_are_one() {
    let mut book = book();
    let other = CategoryId(Uuid::from_u128(77));
    for alike in [" food ", "FOOD", "Ｆｏｏｄ"] {
        let refused = book.apply(&Command::SaveCategory(Category::plain(other, alike, Kind::Expense)));
        assert!(matches!(&refused, Err(Refused::Invalid(errors)) if errors.get("name").is_some()), "{refused:?}");
    }
    let food = book.categories[&FOOD].clone();
    book.apply(&Command::SaveCategory(Category { name: " FOOD".into(), ..food })).unwrap();
}

#[test]
fn a_book_of_the_largest_amounts_neither_panics_nor_turns_round() {
    let mut book = book();
    book.apply(&Command::SaveBudget(limit(AMOUNT_MAX))).unwrap();
    for id in 0..10_000 {
        book.apply(&Command::SaveRecord(spent(1000 + id, AMOUNT_MAX, "2028-02-29"))).unwrap();
    }
    assert_eq!((book.balances[&CASH], book.net_worth(NaiveDate::default()).minor), (i64::MIN, i64::MIN));
    assert_eq!(ledger::dashboard::dashboard(&book, day("2028-02-29")).expenses.money.minor, i64::MAX);
}

#[test]
fn totals_are_those_of_the_records_and_a_window_survives_the_wire() {
    let mut book = book();
    for (id, minor) in (1000..).zip(1..=60) {
        let on = if minor % 2 == 0 { "2027-12-31" } else { "2028-02-29" };
        book.apply(&Command::SaveRecord(spent(id, minor, on))).unwrap();
    }
    for id in (0..60).step_by(7) {
        book.apply(&Command::DeleteRecord(RecordId(Uuid::from_u128(1000 + id)))).unwrap();
    }
    assert_eq!(book.totals, DailyTotals::rebuilt(book.records.values()));
    book.planned_income = Some(Money::new(8_500_000, book.home));
    let wire = serde_json::to_string(&Window::from(&book)).unwrap();
    let read = Book::from(serde_json::from_str::<Window>(&wire).unwrap());
    assert_eq!(read, Book { bin: ledger::book::Bin::default(), ..book });
}

#[test]
fn an_edit_of_a_category_or_account_that_began_before_another_is_refused() {
    let mut book = book();
    let (food, cash) = (book.categories[&FOOD].clone(), book.accounts[&CASH].clone());
    let renamed = Category { name: "Meals".into(), ..food.clone() };
    book.apply(&Command::SaveCategory(renamed.clone())).unwrap();
    book.apply(&Command::SaveAccount(Account { opening: Money::new(500, Currency::INR), ..cash.clone() })).unwrap();
    let now = book.clone();
    book.apply(&Command::SaveCategory(renamed)).unwrap();
    assert_eq!(book, now, "a retried save is no conflict");
    for late in [
        Command::SaveCategory(Category { icon: "utensils".into(), ..food }),
        Command::SaveCategory(Category::plain(FOOD, "Dishes", Kind::Expense)),
        Command::SaveAccount(Account { name: "Purse".into(), ..cash }),
    ] {
        assert!(matches!(book.apply(&late), Err(Refused::Conflict(_))), "{late:?}");
        assert_eq!(book, now);
    }
}

#[test]
fn archiving_touches_nothing_else_and_twice_is_as_once() {
    let mut book = book();
    let (food, cash) = (book.categories[&FOOD].clone(), book.accounts[&CASH].clone());
    book.apply(&Command::SaveCategory(Category { name: "Meals".into(), ..food })).unwrap();
    book.apply(&Command::SaveAccount(Account { opening: Money::new(500, Currency::INR), ..cash })).unwrap();
    for _ in 0..2 {
        book.apply(&Command::ArchiveCategory { id: FOOD, archived: true }).unwrap();
        book.apply(&Command::ArchiveAccount { id: CASH, archived: true }).unwrap();
    }
    let (food, cash) = (&book.categories[&FOOD], &book.accounts[&CASH]);
    assert_eq!((food.name.as_str(), food.archived, food.revision), ("Meals", true, 7));
    assert_eq!((cash.opening.minor, cash.archived, cash.revision, book.balances[&CASH]), (500, true, 8, 500));
    assert_eq!(book.revision, 8);
    let unknown = Command::ArchiveCategory { id: CategoryId::NIL, archived: true };
    assert_eq!(book.apply(&unknown), Err(Refused::NotFound));
}

#[test]
fn a_balance_is_told_back_to_the_ends_of_the_months_from_days_or_from_a_window() {
    let mut book = book();
    let cash = book.accounts[&CASH].clone();
    book.apply(&Command::SaveAccount(Account { opening: Money::new(1_000, Currency::INR), ..cash })).unwrap();
    for (id, minor, on) in [(1, 5, "2026-12-31"), (2, 10, "2027-03-31"), (3, 20, "2028-02-29"), (4, 40, "2028-03-01")] {
        book.apply(&Command::SaveRecord(spent(1000 + id, minor, on))).unwrap();
    }
    let moved = Record { account: BANK, flow: Flow::Transfer { to: CASH }, ..spent(9, 500, "2027-12-15") };
    book.apply(&Command::SaveRecord(moved)).unwrap();
    let today = day("2028-02-29");
    let mut window = book.clone();
    window.by_day_from = day("2028-02-01");
    window.totals = DailyTotals::default();
    for (key, total) in book.totals.iter().filter(|(key, _)| key.day >= day("2027-02-01")) {
        let key = if key.day < window.by_day_from { key.of_month() } else { key };
        window.totals.add_to(key, total);
    }
    for book in [&book, &window] {
        let cash = &book.accounts[&CASH];
        let held: Vec<(String, i64)> =
            book.held_over_time(cash, today).iter().map(|held| (held.day.to_string(), held.minor)).collect();
        assert_eq!(held.len(), 12);
        assert_eq!((held[0].0.as_str(), held[0].1), ("2027-03-31", 985), "what came before the window counts too");
        assert_eq!((held[8].0.as_str(), held[8].1), ("2027-11-30", 985));
        assert_eq!((held[9].0.as_str(), held[9].1), ("2027-12-31", 1_485));
        assert_eq!((held[11].0.as_str(), held[11].1), ("2028-02-29", 1_465));
        assert_eq!((book.to_come(cash, today).minor, book.balance(cash).minor), (-40, 1_425));
    }
}

#[test]
fn an_order_is_kept_and_the_same_again_changes_nothing() {
    let mut book = book();
    book.apply(&Command::OrderAccounts(vec![CASH, BANK])).unwrap();
    let names = |book: &Book| book.open_accounts().iter().map(|account| account.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&book), ["Cash", "Bank"]);
    let once = book.clone();
    book.apply(&Command::OrderAccounts(vec![CASH, BANK])).unwrap();
    assert_eq!(book, once);
    let unknown = Command::OrderCategories(vec![FOOD, CategoryId::NIL]);
    assert_eq!(book.apply(&unknown), Err(Refused::NotFound));
    assert_eq!(book, once);
    book.apply(&Command::OrderCategories(vec![FOOD])).unwrap();
    assert_eq!((book.categories[&FOOD].position, book.categories[&FOOD].revision), (1, book.revision));
}

#[test]
fn a_category_form_keeps_what_it_does_not_name() {
    let mut book = book();
    let below = CategoryId(Uuid::from_u128(70));
    let saved = Category {
        parent: Some(FOOD),
        icon: "coffee".into(),
        colour: 4,
        ..Category::plain(below, "Tea", Kind::Expense)
    };
    book.apply(&Command::SaveCategory(saved.clone())).unwrap();
    let form = ledger::categories::CategoryForm { name: "Chai".into(), ..Default::default() };
    let read = form.parse(below, &book).unwrap();
    assert_eq!(read, Category { name: "Chai".into(), revision: 0, ..saved });
    let whole = ledger::categories::CategoryForm {
        parent: Some(String::new()),
        icon: Some("bus".into()),
        colour: Some("11".into()),
        ..form.clone()
    };
    let read = whole.parse(below, &book).unwrap();
    assert_eq!((read.parent, read.icon.as_str(), read.colour), (None, "bus", 11));
    let odd = ledger::categories::CategoryForm {
        parent: Some("x".into()),
        icon: Some("../x".into()),
        colour: Some("12".into()),
        ..form
    };
    let errors = odd.parse(below, &book).unwrap_err();
    assert!(["parent", "icon", "colour"].into_iter().all(|field| errors.get(field).is_some()), "{errors}");
}

/// The thresholds that were told, with what was spent then.
fn told(book: &Book) -> Vec<(u16, i64)> {
    book.alerts.values().map(|alert| (alert.threshold, alert.spent.minor)).collect()
}

#[test]
fn no_expense_becomes_a_refund_of_itself() {
    let mut book = book();
    let expense = spent(1, 100, "2028-02-01");
    book.apply(&Command::SaveRecord(expense.clone())).unwrap();
    let of = expense.id;
    let kept =
        Record { revision: book.records[&of].revision, flow: Flow::Refund { category: Some(FOOD), of }, ..expense };
    assert!(matches!(book.apply(&Command::SaveRecord(kept)), Err(Refused::Invalid(_))));
}

#[test]
fn a_refund_that_is_deleted_or_gives_back_less_is_judged_like_spending() {
    let mut book = book();
    book.apply(&Command::SaveBudget(limit(100))).unwrap();
    let expense = spent(1, 110, "2028-02-29");
    let refund = |id: u128, minor: i64| {
        let flow = Flow::Refund { category: Some(FOOD), of: expense.id };
        Record { flow, ..spent(id, minor, "2028-02-29") }
    };
    // More than that is spent only where it is not given back.
    let mut alone = book.clone();
    let both = vec![expense.clone(), refund(2, 60)];
    alone.apply(&Command::SaveRecords(both.clone())).unwrap();
    assert_eq!(told(&alone), []);
    let less = Record { revision: alone.records[&both[1].id].revision, ..refund(2, 25) };
    let mut edited = alone.clone();
    edited.apply(&Command::SaveRecord(less)).unwrap();
    assert_eq!(told(&edited), [(80, 85)]);
    alone.apply(&Command::DeleteRecord(both[1].id)).unwrap();
    assert_eq!(told(&alone), [(80, 110), (100, 110)]);
    assert!(alone.alerts.values().all(|alert| alert.record == expense.id));
    let once = alone.alerts.clone();
    alone.apply(&Command::RestoreRecord(both[1].id)).unwrap();
    alone.apply(&Command::DeleteRecord(both[1].id)).unwrap();
    assert_eq!(alone.alerts, once, "once for each threshold");
    // Together with its expense it leaves nothing behind.
    book.apply(&Command::SaveRecords(both.clone())).unwrap();
    book.apply(&Command::DeleteRecords(vec![both[1].id, expense.id])).unwrap();
    assert_eq!(told(&book), []);
}

#[test]
fn a_limit_that_is_lowered_below_what_is_spent_tells_so_once() {
    let mut book = book();
    book.apply(&Command::SaveBudget(limit(1_000))).unwrap();
    book.apply(&Command::SaveRecord(spent(1, 500, "2028-01-31"))).unwrap();
    book.apply(&Command::SaveRecord(spent(2, 300, "2028-02-29"))).unwrap();
    let set = |book: &mut Book, minor: i64, earlier: &[(&str, i64)]| {
        let earlier = earlier.iter().map(|(on, minor)| (day(on), *minor)).collect();
        let revision = book.budgets[&LIMIT].revision;
        book.apply(&Command::SaveBudget(Budget { earlier, revision, ..limit(minor) })).unwrap();
    };
    set(&mut book, 400, &[("2028-02-29", 1_000)]);
    assert_eq!(told(&book), [], "75 % of it");
    set(&mut book, 250, &[("2028-02-29", 1_000)]);
    assert_eq!(told(&book), [(80, 300), (100, 300)], "of this month and not of January");
    let once = book.alerts.clone();
    set(&mut book, 2_000, &[("2028-02-29", 1_000)]);
    set(&mut book, 200, &[("2028-02-29", 1_000)]);
    assert_eq!(book.alerts, once);
}

#[test]
fn due_days_are_settled_in_order() {
    let mut book = book();
    book.apply(&Command::SaveBill(bill("2028-01-31", Repeats::Monthly))).unwrap();
    let pay = |due: &str| Command::PayBill { bill: BILL, due: day(due), record: spent(1, 5, "2028-02-01") };
    let skip = |due: &str| Command::SkipBill { bill: BILL, due: day(due) };
    for later in [pay("2028-02-29"), skip("2028-02-29")] {
        let Err(Refused::Invalid(errors)) = book.apply(&later) else { panic!("{later:?}") };
        assert_eq!(errors.get(""), Some("Pay or skip the one due 31 January 2028 first"));
    }
    for unknown in [pay("2028-02-28"), pay("2027-12-31")] {
        assert!(matches!(book.apply(&unknown), Err(Refused::Conflict(_))), "{unknown:?}");
    }
    book.apply(&skip("2028-01-31")).unwrap();
    book.apply(&pay("2028-02-29")).unwrap();
    assert!(matches!(book.apply(&skip("2028-02-29")), Err(Refused::Conflict(_))), "settled otherwise");
}
