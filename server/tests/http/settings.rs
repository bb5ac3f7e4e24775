//! What a person sets, without JavaScript.

use crate::browser::{Answer, Browser, PASSWORD};
use crate::engines::on_each;
use crate::running::Running;

/// The sign-up page as a browser of these languages gets it.
async fn sign_up_page(url: &str, languages: &str) -> String {
    let mut browser = Browser::at(url);
    let request = browser.client().get(format!("{url}/signup")).header("accept-language", languages);
    browser.send(request).await.text
}

fn went_to(answer: &Answer, path: &str) {
    assert_eq!((answer.status.as_u16(), answer.location()), (303, path), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sign_up_page_guesses_the_region_and_says_so() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        for (languages, words, chosen) in [
            ("en-IN,en;q=0.9", "India · INR · Asia/Kolkata", ["IN", "INR", "Asia/Kolkata", "en-IN"]),
            ("de-AT,de;q=0.8", "Austria · EUR · Europe/Vienna", ["AT", "EUR", "Europe/Vienna", "de-AT"]),
        ] {
            let page = sign_up_page(&running.url, languages).await;
            assert!(page.contains(words), "{page}");
            for value in chosen {
                assert!(page.contains(&format!("<option value=\"{value}\" selected")), "{value}: {page}");
            }
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_book_is_kept_as_its_owner_says_until_something_is_in_it() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let form = |currency| {
            [
                ("do", "save_book"),
                ("form[currency]", currency),
                ("form[week_start]", "sunday"),
                ("form[income]", "85,000"),
            ]
        };
        went_to(&asha.post("/settings", &form("EUR")).await, "/settings?saved=1");
        let page = asha.get("/settings").await.text;
        assert!(page.contains("<option value=\"EUR\" selected") && page.contains("value=\"85,000.00\""), "{page}");
        let dashboard = asha.get("/dashboard").await.text;
        assert!(dashboard.contains("of €85,000.00 planned"), "{dashboard}");

        let budget = [("form[name]", "Everything"), ("form[amount]", "100"), ("form[period]", "month")];
        let saved = asha.call("save_budget", &budget).await;
        assert!(saved.status.is_success(), "{}", saved.text);
        let refused = asha.post("/settings", &form("INR")).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("The currency stays once there are records"), "{}", refused.text);
        let nothing = [&form("EUR")[..3], &[("form[income]", "0")]].concat();
        went_to(&asha.post("/settings", &nothing).await, "/settings?saved=1");
        assert!(!asha.get("/dashboard").await.text.contains("00 planned"));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn alerts_by_mail_are_switched_off_by_a_box_that_is_not_sent() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for (form, by_mail) in
            [(&[("do", "save_alerts")][..], "false"), (&[("do", "save_alerts"), ("form[by_mail]", "on")], "true")]
        {
            went_to(&asha.post("/settings", form).await, "/settings?saved=1");
            let mut tx = backend.db.read().await.unwrap();
            let (stored,) = tx.query("select alerts_by_mail from users").one::<(bool,)>().await.unwrap();
            assert_eq!(stored.to_string(), by_mail);
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_device_begins_with_the_look_of_the_person() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let form = [("do", "save_theme"), ("next", "/settings?saved=1"), ("form[theme]", "dark")];
        went_to(&asha.post("/settings", &form).await, "/settings?saved=1");
        let mut phone = Browser::at(&running.url);
        assert!(!phone.get("/login").await.text.contains("data-theme=\"dark\""));
        phone.log_in("asha@example.com", PASSWORD).await;
        assert!(phone.get("/dashboard").await.text.contains("data-theme=\"dark\""));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn send_again_says_what_came_of_it() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let form = [("do", "resend_confirmation")];
        went_to(&asha.post("/dashboard", &form).await, "/confirm?sent=1");
        assert!(asha.get("/confirm?sent=1").await.text.contains("A new letter is on its way"));
        for path in ["/dashboard", "/confirm"] {
            let refused = asha.post(path, &form).await;
            assert_eq!(refused.status, 429);
            assert!(refused.text.contains("That was a little too often"), "{path}: {}", refused.text);
        }
        running.stop().await;
    })
    .await;
}
