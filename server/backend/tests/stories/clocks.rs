//! Clocks that jump, and servers that were off: what is due is written, and written once.

use backend::reminders::{self, Reminder};
use backend::throttle::{self, Limit};
use backend::{Backend, Error, hooks, housekeeping, jobs, outbox, paces, reports};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use ledger::Command;
use ledger::budgets::Budget;
use serde_json::Value;

use crate::engines::on_each;
use crate::hooks::listen;
use crate::household::{Household, day};
use crate::limits::monthly;
use crate::people::person;
use crate::reminders::{bill, save};

/// Asha, who pays a rent on the last of each month, watches a budget, and wants a report each month.
async fn watchful(backend: &Backend) -> Household {
    let home = Household::new(backend, "asha@example.org").await;
    save(&home, &bill(&home, "Rent", "2027-01-31", Some(3))).await;
    home.run(Command::SaveBudget(Budget { pace: true, ..monthly(&home, 100_000) })).await;
    reports::set_monthly(backend, &home.member, true).await.unwrap();
    listen(&home).await;
    written(backend).await;
    home
}

/// What was written since the last look, by kind. It counts as sent, so that the outbox remembers it for its time only.
async fn written(backend: &Backend) -> Vec<(String, Value)> {
    let mut tx = backend.db.write().await.unwrap();
    let sql = "select kind, payload from outbox where sent_at is null order by kind, key";
    let rows = tx.query(sql).all::<(String, String)>().await.unwrap();
    let sql = "update outbox set sent_at = $1 where sent_at is null";
    tx.query(sql).bind(backend.clock.now()).execute().await.unwrap();
    tx.commit().await.unwrap();
    rows.into_iter().map(|(kind, payload)| (kind, serde_json::from_str(&payload).unwrap())).collect()
}

/// Does at this instant all that the worker does by the clock, twice; answers what came of it.
async fn look(backend: &Backend, at: &str) -> Vec<(String, Value)> {
    backend.clock.set(at.parse::<DateTime<Utc>>().unwrap());
    for _ in 0..2 {
        reminders::write(backend).await.unwrap();
        paces::judge(backend).await.unwrap();
        hooks::tell_due(backend).await.unwrap();
        if reports::due_now(backend).await.unwrap() {
            reports::write_due(backend).await.unwrap();
        }
        housekeeping::sweep(backend).await.unwrap();
    }
    written(backend).await
}

fn kinds(written: &[(String, Value)]) -> Vec<&str> {
    written.iter().map(|(kind, _)| kind.as_str()).collect()
}

/// The due days that the reminders among these name.
fn reminded(written: &[(String, Value)]) -> Vec<NaiveDate> {
    let reminders = written.iter().filter(|(kind, _)| kind == "bill_reminder");
    let bills = reminders.map(|(_, payload)| serde_json::from_value::<Reminder>(payload.clone()).unwrap().bills);
    bills.flatten().map(|(_, due)| due).collect()
}

fn days(all: &[&str]) -> Vec<NaiveDate> {
    all.iter().map(|text| day(text)).collect()
}

#[tokio::test]
async fn after_three_months_without_a_server_all_that_is_due_is_written_once() {
    on_each(async |backend| {
        let home = watchful(&backend).await;
        assert_eq!(reminded(&look(&backend, "2027-01-28T02:30:00Z").await), days(&["2027-01-31"]));
        let back = look(&backend, "2027-05-02T02:30:00Z").await;
        // Nobody is reminded of a day that is over, nor does a program hear of it: the book shows what is overdue.
        assert_eq!(kinds(&back), ["monthly_report"]);
        assert_eq!(back[0].1["month"], "2027-04-01", "the last month that is over");
        let overdue: Vec<_> = home.book().await.open_dues(day("2027-05-02")).into_iter().map(|due| due.due).collect();
        assert_eq!(overdue, days(&["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]));
        // What was spent meanwhile is judged by its own month.
        let told = home.save(&home.expense(100_001, "2027-03-10")).await.alerts;
        assert!(told.iter().any(|alert| alert.period.start == day("2027-03-01")), "{told:?}");
        assert!(kinds(&written(&backend).await).contains(&"budget_alert"));
        for at in ["2027-05-02T03:00:00Z", "2027-05-03T02:30:00Z", "2027-05-27T02:30:00Z"] {
            assert_eq!(kinds(&look(&backend, at).await), Vec::<&str>::new(), "{at}");
        }
        assert_eq!(reminded(&look(&backend, "2027-05-28T02:30:00Z").await), days(&["2027-05-31"]));
        let june = look(&backend, "2027-06-01T02:30:00Z").await;
        assert_eq!((kinds(&june), june[0].1["month"].as_str()), (vec!["monthly_report"], Some("2027-05-01")));
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_goes_back_an_hour_writes_nothing_twice() {
    on_each(async |backend| {
        let home = watchful(&backend).await;
        assert_eq!(kinds(&look(&backend, "2027-01-28T02:30:00Z").await), ["bill_reminder"]);
        for at in ["2027-01-28T01:30:00Z", "2027-01-28T02:29:59Z", "2027-01-28T02:30:00Z", "2027-01-28T03:30:00Z"] {
            assert_eq!(kinds(&look(&backend, at).await), Vec::<&str>::new(), "{at}");
        }
        // Over the limit, an hour back, and over it once more.
        assert!(!home.save(&home.expense(100_001, "2027-01-28")).await.alerts.is_empty());
        assert!(kinds(&written(&backend).await).contains(&"budget_alert"));
        backend.clock.advance(TimeDelta::hours(-1));
        home.save(&home.expense(100_001, "2027-01-28")).await;
        assert_eq!(kinds(&look(&backend, "2027-01-28T02:40:00Z").await), Vec::<&str>::new());
        // The last day and the first: the day goes back too.
        assert_eq!(kinds(&look(&backend, "2027-01-30T18:30:00Z").await), ["hook"], "it is the 31st in Kolkata");
        assert_eq!(kinds(&look(&backend, "2027-01-30T17:30:00Z").await), Vec::<&str>::new(), "the 30th once more");
        assert_eq!(kinds(&look(&backend, "2027-02-01T02:30:00Z").await), ["monthly_report"]);
        for at in ["2027-02-01T01:30:00Z", "2027-02-01T02:30:00Z", "2027-02-01T03:30:00Z"] {
            assert_eq!(kinds(&look(&backend, at).await), Vec::<&str>::new(), "{at}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_a_year_ahead_writes_nothing_twice_and_holds_nothing_back() {
    on_each(async |backend| {
        let home = watchful(&backend).await;
        assert_eq!(reminded(&look(&backend, "2027-01-28T02:30:00Z").await), days(&["2027-01-31"]));
        let ahead = look(&backend, "2028-01-28T02:30:00Z").await;
        assert_eq!(kinds(&ahead), ["bill_reminder", "monthly_report"]);
        assert_eq!(reminded(&ahead), days(&["2028-01-31"]), "the days between are over");
        assert_eq!(ahead[1].1["month"], "2027-12-01");

        assert_eq!(
            kinds(&look(&backend, "2027-01-28T03:30:00Z").await),
            Vec::<&str>::new(),
            "the clock is right again"
        );
        assert!(!home.save(&home.expense(100_001, "2027-01-28")).await.alerts.is_empty());
        assert!(kinds(&written(&backend).await).contains(&"budget_alert"));
        let first = look(&backend, "2027-02-01T02:30:00Z").await;
        assert_eq!(kinds(&first), ["hook", "monthly_report"], "the 31st, and January");
        assert_eq!(first[1].1["month"], "2027-01-01");
        home.save(&home.expense(60_000, "2027-02-05")).await;
        written(&backend).await;
        let paced = look(&backend, "2027-02-10T02:30:00Z").await;
        assert!(kinds(&paced).contains(&"budget_alert"), "the pace of February: {paced:?}");
        let told = look(&backend, "2027-02-25T02:30:00Z").await;
        assert_eq!(
            reminded(&told),
            days(&["2027-02-28"]),
            "no day is kept back by one that was told ahead of its time"
        );
    })
    .await;
}

#[tokio::test]
async fn what_a_clock_that_was_ahead_counted_claimed_and_put_off_is_let_go() {
    on_each(async |backend| {
        let right = backend.clock.now();
        let limit = Limit::new("story", 2, 60);
        let count = async || throttle::take(&backend, &[(limit, "asha")]).await;
        for at in [right + TimeDelta::days(365), right, right - TimeDelta::hours(1)] {
            backend.clock.set(at);
            for _ in 0..2 {
                count().await.unwrap();
            }
            assert!(matches!(count().await, Err(Error::TooMany { .. })), "{at}");
        }

        backend.clock.set(right + TimeDelta::days(365));
        person(&backend, "asha@example.org").await;
        jobs::note(&backend, "A job", None).await.unwrap();
        let letter = outbox::claim(&backend, 9).await.unwrap().remove(0);
        outbox::retry_later(&backend, &letter, "the provider is away", TimeDelta::zero()).await.unwrap();
        person(&backend, "ravi@example.org").await;
        outbox::claim(&backend, 9).await.unwrap();

        backend.clock.set(right);
        assert!(outbox::claim(&backend, 9).await.unwrap().is_empty());
        housekeeping::sweep(&backend).await.unwrap();
        assert_eq!(outbox::claim(&backend, 9).await.unwrap().len(), 2, "one that was tried and one under way");
        jobs::note(&backend, "A job", None).await.unwrap();
        let mut tx = backend.db.read().await.unwrap();
        let (ran_at,) = tx.query("select ran_at from jobs").one::<(DateTime<Utc>,)>().await.unwrap();
        assert_eq!(ran_at, right);
    })
    .await;
}
