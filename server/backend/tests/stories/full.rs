//! A disk without room: said, and got over.

use backend::{Backend, Clock, Error, soundness};

use crate::engines::start;
use crate::household::Household;

#[tokio::test]
async fn a_full_disk_is_said_and_saving_goes_on_once_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("expenso.db").display());
    let backend = Backend::open(&url, Clock::fixed(start())).await.unwrap();
    let home = Household::new(&backend, "asha@example.org").await;
    // The connection that writes may not make the file any larger, which SQLite takes for a full disk.
    let mut tx = backend.db.write().await.unwrap();
    tx.query("pragma max_page_count = 1").one::<(i64,)>().await.unwrap();
    tx.commit().await.unwrap();

    let mut saved = 0;
    let refused = loop {
        let record = ledger::records::Record { note: "n".repeat(1_900), ..home.expense(100, "2027-01-10") };
        match home.try_run(ledger::Command::SaveRecord(record)).await {
            Ok(_) => saved += 1,
            Err(error) => break error,
        }
        assert!(saved < 1_000, "the disk never gets full");
    };
    assert!(matches!(refused, Error::Unavailable(_)), "{refused:?}");
    assert_eq!(home.book().await.records.len(), saved, "reading goes on");

    home.save(&home.expense(100, "2027-01-11")).await;
    assert_eq!(home.book().await.records.len(), saved + 1);
    assert_eq!(soundness::check(&backend).await.unwrap().problems, Vec::<String>::new());
}
