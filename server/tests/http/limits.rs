//! Limits that all servers of an installation share.

use backend::Backend;
use chrono::TimeDelta;
use ledger::person::Scope;
use serde_json::json;

use crate::browser::{Browser, PASSWORD};
use crate::engines::{on_each, start};
use crate::rest_client::Program;
use crate::running::Running;

/// Two servers on one database.
async fn two(backend: &Backend, env: &[(&str, &str)]) -> (Running, Running) {
    (Running::start(backend, env).await, Running::start(backend, env).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_changes_too_much_is_told_to_wait_and_loses_nothing() {
    on_each(async |backend| {
        let few = [("EXPENSO_WRITES_PER_TEN_MINUTES", "40")];
        let (here, there) = two(&backend, &few).await;
        let mut asha = Browser::signed_up(&here.url, "asha@example.com").await;
        let program = Program::of(&mut asha, Scope::Write).await;
        let mut elsewhere = Browser::at(&there.url);
        elsewhere.log_in("asha@example.com", PASSWORD).await;
        // One for the token, and then records at both servers, until neither takes more.
        for at in 0..19 {
            asha.spend(&format!("here {at}"), "5").await;
            elsewhere.spend(&format!("there {at}"), "5").await;
        }
        let mut more = 0;
        let categories = [("form[name]", "Tea"), ("form[kind]", "expense")];
        while asha.call("save_category", &categories).await.status != 429 {
            more += 1;
            assert!(more < 20, "a twentieth of forty, and what was on its way");
        }
        let refused = asha.call("save_category", &categories).await;
        assert!((1..=600).contains(&refused.header("retry-after").parse::<u32>().unwrap()));
        assert!(refused.text.contains("TooMany"), "{}", refused.text);
        // Without JavaScript the page comes back with what was typed, and says how long to wait.
        let typed = [
            ("do", "save_record"),
            ("form[kind]", "expense"),
            ("form[amount]", "12.34"),
            ("form[payee]", "Corner shop"),
        ];
        let page = asha.post("/records/new", &typed).await;
        assert_eq!(page.status, 429);
        for words in ["a little too often. Try again in 10 minutes", "12.34", "Corner shop"] {
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
        let by_program = program.post("/categories", &json!({ "name": "Tea", "kind": "expense" })).await;
        assert!(by_program.problem(429)["detail"].as_str().unwrap().contains("Go on in"));
        // The other server hears of it too.
        let mut more = 0;
        while elsewhere.call("save_category", &categories).await.status != 429 {
            more += 1;
            assert!(more < 20, "a twentieth of forty, and what was on its way");
        }
        // Looking, another person, and leaving the session are as ever.
        assert_eq!(asha.get("/records").await.status, 200);
        assert_eq!(program.get("/me").await.status, 200);
        Browser::signed_up(&there.url, "ravi@example.com").await.spend("Tea", "5").await;
        assert!(elsewhere.call("log_out", &[]).await.status.is_success());
        backend.clock.advance(TimeDelta::minutes(10));
        asha.spend("Later", "5").await;
        backend.clock.set(start());
        here.stop().await;
        there.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_count_the_requests_of_a_program_together() {
    on_each(async |backend| {
        let few = [("EXPENSO_API_REQUESTS_PER_MINUTE", "60")];
        let (here, there) = two(&backend, &few).await;
        let mut asha = Browser::signed_up(&here.url, "asha@example.com").await;
        let program = Program::of(&mut asha, Scope::Read).await;
        let there_too = program.at(&there.url);
        let mut granted = 0;
        let refused = 'both: loop {
            for one in [&program, &there_too] {
                let answer = one.get("/me").await;
                let left: u32 = answer.header("ratelimit-remaining").parse().unwrap();
                assert!(left < 60 && answer.header("ratelimit-limit") == "60");
                if answer.status == 429 {
                    break 'both answer;
                }
                granted += 1;
            }
        };
        assert_eq!((refused.header("ratelimit-remaining"), refused.header("retry-after")), ("0", "60"));
        assert!((60..100).contains(&granted), "a twentieth beyond it each, and what is on its way: {granted}");
        here.stop().await;
        there.stop().await;
    })
    .await;
}
