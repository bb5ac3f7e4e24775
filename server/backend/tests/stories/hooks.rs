//! What programs are told of budgets and bills: each threshold and each due day once, and nothing of what is paid.

use std::collections::BTreeMap;

use backend::hooks::{self, News};
use backend::{housekeeping, outbox};
use chrono::{DateTime, TimeDelta, Utc};
use ledger::bills::Bill;
use ledger::budgets::Budget;
use ledger::hooks::HookForm;
use ledger::id::{BillId, BudgetId};
use ledger::recurrence::{Ends, Repeats};
use ledger::{Command, Currency, Money};
use serde_json::Value;

use crate::engines::on_each;
use crate::household::{Household, day};
use crate::limits::with_limit;

/// Adds a webhook that is told of budgets and bills.
pub async fn listen(home: &Household) {
    let form = HookForm {
        url: "https://example.org/hook".into(),
        budget_crossed: "on".into(),
        bill_due: "on".into(),
        ..HookForm::default()
    };
    hooks::add(&home.backend, &home.member, form.parse().unwrap()).await.unwrap();
}

/// The data of each message of this type as it would be sent now, oldest first; messages with nothing to tell are left out.
async fn told(home: &Household, kind: &str) -> Vec<Value> {
    home.backend.clock.advance(TimeDelta::seconds(31));
    let mut bodies = Vec::new();
    for message in outbox::claim(&home.backend, 50).await.unwrap() {
        if message.kind != "hook" {
            continue;
        }
        let news: News = serde_json::from_str(&message.payload).unwrap();
        let sent = hooks::compose(&home.backend, message.id, message.created_at, &news).await.unwrap();
        let body: Option<Value> = sent.map(|sent| serde_json::from_str(&sent.body).unwrap());
        bodies.extend(body.filter(|body| body["type"] == kind).map(|mut body| body["data"].take()));
    }
    bodies
}

async fn thresholds(home: &Household) -> Vec<u64> {
    let mut thresholds: Vec<u64> =
        told(home, "budget.crossed").await.iter().map(|data| data["threshold"].as_u64().unwrap()).collect();
    thresholds.sort_unstable();
    thresholds
}

#[tokio::test]
async fn a_webhook_that_was_deleted_is_told_nothing_and_comes_back_for_some_minutes() {
    on_each(async |backend| {
        let (home, _) = with_limit(&backend, 100_000).await;
        listen(&home).await;
        let other = Household::new(&backend, "ben@example.org").await;
        let all = async || hooks::all(&backend, &home.member).await.unwrap();
        let id = all().await[0].id;
        hooks::delete(&backend, &other.member, id).await.unwrap();
        assert_eq!(all().await.len(), 1, "it is not Ben's to delete");
        hooks::delete(&backend, &home.member, id).await.unwrap();
        assert!(all().await.is_empty() && hooks::find(&backend, &home.member, id).await.unwrap().is_none());
        home.save(&home.expense(90_000, "2027-01-10")).await;
        assert_eq!(thresholds(&home).await, [0; 0]);
        assert!(hooks::restore(&backend, &other.member, id).await.is_err());
        hooks::restore(&backend, &home.member, id).await.unwrap();
        hooks::restore(&backend, &home.member, id).await.unwrap();
        assert_eq!(all().await.len(), 1);
        home.save(&home.expense(90_000, "2027-01-11")).await;
        assert_eq!(thresholds(&home).await, [100]);
        hooks::delete(&backend, &home.member, id).await.unwrap();
        backend.clock.advance(hooks::UNDO);
        assert!(hooks::restore(&backend, &home.member, id).await.is_err(), "too late");
        backend.clock.advance(TimeDelta::seconds(1));
        housekeeping::sweep(&backend).await.unwrap();
        let mut tx = backend.db.read().await.unwrap();
        assert_eq!(tx.query("select count(*) from hooks").one::<(i64,)>().await.unwrap().0, 0);
    })
    .await;
}

#[tokio::test]
async fn a_program_is_told_of_a_crossed_budget_once_for_each_threshold_and_period() {
    on_each(async |backend| {
        let (home, budget) = with_limit(&backend, 100_000).await;
        listen(&home).await;
        home.save(&home.expense(79_999, "2027-01-10")).await;
        assert_eq!(thresholds(&home).await, [0; 0]);
        let crossing = home.expense(2, "2027-01-11");
        home.save(&crossing).await;
        let first = told(&home, "budget.crossed").await;
        assert_eq!(first.len(), 1, "{first:?}");
        assert_eq!((&first[0]["budget"], &first[0]["threshold"]), (&budget.id.to_string().into(), &80.into()));
        assert_eq!((&first[0]["spent"]["minor"], &first[0]["limit"]["minor"]), (&80_001.into(), &100_000.into()));
        assert_eq!(first[0]["period"]["start"], "2027-01-01");

        // Going back below it and over it again tells nothing.
        home.run(Command::DeleteRecord(crossing.id)).await;
        home.save(&home.expense(6_000, "2027-01-12")).await;
        assert_eq!(thresholds(&home).await, [80]);
        home.save(&home.expense(20_000, "2027-01-13")).await;
        home.save(&home.expense(20_000, "2027-01-13")).await;
        assert_eq!(thresholds(&home).await, [80, 100]);
        assert_eq!(home.letters("hook").await, 2);

        // The next month is another period; what passes both at once is told by the higher one.
        backend.clock.set("2027-02-10T10:00:00Z".parse().unwrap());
        home.save(&home.expense(150_000, "2027-02-10")).await;
        assert_eq!(thresholds(&home).await, [80, 100, 100]);
        // A salary is no spending, and another budget has thresholds of its own.
        home.save(&home.income(900_000, "2027-02-10")).await;
        let year = Money::new(10_000_000, Currency::INR);
        home.run(Command::SaveBudget(Budget::monthly(BudgetId(home.id()), "Wide", year, day("2027-01-01")))).await;
        home.save(&home.expense(1_000, "2027-02-11")).await;
        assert_eq!(home.letters("hook").await, 3);
    })
    .await;
}

fn rent(home: &Household) -> Bill {
    Bill {
        id: BillId(home.id()),
        name: "Rent".into(),
        amount: Money::new(2_200_000, Currency::INR),
        estimated: false,
        first_due: day("2027-01-31"),
        repeats: Repeats::Monthly,
        ends: Ends::Never,
        category: None,
        account: None,
        remind_days: None,
        next_due: Some(day("2027-01-31")),
        changed: BTreeMap::new(),
        revision: 0,
    }
}

/// Looks for due days at this instant, and answers how many messages were ever written.
async fn written(home: &Household, at: &str) -> i64 {
    home.backend.clock.set(at.parse::<DateTime<Utc>>().unwrap());
    hooks::tell_due(&home.backend).await.unwrap();
    home.letters("hook").await
}

#[tokio::test]
async fn a_program_is_told_of_a_due_day_once_when_it_comes_and_never_of_a_bill_that_is_paid() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ravi@example.org").await;
        listen(&home).await;
        let bill = home.run(Command::SaveBill(rent(&home))).await.bills.remove(0);
        other.run(Command::SaveBill(rent(&other))).await;
        // Asia/Kolkata is five and a half hours ahead.
        assert_eq!(written(&home, "2027-01-30T18:29:59Z").await, 0);
        assert_eq!(written(&home, "2027-01-30T18:30:00Z").await, 1);
        assert_eq!(written(&home, "2027-01-31T09:00:00Z").await, 1, "another look");
        home.run(Command::SaveBill(Bill { name: "Rent and water".into(), ..bill.clone() })).await;
        assert_eq!(written(&home, "2027-02-01T09:00:00Z").await, 1, "an edit");
        let due = told(&home, "bill.due").await;
        assert_eq!(due.len(), 1, "{due:?}");
        assert_eq!((&due[0]["name"], &due[0]["due"]), (&"Rent and water".into(), &"2027-01-31".into()));
        assert_eq!((&due[0]["bill"], &due[0]["amount"]["minor"]), (&bill.id.to_string().into(), &2_200_000.into()));

        // Paid before the message left: there is nothing to tell, and nothing comes of it later.
        let record = home.expense(2_200_000, "2027-02-01");
        home.run(Command::PayBill { bill: bill.id, due: day("2027-01-31"), record }).await;
        assert_eq!(told(&home, "bill.due").await, Vec::<Value>::new());
        assert_eq!(written(&home, "2027-02-01T12:00:00Z").await, 1);
        // Paid before its day: nothing was ever written.
        let record = home.expense(2_200_000, "2027-02-20");
        home.run(Command::PayBill { bill: bill.id, due: day("2027-02-28"), record }).await;
        assert_eq!(written(&home, "2027-02-28T12:00:00Z").await, 1);
        assert_eq!(written(&home, "2027-03-31T12:00:00Z").await, 2, "the next one in its turn");
        assert_eq!(other.letters("hook").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_was_off_tells_a_due_day_late_but_not_too_late() {
    on_each(async |backend| {
        for (at, expected) in [("2027-02-02T12:00:00Z", 1), ("2027-02-03T12:00:00Z", 0)] {
            let home = Household::new(&backend, &format!("asha{expected}@example.org")).await;
            listen(&home).await;
            home.run(Command::SaveBill(rent(&home))).await;
            assert_eq!(written(&home, at).await, expected, "{at}");
        }
    })
    .await;
}
