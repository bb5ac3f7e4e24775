//! Bills: paid with exactly one record, skipped, opened again.

use std::collections::BTreeMap;

use backend::{Error, bills};
use ledger::bills::{Bill, BillForm};
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
