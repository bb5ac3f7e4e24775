//! Passkeys, as far as no browser is needed: what is asked, and what lets nobody in.

use backend::passkeys::PasskeyId;
use backend::passkeys::{self, Site};
use backend::{Backend, Error, fresh, housekeeping, sessions, staff, tokens, ways_in};
use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::engines::on_each;
use crate::factors::{reset_by_mail, rows, turned_on};
use crate::people::{PASSWORD, again, client, letter, person};

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
        backend.clock.advance(TimeDelta::seconds(1));
        housekeeping::sweep(&backend).await.unwrap();
        assert_eq!(rows(&backend, "passkey_challenges").await, 0);
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
    let sql = "insert into passkeys (id, user_id, credential, name, site, proven, key, created_at)
               select $1, id, $2, 'Mine', 'money.example.org', confirmed_at is not null, '{}', $3 from users where id = $4";
    let now = backend.clock.now();
    tx.query(sql).bind(id).bind(id.to_string()).bind(now).bind(user.0).execute().await.unwrap();
    tx.commit().await.unwrap();
    PasskeyId(id)
}

#[tokio::test]
async fn nobody_else_renames_or_removes_a_passkey() {
    on_each(async |backend| {
        let backend = at_home(&backend);
        let (asha, ravi) = (person(&backend, "asha@example.com").await, person(&backend, "ravi@example.com").await);
        let key = kept(&backend, asha.member.user(), 1).await;
        assert!(matches!(passkeys::rename(&backend, &ravi, key, "His".into()).await, Err(Error::NotFound)));
        passkeys::remove(&backend, &ravi, key).await.unwrap();
        assert_eq!(passkeys::list(&backend, asha.member.user()).await.unwrap()[0].name, "Mine");
        assert!(passkeys::list(&backend, ravi.member.user()).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_a_stranger_set_up_before_the_address_was_proven_does_not_outlive_a_reset() {
    on_each(async |backend| {
        let backend = at_home(&backend);
        let thief = person(&backend, "asha@example.com").await;
        let user = thief.member.user();
        kept(&backend, user, 1).await;
        turned_on(&backend, &thief).await;
        // The owner of the address confirms it from the letter, at a browser of their own.
        let confirmation = letter(&backend, "confirm").await.unwrap();
        tokens::confirm_link(&backend, &confirmation.secret, None, &client()).await.unwrap();
        reset_by_mail(&backend, PASSWORD).await;
        assert!(passkeys::list(&backend, user).await.unwrap().is_empty());
        let asha = again(&backend, "asha@example.com").await;
        assert!(!asha.person.has_second_factor);
        // What they set up themselves stays.
        let own = kept(&backend, user, 2).await;
        turned_on(&backend, &asha).await;
        reset_by_mail(&backend, PASSWORD).await;
        assert_eq!(passkeys::list(&backend, user).await.unwrap()[0].id, own);
        assert!(staff::end_second_factor(&backend, &"asha@example.com".parse().unwrap()).await.unwrap());
        assert!(passkeys::list(&backend, user).await.unwrap().is_empty(), "an operator takes everything away");
        assert!(sessions::find(&backend, asha.session).await.unwrap().is_none());
    })
    .await;
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
        let moved = backend.clone().with_passkeys(Site::at("https://accounts.example.org"));
        assert_eq!(ways_in::of(&moved, user).await.unwrap().count(), 0, "it is good at one address");
    })
    .await;
}
