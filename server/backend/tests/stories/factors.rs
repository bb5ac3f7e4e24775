//! The second factor: a second step at log-in, codes that are good once, and what guards it.

use backend::factors::{self, State, second};
use backend::{
    Admission, Backend, ClientInfo, Error, Key, NewSession, SignedIn, fresh, housekeeping, outbox, sessions, staff,
    tokens,
};
use chrono::TimeDelta;
use ledger::person::{LogInForm, OwnProof, PasswordForm, ProofForm, RecoveryCode, ResetForm};
use totp_rs::{Builder, Secret};

use crate::engines::on_each;
use crate::people::{PASSWORD, again, client, letter, person};

const EMAIL: &str = "asha@example.com";

/// The app on the person's phone.
pub struct App(totp_rs::Totp);

impl App {
    /// What it shows now, or so many half minutes later.
    pub fn shows(&self, backend: &Backend, later: i64) -> String {
        let at = backend.clock.now() + TimeDelta::seconds(30 * later);
        self.0.generate(u64::try_from(at.timestamp()).unwrap()).to_string()
    }
}

/// Sets an app up, and turns the second factor on; answers the recovery codes too.
pub async fn turned_on(backend: &Backend, who: &SignedIn) -> (App, Vec<RecoveryCode>) {
    factors::begin(backend, who).await.unwrap();
    let State::Begun(setup) = factors::state(backend, who).await.unwrap() else { panic!("not begun") };
    assert!(setup.url.starts_with("otpauth://totp/Expenso:asha%40example.com?secret="), "{}", setup.url);
    let secret = Secret::try_from_base32(&setup.secret).unwrap();
    let app = App(Builder::new().with_secret(secret).build().unwrap());
    factors::confirm(backend, who, &app.shows(backend, 0)).await.unwrap();
    let State::On { codes: Some(codes), codes_left: 10, .. } = factors::state(backend, who).await.unwrap() else {
        panic!("not on")
    };
    // Half a minute later that code is over.
    backend.clock.advance(TimeDelta::seconds(60));
    (app, codes)
}

/// The first step; answers the browser that waits for its second one.
pub async fn first_step(backend: &Backend, from: &ClientInfo) -> ClientInfo {
    let form = LogInForm { email: EMAIL.into(), password: PASSWORD.into(), ..LogInForm::default() };
    match sessions::log_in(backend, form.parse().unwrap(), from).await.unwrap() {
        Admission::Second(waiting) => from.clone().with_second(Some(&waiting.secret)),
        Admission::Session(_) => panic!("the password was enough"),
    }
}

pub async fn second_step(backend: &Backend, browser: &ClientInfo, code: &str) -> Result<NewSession, Error> {
    second::finish(backend, &code.parse().unwrap(), browser).await
}

pub fn words(result: Result<NewSession, Error>, field: &str) -> String {
    match result.err().unwrap() {
        Error::Invalid(errors) => errors.get(field).unwrap_or_default().to_owned(),
        other => panic!("{other:?}"),
    }
}

/// Words of letters about the second factor, in turn.
async fn letters(backend: &Backend) -> Vec<String> {
    let claimed = outbox::claim(backend, 50).await.unwrap();
    let mine = claimed.iter().filter(|message| message.kind == "second_factor");
    mine.map(|message| serde_json::from_str::<serde_json::Value>(&message.payload).unwrap()["news"].to_string())
        .collect()
}

#[tokio::test]
async fn a_password_is_not_enough_once_there_is_a_second_factor() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        assert!(!who.person.has_second_factor);
        let elsewhere = again(&backend, EMAIL).await;
        let (app, _) = turned_on(&backend, &who).await;
        let over = sessions::find(&backend, elsewhere.session).await.unwrap();
        assert!(over.is_none(), "who is signed in elsewhere has shown no second factor");
        assert!(sessions::find(&backend, who.session).await.unwrap().unwrap().person.has_second_factor);

        let browser = first_step(&backend, &client()).await;
        assert!(second::waits(&backend, &browser).await.unwrap() && !second::waits(&backend, &client()).await.unwrap());
        assert_eq!(sessions::list(&backend, &who).await.unwrap().len(), 1, "the first step begins no session");
        let stranger = client().with_second(Some("made up"));
        assert!(matches!(second_step(&backend, &stranger, &app.shows(&backend, 0)).await, Err(Error::Conflict(_))));

        let wrong = if app.shows(&backend, 0) == "000000" { "000001" } else { "000000" };
        assert!(words(second_step(&backend, &browser, wrong).await, "code").contains("not the code"));
        let session = second_step(&backend, &browser, &app.shows(&backend, 0)).await.unwrap();
        assert!(sessions::find(&backend, session.session).await.unwrap().is_some());
        let late = second_step(&backend, &browser, &app.shows(&backend, 1)).await;
        assert!(matches!(late, Err(Error::Conflict(_))), "a first step is good for one second step");
        assert_eq!(letters(&backend).await, ["\"on\""]);
    })
    .await;
}

#[tokio::test]
async fn a_code_of_the_app_is_good_once_and_for_about_now() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        let (app, _) = turned_on(&backend, &who).await;
        let code = app.shows(&backend, 0);
        let browser = first_step(&backend, &client()).await;
        for away in [-3, -2, 2, 3] {
            let refused = second_step(&backend, &browser, &app.shows(&backend, away)).await;
            assert!(words(refused, "code").contains("not the code"), "{away}");
        }
        assert!(second_step(&backend, &browser, &code).await.is_ok());
        let browser = first_step(&backend, &client()).await;
        assert!(words(second_step(&backend, &browser, &code).await, "code").contains("used already"));
        let before = second_step(&backend, &browser, &app.shows(&backend, -1)).await;
        assert!(words(before, "code").contains("used already"), "nor one before it");
        assert!(second_step(&backend, &browser, &app.shows(&backend, 1)).await.is_ok(), "a fast clock");
        backend.clock.advance(TimeDelta::seconds(90));
        let browser = first_step(&backend, &client()).await;
        assert!(second_step(&backend, &browser, &app.shows(&backend, -1)).await.is_ok(), "a slow one");
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_is_good_once_and_its_owner_is_told() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        let (_, codes) = turned_on(&backend, &who).await;
        let code = codes[3].grouped();
        let browser = first_step(&backend, &client()).await;
        let other = format!("{}-0000-0000-0000", codes[3].name());
        assert!(words(second_step(&backend, &browser, &other).await, "code").contains("none of your recovery codes"));
        assert!(second_step(&backend, &browser, &code.to_lowercase()).await.is_ok());
        let browser = first_step(&backend, &client()).await;
        assert!(words(second_step(&backend, &browser, &code).await, "code").contains("used already"));
        let State::On { codes_left, .. } = factors::state(&backend, &who).await.unwrap() else { panic!("off") };
        assert_eq!(codes_left, 9);
        assert_eq!(letters(&backend).await, ["\"on\"", "\"code_used\""]);

        factors::renew_codes(&backend, &who).await.unwrap();
        let former = codes[4].grouped();
        assert!(words(second_step(&backend, &browser, &former).await, "code").contains("none of your recovery codes"));
    })
    .await;
}

#[tokio::test]
async fn recovery_codes_are_shown_until_they_are_kept() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        let shown = async |who: &SignedIn| match factors::state(&backend, who).await.unwrap() {
            State::On { codes, .. } => codes,
            _ => panic!("off"),
        };
        let (app, codes) = turned_on(&backend, &who).await;
        assert_eq!(shown(&who).await.as_ref(), Some(&codes), "also when the page is loaded again");
        factors::keep_codes(&backend, &who).await.unwrap();
        assert_eq!(shown(&who).await, None);
        factors::renew_codes(&backend, &who).await.unwrap();
        assert!(shown(&who).await.is_some_and(|renewed| renewed.len() == 10 && renewed != codes));
        backend.clock.advance(TimeDelta::hours(1));
        let form = ProofForm { password: PASSWORD.into(), code: app.shows(&backend, 0), next: String::new() };
        fresh::prove(&backend, &who, form.parse().unwrap()).await.unwrap();
        assert_eq!(shown(&who).await, None, "not for ever");
    })
    .await;
}

#[tokio::test]
async fn the_second_step_is_not_guessed_and_its_owner_not_kept_out() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        let (app, _) = turned_on(&backend, &who).await;
        // The browser that signed up is known.
        let own = first_step(&backend, &client()).await;
        let known = second_step(&backend, &own, &app.shows(&backend, 0)).await.unwrap().device;
        backend.clock.advance(TimeDelta::seconds(60));
        let mut refused = 0;
        for _ in 0..4 {
            let browser = first_step(&backend, &client()).await;
            for _ in 0..5 {
                let answer = second_step(&backend, &browser, "1234-1234-1234-1234").await;
                refused += i32::from(matches!(answer, Err(Error::TooMany { .. })));
            }
        }
        assert_eq!(refused, 10);
        let browser = first_step(&backend, &client()).await;
        let answer = second_step(&backend, &browser, &app.shows(&backend, 0)).await;
        assert!(matches!(answer, Err(Error::TooMany { .. })), "a stranger with the password");
        assert_eq!(letters(&backend).await, ["\"on\"", "\"wrong_codes\""], "the owner is told, once");
        let own = first_step(&backend, &client().with_device(Some(&known))).await;
        assert!(second_step(&backend, &own, &app.shows(&backend, 0)).await.is_ok(), "the owner's own browser");
        let signed_in = ProofForm { password: PASSWORD.into(), code: app.shows(&backend, 1), next: String::new() };
        fresh::prove(&backend, &who, signed_in.parse().unwrap()).await.expect("who is signed in");
    })
    .await;
}

#[tokio::test]
async fn a_first_step_ends_by_itself_and_with_another_password() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        let (app, _) = turned_on(&backend, &who).await;
        let browser = first_step(&backend, &client()).await;
        backend.clock.advance(second::LIFETIME);
        assert!(!second::waits(&backend, &browser).await.unwrap());
        backend.clock.advance(TimeDelta::seconds(1));
        housekeeping::sweep(&backend).await.unwrap();
        assert_eq!(rows(&backend, "second_steps").await, 0);
        let browser = first_step(&backend, &client()).await;
        let form = PasswordForm {
            current: PASSWORD.into(),
            code: app.shows(&backend, 0),
            password: "an umbrella in July".into(),
            confirm: "an umbrella in July".into(),
        };
        let without = PasswordForm { code: String::new(), ..form.clone() };
        let refused = backend::users::change_password(&backend, &who, without.parse(true).unwrap()).await;
        assert!(
            matches!(refused, Err(Error::Invalid(errors)) if errors.get("code").is_some()),
            "the code is asked for"
        );
        backend::users::change_password(&backend, &who, form.parse(true).unwrap()).await.unwrap();
        assert!(!second::waits(&backend, &browser).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn what_guards_the_account_asks_for_a_fresh_proof() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        let (app, _) = turned_on(&backend, &who).await;
        let who = sessions::find(&backend, who.session).await.unwrap().unwrap();
        backend.clock.advance(fresh::FRESH);
        assert!(matches!(factors::end(&backend, &who).await, Err(Error::ProveFirst)));
        assert!(matches!(factors::renew_codes(&backend, &who).await, Err(Error::ProveFirst)));
        let shown = factors::state(&backend, &who).await.unwrap();
        assert!(matches!(shown, State::On { codes: None, .. }), "nor are codes shown to whoever finds a browser open");
        let password = OwnProof::typed("password", PASSWORD, "").unwrap();
        let demanded = fresh::demand(&backend, &who, Some(password.password.clone())).await;
        assert!(matches!(demanded, Err(Error::ProveFirst)), "a password alone does not do");
        assert!(matches!(fresh::prove(&backend, &who, password).await, Err(Error::Invalid(errors)) if errors.get("code").is_some()));
        let form = ProofForm { password: PASSWORD.into(), code: app.shows(&backend, 0), next: String::new() };
        fresh::prove(&backend, &who, form.parse().unwrap()).await.unwrap();
        factors::end(&backend, &who).await.unwrap();
        assert!(!again(&backend, EMAIL).await.person.has_second_factor, "the password is enough again");
        assert_eq!(letters(&backend).await, ["\"on\"", "\"off\""]);
    })
    .await;
}

#[tokio::test]
async fn what_is_stored_tells_neither_codes_nor_secrets() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        let (app, codes) = turned_on(&backend, &who).await;
        factors::keep_codes(&backend, &who).await.unwrap();
        let mut tx = backend.db.read().await.unwrap();
        let (secret,) = tx.query("select secret from authenticators").one::<(String,)>().await.unwrap();
        let hashes: Vec<(String, String)> = tx.query("select name, hash from recovery_codes").all().await.unwrap();
        drop(tx);
        assert!(!secret.contains(&app.0.secret().to_base32()));
        assert!(hashes.iter().all(|(name, hash)| name.len() == 4 && hash.starts_with("$argon2id$")));
        assert!(codes.iter().all(|code| !hashes.iter().any(|(_, hash)| hash.contains(code.as_str()))));

        // A database under another key: the codes of the app are no good, and recovery codes are.
        let moved = backend.clone().with_key(Key::random());
        let browser = first_step(&moved, &client()).await;
        assert!(words(second_step(&moved, &browser, &app.shows(&moved, 0)).await, "code").contains("another key"));
        assert!(second_step(&moved, &browser, &codes[0].grouped()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn whoever_runs_the_server_lets_a_person_in_who_lost_everything() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        turned_on(&backend, &who).await;
        let end = async |email: &str| staff::end_second_factor(&backend, &email.parse().unwrap()).await;
        assert!(matches!(end("nobody@example.com").await, Err(Error::NotFound)));
        assert_eq!((end(EMAIL).await.unwrap(), end(EMAIL).await.unwrap()), (true, false));
        assert!(!again(&backend, EMAIL).await.person.has_second_factor);
        assert_eq!(letters(&backend).await, ["\"on\"", "\"off\""]);
    })
    .await;
}

#[tokio::test]
async fn an_app_is_on_only_after_its_first_code() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        factors::begin(&backend, &who).await.unwrap();
        let State::Begun(setup) = factors::state(&backend, &who).await.unwrap() else { panic!("not begun") };
        let app = App(Builder::new().with_secret(Secret::try_from_base32(&setup.secret).unwrap()).build().unwrap());
        let near = [-1, 0, 1].map(|later| app.shows(&backend, later));
        let wrong =
            ["000000", "111111", "222222", "333333"].into_iter().find(|code| !near.contains(&(*code).to_owned()));
        let refused = factors::confirm(&backend, &who, wrong.unwrap()).await;
        assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.get("code").is_some()));
        factors::begin(&backend, &who).await.unwrap();
        assert!(!again(&backend, EMAIL).await.person.has_second_factor, "nobody locks themselves out by half a step");
        backend.clock.advance(TimeDelta::days(2));
        housekeeping::sweep(&backend).await.unwrap();
        assert!(matches!(factors::state(&backend, &again(&backend, EMAIL).await).await.unwrap(), State::Off));
        let who = again(&backend, EMAIL).await;
        turned_on(&backend, &who).await;
        assert!(
            matches!(factors::begin(&backend, &who).await, Err(Error::Conflict(_))),
            "another one does not replace it"
        );
    })
    .await;
}

/// Asks for a link by mail, and sets another password with it.
pub async fn reset_by_mail(backend: &Backend, password: &str) {
    tokens::forgot(backend, EMAIL.parse().unwrap(), &client()).await.unwrap();
    let token = letter(backend, "reset").await.unwrap().secret;
    let form = ResetForm { token, password: password.into(), confirm: password.into() };
    tokens::reset(backend, form.parse().unwrap(), &client()).await.unwrap();
}

#[tokio::test]
async fn a_reset_by_mail_leaves_it_on_for_the_owner_of_the_address_only() {
    on_each(async |backend| {
        let who = person(&backend, EMAIL).await;
        turned_on(&backend, &who).await;
        // Nobody had proven the address: it may have been set up to keep its owner out.
        reset_by_mail(&backend, PASSWORD).await;
        let who = again(&backend, EMAIL).await;
        assert!(who.person.confirmed && !who.person.has_second_factor);
        turned_on(&backend, &who).await;
        reset_by_mail(&backend, PASSWORD).await;
        first_step(&backend, &client()).await;
    })
    .await;
}

/// How many rows there are.
pub async fn rows(backend: &Backend, table: &str) -> i64 {
    let mut tx = backend.db.read().await.unwrap();
    let sql = match table {
        "second_steps" => "select count(*) from second_steps",
        "passkey_challenges" => "select count(*) from passkey_challenges",
        other => panic!("{other}"),
    };
    tx.query(sql).one::<(i64,)>().await.unwrap().0
}
