//! All one's data as an archive, over HTTP.

use std::io::{Cursor, Read as _};

use ledger::person::Scope;
use reqwest::header::{ACCEPT, COOKIE};
use serde_json::Value;
use zip::ZipArchive;

use crate::browser::Browser;
use crate::engines::on_each;
use crate::rest_client::Program;
use crate::running::Running;

/// The files of the archive, by name.
async fn archive(person: &Browser) -> Vec<(String, String)> {
    let cookies: Vec<String> = person.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = person.client().get(format!("{}/export", person.url)).header(COOKIE, cookies.join("; "));
    let answer = request.header(ACCEPT, "text/html").send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"application/zip".parse().unwrap())
    );
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let mut archive = ZipArchive::new(Cursor::new(answer.bytes().await.unwrap())).unwrap();
    let mut files = Vec::new();
    for place in 0..archive.len() {
        let mut file = archive.by_index(place).unwrap();
        let (name, mut text) = (file.name().unwrap().into_owned(), String::new());
        file.read_to_string(&mut text).unwrap();
        files.push((name, text));
    }
    files
}

fn file<'f>(files: &'f [(String, String)], name: &str) -> &'f str {
    &files.iter().find(|(known, _)| known == name).unwrap().1
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_takes_everything_along_and_no_formula_with_it() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        asha.spend("=SUM(A1)", "12.50").await;
        asha.spend("Corner, shop", "7").await;
        ravi.spend("Not yours", "1").await;
        let token = Program::of(&mut asha, Scope::Read).await.token;
        let files = archive(&asha).await;
        let json: Value = serde_json::from_str(file(&files, "expenso.json")).unwrap();
        assert_eq!(
            (&json["format"], &json["version"], &json["person"]["email"]),
            (&"expenso".into(), &1.into(), &"asha@example.com".into())
        );
        assert_eq!(json["records"].as_array().unwrap().len(), 2);
        for noun in ["accounts", "categories", "budgets", "bills", "settlements", "envelopes", "rates", "alerts"] {
            assert!(json[noun].is_array(), "{noun}");
        }
        let program = &json["person"]["access_tokens"][0];
        assert_eq!((&program["name"], &program["scope"]), (&"A program".into(), &"read".into()));
        let mut tx = backend.db.read().await.unwrap();
        let (hash,) = tx.query("select secret_hash from access_tokens").one::<(String,)>().await.unwrap();
        drop(tx);
        let sheet = file(&files, "records.csv");
        assert!(sheet.starts_with("Date,Kind,Amount,Currency,"), "{sheet}");
        assert!(sheet.contains("2027-01-10,Expense,-12.50,INR,,") && sheet.contains(",'=SUM(A1),"), "{sheet}");
        assert!(sheet.contains("\"Corner, shop\""), "{sheet}");
        assert_eq!(sheet.lines().count(), 3);
        assert!(file(&files, "accounts.csv").contains("\r\nCash,Cash,INR,"));
        for (name, text) in &files {
            assert!(!text.contains("Not yours") && !text.contains("argon2"), "{name}");
            assert!(!text.contains(&token) && !text.contains(&hash) && !text.contains("hash"), "{name}");
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_is_led_to_log_in() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let answer = Browser::at(&running.url).get("/export").await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/login?next=%2Fsettings"));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_deleted_by_its_owner_and_kept_again_without_javascript() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let refused = asha.post("/settings/leave", &[("do", "leave"), ("form[password]", "something else")]).await;
        assert!(refused.status == 422 && refused.text.contains("This is not your password"), "{}", refused.text);
        let form = [("do", "leave"), ("form[password]", crate::browser::PASSWORD)];
        let asked = asha.post("/settings/leave", &form).await;
        assert_eq!((asked.status.as_u16(), asked.location()), (303, "/settings"));
        assert!(asha.get("/records").await.text.contains("Your account will be deleted on"));
        let kept = asha.post("/records", &[("do", "stay")]).await;
        assert_eq!((kept.status.as_u16(), kept.location()), (303, "/settings"));
        assert!(!asha.get("/records").await.text.contains("Your account will be deleted on"));
        running.stop().await;
    })
    .await;
}
