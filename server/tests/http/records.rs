//! Records as a browser sends them: without JavaScript, and from a tab that catches up.

use serde_json::Value;

use crate::browser::{Answer, Browser};
use crate::engines::on_each;
use crate::running::Running;

fn json(answer: &Answer) -> Value {
    assert_eq!(answer.status, 200, "{}", answer.text);
    serde_json::from_str(&answer.text).unwrap()
}

/// The first account of the book, and the book's revision.
async fn book(browser: &mut Browser) -> (String, i64) {
    let rows = json(&browser.call("load_book", &[]).await)["rows"].take();
    (rows["accounts"][0]["id"].as_str().unwrap().to_owned(), rows["revision"].as_i64().unwrap())
}

async fn changes_since(browser: &mut Browser, revision: i64) -> Value {
    let call = browser.client().post(format!("{}/api/changes_since", browser.url)).header("origin", &browser.url);
    let call = call.header("accept", "application/json").header("content-type", "application/json");
    json(&browser.send(call.body(format!(r#"{{"revision":{revision}}}"#))).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_javascript_leads_back_to_its_list_and_to_no_other_site() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let (account, _) = book(&mut asha).await;
        let list = "/records?q=corner%20shop&after=2027-01-14_00000000-0000-0000-0000-000000000000";
        for (n, (next, to)) in [(list, list), ("//evil.example", "/records"), ("", "/records")].into_iter().enumerate()
        {
            let id = uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n as u128).to_string();
            let deleted = format!("{to}{}deleted={id}", if to.contains('?') { '&' } else { '?' });
            let form = [
                ("do", "save_record"),
                ("next", next),
                ("form[id]", &id),
                ("form[kind]", "expense"),
                ("form[amount]", "5"),
                ("form[account]", &account),
                ("form[date]", "2027-01-14"),
            ];
            let saved = asha.post("/records/new", &form).await;
            assert_eq!((saved.status.as_u16(), saved.location()), (303, to), "{}", saved.text);
            let gone = asha.post("/records", &[("do", "delete_record"), ("next", next), ("form[id]", &id)]).await;
            assert_eq!((gone.status.as_u16(), gone.location()), (303, deleted.as_str()), "{}", gone.text);
            let back = asha.post("/records", &[("do", "restore_record"), ("next", next), ("form[id]", &id)]).await;
            assert_eq!((back.status.as_u16(), back.location()), (303, to), "{}", back.text);
        }
        // A call that names no list is understood too.
        let id = uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000).to_string();
        assert_eq!(asha.call("delete_record", &[("form[id]", &id)]).await.status, 200);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_is_told_what_another_one_wrote() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let (account, known) = book(&mut asha).await;
        let fields = [
            ("form[id]", "01900000-0000-7000-8000-000000000000"),
            ("form[kind]", "expense"),
            ("form[amount]", "5"),
            ("form[account]", &account),
            ("form[date]", "2027-01-14"),
        ];
        json(&asha.call("save_record", &fields).await);
        let told = changes_since(&mut asha, known).await;
        assert_eq!((told["revision"].as_i64(), &told["records"][0]["amount"]["minor"]), (Some(known + 1), &500.into()));
        let nothing = changes_since(&mut asha, known + 1).await;
        assert_eq!((nothing["revision"].as_i64(), &nothing["records"]), (Some(known + 1), &Value::Array(vec![])));
        let mut ben = Browser::signed_up(&running.url, "ben@example.com").await;
        assert_eq!(changes_since(&mut ben, 0).await["records"], Value::Array(vec![]));
        running.stop().await;
    })
    .await;
}
