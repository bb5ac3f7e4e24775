//! The outbox: nothing lost, nothing taken twice.

use backend::outbox::{self, Push};
use backend::{Backend, housekeeping};
use chrono::TimeDelta;

use crate::engines::on_each;

const SAID: &str = r#"{"budget":"Food"}"#;

async fn push(backend: &Backend, key: &str) -> bool {
    let mut tx = backend.db.write().await.unwrap();
    let (payload, due) = (SAID.parse().unwrap(), backend.clock.now());
    let push = Push { key: key.into(), kind: "budget_alert", book: None, user: None, payload, due };
    let fresh = outbox::push(&mut tx, &backend.clock, push).await.unwrap();
    tx.commit().await.unwrap();
    fresh
}

#[tokio::test]
async fn a_key_is_written_once_and_a_rolled_back_message_never() {
    on_each(async |backend| {
        assert!(push(&backend, "one").await);
        assert!(!push(&backend, "one").await);
        let mut tx = backend.db.write().await.unwrap();
        let due = backend.clock.now();
        let push = Push {
            key: "two".into(),
            kind: "budget_alert",
            book: None,
            user: None,
            payload: serde_json::json!({}),
            due,
        };
        outbox::push(&mut tx, &backend.clock, push).await.unwrap();
        drop(tx);
        assert_eq!(outbox::claim(&backend, 9).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn two_workers_never_hold_the_same_message() {
    on_each(async |backend| {
        for n in 0..20 {
            push(&backend, &format!("letter {n}")).await;
        }
        let workers = (0..4).map(|_| {
            let backend = backend.clone();
            tokio::spawn(async move {
                let mut held = Vec::new();
                for _ in 0..10 {
                    held.extend(outbox::claim(&backend, 2).await.unwrap().into_iter().map(|message| message.key));
                }
                held
            })
        });
        let mut held = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            held.extend(worker.await.unwrap());
        }
        held.sort();
        let all = held.len();
        held.dedup();
        assert_eq!((held.len(), all), (20, 20));
    })
    .await;
}

#[tokio::test]
async fn a_claim_lapses_unless_it_is_renewed_and_is_no_try() {
    on_each(async |backend| {
        push(&backend, "one").await;
        assert_eq!(outbox::next_due(&backend).await.unwrap(), Some(backend.clock.now()));
        let claimed = outbox::claim(&backend, 9).await.unwrap();
        for _ in 0..5 {
            backend.clock.advance(TimeDelta::seconds(20));
            assert!(outbox::next_due(&backend).await.unwrap() > Some(backend.clock.now()));
            assert!(outbox::claim(&backend, 9).await.unwrap().is_empty());
            outbox::renew(&backend, claimed[0].id).await.unwrap();
        }
        // The worker died.
        backend.clock.advance(TimeDelta::seconds(30));
        let again = outbox::claim(&backend, 9).await.unwrap().remove(0);
        assert_eq!((again.id, again.tries), (claimed[0].id, 0));
        // A renewal that comes too late does not take it back.
        let due = outbox::retry_later(&backend, &again, "refused", TimeDelta::zero()).await.unwrap();
        outbox::renew(&backend, again.id).await.unwrap();
        assert_eq!(outbox::next_due(&backend).await.unwrap(), due);
    })
    .await;
}

#[tokio::test]
async fn an_outage_of_days_loses_nothing_and_after_three_a_letter_is_parked() {
    on_each(async |backend| {
        push(&backend, "one").await;
        let written = backend.clock.now();
        let (mut due, mut tries) = (Some(written), 0);
        while let Some(then) = due {
            assert!(then - backend.clock.now() <= TimeDelta::minutes(75), "at least about once an hour");
            backend.clock.set(then - TimeDelta::milliseconds(1));
            assert!(outbox::claim(&backend, 9).await.unwrap().is_empty(), "it waits");
            backend.clock.set(then);
            let message = outbox::claim(&backend, 9).await.unwrap().remove(0);
            assert_eq!(message.tries, tries);
            tries += 1;
            due = outbox::retry_later(&backend, &message, "refused", TimeDelta::zero()).await.unwrap();
        }
        let age = backend.clock.now() - written;
        assert!(age >= TimeDelta::days(3) && age <= TimeDelta::hours(74), "{age}");
        backend.clock.advance(TimeDelta::days(9));
        assert!(outbox::claim(&backend, 9).await.unwrap().is_empty());
        assert_eq!(outbox::next_due(&backend).await.unwrap(), None);
    })
    .await;
}

async fn payload(backend: &Backend) -> Option<String> {
    let mut tx = backend.db.read().await.unwrap();
    tx.query("select payload from outbox").optional::<(String,)>().await.unwrap().map(|(payload,)| payload)
}

#[tokio::test]
async fn what_is_sent_says_nothing_is_not_sent_again_and_is_swept_later() {
    on_each(async |backend| {
        push(&backend, "one").await;
        let message = outbox::claim(&backend, 9).await.unwrap().remove(0);
        assert_eq!(message.payload, SAID);
        outbox::mark_sent(&backend, message.id).await.unwrap();
        assert_eq!(payload(&backend).await.unwrap(), "{}");
        backend.clock.advance(TimeDelta::days(1));
        assert!(outbox::claim(&backend, 9).await.unwrap().is_empty());
        housekeeping::sweep(&backend).await.unwrap();
        assert!(!push(&backend, "one").await, "a sent key is remembered");
        backend.clock.advance(TimeDelta::days(100));
        housekeeping::sweep(&backend).await.unwrap();
        assert!(push(&backend, "one").await);
    })
    .await;
}

#[tokio::test]
async fn what_is_parked_is_kept_for_ninety_days() {
    on_each(async |backend| {
        push(&backend, "one").await;
        let message = outbox::claim(&backend, 9).await.unwrap().remove(0);
        outbox::park(&backend, message.id, "the payload cannot be read").await.unwrap();
        backend.clock.advance(TimeDelta::days(89));
        housekeeping::sweep(&backend).await.unwrap();
        assert_eq!(payload(&backend).await.unwrap(), SAID);
        backend.clock.advance(TimeDelta::days(2));
        housekeeping::sweep(&backend).await.unwrap();
        assert_eq!(payload(&backend).await, None);
    })
    .await;
}
