//! Signing up where an address is confirmed first, as a browser meets it.

use std::collections::BTreeMap;

use backend::Backend;

use crate::browser::{Answer, Browser, PASSWORD};
use crate::engines::on_each;
use crate::letters::nothing_waits;
use crate::provider::eventually;
use crate::running::Running;

const ON: [(&str, &str); 1] = [("EXPENSO_CONFIRM_FIRST", "on")];

/// All of an answer but what differs between any two: their numbers and the time.
fn seen(answer: &Answer) -> (u16, BTreeMap<String, String>, String) {
    let text = |name: &str| answer.header(name).to_owned();
    let names = answer.headers.keys().map(|name| name.as_str().to_owned());
    let kept = names.map(|name| (name.clone(), text(&name)));
    let kept = kept.map(|(name, text)| {
        let differs = ["date", "x-request-id", "content-security-policy"].contains(&name.as_str());
        (name, if differs { String::new() } else { text })
    });
    (answer.status.as_u16(), kept.collect(), answer.text.clone())
}

/// The letters that were written, by their mailboxes.
async fn letters(running: &Running, backend: &Backend) -> Vec<String> {
    eventually(async || nothing_waits(backend).await).await;
    let files = std::fs::read_dir(running.folder.path().join("mail")).unwrap();
    files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

fn form(email: &str) -> [(&'static str, String); 9] {
    [
        ("form[name]", "Asha".to_owned()),
        ("form[email]", email.to_owned()),
        ("form[password]", PASSWORD.to_owned()),
        ("form[confirm]", PASSWORD.to_owned()),
        ("form[terms]", "on".to_owned()),
        ("form[country]", "IN".to_owned()),
        ("form[currency]", "INR".to_owned()),
        ("form[time_zone]", "Asia/Kolkata".to_owned()),
        ("form[locale]", "en-IN".to_owned()),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_up_answers_alike_whether_the_address_has_an_account_or_not() {
    on_each(async |backend| {
        let usual = Running::start(&backend, &[]).await;
        Browser::signed_up(&usual.url, "asha@example.com").await;
        usual.stop().await;
        let running = Running::start(&backend, &ON).await;
        let (mut plain, mut called) = (Vec::new(), Vec::new());
        for email in ["asha@example.com", "nora@example.com"] {
            let mut browser = Browser::at(&running.url);
            plain.push(seen(&browser.sign_up(email, PASSWORD).await));
            let form = form(email);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
            called.push(seen(&browser.call("sign_up", &form).await));
            assert!(browser.cookies.is_empty(), "nobody is signed in: {:?}", browser.cookies);
        }
        assert_eq!(plain[0], plain[1]);
        assert_eq!(called[0], called[1]);
        assert_eq!((plain[0].0, plain[0].1["location"].as_str()), (303, "/signup?sent=1"));
        assert_eq!((called[0].0, called[0].2.as_str()), (200, "\"/signup?sent=1\""));
        let page = Browser::at(&running.url).get("/signup?sent=1").await;
        assert!(page.text.contains("We have sent a letter to the address that you typed"), "{}", page.text);

        let letters = letters(&running, &backend).await;
        let to = |whom: &str, words: &str| {
            letters.iter().filter(|letter| letter.contains(whom) && letter.contains(words)).count()
        };
        assert_eq!(to("asha@example.com", "You have an Expenso account already"), 2);
        assert_eq!(to("nora@example.com", "Open your Expenso account"), 2);
        assert_eq!(to("asha@example.com", "/signup?token"), 0, "who has an account gets no link to another");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_of_the_letter_and_the_password_open_the_account_without_javascript() {
    on_each(async |backend| {
        let running = Running::start(&backend, &ON).await;
        let mut asha = Browser::at(&running.url);
        assert_eq!(asha.sign_up("asha@example.com", PASSWORD).await.location(), "/signup?sent=1");
        assert_eq!(asha.log_in("asha@example.com", PASSWORD).await.status, 422, "there is no account yet");
        let letter = letters(&running, &backend).await.remove(0);
        let parsed = mail_parser::MessageParser::default().parse(letter.as_bytes()).unwrap();
        let text = parsed.body_text(0).unwrap().into_owned();
        let (_, token) = text.split_once("/signup?token=").unwrap();
        let token = &token[..64];

        let path = format!("/signup?token={token}");
        let page = asha.get(&path).await;
        assert!(page.text.contains("Confirm and log in") && !page.text.contains("Confirm password"), "{}", page.text);
        let wrong = asha
            .post(&path, &[("do", "open_account"), ("form[token]", token), ("form[password]", "not the password")])
            .await;
        assert!(wrong.status == 422 && wrong.text.contains("not the password that you chose"), "{}", wrong.text);
        let form = [("do", "open_account"), ("form[token]", token), ("form[password]", PASSWORD)];
        let opened = asha.post(&path, &form).await;
        assert_eq!((opened.status.as_u16(), opened.location()), (303, "/dashboard"), "{}", opened.text);
        assert_eq!(asha.call("load_book", &[]).await.status, 200);
        let late = Browser::at(&running.url).post(&path, &form).await;
        assert!(late.status == 422 && late.text.contains("used before"), "{}", late.text);
        running.stop().await;
    })
    .await;
}
