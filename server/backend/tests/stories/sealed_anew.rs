//! The installation's secret is replaced: what hung on the former key stays good, and that key is forgotten.

use backend::factors::{self, State};
use backend::hooks::{self, HookId};
use backend::{Backend, Key, SignedIn, households, kept_key, newcomers, tokens};
use ledger::hooks::HookForm;
use ledger::person::{InviteForm, ResetForm, Role};
use uuid::Uuid;

use crate::engines::on_each;
use crate::factors::{first_step, second_step, turned_on, words};
use crate::newcomers::careful;
use crate::people::{self, client, letter, person};

/// All that follows from the key, as whoever is told it sees it.
async fn told(backend: &Backend, who: &SignedIn, hook: HookId, letters: [Uuid; 2]) -> Vec<String> {
    let mut told = Vec::new();
    told.push(hooks::find(backend, &who.member, hook).await.unwrap().unwrap().1);
    told.push(hooks::sign(backend, hook, hook.0, 1_800_000_000, "news").await.unwrap());
    told.extend(households::invited(backend, &who.member).await.unwrap().into_iter().map(|one| one.secret));
    for token in letters {
        let letter = tokens::letter(backend, token).await.unwrap().unwrap();
        told.extend([letter.secret, letter.code]);
    }
    let mut tx = backend.db.read().await.unwrap();
    let (newcomer,) = tx.query("select id from newcomers").one::<(Uuid,)>().await.unwrap();
    drop(tx);
    told.push(newcomers::letter(backend, newcomer).await.unwrap().unwrap().secret);
    told
}

async fn token(backend: &Backend, purpose: &str) -> Uuid {
    let mut tx = backend.db.read().await.unwrap();
    let sql = "select id from tokens where purpose = $1 and used_at is null";
    tx.query(sql).bind(purpose).one::<(Uuid,)>().await.unwrap().0
}

async fn kept(backend: &Backend) -> i64 {
    let mut tx = backend.db.read().await.unwrap();
    tx.query("select count(*) from kept_keys").one::<(i64,)>().await.unwrap().0
}

#[tokio::test]
async fn what_a_former_key_sealed_is_sealed_anew_and_that_key_forgotten() {
    on_each(async |former| {
        let email = "asha@example.com";
        let asha = person(&former, email).await;
        let (app, _) = turned_on(&former, &asha).await;
        let form = HookForm { url: "https://example.org/hook".into(), bill_due: "on".into(), ..HookForm::default() };
        let hook = hooks::add(&former, &asha.member, form.parse().unwrap()).await.unwrap();
        let form = InviteForm { email: "ravi@example.com".into(), role: Role::Editor.as_str().into() };
        households::invite(&former, &asha, form.parse().unwrap()).await.unwrap();
        tokens::forgot(&former, email.parse().unwrap(), &client()).await.unwrap();
        let meera = people::form("meera@example.com").parse().unwrap();
        newcomers::ask(&careful(&former), meera, "/", &client()).await.unwrap();
        let letters = [token(&former, "confirm").await, token(&former, "reset").await];
        let before = told(&former, &asha, hook, letters).await;
        assert_eq!(before.len(), 8);

        // Until whoever comes with it does, nothing is another one.
        let key = |secret: &[u8]| Key::new(secret);
        kept_key::keep_under(&former, &key(b"next")).await.unwrap();
        assert_eq!((told(&former, &asha, hook, letters).await, kept(&former).await), (before.clone(), 1));

        let mut present = former.clone();
        for (step, secret) in [b"next", b"last"].into_iter().enumerate() {
            kept_key::keep_under(&present, &key(secret)).await.unwrap();
            // Whoever comes with any other one leaves all as it is; who comes second finds all done.
            kept_key::take_over(&present, &key(b"else")).await.unwrap();
            assert_eq!(kept(&present).await, 1, "{step}");
            let next = present.clone().with_key(key(secret));
            for _ in 0..2 {
                kept_key::take_over(&next, &key(secret)).await.unwrap();
                assert_eq!(kept(&next).await, 0, "{step}");
            }
            assert_eq!(told(&next, &asha, hook, letters).await, before, "{step}");
            // Nothing followed from the second key: whoever has it is told nothing by it once it is the former one.
            let by_former = told(&present, &asha, hook, letters).await;
            assert!(step == 0 || by_former.iter().all(|one| !before.contains(one)), "{by_former:?}");
            let browser = first_step(&present, &client()).await;
            let code = app.shows(&present, 0);
            assert!(words(second_step(&present, &browser, &code).await, "code").contains("another key"));
            assert!(second_step(&next, &browser, &code).await.is_ok(), "{step}");
            next.clock.advance(chrono::TimeDelta::seconds(60));
            present = next;
        }

        // What was sent is good, and what is made from now on too.
        let State::On { codes: None, codes_left: 10, .. } = factors::state(&present, &asha).await.unwrap() else {
            panic!("codes that were made from the former key are shown")
        };
        tokens::confirm_code(&present, &asha.member, &before[4]).await.unwrap();
        let ravi = person(&present, "ravi@example.com").await;
        assert!(letter(&present, "confirm").await.is_some_and(|letter| letter.user == ravi.member.user()));
        households::accept(&present, &ravi, &before[2], &client()).await.unwrap();
        let form = ResetForm {
            token: before[5].clone(),
            password: "quiet rivers in May".into(),
            confirm: "quiet rivers in May".into(),
        };
        tokens::reset(&present, form.parse().unwrap(), &client()).await.unwrap();
    })
    .await;
}
