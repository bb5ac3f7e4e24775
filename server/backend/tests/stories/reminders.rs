//! Reminders of bills: once for each due day, at eight in the morning of the person, whatever their clocks do.

use std::collections::BTreeMap;

use backend::reminders::{self, Reminder};
use backend::{Backend, Role, bills, outbox};
use chrono::{DateTime, TimeDelta, Utc};
use ledger::Command;
use ledger::bills::{Bill, BillForm, Change};
use ledger::id::{BillId, UserId};
use ledger::recurrence::{Ends, Repeats};
use ledger::{Currency, Money, NumberFormat};

use crate::engines::on_each;
use crate::household::{Household, day};
use crate::households::join;
use crate::people::{again, person};

pub fn bill(home: &Household, name: &str, due: &str, remind_days: Option<u8>) -> Bill {
    Bill {
        id: BillId(home.id()),
        name: name.into(),
        amount: Money::new(184_000, Currency::INR),
        estimated: false,
        first_due: day(due),
        repeats: Repeats::Monthly,
        ends: Ends::Never,
        category: None,
        account: None,
        remind_days,
        next_due: Some(day(due)),
        changed: BTreeMap::new(),
        revision: 0,
    }
}

pub async fn save(home: &Household, bill: &Bill) -> Bill {
    home.run(Command::SaveBill(bill.clone())).await.bills.remove(0)
}

/// Looks for reminders at this instant, and answers how many letters were ever written.
async fn written(home: &Household, at: &str) -> i64 {
    home.backend.clock.set(at.parse::<DateTime<Utc>>().unwrap());
    reminders::write(&home.backend).await.unwrap();
    home.letters("bill_reminder").await
}

/// The names in each letter that waits, in the order of their sending.
async fn names(backend: &Backend) -> Vec<Vec<String>> {
    let mut letters = Vec::new();
    backend.clock.advance(TimeDelta::seconds(31));
    for message in outbox::claim(backend, 50).await.unwrap() {
        if message.kind == "bill_reminder" {
            let reminder: Reminder = serde_json::from_str(&message.payload).unwrap();
            let due = reminders::still_due(backend, &reminder).await.unwrap();
            letters.push(due.into_iter().map(|(name, _)| name).collect());
        }
    }
    letters
}

async fn lives_in(home: &Household, user: UserId, zone: &str) {
    let mut tx = home.backend.db.write().await.unwrap();
    let query = tx.query("update users set time_zone = $1 where id = $2").bind(zone.to_owned());
    query.bind(user.0).execute().await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_due_day_is_told_once_at_eight_in_the_morning_so_many_days_before() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let rent = save(&home, &bill(&home, "Rent", "2027-01-31", Some(3))).await;
        save(&home, &bill(&home, "Silent", "2027-01-31", None)).await;
        // Asia/Kolkata is five and a half hours ahead.
        assert_eq!(written(&home, "2027-01-27T03:00:00Z").await, 0);
        assert_eq!(written(&home, "2027-01-28T02:29:59Z").await, 0);
        assert_eq!(written(&home, "2027-01-28T02:30:00Z").await, 1);
        assert_eq!(names(&backend).await, [["Rent"]]);
        // Neither another look, nor an edit, nor paying and undoing it makes a second one.
        let edited = Bill { name: "Rent and water".into(), ..rent.clone() };
        save(&home, &edited).await;
        assert_eq!(written(&home, "2027-01-29T02:30:00Z").await, 1);
        home.run(Command::SkipBill { bill: rent.id, due: day("2027-01-31") }).await;
        home.run(Command::ReopenBill { bill: rent.id, due: day("2027-01-31") }).await;
        assert_eq!(written(&home, "2027-01-30T02:30:00Z").await, 1);
        home.run(Command::SkipBill { bill: rent.id, due: day("2027-01-31") }).await;
        assert_eq!(written(&home, "2027-02-24T02:30:00Z").await, 1);
        assert_eq!(written(&home, "2027-02-25T02:30:00Z").await, 2, "the next due day is told in its turn");
    })
    .await;
}

#[tokio::test]
async fn the_morning_follows_the_clocks_of_berlin_in_spring_and_autumn() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        lives_in(&home, home.member.user(), "Europe/Berlin").await;
        for (due, before_eight, eight) in [
            ("2027-03-27", "2027-03-27T06:59:59Z", "2027-03-27T07:00:00Z"),
            ("2027-03-28", "2027-03-28T05:59:59Z", "2027-03-28T06:00:00Z"),
            ("2027-10-30", "2027-10-30T05:59:59Z", "2027-10-30T06:00:00Z"),
            ("2027-10-31", "2027-10-31T06:59:59Z", "2027-10-31T07:00:00Z"),
        ] {
            let once = Bill { repeats: Repeats::Once, ..bill(&home, due, due, Some(0)) };
            save(&home, &once).await;
            let known = home.letters("bill_reminder").await;
            assert_eq!(written(&home, before_eight).await, known, "{before_eight}");
            assert_eq!(written(&home, eight).await, known + 1, "{eight}");
        }
    })
    .await;
}

#[tokio::test]
async fn all_of_a_morning_are_one_letter_and_what_comes_late_waits_for_the_next() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        save(&home, &bill(&home, "Rent", "2027-01-31", Some(3))).await;
        let moved = Change { day: day("2027-01-29"), amount: None };
        let broadband = bill(&home, "Broadband", "2027-02-05", Some(1));
        save(&home, &Bill { changed: [(day("2027-02-05"), moved)].into(), ..broadband }).await;
        assert_eq!(written(&home, "2027-01-28T03:00:00Z").await, 1);
        assert_eq!(names(&backend).await, [["Broadband", "Rent"]]);

        save(&home, &bill(&home, "Gas", "2027-01-30", Some(7))).await;
        assert_eq!(written(&home, "2027-01-28T03:05:00Z").await, 1);
        // A server that was away in the morning writes in the next one, and not in the night.
        assert_eq!(written(&home, "2027-01-29T06:30:00Z").await, 1);
        assert_eq!(written(&home, "2027-01-29T20:00:00Z").await, 1);
        assert_eq!(written(&home, "2027-01-30T04:00:00Z").await, 2);
    })
    .await;
}

#[tokio::test]
async fn what_is_settled_or_deleted_meanwhile_is_not_told() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let rent = save(&home, &bill(&home, "Rent", "2027-01-31", Some(3))).await;
        let gas = save(&home, &bill(&home, "Gas", "2027-01-31", Some(3))).await;
        let settled = save(&home, &bill(&home, "Settled", "2027-01-31", Some(3))).await;
        home.run(Command::SkipBill { bill: settled.id, due: day("2027-01-31") }).await;
        assert_eq!(written(&home, "2027-01-28T03:00:00Z").await, 1);
        home.run(Command::SkipBill { bill: rent.id, due: day("2027-01-31") }).await;
        home.run(Command::DeleteBill(gas.id)).await;
        assert_eq!(names(&backend).await, [Vec::<String>::new()]);
    })
    .await;
}

#[tokio::test]
async fn two_servers_write_a_morning_once_and_other_books_are_not_touched() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        save(&home, &bill(&home, "Rent", "2027-01-31", Some(3))).await;
        backend.clock.set("2027-01-28T03:00:00Z".parse().unwrap());
        let (one, two) = tokio::join!(reminders::write(&backend), reminders::write(&backend));
        // On PostgreSQL the slower one may be told to try again.
        assert!(one.is_ok() || two.is_ok());
        assert_eq!((home.letters("bill_reminder").await, other.letters("bill_reminder").await), (1, 0));
    })
    .await;
}

#[tokio::test]
async fn each_due_day_is_told_once_also_while_one_before_it_is_open() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let rent = save(&home, &bill(&home, "Rent", "2027-01-31", Some(3))).await;
        assert_eq!(written(&home, "2027-01-28T03:00:00Z").await, 1);
        assert_eq!(names(&backend).await, [["Rent"]]);
        // January stays open.
        assert_eq!(written(&home, "2027-02-24T03:00:00Z").await, 1);
        assert_eq!(written(&home, "2027-02-25T03:00:00Z").await, 2);
        assert_eq!(names(&backend).await.last().map(Vec::len), Some(1));
        save(&home, &Bill { name: "Rent and water".into(), ..home.book().await.bills[&rent.id].clone() }).await;
        assert_eq!(written(&home, "2027-02-26T03:00:00Z").await, 2, "neither is told again");
        // March is settled before it was told.
        for due in ["2027-01-31", "2027-02-28", "2027-03-31"] {
            home.run(Command::SkipBill { bill: rent.id, due: day(due) }).await;
        }
        assert_eq!(written(&home, "2027-03-28T03:00:00Z").await, 2);
        assert_eq!(written(&home, "2027-04-27T03:00:00Z").await, 3, "April has thirty days");
    })
    .await;
}

#[tokio::test]
async fn due_days_that_passed_untold_while_one_before_them_was_open_stay_so() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let milk = Bill { repeats: Repeats::Weeks(1), ..bill(&home, "Milk", "2027-01-04", Some(0)) };
        save(&home, &milk).await;
        assert_eq!(written(&home, "2027-01-04T03:00:00Z").await, 1);
        // Nobody looked for five weeks; 15 February is a Monday.
        assert_eq!(written(&home, "2027-02-12T03:00:00Z").await, 1);
        assert_eq!(written(&home, "2027-02-15T03:00:00Z").await, 2);
        let told: Vec<usize> = names(&backend).await.iter().map(Vec::len).collect();
        assert_eq!(told, [1, 1], "one due day in each letter");
    })
    .await;
}

#[tokio::test]
async fn what_was_told_is_not_told_again_of_the_bill_that_goes_on() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let rent = save(&home, &bill(&home, "Rent", "2027-01-31", Some(14))).await;
        assert_eq!(written(&home, "2027-01-17T03:00:00Z").await, 1);
        assert_eq!(written(&home, "2027-02-14T03:00:00Z").await, 2, "January stays open");
        let format = NumberFormat::of("en-IN");
        let form = BillForm { from: "2027-02-28".into(), ..BillForm::of(&rent, day("2027-02-28"), format) };
        let split = BillForm { name: "Rent and water".into(), ..form }.split(&rent).unwrap();
        let later = split.form.parse(BillId(home.id()), Currency::INR, format, Some(&split.rest)).unwrap();
        let changes = bills::split(&backend, &home.member, split.ended, later.clone()).await.unwrap();
        assert_eq!(changes.bills.len(), 2);
        assert_eq!(written(&home, "2027-02-15T03:00:00Z").await, 2, "February was told under its former bill");
        assert_eq!(written(&home, "2027-03-17T03:00:00Z").await, 3, "and March, its 31st, in its turn");
        names(&backend).await;
        assert_eq!(home.book().await.bills[&later.id].next_due, Some(day("2027-02-28")));
    })
    .await;
}

/// For whom letters may be sent at this instant.
async fn sent_to(home: &Household, at: &str) -> Vec<UserId> {
    home.backend.clock.set(at.parse::<DateTime<Utc>>().unwrap());
    let mut users = Vec::new();
    for message in outbox::claim(&home.backend, 50).await.unwrap() {
        if message.kind == "bill_reminder" {
            users.push(serde_json::from_str::<Reminder>(&message.payload).unwrap().user);
        }
        outbox::mark_sent(&home.backend, message.id).await.unwrap();
    }
    users
}

#[tokio::test]
async fn each_of_a_household_is_told_once_in_their_own_morning() {
    for (owner, editor) in [("America/Los_Angeles", "Asia/Kolkata"), ("Asia/Kolkata", "America/Los_Angeles")] {
        on_each(async |backend| {
            let home = Household::new(&backend, "asha@example.org").await;
            let asha = again(&backend, "asha@example.org").await;
            let ravi = person(&backend, "ravi@example.org").await;
            let joined = join(&backend, &asha, &ravi, Role::Editor, "ravi@example.org").await;
            assert_eq!(joined.member.book(), home.member.book());
            let (asha, ravi) = (asha.member.user(), ravi.member.user());
            lives_in(&home, asha, owner).await;
            lives_in(&home, ravi, editor).await;
            let (east, west) = if owner.starts_with("Asia") { (asha, ravi) } else { (ravi, asha) };
            save(&home, &bill(&home, "Rent", "2027-01-31", Some(0))).await;
            assert_eq!(written(&home, "2027-01-31T02:29:00Z").await, 0);
            assert_eq!(written(&home, "2027-01-31T02:30:00Z").await, 2);
            assert_eq!(sent_to(&home, "2027-01-31T02:31:00Z").await, [east]);
            assert_eq!(sent_to(&home, "2027-01-31T15:59:00Z").await, []);
            assert_eq!(written(&home, "2027-01-31T16:00:00Z").await, 2, "once for each");
            assert_eq!(sent_to(&home, "2027-01-31T16:01:00Z").await, [west]);
            assert_eq!(written(&home, "2027-02-01T16:00:00Z").await, 2);
        })
        .await;
    }
}
