//! How budgets stand in a book: golden tables.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use chrono::{NaiveDate, Weekday};
use ledger::accounts::{Account, AccountKind};
use ledger::budgets::{Budget, BudgetForm, PACE, RollOver};
use ledger::categories::Category;
use ledger::id::{AccountId, BudgetId, CategoryId, RecordId};
use ledger::period::Period;
use ledger::records::{Flow, Kind, Part, Record};
use ledger::totals::{TagKey, TagTotals, Total, TotalKey, TotalKind};
use ledger::{Book, Changes, Command, Currency, Money, NumberFormat, window};
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
        let category = Category { parent, ..Category::plain(id, id.to_string(), Kind::Expense) };
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
fn a_year_has_its_pace_though_the_months_before_are_known_by_their_sums_only() {
    // By the month up to March, by the day from April on; 101 days are gone on the tenth.
    let spent = [("2028-01-01", FOOD, 30), ("2028-03-01", FOOD, 20), ("2028-04-10", FOOD, 1), ("2028-04-11", FOOD, 40)];
    let mut book = book(&spent);
    book.by_day_from = day("2028-04-01");
    let budget = budget("year", None);
    assert!(book.holds_spending_of(&budget, day("2028-04-10")));
    let pace = book.judged(&budget).progress(day("2028-04-10")).pace.unwrap();
    // 51 in 101 days: what is noted for tomorrow is no part of it.
    assert_eq!((pace.by_end.minor, pace.passed_on), (184, Some(day("2028-07-17"))));
    let trip = self::budget("2028-04-01/2028-06-30", None);
    let pace = book.judged(&Budget { limit: Money::new(5, Currency::INR), ..trip }).progress(day("2028-04-10")).pace;
    assert_eq!(pace.map(|pace| (pace.by_end.minor, pace.passed_on)), Some((9, Some(day("2028-05-21")))));
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
fn a_period_is_judged_by_the_limit_that_held_in_it() {
    // Set on a day that begins a month, in the middle of a leap February, and on the last day of March.
    let limits = [("2028-01-01", 50), ("2028-02-15", 80), ("2028-03-31", 300)];
    let with = |span: &str| {
        let earlier = limits.iter().map(|(on, before)| (day(on), *before)).collect();
        Budget { earlier, since: day("2027-01-01"), ..budget(span, None) }
    };
    for (span, on, limit) in [
        ("month", "2027-12-31", 50),
        ("month", "2028-01-01", 80),
        ("month", "2028-01-31", 80),
        ("month", "2028-02-01", 300),
        ("month", "2028-02-29", 300),
        ("month", "2028-03-01", 100),
        ("month", "2029-01-01", 100),
        ("week", "2027-12-31", 80),
        ("week", "2027-12-26", 50),
        ("week", "2028-02-13", 80),
        ("week", "2028-02-14", 300),
        ("week", "2028-03-26", 300),
        ("week", "2028-03-27", 100),
        ("day", "2027-12-31", 50),
        ("day", "2028-01-01", 80),
        ("quarter", "2028-02-01", 100),
        ("quarter", "2027-10-01", 50),
        ("year", "2027-12-31", 50),
        ("year", "2028-01-01", 100),
        ("pay:31", "2028-03-30", 300),
        ("pay:31", "2028-03-31", 100),
        ("pay:last", "2028-02-28", 300),
    ] {
        let budget = with(span);
        let period = budget.period(day(on), Weekday::Mon);
        assert_eq!(budget.limit_in(period).minor, limit, "{span} {on}");
        let book = book(&[]);
        let past = book.judged(&budget).history(day("2028-04-10"));
        let held = past.iter().find(|past| past.period == period).and_then(|past| past.limit);
        assert!(held.is_none_or(|held| held.minor == limit), "{span} {on}: {held:?}");
    }
}

#[test]
fn a_year_takes_along_what_the_one_before_it_left() {
    let both = RollOver { overspending: true, most: None };
    for (rule, spent, since, carried) in [
        (RollOver::default(), 30, "2027-06-30", 70),
        (RollOver::default(), 130, "2027-06-30", 0),
        (both, 130, "2027-06-30", -30),
        (RollOver { most: Some(20), ..both }, 30, "2027-12-31", 20),
        // It is of this year: nothing was planned before.
        (both, 30, "2028-01-01", 0),
    ] {
        let book = book(&[("2026-12-31", FOOD, 500), ("2027-01-01", FOOD, spent), ("2028-02-29", FOOD, 10)]);
        let budget = Budget { since: day(since), ..budget("year", Some(rule)) };
        let progress = book.judged(&budget).progress(day("2028-12-31"));
        assert_eq!((progress.carried.minor, progress.spent.minor), (carried, 10), "{rule:?} {spent}");
        let held = window::held_days(day("2028-12-31"), [&budget].into_iter(), Weekday::Mon).start;
        assert_eq!(held, day(if since < "2028" { "2027-01-01" } else { "2027-12-01" }), "{since}");
    }
}

#[test]
fn what_rolls_over_is_left_of_the_limits_of_its_periods() {
    // 50 in December, 80 in January, 300 in February, 100 from March on.
    let earlier = [("2028-01-01", 50), ("2028-02-15", 80), ("2028-03-31", 300)];
    let earlier: std::collections::BTreeMap<_, _> = earlier.into_iter().map(|(on, minor)| (day(on), minor)).collect();
    let left = RollOver::default();
    let both = RollOver { overspending: true, most: None };
    let capped = RollOver { overspending: true, most: Some(60) };
    for (rule, spent, shown) in [
        (left, [0, 0, 0, 0], [50, 130, 430, 530]),
        (left, [60, 0, 0, 0], [50, 80, 380, 480]),
        (both, [60, 100, 250, 0], [50, 70, 270, 120]),
        (both, [350, 0, 0, 0], [50, 0, 80, 180]),
        (capped, [500, 0, 0, 1], [50, 20, 320, 160]),
    ] {
        let days = ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-01"];
        let spent: Vec<_> = days.iter().zip(spent).map(|(on, minor)| (*on, FOOD, minor)).collect();
        let budget = Budget { earlier: earlier.clone(), ..budget("month", Some(rule)) };
        let past = book(&spent).judged(&budget).history(day("2028-03-31"));
        let limits: Vec<_> = past.iter().rev().filter_map(|past| past.limit).map(|limit| limit.minor).collect();
        assert_eq!(limits, shown, "{rule:?} {spent:?}");
    }
}

#[test]
fn an_edit_of_a_limit_keeps_what_held_before() {
    let format = NumberFormat::of("en-IN");
    let edit = |before: &Budget, amount: &str, span: &str, today: &str| {
        let form = BudgetForm { amount: amount.into(), period: span.into(), ..BudgetForm::of(before, format) };
        form.parse(before.id, Currency::INR, format, day(today), Some(before)).unwrap()
    };
    let kept = |budget: &Budget| budget.earlier.iter().map(|(on, minor)| (on.to_string(), *minor)).collect::<Vec<_>>();
    let limit = |on: &str, minor| (on.to_owned(), minor);
    // 1.00 since December.
    let first = Budget { name: "Month".into(), ..budget("month", None) };
    assert_eq!(kept(&edit(&first, "2", "month", "2027-12-01")), [], "on the day it began");
    let second = edit(&first, "2", "month", "2028-02-29");
    assert_eq!(kept(&second), [limit("2028-02-29", 100)]);
    assert_eq!(edit(&second, "2", "month", "2028-03-09"), second, "the same again");
    let third = edit(&second, "3", "month", "2028-02-29");
    assert_eq!(kept(&third), [limit("2028-02-29", 100)], "what was typed in between held never");
    assert_eq!(kept(&edit(&third, "1", "month", "2028-02-29")), [], "typed back");
    let fourth = edit(&third, "4", "month", "2028-03-01");
    assert_eq!(kept(&fourth), [limit("2028-02-29", 100), limit("2028-03-01", 300)]);
    let west = edit(&fourth, "5", "month", "2028-02-28");
    assert_eq!(kept(&west), [limit("2028-02-29", 100), limit("2028-03-01", 300)], "a clock that is behind");
    assert_eq!(kept(&edit(&fourth, "1", "week", "2028-03-09")), [], "another length says nothing of the past");
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
        let found = book.judged(&Budget { categories: [FOOD].into(), ..budget(span, None) }).suggestions(day(on));
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

/// An expense of 2028 with these tags.
fn tagged(id: u128, minor: i64, on: &str, tags: &[&str]) -> Record {
    let (id, amount) = (RecordId(Uuid::from_u128(id)), Money::new(minor, Currency::INR));
    let plain = Record::plain(id, day(on), amount, AccountId::NIL, Flow::Expense { category: Some(FOOD) });
    Record { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..plain }
}

#[test]
fn a_tag_counts_whole_expenses_once_and_a_refund_takes_from_its_own_tags() {
    let part = |category, minor| Part { category: Some(category), minor, note: String::new() };
    let split = Record {
        flow: Flow::Expense { category: None },
        parts: vec![part(FOOD, 300), part(FUEL, 100)],
        ..tagged(1, 400, "2028-02-29", &["Goa", "trip"])
    };
    let refund = |id, minor, tags: &[&str]| {
        let flow = Flow::Refund { category: Some(FOOD), of: split.id };
        Record { flow, ..tagged(id, minor, "2028-02-29", tags) }
    };
    let dollars = Record { amount: Money::new(7, Currency::USD), ..tagged(2, 581, "2028-03-01", &["GOA"]) };
    let salary = Record { flow: Flow::Income { category: None }, ..tagged(3, 9_000, "2028-02-29", &["goa"]) };
    let twice = tagged(4, 20, "2028-02-01", &["goa", "Goa"]);
    let all = [split.clone(), refund(5, 50, &["goa"]), refund(6, 30, &[]), dollars, salary, twice];
    let totals = TagTotals::rebuilt(&all);
    for (tag, from, until, spent) in [
        ("goa", "2028-02-01", "2028-03-01", 370),
        ("goa", "2028-02-29", "2028-03-01", 350),
        ("goa", "2028-03-01", "2028-04-01", 581),
        ("trip", "2028-01-01", "2029-01-01", 400),
        ("go", "2028-01-01", "2029-01-01", 0),
        ("goa", "2028-03-01", "2028-02-01", 0),
    ] {
        assert_eq!(totals.spent(tag, Period { start: day(from), end: day(until) }), spent, "{tag} from {from}");
    }
}

#[test]
fn a_budget_for_a_tag_is_judged_by_it_and_alerts_once() {
    let mut book = book(&[("2028-02-29", FOOD, 5_000)]);
    let limit = Budget { tag: Some("GOA".into()), ..budget("2028-02-27/2028-03-01", None) };
    book.budgets.insert(limit.id, limit.clone());
    let account = Account::plain(AccountId::NIL, "Cash", AccountKind::Cash, Money::zero(Currency::INR));
    book.accounts.insert(account.id, account);
    let save = |book: &mut Book, record: Record| {
        book.apply(&Command::SaveRecord(record)).unwrap();
        book.alerts.values().map(|alert| (alert.threshold, alert.spent.minor)).collect::<Vec<_>>()
    };
    assert_eq!(save(&mut book, tagged(1, 80, "2028-02-27", &["Goa"])), []);
    assert_eq!(save(&mut book, tagged(2, 900, "2028-02-28", &["work"])), [], "another tag");
    assert_eq!(save(&mut book, tagged(3, 900, "2028-02-26", &["goa"])), [], "another day");
    // The tag is put on a record that stood without it.
    let untagged = tagged(4, 21, "2028-03-01", &[]);
    assert_eq!(save(&mut book, untagged.clone()), []);
    let revision = book.records[&untagged.id].revision;
    let now = Record { tags: vec!["goa".into()], revision, ..untagged };
    assert_eq!(save(&mut book, now.clone()), [(80, 101), (100, 101)]);
    let progress = book.judged(&limit).progress(day("2028-02-29"));
    assert_eq!((progress.spent.minor, progress.left.minor), (101, -1));
    let told = book.alerts.clone();
    save(&mut book, tagged(5, 500, "2028-02-29", &["Goa"]));
    assert_eq!(book.alerts, told);
    let so = |book: &Book, today: &str| -> Vec<u16> {
        let alerts = book.alerts.values().filter_map(|alert| book.as_it_stands(alert, day(today)));
        alerts.map(|alert| alert.threshold).collect()
    };
    assert_eq!(so(&book, "2028-02-29"), [80, 100]);
    let spent_now = |alert| book.as_it_stands(alert, day("2028-02-29")).unwrap().spent.minor;
    assert_eq!(
        book.alerts.values().map(spent_now).collect::<Vec<_>>(),
        [601, 601],
        "and not what it was when it was told"
    );
    book.apply(&Command::DeleteRecord(now.id)).unwrap();
    assert_eq!(book.judged(&limit).progress(day("2028-02-29")).spent.minor, 580);
    assert_eq!(so(&book, "2028-02-29"), [80, 100], "of the other one");
    // What is taken back is told no more, while it can still be mended.
    let other = book.records.values().find(|record| record.amount.minor == 500).unwrap().id;
    let mut mended = book.clone();
    mended.apply(&Command::DeleteRecord(other)).unwrap();
    assert_eq!((so(&mended, "2028-02-29"), so(&mended, "2028-03-05")), (vec![], vec![80, 100]));
    assert_eq!(book.tag_totals, TagTotals::rebuilt(book.records.values()));
}

#[test]
fn a_window_holds_the_tags_that_budgets_count_and_says_what_it_misses() {
    let mut book = book(&[]);
    let (goa, work) = (Budget { tag: Some("Goa".into()), ..budget("month", None) }, budget("month", None));
    let work = Budget { id: BudgetId(Uuid::from_u128(9)), tag: Some("work".into()), ..work };
    book.budgets.insert(goa.id, goa.clone());
    book.tags_held = Some(window::tags(book.budgets.values()));
    let today = day("2028-02-29");
    assert!(book.holds_spending_of(&goa, today) && !book.misses_a_tag());
    book.budgets.insert(work.id, work.clone());
    assert!(!book.holds_spending_of(&work, today) && book.misses_a_tag());
    let total = |tag: &str| (TagKey { tag: tag.into(), day: today, currency: Currency::INR }, Total::one(5));
    book.merge(&Changes { revision: 1, tags: vec![total("goa"), total("work")], ..Changes::default() });
    assert_eq!(book.tag_totals.iter().map(|(key, _)| key.tag).collect::<Vec<_>>(), ["goa"]);
    let old = Budget { tag: Some("goa".into()), ..budget("2026-12-30/2027-01-02", None) };
    assert!(!book.holds_spending_of(&old, today), "its days are no longer held");
    assert_eq!(window::by_day_from(today, [&old, &goa].into_iter(), Weekday::Mon), day("2028-02-01"));
}
