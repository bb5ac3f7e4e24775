//! One category merged into another: all that it had moves, and all of it comes back.

use backend::{Error, housekeeping, list, merges, payees};
use chrono::TimeDelta;
use ledger::bills::Bill;
use ledger::budgets::Budget;
use ledger::categories::Category;
use ledger::command::Deleted;
use ledger::filter::Filter;
use ledger::id::{BillId, BudgetId, CategoryId};
use ledger::records::Record;
use ledger::recurrence::{Ends, Repeats};
use ledger::totals::DailyTotals;
use ledger::{Book, Command, Money};

use crate::engines::on_each;
use crate::household::{Household, day};

fn budget(home: &Household, categories: &[CategoryId]) -> Budget {
    let limit = Money::new(100_000, home.first.home);
    let monthly = Budget::monthly(BudgetId(home.id()), "Some", limit, day("2027-01-01"));
    Budget { categories: categories.iter().copied().collect(), ..monthly }
}

fn bill(home: &Household, category: CategoryId) -> Bill {
    Bill {
        id: BillId(home.id()),
        name: "Gas".into(),
        amount: Money::new(900, home.first.home),
        estimated: false,
        first_due: day("2027-02-01"),
        repeats: Repeats::Monthly,
        ends: Ends::Never,
        category: Some(category),
        account: None,
        remind_days: None,
        next_due: Some(day("2027-02-01")),
        changed: std::collections::BTreeMap::new(),
        revision: 0,
    }
}

fn merge(from: CategoryId, into: CategoryId) -> Command {
    Command::MergeCategory { from, into, today: day("2027-01-15") }
}

/// All but revisions.
fn said(book: &Book) -> Book {
    let mut book = Book { revision: 0, bin: ledger::book::Bin::default(), ..book.clone() };
    book.records.values_mut().for_each(|record| record.revision = 0);
    book.categories.values_mut().for_each(|category| category.revision = 0);
    book.bills.values_mut().for_each(|bill| bill.revision = 0);
    book.budgets.values_mut().for_each(|budget| budget.revision = 0);
    book
}

/// A book in which "Fuel" has a bit of everything, and a category below it.
async fn filled(backend: &backend::Backend) -> Household {
    let home = Household::new(backend, "asha@example.org").await;
    let (fuel, transport) = (home.category("Fuel"), home.category("Transport"));
    for (minor, on, category) in [
        (1_000, "2026-11-30", fuel),
        (2_000, "2027-01-14", fuel),
        (400, "2027-01-14", transport),
        (300, "2027-01-15", transport),
    ] {
        let record = home.expense(minor, on);
        home.save(&Record { payee: format!("Shop {minor}"), ..record.filed(Some(category)) }).await;
    }
    let gone = home.expense(700, "2027-01-14").filed(Some(fuel));
    home.save(&gone).await;
    home.run(Command::DeleteRecord(gone.id)).await;
    home.run(Command::SaveBill(bill(&home, fuel))).await;
    for categories in [vec![fuel], vec![fuel, transport], vec![]] {
        home.run(Command::SaveBudget(budget(&home, &categories))).await;
    }
    let groceries = home.first.categories[&home.category("Groceries")].clone();
    let diesel = CategoryId(home.id());
    home.run(Command::SaveCategory(Category {
        id: diesel,
        name: "Diesel".into(),
        parent: Some(fuel),
        revision: 0,
        ..groceries
    }))
    .await;
    home
}

#[tokio::test]
async fn everything_moves_and_comes_back_as_it_was() {
    on_each(async |backend| {
        let home = filled(&backend).await;
        let (fuel, transport) = (home.category("Fuel"), home.category("Transport"));
        let before = home.book().await;
        let changes = home.run(merge(fuel, transport)).await;
        let merged = home.book().await;
        let mut kept = before.clone();
        kept.merge(&changes);
        assert_eq!(said(&kept), said(&merged), "the answer tells all");
        assert!(!merged.categories.contains_key(&fuel));
        assert!(merged.records.values().all(|record| record.flow.category() == Some(transport)));
        assert_eq!(merged.totals, DailyTotals::rebuilt(merged.records.values()));
        assert!(merged.bills.values().all(|bill| bill.category == Some(transport)));
        assert!(merged.budgets.values().all(|budget| !budget.categories.contains(&fuel)));
        assert_eq!(merged.balances, before.balances);
        let sums = list::sums(&backend, &home.member, &Filter::default().in_category(Some(transport))).await.unwrap();
        assert_eq!((sums.count, sums.expenses[0].minor), (4, 3_700), "over all days");
        let known = payees::suggest(&backend, &home.member, "Shop 2000").await.unwrap();
        assert_eq!(known[0].category, Some(transport));
        let again = home.run(merge(fuel, transport)).await;
        assert_eq!(again.revision, merged.revision, "twice is as once");

        home.run(Command::UnmergeCategory(fuel)).await;
        let back = home.book().await;
        assert_eq!(said(&back), said(&before));
        let sums = list::sums(&backend, &home.member, &Filter::default().in_category(Some(fuel))).await.unwrap();
        assert_eq!((sums.count, sums.expenses[0].minor), (2, 3_000));
        let known = payees::suggest(&backend, &home.member, "Shop 2000").await.unwrap();
        assert_eq!(known[0].category, Some(fuel));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_record_follows_its_category_there_and_back() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let (fuel, transport) = (home.category("Fuel"), home.category("Transport"));
        let gone = home.expense(700, "2027-01-14").filed(Some(fuel));
        home.save(&gone).await;
        home.run(Command::DeleteRecord(gone.id)).await;
        home.run(merge(fuel, transport)).await;
        home.run(Command::RestoreRecord(gone.id)).await;
        assert_eq!(home.book().await.records[&gone.id].flow.category(), Some(transport));
        home.run(Command::UnmergeCategory(fuel)).await;
        assert_eq!(home.book().await.records[&gone.id].flow.category(), Some(fuel));
    })
    .await;
}

#[tokio::test]
async fn what_is_filed_elsewhere_since_stays_there() {
    on_each(async |backend| {
        let home = filled(&backend).await;
        let (fuel, transport) = (home.category("Fuel"), home.category("Transport"));
        home.run(merge(fuel, transport)).await;
        let book = home.book().await;
        let of = |minor: i64| book.records.values().find(|record| record.amount.minor == minor).unwrap().clone();
        home.save(&of(1_000).filed(Some(home.category("Rent")))).await;
        home.save(&Record { amount: Money::new(2_500, book.home), ..of(2_000) }).await;
        home.run(Command::UnmergeCategory(fuel)).await;
        let book = home.book().await;
        let filed = |minor: i64| {
            let found = book.records.values().find(|record| record.amount.minor == minor).unwrap();
            book.category_name(found.flow.category()).to_owned()
        };
        assert_eq!([filed(1_000), filed(2_500), filed(400)], ["Rent", "Fuel", "Transport"]);
        assert_eq!(book.totals, DailyTotals::rebuilt(book.records.values()));
    })
    .await;
}

#[tokio::test]
async fn a_merge_that_cannot_be_is_refused_with_words() {
    on_each(async |backend| {
        let home = filled(&backend).await;
        let (fuel, transport) = (home.category("Fuel"), home.category("Transport"));
        let diesel = home.book().await.categories.values().find(|category| category.name == "Diesel").unwrap().id;
        for into in [fuel, diesel, home.category("Salary")] {
            let refused = home.try_run(merge(fuel, into)).await;
            assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors.get("into").is_some()), "{refused:?}");
        }
        home.run(merge(fuel, transport)).await;
        home.run(merge(transport, home.category("Rent"))).await;
        let refused = home.try_run(Command::UnmergeCategory(fuel)).await;
        assert!(matches!(&refused, Err(Error::Conflict(words)) if words.contains("first")), "{refused:?}");
        home.run(Command::UnmergeCategory(transport)).await;
        let groceries = home.first.categories[&home.category("Groceries")].clone();
        let taken = Category { id: CategoryId(home.id()), name: " FUEL".into(), revision: 0, ..groceries };
        home.run(Command::SaveCategory(taken)).await;
        let refused = home.try_run(Command::UnmergeCategory(fuel)).await;
        assert!(matches!(&refused, Err(Error::Conflict(words)) if words.contains("name")), "{refused:?}");

        let other = Household::new(&backend, "ben@example.org").await;
        for command in [merge(fuel, transport), Command::UnmergeCategory(fuel)] {
            assert!(matches!(other.try_run(command).await, Err(Error::NotFound)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_large_category_moves_in_a_moment_and_the_answer_stays_small() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        backend::bulk::fill(&backend, &home.member, 12_500, 3).await.unwrap();
        let book = home.book().await;
        let expenses: Vec<CategoryId> =
            book.categories_of(ledger::records::Kind::Expense).iter().map(|one| one.id).collect();
        // All into one, which then is large.
        let large = expenses[0];
        for from in &expenses[1..] {
            home.run(merge(*from, large)).await;
        }
        let other = book.categories[&large].clone();
        let other = Category { id: CategoryId(home.id()), name: "All".into(), revision: 0, ..other };
        home.run(Command::SaveCategory(other.clone())).await;
        let start = home.book().await;
        let changes = home.run(merge(large, other.id)).await;
        assert!(changes.reload && changes.records.is_empty());
        let sums = list::sums(&backend, &home.member, &Filter::default().in_category(Some(other.id))).await.unwrap();
        assert!(sums.count > 10_000, "{}", sums.count);
        assert!(home.since(start.revision).await.reload, "others load the book again too");
        assert_eq!(home.since(start.revision).await.revision, changes.revision);
        home.run(Command::UnmergeCategory(large)).await;
        let after = list::sums(&backend, &home.member, &Filter::default().in_category(Some(large))).await.unwrap();
        assert_eq!((after.count, after.expenses), (sums.count, sums.expenses));
    })
    .await;
}

#[tokio::test]
async fn a_budget_that_a_merge_takes_over_its_limit_alerts_once_and_undo_says_nothing() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let (fuel, transport) = (home.category("Fuel"), home.category("Transport"));
        let limit = |minor| Budget { limit: Money::new(minor, home.first.home), ..budget(&home, &[transport]) };
        // The older spending would be over it too: it is past mending.
        for (minor, on) in [(900, "2026-12-31"), (700, "2027-01-02"), (200, "2027-01-31")] {
            home.save(&home.expense(minor, on).filed(Some(fuel))).await;
        }
        home.save(&home.expense(150, "2027-01-15").filed(Some(transport))).await;
        let tight = limit(1_000);
        home.run(Command::SaveBudget(tight.clone())).await;
        home.run(Command::SaveBudget(limit(5_000))).await;
        home.run(Command::SaveBudget(Budget { categories: [].into(), ..limit(1) })).await;

        let changes = home.run(merge(fuel, transport)).await;
        let told: Vec<_> = changes.alerts.iter().map(|alert| (alert.budget, alert.threshold, alert.seen)).collect();
        assert_eq!(told, [(tight.id, 80, true), (tight.id, 100, false)]);
        assert_eq!((changes.alerts[1].period.start, changes.alerts[1].spent.minor), (day("2027-01-01"), 1_050));
        assert_eq!(home.letters("budget_alert").await, 1);
        assert!(home.run(Command::UnmergeCategory(fuel)).await.alerts.is_empty());
        assert!(home.run(merge(fuel, transport)).await.alerts.is_empty(), "told once");
        assert_eq!(home.letters("budget_alert").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_merge_can_be_taken_back_for_a_week() {
    on_each(async |backend| {
        let home = filled(&backend).await;
        let (fuel, transport) = (home.category("Fuel"), home.category("Transport"));
        let rows = async || {
            let mut tx = backend.db.read().await.unwrap();
            let sql = "select (select count(*) from merged_records) + (select count(*) from merged_payees)";
            tx.query(sql).one::<(i64,)>().await.unwrap().0
        };
        let start = home.book().await;
        home.run(merge(fuel, transport)).await;
        let told = async || merges::recent(&backend, &home.member).await.unwrap();
        let made = told().await;
        assert_eq!((made.len(), made[0].from, made[0].into, &*made[0].name), (1, fuel, transport, "Fuel"));
        let other = Household::new(&backend, "ben@example.org").await;
        assert!(merges::recent(&backend, &other.member).await.unwrap().is_empty());
        backend.clock.advance(TimeDelta::days(6));
        housekeeping::sweep(&backend).await.unwrap();
        assert_eq!(told().await, made, "the day stays");
        home.run(Command::UnmergeCategory(fuel)).await;
        assert!(told().await.is_empty());
        home.run(merge(fuel, transport)).await;
        assert!(rows().await > 0);
        backend.clock.advance(TimeDelta::days(8));
        assert!(told().await.is_empty(), "it is over even before that is swept away");
        housekeeping::sweep(&backend).await.unwrap();
        assert_eq!(rows().await, 0);
        assert!(matches!(home.try_run(Command::UnmergeCategory(fuel)).await, Err(Error::NotFound)));
        assert!(home.since(start.revision).await.deleted.contains(&Deleted::Category(fuel)), "that it is gone is told");
    })
    .await;
}
