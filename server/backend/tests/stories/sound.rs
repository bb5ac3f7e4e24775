//! What looking through a database finds.

use backend::demo::DemoLogin;
use backend::{Backend, sample, soundness};

use crate::engines::on_each;
use crate::household::Household;

async fn problems(backend: &Backend) -> Vec<String> {
    soundness::check(backend).await.unwrap().problems
}

async fn spoil(backend: &Backend, sql: &'static str) {
    let mut tx = backend.db.write().await.unwrap();
    tx.query(sql).execute().await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_book_in_use_is_sound_and_whatever_does_not_add_up_is_named() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let kept = home.expense(1_050, "2027-01-10");
        let kept = ledger::records::Record { tags: vec!["Goa".into(), "work".into()], ..kept };
        for record in [kept, home.income(9_000, "2027-01-11"), home.transfer(400, "2027-01-12")] {
            home.save(&record).await;
        }
        let gone = home.expense(77, "2027-01-12");
        home.save(&gone).await;
        home.run(ledger::Command::DeleteRecord(gone.id)).await;
        let report = soundness::check(&backend).await.unwrap();
        assert_eq!((report.records, report.problems), (3, Vec::new()));

        spoil(&backend, "update daily_totals set minor = minor + 1 where kind = 'income'").await;
        spoil(&backend, "update month_totals set count = 7 where kind = 'income'").await;
        spoil(&backend, "update whole_totals set count = count + 1 where kind = 'out'").await;
        spoil(&backend, "update tag_totals set minor = minor + 1").await;
        spoil(&backend, "update accounts set balance = balance - 1 where name = 'Cash'").await;
        assert_eq!(
            problems(&backend).await,
            [
                "1 daily totals differ from what the records add up to",
                "1 monthly totals differ from what the records add up to",
                "1 totals over all days differ from what the records add up to",
                "2 totals of tags differ from what the records add up to",
                "1 balances of accounts differ from what the records add up to",
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_person_to_measure_with_is_made_once_and_is_sound() {
    on_each(async |backend| {
        let login = DemoLogin { email: "many@example.org".into(), password: "chai and samosas".into() };
        assert!(sample::fill(&backend, &login, 2_000).await.unwrap());
        assert!(!sample::fill(&backend, &login, 10).await.unwrap());
        let report = soundness::check(&backend).await.unwrap();
        assert_eq!((report.records, report.problems), (2_000, Vec::new()));
        let mut tx = backend.db.read().await.unwrap();
        let alerts = tx.query("select count(*) from alerts").one::<(i64,)>().await.unwrap().0;
        assert_eq!(alerts, 0, "the limits are never reached");
    })
    .await;
}
