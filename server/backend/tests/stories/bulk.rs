//! Many records changed at once: one write, all taken back, and nothing of others overwritten.

use std::collections::BTreeSet;

use backend::commands::many;
use backend::{Error, list};
use ledger::budgets::Budget;
use ledger::bulk::{Edit, Stays};
use ledger::filter::Filter;
use ledger::id::{BudgetId, RecordId};
use ledger::records::{Flow, Record};
use ledger::{Book, Command, Money};

use crate::engines::on_each;
use crate::household::{Household, day};

async fn filled(backend: &backend::Backend) -> (Household, BTreeSet<RecordId>) {
    let home = Household::new(backend, "asha@example.org").await;
    let records = [
        Record { payee: "Swiggy".into(), tags: vec!["Goa".into()], ..home.expense(1_000, "2027-01-31") },
        Record { payee: "Shop".into(), ..home.expense(2_000, "2027-02-28") },
        home.income(9_000, "2027-02-01"),
        home.transfer(500, "2027-02-02"),
    ];
    for record in &records {
        home.save(record).await;
    }
    (home, records.iter().map(|record| record.id).collect())
}

/// All but the revisions.
fn said(book: &Book) -> (Vec<Record>, Vec<(ledger::totals::TotalKey, ledger::totals::Total)>, Vec<i64>) {
    let records = book.records.values().map(|record| Record { revision: 0, ..record.clone() });
    (records.collect(), book.totals.iter().collect(), book.balances.values().copied().collect())
}

#[tokio::test]
async fn every_edit_is_one_write_and_is_taken_back_exactly() {
    on_each(async |backend| {
        let (home, ids) = filled(&backend).await;
        let fuel = home.category("Fuel");
        let before = home.book().await;
        for (edit, changed, stay) in [
            (Edit::Category(Some(fuel)), 2, vec![(Stays::TransferHasNoCategory, 1), (Stays::OtherKind, 1)]),
            (Edit::Category(None), 3, vec![(Stays::TransferHasNoCategory, 1)]),
            (Edit::Account(home.account("Bank")), 2, vec![]),
            (Edit::Account(home.account("Cash")), 1, vec![(Stays::SameAccount, 1)]),
            (Edit::AddTags(vec!["#goa".into(), "trip".into()]), 4, vec![]),
            (Edit::RemoveTags(vec!["GOA".into()]), 1, vec![]),
            (Edit::Shift(1), 4, vec![]),
            (Edit::Shift(-31), 4, vec![]),
        ] {
            let start = home.book().await;
            let edited = many::edit(&backend, &home.member, &ids, &edit).await.unwrap();
            assert_eq!((edited.changed, edited.stay.into_iter().collect::<Vec<_>>()), (changed, stay), "{edit:?}");
            assert_eq!(edited.changes.revision, start.revision + 1, "one write: {edit:?}");
            let mut kept = start.clone();
            kept.merge(&edited.changes);
            assert_eq!(said(&kept), said(&home.book().await), "the answer tells all: {edit:?}");
            let (_, left) = many::undo(&backend, &home.member, edited.changes.revision).await.unwrap();
            assert_eq!(left, 0);
            assert_eq!(said(&home.book().await), said(&before), "{edit:?}");
        }
        let words = home.book().await.records.values().find(|record| record.payee == "Swiggy").unwrap().tags.clone();
        assert_eq!(words, ["Goa"]);
        let goa = Filter { tag: Some("goa".into()), ..Filter::default() };
        let found = list::page(&backend, &home.member, &goa, None, 9).await.unwrap();
        assert_eq!(found.records.len(), 1, "tags are found again after undo");
    })
    .await;
}

#[tokio::test]
async fn what_was_changed_since_is_not_put_back() {
    on_each(async |backend| {
        let (home, ids) = filled(&backend).await;
        let edited = many::edit(&backend, &home.member, &ids, &Edit::Shift(3)).await.unwrap();
        let later = home.book().await.records.values().find(|record| record.payee == "Shop").unwrap().clone();
        let mine = Record { note: "kept".into(), ..later };
        home.save(&mine).await;
        let (changes, left) = many::undo(&backend, &home.member, edited.changes.revision).await.unwrap();
        assert_eq!((changes.records.len(), left), (3, 1));
        let now = home.book().await.records[&mine.id].clone();
        assert_eq!((now.note.as_str(), now.day), ("kept", mine.day));
        let (again, left) = many::undo(&backend, &home.member, edited.changes.revision).await.unwrap();
        assert_eq!((again.records.len(), left), (0, 4), "undo twice does nothing more");
    })
    .await;
}

#[tokio::test]
async fn deleted_together_they_come_back_together_with_what_they_paid() {
    on_each(async |backend| {
        let (home, ids) = filled(&backend).await;
        let before = home.book().await;
        let edited = many::edit(&backend, &home.member, &ids, &Edit::Delete).await.unwrap();
        assert_eq!((edited.changes.deleted.len(), home.book().await.records.len()), (4, 0));
        many::undo(&backend, &home.member, edited.changes.revision).await.unwrap();
        assert_eq!(said(&home.book().await), said(&before));
    })
    .await;
}

#[tokio::test]
async fn a_budget_is_judged_once_when_all_are_counted() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let limit = Money::new(10_000, home.first.home);
        let monthly = Budget::monthly(BudgetId(home.id()), "Fuel", limit, day("2027-01-01"));
        let budget = Budget { categories: [home.category("Fuel")].into(), ..monthly };
        home.run(Command::SaveBudget(budget)).await;
        let mut ids = BTreeSet::new();
        for _ in 0..20 {
            let record = home.expense(1_000, "2027-01-10");
            ids.insert(record.id);
            home.save(&record).await;
        }
        let edited =
            many::edit(&backend, &home.member, &ids, &Edit::Category(Some(home.category("Fuel")))).await.unwrap();
        let told: Vec<(u16, i64, bool)> =
            edited.changes.alerts.iter().map(|alert| (alert.threshold, alert.spent.minor, alert.seen)).collect();
        assert_eq!(told, [(80, 20_000, true), (100, 20_000, false)]);
        assert_eq!(home.letters("budget_alert").await, 1);
    })
    .await;
}

#[tokio::test]
async fn the_bound_holds_and_records_of_others_are_not_there() {
    on_each(async |backend| {
        let (home, ids) = filled(&backend).await;
        let other = Household::new(&backend, "ben@example.org").await;
        let edited = many::edit(&backend, &other.member, &ids, &Edit::Delete).await.unwrap();
        assert_eq!(edited.changed, 0);
        let undone = many::undo(&backend, &other.member, 5).await;
        assert!(matches!(undone, Err(Error::NotFound)), "{undone:?}");
        assert_eq!(home.book().await.records.len(), 4);
        let many_ids: BTreeSet<RecordId> = (0..=ledger::bulk::MOST).map(|_| RecordId(home.id())).collect();
        let refused = many::edit(&backend, &home.member, &many_ids, &Edit::Delete).await;
        assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
        let refused = many::edit(&backend, &home.member, &ids, &Edit::Shift(0)).await;
        assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors.get("days").is_some()), "{refused:?}");
        let found =
            list::matching(&backend, &home.member, &Filter { search: "swiggy".into(), ..Filter::default() }).await;
        assert_eq!(found.unwrap().len(), 1);
        let flow = Flow::Transfer { to: home.account("Cash") };
        assert!(home.book().await.records.values().any(|record| record.flow == flow));
    })
    .await;
}
