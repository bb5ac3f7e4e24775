//! The REST API as programs use it.

use chrono::TimeDelta;
use ledger::person::Scope;
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engines::on_each;
use crate::rest_client::Program;
use crate::running::Running;

async fn program(running: &Running) -> Program {
    let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
    Program::of(&mut asha, Scope::Write).await
}

fn id(thing: &Value) -> &str {
    thing["id"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_made_read_changed_deleted_and_restored() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await;
        let me = program.read("/me").await;
        assert_eq!((&me["today"], &me["book"]["currency"], &me["token"]["scope"]), (&json!("2027-01-15"), &json!("INR"), &json!("write")));

        let sent = json!({"amount": "12.50", "payee": "Tea stall", "category": " groceries ", "tags": ["Goa"], "user_id": 7, "home": null});
        let made = program.make("/records", &sent).await;
        assert_eq!((&made["kind"], &made["date"], &made["minor"]), (&json!("expense"), &json!("2027-01-15"), &json!(1250)));
        assert_eq!(made["home"], json!({"amount": "12.50", "minor": 1250, "currency": "INR"}));
        let path = format!("/records/{}", id(&made));
        assert_eq!(program.read(&path).await, made);

        // What was read can be sent back, with another amount.
        let mut changed = made.clone();
        changed["amount"] = json!("1234.5");
        changed["minor"] = json!(123_450);
        let answer = program.put(&path, &changed).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let now = answer.json();
        assert_eq!((&now["amount"], &now["payee"], &now["tags"]), (&json!("1234.50"), &json!("Tea stall"), &json!(["Goa"])));
        program.put(&path, &changed).await.problem(409);
        let stale = program.with_json(Method::PUT, &path, &changed).header("if-match", format!("\"{}\"", made["revision"]));
        program.send(stale).await.problem(412);
        let any = program.with_json(Method::PUT, &path, &json!({"minor": 500})).header("if-match", "*");
        assert_eq!(program.send(any).await.json()["amount"], "5.00");
        assert_eq!(program.put(&path, &json!({"minor": 5})).await.field(422), "revision");

        let sums = program.read("/records/sums?from=2027-01-01").await;
        assert_eq!((&sums["count"], &sums["expenses"][0]["minor"]), (&json!(1), &json!(500)));
        assert_eq!(program.delete(&path).await.status, 204);
        program.get(&path).await.problem(404);
        program.delete(&path).await.problem(404);
        assert_eq!(program.post(&format!("{path}/restore"), &json!({})).await.json()["minor"], 500);
        assert_eq!(program.read("/dashboard").await["expenses"]["minor"], 500);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_are_exact_or_refused_in_words() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await;
        for (amount, minor) in [("0.30", 30_i64), ("1,00,000.00", 10_000_000), ("9999999999999.99", 999_999_999_999_999), ("12.5", 1250)] {
            assert_eq!(program.make("/records", &json!({"amount": amount})).await["minor"], minor, "{amount}");
        }
        for amount in ["NaN", "Infinity", "-0", "0", "1e309", "0x10", "１２３", "١٢", "1.234,56", "12..3", "--5", "5-", "(5.00)", "−5", "0.001", ""] {
            assert_eq!(program.post("/records", &json!({"amount": amount})).await.field(422), "amount", "{amount}");
        }
        assert_eq!(program.post("/records", &json!({"minor": -5})).await.field(400), "minor");
        assert_eq!(program.post("/records", &json!({"amount": "5", "minor": 5})).await.field(422), "amount");
        let number = program.post("/records", &json!({"amount": 0.1})).await;
        assert_eq!(number.field(400), "amount");
        assert!(number.text.contains("such as \\\"12.50\\\""), "{}", number.text);
        program.post("/records", &json!({"minor": 9_007_199_254_740_993_i64})).await.problem(400);
        program.post("/records", &json!({"minor": 1.5})).await.problem(400);
        let nil = json!({"id": uuid::Uuid::nil(), "amount": "5"});
        assert_eq!(program.post("/records", &nil).await.field(422), "id");
        let parts = json!({"amount": "10", "parts": [{"amount": "6", "category": "Groceries"}, {"minor": 300, "category": "Nothing"}]});
        assert_eq!(program.post("/records", &parts).await.field(422), "parts[1].category");
        let parts = json!({"amount": "10", "parts": [{"amount": "6", "category": "Groceries"}, {"minor": 400}]});
        assert_eq!(program.make("/records", &parts).await["parts"][1]["amount"], "4.00");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_read_page_by_page_while_others_add_to_it() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await;
        for day in 1..=5 {
            program.make("/records", &json!({"amount": "1", "date": format!("2027-01-0{day}")})).await;
        }
        let (mut seen, mut next) = (Vec::new(), String::new());
        loop {
            let page = program.read(&format!("/records?limit=2{next}")).await;
            seen.extend(
                page["records"].as_array().unwrap().iter().map(|record| record["date"].as_str().unwrap().to_owned()),
            );
            let Some(cursor) = page["next"].as_str() else { break };
            next = format!("&after={cursor}");
            program.make("/records", &json!({"amount": "2", "date": "2027-01-09"})).await;
        }
        assert_eq!(seen, ["2027-01-05", "2027-01-04", "2027-01-03", "2027-01-02", "2027-01-01"]);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn categories_and_accounts_are_made_and_changed() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await;
        let books = program.make("/categories", &json!({"name": "Books"})).await;
        assert_eq!(program.post("/categories", &json!({"name": "books "})).await.field(422), "name");
        let novels =
            program.make("/categories", &json!({"name": "Novels", "parent_id": id(&books), "colour": 3})).await;
        let path = format!("/categories/{}", id(&novels));
        let put = json!({"revision": novels["revision"], "name": "Stories"});
        let changed = program.put(&path, &put).await.json();
        assert_eq!(
            (&changed["name"], &changed["parent_id"], &changed["colour"]),
            (&json!("Stories"), &novels["parent_id"], &json!(3))
        );
        let put = json!({"revision": changed["revision"], "parent_id": null, "archived": true});
        let changed = program.put(&path, &put).await.json();
        assert_eq!((&changed["parent_id"], &changed["archived"]), (&Value::Null, &json!(true)));
        assert_eq!(
            program.put(&path, &json!({"revision": changed["revision"], "kind": "income"})).await.field(422),
            "kind"
        );
        let listed = program.read("/categories").await;
        assert!(listed["categories"].as_array().unwrap().contains(&changed));

        let purse =
            program.make("/accounts", &json!({"name": "Purse", "currency": "EUR", "opening": {"minor": -250}})).await;
        assert_eq!((&purse["balance"]["amount"], &purse["worth"]), (&json!("-2.50"), &Value::Null));
        let path = format!("/accounts/{}", id(&purse));
        let changed = program.put(&path, &json!({"revision": purse["revision"], "name": "Big purse"})).await.json();
        assert_eq!((&changed["opening"]["minor"], &changed["kind"]), (&json!(-250), &json!("cash")));
        assert_eq!(
            program.put(&path, &json!({"revision": changed["revision"], "currency": "USD"})).await.field(422),
            "currency"
        );
        program.put(&path, &json!({"revision": purse["revision"]})).await.problem(409);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_is_paid_once_skipped_and_opened_again() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await;
        let sent = json!({"name": "Rent", "amount": "12000", "due": "2027-01-31", "repeats": "monthly", "ends_after": 12, "category": "Rent"});
        let bill = program.make("/bills", &sent).await;
        assert_eq!((&bill["status"], &bill["due_on"], &bill["ends_after"]), (&json!("upcoming"), &json!("2027-01-31"), &json!(12)));
        let path = format!("/bills/{}", id(&bill));
        let paid = program.post(&format!("{path}/pay"), &json!({"due": "2027-01-31", "amount": "12100"})).await.json();
        assert_eq!((&paid["bill"]["due"], &paid["record"]["amount"]), (&json!("2027-02-28"), &json!("12100.00")));
        program.post(&format!("{path}/pay"), &json!({"due": "2027-01-31"})).await.problem(409);
        program.post(&format!("{path}/skip"), &json!({"due": "2027-03-31"})).await.problem(422);
        let skipped = program.post(&format!("{path}/skip"), &json!({"due": "2027-02-28"})).await.json();
        assert_eq!((&skipped["due"], &skipped["ends_after"]), (&json!("2027-03-31"), &json!(10)));
        let opened = program.post(&format!("{path}/reopen"), &json!({"due": "2027-01-31"})).await.json();
        assert_eq!(opened["due"], "2027-01-31");
        program.get(&format!("/records/{}", id(&paid["record"]))).await.problem(404);

        let mut changed = opened.clone();
        changed["amount"] = json!("13000");
        changed["minor"] = Value::Null;
        let changed = program.put(&path, &changed).await.json();
        assert_eq!((&changed["minor"], &changed["ends_after"]), (&json!(1_300_000), &opened["ends_after"]));
        assert_eq!(program.post("/bills", &json!({"name": "x", "amount": "1", "due": "2027-02-30"})).await.field(422), "due");
        let both = json!({"name": "x", "amount": "1", "due": "2027-02-01", "ends_on": "2027-03-01", "ends_after": 2});
        assert_eq!(program.post("/bills", &both).await.field(422), "ends_on");
        assert_eq!(program.delete(&path).await.status, 204);
        assert_eq!(program.read("/bills").await["bills"], json!([]));
        assert_eq!(program.post(&format!("{path}/restore"), &json!({})).await.status, 200);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_budget_tells_how_it_stands() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await;
        let sent = json!({"name": "All", "amount": "100", "thresholds": [50], "roll_over": {"overspending": true, "most": {"amount": "20"}}});
        let budget = program.make("/budgets", &sent).await;
        program.make("/records", &json!({"amount": "60"})).await;
        let path = format!("/budgets/{}", id(&budget));
        let stands = program.read(&path).await;
        assert_eq!((&stands["progress"]["percent"], &stands["progress"]["standing"]), (&json!(60), &json!("near")));
        assert_eq!((&stands["progress"]["from"], &stands["progress"]["to"]), (&json!("2027-01-01"), &json!("2027-01-31")));
        // What was read can be sent back.
        let same = program.put(&path, &stands).await.json();
        assert_eq!((&same["roll_over"], &same["thresholds"]), (&stands["roll_over"], &json!([50])));
        for (period, field) in [("fortnight-ish", "period"), ("pay:32", "period"), ("2027-01-10/2027-01-01", "period")] {
            assert_eq!(program.post("/budgets", &json!({"name": "x", "amount": "1", "period": period})).await.field(422), field);
        }
        let trip = json!({"name": "Trip", "amount": "500", "period": "2027-01-10/2027-01-20"});
        assert_eq!(program.make("/budgets", &trip).await["progress"]["days_left"], 6);
        let foreign = json!({"name": "x", "amount": "1", "category_ids": [uuid::Uuid::now_v7()]});
        assert_eq!(program.post("/budgets", &foreign).await.field(422), "category_ids");
        assert_eq!(program.delete(&path).await.status, 204);
        assert_eq!(program.read("/budgets").await["budgets"].as_array().unwrap().len(), 1);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_tell_what_was_written_since() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await;
        let known = program.read("/changes?since=0").await["revision"].as_i64().unwrap();
        let record = program.make("/records", &json!({"amount": "5"})).await;
        let told = program.read(&format!("/changes?since={known}")).await;
        assert_eq!((&told["records"], &told["reload"]), (&json!([record]), &json!(false)));
        assert_eq!(told["accounts"][0]["balance"]["minor"], -500);
        program.delete(&format!("/records/{}", id(&record))).await;
        let told = program.read(&format!("/changes?since={known}")).await;
        assert_eq!(told["deleted"], json!([{"what": "record", "id": id(&record), "due": null}]));
        for since in ["-1", "9007199254740992"] {
            program.get(&format!("/changes?since={since}")).await.problem(422);
        }
        program.get("/changes").await.problem(400);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_posts_with_one_key_make_one_row_and_so_does_one_after_a_restart() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await;
        let post = |program: &Program, amount: &str| {
            let request = program.with_json(Method::POST, "/records", &json!({"amount": amount}));
            let program = program.clone();
            async move { program.send(request.header("idempotency-key", "tea-1")).await }
        };
        let posts: Vec<_> = (0..50).map(|_| tokio::spawn(post(&program, "5"))).collect();
        let mut texts = std::collections::BTreeSet::new();
        for one in posts {
            let answer = one.await.unwrap();
            assert_eq!(answer.status, 201, "{}", answer.text);
            texts.insert(answer.text);
        }
        assert_eq!(texts.len(), 1, "{texts:?}");
        post(&program, "6").await.problem(422);
        running.stop().await;

        let again = Running::start(&backend, &[]).await;
        let later = program.at(&again.url);
        let answer = post(&later, "5").await;
        assert_eq!((answer.status.as_u16(), answer.header("idempotency-replayed")), (201, "true"));
        assert_eq!(Some(&answer.text), texts.first());
        assert!(answer.header("location").ends_with(id(&answer.json())) && !answer.header("etag").is_empty());
        assert_eq!(later.read("/records").await["records"].as_array().unwrap().len(), 1);
        // A key that was refused is free; a key of nonsense is none.
        let keyed = |body: Value, key: &'static str| {
            later.send(later.with_json(Method::POST, "/records", &body).header("idempotency-key", key))
        };
        keyed(json!({"amount": "x"}), "tea-2").await.problem(422);
        assert_eq!(keyed(json!({"amount": "7"}), "tea-2").await.status, 201);
        keyed(json!({"amount": "7"}), "a b").await.problem(400);
        again.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_can_be_used_so_often_in_a_minute() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await;
        let first = program.get("/me").await;
        assert_eq!((first.header("ratelimit-limit"), first.header("ratelimit-remaining")), ("300", "299"));
        for _ in 1..300 {
            assert_eq!(program.get("/nothing").await.status, 404);
        }
        let refused = program.get("/me").await;
        refused.problem(429);
        assert_eq!((refused.header("retry-after"), refused.header("ratelimit-remaining")), ("60", "0"));
        backend.clock.advance(TimeDelta::seconds(60));
        assert_eq!(program.get("/me").await.status, 200);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_other_sites_may_use_it_where_the_operator_says_so() {
    on_each(async |backend| {
        let open = [("EXPENSO_API_ALLOWED_ORIGINS", "https://tools.example.org, http://localhost:5173")];
        let running = Running::start(&backend, &open).await;
        let program = program(&running).await;
        let from =
            async |origin: &str| program.send(program.request(Method::GET, "/me").header("origin", origin)).await;
        let allowed = from("http://localhost:5173").await;
        assert_eq!(allowed.header("access-control-allow-origin"), "http://localhost:5173");
        assert!(allowed.headers.get("access-control-allow-credentials").is_none());
        for other in ["https://evil.example", "null", "https://tools.example.org.evil.example"] {
            let answer = from(other).await;
            assert!(answer.headers.get("access-control-allow-origin").is_none(), "{other}");
        }
        let asks = |origin: &str| {
            let asks = program.with_token("").request(Method::OPTIONS, "/records").header("origin", origin);
            program.send(asks.header("access-control-request-method", "POST"))
        };
        let first = asks("https://tools.example.org").await;
        assert_eq!(first.status, 204);
        assert!(first.header("access-control-allow-headers").contains("Authorization"));
        assert_eq!(asks("https://evil.example").await.status, 401);
        // By token a change may come from anywhere: no browser sends it by itself.
        let post = program
            .with_json(Method::POST, "/records", &json!({"amount": "5"}))
            .header("origin", "https://tools.example.org");
        assert_eq!(program.send(post).await.status, 201);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_about_it_says_what_the_document_says_and_runs_nothing() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let program = program(&running).await.with_token("");
        let page = program.get("/docs").await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(page.header("content-security-policy").starts_with("default-src 'none'; style-src 'self'"));
        assert!(!page.text.contains("<script") && !page.text.contains("style=\"") && !page.text.contains("onclick"));
        assert!(page.text.contains("/pkg/expenso.0123456789abcdef.css"));
        let document = program.read("/openapi.json").await;
        for path in document["paths"].as_object().unwrap().keys() {
            assert!(page.text.contains(&format!("<code>{path}</code>")), "{path}");
        }
        for shape in document["components"]["schemas"].as_object().unwrap().keys() {
            assert!(page.text.contains(&format!("id=\"shape-{shape}\"")), "{shape}");
        }
        running.stop().await;
    })
    .await;
}
