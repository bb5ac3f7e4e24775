//! Log-in through providers, by what is stored of it.

use std::collections::BTreeSet;

use backend::sign_in_with::{self, Arrived, Attempt};
use backend::{
    Admission, Backend, Error, Policy, SignedIn, fresh, housekeeping, identities, leaving, sessions, tokens, users,
    ways_in,
};
use chrono::TimeDelta;
use ledger::person::{LeaveForm, PasswordForm, Proof, ResetForm, SignUpWithForm};

use crate::engines::on_each;
use crate::people::{client, letter, person};

const HERE: &str = "a browser";

fn proof(provider: &str, subject: &str, email: &str) -> Proof {
    let email = email.parse().ok();
    Proof { provider: provider.into(), subject: subject.into(), email, verified: true, name: "Asha".into() }
}

/// One that offers these providers.
fn offering(backend: &Backend, ways: &[&str]) -> Backend {
    let ways = ways.iter().map(|name| ((*name).to_owned(), name.to_uppercase())).collect();
    backend.clone().with_policy(Policy { ways: std::sync::Arc::new(ways), ..Policy::default() })
}

/// Links to somebody who is signed in.
async fn link(backend: &Backend, who: &SignedIn, proof: Proof) -> Arrived {
    let link_to = Some(who.member.user());
    let begun = sign_in_with::begin(backend, HERE, &proof.provider, "/", link_to, &client()).await.unwrap();
    let attempt = sign_in_with::take(backend, HERE, &proof.provider, &begun.state).await.unwrap().unwrap();
    sign_in_with::arrive(backend, HERE, attempt, proof, &client()).await.unwrap()
}

/// The subjects that are linked to somebody.
async fn subjects(backend: &Backend, who: &SignedIn) -> Vec<String> {
    identities::of(backend, who.member.user()).await.unwrap().into_iter().map(|one| one.subject).collect()
}

/// What was written about ways in, in no order of time: the provider, and whether it was linked.
async fn told(backend: &Backend) -> Vec<(String, bool)> {
    let mut tx = backend.db.read().await.unwrap();
    let sql = "select payload from outbox where kind = 'way_changed' order by payload";
    let payloads = tx.query(sql).all::<(String,)>().await.unwrap();
    let one = |(payload,): (String,)| {
        let payload: serde_json::Value = serde_json::from_str(&payload).unwrap();
        (payload["provider"].as_str().unwrap().to_owned(), payload["linked"].as_bool().unwrap())
    };
    payloads.into_iter().map(one).collect()
}

/// Chooses another password by mail.
async fn reset(backend: &Backend, email: &str) {
    tokens::forgot(backend, email.parse().unwrap(), &client()).await.unwrap();
    let token = letter(backend, "reset").await.unwrap().secret;
    let password = "a newer password".to_owned();
    let form = ResetForm { token, confirm: password.clone(), password };
    tokens::reset(backend, form.parse().unwrap(), &client()).await.unwrap();
}

async fn begun(backend: &Backend, browser: &str) -> String {
    sign_in_with::begin(backend, browser, "home", "/records", None, &client()).await.unwrap().state
}

async fn attempt(backend: &Backend, browser: &str) -> Attempt {
    let state = begun(backend, browser).await;
    sign_in_with::take(backend, browser, "home", &state).await.unwrap().unwrap()
}

/// A person without a password who comes by `home`.
async fn newcomer(backend: &Backend, email: &str) -> SignedIn {
    let proof = proof("home", email, email);
    let attempt = attempt(backend, HERE).await;
    let arrived = sign_in_with::arrive(backend, HERE, attempt, proof, &client()).await.unwrap();
    assert!(matches!(arrived, Arrived::Create));
    let form = SignUpWithForm { name: "Asha".into(), terms: "on".into(), country: "IN".into(), ..Default::default() };
    let (session, next) = sign_in_with::sign_up(backend, HERE, &form, &client()).await.unwrap();
    assert_eq!(next, "/records");
    sessions::find(backend, session.session).await.unwrap().unwrap()
}

/// One who has made an account comes by `home` once more.
async fn comes_again(backend: &Backend, email: &str) -> SignedIn {
    let attempt = attempt(backend, HERE).await;
    let arrived = sign_in_with::arrive(backend, HERE, attempt, proof("home", email, email), &client()).await.unwrap();
    let Arrived::Admitted(admission) = arrived else { panic!("not let in") };
    sessions::find(backend, admission.session().unwrap().session).await.unwrap().unwrap()
}

#[tokio::test]
async fn an_attempt_is_good_once_for_its_browser_and_provider_and_is_swept_away_after() {
    on_each(async |backend| {
        let state = begun(&backend, HERE).await;
        for (browser, provider) in [("another", "home"), (HERE, "work")] {
            assert!(sign_in_with::take(&backend, browser, provider, &state).await.unwrap().is_none());
        }
        let (one, two) = tokio::join!(
            sign_in_with::take(&backend, HERE, "home", &state),
            sign_in_with::take(&backend, HERE, "home", &state),
        );
        let taken = [one.unwrap(), two.unwrap()].into_iter().flatten().count();
        assert_eq!(taken, 1, "of two at once");
        begun(&backend, HERE).await;
        backend.clock.advance(sign_in_with::LIFETIME + TimeDelta::seconds(1));
        housekeeping::sweep(&backend).await.unwrap();
        let mut tx = backend.db.read().await.unwrap();
        let (left,) = tx.query("select count(*) from sign_in_attempts").one::<(i64,)>().await.unwrap();
        assert_eq!(left, 0);
    })
    .await;
}

#[tokio::test]
async fn what_waits_is_linked_only_to_the_account_whose_address_it_is() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        let proof = proof("home", "asha", "ASHA@example.com");
        let attempt = attempt(&backend, HERE).await;
        let arrived = sign_in_with::arrive(&backend, HERE, attempt, proof, &client()).await.unwrap();
        assert!(matches!(arrived, Arrived::LogInFirst));
        for (browser, who) in [(HERE, &ravi), ("another", &asha)] {
            sign_in_with::link_pending(&backend, browser, who.member.user()).await.unwrap();
            assert!(identities::of(&backend, who.member.user()).await.unwrap().is_empty());
        }
        sign_in_with::link_pending(&backend, HERE, asha.member.user()).await.unwrap();
        let linked = identities::of(&backend, asha.member.user()).await.unwrap();
        assert_eq!(linked.iter().map(|one| one.subject.as_str()).collect::<Vec<_>>(), ["asha"]);
        assert!(sign_in_with::pending(&backend, HERE).await.unwrap().is_none(), "once");
    })
    .await;
}

#[tokio::test]
async fn of_two_last_ways_in_one_stays_even_when_both_are_taken_away_at_once() {
    on_each(async |backend| {
        let backend = offering(&backend, &["home", "work"]);
        let asha = newcomer(&backend, "asha@example.com").await;
        let arrived = link(&backend, &asha, proof("work", "asha", "asha@work.example.com")).await;
        assert!(matches!(arrived, Arrived::Linked));
        let (home, work) = tokio::join!(
            identities::unlink(&backend, &asha, "home", "asha@example.com"),
            identities::unlink(&backend, &asha, "work", "asha"),
        );
        assert_eq!([home.is_ok(), work.is_ok()].iter().filter(|done| **done).count(), 1);
        let left = identities::of(&backend, asha.member.user()).await.unwrap();
        assert_eq!(left.len(), 1);
        // One that the server no longer offers is no way in.
        let fewer = offering(&backend, &[]);
        let none = identities::unlink(&fewer, &asha, &left[0].provider, &left[0].subject).await;
        assert!(matches!(none, Err(Error::Conflict(_))));
        let gone = if home.is_ok() { "home" } else { "work" };
        let done = [(gone.to_owned(), false), ("work".to_owned(), true)];
        assert_eq!(told(&backend).await.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(done));
    })
    .await;
}

#[tokio::test]
async fn a_person_is_told_once_of_each_way_that_comes_or_goes() {
    on_each(async |backend| {
        let backend = offering(&backend, &["home"]);
        let asha = person(&backend, "asha@example.com").await;
        let at_home = || proof("home", "asha", "asha@example.com");
        assert!(matches!(link(&backend, &asha, at_home()).await, Arrived::Linked));
        assert!(matches!(link(&backend, &asha, at_home()).await, Arrived::Linked), "again");
        let attempt = attempt(&backend, HERE).await;
        let arrived = sign_in_with::arrive(&backend, HERE, attempt, at_home(), &client()).await.unwrap();
        assert!(matches!(arrived, Arrived::Admitted(Admission::Session(_))));
        assert_eq!(told(&backend).await, [("home".to_owned(), true)]);
        identities::unlink(&backend, &asha, "home", "asha").await.unwrap();
        assert!(matches!(identities::unlink(&backend, &asha, "home", "asha").await, Err(Error::NotFound)));
        assert_eq!(told(&backend).await, [("home".to_owned(), false), ("home".to_owned(), true)]);
    })
    .await;
}

#[tokio::test]
async fn what_was_linked_before_the_address_was_shown_to_be_ones_own_does_not_outlive_a_reset() {
    on_each(async |backend| {
        let backend = offering(&backend, &["home", "work"]);
        // Somebody makes an account with an address that is not theirs; its owner then confirms it from a letter.
        let thief = person(&backend, "asha@example.com").await;
        link(&backend, &thief, proof("home", "thief", "thief@example.com")).await;
        let confirmation = letter(&backend, "confirm").await.unwrap();
        tokens::confirm_link(&backend, &confirmation.secret, None, &client()).await.unwrap();
        assert_eq!(subjects(&backend, &thief).await, ["thief"]);
        // What was linked since then, and what is vouched for, stays.
        link(&backend, &thief, proof("work", "asha", "asha@work.example.com")).await;
        reset(&backend, "asha@example.com").await;
        assert_eq!(subjects(&backend, &thief).await, ["asha"]);
        assert!(told(&backend).await.contains(&("home".to_owned(), false)));
        reset(&backend, "asha@example.com").await;
        assert_eq!(subjects(&backend, &thief).await, ["asha"], "a second one takes nothing more");
    })
    .await;
}

#[tokio::test]
async fn a_reset_that_proves_an_address_for_the_first_time_unlinks_all_that_nobody_vouches_for() {
    on_each(async |backend| {
        let thief = person(&backend, "asha@example.com").await;
        link(&backend, &thief, proof("home", "thief", "thief@example.com")).await;
        reset(&backend, "asha@example.com").await;
        assert!(subjects(&backend, &thief).await.is_empty());

        // The very address of the account, vouched for by the provider.
        let ravi = person(&backend, "ravi@example.com").await;
        link(&backend, &ravi, proof("home", "ravi", "Ravi@example.com")).await;
        assert!(users::profile(&backend, &ravi.member).await.unwrap().confirmed);
        reset(&backend, "ravi@example.com").await;
        assert_eq!(subjects(&backend, &ravi).await, ["ravi"]);
    })
    .await;
}

#[tokio::test]
async fn who_confirms_while_signed_in_keeps_what_they_linked_before() {
    on_each(async |backend| {
        for (n, by_code) in [(1, true), (2, false)] {
            let email = format!("person{n}@example.com");
            let who = person(&backend, &email).await;
            link(&backend, &who, proof("home", &email, "other@example.com")).await;
            let confirmation = letter(&backend, "confirm").await.unwrap();
            if by_code {
                tokens::confirm_code(&backend, &who.member, &confirmation.code).await.unwrap();
            } else {
                let here = Some(who.member.user());
                tokens::confirm_link(&backend, &confirmation.secret, here, &client()).await.unwrap();
            }
            reset(&backend, &email).await;
            assert_eq!(subjects(&backend, &who).await, [email]);
        }
    })
    .await;
}

#[tokio::test]
async fn who_has_no_password_shows_a_fresh_log_in_instead() {
    on_each(async |backend| {
        let asha = newcomer(&backend, "asha@example.com").await;
        assert!(!asha.person.has_password && !ways_in::of(&backend, asha.member.user()).await.unwrap().has_password);
        let (password, confirm) = ("a newer password".into(), "a newer password".into());
        let form = PasswordForm { password, confirm, ..PasswordForm::default() };
        let wish = || LeaveForm::default().parse(false).unwrap();
        backend.clock.advance(fresh::FRESH);
        let refused = users::change_password(&backend, &asha, form.parse(false).unwrap()).await;
        assert!(matches!(refused, Err(Error::ProveFirst)), "{refused:?}");
        assert!(matches!(leaving::ask(&backend, &asha, wish()).await, Err(Error::ProveFirst)));
        let asha = comes_again(&backend, "asha@example.com").await;
        leaving::ask(&backend, &asha, wish()).await.unwrap();
        leaving::stay(&backend, &asha.member).await.unwrap();
        users::change_password(&backend, &asha, form.parse(false).unwrap()).await.unwrap();

        let asha = comes_again(&backend, "asha@example.com").await;
        assert!(asha.person.has_password, "from now on it is asked for, however fresh the session is");
        let left_out = leaving::ask(&backend, &asha, wish()).await.unwrap_err();
        assert!(matches!(left_out, Error::Invalid(_)), "{left_out:?}");
        let left_out = users::change_password(&backend, &asha, form.parse(false).unwrap()).await;
        assert!(matches!(left_out, Err(Error::Invalid(_))), "{left_out:?}");
        assert_eq!(subjects(&backend, &asha).await, ["asha@example.com"]);
    })
    .await;
}

#[tokio::test]
async fn who_has_no_password_can_choose_one_by_mail() {
    on_each(async |backend| {
        let asha = newcomer(&backend, "asha@example.com").await;
        reset(&backend, "asha@example.com").await;
        assert!(ways_in::of(&backend, asha.member.user()).await.unwrap().has_password);
        assert_eq!(subjects(&backend, &asha).await, ["asha@example.com"]);
    })
    .await;
}
