//! Bills: paid with exactly one record, skipped, opened again.

use std::collections::BTreeMap;

use backend::{Error, bills};
use chrono::NaiveDate;
use ledger::bills::{Bill, BillForm, Change};
use ledger::id::BillId;
use ledger::records::Record;
use ledger::recurrence::{Ends, Repeats};
use ledger::{Command, Currency, Money, NumberFormat};

use crate::engines::on_each;
use crate::household::{Household, day};

fn bill(home: &Household) -> Bill {
    Bill {
        id: BillId(home.id()),
        name: "Electricity".into(),
        amount: Money::new(184_000, Currency::INR),
        estimated: false,
        first_due: day("2026-12-31"),
        repeats: Repeats::Monthly,
        ends: Ends::Never,
        category: Some(home.category("Utilities")),
        account: Some(home.account("Bank")),
        remind_days: Some(3),
        next_due: Some(day("2026-12-31")),
        changed: BTreeMap::new(),
        revision: 0,
    }
}

fn pay(bill: &Bill, due: &str, record: &Record) -> Command {
    Command::PayBill { bill: bill.id, due: day(due), record: record.clone() }
}

#[tokio::test]
async fn a_bill_is_paid_with_exactly_one_record_however_often_it_is_sent() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let bill = bill(&home);
        home.run(Command::SaveBill(bill.clone())).await;
        let record = home.expense(184_000, "2027-01-02");
        let paid = home.run(pay(&bill, "2026-12-31", &record)).await;
        assert_eq!(paid.bills[0].next_due, Some(day("2027-01-31")));
        assert_eq!((paid.settlements[0].record, paid.records.len()), (Some(record.id), 1));

        let again = home.run(pay(&bill, "2026-12-31", &record)).await;
        assert_eq!(again.revision, paid.revision);
        // Another tab pays the same due day with a record of its own.
        let twice = home.try_run(pay(&bill, "2026-12-31", &home.expense(184_000, "2027-01-02"))).await;
        assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
        assert_eq!(home.book().await.records.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn deleting_the_payment_opens_the_due_day_and_undo_settles_it_again() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let bill = bill(&home);
        home.run(Command::SaveBill(bill.clone())).await;
        let record = home.expense(184_000, "2027-01-02");
        home.run(pay(&bill, "2026-12-31", &record)).await;
        home.run(Command::SkipBill { bill: bill.id, due: day("2027-01-31") }).await;

        home.run(Command::DeleteRecord(record.id)).await;
        let open = bills::find(&backend, &home.member, bill.id).await.unwrap().unwrap();
        assert_eq!(open.next_due, Some(day("2026-12-31")));
        let back = home.run(Command::RestoreRecord(record.id)).await;
        assert_eq!(back.bills[0].next_due, Some(day("2027-02-28")), "the skipped day stays skipped");

        let reopened = home.run(Command::ReopenBill { bill: bill.id, due: day("2026-12-31") }).await;
        assert_eq!((reopened.bills[0].next_due, reopened.deleted.len()), (Some(day("2026-12-31")), 2));
        let alone = home.run(Command::RestoreRecord(record.id)).await;
        assert!(alone.settlements.is_empty(), "once taken back, the payment is a record of its own");
    })
    .await;
}

#[tokio::test]
async fn a_deleted_bill_comes_back_as_it_was() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let bill = bill(&home);
        home.run(Command::SaveBill(bill.clone())).await;
        home.run(Command::SkipBill { bill: bill.id, due: day("2026-12-31") }).await;
        home.run(Command::DeleteBill(bill.id)).await;
        assert!(bills::all(&backend, &home.member).await.unwrap().is_empty());
        let gone = home.try_run(pay(&bill, "2027-01-31", &home.expense(1, "2027-01-31"))).await;
        assert!(matches!(gone, Err(Error::NotFound)), "{gone:?}");
        let back = home.run(Command::RestoreBill(bill.id)).await;
        assert_eq!(back.bills[0].next_due, Some(day("2027-01-31")));
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_a_bill_that_was_paid_meanwhile_is_refused_and_its_due_day_stays_paid() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let bill = bill(&home);
        let saved = home.run(Command::SaveBill(bill.clone())).await.bills.remove(0);
        let form = BillForm {
            revision: saved.revision.to_string(),
            name: "Power".into(),
            amount: "1840".into(),
            due: "2026-12-31".into(),
            repeats: bill.repeats.into(),
            ..BillForm::default()
        };
        home.run(pay(&bill, "2026-12-31", &home.expense(184_000, "2027-01-02"))).await;

        let now = bills::find(&backend, &home.member, bill.id).await.unwrap();
        let edited = form.parse(bill.id, Currency::INR, NumberFormat::of("en-IN"), now.as_ref()).unwrap();
        let refused = home.try_run(Command::SaveBill(edited)).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        let kept = bills::find(&backend, &home.member, bill.id).await.unwrap().unwrap();
        assert_eq!((kept.name.as_str(), kept.next_due), ("Electricity", Some(day("2027-01-31"))));
    })
    .await;
}

#[tokio::test]
async fn a_due_day_that_was_changed_comes_back_from_the_database_and_a_plan_ends() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let change = Change { day: day("2027-01-03"), amount: Some(Money::new(190_000, Currency::INR)) };
        let bill = Bill {
            ends: Ends::After(2),
            estimated: true,
            changed: [(day("2026-12-31"), change)].into(),
            ..bill(&home)
        };
        home.run(Command::SaveBill(bill.clone())).await;
        let stored = bills::find(&backend, &home.member, bill.id).await.unwrap().unwrap();
        assert_eq!(stored, Bill { revision: stored.revision, ..bill.clone() });
        let next = stored.next().unwrap();
        assert_eq!((next.day, next.amount.minor, next.estimated), (day("2027-01-03"), 190_000, false));

        home.run(pay(&bill, "2026-12-31", &home.expense(190_000, "2027-01-03"))).await;
        let last = home.run(Command::SkipBill { bill: bill.id, due: day("2027-01-31") }).await;
        assert_eq!(last.bills[0].next_due, None, "twice, and no more");
    })
    .await;
}

#[tokio::test]
async fn the_history_tells_what_was_paid_and_skipped_and_forgets_what_was_taken_back() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        let bill = bill(&home);
        home.run(Command::SaveBill(bill.clone())).await;
        let record = home.expense(177_700, "2027-01-02");
        home.run(pay(&bill, "2026-12-31", &record)).await;
        home.run(Command::SkipBill { bill: bill.id, due: day("2027-01-31") }).await;

        let history = bills::history(&backend, &home.member, bill.id).await.unwrap().unwrap();
        assert_eq!(history.name, bill.name);
        let history = history.past;
        let told: Vec<_> = history.iter().map(|past| (past.due, past.paid.map(|paid| paid.amount.minor))).collect();
        assert_eq!(told, [(day("2027-01-31"), None), (day("2026-12-31"), Some(177_700))]);
        let paid = history[1].paid.unwrap();
        assert_eq!((paid.record, paid.day), (record.id, record.day));
        assert_eq!(bills::history(&backend, &other.member, bill.id).await.unwrap(), None);

        home.run(Command::ReopenBill { bill: bill.id, due: day("2026-12-31") }).await;
        assert_eq!(bills::history(&backend, &home.member, bill.id).await.unwrap().unwrap().past.len(), 1);
        assert!(home.book().await.records.is_empty(), "undo takes the record back too");
    })
    .await;
}

#[tokio::test]
async fn two_devices_that_pay_another_amount_at_once_make_one_record() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let bill = bill(&home);
        home.run(Command::SaveBill(bill.clone())).await;
        let (phone, laptop) = (home.expense(180_000, "2027-01-01"), home.expense(190_000, "2027-01-02"));
        let (one, two) = tokio::join!(
            home.try_run(pay(&bill, "2026-12-31", &phone)),
            home.try_run(pay(&bill, "2026-12-31", &laptop))
        );
        assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1, "{one:?} {two:?}");
        let book = home.book().await;
        let paid = book.settlements[&(bill.id, day("2026-12-31"))].record.unwrap();
        assert_eq!(book.records.keys().copied().collect::<Vec<_>>(), [paid]);
    })
    .await;
}

#[tokio::test]
async fn another_member_sees_no_bill_and_changes_none() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        let bill = bill(&home);
        home.run(Command::SaveBill(bill.clone())).await;
        home.run(pay(&bill, "2026-12-31", &home.expense(184_000, "2027-01-02"))).await;
        let before = home.book().await;

        assert_eq!(bills::find(&backend, &other.member, bill.id).await.unwrap(), None);
        assert!(bills::all(&backend, &other.member).await.unwrap().is_empty());
        let paid = other.try_run(pay(&bill, "2027-01-31", &other.expense(1, "2027-01-31"))).await;
        assert!(matches!(paid, Err(Error::NotFound)), "{paid:?}");
        let skipped = other.try_run(Command::SkipBill { bill: bill.id, due: day("2027-01-31") }).await;
        assert!(matches!(skipped, Err(Error::NotFound)), "{skipped:?}");
        for command in [
            Command::ReopenBill { bill: bill.id, due: day("2026-12-31") },
            Command::DeleteBill(bill.id),
            Command::RestoreBill(bill.id),
        ] {
            let answer = other.try_run(command.clone()).await;
            assert!(matches!(answer, Err(Error::NotFound)), "{command:?}: {answer:?}");
        }
        assert_eq!(home.book().await, before);
        assert!(other.book().await.bills.is_empty());
    })
    .await;
}

#[tokio::test]
async fn bills_that_are_settled_are_found_page_by_page_the_newest_first() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        let mut added = Vec::new();
        for due in ["2019-02-28", "2020-02-29", "2027-01-31"] {
            let due = day(due);
            let bill = Bill { repeats: Repeats::Once, first_due: due, next_due: Some(due), ..bill(&home) };
            home.run(Command::SaveBill(bill.clone())).await;
            added.push(bill);
        }
        for bill in &added[..2] {
            home.run(Command::SkipBill { bill: bill.id, due: bill.first_due }).await;
        }
        let found = async |who: &Household, before: Option<BillId>, most: u32| -> Vec<(BillId, Option<NaiveDate>)> {
            let found = bills::settled(&backend, &who.member, before, most).await.unwrap();
            found.into_iter().map(|settled| (settled.bill, settled.last)).collect()
        };
        let [old, newer] = [0, 1].map(|at: usize| (added[at].id, Some(added[at].first_due)));
        assert_eq!(found(&home, None, 9).await, [newer, old], "one is open");
        assert_eq!(found(&home, None, 1).await, [newer]);
        assert_eq!(found(&home, Some(newer.0), 9).await, [old]);
        home.run(Command::DeleteBill(newer.0)).await;
        assert_eq!(found(&home, None, 9).await, [old]);
        assert_eq!(found(&other, None, 9).await, []);
    })
    .await;
}
