//! The calendar feed and the reminders of bills, as calendars and mailboxes meet them.

use backend::Backend;
use serde_json::Value;

use crate::browser::Browser;
use crate::engines::on_each;
use crate::provider::{Mood, Provider};
use crate::running::Running;

/// Rent of ₹15,000 on the last of each month, reminded of three days before.
async fn add_rent(browser: &mut Browser) {
    let fields = [
        ("form[name]", "Rent, flat; 2"),
        ("form[amount]", "15000"),
        ("form[due]", "2027-01-31"),
        ("form[repeats]", "monthly"),
        ("form[remind]", "3"),
    ];
    let answer = browser.call("save_bill", &fields).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_reads_the_feed_without_a_session_and_loses_it_with_a_reset() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        add_rent(&mut asha).await;
        let made = asha.post("/bills", &[("do", "reset_feed")]).await;
        let secret = made.location().strip_prefix("/bills?feed=").unwrap().to_owned();
        assert_eq!((made.status.as_u16(), secret.len()), (303, 64));
        let page = asha.get(made.location()).await;
        let link = format!("http://127.0.0.1:3000/calendar/{secret}.ics");
        assert!(page.text.contains(&link), "it is shown: {}", page.text);
        assert!(!asha.get("/bills").await.text.contains(&secret), "once");

        let mut phone = Browser::at(&running.url);
        let path = format!("/calendar/{secret}.ics");
        let feed = phone.get(&path).await;
        assert_eq!((feed.status.as_u16(), feed.header("content-type")), (200, "text/calendar; charset=utf-8"));
        assert_eq!(feed.header("cache-control"), "no-store");
        assert!(feed.text.starts_with("BEGIN:VCALENDAR\r\n"), "{}", feed.text);
        assert!(feed.text.contains("SUMMARY:Rent\\, flat\\; 2 · ₹15\\,000.00\r\n"), "{}", feed.text);
        assert_eq!(feed.text.matches("BEGIN:VEVENT").count(), 13);
        assert!(phone.cookies.is_empty());

        asha.post("/bills", &[("do", "reset_feed")]).await;
        for gone in [path.as_str(), "/calendar/guess.ics", "/calendar/guess", &path.replace(".ics", "")] {
            assert_eq!(phone.get(gone).await.status, 404, "{gone}");
        }
        let mut last = 404;
        for _ in 0..31 {
            last = phone.get("/calendar/guess.ics").await.status.as_u16();
        }
        assert_eq!(last, 429);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_leaves_in_the_morning_for_a_confirmed_address_only() {
    on_each(async |backend| {
        let provider = Provider::start(Mood::Takes).await;
        let env = [("EXPENSO_MAIL_WEBHOOK_URL", provider.url.as_str()), ("EXPENSO_MAIL_WEBHOOK_KEY", "key")];
        let running = Running::start(&backend, &env).await;
        for email in ["asha@example.com", "ben@example.com"] {
            add_rent(&mut Browser::signed_up(&running.url, email).await).await;
        }
        provider.wait_for(2).await;
        running.stop().await;
        confirm(&backend, "asha@example.com").await;

        // Eight in the morning in Kolkata, three days before.
        backend.clock.set("2027-01-28T02:30:00Z".parse().unwrap());
        let running = Running::start(&backend, &env).await;
        let (_, letter) = provider.wait_for(3).await.remove(2);
        assert_eq!(letter["personalizations"][0]["to"][0]["email"], "asha@example.com");
        assert_eq!(letter["subject"], "Rent, flat; 2 is due on 31 January");
        let text = letter["content"].as_array().and_then(|parts| parts[0]["value"].as_str()).unwrap_or_default();
        assert!(text.contains("₹15,000.00, due Sunday, 31 January 2027"), "{text}");
        assert_ne!(letter["content"], Value::Null);
        running.stop().await;
    })
    .await;
}

async fn confirm(backend: &Backend, email: &str) {
    let mut tx = backend.db.write().await.unwrap();
    let query = tx.query("update users set confirmed_at = created_at where email_key = $1");
    assert_eq!(query.bind(email.to_owned()).execute().await.unwrap(), 1);
    tx.commit().await.unwrap();
}
