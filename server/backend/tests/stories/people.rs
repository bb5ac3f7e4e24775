//! Sign-up, log-in, sessions, links and codes.

use backend::sessions::{self, SessionId};
use backend::{Backend, ClientInfo, Error, NewSession, Policy, SignedIn, outbox, tokens, users};
use chrono::TimeDelta;
use ledger::person::{LogInForm, PasswordForm, ResetForm, SignUpForm};
use uuid::Uuid;

use crate::engines::on_each;

pub const PASSWORD: &str = "monsoon over Pune";

pub fn client() -> ClientInfo {
    from("192.0.2.1")
}

fn from(address: &str) -> ClientInfo {
    ClientInfo::new(address.parse().unwrap(), "story")
}

pub fn form(email: &str) -> SignUpForm {
    SignUpForm {
        name: "Asha".into(),
        email: email.into(),
        password: PASSWORD.into(),
        confirm: PASSWORD.into(),
        terms: "on".into(),
        country: "IN".into(),
        currency: "INR".into(),
        time_zone: "Asia/Kolkata".into(),
        locale: "en-IN".into(),
        income: "85,000".into(),
        ..SignUpForm::default()
    }
}

/// A person who just signed up.
pub async fn person(backend: &Backend, email: &str) -> SignedIn {
    person_from(backend, email, "192.0.2.1").await
}

/// A person who just signed up from this address.
pub async fn person_from(backend: &Backend, email: &str, address: &str) -> SignedIn {
    let session = users::sign_up(backend, form(email).parse().unwrap(), &from(address)).await.unwrap();
    sessions::find(backend, session.session).await.unwrap().unwrap()
}

/// The person with this address, who logs in once more.
pub async fn again(backend: &Backend, email: &str) -> SignedIn {
    let session = log_in(backend, email, PASSWORD).await.unwrap();
    sessions::find(backend, session.session).await.unwrap().unwrap()
}

async fn log_in_from(backend: &Backend, email: &str, password: &str, client: &ClientInfo) -> Result<NewSession, Error> {
    let form = LogInForm { email: email.into(), password: password.into(), ..LogInForm::default() };
    Ok(sessions::log_in(backend, form.parse().unwrap(), client).await?.session().unwrap())
}

async fn log_in(backend: &Backend, email: &str, password: &str) -> Result<NewSession, Error> {
    log_in_from(backend, email, password, &client()).await
}

fn message(error: &Error, field: &str) -> String {
    match error {
        Error::Invalid(errors) => errors.get(field).unwrap_or_default().to_owned(),
        other => panic!("{other:?}"),
    }
}

/// The newest letter of this kind that waits in the outbox.
pub async fn letter(backend: &Backend, kind: &str) -> Option<tokens::Letter> {
    let claimed = outbox::claim(backend, 50).await.unwrap();
    let mine: Vec<_> = claimed.into_iter().filter(|message| message.kind == kind).collect();
    let payload: serde_json::Value = serde_json::from_str(&mine.last()?.payload).unwrap();
    let token: Uuid = payload["token"].as_str().unwrap().parse().unwrap();
    tokens::letter(backend, token).await.unwrap()
}

#[tokio::test]
async fn a_person_signs_up_and_owns_a_book() {
    on_each(async |backend| {
        let asha = person(&backend, "Asha@example.com").await;
        assert_eq!(asha.person.currency.code(), "INR");
        assert!(!asha.person.confirmed);
        assert_eq!(asha.person, users::profile(&backend, &asha.member).await.unwrap());
        assert_eq!(asha.member.today(&backend.clock).to_string(), "2027-01-15");
        let mut tx = backend.db.read().await.unwrap();
        let planned: (Option<i64>,) =
            tx.query("select planned_income from books where id = $1").bind(asha.member.book().0).one().await.unwrap();
        assert_eq!(planned, (Some(8_500_000),));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_taken_is_said_beside_its_field() {
    on_each(async |backend| {
        person(&backend, "asha@example.com").await;
        let again = users::sign_up(&backend, form("ASHA@example.com").parse().unwrap(), &client()).await;
        assert!(message(&again.err().unwrap(), "email").starts_with("This address cannot be used"));
        let zone = SignUpForm { time_zone: "Mars/Olympus".into(), ..form("b@example.com") };
        let zone = users::sign_up(&backend, zone.parse().unwrap(), &client()).await;
        assert!(!message(&zone.err().unwrap(), "time_zone").is_empty());
        let common =
            SignUpForm { password: "Password123".into(), confirm: "Password123".into(), ..form("b@example.com") };
        let common = users::sign_up(&backend, common.parse().unwrap(), &client()).await;
        assert!(!message(&common.err().unwrap(), "password").is_empty());
        let closed = backend.clone().with_policy(Policy { registration_open: false, ..Policy::default() });
        let refused = users::sign_up(&closed, form("b@example.com").parse().unwrap(), &client()).await;
        assert!(matches!(refused, Err(Error::Forbidden)));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_have_one_answer() {
    on_each(async |backend| {
        person(&backend, "asha@example.com").await;
        for (email, password) in
            [("asha@example.com", "monsoon over pune"), ("nobody@example.com", PASSWORD), ("not an address", "x")]
        {
            let error = log_in(&backend, email, password).await.err().unwrap();
            assert_eq!(message(&error, ""), "Incorrect email or password");
        }
        assert!(log_in(&backend, " ASHA@example.com ", PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn guessing_is_slowed_and_the_owner_still_gets_in_elsewhere() {
    on_each(async |backend| {
        person(&backend, "asha@example.com").await;
        let mut refused = 0;
        for _ in 0..30 {
            match log_in(&backend, "asha@example.com", "guess after guess").await {
                Err(Error::TooMany { retry_after_seconds }) => {
                    assert!((1..=60).contains(&retry_after_seconds));
                    refused += 1;
                }
                other => assert_eq!(message(&other.err().unwrap(), ""), "Incorrect email or password"),
            }
        }
        assert!(refused >= 20, "{refused}");
        assert!(matches!(log_in(&backend, "asha@example.com", PASSWORD).await, Err(Error::TooMany { .. })));
        assert!(log_in_from(&backend, "asha@example.com", PASSWORD, &from("198.51.100.7")).await.is_ok());
        backend.clock.advance(TimeDelta::seconds(61));
        assert!(log_in(&backend, "asha@example.com", PASSWORD).await.is_ok());
        // Many right log-ins are no guessing.
        for _ in 0..12 {
            assert!(log_in(&backend, "asha@example.com", PASSWORD).await.is_ok());
        }
    })
    .await;
}

#[tokio::test]
async fn attackers_on_two_networks_do_not_keep_the_owner_out() {
    on_each(async |backend| {
        let email = "asha@example.com";
        let mark = users::sign_up(&backend, form(email).parse().unwrap(), &client()).await.unwrap().device;
        let ravi = users::sign_up(&backend, form("ravi@example.com").parse().unwrap(), &client()).await.unwrap();
        let marked = |address: &str, mark: &str| from(address).with_device(Some(mark));
        for _ in 0..2 {
            for attacker in ["203.0.113.1", "203.0.113.2"].repeat(6) {
                assert!(log_in_from(&backend, email, "guess after guess", &from(attacker)).await.is_err());
            }
            let (name, proof) = mark.split_once('.').unwrap();
            for stranger in [
                from("198.51.100.7"),
                marked("198.51.100.7", &ravi.device),
                marked("198.51.100.7", &format!("x{name}.{proof}")),
                marked("198.51.100.7", "made up"),
            ] {
                let answer = log_in_from(&backend, email, PASSWORD, &stranger).await;
                assert!(matches!(answer, Err(Error::TooMany { .. })), "{stranger:?}");
            }
            // At home, and on the way.
            for address in ["192.0.2.1", "198.51.100.7"] {
                let own = log_in_from(&backend, email, PASSWORD, &marked(address, &mark)).await.unwrap();
                assert_eq!(own.device, mark, "the browser stays the one it is");
            }
            backend.clock.advance(TimeDelta::seconds(61));
        }
        // Whoever has the browser has no more tries than others.
        for _ in 0..10 {
            let error = log_in_from(&backend, email, "guess after guess", &marked("192.0.2.1", &mark)).await;
            assert_eq!(message(&error.err().unwrap(), ""), "Incorrect email or password");
        }
        let answer = log_in_from(&backend, email, PASSWORD, &marked("192.0.2.1", &mark)).await;
        assert!(matches!(answer, Err(Error::TooMany { .. })));
        assert!(log_in_from(&backend, email, PASSWORD, &from("198.51.100.7")).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_session_is_found_by_its_secret_without_writing() {
    on_each(async |backend| {
        let asha = users::sign_up(&backend, form("asha@example.com").parse().unwrap(), &client()).await.unwrap();
        let found = sessions::find_by_refresh(&backend, &asha.refresh).await.unwrap().unwrap();
        assert_eq!(found.session, asha.session);
        assert!(sessions::find_by_refresh(&backend, "not a secret").await.unwrap().is_none());
        sessions::log_out(&backend, &found).await.unwrap();
        assert!(sessions::find_by_refresh(&backend, &asha.refresh).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_at_once_by_log_out_by_blocking_and_by_age() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let other = log_in(&backend, "asha@example.com", PASSWORD).await.unwrap();
        sessions::log_out(&backend, &asha).await.unwrap();
        assert!(sessions::find(&backend, asha.session).await.unwrap().is_none());
        assert!(sessions::find(&backend, SessionId(Uuid::nil())).await.unwrap().is_none());
        assert!(sessions::renew(&backend, "not a secret").await.unwrap().is_none());

        let renewed = sessions::renew(&backend, &other.refresh).await.unwrap().unwrap();
        assert_eq!(renewed.session, other.session);
        assert_eq!(sessions::list(&backend, &renewed).await.unwrap().len(), 1);
        sessions::log_out(&backend, &renewed).await.unwrap();
        assert!(sessions::renew(&backend, &other.refresh).await.unwrap().is_none());

        let old = log_in(&backend, "asha@example.com", PASSWORD).await.unwrap();
        backend.clock.advance(TimeDelta::days(31));
        assert!(sessions::find(&backend, old.session).await.unwrap().is_none());
        assert!(sessions::renew(&backend, &old.refresh).await.unwrap().is_none());

        let blocked = log_in(&backend, "asha@example.com", PASSWORD).await.unwrap();
        let mut tx = backend.db.write().await.unwrap();
        tx.query("update users set disabled_at = $1").bind(backend.clock.now()).execute().await.unwrap();
        tx.commit().await.unwrap();
        assert!(sessions::find(&backend, blocked.session).await.unwrap().is_none());
        assert!(log_in(&backend, "asha@example.com", PASSWORD).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn nobody_ends_the_session_of_another() {
    on_each(async |backend| {
        let (asha, ravi) = (person(&backend, "asha@example.com").await, person(&backend, "ravi@example.com").await);
        sessions::end_one(&backend, &ravi.member, asha.session).await.unwrap();
        assert_eq!(sessions::end_others(&backend, &ravi).await.unwrap(), 0);
        assert!(sessions::find(&backend, asha.session).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn an_address_is_confirmed_by_link_once() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let letter = letter(&backend, "confirm").await.unwrap();
        tokens::confirm_link(&backend, &letter.secret, None, &client()).await.unwrap();
        assert!(users::profile(&backend, &asha.member).await.unwrap().confirmed);
        let again = tokens::confirm_link(&backend, &letter.secret, None, &client()).await.unwrap_err();
        assert!(message(&again, "token").contains("used before"));
        assert!(matches!(tokens::send_confirmation(&backend, &asha.member).await, Err(Error::Conflict(_))));
    })
    .await;
}

#[tokio::test]
async fn a_code_has_five_tries_a_day_and_only_the_newest_counts() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let first = letter(&backend, "confirm").await.unwrap();
        tokens::send_confirmation(&backend, &asha.member).await.unwrap();
        assert!(matches!(tokens::send_confirmation(&backend, &asha.member).await, Err(Error::TooMany { .. })));
        let second = letter(&backend, "confirm").await.unwrap();
        assert_eq!(second.code.len(), 6);
        assert!(tokens::confirm_link(&backend, &first.secret, None, &client()).await.is_err());
        let wrong = if second.code == "000000" { "000001" } else { "000000" };
        for _ in 0..5 {
            let error = tokens::confirm_code(&backend, &asha.member, wrong).await.unwrap_err();
            assert!(message(&error, "code").contains("not the code"));
        }
        let spent = tokens::confirm_code(&backend, &asha.member, &second.code).await.unwrap_err();
        assert!(message(&spent, "code").contains("no longer good"));

        backend.clock.advance(TimeDelta::minutes(2));
        tokens::send_confirmation(&backend, &asha.member).await.unwrap();
        let third = letter(&backend, "confirm").await.unwrap();
        tokens::confirm_code(&backend, &asha.member, &third.code).await.unwrap();
        assert!(users::profile(&backend, &asha.member).await.unwrap().confirmed);
    })
    .await;
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_link_once_and_every_session_ends() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let forgot = async |email: &str| tokens::forgot(&backend, email.parse().unwrap(), &client()).await.unwrap();
        let reset = async |token: &str, password: &str| {
            let form = ResetForm { token: token.into(), password: password.into(), confirm: password.into() };
            tokens::reset(&backend, form.parse().unwrap(), &client()).await
        };
        letter(&backend, "confirm").await.unwrap();
        forgot("nobody@example.com").await;
        assert!(letter(&backend, "reset").await.is_none());
        forgot("asha@example.com").await;
        let first = letter(&backend, "reset").await.unwrap();
        forgot("asha@example.com").await;
        let second = letter(&backend, "reset").await.unwrap();
        assert!(reset(&first.secret, "a newer password").await.is_err(), "a newer link replaces it");
        reset(&second.secret, "a newer password").await.unwrap();
        assert!(reset(&second.secret, "another password").await.is_err(), "a link works once");
        assert!(sessions::find(&backend, asha.session).await.unwrap().is_none());
        assert!(log_in(&backend, "asha@example.com", PASSWORD).await.is_err());
        assert!(log_in(&backend, "asha@example.com", "a newer password").await.is_ok());
        let told = outbox::claim(&backend, 9).await.unwrap();
        assert_eq!(told.iter().filter(|message| message.kind == "password_changed").count(), 1);

        forgot("asha@example.com").await;
        let late = letter(&backend, "reset").await.unwrap();
        backend.clock.advance(TimeDelta::minutes(61));
        assert!(reset(&late.secret, "yet another one").await.is_err());
    })
    .await;
}

#[tokio::test]
async fn another_password_ends_the_other_sessions_and_kills_open_links() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let phone = log_in(&backend, "asha@example.com", PASSWORD).await.unwrap();
        tokens::forgot(&backend, "asha@example.com".parse().unwrap(), &client()).await.unwrap();
        let link = letter(&backend, "reset").await.unwrap();
        let change = |current: &str| {
            let new = "a newer password".to_owned();
            PasswordForm { current: current.into(), password: new.clone(), confirm: new, ..PasswordForm::default() }
                .parse(true)
                .unwrap()
        };
        let wrong = users::change_password(&backend, &asha, change("guess")).await.unwrap_err();
        assert!(!message(&wrong, "current").is_empty());
        users::change_password(&backend, &asha, change(PASSWORD)).await.unwrap();
        assert!(sessions::find(&backend, asha.session).await.unwrap().is_some());
        assert!(sessions::find(&backend, phone.session).await.unwrap().is_none());
        assert!(sessions::renew(&backend, &phone.refresh).await.unwrap().is_none());
        let form =
            ResetForm { token: link.secret, password: "by the old link".into(), confirm: "by the old link".into() };
        assert!(tokens::reset(&backend, form.parse().unwrap(), &client()).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_weaker_hash_is_made_anew_by_the_next_log_in() {
    use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
    let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).unwrap());
    let weak = weak.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    on_each(async |backend| {
        person(&backend, "asha@example.com").await;
        let mut tx = backend.db.write().await.unwrap();
        tx.query("update users set password_hash = $1").bind(weak.clone()).execute().await.unwrap();
        tx.commit().await.unwrap();
        assert!(log_in(&backend, "asha@example.com", PASSWORD).await.is_ok());
        let mut tx = backend.db.read().await.unwrap();
        let (stored,): (String,) = tx.query("select password_hash from users").one().await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        drop(tx);
        assert!(log_in(&backend, "asha@example.com", PASSWORD).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn no_secret_is_stored() {
    on_each(async |backend| {
        let session = users::sign_up(&backend, form("asha@example.com").parse().unwrap(), &client()).await.unwrap();
        tokens::forgot(&backend, "asha@example.com".parse().unwrap(), &client()).await.unwrap();
        let mut tx = backend.db.read().await.unwrap();
        let mut stored = String::new();
        for sql in [
            "select refresh_hash from sessions",
            "select secret_hash from tokens",
            "select coalesce(code_hash, '') from tokens",
            "select payload from outbox",
            "select password_hash from users",
            "select key from throttles",
        ] {
            stored.extend(tx.query(sql).all::<(String,)>().await.unwrap().into_iter().map(|(text,)| text + "\n"));
        }
        drop(tx);
        let reset = letter(&backend, "reset").await.unwrap();
        for secret in [PASSWORD, &session.refresh, &reset.secret, &reset.code, "asha@example.com", "192.0.2.1"] {
            assert!(!stored.contains(secret), "{stored}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_that_is_used_day_by_day_ends_after_ninety_days() {
    on_each(async |backend| {
        person(&backend, "asha@example.com").await;
        let session = log_in(&backend, "asha@example.com", PASSWORD).await.unwrap();
        for day in 1..90 {
            backend.clock.advance(TimeDelta::days(1));
            assert!(sessions::renew(&backend, &session.refresh).await.unwrap().is_some(), "{day}");
        }
        backend.clock.advance(TimeDelta::days(1));
        assert!(sessions::renew(&backend, &session.refresh).await.unwrap().is_none());
        assert!(sessions::find(&backend, session.session).await.unwrap().is_none());
    })
    .await;
}
