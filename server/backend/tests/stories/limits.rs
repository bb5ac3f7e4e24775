//! Budgets and their alerts: once for each budget, period and threshold, whatever else is saved.

use std::collections::BTreeSet;

use backend::{Error, budgets, outbox, paces};
use ledger::budgets::{Budget, BudgetForm, PACE, RollOver};
use ledger::categories::Category;
use ledger::id::BudgetId;
use ledger::period::{Period, Span};
use ledger::records::{Flow, Record};
use ledger::{Command, Currency, Money, NumberFormat};

use crate::engines::on_each;
use crate::household::{Household, day};

/// The plain monthly limit, minor units.
pub fn monthly(home: &Household, minor: i64) -> Budget {
    Budget::monthly(BudgetId(home.id()), "This month", Money::new(minor, Currency::INR), day("2027-01-01"))
}

pub async fn with_limit(backend: &backend::Backend, minor: i64) -> (Household, Budget) {
    let home = Household::new(backend, "asha@example.org").await;
    let budget = monthly(&home, minor);
    home.run(Command::SaveBudget(budget.clone())).await;
    (home, budget)
}

#[tokio::test]
async fn an_edit_of_a_limit_that_was_changed_meanwhile_is_refused() {
    on_each(async |backend| {
        let (home, budget) = with_limit(&backend, 100_000).await;
        let format = NumberFormat::of("en-IN");
        let stored = async || budgets::find(&backend, &home.member, budget.id).await.unwrap().unwrap();
        let first = stored().await;
        let form = |amount: &str| BudgetForm {
            revision: first.revision.to_string(),
            name: first.name.clone(),
            amount: amount.into(),
            period: "month".into(),
            ..BudgetForm::default()
        };
        let save = async |form: BudgetForm| {
            let now = stored().await;
            let edited = form.parse(budget.id, Currency::INR, format, day("2027-01-10"), Some(&now)).unwrap();
            home.try_run(Command::SaveBudget(edited)).await
        };
        save(form("2000")).await.unwrap();
        save(form("2000")).await.expect("the same form sent again is no conflict");
        let stale = save(form("500")).await;
        assert!(matches!(stale, Err(Error::Conflict(_))), "{stale:?}");
        assert_eq!(stored().await.limit.minor, 200_000);
    })
    .await;
}

#[tokio::test]
async fn a_hundred_records_over_the_limit_give_one_alert() {
    on_each(async |backend| {
        let (home, budget) = with_limit(&backend, 100_000).await;
        let crossing = home.save(&home.expense(100_001, "2027-01-10")).await;
        let told: Vec<_> = crossing.alerts.iter().map(|alert| (alert.threshold, alert.seen)).collect();
        assert_eq!(told, [(80, true), (100, false)], "the lower threshold is passed with the higher");
        for _ in 0..99 {
            assert!(home.save(&home.expense(500, "2027-01-11")).await.alerts.is_empty());
        }
        assert_eq!(home.letters("budget_alert").await, 1);

        let letters = outbox::claim(&backend, 50).await.unwrap();
        let letter = letters.iter().find(|letter| letter.kind == "budget_alert").unwrap();
        assert_eq!(letter.key, format!("budget-alert:{}:2027-01-01:2027-02-01:100:{}", budget.id, home.member.user()));
        let said: serde_json::Value = serde_json::from_str(&letter.payload).unwrap();
        assert_eq!(said["limit"], "₹1,000.00");
        assert_eq!((&said["spent"], &said["period"]), (&"₹1,000.01".into(), &"January 2027".into()));
        assert_eq!(
            (&said["whole_month"], &said["percent"], &said["path"]),
            (&true.into(), &100.into(), &"/budgets".into())
        );
        assert_eq!(said["user"], home.member.user().to_string());
        assert_eq!((&said["budget_id"], &said["until"]), (&budget.id.to_string().into(), &"2027-02-01".into()));
        assert_eq!(letter.book_id, Some(home.member.book().0));
    })
    .await;
}

#[tokio::test]
async fn with_roll_over_a_back_dated_record_judges_the_months_that_it_leaves_less_to() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        home.run(Command::SaveBudget(Budget { roll_over: Some(RollOver::default()), ..monthly(&home, 100_000) })).await;
        assert!(home.save(&home.expense(150_000, "2027-02-10")).await.alerts.is_empty(), "75 % of two months");
        let back_dated = home.save(&home.expense(60_000, "2027-01-10")).await;
        let told: Vec<_> = back_dated.alerts.iter().map(|alert| (alert.period.start, alert.threshold)).collect();
        assert_eq!(told, [(day("2027-02-01"), 80), (day("2027-02-01"), 100)]);
        assert_eq!(back_dated.alerts[1].limit.minor, 140_000);
        assert_eq!(home.letters("budget_alert").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_year_is_told_of_though_its_first_month_was() {
    on_each(async |backend| {
        let (home, budget) = with_limit(&backend, 100_000).await;
        home.save(&home.expense(100_001, "2027-01-10")).await;
        let stored = budgets::find(&backend, &home.member, budget.id).await.unwrap().unwrap();
        home.run(Command::SaveBudget(Budget { span: Span::Year, ..stored })).await;
        let year = home.save(&home.expense(1, "2027-01-11")).await;
        assert_eq!(year.alerts.last().map(|alert| (alert.period.end, alert.threshold)), Some((day("2028-01-01"), 100)));
        assert_eq!(home.letters("budget_alert").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_salary_in_between_never_silences_an_alert() {
    on_each(async |backend| {
        let (home, _) = with_limit(&backend, 100_000).await;
        home.save(&home.expense(79_000, "2027-01-10")).await;
        assert!(home.save(&home.income(8_500_000, "2027-01-11")).await.alerts.is_empty());
        let near = home.save(&home.expense(1_001, "2027-01-12")).await;
        assert_eq!((near.alerts.len(), near.alerts[0].threshold), (1, 80));
        home.save(&home.income(8_500_000, "2027-01-12")).await;
        let over = home.save(&home.expense(20_000, "2027-01-13")).await;
        assert_eq!((over.alerts.len(), over.alerts[0].threshold, over.alerts[0].spent.minor), (1, 100, 100_001));
        assert_eq!(home.letters("budget_alert").await, 2);
    })
    .await;
}

#[tokio::test]
async fn edits_back_dating_and_undo_judge_the_right_period() {
    on_each(async |backend| {
        let (home, _) = with_limit(&backend, 100_000).await;
        let big = home.save(&home.expense(90_000, "2027-01-31")).await;
        assert_eq!(big.alerts[0].period.start, day("2027-01-01"));
        // Moved into February, where it is alone.
        let moved = Record { day: day("2027-02-01"), ..big.records[0].clone() };
        let moved = home.save(&moved).await;
        assert_eq!((moved.alerts[0].period.start, moved.alerts[0].threshold), (day("2027-02-01"), 80));
        // Back-dated into December, before the budget began.
        let december = home.save(&home.expense(150_000, "2026-12-31")).await;
        assert_eq!(december.alerts.last().map(|alert| alert.period.start), Some(day("2026-12-01")));
        // Undo of a deletion counts again, and tells only what is new.
        home.save(&home.expense(5_000, "2027-02-02")).await;
        home.run(Command::DeleteRecord(moved.records[0].id)).await;
        home.save(&home.expense(20_000, "2027-02-03")).await;
        let undone = home.run(Command::RestoreRecord(moved.records[0].id)).await;
        assert_eq!((undone.alerts.len(), undone.alerts[0].threshold, undone.alerts[0].spent.minor), (1, 100, 115_000));
    })
    .await;
}

#[tokio::test]
async fn a_category_budget_counts_its_categories_and_what_earlier_months_left() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let categories = BTreeSet::from([home.category("Groceries")]);
        let budget =
            Budget { categories, roll_over: Some(RollOver::default()), name: "Food".into(), ..monthly(&home, 100_000) };
        home.run(Command::SaveBudget(budget.clone())).await;
        home.save(&home.expense(40_000, "2027-01-10")).await;
        let fuel = Flow::Expense { category: Some(home.category("Fuel")) };
        let other = home.save(&Record { flow: fuel, ..home.expense(900_000, "2027-02-01") }).await;
        assert!(other.alerts.is_empty());
        assert!(home.save(&home.expense(128_000, "2027-02-02")).await.alerts.is_empty(), "160 % carried over");
        let near = home.save(&home.expense(1, "2027-02-03")).await;
        assert_eq!((near.alerts[0].threshold, near.alerts[0].limit.minor), (80, 160_000));
    })
    .await;
}

#[tokio::test]
async fn a_budget_counts_what_lies_below_its_categories_and_takes_overspending_along() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let food = home.category("Groceries");
        let below = Category { parent: Some(food), ..home.first.categories[&home.category("Fuel")].clone() };
        home.run(Command::SaveCategory(below)).await;
        let rule = RollOver { overspending: true, most: Some(30_000) };
        let budget = Budget { categories: [food].into(), roll_over: Some(rule), ..monthly(&home, 100_000) };
        home.run(Command::SaveBudget(budget)).await;
        let fuel = Flow::Expense { category: Some(home.category("Fuel")) };
        home.save(&Record { flow: fuel, ..home.expense(90_000, "2027-01-10") }).await;
        home.save(&home.expense(90_000, "2027-01-31")).await;
        let near = home.save(&home.expense(56_001, "2027-02-01")).await;
        assert_eq!((near.alerts[0].threshold, near.alerts[0].limit.minor), (80, 70_000), "at most 300.00 is owed");
    })
    .await;
}

#[tokio::test]
async fn a_trip_and_a_pay_cycle_are_judged_by_their_own_days() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        for span in ["2027-01-28/2027-02-03", "pay:last", "quarter", "day"] {
            home.run(Command::SaveBudget(Budget { span: span.parse().unwrap(), ..monthly(&home, 100_000) })).await;
        }
        home.save(&home.expense(70_000, "2027-01-28")).await;
        // The last working day of January 2027 is the 29th.
        let told = home.save(&home.expense(50_000, "2027-01-29")).await;
        let periods: Vec<_> = told.alerts.iter().filter(|alert| !alert.seen).map(|alert| alert.period).collect();
        assert_eq!(
            periods.iter().map(|period| period.start).collect::<Vec<_>>(),
            [day("2027-01-28"), day("2027-01-01")]
        );
        let told = home.save(&home.expense(60_000, "2027-02-04")).await;
        let periods: Vec<_> = told.alerts.iter().filter(|alert| !alert.seen).map(|alert| alert.period).collect();
        assert_eq!(periods, [Period { start: day("2027-01-29"), end: day("2027-02-26") }]);
    })
    .await;
}

#[tokio::test]
async fn the_pace_is_told_once_in_the_morning_of_whoever_keeps_the_book() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        home.run(Command::SaveBudget(Budget { pace: true, ..monthly(&home, 100_000) })).await;
        home.run(Command::SaveBudget(Budget { name: "Unwatched".into(), ..monthly(&home, 100_000) })).await;
        home.save(&home.expense(60_000, "2027-01-05")).await;
        let judged_at = async |at: &str| {
            backend.clock.set(at.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
            paces::judge(&backend).await.unwrap();
            home.letters("budget_alert").await
        };
        // Asia/Kolkata is five and a half hours ahead.
        assert_eq!(judged_at("2027-01-10T02:29:59Z").await, 0);
        assert_eq!(judged_at("2027-01-10T02:30:00Z").await, 1);
        let alerts = home.book().await.alerts;
        let told: Vec<_> = alerts.values().map(|alert| (alert.threshold, alert.spent.minor, alert.seen)).collect();
        assert_eq!(told, [(PACE, 60_000, false)]);
        for at in ["2027-01-10T03:00:00Z", "2027-01-11T02:30:00Z", "2027-01-12T02:30:00Z"] {
            assert_eq!(judged_at(at).await, 1, "{at}");
        }
        home.save(&home.expense(60_000, "2027-02-05")).await;
        assert_eq!(judged_at("2027-02-10T02:30:00Z").await, 2);
    })
    .await;
}

#[tokio::test]
async fn the_pace_of_a_year_and_of_days_of_ones_own_is_told_too() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        for span in ["year", "quarter", "2027-01-28/2027-02-20", "month"] {
            let span = span.parse().unwrap();
            home.run(Command::SaveBudget(Budget { span, pace: true, ..monthly(&home, 100_000) })).await;
        }
        // 64 % of a limit before February began.
        home.save(&home.expense(64_000, "2027-01-30")).await;
        let judged_at = async |at: &str| {
            backend.clock.set(at.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
            paces::judge(&backend).await.unwrap();
            let book = home.book().await;
            let paces = book.alerts.values().filter(|alert| alert.threshold == PACE);
            let spans = paces.map(|alert| book.budgets[&alert.budget].span.to_string());
            spans.collect::<BTreeSet<_>>()
        };
        let [trip, quarter, year] = ["2027-01-28/2027-02-20", "quarter", "year"].map(str::to_owned);
        // The tenth part of a year is not over before the 37th day.
        assert_eq!(judged_at("2027-02-05T02:30:00Z").await, [trip.clone(), quarter.clone()].into());
        assert_eq!(judged_at("2027-02-06T02:30:00Z").await, [trip, quarter, year].into());
    })
    .await;
}

#[tokio::test]
async fn alerts_are_seen_once_and_a_removed_limit_is_silent() {
    on_each(async |backend| {
        let (home, budget) = with_limit(&backend, 100).await;
        home.save(&home.expense(200, "2027-01-10")).await;
        let seen = home.run(Command::SeeAlerts).await;
        assert_eq!((seen.alerts.len(), seen.alerts[0].seen), (1, true));
        assert_eq!(home.run(Command::SeeAlerts).await.revision, seen.revision);
        home.run(Command::DeleteBudget(budget.id)).await;
        assert_eq!(budgets::find(&backend, &home.member, budget.id).await.unwrap(), None);
        assert!(!budgets::exists(&backend, home.member.book(), budget.id).await.unwrap());
        assert!(home.save(&home.expense(200, "2027-02-10")).await.alerts.is_empty());
        let back = home.run(Command::RestoreBudget(budget.id)).await;
        assert_eq!(back.budgets[0].limit.minor, 100);
        assert!(budgets::exists(&backend, home.member.book(), budget.id).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn the_history_is_that_of_the_book_in_memory_and_nobody_elses() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        for (minor, on) in [
            (500, "2026-01-31"),
            (700, "2026-12-31"),
            (90_000, "2027-01-10"),
            (30_000, "2027-02-26"),
            (7, "2027-02-28"),
        ] {
            home.save(&home.expense(minor, on)).await;
        }
        let rule = Some(RollOver { overspending: true, most: None });
        for span in ["day", "week", "month", "quarter", "year", "pay:26", "pay:2027-02-26", "2027-01-01/2027-02-27"] {
            let span = span.parse().unwrap();
            let budget = Budget { span, roll_over: rule, ..monthly(&home, 50_000) };
            home.run(Command::SaveBudget(budget.clone())).await;
            let (book, today) = (home.book().await, day("2027-02-28"));
            let past = budgets::history(&backend, &home.member, budget.id, None, today).await.unwrap();
            assert_eq!(past.unwrap().past, book.judged(&budget).history(today), "{span}");
            assert_eq!(budgets::history(&backend, &other.member, budget.id, None, today).await.unwrap(), None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_window_holds_the_year_before_only_where_a_budget_takes_something_along_from_it() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        for (minor, on) in [(900, "2026-12-31"), (30_000, "2027-01-10"), (7, "2027-10-31"), (500, "2028-11-30")] {
            home.save(&home.expense(minor, on)).await;
        }
        let today = day("2028-12-15");
        let first = async || {
            let window = backend::window::load(&backend, &home.member, today).await.unwrap();
            let book = ledger::Book::from(window);
            (book.held_from, book.totals.iter().map(|(key, _)| key.day).min().unwrap(), book)
        };
        let (from, earliest, _) = first().await;
        assert_eq!((from, earliest), (day("2027-12-01"), day("2028-11-01")));
        let span = "year".parse().unwrap();
        let yearly = Budget { span, roll_over: Some(RollOver::default()), ..monthly(&home, 100_000) };
        let budget = Budget { since: day("2026-05-01"), ..yearly };
        home.run(Command::SaveBudget(budget.clone())).await;
        let (from, earliest, book) = first().await;
        assert_eq!((from, earliest), (day("2027-01-01"), day("2027-01-01")));
        let (shown, stored) = (&book.budgets[&budget.id], home.book().await);
        let progress = book.judged(shown).progress(today);
        assert_eq!((progress.carried.minor, progress.limit.minor), (169_093, 269_093));
        assert_eq!(progress, stored.judged(&stored.budgets[&budget.id]).progress(today));
    })
    .await;
}

#[tokio::test]
async fn another_member_sees_no_budget_and_changes_none() {
    on_each(async |backend| {
        let (home, budget) = with_limit(&backend, 100).await;
        let other = Household::new(&backend, "ben@example.org").await;
        home.save(&home.expense(200, "2027-01-10")).await;
        let before = home.book().await;
        assert_eq!(budgets::find(&backend, &other.member, budget.id).await.unwrap(), None);
        assert!(!budgets::exists(&backend, other.member.book(), budget.id).await.unwrap());
        for command in [Command::DeleteBudget(budget.id), Command::RestoreBudget(budget.id)] {
            let answer = other.try_run(command.clone()).await;
            assert!(matches!(answer, Err(Error::NotFound)), "{command:?}: {answer:?}");
        }
        other.run(Command::SeeAlerts).await;
        assert!(other.save(&other.expense(900, "2027-01-10")).await.alerts.is_empty());
        assert_eq!(home.book().await, before);
        assert_eq!((other.book().await.alerts.len(), other.letters("budget_alert").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_lower_limit_and_a_refund_that_is_deleted_are_judged_by_all_that_was_spent() {
    on_each(async |backend| {
        let (home, budget) = with_limit(&backend, 1_000).await;
        let expense = home.expense(700, "2027-01-10");
        home.save(&expense).await;
        let flow = Flow::Refund { category: expense.flow.category(), of: expense.id };
        let refund = Record { flow, ..home.expense(400, "2027-01-11") };
        home.save(&refund).await;
        let lower = async |minor: i64| {
            let now = budgets::find(&backend, &home.member, budget.id).await.unwrap().unwrap();
            let limit = Money::new(minor, now.limit.currency);
            let earlier = [(day("2027-01-15"), 1_000)].into();
            let alerts = home.run(Command::SaveBudget(Budget { limit, earlier, ..now })).await.alerts;
            alerts.iter().map(|alert| (alert.threshold, alert.spent.minor)).collect::<Vec<_>>()
        };
        assert_eq!(lower(500).await, []);
        assert_eq!(lower(350).await, [(80, 300)]);
        assert_eq!(home.letters("budget_alert").await, 1);
        let deleted = home.run(Command::DeleteRecord(refund.id)).await;
        let told: Vec<_> = deleted.alerts.iter().map(|alert| (alert.threshold, alert.spent.minor)).collect();
        assert_eq!(told, [(100, 700)]);
        assert_eq!(home.letters("budget_alert").await, 2);
        assert_eq!(lower(100).await, [], "both were told");
    })
    .await;
}
