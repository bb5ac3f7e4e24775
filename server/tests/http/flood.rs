//! Very many at once who want in and may not.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::browser::{Browser, PASSWORD};
use crate::engines::on_each;
use crate::provider::wait_until;
use crate::running::Running;

const FLOOD: usize = 300;

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_wrong_log_ins_from_everywhere_holds_up_neither_pages_nor_the_owner() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[("EXPENSO_TRUSTED_PROXIES", "127.0.0.1")]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let stranger = Browser::at(&running.url);
        let through = Arc::new(AtomicUsize::new(0));
        // No two from one address, nor for one account: none of them is held back, all are hashed.
        let flood: Vec<_> = (0..FLOOD)
            .map(|at| {
                let (mut browser, through) = (stranger.clone(), Arc::clone(&through));
                browser.forwarded_for = Some(format!("198.51.{}.{}", at / 200, at % 200 + 1).leak());
                tokio::spawn(async move {
                    let form = [
                        ("form[email]", format!("nobody{at}@example.com")),
                        ("form[password]", format!("guess {at} of many")),
                    ];
                    let form = [(form[0].0, form[0].1.as_str()), (form[1].0, form[1].1.as_str())];
                    let answer = browser.call("log_in", &form).await;
                    through.fetch_add(1, Ordering::SeqCst);
                    answer.status.as_u16()
                })
            })
            .collect();
        wait_until(|| through.load(Ordering::SeqCst) > 0).await;
        for path in ["/login", "/dashboard", "/health/ready"] {
            assert_eq!(asha.get(path).await.status, 200, "{path}");
        }
        asha.spend("Corner shop", "12.50").await;
        let before = through.load(Ordering::SeqCst);
        assert!(before < FLOOD, "nobody was answered before the flood was through");

        let mut phone = stranger.clone();
        phone.forwarded_for = Some("203.0.113.9");
        let answer = phone.log_in("asha@example.com", PASSWORD).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/dashboard"), "{}", answer.text);
        for one in flood {
            let status = one.await.unwrap();
            assert!([422, 503].contains(&status), "{status}");
        }
        running.stop().await;
    })
    .await;
}
