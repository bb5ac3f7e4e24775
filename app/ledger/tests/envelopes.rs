//! Envelopes: golden tables, and what always holds.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::{NaiveDate, Weekday};
use ledger::categories::Category;
use ledger::command::Refused;
use ledger::envelopes::{Fill, Move, MoveForm, PlanForm};
use ledger::id::{AccountId, CategoryId, MoveId};
use ledger::records::Kind;
use ledger::totals::{Total, TotalKey, TotalKind};
use ledger::{Book, Command, Currency, Money, NumberFormat};
use proptest::prelude::*;
use uuid::Uuid;

const FOOD: CategoryId = CategoryId(Uuid::from_u128(3));
const SNACKS: CategoryId = CategoryId(Uuid::from_u128(4));
const FUEL: CategoryId = CategoryId(Uuid::from_u128(6));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn book() -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    book.planned_income = Some(Money::new(1_000, Currency::INR));
    for (id, name, parent) in [(FOOD, "Food", None), (SNACKS, "Snacks", Some(FOOD)), (FUEL, "Fuel", None)] {
        let category = Category { parent, ..Category::plain(id, name, Kind::Expense) };
        book.categories.insert(id, category);
    }
    book
}

fn add(book: &mut Book, kind: TotalKind, on: &str, category: CategoryId, minor: i64) {
    let key = TotalKey { day: day(on), kind, account: AccountId::NIL, category, currency: Currency::INR };
    book.totals.add_to(key, Total::one(minor));
}

fn spend(book: &mut Book, on: &str, category: CategoryId, minor: i64) {
    add(book, TotalKind::Expense, on, category, minor);
}

fn give(book: &mut Book, month: &str, category: CategoryId, to: i64) {
    let month = day(month);
    let fill = Fill { category, from: book.given(month, category), to };
    book.apply(&Command::FillEnvelopes { month, fills: vec![fill] }).unwrap();
}

/// Given, carried, spent and left.
fn line(book: &Book, on: &str, category: CategoryId) -> (i64, i64, i64, i64) {
    let line = *book.envelopes_of(day(on)).line(category).unwrap();
    (line.given, line.carried, line.spent, line.left())
}

#[test]
fn what_is_left_goes_on_and_overspending_is_taken_from_what_the_next_month_has_to_give() {
    let mut book = book();
    give(&mut book, "2028-01-01", FOOD, 300);
    give(&mut book, "2028-01-01", FUEL, 100);
    spend(&mut book, "2028-01-31", FOOD, 120);
    spend(&mut book, "2028-01-31", FUEL, 150);
    give(&mut book, "2028-02-01", FOOD, 50);
    spend(&mut book, "2028-02-29", FOOD, 30);
    assert_eq!(line(&book, "2028-01-15", FOOD), (300, 0, 120, 180));
    assert_eq!(line(&book, "2028-01-15", FUEL), (100, 0, 150, -50));
    assert_eq!(line(&book, "2028-02-29", FOOD), (50, 180, 30, 200));
    assert_eq!(line(&book, "2028-02-29", FUEL), (0, 0, 0, 0));
    let february = book.envelopes_of(day("2028-02-29"));
    assert_eq!((february.overspent_before.minor, february.given.minor, february.unassigned().minor), (50, 50, 900));
    // March: nothing was overspent in February, and what food has left goes on.
    let march = book.envelopes_of(day("2028-03-01"));
    assert_eq!((march.overspent_before.minor, march.unassigned().minor), (0, 1_000));
    assert_eq!(line(&book, "2028-03-01", FOOD), (0, 200, 0, 200));
}

#[test]
fn an_envelope_that_is_empty_is_overspent_by_what_is_spent() {
    let mut book = book();
    give(&mut book, "2028-10-01", FUEL, 100);
    spend(&mut book, "2028-10-31", FUEL, 100);
    spend(&mut book, "2028-11-30", FUEL, 30);
    let november = book.envelopes_of(day("2028-11-01"));
    let fuel = *november.line(FUEL).unwrap();
    assert_eq!((fuel.has_envelope, fuel.left(), november.outside.minor), (true, -30, 0));
    let december = book.envelopes_of(day("2028-12-01"));
    assert_eq!((december.overspent_before.minor, december.unassigned().minor), (30, 970));
    assert!(!november.line(FOOD).unwrap().has_envelope, "it was never given anything");
}

#[test]
fn there_is_to_give_what_is_planned_or_what_came_in_if_that_is_more() {
    let mut book = book();
    let unassigned = |book: &Book| book.envelopes_of(day("2028-02-01")).unassigned().minor;
    assert_eq!(unassigned(&book), 1_000);
    add(&mut book, TotalKind::Income, "2028-02-29", FUEL, 900);
    assert_eq!(unassigned(&book), 1_000);
    add(&mut book, TotalKind::Income, "2028-02-01", FUEL, 400);
    add(&mut book, TotalKind::Income, "2028-03-01", FUEL, 9_000);
    assert_eq!(unassigned(&book), 1_300);
    give(&mut book, "2028-02-01", FOOD, 1_500);
    assert_eq!(unassigned(&book), -200);
}

#[test]
fn spending_takes_from_the_nearest_envelope_above_it() {
    let mut book = book();
    for (category, minor) in [(FOOD, 1), (SNACKS, 20), (FUEL, 300), (CategoryId::NIL, 4_000)] {
        spend(&mut book, "2028-02-29", category, minor);
    }
    assert_eq!(book.envelopes_of(day("2028-02-01")).outside.minor, 4_321);
    give(&mut book, "2028-02-01", FOOD, 100);
    assert_eq!((line(&book, "2028-02-01", FOOD).2, line(&book, "2028-02-01", SNACKS).2), (21, 0));
    assert_eq!(book.envelopes_of(day("2028-02-01")).outside.minor, 4_300);
    give(&mut book, "2028-02-01", SNACKS, 100);
    assert_eq!((line(&book, "2028-02-01", FOOD).2, line(&book, "2028-02-01", SNACKS).2), (1, 20));
}

#[test]
fn a_change_that_started_from_another_amount_is_refused_and_the_same_twice_is_as_once() {
    let mut book = book();
    let month = day("2028-02-01");
    let fill = |from, to| Command::FillEnvelopes { month, fills: vec![Fill { category: FOOD, from, to }] };
    book.apply(&fill(0, 100)).unwrap();
    let once = book.clone();
    book.apply(&fill(0, 100)).unwrap();
    assert_eq!(book, once);
    assert!(matches!(book.apply(&fill(0, 200)), Err(Refused::Conflict(_))));
    let foreign = Command::FillEnvelopes { month, fills: vec![Fill { category: CategoryId::NIL, from: 0, to: 1 }] };
    assert!(matches!(book.apply(&foreign), Err(Refused::Invalid(_))));
    assert_eq!(book, once);
}

#[test]
fn the_plan_of_last_month_fills_what_is_empty() {
    let mut book = book();
    give(&mut book, "2027-12-01", FOOD, 300);
    give(&mut book, "2027-12-01", FUEL, 100);
    give(&mut book, "2028-01-01", FUEL, 70);
    let fills = book.envelopes_as_before(day("2028-01-31"));
    assert_eq!(fills, [Fill { category: FOOD, from: 0, to: 300 }]);
}

#[test]
fn typed_amounts_become_changes_or_are_refused_where_they_stand() {
    let (book, format) = (book(), NumberFormat::of("en-IN"));
    let form = |food: &str| PlanForm {
        month: "2028-02".into(),
        categories: vec![FOOD.to_string(), FUEL.to_string()],
        given: vec![food.to_owned(), String::new()],
        before: vec!["100".into(), "0".into()],
    };
    assert_eq!(form("1.00").parse(&book, format), Ok((day("2028-02-01"), vec![])));
    let changed = form("2.50").parse(&book, format).unwrap();
    assert_eq!(changed.1, [Fill { category: FOOD, from: 100, to: 250 }]);
    let (month, fills) = form("2.50").parse(&book, format).unwrap();
    let back = PlanForm::undoing(month, &fills, Currency::INR, format).parse(&book, format).unwrap();
    let swapped: Vec<Fill> = fills.iter().map(|fill| Fill { from: fill.to, to: fill.from, ..*fill }).collect();
    assert_eq!(back, (month, swapped), "and back");
    assert!(form("much").parse(&book, format).unwrap_err().get(&FOOD.to_string()).is_some());
}

#[test]
fn a_move_is_made_once_and_another_under_its_id_is_refused() {
    let mut book = book();
    give(&mut book, "2028-02-01", FOOD, 300);
    let deed =
        Move { id: MoveId(Uuid::from_u128(1)), month: day("2028-02-01"), from: Some(FOOD), to: Some(FUEL), minor: 200 };
    book.apply(&Command::MoveMoney(deed.clone())).unwrap();
    let once = book.clone();
    assert_eq!((line(&book, "2028-02-29", FOOD).0, line(&book, "2028-02-29", FUEL).0), (100, 200));
    // Nothing is left that could be moved again: the retry says so nowhere.
    book.apply(&Command::MoveMoney(deed.clone())).unwrap();
    assert_eq!(book, once);
    let other = book.apply(&Command::MoveMoney(Move { minor: 100, ..deed.clone() }));
    assert!(matches!(other, Err(Refused::Conflict(_))));
    let foreign = Move { id: MoveId(Uuid::from_u128(2)), to: Some(CategoryId::NIL), ..deed };
    assert!(matches!(book.apply(&Command::MoveMoney(foreign)), Err(Refused::Invalid(_))));
    assert_eq!(book, once);
}

proptest! {
    #[test]
    fn moving_changes_neither_the_whole_nor_leaves_an_envelope_owing(
        given in prop::array::uniform3(0_i64..50_000), steps in prop::collection::vec((0_usize..4, 0_usize..4, 1_i64..30_000), 1..20)
    ) {
        let (mut book, format, sides) = (book(), NumberFormat::of("en-IN"), [None, Some(FOOD), Some(SNACKS), Some(FUEL)]);
        for (category, minor) in [FOOD, SNACKS, FUEL].into_iter().zip(given) {
            give(&mut book, "2028-01-01", category, minor);
            give(&mut book, "2028-02-01", category, minor / 2);
        }
        let whole = |book: &Book| {
            let plan = book.envelopes_of(day("2028-02-01"));
            plan.unassigned().minor + plan.lines.iter().map(ledger::envelopes::Line::left).sum::<i64>()
        };
        let before = whole(&book);
        let mut ids = 1_u128..;
        for (from, to, minor) in steps {
            let id = |side: usize| sides[side].map(|id| id.to_string()).unwrap_or_default();
            let amount = format.plain(Money::new(minor, Currency::INR));
            let form = MoveForm { month: "2028-02".into(), from: id(from), to: id(to), amount, ..MoveForm::default() };
            let move_id = MoveId(Uuid::from_u128(ids.next().unwrap()));
            let deed = form.parse(move_id, &book, format).and_then(|deed| book.check_move(&deed, format).map(|()| deed));
            if let Ok(deed) = deed {
                book.apply(&Command::MoveMoney(deed.clone())).unwrap();
                let once = book.clone();
                book.apply(&Command::MoveMoney(deed)).unwrap();
                prop_assert_eq!(&book, &once, "the same again");
            }
            prop_assert_eq!(whole(&book), before);
            prop_assert!(book.envelopes_of(day("2028-02-01")).lines.iter().all(|line| line.left() >= 0));
        }
    }

    /// By month and category what is given and spent, in categories with and without an envelope, and what came in.
    #[test]
    fn whatever_is_given_and_spent_nothing_is_lost_over_the_months(
        months in prop::collection::vec((0_i64..9_000, prop::array::uniform3(0_i64..900), prop::array::uniform4(0_i64..900)), 1..9)
    ) {
        let mut book = book();
        book.planned_income = None;
        let (mut kept, mut begun) = (0, false);
        let names: Vec<String> = (1..).map(|month| format!("2028-{month:02}-01")).take(months.len() + 1).collect();
        for (month, (income, given, spent)) in names.iter().zip(&months) {
            add(&mut book, TotalKind::Income, month, FUEL, *income);
            for (category, minor) in [FOOD, SNACKS, FUEL].into_iter().zip(given) {
                // Some are given nothing for a while.
                give(&mut book, month, category, if minor % 3 == 0 { *minor } else { 0 });
            }
            for (category, minor) in [FOOD, SNACKS, FUEL, CategoryId::NIL].into_iter().zip(spent) {
                spend(&mut book, month, category, *minor);
            }
        }
        for ((month, next), (income, given, spent)) in names.iter().zip(&names[1..]).zip(&months) {
            begun |= given.iter().any(|minor| minor % 3 == 0 && *minor > 0);
            kept += if begun { income - spent.iter().sum::<i64>() } else { 0 };
            let plan = book.envelopes_of(day(next));
            let carried: i64 = plan.lines.iter().map(|line| line.carried).sum();
            prop_assert_eq!(carried + plan.unassigned_before.minor - plan.overspent_before.minor, kept);
            // The same from within the month, once nothing more happens in it.
            let plan = book.envelopes_of(day(month));
            let has_envelope = |line: &&ledger::envelopes::Line| line.has_envelope;
            let left: i64 = plan.lines.iter().filter(has_envelope).map(ledger::envelopes::Line::left).sum();
            if begun {
                prop_assert_eq!(plan.unassigned().minor + left - plan.outside.minor, kept);
            }
        }
    }

    /// What a month to come begins with never counts a plan of income as money, whatever the plan.
    #[test]
    fn a_plan_of_income_is_no_money_that_goes_on(
        planned in 0_i64..5_000,
        months in prop::collection::vec((prop::sample::select(vec![0_i64, 700, 2_500]), 0_i64..3_000, 0_i64..900), 1..6)
    ) {
        let mut book = book();
        let names: Vec<String> = (1..).map(|month| format!("2028-{month:02}-01")).take(months.len() + 1).collect();
        for (month, (income, given, spent)) in names.iter().zip(&months) {
            add(&mut book, TotalKind::Income, month, FUEL, *income);
            give(&mut book, month, FOOD, *given);
            spend(&mut book, month, FUEL, *spent);
        }
        let mut real = book.clone();
        (book.planned_income, real.planned_income) = (Some(Money::new(planned, Currency::INR)), None);
        for month in &names {
            let before = |book: &Book, today: &str| book.envelopes_as_of(day(month), day(today)).unassigned_before.minor;
            let came_in: i64 = months.iter().map(|(income, ..)| income).sum();
            for today in [&names[0], month] {
                prop_assert!(before(&book, today) >= before(&real, today));
                prop_assert!(before(&book, today) <= came_in);
                prop_assert_eq!(before(&real, today), before(&real, month), "money that is there needs no plan");
            }
        }
    }
}

/// What a month begins with, and what of it has no job: the month's first day, as seen on `today`.
fn unassigned(book: &Book, month: &str, today: &str) -> (i64, i64) {
    let plan = book.envelopes_as_of(day(month), day(today));
    (plan.unassigned_before.minor, plan.unassigned().minor)
}

#[test]
fn what_was_given_no_job_goes_on_to_the_next_month() {
    let mut book = book();
    book.planned_income = None;
    // Before anything is given, nothing is counted.
    add(&mut book, TotalKind::Income, "2027-12-31", FUEL, 9_000);
    for (month, income) in [("2028-01-31", 1_000), ("2028-02-29", 500)] {
        add(&mut book, TotalKind::Income, month, FUEL, income);
    }
    for (month, category, minor) in
        [("2028-01-01", FOOD, 300), ("2028-01-01", FUEL, 100), ("2028-02-01", FOOD, 50), ("2028-03-01", FUEL, 1_000)]
    {
        give(&mut book, month, category, minor);
    }
    for (on, category, minor) in [
        ("2028-01-01", FOOD, 120),
        ("2028-01-31", FUEL, 150),
        ("2028-02-29", FOOD, 30),
        ("2028-02-29", CategoryId::NIL, 40),
        ("2028-03-31", FOOD, 300),
    ] {
        spend(&mut book, on, category, minor);
    }
    // Month; from before, income, overspent before, given; without a job, outside.
    for (month, begins, ends) in [
        ("2027-12-01", (0, 9_000, 0, 0), (9_000, 0)),
        ("2028-01-01", (0, 1_000, 0, 400), (600, 0)),
        ("2028-02-01", (600, 500, 50, 50), (1_000, 40)),
        ("2028-03-01", (960, 0, 0, 1_000), (-40, 0)),
        ("2028-04-01", (-40, 0, 100, 0), (-140, 0)),
        ("2028-05-01", (-140, 0, 0, 0), (-140, 0)),
    ] {
        let plan = book.envelopes_of(day(month));
        let seen = (plan.unassigned_before.minor, plan.income.minor, plan.overspent_before.minor, plan.given.minor);
        assert_eq!((seen, (plan.unassigned().minor, plan.outside.minor)), (begins, ends), "{month}");
    }
    // 1,500 came in and 640 was spent: fuel holds 1,000 and 140 of that is not there.
    assert_eq!(line(&book, "2028-05-01", FUEL), (0, 1_000, 0, 1_000));
}

#[test]
fn a_month_to_come_is_left_what_came_in_and_no_plan() {
    let mut book = book();
    give(&mut book, "2028-01-01", FOOD, 400);
    let (january, february) = ("2028-01-01", "2028-02-01");
    assert_eq!(unassigned(&book, january, january), (0, 600));
    assert_eq!(unassigned(&book, february, january), (0, 1_000), "600 of a plan are not there");
    add(&mut book, TotalKind::Income, "2028-01-05", FUEL, 300);
    assert_eq!(unassigned(&book, february, january), (0, 1_000), "the rest of the plan may still come in");
    assert_eq!(unassigned(&book, february, february), (-100, 900), "it did not");
    add(&mut book, TotalKind::Income, "2028-01-31", FUEL, 900);
    for today in [january, february] {
        assert_eq!(unassigned(&book, february, today), (800, 1_800));
        assert_eq!(unassigned(&book, "2028-03-01", today), (800, 1_800), "nothing of February is there yet");
    }
    // Income of a day to come counts where it stands, and once.
    add(&mut book, TotalKind::Income, "2028-02-29", FUEL, 200);
    assert_eq!(unassigned(&book, "2028-03-01", january), (1_000, 2_000));
}

#[test]
fn who_records_no_income_owes_only_what_goes_beyond_the_plan() {
    let mut book = book();
    for month in ["2028-01-01", "2028-02-01", "2028-03-01"] {
        give(&mut book, month, FOOD, 700);
        spend(&mut book, month, FUEL, 200);
    }
    assert_eq!(unassigned(&book, "2028-04-01", "2028-04-01"), (0, 1_000));
    give(&mut book, "2028-03-01", FOOD, 1_000);
    assert_eq!(unassigned(&book, "2028-04-01", "2028-04-01"), (-200, 800));
    assert_eq!(unassigned(&book, "2028-05-01", "2028-05-01"), (0, 1_000), "paid off by what April gives no job");
}
