//! The outbox: nothing lost, nothing taken twice.

use backend::outbox::{self, Push};
use backend::{Backend, housekeeping};
use chrono::TimeDelta;

use crate::engines::on_each;

async fn push(backend: &Backend, key: &str) -> bool {
    let mut tx = backend.db.write().await.unwrap();
    let due = backend.clock.now();
    let push = Push { key: key.into(), kind: "budget_alert", book: None, payload: serde_json::json!({}), due };
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
        let push = Push { key: "two".into(), kind: "budget_alert", book: None, payload: serde_json::json!({}), due };
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
async fn a_claim_lapses_a_failure_waits_and_twelve_park() {
    on_each(async |backend| {
        push(&backend, "one").await;
        assert_eq!(outbox::next_due(&backend).await.unwrap(), Some(backend.clock.now()));
        let claimed = outbox::claim(&backend, 9).await.unwrap();
        assert!(outbox::claim(&backend, 9).await.unwrap().is_empty());
        assert!(outbox::next_due(&backend).await.unwrap() > Some(backend.clock.now()));
        // The worker died: its claim lapses.
        backend.clock.advance(TimeDelta::seconds(31));
        let mut message = outbox::claim(&backend, 9).await.unwrap().remove(0);
        assert_eq!((message.id, message.tries), (claimed[0].id, 2));
        for tries in 3..=12 {
            outbox::retry_later(&backend, &message, "refused", TimeDelta::zero()).await.unwrap();
            assert!(outbox::claim(&backend, 9).await.unwrap().is_empty(), "it waits");
            backend.clock.advance(TimeDelta::hours(2));
            message = outbox::claim(&backend, 9).await.unwrap().remove(0);
            assert_eq!(message.tries, tries);
        }
        outbox::retry_later(&backend, &message, "refused", TimeDelta::zero()).await.unwrap();
        backend.clock.advance(TimeDelta::days(9));
        assert!(outbox::claim(&backend, 9).await.unwrap().is_empty());
        assert_eq!(outbox::next_due(&backend).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_is_not_sent_again_and_later_swept() {
    on_each(async |backend| {
        push(&backend, "one").await;
        let message = outbox::claim(&backend, 9).await.unwrap().remove(0);
        outbox::mark_sent(&backend, message.id).await.unwrap();
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
