//! What comes in is decoded once: what was encoded twice is the text that it then says, and no path, letter or sign.

use ledger::person::Scope;

use crate::browser::Browser;
use crate::engines::on_each;
use crate::rest_client::Program;
use crate::running::Running;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_encoded_twice_is_decoded_once() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for path in [
            "/%2572ecords",
            "/records%252fnew",
            "/%252eenv",
            "/%252e%252e/.env",
            "/pkg/%252e%252e/%252e%252e/secret.key",
            "/pkg%252fexpenso.0123456789abcdef.js",
            "/api%252fload_book",
        ] {
            let answer = asha.get(path).await;
            assert_eq!(answer.status, 404, "{path}");
            assert!(!answer.text.contains("told to nobody") && !answer.text.contains("export default"), "{path}");
        }
        // A form: the browser encodes the sign of percent once more.
        asha.spend("A%41 %3Cb%3E", "5").await;
        let book = asha.call("load_book", &[]).await.text;
        assert!(book.contains("A%41 %3Cb%3E") && !book.contains("AA"), "{book}");
        // A query of a program.
        let program = Program::of(&mut asha, Scope::Read).await;
        for (query, found) in [
            ("payee=A%2541%20%253Cb%253E", 1),
            ("payee=A%252541%20%25253Cb%25253E", 0),
            ("payee=AA%20%3Cb%3E", 0),
            ("q=A%2541", 1),
            ("q=AA", 0),
        ] {
            let records = program.read(&format!("/records?{query}")).await;
            assert_eq!(records["records"].as_array().unwrap().len(), found, "{query}: {records}");
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_query_of_a_page_is_decoded_once() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        asha.spend("A%41 + 7&Co", "5").await;
        asha.spend("Aardvark", "6").await;
        for (query, typed, found) in [
            ("q=A%2541", "A%41", Some("A%41 + 7&amp;Co")),
            ("q=A%252541", "A%2541", None),
            ("q=%2541ardvark", "%41ardvark", None),
            ("q=%41ardvark", "Aardvark", Some("Aardvark")),
            ("payee=A%2541+%2B%207%26Co", "", Some("A%41 + 7&amp;Co")),
        ] {
            let page = asha.get(&format!("/records?{query}")).await.text;
            let value = format!("value=\"{typed}\" autocomplete=\"off\" aria-autocomplete");
            assert!(typed.is_empty() || page.contains(&value), "{query}: {page}");
            let count = format!("data-count=\"{}\"", u8::from(found.is_some()));
            assert!(page.contains(&count) && found.is_none_or(|payee| page.contains(payee)), "{query}: {page}");
        }
        // The way back after a log-in is a whole address in a value: what is encoded in it stays so.
        let list = "/records?q=A%2541%20%26%20%2B";
        let away = Browser::at(&running.url).get(list).await;
        let way = away.location().to_owned();
        assert_eq!(way, "/login?next=/records%3Fq%3DA%252541%2520%2526%2520%252B");
        let page = Browser::at(&running.url).get(&way).await.text;
        assert!(page.contains(&format!("value=\"{list}\"")), "{page}");
        running.stop().await;
    })
    .await;
}
