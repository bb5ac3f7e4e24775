//! Several people in one book, and several books of one person.

use backend::db::FixedFragments;
use backend::{
    Backend, Error, SignedIn, access_tokens, commands, hooks, households, leaving, outbox, sessions, tokens,
};
use chrono::TimeDelta;
use ledger::Command;
use ledger::hooks::HookForm;
use ledger::person::{InviteForm, LeaveForm, ResetForm, Role, TokenForm};
use ledger::records::Record;

use crate::contents::tables;
use crate::engines::on_each;
use crate::household::Household;
use crate::people::{PASSWORD, again, client, letter, person};

pub async fn invite(backend: &Backend, who: &SignedIn, email: &str, role: Role) -> Result<String, Error> {
    let form = InviteForm { email: email.into(), role: role.as_str().into() };
    households::invite(backend, who, form.parse().unwrap()).await?;
    let invited = households::invited(backend, &who.member).await?;
    Ok(invited.into_iter().find(|invited| invited.email == email).unwrap().secret)
}

/// Ravi, or whose address it is, in the book of Asha.
pub async fn join(backend: &Backend, asha: &SignedIn, ravi: &SignedIn, role: Role, email: &str) -> SignedIn {
    let secret = invite(backend, asha, email, role).await.unwrap();
    households::accept(backend, ravi, &secret, &client()).await.unwrap();
    sessions::find(backend, ravi.session).await.unwrap().unwrap()
}

pub async fn token(backend: &Backend, who: &SignedIn) -> String {
    let form = TokenForm { purpose: "Phone".into(), scope: "write".into(), days: "30".into(), ..TokenForm::default() };
    access_tokens::create(backend, who, form.parse().unwrap()).await.unwrap()
}

fn forbidden<T: std::fmt::Debug>(answer: &Result<T, Error>) {
    assert!(matches!(answer, Err(Error::Forbidden)), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_what_it_says_and_no_more() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.com").await;
        let asha = again(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        let own = ravi.member.book();
        home.save(&home.expense(100, "2027-01-10")).await;
        let ravi = join(&backend, &asha, &ravi, Role::Viewer, "ravi@example.com").await;
        let phone = token(&backend, &ravi).await;
        let by_token = async || access_tokens::find(&backend, &phone).await.unwrap().unwrap().member.role();
        assert_eq!(by_token().await, Role::Viewer);
        assert_eq!((ravi.member.book(), ravi.member.role(), ravi.books.len()), (asha.member.book(), Role::Viewer, 2));

        let try_all = async |ravi: &SignedIn| {
            let new = home.expense(5, "2027-01-11");
            let added = commands::run(&backend, &ravi.member, Command::SaveRecord(new.clone())).await;
            let known = home.book().await.records.into_values().next().unwrap();
            let edit = Command::SaveRecord(Record { note: "edited".into(), ..known.clone() });
            let edited = commands::run(&backend, &ravi.member, edit).await;
            let deleted = commands::run(&backend, &ravi.member, Command::DeleteRecord(known.id)).await;
            (added, edited, deleted)
        };
        let (added, edited, deleted) = try_all(&ravi).await;
        forbidden(&added);
        forbidden(&edited);
        forbidden(&deleted);

        households::set_role(&backend, &asha.member, ravi.member.user(), Role::Adder).await.unwrap();
        assert_eq!(by_token().await, Role::Adder, "the role of today");
        let ravi = sessions::find(&backend, ravi.session).await.unwrap().unwrap();
        let (added, edited, deleted) = try_all(&ravi).await;
        added.unwrap();
        forbidden(&edited);
        forbidden(&deleted);
        forbidden(
            &households::invite(
                &backend,
                &ravi,
                InviteForm { email: "x@example.com".into(), role: "owner".into() }.parse().unwrap(),
            )
            .await,
        );
        forbidden(&households::set_role(&backend, &ravi.member, ravi.member.user(), Role::Owner).await);
        forbidden(&households::remove(&backend, &ravi.member, asha.member.user()).await);
        assert!(households::invited(&backend, &ravi.member).await.unwrap().is_empty());

        households::set_role(&backend, &asha.member, ravi.member.user(), Role::Editor).await.unwrap();
        let ravi = sessions::find(&backend, ravi.session).await.unwrap().unwrap();
        let (added, edited, deleted) = try_all(&ravi).await;
        added.unwrap();
        edited.unwrap();
        deleted.unwrap();
        forbidden(&households::rename(&backend, &ravi.member, "Mine".into()).await);

        households::switch(&backend, &ravi, own).await.unwrap();
        let ravi = sessions::find(&backend, ravi.session).await.unwrap().unwrap();
        assert_eq!((ravi.member.book(), ravi.member.role()), (own, Role::Owner));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_is_good_once_for_a_week_and_can_be_taken_back() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        let mina = person(&backend, "mina@example.com").await;
        let secret = invite(&backend, &asha, "ravi@example.com", Role::Editor).await.unwrap();
        let offer = households::offer(&backend, &secret, &client()).await.unwrap().unwrap();
        assert_eq!((offer.name.as_str(), offer.role), ("Asha", Role::Editor));
        let newer = invite(&backend, &asha, "ravi@example.com", Role::Viewer).await.unwrap();
        assert_eq!(households::offer(&backend, &secret, &client()).await.unwrap(), None, "replaced");
        households::accept(&backend, &ravi, &newer, &client()).await.unwrap();
        let twice = households::accept(&backend, &mina, &newer, &client()).await;
        assert!(matches!(twice, Err(Error::Invalid(_))), "{twice:?}");

        let taken_back = invite(&backend, &asha, "mina@example.com", Role::Editor).await.unwrap();
        let id = households::invited(&backend, &asha.member).await.unwrap()[0].id;
        households::revoke(&backend, &asha.member, id).await.unwrap();
        assert!(households::accept(&backend, &mina, &taken_back, &client()).await.is_err());

        let declined = invite(&backend, &asha, "mina@example.com", Role::Editor).await.unwrap();
        households::decline(&backend, &declined, &client()).await.unwrap();
        assert!(households::accept(&backend, &mina, &declined, &client()).await.is_err());

        let late = invite(&backend, &asha, "mina@example.com", Role::Editor).await.unwrap();
        backend.clock.advance(TimeDelta::days(7));
        assert!(households::accept(&backend, &mina, &late, &client()).await.is_err());
        let here = invite(&backend, &asha, "ravi@example.com", Role::Editor).await;
        assert!(matches!(here, Err(Error::Invalid(_))), "{here:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_keeps_an_owner_and_who_is_taken_out_sees_it_no_more() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        let conflict = |answer: Result<(), Error>| assert!(matches!(answer, Err(Error::Conflict(_))), "{answer:?}");
        conflict(households::set_role(&backend, &asha.member, asha.member.user(), Role::Viewer).await);
        conflict(households::remove(&backend, &asha.member, asha.member.user()).await);
        let own = token(&backend, &ravi).await;
        let ravi = join(&backend, &asha, &ravi, Role::Editor, "ravi@example.com").await;
        let here = token(&backend, &ravi).await;
        conflict(households::remove(&backend, &asha.member, asha.member.user()).await);
        households::remove(&backend, &asha.member, ravi.member.user()).await.unwrap();
        let ravi = sessions::find(&backend, ravi.session).await.unwrap().unwrap();
        assert_ne!(ravi.member.book(), asha.member.book());
        assert!(matches!(households::switch(&backend, &ravi, asha.member.book()).await, Err(Error::NotFound)));

        let ravi = join(&backend, &asha, &ravi, Role::Owner, "ravi@example.com").await;
        assert!(access_tokens::find(&backend, &here).await.unwrap().is_none(), "it does not come back with them");
        let own = access_tokens::find(&backend, &own).await.unwrap().unwrap();
        assert_ne!(own.member.book(), asha.member.book(), "a token opens the book that it was made in");
        households::remove(&backend, &asha.member, asha.member.user()).await.unwrap_err();
        households::set_role(&backend, &ravi.member, asha.member.user(), Role::Viewer).await.unwrap();
        conflict(households::remove(&backend, &ravi.member, ravi.member.user()).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_may_change_a_budget_hears_that_it_is_exceeded() {
    on_each(async |backend| {
        let (home, _) = crate::limits::with_limit(&backend, 100).await;
        let asha = again(&backend, "asha@example.org").await;
        let ravi = person(&backend, "ravi@example.com").await;
        join(&backend, &asha, &ravi, Role::Editor, "ravi@example.com").await;
        home.save(&home.expense(500, "2027-01-11")).await;
        assert_eq!(home.letters("budget_alert").await, 2, "one to each");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_that_its_only_owner_leaves_for_good_gets_another() {
    on_each(async |backend| {
        person(&backend, "admin@example.com").await;
        let asha = person(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        let ravi = join(&backend, &asha, &ravi, Role::Editor, "ravi@example.com").await;
        let wish = LeaveForm { password: PASSWORD.into(), ..LeaveForm::default() }.parse(true).unwrap();
        leaving::ask(&backend, &asha, wish).await.unwrap();
        backend.clock.advance(leaving::GRACE);
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 1);
        let ravi = sessions::find(&backend, ravi.session).await.unwrap().unwrap();
        assert_eq!((ravi.member.book(), ravi.member.role()), (asha.member.book(), Role::Owner));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn invitations_of_somebody_who_is_no_owner_any_more_are_useless() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        let mina = person(&backend, "mina@example.com").await;
        let ravi = join(&backend, &asha, &ravi, Role::Owner, "ravi@example.com").await;
        let secret = invite(&backend, &ravi, "mina@example.com", Role::Owner).await.unwrap();
        households::set_role(&backend, &asha.member, ravi.member.user(), Role::Editor).await.unwrap();
        assert!(households::accept(&backend, &mina, &secret, &client()).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_proves_an_address_by_a_reset_finds_nobody_else_in_the_book() {
    on_each(async |backend| {
        // Somebody signs up with an address that is not theirs, and lets themselves in by another door.
        let asha = person(&backend, "asha@example.com").await;
        let thief = person(&backend, "thief@example.com").await;
        let thief = join(&backend, &asha, &thief, Role::Owner, "thief@example.com").await;
        let hook = HookForm { url: "https://1.1.1.1/".into(), record_saved: "on".into(), ..HookForm::default() };
        hooks::add(&backend, &thief.member, hook.parse().unwrap()).await.unwrap();
        let theirs = token(&backend, &thief).await;
        let secret = invite(&backend, &thief, "friend@example.com", Role::Owner).await.unwrap();

        let hers = token(&backend, &asha).await;
        tokens::forgot(&backend, "asha@example.com".parse().unwrap(), &client()).await.unwrap();
        let token = letter(&backend, "reset").await.unwrap().secret;
        let fresh = "quiet rivers in May".to_owned();
        let form = ResetForm { token, password: fresh.clone(), confirm: fresh };
        tokens::reset(&backend, form.parse().unwrap(), &client()).await.unwrap();

        assert_eq!(households::people(&backend, &asha.member).await.unwrap().len(), 1);
        assert_eq!(hooks::all(&backend, &asha.member).await.unwrap(), vec![]);
        for ended in [hers, theirs] {
            assert!(access_tokens::find(&backend, &ended).await.unwrap().is_none());
        }
        assert_eq!(households::offer(&backend, &secret, &client()).await.unwrap(), None);
        let thief = sessions::find(&backend, thief.session).await.unwrap().unwrap();
        assert_ne!(thief.member.book(), asha.member.book());
    })
    .await;
}

/// How many rows each table has.
async fn counts(backend: &Backend) -> Vec<(String, i64)> {
    let mut tx = backend.db.read().await.unwrap();
    let mut counts = Vec::new();
    for table in tables(&mut tx).await {
        let sql = FixedFragments(format!("select count(*) from {table}"));
        let (count,) = tx.query_of(sql).one::<(i64,)>().await.unwrap();
        counts.push((table, count));
    }
    counts
}

#[tokio::test]
async fn an_invitation_does_the_same_for_whoever_has_an_account_and_for_nobody() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let code = letter(&backend, "confirm").await.unwrap().code;
        tokens::confirm_code(&backend, &asha.member, &code).await.unwrap();
        let asha = again(&backend, "asha@example.com").await;
        person(&backend, "ravi@example.com").await;
        // The first one begins the limit.
        invite(&backend, &asha, "first@example.com", Role::Editor).await.unwrap();
        outbox::claim(&backend, 50).await.unwrap();
        let mut before = counts(&backend).await;
        let mut done = Vec::new();
        for email in ["ravi@example.com", "nobody@example.com"] {
            let secret = invite(&backend, &asha, email, Role::Editor).await.unwrap();
            let after = counts(&backend).await;
            let written: Vec<_> = after.iter().zip(&before).filter(|(now, then)| now != then).collect();
            let written: Vec<_> = written.into_iter().map(|(now, then)| (now.0.clone(), now.1 - then.1)).collect();
            let claimed = outbox::claim(&backend, 50).await.unwrap();
            let payload: serde_json::Value = serde_json::from_str(&claimed[0].payload).unwrap();
            let id = payload["invitation"].as_str().unwrap().parse().unwrap();
            let (to, offer, link) = households::letter(&backend, id).await.unwrap().unwrap();
            assert_eq!((to.as_str(), &link), (email, &secret));
            let messages: Vec<_> = claimed.iter().map(|one| (one.kind.clone(), one.payload.len())).collect();
            done.push((written, messages, offer));
            before = after;
        }
        let mut tables = done[0].0.clone();
        tables.sort();
        assert_eq!(tables, [("invitations".to_owned(), 1), ("outbox".to_owned(), 1)]);
        assert_eq!(done[0], done[1]);
    })
    .await;
}
