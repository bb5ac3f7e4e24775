//! Those who help: who is one, what they may do, and that all of it is told.

use backend::staff::{self, NewPassword, Suspension};
use backend::{Backend, Error, SignedIn, Staff, hooks, leaving, outbox, sessions, users};
use chrono::TimeDelta;
use ledger::hooks::HookForm;
use ledger::person::{LeaveForm, LogInForm, Password};
use ledger::staff::{Deed, Rank};

use crate::engines::on_each;
use crate::people::{PASSWORD, again, client, form, person};

/// The staff of somebody who signed up.
fn staff_of(who: &SignedIn) -> Staff {
    who.staff.unwrap()
}

async fn now(backend: &Backend, who: &SignedIn) -> Option<SignedIn> {
    sessions::find(backend, who.session).await.unwrap()
}

async fn log_in(backend: &Backend, email: &str, password: &str) -> Result<(), Error> {
    let form = LogInForm { email: email.into(), password: password.into(), ..LogInForm::default() };
    sessions::log_in(backend, form.parse().unwrap(), &client()).await.map(|_| ())
}

fn said(answer: Result<(), Error>) -> String {
    match answer.unwrap_err() {
        Error::Invalid(errors) => errors.to_string(),
        Error::Conflict(text) => text,
        other => panic!("{other:?}"),
    }
}

async fn deeds(backend: &Backend, staff: &Staff) -> Vec<Deed> {
    let (entries, _) = staff::trail(backend, staff, None).await.unwrap();
    entries.into_iter().map(|entry| entry.deed).collect()
}

/// What the letters about suspensions tell, in turn.
async fn suspensions(backend: &Backend) -> Vec<Suspension> {
    let mut tx = backend.db.read().await.unwrap();
    let sql = "select payload from outbox where kind = 'suspension' order by id";
    let rows: Vec<(String,)> = tx.query(sql).all().await.unwrap();
    rows.iter().map(|(payload,)| serde_json::from_str(payload).unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_account_is_the_administrator_and_no_other() {
    on_each(async |backend| {
        backend::demo::fill(&backend).await.unwrap();
        let asha = person(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        assert_eq!(asha.staff.map(|staff| staff.rank()), Some(Rank::Admin), "a demonstration does not count");
        assert_eq!(ravi.staff, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_people_who_come_at_once_one_is_the_first() {
    on_each(async |backend| {
        let come = |n: u32| {
            let backend = backend.clone();
            Box::pin(async move {
                let form = form(&format!("p{n}@example.com"));
                users::sign_up(&backend, form.parse().unwrap(), &client()).await.unwrap()
            })
        };
        let all = tokio::join!(come(1), come(2), come(3), come(4));
        let mut admins = 0;
        for session in [all.0, all.1, all.2, all.3] {
            let who = sessions::find(&backend, session.session).await.unwrap().unwrap();
            admins += u32::from(who.staff.is_some());
        }
        assert_eq!(admins, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_suspended_is_out_at_once_and_told_so_only_with_the_password() {
    on_each(async |backend| {
        let admin = staff_of(&person(&backend, "admin@example.com").await);
        let asha = person(&backend, "asha@example.com").await;
        let user = asha.member.user();
        let hook = HookForm { url: "https://1.1.1.1/".into(), record_saved: "on".into(), ..HookForm::default() };
        let hook = hooks::add(&backend, &asha.member, hook.parse().unwrap()).await.unwrap();
        hooks::test(&backend, &asha.member, hook).await.unwrap();

        staff::suspend(&backend, &admin, user, "sent spam").await.unwrap();
        assert!(now(&backend, &asha).await.is_none(), "the session is over");
        assert_eq!(said(log_in(&backend, "asha@example.com", "wrong over Pune").await), "Incorrect email or password");
        let suspended = said(log_in(&backend, "asha@example.com", PASSWORD).await);
        assert!(suspended.contains("suspended"), "{suspended}");
        assert!(users::recipient(&backend, user).await.unwrap().is_none(), "no letters");
        let [began] = suspensions(&backend).await.try_into().unwrap();
        let (to, by) = staff::suspension_letter(&backend, &began).await.unwrap().unwrap();
        assert_eq!((to.email.as_str(), began.on, began.why.as_str()), ("asha@example.com", true, "sent spam"));
        assert_eq!(by.unwrap().email.as_str(), "admin@example.com", "whom to ask");
        for message in outbox::claim(&backend, 50).await.unwrap() {
            if message.kind == "hook" {
                let news = serde_json::from_str(&message.payload).unwrap();
                let told = hooks::compose(&backend, message.id, message.created_at, &news).await.unwrap();
                assert!(told.is_none(), "their programs are told nothing");
            }
        }
        assert!(said(staff::suspend(&backend, &admin, user, "again").await).contains("already"));

        backend.clock.advance(TimeDelta::seconds(1));
        staff::resume(&backend, &admin, user, "they wrote to us").await.unwrap();
        log_in(&backend, "asha@example.com", PASSWORD).await.unwrap();
        let [_, ended] = suspensions(&backend).await.try_into().unwrap();
        assert!(staff::suspension_letter(&backend, &ended).await.unwrap().is_some());
        assert!(staff::suspension_letter(&backend, &began).await.unwrap().is_none(), "what is over is not told late");
        assert!(said(staff::resume(&backend, &admin, user, "again").await).contains("not suspended"));
        assert_eq!(deeds(&backend, &admin).await, [Deed::Resume, Deed::Suspend], "what failed is not told");
        let (own, _) = staff::about(&backend, &asha.member, None).await.unwrap();
        assert_eq!(own.last().map(|entry| entry.why.as_str()), Some("sent spam"), "they can read it");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_administrator_stays() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let ravi = person(&backend, "ravi@example.com").await;
        let address = |email: &str| email.parse().unwrap();
        let wish = || LeaveForm { password: PASSWORD.into(), ..LeaveForm::default() }.parse(true).unwrap();
        assert!(said(staff::rank(&backend, &address("asha@example.com"), None).await).contains("last administrator"));
        let care = staff::rank(&backend, &address("asha@example.com"), Some(Rank::Care)).await;
        assert!(said(care).contains("last administrator"));
        leaving::ask(&backend, &asha, wish()).await.unwrap();
        backend.clock.advance(leaving::GRACE);
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 0, "for as long as there is no other");
        leaving::stay(&backend, &asha.member).await.unwrap();

        staff::rank(&backend, &address("ravi@example.com"), Some(Rank::Admin)).await.unwrap();
        let ravi = now(&backend, &ravi).await.unwrap();
        // Each suspends the other at the same moment.
        let (first, second) = (staff_of(&asha), staff_of(&ravi));
        let answers = tokio::join!(
            staff::suspend(&backend, &first, ravi.member.user(), "x"),
            staff::suspend(&backend, &second, asha.member.user(), "x")
        );
        assert!(answers.0.is_ok() != answers.1.is_ok(), "{answers:?}");
        let (who, left) = if answers.0.is_ok() { (&asha, &first) } else { (&ravi, &second) };
        assert!(said(staff::suspend(&backend, left, who.member.user(), "x").await).contains("your own"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_here_alone_may_leave_and_the_next_one_is_the_first() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let wish = LeaveForm { password: PASSWORD.into(), ..LeaveForm::default() }.parse(true).unwrap();
        leaving::ask(&backend, &asha, wish).await.unwrap();
        backend.clock.advance(leaving::GRACE);
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 1);
        assert!(person(&backend, "ravi@example.com").await.staff.is_some());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_staff_delete_has_seven_days_and_only_staff_keep_them() {
    on_each(async |backend| {
        let admin = staff_of(&person(&backend, "admin@example.com").await);
        let asha = person(&backend, "asha@example.com").await;
        let user = asha.member.user();
        staff::delete(&backend, &admin, user, "unpaid Zanzibar").await.unwrap();
        assert!(now(&backend, &asha).await.is_none());
        let asha = again(&backend, "asha@example.com").await;
        assert!(asha.person.leaves_by_staff && asha.person.leaves_at.is_some());
        assert!(said(leaving::stay(&backend, &asha.member).await).contains("Whoever runs this server"));
        staff::keep(&backend, &admin, user, "paid").await.unwrap();
        assert_eq!(now(&backend, &asha).await.unwrap().person.leaves_at, None);
        leaving::end_due(&backend).await.unwrap();

        staff::delete(&backend, &admin, user, "unpaid Zanzibar").await.unwrap();
        backend.clock.advance(leaving::GRACE);
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 1);
        let (entries, _) = staff::trail(&backend, &admin, None).await.unwrap();
        let about: Vec<_> = entries.iter().filter_map(|entry| entry.about.as_ref()).collect();
        assert_eq!(about.len(), 3, "the trail stays");
        assert!(about.iter().all(|seen| seen.user == user && seen.name.is_none()), "and names nobody");
        assert!(entries.iter().all(|entry| entry.why.is_empty()), "nor do its reasons");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_the_beginning_of_their_address_page_by_page() {
    on_each(async |backend| {
        let admin = staff_of(&person(&backend, "admin@example.com").await);
        for n in 0..35 {
            person(&backend, &format!("zoe-{n:02}@example.com")).await;
            backend.clock.advance(TimeDelta::minutes(2));
        }
        person(&backend, "zoe.last@example.com").await;
        let first = staff::find(&backend, &admin, " ZOE-", None).await.unwrap();
        assert_eq!(first.people.len(), 30);
        assert_eq!(first.people[0].email, "zoe-00@example.com");
        let second = staff::find(&backend, &admin, "zoe-", first.next).await.unwrap();
        assert_eq!((second.people.len(), second.next), (5, None));
        assert_eq!(second.people[4].email, "zoe-34@example.com");
        let id = second.people[0].user.to_string();
        assert_eq!(staff::find(&backend, &admin, &id, None).await.unwrap().people, second.people[..1]);
        let newest = staff::find(&backend, &admin, "", None).await.unwrap();
        assert_eq!(newest.people[0].email, "zoe.last@example.com");
        let rest = staff::find(&backend, &admin, "", newest.next).await.unwrap();
        assert_eq!(newest.people.len() + rest.people.len(), 37);
        assert!(staff::find(&backend, &admin, "nobody", None).await.unwrap().people.is_empty());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn care_sees_people_and_nothing_of_the_installation() {
    on_each(async |backend| {
        person(&backend, "admin@example.com").await;
        let asha = person(&backend, "asha@example.com").await;
        let care = person(&backend, "care@example.com").await;
        staff::rank(&backend, &"care@example.com".parse().unwrap(), Some(Rank::Care)).await.unwrap();
        let care = staff_of(&now(&backend, &care).await.unwrap());
        let user = asha.member.user();
        let account = staff::account(&backend, &care, user).await.unwrap();
        assert_eq!((account.line.confirmed, account.sessions, account.letters.len()), (false, 1, 1));
        staff::resend_confirmation(&backend, &care, user).await.unwrap();
        let twice = staff::resend_confirmation(&backend, &care, user).await;
        assert!(matches!(twice, Err(Error::TooMany { .. })), "{twice:?}");
        let refused = [
            staff::suspend(&backend, &care, user, "x").await,
            staff::delete(&backend, &care, user, "x").await,
            staff::overview(&backend, &care).await.map(|_| ()),
            staff::trail(&backend, &care, None).await.map(|_| ()),
            staff::retry(&backend, &care, user.0).await,
        ];
        for answer in refused {
            assert!(matches!(answer, Err(Error::NotFound)), "{answer:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_given_up_is_sent_again() {
    on_each(async |backend| {
        let admin = staff_of(&person(&backend, "admin@example.com").await);
        let message = outbox::claim(&backend, 1).await.unwrap().remove(0);
        outbox::park(&backend, message.id, "the provider is away").await.unwrap();
        let seen = staff::overview(&backend, &admin).await.unwrap();
        assert_eq!((seen.people, seen.waiting, seen.failed.len()), (1, 0, 1));
        assert!(seen.failed[0].given_up && seen.failed[0].why == "the provider is away");
        staff::retry(&backend, &admin, message.id).await.unwrap();
        let again = outbox::claim(&backend, 1).await.unwrap().remove(0);
        assert_eq!(again.id, message.id);
        outbox::mark_sent(&backend, again.id).await.unwrap();
        assert!(said(staff::retry(&backend, &admin, message.id).await).contains("sent already"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_makes_administrators_and_lets_people_in_again() {
    on_each(async |backend| {
        staff::create(&backend, form("admin@example.com").parse().unwrap()).await.unwrap();
        let asha = person(&backend, "asha@example.com").await;
        assert_eq!(asha.staff, None, "there is an administrator already");
        assert!(again(&backend, "admin@example.com").await.staff.is_some());

        let email = "asha@example.com".parse().unwrap();
        let common = NewPassword::Given(Password::new("password123").unwrap());
        assert!(staff::reset_password(&backend, &email, common).await.is_err());
        let fresh = NewPassword::Given(Password::new("quiet rivers in May").unwrap());
        assert_eq!(staff::reset_password(&backend, &email, fresh).await.unwrap(), None);
        assert!(now(&backend, &asha).await.is_none(), "every session ends");
        log_in(&backend, "asha@example.com", "quiet rivers in May").await.unwrap();
        let link = staff::reset_password(&backend, &email, NewPassword::ByLink).await.unwrap().unwrap();
        let chosen = "quiet rivers in June".to_owned();
        let form = ledger::person::ResetForm { token: link, password: chosen.clone(), confirm: chosen };
        backend::tokens::reset(&backend, form.parse().unwrap(), &client()).await.unwrap();
        log_in(&backend, "asha@example.com", "quiet rivers in June").await.unwrap();
        let nobody = staff::rank(&backend, &"nobody@example.com".parse().unwrap(), Some(Rank::Care)).await;
        assert!(matches!(nobody, Err(Error::NotFound)), "{nobody:?}");
    })
    .await;
}
