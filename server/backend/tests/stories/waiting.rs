//! Alerts that were raised before the address was confirmed: kept, and sent once it is.

use backend::outbox::{self, Claimed, Push};
use backend::{Backend, SignedIn, tokens};
use chrono::{NaiveDate, TimeDelta};
use ledger::person::ResetForm;

use crate::engines::on_each;
use crate::household::day;
use crate::people::{client, person};

/// Every way to show that an address is one's own.
#[derive(Clone, Copy, Debug)]
enum Way {
    Link,
    Code,
    Reset,
}

/// The letters of this kind that are due.
async fn due(backend: &Backend, kind: &str) -> Vec<Claimed> {
    outbox::claim(backend, 50).await.unwrap().into_iter().filter(|message| message.kind == kind).collect()
}

/// Writes an alert about a period that ends before `until`, and parks it as the worker does.
async fn wait(backend: &Backend, who: &SignedIn, key: &str, until: NaiveDate) -> Claimed {
    let mut tx = backend.db.write().await.unwrap();
    let (payload, due) = (serde_json::json!({ "about": key }), backend.clock.now());
    let book = Some(who.member.book());
    let push = Push { key: key.into(), kind: "budget_alert", book, user: None, payload, due };
    outbox::push(&mut tx, &backend.clock, push).await.unwrap();
    tx.commit().await.unwrap();
    let message = self::due(backend, "budget_alert").await.remove(0);
    park(backend, who, &message, until).await;
    message
}

async fn park(backend: &Backend, who: &SignedIn, message: &Claimed, until: NaiveDate) {
    outbox::park_until_confirmed(backend, message, who.member.user(), Some(until)).await.unwrap();
}

async fn token(backend: &Backend, kind: &str) -> tokens::Letter {
    let letter = due(backend, kind).await.remove(0);
    let payload: serde_json::Value = serde_json::from_str(&letter.payload).unwrap();
    tokens::letter(backend, payload["token"].as_str().unwrap().parse().unwrap()).await.unwrap().unwrap()
}

async fn confirm(backend: &Backend, who: &SignedIn, way: Way, confirmation: &tokens::Letter) {
    match way {
        Way::Link => tokens::confirm_link(backend, &confirmation.secret, None, &client()).await.unwrap(),
        Way::Code => tokens::confirm_code(backend, &who.member, &confirmation.code).await.unwrap(),
        Way::Reset => {
            tokens::forgot(backend, who.person.email.parse().unwrap(), &client()).await.unwrap();
            let token = token(backend, "reset").await.secret;
            let password = "a newer password".to_owned();
            let form = ResetForm { token, password: password.clone(), confirm: password };
            tokens::reset(backend, form.parse().unwrap(), &client()).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_alert_waits_for_its_address_whichever_way_it_is_confirmed() {
    on_each(async |backend| {
        for way in [Way::Link, Way::Code, Way::Reset] {
            let asha = person(&backend, &format!("asha.{way:?}@example.com")).await;
            let confirmation = token(&backend, "confirm").await;
            let ravi = person(&backend, &format!("ravi.{way:?}@example.com")).await;
            let running = wait(&backend, &asha, &format!("{way:?} running"), day("2027-02-01")).await;
            wait(&backend, &asha, &format!("{way:?} ended"), day("2027-01-15")).await;
            wait(&backend, &ravi, &format!("{way:?} of another"), day("2027-02-01")).await;
            backend.clock.advance(TimeDelta::hours(1));
            assert!(due(&backend, "budget_alert").await.is_empty());

            confirm(&backend, &asha, way, &confirmation).await;
            let released = due(&backend, "budget_alert").await;
            assert_eq!(released.len(), 1, "{way:?}");
            assert_eq!((&released[0].key, &released[0].payload), (&running.key, &running.payload));
            // Its three days begin now.
            assert_eq!(released[0].created_at, backend.clock.now());
            outbox::mark_sent(&backend, released[0].id).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn the_period_ends_with_the_day_of_the_person() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let confirmation = token(&backend, "confirm").await;
        wait(&backend, &asha, "of today", day("2027-01-16")).await;
        // 15 January 18:30 in UTC is the 16th in India.
        backend.clock.advance(TimeDelta::minutes(8 * 60 + 30));
        confirm(&backend, &asha, Way::Code, &confirmation).await;
        assert!(due(&backend, "budget_alert").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_confirmed_while_its_alert_is_parked_is_not_missed() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let confirmation = token(&backend, "confirm").await;
        let message = wait(&backend, &asha, "alert", day("2027-02-01")).await;
        confirm(&backend, &asha, Way::Link, &confirmation).await;
        assert_eq!(due(&backend, "budget_alert").await.len(), 1);
        // The worker looked at the person before, and parks the letter only now.
        park(&backend, &asha, &message, day("2027-02-01")).await;
        assert_eq!(due(&backend, "budget_alert").await.len(), 1);
    })
    .await;
}
