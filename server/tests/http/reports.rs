//! What the page of a report says, as it leaves the server.

use crate::browser::Browser;
use crate::engines::on_each;
use crate::running::Running;

#[tokio::test(flavor = "multi_thread")]
async fn a_report_of_years_says_its_averages_and_what_it_is_looked_through_for() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for (day, amount) in [("2025-01-10", "240"), ("2026-03-10", "480")] {
            asha.spend_on(day, "Corner shop", amount).await;
        }
        let page = asha.get("/reports?from=2025-01-01&to=2026-12-31").await.text;
        for words in [
            "Average of 24 months",
            "Average of 2 years",
            "₹30.00",
            "₹360.00",
            "Spent in 2026",
            "₹240.00 more than in the year before",
            "In its last whole year no category, nor what was saved, stands out beside those before.",
        ] {
            assert!(page.contains(words), "{words} in {page}");
        }
        let page = asha.get("/reports?from=2025-02-01&to=2026-06-30").await.text;
        assert!(page.contains("Average of 17 months") && !page.contains("Spent in "), "{page}");
        assert!(page.contains("Only with two whole years that are over"), "{page}");
        let page = asha.get("/reports?span=year&at=2026-01-01").await.text;
        assert!(page.contains("report-expenses") && !page.contains("single payments"), "{page}");
        running.stop().await;
    })
    .await;
}
