//! Asking for help, and letters to everybody.

use backend::{Backend, Error, SignedIn, Staff, outbox, sessions, staff, tokens};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::engines::on_each;
use crate::people::{client, letter, person, person_from};

fn staff_of(who: &SignedIn) -> Staff {
    who.staff.unwrap()
}

async fn confirm(backend: &Backend) {
    let secret = letter(backend, "confirm").await.unwrap().secret;
    tokens::confirm_link(backend, &secret, None, &client()).await.unwrap();
}

async fn count(backend: &Backend, kind: &str) -> i64 {
    let mut tx = backend.db.read().await.unwrap();
    let sql = "select count(*) from outbox where kind = $1";
    tx.query(sql).bind(kind.to_owned()).one::<(i64,)>().await.unwrap().0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_once_and_read_by_nobody_else() {
    on_each(async |backend| {
        let admin = staff_of(&person(&backend, "admin@example.com").await);
        let asha = person(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        let id = backend.clock.new_id();
        for _ in 0..2 {
            staff::ask(&backend, &asha.member, id, "Where is my bill?".into()).await.unwrap();
        }
        assert_eq!(staff::asked_by(&backend, &asha.member).await.unwrap().len(), 1, "a retry is the same");
        assert_eq!(staff::asked_by(&backend, &ravi.member).await.unwrap(), []);
        // Another person who sends the same id asks nothing, and reads nothing.
        staff::ask(&backend, &ravi.member, id, "Mine?".into()).await.unwrap();
        assert_eq!(staff::asked_by(&backend, &ravi.member).await.unwrap(), []);

        let (open, answered) = staff::requests(&backend, &admin).await.unwrap();
        assert_eq!((open.len(), answered.len(), open[0].question.as_str()), (1, 0, "Where is my bill?"));
        assert_eq!(staff::overview(&backend, &admin).await.unwrap().requests, 1);
        staff::answer(&backend, &admin, id, "Under Bills.".into()).await.unwrap();
        let again = staff::answer(&backend, &admin, id, "Under Bills!".into()).await;
        assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
        assert_eq!(count(&backend, "answer").await, 1);
        let own = staff::asked_by(&backend, &asha.member).await.unwrap();
        assert_eq!(own[0].answer.as_deref(), Some("Under Bills."));
        let (user, question, answer) = staff::answer_letter(&backend, id).await.unwrap().unwrap();
        assert_eq!(
            (user, question.as_str(), answer.as_str()),
            (asha.member.user(), "Where is my bill?", "Under Bills.")
        );
        for _ in 0..4 {
            staff::ask(&backend, &asha.member, backend.clock.new_id(), "And?".into()).await.unwrap();
        }
        let often = staff::ask(&backend, &asha.member, backend.clock.new_id(), "And?".into()).await;
        assert!(matches!(often, Err(Error::TooMany { .. })), "{often:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_are_told_that_somebody_waits_once_in_an_hour() {
    on_each(async |backend| {
        let admin = person(&backend, "admin@example.com").await;
        let asha = person(&backend, "asha@example.com").await;
        let user = admin.member.user();
        let ask = async |who: &SignedIn| {
            staff::ask(&backend, &who.member, backend.clock.new_id(), "Where is it?".into()).await.unwrap();
        };
        let due = async || {
            let mut tx = backend.db.read().await.unwrap();
            let sql = "select due_at from outbox where kind = 'help_waiting' order by id";
            let rows: Vec<(DateTime<Utc>,)> = tx.query(sql).all().await.unwrap();
            rows.into_iter().map(|(due,)| due).collect::<Vec<_>>()
        };
        ask(&admin).await;
        assert!(due().await.is_empty(), "nobody is told of what they ask themselves");
        let first = backend.clock.now();
        ask(&asha).await;
        assert_eq!(due().await, [first]);
        backend.clock.advance(TimeDelta::minutes(1));
        let next = first + TimeDelta::hours(1);
        for _ in 0..2 {
            ask(&asha).await;
            assert_eq!(due().await, [first, next], "the others wait for the next letter, which is one");
        }
        assert_eq!(staff::waiting_letter(&backend, user).await.unwrap(), Some(4));
        assert_eq!(staff::waiting_letter(&backend, asha.member.user()).await.unwrap(), None);
        backend.clock.advance(TimeDelta::days(1));
        ask(&asha).await;
        assert_eq!(due().await, [first, next, backend.clock.now()]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_to_everybody_reaches_each_confirmed_address_once() {
    on_each(async |backend| {
        let admin = person(&backend, "admin@example.com").await;
        confirm(&backend).await;
        let staff = staff_of(&sessions::find(&backend, admin.session).await.unwrap().unwrap());
        for n in 0..4_u8 {
            person_from(&backend, &format!("p{n}@example.com"), &format!("192.0.2.{n}")).await;
        }
        // More than one batch, without the work of signing up.
        let mut tx = backend.db.write().await.unwrap();
        for n in 0..450 {
            tx.query(
                "insert into users (id, email, email_key, name, password_hash, locale, time_zone, country, confirmed_at, created_at)
                 values ($1, $2, $2, 'Many', 'none', 'en-IN', 'UTC', 'IN', $3, $3)",
            )
            .bind(backend.clock.new_id())
            .bind(format!("many{n}@example.com"))
            .bind(backend.clock.now())
            .execute()
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        let id = Uuid::now_v7();
        staff::save_broadcast(&backend, &staff, id, "Away".into(), "We move.".into()).await.unwrap();
        staff::save_broadcast(&backend, &staff, id, "Away on Sunday".into(), "We move.".into()).await.unwrap();
        let (draft, people) = staff::broadcast(&backend, &staff, id).await.unwrap();
        assert_eq!((draft.subject.as_str(), people), ("Away on Sunday", 451));
        staff::address_broadcasts(&backend).await.unwrap();
        assert_eq!(count(&backend, "broadcast").await, 0, "it is not sent yet");

        staff::send_broadcast(&backend, &staff, id).await.unwrap();
        let conflict = |answer: Result<(), Error>| assert!(matches!(answer, Err(Error::Conflict(_))), "{answer:?}");
        conflict(staff::send_broadcast(&backend, &staff, id).await);
        conflict(staff::save_broadcast(&backend, &staff, id, "Other".into(), "Words".into()).await);
        staff::discard_broadcast(&backend, &staff, id).await.unwrap();
        // Two servers at once.
        let both = tokio::join!(staff::address_broadcasts(&backend), staff::address_broadcasts(&backend));
        assert!(both.0.is_ok() && both.1.is_ok(), "{both:?}");
        staff::address_broadcasts(&backend).await.unwrap();
        assert_eq!(count(&backend, "broadcast").await, 451);
        let (sent, _) = staff::broadcast(&backend, &staff, id).await.unwrap();
        assert!(sent.done && sent.written == 451, "{sent:?}");
        let claimed = outbox::claim(&backend, 500).await.unwrap();
        assert!(claimed.iter().any(|message| message.kind == "broadcast"));
        let (subject, _) = staff::broadcast_letter(&backend, id).await.unwrap().unwrap();
        assert_eq!(subject, "Away on Sunday");
    })
    .await;
}
