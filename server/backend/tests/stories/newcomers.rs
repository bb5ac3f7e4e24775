//! Signing up where an address is confirmed first: nothing is told of who has an account, and nobody takes one over.

use std::collections::BTreeMap;

use backend::db::FixedFragments;
use backend::newcomers::{self, Letter};
use backend::sessions;
use backend::sign_in_with::{self, Arrived};
use backend::{Backend, Error, NewSession, Policy, SignedIn, housekeeping, outbox, tokens, users};
use chrono::TimeDelta;
use ledger::person::{FirstLogInForm, LogInForm, Proof, SignUpForm, SignUpWithForm};
use uuid::Uuid;

use crate::contents::tables;
use crate::engines::on_each;
use crate::people::{PASSWORD, client, form, letter, person};

/// One where an address is confirmed first.
pub fn careful(backend: &Backend) -> Backend {
    backend.clone().with_policy(Policy { confirm_first: true, ..Policy::default() })
}

async fn ask(backend: &Backend, form: SignUpForm) -> Result<(), Error> {
    newcomers::ask(backend, form.parse().unwrap(), "/bills", &client()).await
}

/// The letters to those who signed up, by name: each once.
pub async fn letters(backend: &Backend) -> BTreeMap<String, Letter> {
    let mut letters = BTreeMap::new();
    for message in outbox::claim(backend, 50).await.unwrap() {
        if message.kind != "newcomer" {
            continue;
        }
        let payload: serde_json::Value = serde_json::from_str(&message.payload).unwrap();
        let id: Uuid = payload["id"].as_str().unwrap().parse().unwrap();
        let letter = newcomers::letter(backend, id).await.unwrap().unwrap();
        letters.insert(letter.name.clone(), letter);
    }
    letters
}

async fn open(backend: &Backend, token: &str, password: &str) -> Result<(NewSession, String), Error> {
    let form = FirstLogInForm { token: token.into(), password: password.into() };
    newcomers::open(backend, form.parse().unwrap(), &client()).await
}

async fn log_in(backend: &Backend, email: &str, password: &str) -> Result<SignedIn, Error> {
    let form = LogInForm { email: email.into(), password: password.into(), ..LogInForm::default() };
    let session = sessions::log_in(backend, form.parse().unwrap(), &client()).await?.session().unwrap();
    Ok(sessions::find(backend, session.session).await?.unwrap())
}

fn words<T>(outcome: Result<T, Error>, field: &str) -> String {
    match outcome.err().unwrap() {
        Error::Invalid(errors) => errors.get(field).unwrap_or_default().to_owned(),
        other => panic!("{other:?}"),
    }
}

/// How many rows each table has.
async fn rows(backend: &Backend) -> BTreeMap<String, i64> {
    let mut tx = backend.db.read().await.unwrap();
    let mut rows = BTreeMap::new();
    for table in tables(&mut tx).await {
        let sql = format!("select count(*) from {table}");
        let (count,) = tx.query_of(FixedFragments(sql)).one::<(i64,)>().await.unwrap();
        rows.insert(table, count);
    }
    rows
}

async fn count(backend: &Backend, sql: &'static str) -> i64 {
    backend.db.read().await.unwrap().query(sql).one::<(i64,)>().await.unwrap().0
}

#[tokio::test]
async fn signing_up_does_the_same_for_whoever_has_an_account_and_for_nobody() {
    on_each(async |backend| {
        person(&backend, "asha@example.com").await;
        let backend = careful(&backend);
        letters(&backend).await;
        let mut written = Vec::new();
        for (name, email) in [("Known", "ASHA@example.com"), ("Nobody", "nobody@example.com")] {
            let before = rows(&backend).await;
            ask(&backend, SignUpForm { name: name.into(), ..form(email) }).await.unwrap();
            let mut more = rows(&backend).await;
            more.retain(|table, now| {
                *now -= before.get(table).copied().unwrap_or_default();
                *now > 0
            });
            // The limit of sign-ups from this network has its row since Asha came.
            written.push(more.into_iter().collect::<Vec<_>>());
        }
        let one = |table: &str| (table.to_owned(), 1);
        assert_eq!(written[0], [one("newcomers"), one("outbox"), one("throttles")]);
        assert_eq!(written[0], written[1]);
        let letters = letters(&backend).await;
        assert!(letters["Known"].is_taken && !letters["Nobody"].is_taken, "the mailbox alone is told");
        assert_eq!(count(&backend, "select count(*) from users").await, 1, "nobody new has an account");
        assert!(words(open(&backend, &letters["Known"].secret, PASSWORD).await, "token").contains("already"));
        log_in(&backend, "asha@example.com", PASSWORD).await.expect_err("she has not confirmed her address either");

        // The sixth letter to a mailbox within an hour is not written, and nobody is told.
        for email in ["asha@example.com", "nobody@example.com"] {
            for _ in 0..5 {
                ask(&backend, form(email)).await.unwrap();
            }
        }
        assert_eq!(count(&backend, "select count(*) from newcomers").await, 10);
        assert_eq!(count(&backend, "select count(*) from outbox where kind = 'newcomer'").await, 10);
        assert!(matches!(
            users::sign_up(&backend, form("b@example.com").parse().unwrap(), &client()).await,
            Err(Error::Forbidden)
        ));
    })
    .await;
}

#[tokio::test]
async fn an_account_is_there_with_link_and_password_once_and_for_a_day() {
    on_each(async |backend| {
        let backend = careful(&backend);
        ask(&backend, form("asha@example.com")).await.unwrap();
        let secret = letters(&backend).await.remove("Asha").unwrap().secret;
        let unknown = words(log_in(&backend, "nobody@example.com", PASSWORD).await, "");
        assert_eq!(words(log_in(&backend, "asha@example.com", PASSWORD).await, ""), unknown, "there is no account yet");
        assert!(words(open(&backend, &secret, "another password").await, "password").contains("not the password"));
        assert!(words(open(&backend, "made up", PASSWORD).await, "token").contains("too old"));

        let (session, next) = open(&backend, &secret, PASSWORD).await.unwrap();
        let asha = sessions::find(&backend, session.session).await.unwrap().unwrap();
        assert!(asha.person.confirmed && asha.person.email == "asha@example.com" && next == "/bills");
        assert!(words(open(&backend, &secret, PASSWORD).await, "token").contains("used before"));
        log_in(&backend, "asha@example.com", PASSWORD).await.unwrap();
        assert_eq!(count(&backend, "select count(*) from newcomers").await, 0);

        // Guesses at a link are counted; one that is a day old is no good, and is swept away.
        ask(&backend, form("ravi@example.com")).await.unwrap();
        let secret = letters(&backend).await.remove("Asha").unwrap().secret;
        for _ in 0..5 {
            open(&backend, &secret, "guess after guess").await.err().unwrap();
        }
        assert!(matches!(open(&backend, &secret, PASSWORD).await, Err(Error::TooMany { .. })));
        backend.clock.advance(newcomers::LIFETIME);
        assert!(words(open(&backend, &secret, PASSWORD).await, "token").contains("too old"));
        backend.clock.advance(TimeDelta::seconds(1));
        housekeeping::sweep(&backend).await.unwrap();
        assert_eq!(count(&backend, "select count(*) from newcomers").await, 0);
    })
    .await;
}

#[tokio::test]
async fn who_signs_up_with_the_address_of_another_neither_gets_in_nor_keeps_them_out() {
    on_each(async |backend| {
        let backend = careful(&backend);
        let strangers = "a stranger's own password";
        let typed = SignUpForm { password: strangers.into(), confirm: strangers.into(), ..form("asha@example.com") };
        ask(&backend, SignUpForm { name: "Stranger".into(), ..typed }).await.unwrap();
        ask(&backend, form("asha@example.com")).await.unwrap();
        let letters = letters(&backend).await;
        // Asha reads both letters. The stranger reads none, and she does not know what the stranger typed.
        let refused = open(&backend, &letters["Stranger"].secret, PASSWORD).await;
        assert!(words(refused, "password").contains("not the password"));
        let (session, _) = open(&backend, &letters["Asha"].secret, PASSWORD).await.unwrap();
        let asha = sessions::find(&backend, session.session).await.unwrap().unwrap();
        assert_eq!(asha.person.name, "Asha");
        assert!(words(open(&backend, &letters["Stranger"].secret, strangers).await, "token").contains("too old"));
        assert!(words(log_in(&backend, "asha@example.com", strangers).await, "").starts_with("Incorrect"));
        log_in(&backend, "asha@example.com", PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_account_from_before_whose_address_is_not_confirmed_waits_for_that() {
    on_each(async |backend| {
        person(&backend, "asha@example.com").await;
        let backend = careful(&backend);
        letter(&backend, "confirm").await.unwrap();
        let unknown = words(log_in(&backend, "nobody@example.com", PASSWORD).await, "");
        assert_eq!(words(log_in(&backend, "asha@example.com", "not the password").await, ""), unknown);
        assert!(letter(&backend, "confirm").await.is_none());
        assert!(words(log_in(&backend, "asha@example.com", PASSWORD).await, "").starts_with("Confirm your address"));
        let link = letter(&backend, "confirm").await.unwrap().secret;
        assert!(words(log_in(&backend, "asha@example.com", PASSWORD).await, "").starts_with("Confirm your address"));
        assert!(letter(&backend, "confirm").await.is_none(), "one letter a minute");
        assert_eq!(count(&backend, "select count(*) from sessions").await, 1, "that of the sign-up");
        tokens::confirm_link(&backend, &link, None, &client()).await.unwrap();
        assert!(log_in(&backend, "asha@example.com", PASSWORD).await.unwrap().person.confirmed);
    })
    .await;
}

#[tokio::test]
async fn a_provider_that_vouches_for_no_address_makes_no_account_and_opens_none_that_is_unconfirmed() {
    on_each(async |backend| {
        person(&backend, "asha@example.com").await;
        let open_to_all = backend;
        let backend = careful(&open_to_all);
        let came = async |backend: &Backend, subject: &str, verified: bool| {
            let begun = sign_in_with::begin(backend, "here", "home", "/", None, &client()).await.unwrap();
            let attempt = sign_in_with::take(backend, "here", "home", &begun.state).await.unwrap().unwrap();
            let proof = Proof {
                provider: "home".into(),
                subject: subject.into(),
                email: format!("{subject}@example.com").parse().ok(),
                verified,
                name: "Asha".into(),
            };
            sign_in_with::arrive(backend, "here", attempt, proof, &client()).await.unwrap()
        };
        let finish = async |backend: &Backend, email: &str| {
            let form = SignUpWithForm {
                name: "Asha".into(),
                email: email.into(),
                terms: "on".into(),
                country: "IN".into(),
                ..Default::default()
            };
            sign_in_with::sign_up(backend, "here", &form, &client()).await.map(|(session, _)| session)
        };
        assert!(matches!(came(&backend, "somebody", false).await, Arrived::Create));
        let mut said = Vec::new();
        for email in ["asha@example.com", "nobody@example.com"] {
            match finish(&backend, email).await {
                Err(Error::Conflict(words)) => said.push(words),
                other => panic!("{:?}", other.err()),
            }
        }
        assert!(said[0] == said[1] && said[0].contains("does not vouch"), "{said:?}");
        assert!(matches!(came(&backend, "ravi", true).await, Arrived::Create));
        let session = finish(&backend, "").await.unwrap();
        assert!(sessions::find(&backend, session.session).await.unwrap().unwrap().person.confirmed);

        // Made before, by a provider that vouches for no address.
        assert!(matches!(came(&open_to_all, "meera", false).await, Arrived::Create));
        finish(&open_to_all, "meera@example.com").await.unwrap();
        letter(&backend, "confirm").await.unwrap();
        assert!(matches!(came(&backend, "meera", false).await, Arrived::Unconfirmed));
        let link = letter(&backend, "confirm").await.unwrap().secret;
        tokens::confirm_link(&backend, &link, None, &client()).await.unwrap();
        assert!(matches!(came(&backend, "meera", false).await, Arrived::Admitted(_)));
    })
    .await;
}
