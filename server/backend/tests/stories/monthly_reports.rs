//! The monthly report by mail: once for each person, book and month, to whoever wants it.

use std::collections::BTreeSet;

use backend::{Member, Role, households, outbox, reports};
use chrono::{DateTime, TimeDelta, Utc};
use ledger::id::BookId;
use uuid::Uuid;

use crate::engines::on_each;
use crate::household::{Household, day};
use crate::households::join;
use crate::people::{again, person};

#[tokio::test]
async fn the_monthly_report_is_written_once_to_whoever_wants_it() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        home.save(&home.expense(1_240, "2027-01-14")).await;
        let letters = async || {
            let mut tx = backend.db.read().await.unwrap();
            let sql = "select key, payload from outbox where kind = 'monthly_report' order by key";
            tx.query(sql).all::<(String, String)>().await.unwrap()
        };
        assert!(!reports::wants_monthly(&backend, &home.member).await.unwrap());
        for _ in 0..2 {
            reports::set_monthly(&backend, &home.member, true).await.unwrap();
        }
        assert!(reports::wants_monthly(&backend, &home.member).await.unwrap());
        assert!(!reports::wants_monthly(&backend, &other.member).await.unwrap());

        let morning: DateTime<Utc> = "2027-02-01T02:30:00Z".parse().unwrap();
        backend.clock.set(morning - TimeDelta::seconds(1));
        assert!(!reports::due_now(&backend).await.unwrap());
        backend.clock.set(morning);
        assert!(reports::due_now(&backend).await.unwrap());
        for _ in 0..2 {
            reports::write_due(&backend).await.unwrap();
        }
        let written = letters().await;
        assert_eq!(written.len(), 1);
        let (user, book) = (home.member.user(), home.member.book());
        assert_eq!(written[0].0, format!("monthly-report:{user}:{book}:2027-01"));
        assert!(written[0].1.contains("2027-01-01"));

        let monthly = async |member: &Member, book: Option<BookId>| {
            reports::monthly(&backend, member.user(), book, day("2027-01-01")).await.unwrap()
        };
        let letter = monthly(&home.member, Some(book)).await.unwrap();
        assert_eq!(letter.title, None);
        assert_eq!((letter.report.flows.expenses, letter.report.choice.words()), (1_240, "January 2027".to_owned()));
        reports::set_monthly(&backend, &home.member, false).await.unwrap();
        assert!(monthly(&home.member, Some(book)).await.is_none());
        assert!(monthly(&other.member, Some(other.member.book())).await.is_none());

        // A server that stood still for weeks writes of the last month, and goes on with the next one to come.
        reports::set_monthly(&backend, &home.member, true).await.unwrap();
        backend.clock.set("2027-05-20T00:00:00Z".parse().unwrap());
        reports::write_due(&backend).await.unwrap();
        reports::write_due(&backend).await.unwrap();
        assert_eq!(letters().await.len(), 2);
        assert_eq!(
            outbox::claim(&backend, 9).await.unwrap().iter().filter(|row| row.kind == "monthly_report").count(),
            2
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_book_of_a_person_has_a_monthly_report_of_its_own() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.com").await;
        home.save(&home.expense(1_240, "2027-01-14")).await;
        let (asha, ravi) = (again(&backend, "asha@example.com").await, person(&backend, "ravi@example.com").await);
        join(&backend, &asha, &ravi, Role::Viewer, "ravi@example.com").await;
        reports::set_monthly(&backend, &ravi.member, true).await.unwrap();
        backend.clock.set("2027-02-01T02:30:00Z".parse().unwrap());
        for _ in 0..2 {
            reports::write_due(&backend).await.unwrap();
        }
        let mut tx = backend.db.read().await.unwrap();
        let sql = "select book_id from outbox where kind = 'monthly_report'";
        let written: Vec<(Uuid,)> = tx.query(sql).all().await.unwrap();
        drop(tx);
        let written: BTreeSet<BookId> = written.into_iter().map(|(book,)| BookId(book)).collect();
        let (shared, own) = (asha.member.book(), ravi.member.book());
        assert_eq!(written, BTreeSet::from([shared, own]));

        let monthly = async |book: Option<BookId>| {
            reports::monthly(&backend, ravi.member.user(), book, day("2027-01-01")).await.unwrap()
        };
        let letter = monthly(Some(shared)).await.unwrap();
        assert_eq!((letter.title.as_deref(), letter.report.flows.expenses), (Some("Asha"), 1_240));
        assert!(monthly(Some(own)).await.is_none(), "nothing happened there");
        households::remove(&backend, &asha.member, ravi.member.user()).await.unwrap();
        assert!(monthly(Some(shared)).await.is_none(), "it is not theirs any more");
        assert_eq!(monthly(Some(own)).await.unwrap().title, None, "the only one is told of in any case");
    })
    .await;
}
