//! Taking one's data along, and leaving: nothing of the person is left in any table.

use backend::{Error, access_tokens, commands, export, feeds, leaving, sample, sessions, staff};
use chrono::TimeDelta;
use ledger::Command;
use ledger::list::Cursor;
use ledger::person::{LeaveForm, LeaveWish, TokenForm};
use ledger::records::Record;

use crate::contents::{everything, hex};
use crate::engines::on_each;
use crate::household::Household;
use crate::people::{PASSWORD, again, person};

fn wish(password: &str) -> LeaveWish {
    LeaveForm { password: password.into(), ..LeaveForm::default() }.parse(true).unwrap()
}

/// Where any of these is found: ids as they are, and texts that name the person.
pub fn traces(all: &[(String, String)], marks: &[String]) -> Vec<String> {
    let bears = |value: &String| marks.iter().any(|mark| value.contains(mark.as_str()));
    all.iter().filter(|(_, value)| bears(value)).map(|(place, _)| place.clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_is_gone_after_a_week_and_nobody_else_is() {
    on_each(async |backend| {
        let admin = person(&backend, "admin@example.com").await.staff.unwrap();
        let (asha, ravi) =
            (Household::new(&backend, "asha@example.com").await, Household::new(&backend, "ravi@example.com").await);
        for (home, payee) in [(&asha, "Zamindar Zebra"), (&ravi, "Ordinary Otter")] {
            let record =
                Record { payee: payee.into(), tags: vec!["zanzibar".into()], ..home.expense(100, "2027-01-10") };
            home.save(&record).await;
            home.run(Command::SaveRecord(Record { payee: payee.into(), ..home.income(500, "2027-01-11") })).await;
            feeds::reset(&backend, &home.member).await.unwrap();
        }
        let who = again(&backend, "asha@example.com").await;
        let form =
            TokenForm { purpose: "Zamindar".into(), scope: "write".into(), days: "30".into(), ..TokenForm::default() };
        let token = access_tokens::create(&backend, &who, form.parse().unwrap()).await.unwrap();
        let (user, book) = (who.member.user().0.simple().to_string(), who.member.book().0.simple().to_string());
        let marks = [
            user,
            book,
            hex(&who.member.user().to_string()),
            hex("asha@example.com"),
            hex("Zamindar"),
            hex("zamindar"),
        ];
        assert!(!traces(&everything(&backend).await, &marks).is_empty());
        staff::give(&backend, &who.member, TimeDelta::days(1)).await.unwrap();
        staff::suspend(&backend, &admin, who.member.user(), "Zamindar sent spam").await.unwrap();
        staff::resume(&backend, &admin, who.member.user(), "Zamindar wrote to us").await.unwrap();
        let who = again(&backend, "asha@example.com").await;

        let error = leaving::ask(&backend, &who, wish("wrong over Pune")).await.unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{error:?}");
        let end = leaving::ask(&backend, &who, wish(PASSWORD)).await.unwrap();
        assert_eq!(end, backend.clock.now() + leaving::GRACE);
        assert_eq!(sessions::list(&backend, &who).await.unwrap().len(), 1, "other devices are signed out");

        backend.clock.advance(leaving::GRACE - TimeDelta::seconds(1));
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 0);
        assert_eq!(asha.book().await.records.len(), 2);
        backend.clock.advance(TimeDelta::seconds(1));
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 1);
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 0);

        let left = traces(&everything(&backend).await, &marks);
        assert!(
            left.len() == 2 && left.iter().all(|place| place == "audit.about_user"),
            "an id that names nobody: {left:?}"
        );
        assert!(sessions::find(&backend, who.session).await.unwrap().is_none());
        assert!(access_tokens::find(&backend, &token).await.unwrap().is_none());
        assert_eq!(ravi.book().await.records.len(), 2, "somebody else keeps everything");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_their_mind_keeps_everything() {
    on_each(async |backend| {
        let asha = person(&backend, "asha@example.com").await;
        let end = leaving::ask(&backend, &asha, wish(PASSWORD)).await.unwrap();
        backend.clock.advance(TimeDelta::days(1));
        assert_eq!(leaving::ask(&backend, &asha, wish(PASSWORD)).await.unwrap(), end, "asked again, the day stays");
        let shown = sessions::find(&backend, asha.session).await.unwrap().unwrap();
        assert_eq!(shown.person.leaves_at, Some(end));
        leaving::stay(&backend, &asha.member).await.unwrap();
        backend.clock.advance(leaving::GRACE);
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 0);
        let shown = sessions::find(&backend, asha.session).await.unwrap().unwrap();
        assert_eq!(shown.person.leaves_at, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_book_goes_piece_by_piece_and_an_end_that_broke_off_goes_on() {
    on_each(async |backend| {
        let login = backend::demo::DemoLogin { email: "much@example.com".into(), password: PASSWORD.into() };
        assert!(sample::fill(&backend, &login, 5_000).await.unwrap());
        let who = again(&backend, "much@example.com").await;
        leaving::ask(&backend, &who, wish(PASSWORD)).await.unwrap();
        backend.clock.advance(leaving::GRACE);
        // As a server leaves it that was killed in between.
        let mut tx = backend.db.write().await.unwrap();
        tx.query("update users set disabled_at = $1").bind(backend.clock.now()).execute().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(leaving::end_due(&backend).await.unwrap().len(), 1);
        let book = who.member.book().0.simple().to_string();
        assert_eq!(traces(&everything(&backend).await, &[book]), Vec::<String>::new());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_has_every_record_once_and_those_of_nobody_else() {
    on_each(async |backend| {
        let (asha, ravi) =
            (Household::new(&backend, "asha@example.com").await, Household::new(&backend, "ravi@example.com").await);
        ravi.save(&ravi.expense(7, "2027-01-10")).await;
        let records: Vec<Record> = (0..1_050).map(|n| asha.expense(n + 1, "2027-01-10")).collect();
        let commands = records.chunks(200).map(|some| Command::SaveRecords(some.to_vec())).collect();
        commands::run_many(&backend, &asha.member, commands).await.unwrap();
        let who = again(&backend, "asha@example.com").await;
        let book = export::begin(&backend, &who).await.unwrap();
        let whole = asha.book().await;
        assert_eq!((book.accounts, book.categories), (whole.accounts, whole.categories));
        let (mut all, mut after) = (Vec::new(), None);
        loop {
            let page = export::records(&backend, &who.member, after).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(Cursor { day: last.day, id: last.id });
            all.extend(page.iter().map(|record| record.amount.minor));
        }
        all.sort_unstable();
        assert_eq!(all, (1..=1_050).collect::<Vec<i64>>());
        for _ in 0..9 {
            export::begin(&backend, &who).await.unwrap();
        }
        assert!(matches!(export::begin(&backend, &who).await, Err(Error::TooMany { .. })));
    })
    .await;
}
