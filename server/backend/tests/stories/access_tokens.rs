//! Access tokens and answers that are given again: who may what, for how long, and once only.

use backend::access_tokens::{self, MOST, TokenId};
use backend::answered::{self, Claim, Keyed};
use backend::{Backend, Error, SignedIn, fresh, housekeeping, users};
use chrono::TimeDelta;
use ledger::person::{NewToken, PasswordForm, Scope, TokenForm};

use crate::engines::on_each;
use crate::people::person;

const PASSWORD: &str = "monsoon over Pune";

fn wanted(purpose: &str, password: &str) -> NewToken {
    let (scope, days) = ("write".into(), "30".into());
    TokenForm { purpose: purpose.into(), scope, days, password: password.into() }.parse().unwrap()
}

async fn token(backend: &Backend, who: &SignedIn) -> String {
    access_tokens::create(backend, who, wanted("Phone", "")).await.unwrap()
}

#[tokio::test]
async fn a_token_is_shown_once_kept_as_a_hash_and_good_until_it_is_revoked() {
    on_each(async |backend| {
        let (asha, ben) = (person(&backend, "asha@example.org").await, person(&backend, "ben@example.org").await);
        let secret = token(&backend, &asha).await;
        assert!(secret.starts_with("exp_") && secret.len() == 47, "{secret}");
        let bearer = access_tokens::find(&backend, &secret).await.unwrap().unwrap();
        assert_eq!((bearer.member.user(), bearer.member.book()), (asha.member.user(), asha.member.book()));
        assert_eq!((bearer.token.scope, bearer.home.code()), (Scope::Write, "INR"));
        let mut tx = backend.db.read().await.unwrap();
        let (kept,) = tx.query("select secret_hash from access_tokens").one::<(String,)>().await.unwrap();
        drop(tx);
        assert!(kept.len() == 64 && !kept.contains(&secret[4..]), "{kept}");

        for other in ["", "exp_", &secret[..46], &format!("{secret}x"), &secret.to_uppercase(), "exp_' or 1=1 --"] {
            assert!(access_tokens::find(&backend, other).await.unwrap().is_none(), "{other}");
        }
        access_tokens::revoke(&backend, &ben.member, bearer.token.id).await.unwrap();
        assert!(access_tokens::find(&backend, &secret).await.unwrap().is_some(), "it is not Ben's to revoke");
        assert!(access_tokens::list(&backend, &ben.member).await.unwrap().is_empty());
        access_tokens::revoke(&backend, &asha.member, bearer.token.id).await.unwrap();
        access_tokens::revoke(&backend, &asha.member, bearer.token.id).await.unwrap();
        assert!(access_tokens::find(&backend, &secret).await.unwrap().is_none());
        assert!(access_tokens::list(&backend, &asha.member).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_token_that_was_revoked_by_mistake_comes_back_for_some_minutes_and_to_its_owner_only() {
    on_each(async |backend| {
        let (asha, ben) = (person(&backend, "asha@example.org").await, person(&backend, "ben@example.org").await);
        let secret = token(&backend, &asha).await;
        let good = async || access_tokens::find(&backend, &secret).await.unwrap().is_some();
        let id = access_tokens::list(&backend, &asha.member).await.unwrap()[0].id;
        let restored = async |who: &SignedIn| access_tokens::restore(&backend, &who.member, id).await;
        access_tokens::revoke(&backend, &asha.member, id).await.unwrap();
        assert!(matches!(restored(&ben).await, Err(Error::Conflict(_))));
        assert!(!good().await, "it is not Ben's to bring back");
        restored(&asha).await.unwrap();
        restored(&asha).await.unwrap();
        assert!(good().await);

        access_tokens::revoke(&backend, &asha.member, id).await.unwrap();
        backend.clock.advance(access_tokens::UNDO);
        assert!(matches!(restored(&asha).await, Err(Error::Conflict(_))), "too late");
        assert!(!good().await);

        let second = token(&backend, &asha).await;
        let id = access_tokens::list(&backend, &asha.member).await.unwrap()[0].id;
        access_tokens::revoke(&backend, &asha.member, id).await.unwrap();
        let change = PasswordForm {
            current: PASSWORD.into(),
            password: "mangoes in March".into(),
            confirm: "mangoes in March".into(),
            ..PasswordForm::default()
        };
        users::change_password(&backend, &asha, change.parse(true).unwrap()).await.unwrap();
        assert!(
            access_tokens::restore(&backend, &asha.member, id).await.is_err(),
            "the new password ended it for good"
        );
        assert!(access_tokens::find(&backend, &second).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_token_ends_with_its_days_its_person_and_their_password() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.org").await;
        let good = async |secret: &str| access_tokens::find(&backend, secret).await.unwrap().is_some();
        let first = token(&backend, &asha).await;
        let change = PasswordForm {
            current: PASSWORD.into(),
            password: "mangoes in March".into(),
            confirm: "mangoes in March".into(),
            ..PasswordForm::default()
        };
        users::change_password(&backend, &asha, change.parse(true).unwrap()).await.unwrap();
        assert!(!good(&first).await, "whoever had the password may have made it");

        let second = token(&backend, &asha).await;
        let disable = async |at: Option<chrono::DateTime<chrono::Utc>>| {
            let mut tx = backend.db.write().await.unwrap();
            tx.query("update users set disabled_at = $1").bind(at).execute().await.unwrap();
            tx.commit().await.unwrap();
        };
        disable(Some(backend.clock.now())).await;
        assert!(!good(&second).await);
        disable(None).await;
        backend.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        assert!(good(&second).await);
        backend.clock.advance(TimeDelta::seconds(1));
        assert!(!good(&second).await);
        assert!(access_tokens::list(&backend, &asha.member).await.unwrap().is_empty());
        backend.clock.advance(TimeDelta::days(31));
        housekeeping::sweep(&backend).await.unwrap();
        let mut tx = backend.db.read().await.unwrap();
        assert_eq!(tx.query("select count(*) from access_tokens").one::<(i64,)>().await.unwrap(), (0,));
    })
    .await;
}

#[tokio::test]
async fn the_last_use_is_known_to_the_minute() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.org").await;
        let secret = token(&backend, &asha).await;
        let last = async || access_tokens::list(&backend, &asha.member).await.unwrap()[0].last_used_at;
        let use_it = async || assert!(access_tokens::find(&backend, &secret).await.unwrap().is_some());
        assert_eq!(last().await, None);
        use_it().await;
        let first = backend.clock.now();
        assert_eq!(last().await, Some(first));
        backend.clock.advance(TimeDelta::seconds(59));
        use_it().await;
        assert_eq!(last().await, Some(first), "not written each time");
        backend.clock.advance(TimeDelta::seconds(1));
        use_it().await;
        assert_eq!(last().await, Some(backend.clock.now()));
    })
    .await;
}

#[tokio::test]
async fn a_token_needs_a_fresh_session_or_the_password_and_there_are_so_many() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.org").await;
        assert!(fresh::fresh_enough(&backend, &asha).await.unwrap());
        backend.clock.advance(fresh::FRESH);
        assert!(!fresh::fresh_enough(&backend, &asha).await.unwrap());
        for wrong in ["", "mangoes in March"] {
            let refused = access_tokens::create(&backend, &asha, wanted("Phone", wrong)).await;
            let Err(Error::Invalid(errors)) = &refused else { panic!("{wrong}: {refused:?}") };
            assert!(errors.get("password").is_some(), "{wrong}");
        }
        access_tokens::create(&backend, &asha, wanted("Phone", PASSWORD)).await.unwrap();
        assert!(fresh::fresh_enough(&backend, &asha).await.unwrap(), "it was proved now");
        for _ in 1..MOST {
            token(&backend, &asha).await;
        }
        let one_more = access_tokens::create(&backend, &asha, wanted("Phone", "")).await;
        assert!(matches!(one_more, Err(Error::Conflict(_))), "{one_more:?}");
        let newest = access_tokens::list(&backend, &asha.member).await.unwrap();
        assert_eq!(i64::try_from(newest.len()).unwrap(), MOST);
        access_tokens::revoke(&backend, &asha.member, newest[0].id).await.unwrap();
        token(&backend, &asha).await;
    })
    .await;
}

#[tokio::test]
async fn a_request_with_a_key_is_done_once_and_answered_alike() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.org").await;
        let secret = token(&backend, &asha).await;
        let id = access_tokens::find(&backend, &secret).await.unwrap().unwrap().token.id;
        let keyed = |key: &str, asked: &str| Keyed::new(id, key, asked);
        let claim = async |keyed: &Keyed| answered::claim(&backend, keyed).await.unwrap();
        let one = keyed("one", "POST /records 5");
        let Claim::Ours(made) = claim(&one).await else { panic!("it is new") };
        assert_eq!(claim(&one).await, Claim::UnderWay);
        assert_eq!(claim(&keyed("one", "POST /records 6")).await, Claim::Other);
        backend.clock.advance(TimeDelta::minutes(1));
        assert_eq!(claim(&one).await, Claim::Ours(made), "whoever was at it is gone, and the id stays");
        answered::settle(&backend, &one, Some("kept".into())).await.unwrap();
        assert_eq!(claim(&one).await, Claim::Answered("kept".into()));
        assert_eq!(claim(&keyed("one", "POST /records 6")).await, Claim::Other);

        let two = keyed("two", "POST /records 7");
        assert!(matches!(claim(&two).await, Claim::Ours(_)));
        answered::settle(&backend, &two, None).await.unwrap();
        assert!(matches!(claim(&keyed("two", "POST /records 8")).await, Claim::Ours(_)), "nothing was done with it");

        backend.clock.advance(answered::KEPT);
        assert!(matches!(claim(&one).await, Claim::Ours(other) if other != made), "another day");
        backend.clock.advance(answered::KEPT + TimeDelta::seconds(1));
        housekeeping::sweep(&backend).await.unwrap();
        let mut tx = backend.db.read().await.unwrap();
        assert_eq!(tx.query("select count(*) from answered_requests").one::<(i64,)>().await.unwrap(), (0,));
        drop(tx);
        let stranger = Keyed::new(TokenId(uuid::Uuid::now_v7()), "one", "POST /records 5");
        assert!(answered::claim(&backend, &stranger).await.is_err(), "no token, no key");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_that_claim_at_once_one_has_it() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.org").await;
        let secret = token(&backend, &asha).await;
        let id = access_tokens::find(&backend, &secret).await.unwrap().unwrap().token.id;
        let keyed = Keyed::new(id, "one", "POST /records 5");
        let tries: Vec<_> = (0..20)
            .map(|_| {
                let (backend, keyed) = (backend.clone(), keyed.clone());
                tokio::spawn(async move { answered::claim(&backend, &keyed).await.unwrap() })
            })
            .collect();
        let mut ours = 0;
        for one in tries {
            ours += usize::from(matches!(one.await.unwrap(), Claim::Ours(_)));
        }
        assert_eq!(ours, 1);
    })
    .await;
}
