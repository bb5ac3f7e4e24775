//! Every operation of the REST API there is, by its own document, used as it should not be.

use ledger::person::{Role, Scope};
use reqwest::Method;
use serde_json::{Value, json};

use crate::browser::{Browser, PASSWORD};
use crate::engines::on_each;
use crate::rest_client::Program;
use crate::roles::{join, set_role};
use crate::running::Running;

/// An operation: how, where, and what it says of its answers.
struct Operation {
    method: Method,
    path: String,
    answers: Vec<String>,
    sends: bool,
}

async fn operations(program: &Program) -> Vec<Operation> {
    let document = program.with_token("").read("/openapi.json").await;
    assert_eq!(document["openapi"], "3.1.0");
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let answers = operation["responses"].as_object().unwrap().keys().cloned().collect();
            found.push(Operation {
                method: method.to_uppercase().parse().unwrap(),
                path: path.strip_prefix("/api/v1").unwrap().to_owned(),
                answers,
                sends: operation["requestBody"].is_object(),
            });
        }
    }
    assert!(found.len() > 25, "{}", found.len());
    found
}

/// A new one of each thing, by the first part of its path.
async fn things(program: &Program) -> Vec<(&'static str, String)> {
    let id = |made: Value| made["id"].as_str().unwrap().to_owned();
    let some = |words: &str| format!("{words} {}", uuid::Uuid::now_v7());
    let due = json!({"name": "Rent", "amount": "12000", "due": "2027-02-01", "repeats": "monthly"});
    vec![
        ("/records", id(program.make("/records", &json!({"amount": "12.50"})).await)),
        ("/categories", id(program.make("/categories", &json!({"name": some("Books")})).await)),
        ("/accounts", id(program.make("/accounts", &json!({"name": some("Purse")})).await)),
        ("/bills", id(program.make("/bills", &due).await)),
        ("/budgets", id(program.make("/budgets", &json!({"name": "All", "amount": "45000"})).await)),
    ]
}

async fn ask(program: &Program, operation: &Operation, id: &str) -> crate::browser::Answer {
    let path = operation.path.replace("{id}", id);
    let path = if path == "/changes" { "/changes?since=0".to_owned() } else { path };
    let body = json!({"due": "2027-02-01", "amount": "7", "name": "Taken", "revision": 1});
    let request = program.request(operation.method.clone(), &path);
    let request = if operation.sends { program.with_json(operation.method.clone(), &path, &body) } else { request };
    program.send(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_good_token_nothing_is_answered_and_a_cookie_is_none() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let program = Program::of(&mut asha, Scope::Write).await;
        let id = uuid::Uuid::now_v7().to_string();
        let cookie = asha.cookies["expenso_session"].clone();
        for operation in operations(&program).await {
            for token in
                ["", "exp_x", "nonsense", &cookie, &format!("exp_{}", "A".repeat(43)), &format!("{}x", program.token)]
            {
                let answer = ask(&program.with_token(token), &operation, &id).await;
                answer.problem(401);
                assert!(answer.header("www-authenticate").starts_with("Bearer"), "{}", operation.path);
            }
            let request =
                program.with_token("").request(operation.method.clone(), &operation.path.replace("{id}", &id));
            let answer = asha.clone().send(request.header("origin", &running.url)).await;
            assert_eq!(answer.status, 401, "a cookie: {}", operation.path);
            assert!(answer.headers.get("set-cookie").is_none(), "{}", operation.path);
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_anothers_looks_like_what_is_not_there() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ben = Browser::signed_up(&running.url, "ben@example.com").await;
        let (hers, his) = (Program::of(&mut asha, Scope::Write).await, Program::of(&mut ben, Scope::Write).await);
        let things = things(&hers).await;
        let before = hers.read("/changes?since=0").await;
        for operation in operations(&his).await.into_iter().filter(|operation| operation.path.contains("{id}")) {
            let (_, theirs) = things.iter().find(|(kind, _)| operation.path.starts_with(kind)).unwrap();
            let foreign = ask(&his, &operation, theirs).await;
            let random = ask(&his, &operation, &uuid::Uuid::now_v7().to_string()).await;
            foreign.problem(404);
            assert_eq!((foreign.status, &foreign.text), (random.status, &random.text), "{}", operation.path);
            ask(&his, &operation, "nonsense").await.problem(404);
        }
        assert_eq!(hers.read("/changes?since=0").await, before);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_reads_reads_and_does_nothing_else() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let writes = Program::of(&mut asha, Scope::Write).await;
        let reads = Program::of(&mut asha, Scope::Read).await;
        let things = things(&writes).await;
        let before = writes.read("/changes?since=0").await;
        for operation in operations(&reads).await {
            let id = things.iter().find(|(kind, _)| operation.path.starts_with(kind)).map(|(_, id)| id.as_str());
            let answer = ask(&reads, &operation, id.unwrap_or_default()).await;
            if operation.method == Method::GET {
                assert_eq!(answer.status, 200, "{}: {}", operation.path, answer.text);
            } else {
                answer.problem(403);
                assert!(operation.answers.contains(&"403".to_owned()), "{}", operation.path);
            }
            assert!(
                operation.answers.contains(&answer.status.as_str().to_owned()),
                "{} {}",
                operation.path,
                answer.status
            );
        }
        assert_eq!(writes.read("/changes?since=0").await, before);
        running.stop().await;
    })
    .await;
}

/// All that the book of this program holds.
async fn everything(program: &Program) -> Value {
    program.read("/changes?since=0").await
}

/// What a role may do over REST, said here once more, operation by operation.
fn may(role: Role, operation: &Operation) -> bool {
    match (&operation.method, operation.path.as_str()) {
        (&Method::GET, _) => true,
        (&Method::POST, "/records") => role != Role::Viewer,
        _ => role == Role::Editor || role == Role::Owner,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_may_what_its_person_may_in_its_book_and_nowhere_else() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[("EXPENSO_API_REQUESTS_PER_MINUTE", "100000")]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        let mut mina = Browser::signed_up(&running.url, "mina@example.com").await;
        let (owner, stranger) =
            (Program::of(&mut asha, Scope::Write).await, Program::of(&mut mina, Scope::Write).await);
        let his_own = Program::of(&mut ravi, Scope::Write).await;
        join(&mut asha, &mut ravi, "viewer").await;
        let guest = Program::of(&mut ravi, Scope::Write).await;
        let own = things(&his_own).await;
        let foreign = things(&stranger).await;
        let (own_before, foreign_before) = (everything(&his_own).await, everything(&stranger).await);
        for role in [Role::Viewer, Role::Adder, Role::Editor, Role::Owner] {
            set_role(&mut asha, role).await;
            let (me, owners) = (guest.read("/me").await, owner.read("/me").await);
            assert_eq!((&me["book"]["role"], &me["book"]["id"]), (&json!(role.as_str()), &owners["book"]["id"]));
            let mut ours = things(&owner).await;
            for operation in operations(&guest).await {
                let place = format!("{role:?}: {} {}", operation.method, operation.path);
                let is_free = may(role, &operation);
                let of = |things: &[(&str, String)]| {
                    let found = things.iter().find(|(kind, _)| operation.path.starts_with(kind));
                    found.map(|(_, id)| id.clone()).unwrap_or_default()
                };
                let before = everything(&owner).await;
                if operation.path.contains("{id}") {
                    // Those of a stranger, and of the other book of the same person.
                    for other in [of(&foreign), of(&own)] {
                        let answer = ask(&guest, &operation, &other).await;
                        answer.problem(if is_free { 404 } else { 403 });
                        assert!(!answer.text.contains(&other), "{place}");
                    }
                }
                let answer = ask(&guest, &operation, &of(&ours)).await;
                if is_free {
                    let refused = [401, 403, 404].contains(&answer.status.as_u16());
                    assert!(!refused && answer.status.as_u16() < 500, "{place}: {} {}", answer.status, answer.text);
                } else {
                    answer.problem(403);
                    assert_eq!(everything(&owner).await, before, "{place}");
                }
                if operation.method == Method::DELETE {
                    ours = things(&owner).await;
                }
            }
        }
        assert_eq!((everything(&his_own).await, everything(&stranger).await), (own_before, foreign_before));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_taken_out_of_a_book_takes_no_token_along() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        join(&mut asha, &mut ravi, "editor").await;
        let here = Program::of(&mut ravi, Scope::Write).await;
        here.make("/records", &json!({"amount": "5"})).await;
        let left = ravi.call("leave_book", &[]).await;
        assert!(left.status.is_success(), "{}", left.text);
        for operation in operations(&here).await {
            ask(&here, &operation, &uuid::Uuid::now_v7().to_string()).await.problem(401);
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_revoked_or_whose_password_changed_is_refused_at_once() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let one = Program::of(&mut asha, Scope::Read).await;
        backend.clock.advance(chrono::TimeDelta::seconds(1));
        let two = Program::of(&mut asha, Scope::Write).await;
        let state: Value = serde_json::from_str(&asha.call("load_tokens", &[]).await.text).unwrap();
        assert_eq!((state["tokens"].as_array().unwrap().len(), &state["asks_password"]), (2, &json!(false)));
        assert!(!state.to_string().contains(&one.token), "it is told once");
        let newest = state["tokens"][0]["id"].as_str().unwrap();
        assert_eq!(asha.call("revoke_token", &[("form[id]", newest)]).await.status, 200);
        two.get("/me").await.problem(401);
        assert_eq!(one.get("/me").await.status, 200);
        let change = [
            ("form[current]", PASSWORD),
            ("form[password]", "mangoes in March"),
            ("form[confirm]", "mangoes in March"),
        ];
        assert_eq!(asha.call("change_password", &change).await.status, 200);
        one.get("/me").await.problem(401);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_refused_in_the_documented_form() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let program = Program::of(&mut asha, Scope::Write).await;
        program.get("/nothing/here").await.problem(404);
        let wrong = program.send(program.request(Method::PATCH, "/records")).await;
        wrong.problem(405);
        assert!(wrong.header("allow").contains("POST"), "{:?}", wrong.headers);
        program.send(program.request(Method::POST, "/openapi.json")).await.problem(405);
        let text = program.request(Method::POST, "/records").header("content-type", "text/plain").body("{}");
        program.send(text).await.problem(415);
        program.send(program.request(Method::POST, "/records").body("{}")).await.problem(415);
        let large = json!({"amount": "1", "note": "x".repeat(70_000)});
        program.post("/records", &large).await.problem(413);
        for body in ["", "[]", "{", "{\"amount\":12.5}", "{\"amount\":\"1\",\"amount\":\"2\"}", "{\"tags\":null}"] {
            let request = program.request(Method::POST, "/records").header("content-type", "application/json");
            program.send(request.body(body)).await.problem(400);
        }
        let deep = format!("{{\"x\":{}", "[".repeat(60_000));
        let request = program.request(Method::POST, "/records").header("content-type", "application/json");
        program.send(request.body(deep)).await.problem(400);
        for query in ["?limit=x", "?kind=theft", "?account_id=x"] {
            program.get(&format!("/records{query}")).await.problem(400);
        }
        for query in
            ["?limit=0", "?limit=201", "?from=2027-02-30", "?to=9999-12-31", "?after=x", "?payee=%00", "?q=%00"]
        {
            program.get(&format!("/records{query}")).await.problem(422);
        }
        for (path, name) in
            [("/records?limit=2&limmit=3", "limmit"), ("/records/sums?limit=2", "limit"), ("/me?a", "a")]
        {
            let problem = program.get(path).await.problem(400);
            assert_eq!(problem["errors"][0]["field"], name, "{path}");
        }
        assert_eq!(program.get("/records?q=%27%20or%201%3D1--&payee=%25&tag=_").await.status, 200);
        running.stop().await;
    })
    .await;
}
