//! Another address: asked for freshly, confirmed by its own mailbox, and nothing told about others.

use backend::addresses;
use backend::outbox::{self, Claimed};
use backend::tokens::{self, Letter};
use backend::{Backend, Error, SignedIn, access_tokens, feeds, fresh, sessions, staff};
use chrono::TimeDelta;
use ledger::person::{PasswordForm, ResetForm, TokenForm};
use uuid::Uuid;

use crate::engines::on_each;
use crate::people::{PASSWORD, again, client, person};

const OLD: &str = "asha@example.com";
const NEW: &str = "asha.rao@example.org";

async fn ask(backend: &Backend, who: &SignedIn, email: &str) -> Result<(), Error> {
    addresses::ask(backend, who, &email.parse().unwrap()).await
}

/// What waits in the outbox, each message once.
async fn letters(backend: &Backend) -> Vec<Claimed> {
    outbox::claim(backend, 50).await.unwrap()
}

fn of_kind<'l>(letters: &'l [Claimed], kind: &str) -> Vec<&'l Claimed> {
    letters.iter().filter(|letter| letter.kind == kind).collect()
}

/// What the letter to the new mailbox says.
async fn told(backend: &Backend, letters: &[Claimed]) -> Option<Letter> {
    let payload: serde_json::Value = serde_json::from_str(&of_kind(letters, "address").last()?.payload).unwrap();
    let token: Uuid = payload["token"].as_str().unwrap().parse().unwrap();
    tokens::letter(backend, token).await.unwrap()
}

/// Asks, and reads the letter.
async fn asked(backend: &Backend, who: &SignedIn, email: &str) -> Letter {
    ask(backend, who, email).await.unwrap();
    told(backend, &letters(backend).await).await.unwrap()
}

fn message(error: &Error, field: &str) -> String {
    match error {
        Error::Invalid(errors) => errors.get(field).unwrap_or_default().to_owned(),
        other => panic!("{other:?}"),
    }
}

async fn address(backend: &Backend, who: &SignedIn) -> Option<String> {
    Some(sessions::find(backend, who.session).await.unwrap()?.person.email)
}

#[tokio::test]
async fn an_address_changes_once_its_mailbox_answers_and_ends_what_the_former_one_opened() {
    on_each(async |backend| {
        let asha = person(&backend, OLD).await;
        let phone = again(&backend, OLD).await;
        letters(&backend).await;
        tokens::forgot(&backend, OLD.parse().unwrap(), &client()).await.unwrap();
        let reset = crate::people::letter(&backend, "reset").await.unwrap();
        let form =
            TokenForm { purpose: "Script".into(), scope: "read".into(), days: "30".into(), ..TokenForm::default() };
        let token = access_tokens::create(&backend, &asha, form.parse().unwrap()).await.unwrap();
        feeds::reset(&backend, &asha.member).await.unwrap();

        ask(&backend, &asha, NEW).await.unwrap();
        let waiting = letters(&backend).await;
        assert_eq!(of_kind(&waiting, "address_asked").len(), 1, "the present mailbox hears of it at once");
        assert!(waiting.iter().all(|letter| !letter.payload.contains(NEW) && !letter.payload.contains(OLD)));
        let new = told(&backend, &waiting).await.unwrap();
        assert_eq!(new.email.as_ref().map(|email| email.as_str().to_owned()), Some(NEW.to_owned()));
        let wanted = addresses::wanted(&backend, &asha.member).await.unwrap().unwrap();
        assert_eq!((wanted.email.as_str(), wanted.expires_at), (NEW, backend.clock.now() + TimeDelta::hours(24)));
        assert_eq!(address(&backend, &asha).await.as_deref(), Some(OLD), "nothing has changed yet");

        addresses::confirm_link(&backend, &asha, &new.secret, &client()).await.unwrap();
        let shown = sessions::find(&backend, asha.session).await.unwrap().unwrap();
        assert!(shown.person.email == NEW && shown.person.confirmed, "the session that confirms stays");
        assert_eq!(address(&backend, &phone).await, None, "others end");
        assert!(addresses::wanted(&backend, &asha.member).await.unwrap().is_none());
        assert!(access_tokens::find(&backend, &token).await.unwrap().is_none());
        assert!(!feeds::exists(&backend, &asha.member).await.unwrap());
        let form =
            ResetForm { token: reset.secret, password: "by the old link".into(), confirm: "by the old link".into() };
        assert!(
            tokens::reset(&backend, form.parse().unwrap(), &client()).await.is_err(),
            "the former mailbox opens nothing"
        );
        let again_error = addresses::confirm_link(&backend, &asha, &new.secret, &client()).await.unwrap_err();
        assert!(message(&again_error, "token").contains("used before"), "a link works once");
        let changed = letters(&backend).await;
        let told: serde_json::Value = serde_json::from_str(&of_kind(&changed, "address_changed")[0].payload).unwrap();
        assert_eq!(told["to"], OLD, "the former mailbox hears of it");

        again(&backend, NEW).await;
        tokens::forgot(&backend, OLD.parse().unwrap(), &client()).await.unwrap();
        assert!(of_kind(&letters(&backend).await, "reset").is_empty(), "the former address is nobody's");
        person(&backend, OLD).await;
    })
    .await;
}

#[tokio::test]
async fn the_digits_do_it_too_and_a_newer_wish_a_day_five_tries_and_cancel_end_them() {
    on_each(async |backend| {
        let asha = person(&backend, OLD).await;
        letters(&backend).await;
        let first = asked(&backend, &asha, "typo@example.org").await;
        assert!(matches!(ask(&backend, &asha, NEW).await, Err(Error::TooMany { .. })), "one letter a minute");
        backend.clock.advance(TimeDelta::minutes(1));
        let second = asked(&backend, &asha, NEW).await;
        assert!(addresses::confirm_link(&backend, &asha, &first.secret, &client()).await.is_err(), "the newest counts");
        let wrong = if second.code == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            let error = addresses::confirm_code(&backend, &asha, wrong).await.unwrap_err();
            assert!(message(&error, "code").contains("not the code"));
        }
        let spent = addresses::confirm_code(&backend, &asha, &second.code).await.unwrap_err();
        assert!(message(&spent, "code").contains("no longer good"));

        backend.clock.advance(TimeDelta::minutes(1));
        let third = asked(&backend, &asha, NEW).await;
        addresses::cancel(&backend, &asha.member).await.unwrap();
        assert!(addresses::wanted(&backend, &asha.member).await.unwrap().is_none());
        assert!(addresses::confirm_code(&backend, &asha, &third.code).await.is_err());

        backend.clock.advance(TimeDelta::minutes(1));
        let late = asked(&backend, &asha, NEW).await;
        backend.clock.advance(TimeDelta::hours(24));
        assert!(addresses::wanted(&backend, &asha.member).await.unwrap().is_none());
        assert!(addresses::confirm_link(&backend, &asha, &late.secret, &client()).await.is_err());

        let asha = again(&backend, OLD).await;
        let last = asked(&backend, &asha, NEW).await;
        addresses::confirm_code(&backend, &asha, &last.code).await.unwrap();
        assert_eq!(address(&backend, &asha).await.as_deref(), Some(NEW));
        assert!(
            matches!(ask(&backend, &again(&backend, NEW).await, NEW).await, Err(Error::Invalid(_))),
            "it is theirs"
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_of_another_account_is_answered_alike_and_its_owner_alone_is_told() {
    on_each(async |backend| {
        let (asha, ravi) = (person(&backend, OLD).await, person(&backend, "ravi@example.com").await);
        letters(&backend).await;
        ask(&backend, &asha, "RAVI@example.com").await.unwrap();
        let waiting = letters(&backend).await;
        let kinds: Vec<&str> = waiting.iter().map(|letter| letter.kind.as_str()).collect();
        assert!(kinds.len() == 2 && kinds.contains(&"address") && kinds.contains(&"address_asked"), "{kinds:?}");
        let wanted = addresses::wanted(&backend, &asha.member).await.unwrap().unwrap();
        assert_eq!(wanted.email, "RAVI@example.com", "shown like any other");
        let letter = told(&backend, &waiting).await.unwrap();
        assert!(addresses::is_taken(&backend, &letter.email.unwrap()).await.unwrap(), "so the letter has no link");
        // Whatever somebody finds out, two accounts never have one address.
        let error = addresses::confirm_link(&backend, &asha, &letter.secret, &client()).await.unwrap_err();
        assert!(message(&error, "token").contains("cannot be used"));
        assert_eq!(address(&backend, &asha).await.as_deref(), Some(OLD));
        assert_eq!(address(&backend, &ravi).await.as_deref(), Some("ravi@example.com"));
    })
    .await;
}

#[tokio::test]
async fn it_takes_a_fresh_proof_and_the_session_of_the_account_itself() {
    on_each(async |backend| {
        let (asha, ravi) = (person(&backend, OLD).await, person(&backend, "ravi@example.com").await);
        letters(&backend).await;
        let link = asked(&backend, &asha, NEW).await;
        let error = addresses::confirm_link(&backend, &ravi, &link.secret, &client()).await.unwrap_err();
        assert!(message(&error, "token").contains("another account"), "nobody is given the mailbox of a stranger");
        assert!(addresses::confirm_code(&backend, &ravi, &link.code).await.is_err());
        addresses::cancel(&backend, &ravi.member).await.unwrap();
        assert!(addresses::wanted(&backend, &asha.member).await.unwrap().is_some(), "and nobody takes it back");

        let change = PasswordForm {
            current: PASSWORD.into(),
            password: "mangoes in March".into(),
            confirm: "mangoes in March".into(),
            ..PasswordForm::default()
        };
        backend::users::change_password(&backend, &asha, change.parse(true).unwrap()).await.unwrap();
        assert!(addresses::wanted(&backend, &asha.member).await.unwrap().is_none(), "another password ends it");
        assert!(addresses::confirm_link(&backend, &asha, &link.secret, &client()).await.is_err());

        backend.clock.advance(fresh::FRESH);
        assert!(matches!(ask(&backend, &asha, NEW).await, Err(Error::ProveFirst)));
    })
    .await;
}

#[tokio::test]
async fn one_mailbox_is_not_flooded_and_staff_find_the_new_address() {
    on_each(async |backend| {
        person(&backend, "admin@example.com").await;
        let mut written = 0;
        for n in 0..7 {
            let one = person(&backend, &format!("person{n}@example.com")).await;
            letters(&backend).await;
            ask(&backend, &one, NEW).await.unwrap();
            written += of_kind(&letters(&backend).await, "address").len();
            assert!(addresses::wanted(&backend, &one.member).await.unwrap().is_some(), "answered alike");
        }
        assert_eq!(written, 5);
        backend.clock.advance(TimeDelta::hours(1));
        let asha = person(&backend, OLD).await;
        letters(&backend).await;
        let link = asked(&backend, &asha, NEW).await;
        addresses::confirm_link(&backend, &asha, &link.secret, &client()).await.unwrap();
        let staff = again(&backend, "admin@example.com").await.staff.unwrap();
        assert_eq!(staff::find(&backend, &staff, NEW, None).await.unwrap().people.len(), 1);
    })
    .await;
}
