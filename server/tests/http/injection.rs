//! Statements that are typed or sent where a value is asked for: each is a value and nothing else, on either engine.

use ledger::person::Scope;
use reqwest::Url;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engines::on_each;
use crate::rest_client::Program;
use crate::running::Running;

const ATTACKS: [&str; 16] = [
    "'",
    "' or '1'='1",
    "' or 1=1 --",
    "'; drop table records; --",
    "\"; drop table records; --",
    "x') or ('1'='1",
    "' union select password_hash from users --",
    "1; select pg_sleep(10)",
    "' || (select password_hash from users limit 1) || '",
    "'; update users set staff = 'admin'; --",
    "%",
    "_",
    "\\",
    "\\' or 1=1 --",
    "$1",
    "/* */ or true",
];
/// The only record that there is.
const PAYEE: &str = "Corner shop";

/// Sends it in the place of every value there is: nothing breaks, and nothing is told.
async fn try_everywhere(person: &mut Browser, program: &Program, attack: &str) {
    let note = |what: &str, status: u16, text: &str| {
        assert!(status < 500 && !text.contains("argon2id"), "{what} {attack}: {status} {text}");
    };
    let everything =
        json!({ "search": "", "from": null, "to": null, "kind": null, "category": null, "account": null, "tag": null });
    for field in ["search", "tag", "payee"] {
        let mut filter = everything.clone();
        filter[field] = json!(attack);
        let answer = ask(person, "list_records", &json!({ "filter": filter, "after": null })).await;
        note(field, answer.0, &answer.1);
        let answer = ask(person, "sum_records", &json!({ "filter": filter })).await;
        note("sum", answer.0, "");
    }
    for (field, wrong) in [("from", json!(attack)), ("account", json!(attack)), ("kind", json!(attack))] {
        let mut filter = everything.clone();
        filter[field] = wrong;
        let answer = ask(person, "list_records", &json!({ "filter": filter, "after": null })).await;
        note(field, answer.0, &answer.1);
    }
    let answer = ask(person, "list_records", &json!({ "filter": everything, "after": attack })).await;
    note("after", answer.0, &answer.1);
    for (call, argument) in
        [("suggest_payees", "typed"), ("suggest_search", "typed"), ("suggest_tags", "typed"), ("usual_for_tag", "tag")]
    {
        let (status, text) = ask(person, call, &json!({ argument: attack })).await;
        note(call, status, &text);
    }
    for (name, form) in [("delete_record", "form[id]"), ("log_in", "form[email]"), ("find_invitation", "token")] {
        let answer = person.call(name, &[(form, attack), ("form[password]", attack)]).await;
        note(name, answer.status.as_u16(), &answer.text);
    }
    for name in ["q", "payee", "tag", "after", "from", "to", "kind", "account_id", "category_id", "limit"] {
        let mut path = Url::parse("http://x/records").unwrap();
        path.query_pairs_mut().append_pair(name, attack);
        let answer = program.get(&format!("/records?{}", path.query().unwrap())).await;
        note(name, answer.status.as_u16(), &answer.text);
    }
    for path in ["/records", "/categories", "/bills", "/changes"] {
        let mut url = Url::parse("http://x").unwrap();
        url.path_segments_mut().unwrap().push(attack);
        url.query_pairs_mut().append_pair("since", attack);
        let answer = program.get(&format!("{path}{}?{}", url.path(), url.query().unwrap())).await;
        note(path, answer.status.as_u16(), &answer.text);
    }
}

async fn ask(person: &mut Browser, call: &str, body: &Value) -> (u16, String) {
    let request = person.client().post(format!("{}/api/{call}", person.url)).header("origin", &person.url);
    let answer = person.send(request.header("content-type", "application/json").body(body.to_string())).await;
    (answer.status.as_u16(), answer.text)
}

#[tokio::test(flavor = "multi_thread")]
async fn statements_in_any_value_are_values_on_either_engine() {
    on_each(async |backend| {
        let many = [("EXPENSO_API_REQUESTS_PER_MINUTE", "100000"), ("EXPENSO_TRUSTED_PROXIES", "127.0.0.1")];
        let running = Running::start(&backend, &many).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let program = Program::of(&mut asha, Scope::Read).await;
        asha.spend(PAYEE, "5").await;
        for attack in ATTACKS {
            // Limits of networks are not what is tried here.
            backend.clock.advance(chrono::TimeDelta::minutes(2));
            try_everywhere(&mut asha, &program, attack).await;
        }
        // Each of them is also kept and read back as it was typed.
        for attack in ATTACKS {
            asha.spend(attack, "7").await;
            let (_, text) = ask(&mut asha, "suggest_payees", &json!({ "typed": attack })).await;
            let payees: Value = serde_json::from_str(&text).unwrap();
            let first = payees.to_string();
            assert!(first.contains(&serde_json::to_string(attack).unwrap()), "{attack}: {first}");
        }
        let mut tx = backend.db.read().await.unwrap();
        let records = tx.query("select count(*) from records").one::<(i64,)>().await.unwrap().0;
        let staff = tx.query("select count(*) from users where staff is not null").one::<(i64,)>().await.unwrap().0;
        assert_eq!((records, staff), (1 + 16, 1), "the first account is an administrator, as ever");
        drop(tx);
        running.stop().await;
    })
    .await;
}
