//! The form of a budget, as it leaves the server.

use crate::browser::Browser;
use crate::engines::on_each;
use crate::running::Running;

#[tokio::test(flavor = "multi_thread")]
async fn the_form_of_a_budget_says_when_ticks_count() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let page = asha.get("/budgets/new").await.text;
        for words in [">What counts<", ">Everything<", ">Only what is ticked<", ">Categories<", "is-resting"] {
            assert!(page.contains(words), "{words} in {page}");
        }
        assert!(page.contains("Ticks count only with “Only what is ticked”") && !page.contains("Tick none"), "{page}");
        running.stop().await;
    })
    .await;
}
