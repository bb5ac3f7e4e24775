//! Budgets for a tag, and the totals that they read.

use std::collections::BTreeSet;

use backend::commands::many;
use backend::{Backend, budgets, list, soundness, window};
use ledger::budgets::{Budget, RollOver};
use ledger::bulk::Edit;
use ledger::id::BudgetId;
use ledger::records::{Flow, Part, Record};
use ledger::{Book, Command, Currency, Money};

use crate::engines::on_each;
use crate::household::{Household, day};

fn limit(home: &Household, minor: i64, tag: &str) -> Budget {
    let id = BudgetId(home.id());
    let monthly = Budget::monthly(id, "Trip", Money::new(minor, Currency::INR), day("2026-12-01"));
    Budget { tag: Some(tag.into()), ..monthly }
}

fn tagged(home: &Household, minor: i64, on: &str, tags: &[&str]) -> Record {
    Record { tags: tags.iter().map(|tag| (*tag).to_owned()).collect(), ..home.expense(minor, on) }
}

#[tokio::test]
async fn a_tag_budget_tells_once_whatever_puts_the_tag_on() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        home.run(Command::SaveBudget(limit(&home, 100_000, "goa"))).await;
        assert!(home.save(&tagged(&home, 900_000, "2027-01-10", &["work"])).await.alerts.is_empty());
        let crossing = home.save(&tagged(&home, 80_001, "2027-01-10", &["Goa", "beach"])).await;
        assert_eq!(
            (crossing.alerts.len(), crossing.alerts[0].threshold, crossing.alerts[0].spent.minor),
            (1, 80, 80_001)
        );
        let plain = home.expense(30_000, "2027-01-11");
        assert!(home.save(&plain).await.alerts.is_empty());
        let edit = Edit::AddTags(vec!["GOA".into()]);
        let edited = many::edit(&backend, &home.member, &BTreeSet::from([plain.id]), &edit).await.unwrap();
        let told: Vec<_> = edited.changes.alerts.iter().map(|alert| (alert.threshold, alert.spent.minor)).collect();
        assert_eq!(told, [(100, 110_001)]);
        many::undo(&backend, &home.member, edited.changes.revision).await.unwrap();
        let again = many::edit(&backend, &home.member, &BTreeSet::from([plain.id]), &edit).await.unwrap();
        assert!(again.changes.alerts.is_empty(), "once for its period");
        assert_eq!(home.letters("budget_alert").await, 2);
        assert_eq!(soundness::check(&backend).await.unwrap().problems, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn the_history_of_a_tag_is_that_of_the_book_in_memory() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let share = |name: &str, minor| Part { category: Some(home.category(name)), minor, note: String::new() };
        let split = Record {
            flow: Flow::Expense { category: None },
            parts: vec![share("Fuel", 20_000), share("Rent", 10_000)],
            ..tagged(&home, 30_000, "2027-02-26", &["goa"])
        };
        let refund = Flow::Refund { category: Some(home.category("Fuel")), of: split.id };
        for record in [
            tagged(&home, 700, "2026-12-31", &["Goa"]),
            tagged(&home, 90_000, "2027-01-10", &["goa", "beach"]),
            split,
            Record { flow: refund, ..tagged(&home, 5_000, "2027-02-28", &["GOA"]) },
            tagged(&home, 11, "2027-02-28", &[]),
        ] {
            home.save(&record).await;
        }
        let rule = Some(RollOver { overspending: true, most: None });
        for span in ["day", "week", "month", "year", "pay:26", "2027-01-01/2027-02-27"] {
            let budget = Budget { span: span.parse().unwrap(), roll_over: rule, ..limit(&home, 50_000, "Goa") };
            home.run(Command::SaveBudget(budget.clone())).await;
            let (book, today) = (home.book().await, day("2027-02-28"));
            let past = budgets::history(&backend, &home.member, budget.id, None, today).await.unwrap();
            assert_eq!(past.unwrap().past, book.judged(&budget).history(today), "{span}");
            let seen = Book::from(window::load(&backend, &home.member, today).await.unwrap());
            assert!(seen.holds_spending_of(&budget, today), "{span}");
            assert_eq!(seen.judged(&budget).progress(today), book.judged(&budget).progress(today), "{span}");
        }
        let usual = budgets::usual_for_tag(&backend, &home.member, "GOA", "month".parse().unwrap(), day("2027-03-05"));
        let usual: Vec<_> = usual.await.unwrap().iter().map(|one| (one.months, one.limit.minor)).collect();
        assert_eq!(usual, [(3, 25_000)], "of 7.00, 900.00 and 250.00");
        let other = Household::new(&backend, "ben@example.org").await;
        assert_eq!(list::suggest_tags(&backend, &home.member, "#G").await.unwrap(), ["Goa"]);
        assert_eq!(list::suggest_tags(&backend, &home.member, " ").await.unwrap(), ["beach", "Goa"]);
        assert_eq!(list::suggest_tags(&backend, &other.member, "g").await.unwrap(), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_window_holds_the_tags_of_its_budgets_only() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        home.save(&tagged(&home, 500, "2027-01-10", &["goa", "work"])).await;
        let today = day("2027-01-20");
        let load = async |backend: &Backend| Book::from(window::load(backend, &home.member, today).await.unwrap());
        let mut seen = load(&backend).await;
        assert_eq!(seen.tag_totals.iter().count(), 0);
        let changes = home.run(Command::SaveBudget(limit(&home, 100_000, "goa"))).await;
        seen.merge(&changes);
        assert!(seen.misses_a_tag(), "what was spent before is still to be asked for");
        let seen = load(&backend).await;
        assert!(!seen.misses_a_tag());
        assert_eq!(
            seen.tag_totals.iter().map(|(key, total)| (key.tag, total.home)).collect::<Vec<_>>(),
            [("goa".into(), 500)]
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_recorded_before_is_counted_when_the_totals_come() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let bought = tagged(&home, 500, "2027-01-10", &["goa", "work"]);
        home.save(&bought).await;
        let back = Flow::Refund { category: None, of: bought.id };
        home.save(&Record { flow: back, ..tagged(&home, 200, "2027-01-10", &["Goa"]) }).await;
        home.save(&Record { tags: vec!["goa".into()], ..home.income(9_000, "2027-01-10") }).await;
        let gone = tagged(&home, 77, "2027-01-10", &["goa"]);
        home.save(&gone).await;
        home.run(Command::DeleteRecord(gone.id)).await;
        let before = home.book().await.tag_totals;
        let migration = include_str!("../../migrations/0028_tag_budgets.sql");
        let (_, filling) = migration.split_once("insert into tag_totals").unwrap();
        let filling: &'static str = Box::leak(format!("insert into tag_totals{filling}").into_boxed_str());
        let mut tx = backend.db.write().await.unwrap();
        tx.query("delete from tag_totals").execute().await.unwrap();
        tx.query(filling).execute().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(home.book().await.tag_totals, before);
        assert_eq!(soundness::check(&backend).await.unwrap().problems, Vec::<String>::new());
    })
    .await;
}
