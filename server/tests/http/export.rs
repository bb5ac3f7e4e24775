//! All one's data as an archive, over HTTP.

use std::io::{Cursor, Read as _};

use backend::Backend;
use backend::db::FixedFragments;
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

/// Where the rows of a table are told in `expenso.json`.
const TOLD: [(&str, &str); 26] = [
    ("users", "/person/email"),
    ("tokens", "/person/wanted_email/email"),
    ("sessions", "/person/sessions/0"),
    ("access_tokens", "/person/access_tokens/0"),
    ("identities", "/person/providers/0"),
    ("passkeys", "/person/passkeys/0"),
    ("authenticators", "/person/second_factor/since"),
    ("recovery_codes", "/person/second_factor/recovery_codes_left"),
    ("consents", "/person/support/consents/0"),
    ("help_requests", "/person/support/requests/0"),
    ("audit", "/person/support/deeds/0"),
    ("books", "/book/name"),
    ("members", "/people/0"),
    ("invitations", "/invitations/0"),
    ("hooks", "/webhooks/0"),
    ("calendar_feeds", "/calendar_link/created_at"),
    ("accounts", "/accounts/0"),
    ("categories", "/categories/0"),
    ("records", "/records/0"),
    ("record_tags", "/records/*/tags/0"),
    ("budgets", "/budgets/0"),
    ("alerts", "/alerts/0"),
    ("bills", "/bills/0"),
    ("settlements", "/settlements/0"),
    ("rates", "/rates/0"),
    ("envelopes", "/envelopes/0"),
];

/// Why the rows of a table are not taken along.
const LEFT_OUT: [(&str, &[&str]); 5] = [
    (
        "it follows from the records",
        &[
            "record_parts",
            "record_words",
            "payees",
            "daily_totals",
            "month_totals",
            "whole_totals",
            "year_effects",
            "tag_totals",
            "carries",
        ],
    ),
    (
        "it takes something back, or keeps it from being done twice, for a day or two",
        &[
            "merges",
            "merged_records",
            "merged_payees",
            "record_edits",
            "envelope_moves",
            "answered_requests",
            "departures",
        ],
    ),
    (
        "it is a log-in or a letter under way",
        &["outbox", "newcomers", "second_steps", "passkey_challenges", "sign_in_attempts", "sign_in_proofs"],
    ),
    ("it is a log of thirty days, or a card that was put away", &["hook_deliveries", "dismissed_insights"]),
    (
        "it is nobody's",
        &[
            "broadcasts",
            "installation",
            "jobs",
            "kept_keys",
            "signing_keys",
            "source_rates",
            "throttles",
            "_sqlx_migrations",
        ],
    ),
];

/// Whether there is something; `*` is any of a list.
fn is_told(json: &Value, place: &str) -> bool {
    match place.split_once("/*") {
        Some((list, rest)) => {
            json.pointer(list).and_then(Value::as_array).is_some_and(|list| list.iter().any(|one| is_told(one, rest)))
        }
        None => json.pointer(place).is_some_and(|told| !told.is_null()),
    }
}

async fn tables(backend: &Backend) -> Vec<String> {
    let mut tx = backend.db.read().await.unwrap();
    let sql = match tx {
        backend::Tx::Sqlite(_) => "select name from sqlite_master where type = 'table' and name not like 'sqlite%'",
        backend::Tx::Postgres(_) => "select tablename::text from pg_tables where schemaname = 'public'",
    };
    tx.query(sql).all::<(String,)>().await.unwrap().into_iter().map(|(name,)| name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_is_taken_along_or_left_out_for_a_reason() {
    on_each(async |backend| {
        for table in tables(&backend).await {
            let told = TOLD.iter().filter(|(name, _)| *name == table).count();
            let left_out = LEFT_OUT.iter().filter(|(_, names)| names.contains(&table.as_str())).count();
            assert_eq!(told + left_out, 1, "{table}: is it in the export, or why not?");
        }
        let running = Running::start(&backend, &[]).await;
        backend::demo::fill(&backend).await.unwrap();
        let mut tx = backend.db.write().await.unwrap();
        let (user, book) = tx
            .query("select m.user_id, m.book_id from members m join users u on u.id = m.user_id where u.email like 'demo@%'")
            .one::<(uuid::Uuid, uuid::Uuid)>()
            .await
            .unwrap();
        let now = backend.clock.now();
        for sql in [
            "insert into identities (provider, subject, user_id, email, proven, created_at, last_used_at) select 'home', 'me', $1, null, true, $3, $3 from books where id = $2",
            "insert into passkeys (id, user_id, credential, name, site, proven, key, created_at) values ($2, $1, 'c', 'Phone', 'here', true, 'public key', $3)",
            "insert into consents (id, user_id, book_id, given_at, until) values ($2, $1, $2, $3, $3)",
            "insert into help_requests (id, user_id, asked_at, question) values ($2, $1, $3, 'Where is it?')",
            "insert into audit (id, at, about_user, deed, detail, why) values ($2, $3, $1, 'suspend', '', 'spam')",
            "insert into calendar_feeds (book_id, user_id, secret_hash, created_at) values ($2, $1, 'hash', $3)",
            "insert into hooks (book_id, id, user_id, url, events, made_at) values ($2, $2, $1, 'https://example.org/', '[]', $3)",
            "insert into invitations (id, book_id, email_key, email, role, user_id, secret_hash, made_at, expires_at) values ($2, $2, 'x@example.org', 'x@example.org', 'editor', $1, 'hash', $3, '2100-01-01 00:00:00+00:00')",
            "insert into alerts (book_id, budget_id, period_start, period_end, threshold, spent, limit_minor, currency, record_id, seen, revision) select b.book_id, b.id, r.day, r.day, 100, 5, 4, r.currency, r.id, false, 1 from budgets b join records r on r.book_id = b.book_id, users u where b.book_id = $2 and u.id = $1 and u.created_at <= $3 limit 1",
            "insert into tokens (id, user_id, purpose, secret_hash, created_at, expires_at, email) values ($2, $1, 'address', 'hash', $3, '2100-01-01 00:00:00+00:00', 'new@example.org')",
        ] {
            tx.query_of(FixedFragments(sql.to_owned())).bind(user).bind(book).bind(now).execute().await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut demo = Browser::at(&running.url);
        let login = backend::demo::fill(&backend).await.unwrap();
        demo.log_in(&login.email, &login.password).await;
        Program::of(&mut demo, Scope::Read).await;
        // The second factor last: from here on a log-in would ask for it.
        let mut tx = backend.db.write().await.unwrap();
        tx.query("insert into authenticators (user_id, secret, begun_at, proven, on_since) values ($1, 'sealed', $2, true, $2)")
            .bind(user)
            .bind(now)
            .execute()
            .await
            .unwrap();
        tx.query("insert into recovery_codes (user_id, name, hash) values ($1, 'ABCD', 'argon2 hash')")
            .bind(user)
            .execute()
            .await
            .unwrap();
        tx.commit().await.unwrap();

        let files = archive(&demo).await;
        let json: Value = serde_json::from_str(file(&files, "expenso.json")).unwrap();
        for (table, place) in TOLD {
            assert!(is_told(&json, place), "{table} at {place}");
        }
        for secret in ["sealed", "argon2", "public key", "hash\"", "secret"] {
            assert!(!file(&files, "expenso.json").contains(secret), "{secret}");
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_book_that_one_may_read_is_taken_along_and_no_other() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        let mut mira = Browser::signed_up(&running.url, "mira@example.com").await;
        asha.spend("Mine", "1").await;
        ravi.spend("Ours", "2").await;
        mira.spend("Not yours", "3").await;
        let mut tx = backend.db.write().await.unwrap();
        // It is her own that is open, also when another was made before.
        tx.query(
            "update sessions set book_id =
                (select m.book_id from members m join users u on u.id = m.user_id where u.email = 'asha@example.com')
             where user_id = (select id from users where email = 'asha@example.com')",
        )
        .execute()
        .await
        .unwrap();
        tx.query(
            "insert into members (book_id, user_id, role)
             select m.book_id, a.id, 'viewer' from members m join users r on r.id = m.user_id, users a
             where r.email = 'ravi@example.com' and a.email = 'asha@example.com'",
        )
        .execute()
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let files = archive(&asha).await;
        let books: Vec<_> = files.iter().filter(|(name, _)| name.ends_with("expenso.json")).collect();
        assert_eq!(books.len(), 2, "{:?}", files.iter().map(|(name, _)| name).collect::<Vec<_>>());
        for (name, text) in books {
            let json: Value = serde_json::from_str(text).unwrap();
            let is_open = name == "expenso.json";
            assert!(is_open || name.starts_with("books/2 "), "{name}");
            assert_eq!(
                (json["person"].is_object(), json["records"][0]["payee"] == "Mine"),
                (is_open, is_open),
                "{name}"
            );
            assert_eq!(json["people"].as_array().unwrap().len(), if is_open { 1 } else { 2 });
        }
        assert_eq!(files.iter().filter(|(name, _)| name.ends_with("records.csv")).count(), 2);
        assert!(files.iter().all(|(_, text)| !text.contains("Not yours")));
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
