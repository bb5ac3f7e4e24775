//! How budgets stand in a book: golden tables.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::{NaiveDate, Weekday};
use ledger::budgets::{Budget, PACE, RollOver};
use ledger::categories::Category;
use ledger::id::{AccountId, BudgetId, CategoryId};
use ledger::period::Period;
use ledger::records::Kind;
use ledger::totals::{Total, TotalKey, TotalKind};
use ledger::{Book, Command, Currency, Money};
use uuid::Uuid;

const FOOD: CategoryId = CategoryId(Uuid::from_u128(3));
const SNACKS: CategoryId = CategoryId(Uuid::from_u128(4));
const SWEETS: CategoryId = CategoryId(Uuid::from_u128(5));
const FUEL: CategoryId = CategoryId(Uuid::from_u128(6));

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A book in which so much was spent on a category on these days.
fn book(spent: &[(&str, CategoryId, i64)]) -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    for (id, parent) in [(FOOD, None), (SNACKS, Some(FOOD)), (SWEETS, Some(SNACKS)), (FUEL, None)] {
        let (name, icon) = (id.to_string(), String::new());
        let category = Category {
            id,
            name,
            kind: Kind::Expense,
            parent,
            position: 0,
            icon,
            colour: 0,
            archived: false,
            revision: 0,
        };
        book.categories.insert(id, category);
    }
    for (on, category, minor) in spent {
        let key = TotalKey {
            day: day(on),
            kind: TotalKind::Expense,
            account: AccountId::NIL,
            category: *category,
            currency: Currency::INR,
        };
        book.totals.add_to(key, Total::one(*minor));
    }
    book
}

fn budget(span: &str, roll_over: Option<RollOver>) -> Budget {
    let monthly = Budget::monthly(BudgetId::NIL, "Everything", Money::new(100, Currency::INR), day("2027-12-01"));
    Budget { span: span.parse().unwrap(), roll_over, ..monthly }
}

#[test]
fn months_leave_to_the_next_what_their_rule_says() {
    let left = Some(RollOver::default());
    let both = Some(RollOver { overspending: true, most: None });
    let capped = Some(RollOver { overspending: true, most: Some(50) });
    // Spent in December, January, February (which has a 29th); the limit and what was carried in March.
    for (rule, spent, limit, carried) in [
        (None, [10, 10, 10], 100, 0),
        (left, [100, 100, 100], 100, 0),
        (left, [10, 10, 10], 370, 270),
        (left, [10, 300, 90], 110, 10),
        (both, [10, 300, 90], 0, -100),
        (both, [10, 150, 90], 150, 50),
        (both, [500, 0, 0], 0, -200),
        (capped, [500, 0, 0], 150, 50),
        (capped, [500, 0, 90], 150, 50),
        (capped, [0, 0, 500], 50, -50),
    ] {
        let book = book(&[
            ("2027-12-31", FOOD, spent[0]),
            ("2028-01-01", FOOD, spent[1]),
            ("2028-02-29", FOOD, spent[2]),
            // Before the budget began, and after the period.
            ("2027-11-30", FOOD, 1_000),
            ("2028-04-01", FOOD, 1_000),
        ]);
        let progress = book.judged(&budget("month", rule)).progress(day("2028-03-31"));
        assert_eq!((progress.limit.minor, progress.carried.minor), (limit, carried), "{rule:?} {spent:?}");
        assert_eq!((progress.spent.minor, progress.left.minor), (0, limit));
    }
}

#[test]
fn each_day_counts_in_the_period_that_it_lies_in() {
    for (span, inside, outside) in [
        ("day", vec!["2028-02-29"], vec!["2028-02-28", "2028-03-01"]),
        ("week", vec!["2028-02-28", "2028-03-05"], vec!["2028-02-27", "2028-03-06"]),
        ("quarter", vec!["2028-01-01", "2028-03-31"], vec!["2027-12-31", "2028-04-01"]),
        ("pay:30", vec!["2028-02-29", "2028-03-29"], vec!["2028-02-28", "2028-03-30"]),
        ("pay:last", vec!["2028-02-29", "2028-03-30"], vec!["2028-02-28", "2028-03-31"]),
        ("pay:2028-02-25", vec!["2028-02-25", "2028-03-09"], vec!["2028-02-24", "2028-03-10"]),
        ("2028-02-27/2028-02-29", vec!["2028-02-27", "2028-02-29"], vec!["2028-02-26", "2028-03-01"]),
    ] {
        let spent: Vec<_> =
            inside.iter().map(|on| (*on, FOOD, 3)).chain(outside.iter().map(|on| (*on, FOOD, 70))).collect();
        let progress = book(&spent).judged(&budget(span, None)).progress(day("2028-02-29"));
        assert_eq!(progress.spent.minor, 3 * i64::try_from(inside.len()).unwrap(), "{span} {:?}", progress.period);
    }
}

#[test]
fn what_lies_below_a_category_counts_with_it() {
    let book = book(&[
        ("2028-02-29", FOOD, 1),
        ("2028-02-29", SNACKS, 20),
        ("2028-02-29", SWEETS, 300),
        ("2028-02-29", FUEL, 4_000),
    ]);
    for (chosen, spent) in
        [(vec![], 4_321), (vec![FOOD], 321), (vec![SNACKS], 320), (vec![SWEETS, FOOD], 321), (vec![FUEL], 4_000)]
    {
        let budget = Budget { categories: chosen.iter().copied().collect(), ..budget("month", None) };
        assert_eq!(book.judged(&budget).progress(day("2028-02-29")).spent.minor, spent, "{chosen:?}");
    }
}

#[test]
fn a_ring_of_categories_ends() {
    let mut book = book(&[("2028-02-29", SWEETS, 300)]);
    book.categories.get_mut(&FOOD).unwrap().parent = Some(SWEETS);
    let budget = Budget { categories: [SNACKS].into(), ..budget("month", None) };
    assert_eq!(book.judged(&budget).progress(day("2028-02-29")).spent.minor, 300);
}

#[test]
fn days_to_come_are_all_left_and_days_gone_are_none() {
    let (book, trip) = (book(&[]), budget("2028-02-27/2028-03-01", None));
    for (today, days, per_day) in [
        ("2028-02-01", 4, Some(25)),
        ("2028-02-29", 2, Some(50)),
        ("2028-03-01", 1, Some(100)),
        ("2028-03-02", 0, None),
    ] {
        let progress = book.judged(&trip).progress(day(today));
        assert_eq!((progress.days_left, progress.per_day.map(|money| money.minor)), (days, per_day), "{today}");
        assert_eq!(trip.is_over(day(today)), days == 0);
    }
}

#[test]
fn the_pace_is_told_once_in_a_period_and_only_where_it_is_watched() {
    let mut book = book(&[("2028-02-05", FOOD, 60), ("2028-02-28", FOOD, 1)]);
    let id = |number| BudgetId(Uuid::from_u128(number));
    book.budgets.insert(id(1), Budget { id: id(1), pace: true, ..budget("month", None) });
    book.budgets.insert(id(2), Budget { id: id(2), ..budget("month", None) });
    let judge = |book: &mut Book, today: &str| {
        book.apply(&Command::JudgePace { today: day(today) }).unwrap();
        book.alerts.keys().copied().collect::<Vec<_>>()
    };
    let february = (id(1), Period::month_of(day("2028-02-01")), PACE);
    assert_eq!(judge(&mut book, "2028-02-02"), [], "too early to tell");
    assert_eq!(judge(&mut book, "2028-02-20"), [], "60 of 100 by the 20th lasts");
    assert_eq!(judge(&mut book, "2028-02-10"), [february]);
    let told = book.clone();
    assert_eq!(judge(&mut book, "2028-02-11"), [february]);
    assert_eq!(book, told);
    assert_eq!(book.alerts[&february].spent.minor, 61);
}

#[test]
fn the_history_goes_back_twelve_periods_and_knows_no_limit_before_the_budget_began() {
    let book =
        book(&[("2027-11-30", FOOD, 7), ("2027-12-31", FOOD, 10), ("2028-01-01", FOOD, 250), ("2028-02-29", FOOD, 30)]);
    let rule = Some(RollOver { overspending: true, most: None });
    let past = book.judged(&budget("month", rule)).history(day("2028-02-29"));
    let shown: Vec<_> = past
        .iter()
        .map(|past| (past.limit.map(|limit| limit.minor), past.spent.minor, past.left().map(|left| left.minor)))
        .collect();
    assert_eq!(shown.len(), 12);
    assert_eq!(
        shown[..4],
        [(Some(40), 30, Some(10)), (Some(190), 250, Some(-60)), (Some(100), 10, Some(90)), (None, 7, None)]
    );
    let trip = book.judged(&budget("2027-12-31/2028-01-01", rule)).history(day("2028-02-29"));
    assert_eq!((trip.len(), trip[0].spent.minor), (1, 260));
}

#[test]
fn a_suggestion_is_the_median_of_months_that_the_book_is_old_enough_for() {
    let spent = [
        ("2027-08-31", FOOD, 90_050),
        ("2027-09-01", FOOD, 10_001),
        ("2027-10-31", FOOD, 20_001),
        ("2027-11-30", SNACKS, 30_001),
        ("2027-12-31", FOOD, 0),
        ("2028-01-01", FOOD, 50_001),
        ("2028-02-01", FOOD, 999_999),
        ("2028-01-31", FUEL, 1_000_000),
    ];
    let book = book(&spent);
    let suggested = |book: &Book, span: &str, on: &str| -> Vec<(u32, i64)> {
        let found = book.suggestions(&[FOOD], span.parse().unwrap(), day(on));
        found.iter().map(|one| (one.months, one.limit.minor)).collect()
    };
    // Of 30,001, 0 and 50,001; of these and 90,050, 10,001 and 20,001. This month is not over.
    assert_eq!(suggested(&book, "month", "2028-02-29"), [(3, 30_100), (6, 30_100)]);
    assert_eq!(suggested(&book, "year", "2028-02-29")[0], (3, 360_100));
    assert_eq!(suggested(&book, "quarter", "2028-02-29")[0], (3, 90_100));
    assert_eq!(suggested(&book, "week", "2028-02-29")[0], (3, 7_000));
    assert_eq!(suggested(&book, "month", "2027-09-15"), []);
}

#[test]
fn days_that_are_held_by_the_month_only_are_not_judged() {
    let mut book = book(&[]);
    book.by_day_from = day("2028-02-01");
    for (span, held) in
        [("2028-01-31/2028-02-02", false), ("2028-02-01/2028-02-02", true), ("month", true), ("year", true)]
    {
        assert_eq!(book.holds_spending_of(&budget(span, None), day("2028-03-01")), held, "{span}");
    }
}
