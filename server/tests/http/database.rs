//! A database that is taken away, or that falls silent.

use std::path::Path;
use std::time::Duration;

use backend::{Backend, Clock, Db, Error};

use crate::browser::{Browser, PASSWORD};
use crate::engines::{on_each, start};
use crate::proxy::Proxy;
use crate::running::Running;

async fn on_file(path: &Path) -> Backend {
    Backend::open(&format!("sqlite:{}", path.display()), Clock::fixed(start())).await.unwrap()
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_to_a_file_that_was_deleted_or_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let (file, elsewhere) = (folder.path().join("expenso.db"), folder.path().join("elsewhere.db"));
    let backend = on_file(&file).await;
    let running = Running::start(&backend, &[]).await;
    let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
    assert_eq!(asha.get("/health/ready").await.status, 200);

    std::fs::rename(&file, &elsewhere).unwrap();
    assert_eq!(asha.get("/health/ready").await.status, 503);
    let answer = asha.call("see_alerts", &[]).await;
    assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "5"), "{}", answer.text);
    assert_eq!(Browser::at(&running.url).sign_up("ravi@example.com", PASSWORD).await.status, 503);

    std::fs::copy(&elsewhere, &file).unwrap();
    assert_eq!(asha.get("/health/ready").await.status, 503, "a copy is another file");
    assert_eq!(asha.call("see_alerts", &[]).await.status, 503);

    std::fs::rename(&elsewhere, &file).unwrap();
    assert_eq!(asha.get("/health/ready").await.status, 200);
    assert_eq!(asha.call("see_alerts", &[]).await.status, 200);
    running.stop().await;
}

#[tokio::test]
async fn postgresql_limits_itself() {
    on_each(async |backend| {
        if !matches!(backend.db, Db::Postgres(_)) {
            return;
        }
        let mut tx = backend.db.read().await.unwrap();
        for (name, limit) in
            [("lock_timeout", "5s"), ("statement_timeout", "15s"), ("idle_in_transaction_session_timeout", "30s")]
        {
            let (set,) = tx.query("select current_setting($1)").bind(name.to_owned()).one::<(String,)>().await.unwrap();
            assert_eq!(set, limit, "{name}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_database_that_falls_silent_is_not_waited_for_and_found_again() {
    on_each(async |backend| {
        let Some(proxy) = Proxy::before(&backend.db).await else { return };
        let by_proxy = Backend::open(&proxy.url, Clock::fixed(start())).await.unwrap();
        let mut tx = by_proxy.db.write().await.unwrap();
        let books = "select count(*) from books";
        assert_eq!(tx.query(books).one::<(i64,)>().await.unwrap(), (0,));

        proxy.freeze();
        tokio::time::pause();
        assert!(matches!(tx.query(books).one::<(i64,)>().await, Err(Error::Unavailable(_))));
        assert!(matches!(tx.commit().await, Err(Error::Unavailable(_))));
        assert!(matches!(by_proxy.db.write().await, Err(Error::Unavailable(_))));
        assert!(matches!(by_proxy.db.ready().await, Err(Error::Unavailable(_))));

        tokio::time::resume();
        proxy.thaw();
        by_proxy.db.ready().await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_who_wait_for_the_database_are_told_to_come_back_and_it_goes_on() {
    const MANY: usize = 500;
    on_each(async |backend| {
        let running = Running::start(&backend, &[("EXPENSO_WRITES_PER_TEN_MINUTES", "100000")]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let account = asha.first_account().await;
        let mut held = backend.db.write().await.unwrap();
        held.query("update books set revision = revision").execute().await.unwrap();

        let waiting: Vec<_> = (0..MANY)
            .map(|_| {
                let (mut asha, account) = (asha.clone(), account.clone());
                tokio::spawn(async move { asha.try_to_spend(&account, "2027-01-10", "Corner shop", "1").await })
            })
            .collect();
        let answers = async {
            for one in waiting {
                let answer = one.await.unwrap();
                assert_eq!((answer.status.as_u16(), answer.header("retry-after")), (503, "5"), "{}", answer.text);
            }
        };
        // Each waits for a connection, and then for the lock; nobody waits in line behind hundreds who do so.
        tokio::time::timeout(Duration::from_secs(30), answers)
            .await
            .expect("an answer for each while the lock is held");
        assert_eq!(asha.get("/health/live").await.status, 200);

        held.commit().await.unwrap();
        asha.spend("Corner shop", "1").await;
        assert_eq!(asha.get("/health/ready").await.status, 200);
        let mut tx = backend.db.read().await.unwrap();
        assert_eq!(tx.query("select count(*) from records").one::<(i64,)>().await.unwrap(), (1,), "none was half done");
        drop(tx);
        running.stop().await;
    })
    .await;
}
