//! Undo of leaving a book, of removing somebody from it, and of taking an invitation back; and what it must never become.

use backend::{Backend, Error, SignedIn, access_tokens, households, housekeeping, leaving, sessions, tokens};
use chrono::TimeDelta;
use ledger::id::BookId;
use ledger::person::{InviteForm, LeaveForm, ResetForm, Role};

use crate::engines::on_each;
use crate::households::{invite, join, token};
use crate::people::{PASSWORD, client, letter, person};

/// Asha with a book, and Ravi in it.
async fn two(backend: &Backend, role: Role) -> (SignedIn, SignedIn) {
    let asha = person(backend, "asha@example.com").await;
    let ravi = person(backend, "ravi@example.com").await;
    let ravi = join(backend, &asha, &ravi, role, "ravi@example.com").await;
    (asha, ravi)
}

async fn now(backend: &Backend, who: &SignedIn) -> SignedIn {
    sessions::find(backend, who.session).await.unwrap().unwrap()
}

async fn role_in(backend: &Backend, owner: &SignedIn, who: &SignedIn) -> Option<Role> {
    let people = households::people(backend, &owner.member).await.unwrap();
    people.into_iter().find(|one| one.user == who.member.user()).map(|one| one.role)
}

async fn remove(backend: &Backend, owner: &SignedIn, who: &SignedIn) {
    households::remove(backend, &owner.member, who.member.user()).await.unwrap();
}

async fn leave(backend: &Backend, who: &SignedIn) {
    households::remove(backend, &who.member, who.member.user()).await.unwrap();
}

async fn restore(backend: &Backend, owner: &SignedIn, who: &SignedIn) -> Result<(), Error> {
    households::restore(backend, &owner.member, who.member.user()).await
}

async fn rejoin(backend: &Backend, who: &SignedIn, book: BookId) -> Result<(), Error> {
    households::rejoin(backend, &now(backend, who).await, book).await
}

fn conflict(answer: &Result<(), Error>) {
    assert!(matches!(answer, Err(Error::Conflict(_))), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_removed_comes_back_as_what_they_were_and_without_their_keys() {
    on_each(async |backend| {
        let (asha, ravi) = two(&backend, Role::Adder).await;
        let key = token(&backend, &ravi).await;
        remove(&backend, &asha, &ravi).await;
        conflict(&rejoin(&backend, &ravi, asha.member.book()).await);
        restore(&backend, &asha, &ravi).await.unwrap();
        restore(&backend, &asha, &ravi).await.unwrap();
        assert_eq!(role_in(&backend, &asha, &ravi).await, Some(Role::Adder));
        assert!(access_tokens::find(&backend, &key).await.unwrap().is_none(), "a key that ended stays ended");
        let own = now(&backend, &ravi).await;
        assert_ne!(own.member.book(), asha.member.book(), "nothing is opened for them");
        households::switch(&backend, &own, asha.member.book()).await.unwrap();

        households::set_role(&backend, &asha.member, ravi.member.user(), Role::Viewer).await.unwrap();
        remove(&backend, &asha, &ravi).await;
        restore(&backend, &asha, &ravi).await.unwrap();
        assert_eq!(role_in(&backend, &asha, &ravi).await, Some(Role::Viewer), "what they were last");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_is_taken_back_by_owners_of_the_book_only_and_not_for_long() {
    on_each(async |backend| {
        let (asha, ravi) = two(&backend, Role::Editor).await;
        let mina = person(&backend, "mina@example.com").await;
        let mina = join(&backend, &asha, &mina, Role::Editor, "mina@example.com").await;
        let stranger = person(&backend, "stranger@example.com").await;
        remove(&backend, &asha, &ravi).await;
        let by_editor = restore(&backend, &mina, &ravi).await;
        assert!(matches!(by_editor, Err(Error::Forbidden)), "{by_editor:?}");
        conflict(&restore(&backend, &stranger, &ravi).await);
        conflict(&rejoin(&backend, &stranger, asha.member.book()).await);
        conflict(&restore(&backend, &asha, &stranger).await);
        conflict(&rejoin(&backend, &ravi, asha.member.book()).await);
        assert_eq!(role_in(&backend, &asha, &stranger).await, None);
        backend.clock.advance(households::UNDO);
        conflict(&restore(&backend, &asha, &ravi).await);
        assert_eq!(role_in(&backend, &asha, &ravi).await, None);
        housekeeping::sweep(&backend).await.unwrap();
        conflict(&restore(&backend, &asha, &ravi).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_comes_back_by_themself_once_and_opens_the_book() {
    on_each(async |backend| {
        let (asha, ravi) = two(&backend, Role::Owner).await;
        let book = asha.member.book();
        leave(&backend, &ravi).await;
        assert_ne!(now(&backend, &ravi).await.member.book(), book);
        // Nobody is put back into a book that they left.
        conflict(&restore(&backend, &asha, &ravi).await);
        rejoin(&backend, &ravi, book).await.unwrap();
        let back = now(&backend, &ravi).await;
        assert_eq!((back.member.book(), back.member.role()), (book, Role::Owner));
        rejoin(&backend, &ravi, book).await.unwrap();

        // It was used up: being removed afterwards opens no second way.
        remove(&backend, &asha, &ravi).await;
        conflict(&rejoin(&backend, &ravi, book).await);

        restore(&backend, &asha, &ravi).await.unwrap();
        households::switch(&backend, &now(&backend, &ravi).await, book).await.unwrap();
        leave(&backend, &now(&backend, &ravi).await).await;
        backend.clock.advance(households::UNDO);
        conflict(&rejoin(&backend, &ravi, book).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_left_and_is_removed_by_an_owner_in_the_meantime_stays_out() {
    on_each(async |backend| {
        let (asha, ravi) = two(&backend, Role::Editor).await;
        leave(&backend, &ravi).await;
        // Her page still shows him.
        remove(&backend, &asha, &ravi).await;
        conflict(&rejoin(&backend, &ravi, asha.member.book()).await);
        conflict(&restore(&backend, &asha, &ravi).await);
        let again = households::remove(&backend, &asha.member, ravi.member.user()).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        assert_eq!(role_in(&backend, &asha, &ravi).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_former_role_does_not_come_back_past_an_invitation_to_less() {
    on_each(async |backend| {
        let (asha, ravi) = two(&backend, Role::Owner).await;
        let book = asha.member.book();
        leave(&backend, &ravi).await;
        let ravi = join(&backend, &asha, &now(&backend, &ravi).await, Role::Viewer, "ravi@example.com").await;
        rejoin(&backend, &ravi, book).await.unwrap();
        assert_eq!(role_in(&backend, &asha, &ravi).await, Some(Role::Viewer), "who is in it stays what they are");
        leave(&backend, &now(&backend, &ravi).await).await;
        rejoin(&backend, &ravi, book).await.unwrap();
        assert_eq!(role_in(&backend, &asha, &ravi).await, Some(Role::Viewer));
        // Invited anew after a removal, and removed again: the same.
        remove(&backend, &asha, &ravi).await;
        join(&backend, &asha, &now(&backend, &ravi).await, Role::Adder, "ravi@example.com").await;
        remove(&backend, &asha, &ravi).await;
        restore(&backend, &asha, &ravi).await.unwrap();
        assert_eq!(role_in(&backend, &asha, &ravi).await, Some(Role::Adder));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_way_back_outlives_the_book_or_a_reset_that_empties_it_or_makes_it_too_full() {
    on_each(async |backend| {
        person(&backend, "admin@example.com").await;
        let (asha, ravi) = two(&backend, Role::Editor).await;
        let book = asha.member.book();
        leave(&backend, &ravi).await;
        for nth in 0..19 {
            invite(&backend, &asha, &format!("guest{nth}@example.com"), Role::Viewer).await.unwrap();
        }
        conflict(&rejoin(&backend, &ravi, book).await);
        let invited = households::invited(&backend, &asha.member).await.unwrap();
        households::revoke(&backend, &asha.member, invited[0].id).await.unwrap();
        rejoin(&backend, &ravi, book).await.unwrap();
        conflict(&households::restore_invitation(&backend, &asha.member, invited[0].id).await);

        // The first proof that the address is hers puts all others out, and lets none back who went out before.
        leave(&backend, &now(&backend, &ravi).await).await;
        tokens::forgot(&backend, "asha@example.com".parse().unwrap(), &client()).await.unwrap();
        let secret = letter(&backend, "reset").await.unwrap().secret;
        let fresh = "quiet rivers in May".to_owned();
        let form = ResetForm { token: secret, password: fresh.clone(), confirm: fresh };
        tokens::reset(&backend, form.parse().unwrap(), &client()).await.unwrap();
        conflict(&rejoin(&backend, &ravi, book).await);

        let mina = person(&backend, "mina@example.com").await;
        let ravi = join(&backend, &mina, &now(&backend, &ravi).await, Role::Editor, "ravi@example.com").await;
        leave(&backend, &ravi).await;
        let wish = LeaveForm { password: PASSWORD.into(), ..LeaveForm::default() }.parse(true).unwrap();
        leaving::ask(&backend, &mina, wish).await.unwrap();
        let mut tx = backend.db.write().await.unwrap();
        // As if it had been asked for long ago: the way back is still open.
        let sql = "update users set leaves_at = $1 where leaves_at is not null";
        tx.query(sql).bind(backend.clock.now()).execute().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 1);
        conflict(&rejoin(&backend, &ravi, mina.member.book()).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_was_taken_back_is_given_again_with_the_same_link() {
    on_each(async |backend| {
        let (asha, ravi) = two(&backend, Role::Editor).await;
        let mina = person(&backend, "mina@example.com").await;
        let secret = invite(&backend, &asha, "mina@example.com", Role::Viewer).await.unwrap();
        let id = households::invited(&backend, &asha.member).await.unwrap()[0].id;
        let offer = async || households::offer(&backend, &secret, &client()).await.unwrap();
        let again = async |who: &SignedIn| households::restore_invitation(&backend, &who.member, id).await;
        households::revoke(&backend, &asha.member, id).await.unwrap();
        assert!(households::invited(&backend, &asha.member).await.unwrap().is_empty());
        assert_eq!((offer().await, households::letter(&backend, id).await.unwrap()), (None, None));
        assert!(households::accept(&backend, &mina, &secret, &client()).await.is_err(), "useless meanwhile");
        let by_editor = again(&ravi).await;
        assert!(matches!(by_editor, Err(Error::Forbidden)), "{by_editor:?}");
        conflict(&again(&mina).await);
        again(&asha).await.unwrap();
        again(&asha).await.unwrap();
        assert_eq!(offer().await.unwrap().role, Role::Viewer);

        // A later one takes its place.
        households::revoke(&backend, &asha.member, id).await.unwrap();
        let newer = invite(&backend, &asha, "mina@example.com", Role::Adder).await.unwrap();
        conflict(&again(&asha).await);
        let id = households::invited(&backend, &asha.member).await.unwrap()[0].id;
        let again = async || households::restore_invitation(&backend, &asha.member, id).await;
        backend.clock.advance(TimeDelta::days(7) - TimeDelta::minutes(5));
        households::revoke(&backend, &asha.member, id).await.unwrap();
        backend.clock.advance(TimeDelta::minutes(5));
        conflict(&again().await);
        assert_eq!(households::offer(&backend, &newer, &client()).await.unwrap(), None, "it is too old by now");

        // Whoever may not invite any more leaves none behind, not even those taken back.
        let owner = join(&backend, &asha, &now(&backend, &mina).await, Role::Owner, "mina@example.com").await;
        let form = InviteForm { email: "friend@example.com".into(), role: "owner".into() };
        households::invite(&backend, &owner, form.parse().unwrap()).await.unwrap();
        let id = households::invited(&backend, &asha.member).await.unwrap()[0].id;
        households::revoke(&backend, &owner.member, id).await.unwrap();
        households::set_role(&backend, &asha.member, owner.member.user(), Role::Editor).await.unwrap();
        conflict(&households::restore_invitation(&backend, &asha.member, id).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_was_taken_back_too_long_ago_is_gone() {
    on_each(async |backend| {
        let (asha, _) = two(&backend, Role::Editor).await;
        invite(&backend, &asha, "mina@example.com", Role::Viewer).await.unwrap();
        let id = households::invited(&backend, &asha.member).await.unwrap()[0].id;
        households::revoke(&backend, &asha.member, id).await.unwrap();
        backend.clock.advance(households::UNDO);
        conflict(&households::restore_invitation(&backend, &asha.member, id).await);
        backend.clock.advance(TimeDelta::seconds(1));
        housekeeping::sweep(&backend).await.unwrap();
        let mut tx = backend.db.read().await.unwrap();
        let left = tx.query("select count(*) from invitations").one::<(i64,)>().await.unwrap();
        assert_eq!(left.0, 0);
    })
    .await;
}
