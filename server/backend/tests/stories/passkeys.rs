//! Passkeys, as far as no browser is needed: what is asked, and what lets nobody in.

use backend::passkeys::PasskeyId;
use backend::passkeys::{self, Site};
use backend::{Backend, Error, fresh, housekeeping, ways_in};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::engines::on_each;
use crate::people::{client, person};

/// The words of a refusal.
fn words<T>(result: Result<T, Error>) -> String {
    match result.err().unwrap() {
        Error::Conflict(words) => words,
        other => panic!("{other:?}"),
    }
}

fn at_home(backend: &Backend) -> Backend {
    backend.clone().with_passkeys(Site::at("https://money.example.org"))
}

/// Well formed, and signed by nobody.
fn answer(credential: &str) -> String {
    let response =
        json!({ "clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": "AAAA" });
    json!({ "id": credential, "rawId": credential, "type": "public-key", "response": response }).to_string()
}

#[tokio::test]
async fn a_browser_is_asked_for_a_key_that_has_seen_its_owner() {
    on_each(async |backend| {
        let backend = at_home(&backend);
        let asked: Value = serde_json::from_str(&passkeys::begin(&backend, &client()).await.unwrap().options).unwrap();
        assert_eq!((&asked["rpId"], &asked["userVerification"]), (&json!("money.example.org"), &json!("required")));
        let asha = person(&backend, "asha@example.com").await;
        let made: Value =
            serde_json::from_str(&passkeys::begin_adding(&backend, &asha).await.unwrap().options).unwrap();
        let selection = &made["authenticatorSelection"];
        assert_eq!(
            (&selection["residentKey"], &selection["userVerification"]),
            (&json!("required"), &json!("required"))
        );
        assert_eq!(
            (&made["rp"]["id"], &made["user"]["name"]),
            (&json!("money.example.org"), &json!("asha@example.com"))
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_no_passkey_lets_nobody_in() {
    on_each(async |nameless| {
        let backend = at_home(&nameless);
        let asha = person(&backend, "asha@example.com").await;
        let log_in =
            async |secret: &str, answer: &str| words(passkeys::log_in(&backend, secret, answer, &client()).await);
        let asked = passkeys::begin(&backend, &client()).await.unwrap();
        assert!(log_in("made up", &answer("AAAA")).await.contains("too long"));
        assert!(log_in(&asked.secret, "{}").await.contains("not be verified"));
        assert!(log_in(&asked.secret, &answer("AAAA")).await.contains("too long"), "each is good for one answer");
        let asked = passkeys::begin(&backend, &client()).await.unwrap();
        assert!(log_in(&asked.secret, &answer("AAAA")).await.contains("not known here"));
        let adding = passkeys::begin_adding(&backend, &asha).await.unwrap();
        assert!(log_in(&adding.secret, &answer("AAAA")).await.contains("too long"), "it was asked for another thing");
        let adding = passkeys::begin_adding(&backend, &asha).await.unwrap();
        let ravi = person(&backend, "ravi@example.com").await;
        let stolen = passkeys::add(&backend, &ravi, "Mine".into(), &adding.secret, "{}").await;
        assert!(words(stolen).contains("too long"), "by somebody else");
        let asked = passkeys::begin(&backend, &client()).await.unwrap();
        backend.clock.advance(TimeDelta::minutes(5));
        assert!(log_in(&asked.secret, &answer("AAAA")).await.contains("too long"));
        housekeeping::sweep(&backend).await.unwrap();
        assert!(words(passkeys::begin(&nameless, &client()).await).contains("a server with a name"));
        backend.clock.advance(fresh::FRESH);
        assert!(matches!(passkeys::begin_adding(&backend, &asha).await, Err(Error::ProveFirst)));
        assert!(passkeys::list(&backend, asha.member.user()).await.unwrap().is_empty());
    })
    .await;
}

/// As if the person had made one.
async fn kept(backend: &Backend, user: ledger::id::UserId, n: u128) -> PasskeyId {
    let id = uuid::Uuid::from_u128(n);
    let mut tx = backend.db.write().await.unwrap();
    let sql =
        "insert into passkeys (id, user_id, credential, name, key, created_at) values ($1, $2, $3, 'Mine', '{}', $4)";
    tx.query(sql).bind(id).bind(user.0).bind(id.to_string()).bind(backend.clock.now()).execute().await.unwrap();
    tx.commit().await.unwrap();
    PasskeyId(id)
}

#[tokio::test]
async fn the_last_passkey_of_one_who_has_no_other_way_in_stays() {
    on_each(async |backend| {
        let backend = at_home(&backend);
        let asha = person(&backend, "asha@example.com").await;
        let user = asha.member.user();
        let (first, second) = (kept(&backend, user, 1).await, kept(&backend, user, 2).await);
        assert_eq!(ways_in::of(&backend, user).await.unwrap().count(), 3);
        let mut tx = backend.db.write().await.unwrap();
        tx.query("update users set password_hash = 'none' where id = $1").bind(user.0).execute().await.unwrap();
        tx.commit().await.unwrap();
        passkeys::remove(&backend, &asha, first).await.unwrap();
        passkeys::remove(&backend, &asha, first).await.unwrap();
        assert!(words(passkeys::remove(&backend, &asha, second).await).contains("only way in"));
        let left = passkeys::list(&backend, user).await.unwrap();
        assert_eq!(left.into_iter().map(|key| key.id).collect::<Vec<_>>(), [second]);
    })
    .await;
}
