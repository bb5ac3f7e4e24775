//! Help by staff: a book is read by consent only, for as long as it lasts, and all of it is told.

use backend::staff::{self, Consent};
use backend::{Backend, Error, Role, SignedIn, commands, households, sessions};
use chrono::TimeDelta;
use ledger::Command;
use ledger::staff::{Deed, Rank};

use crate::engines::on_each;
use crate::household::Household;
use crate::people::{again, person};

async fn now(backend: &Backend, who: &SignedIn) -> SignedIn {
    sessions::find(backend, who.session).await.unwrap().unwrap()
}

/// Somebody of customer care, beside an administrator.
async fn care(backend: &Backend) -> SignedIn {
    person(backend, "admin@example.com").await;
    let care = person(backend, "care@example.com").await;
    staff::rank(backend, &"care@example.com".parse().unwrap(), Some(Rank::Care)).await.unwrap();
    now(backend, &care).await
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_read_a_book_by_consent_only_and_change_nothing() {
    on_each(async |backend| {
        let care = care(&backend).await;
        let home = Household::new(&backend, "asha@example.com").await;
        let asha = again(&backend, "asha@example.com").await;
        let (user, own) = (asha.member.user(), care.member.book());
        let refused = staff::look(&backend, &care, user).await;
        assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        assert!(matches!(staff::look(&backend, &asha, user).await, Err(Error::NotFound)), "who is no staff");

        staff::give(&backend, &asha.member, TimeDelta::days(90)).await.unwrap();
        assert_eq!(now(&backend, &asha).await.read_until, Some(backend.clock.now() + TimeDelta::days(3)), "at most");
        staff::look(&backend, &care, user).await.unwrap();
        let looking = now(&backend, &care).await;
        assert_eq!((looking.member.book(), looking.member.role()), (asha.member.book(), Role::Viewer));
        assert_eq!(looking.support.as_ref().map(|support| support.name.as_str()), Some("Asha"));
        let save = Command::SaveRecord(home.expense(5, "2027-01-11"));
        assert!(matches!(commands::run(&backend, &looking.member, save).await, Err(Error::Forbidden)));
        assert_eq!(households::people(&backend, &asha.member).await.unwrap().len(), 1, "they are nobody of the book");

        // What is done in one millisecond has no order.
        backend.clock.advance(TimeDelta::seconds(1));
        staff::note(&backend, looking.support.as_ref().unwrap(), "list records").await.unwrap();
        let (trail, _) = staff::about(&backend, &asha.member, None).await.unwrap();
        let told: Vec<_> = trail.iter().map(|entry| (entry.deed, entry.detail.as_str())).collect();
        assert_eq!(told, [(Deed::Read, "list records"), (Deed::OpenBook, "")]);

        staff::look_away(&backend, &care).await.unwrap();
        assert_eq!(now(&backend, &care).await.member.book(), own);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_ends_by_itself_by_a_word_and_with_the_rank() {
    on_each(async |backend| {
        let care = care(&backend).await;
        let asha = person(&backend, "asha@example.com").await;
        let (user, own) = (asha.member.user(), care.member.book());
        let look = async || {
            backend.clock.advance(TimeDelta::seconds(1));
            staff::give(&backend, &asha.member, TimeDelta::hours(1)).await.unwrap();
            staff::look(&backend, &care, user).await.unwrap();
            assert_eq!(now(&backend, &care).await.member.book(), asha.member.book());
        };
        look().await;
        backend.clock.advance(TimeDelta::hours(1));
        assert_eq!(now(&backend, &care).await.member.book(), own, "its time is over");
        assert_eq!(now(&backend, &asha).await.read_until, None);

        look().await;
        staff::end(&backend, &asha.member).await.unwrap();
        let back = now(&backend, &care).await;
        assert!(back.support.is_none() && back.member.book() == own, "it was taken back");
        assert!(matches!(staff::look(&backend, &care, user).await, Err(Error::Conflict(_))));

        look().await;
        staff::rank(&backend, &"care@example.com".parse().unwrap(), None).await.unwrap();
        assert_eq!(now(&backend, &care).await.member.book(), own, "they are no staff any more");
        let given = staff::of_member(&backend, &asha.member).await.unwrap();
        let ended: Vec<bool> = given.iter().map(|Consent { ended_at, .. }| ended_at.is_some()).collect();
        assert_eq!(ended, [false, true, false], "the newest first");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_an_owner_lets_staff_in_and_anybody_in_the_book_puts_them_out() {
    on_each(async |backend| {
        let care = care(&backend).await;
        let asha = person(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        let ravi = crate::households::join(&backend, &asha, &ravi, Role::Editor, "ravi@example.com").await;
        let refused = staff::give(&backend, &ravi.member, TimeDelta::hours(1)).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        staff::give(&backend, &asha.member, TimeDelta::hours(1)).await.unwrap();
        staff::look(&backend, &care, asha.member.user()).await.unwrap();
        assert!(now(&backend, &ravi).await.read_until.is_some(), "everybody in the book is told");
        let stranger = person(&backend, "gita@example.com").await;
        for (who, deeds) in [(&asha, vec![Deed::OpenBook]), (&ravi, vec![Deed::OpenBook]), (&stranger, Vec::new())] {
            let (trail, _) = staff::told(&backend, &who.member, None).await.unwrap();
            assert_eq!(trail.iter().map(|entry| entry.deed).collect::<Vec<_>>(), deeds, "and sees what was read");
        }
        staff::end(&backend, &ravi.member).await.unwrap();
        assert!(now(&backend, &care).await.support.is_none());
    })
    .await;
}
