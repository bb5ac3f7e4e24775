//! Every server function with the ids of somebody else, and with fields that nobody may set: neither shows nor changes
//! anything.

use std::collections::{BTreeMap, BTreeSet};

use app::roles;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::browser::{Answer, Browser, FORM, PASSWORD};
use crate::calls::{PUBLIC, paths};
use crate::engines::on_each;
use crate::roles::{join, set_role};
use crate::running::Running;

/// Server functions that read JSON.
const JSON: [&str; 7] =
    ["edit_records", "find_record", "find_ties", "list_records", "matching_records", "sum_days", "sum_records"];

/// Server functions that take no id of anything; one that does belongs into [`with_ids`].
#[rustfmt::skip]
const WITHOUT_IDS: &[&str] = &[
    "accept_invitation", "add_hook", "add_passkey", "ask_for_help", "begin_adding_passkey", "begin_samples",
    "begin_second_factor", "cancel_new_email", "change_email", "change_password", "changes_since", "confirm",
    "confirm_new_email", "confirm_second_factor", "copy_plan", "create_token", "decline_invitation",
    "dismiss_insight", "end_consent", "end_feed", "end_others", "end_samples", "end_second_factor", "give_consent",
    "invite", "keep_recovery_codes", "leave", "leave_book", "list_hooks", "list_passkeys", "list_sessions",
    "list_ways", "load_book", "load_feed", "load_household", "load_lately", "load_merges", "load_new_email", "load_report",
    "load_second_factor", "load_settled_bills", "load_support", "load_tokens", "load_unrated", "log_out", "monthly_mail_on", "own_requests",
    "prove", "prove_by_passkey", "put_off_confirmation", "rate_on_day", "rename_book", "renew_recovery_codes",
    "resend_confirmation", "reset_feed", "restore_insight", "restore_samples", "save_alerts", "save_book", "save_monthly_mail", "save_profile", "save_rate", "load_rates", "delete_rate", "restore_rate",
    "save_theme", "see_alerts", "skip_first_steps", "stay", "suggest_payees", "suggest_search", "suggest_tags",
    "undo_edit", "unlink_way", "use_rate", "usual_for_tag",
];

/// Passkeys need a device: theirs are tried in the stories.
const ELSEWHERE: [&str; 2] = ["remove_passkey", "rename_passkey"];

/// What each call is sent: `{name}` is an id of the other person, `{own.name}` of the one who asks, `{new}` a new one.
#[rustfmt::skip]
fn with_ids() -> Vec<(&'static str, Value)> {
    let record = json!({ "id": "{new}", "kind": "expense", "amount": "5", "account": "{own.account}", "date": "2027-01-10" });
    let bill = json!({ "id": "{new}", "name": "Water {new}", "amount": "5", "due": "2027-01-31", "repeats": "monthly" });
    let budget = json!({ "id": "{new}", "name": "Limit {new}", "amount": "5", "period": "month" });
    let changed = |form: &Value, name: &str, value: Value| {
        let mut form = form.clone();
        form[name] = value;
        json!({ "form": form })
    };
    let filter = |name: &str, value: Value| {
        let mut filter = json!({ "search": "", "from": null, "to": null, "kind": null, "category": null, "account": null, "tag": null });
        filter[name] = value;
        filter
    };
    let choice = |id: &str| json!({ "form": { "id": id } });
    vec![
        ("find_record", json!({ "id": "{record}" })),
        ("find_ties", json!({ "id": "{record}" })),
        ("list_records", json!({ "filter": filter("account", json!("{account}")), "after": null })),
        ("matching_records", json!({ "filter": filter("category", json!({ "Is": "{category}" })) })),
        ("sum_records", json!({ "filter": filter("account", json!("{account}")) })),
        ("sum_days", json!({ "filter": filter("account", json!("{account}")), "days": ["2027-01-10"] })),
        ("load_bill_history", json!({ "bill": "{bill}" })),
        ("load_budget_history", json!({ "budget": "{budget}" })),
        ("save_record", changed(&record, "account", json!("{account}"))),
        ("save_record", changed(&record, "category", json!("{category}"))),
        ("save_record", changed(&record, "refund_of", json!("{record}"))),
        ("save_record", changed(&record, "id", json!("{record}"))),
        ("edit_records", json!({ "ids": ["{record}"], "edit": { "Shift": 1 } })),
        ("edit_records", json!({ "ids": ["{own.record}"], "edit": { "Account": "{account}" } })),
        ("edit_records", json!({ "ids": ["{own.record}"], "edit": { "Category": "{category}" } })),
        ("save_category", json!({ "form": { "id": "{category}", "name": "Mine {new}", "kind": "expense" } })),
        ("save_category", json!({ "form": { "id": "{new}", "name": "Below {new}", "kind": "expense", "parent": "{category}" } })),
        ("move_category", json!({ "form": { "id": "{category}", "to": "0" } })),
        ("save_account", json!({ "form": { "id": "{account}", "name": "Mine {new}", "kind": "cash" } })),
        ("move_account", json!({ "form": { "id": "{account}", "to": "0" } })),
        ("save_bill", changed(&bill, "id", json!("{bill}"))),
        ("save_bill", changed(&bill, "category", json!("{category}"))),
        ("save_bill", changed(&bill, "account", json!("{account}"))),
        ("save_due", json!({ "form": { "bill": "{bill}", "due": "2027-01-31", "date": "2027-01-30", "amount": "5" } })),
        ("pay_bill", json!({ "form": { "bill": "{bill}", "due": "2027-01-31", "record": "{new}", "date": "2027-01-10", "amount": "5", "account": "{own.account}" } })),
        ("pay_bill", json!({ "form": { "bill": "{own.bill}", "due": "2027-01-31", "record": "{new}", "date": "2027-01-10", "amount": "5", "account": "{account}" } })),
        ("reopen_bill", json!({ "form": { "bill": "{bill}", "due": "2027-01-31" } })),
        ("skip_bill", json!({ "form": { "bill": "{bill}", "due": "2027-01-31" } })),
        ("save_budget", changed(&budget, "id", json!("{budget}"))),
        ("save_budget", json!({ "form": { "id": "{new}", "name": "Some {new}", "amount": "5", "period": "month", "counts": "categories", "categories": ["{category}"] } })),
        ("save_plan", json!({ "form": { "month": "2027-01", "categories": ["{category}"], "given": ["5"], "before": ["0"] } })),
        ("move_money", json!({ "form": { "id": "{new}", "month": "2027-01", "from": "", "to": "{category}", "amount": "1" } })),
        ("get_hook", choice("{hook}")),
        ("test_hook", choice("{hook}")),
        ("merge_category", json!({ "form": { "id": "{own.category}", "into": "{category}" } })),
        ("unmerge_category", json!({ "form": { "id": "{own.category}", "into": "{category}" } })),
        ("merge_category", json!({ "form": { "id": "{category}", "into": "{own.category}" } })),
        ("unmerge_category", json!({ "form": { "id": "{category}", "into": "{own.category}" } })),
        ("archive_category", json!({ "form": { "id": "{category}", "archived": "true" } })),
        ("archive_account", json!({ "form": { "id": "{account}", "archived": "true" } })),
        ("delete_record", choice("{record}")),
        ("restore_record", choice("{record}")),
        ("delete_bill", choice("{bill}")),
        ("restore_bill", choice("{bill}")),
        ("delete_budget", choice("{budget}")),
        ("restore_budget", choice("{budget}")),
        ("delete_hook", choice("{hook}")),
        ("restore_hook", choice("{hook}")),
        ("revoke_token", choice("{token}")),
        ("restore_token", choice("{token}")),
        ("revoke_invitation", choice("{invitation}")),
        ("restore_invitation", choice("{invitation}")),
        ("set_role", json!({ "form": { "user": "{user}", "role": "viewer" } })),
        ("remove_person", json!({ "form": { "user": "{user}" } })),
        ("restore_person", json!({ "form": { "user": "{user}" } })),
        ("rejoin_book", json!({ "form": { "book": "{book}" } })),
        ("switch_book", json!({ "form": { "book": "{book}" } })),
        ("end_session", choice("{session}")),
    ]
}

type Ids = BTreeMap<String, String>;

/// The value with each `{name}` replaced.
fn filled(value: &Value, ids: &Ids) -> Value {
    match value {
        Value::String(text) => {
            let mut text = text.replace("{new}", &Uuid::now_v7().to_string());
            for (name, id) in ids {
                text = text.replace(&format!("{{{name}}}"), id);
            }
            assert!(!text.contains('{'), "{text}");
            Value::String(text)
        }
        Value::Array(values) => values.iter().map(|value| filled(value, ids)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), filled(value, ids)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

/// The fields as a form names them.
fn flat(prefix: &str, value: &Value, fields: &mut Vec<(String, String)>) {
    let inner = |name: &str| if prefix.is_empty() { name.to_owned() } else { format!("{prefix}[{name}]") };
    match value {
        Value::Object(values) => values.iter().for_each(|(name, value)| flat(&inner(name), value, fields)),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| flat(&inner(&at.to_string()), value, fields));
        }
        Value::String(text) => fields.push((prefix.to_owned(), text.clone())),
        other => fields.push((prefix.to_owned(), other.to_string())),
    }
}

async fn ask(browser: &mut Browser, call: &str, body: &Value) -> Answer {
    if JSON.contains(&call) {
        let request = browser.client().post(format!("{}/api/{call}", browser.url)).header("origin", &browser.url);
        let request = request.header("content-type", "application/json").body(body.to_string());
        return browser.send(request).await;
    }
    let mut fields = Vec::new();
    flat("", body, &mut fields);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.call(call, &fields).await
}

async fn read(browser: &mut Browser, call: &str) -> Value {
    let answer = browser.call(call, &[]).await;
    assert_eq!(answer.status, 200, "{call}: {}", answer.text);
    answer.json()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// Gives the person one of everything, and answers the ids.
async fn furnish(running: &Running, browser: &mut Browser, invited: &str) -> Ids {
    let book = read(browser, "load_book").await;
    let expense: Vec<&Value> =
        book["rows"]["categories"].as_array().unwrap().iter().filter(|one| one["kind"] == "expense").collect();
    let mut ids = Ids::new();
    ids.insert("account".into(), text(&book["rows"]["accounts"][0]["id"]));
    ids.insert("other".into(), text(&book["rows"]["accounts"][1]["id"]));
    ids.insert("category".into(), text(&expense[0]["id"]));
    ids.insert("second".into(), text(&expense[1]["id"]));
    for (name, call, form) in [
        (
            "record",
            "save_record",
            json!({ "kind": "expense", "amount": "12.50", "account": ids["account"], "category": ids["category"],
                    "date": "2027-01-10", "payee": "Corner shop" }),
        ),
        ("bill", "save_bill", json!({ "name": "Rent", "amount": "22000", "due": "2027-01-31", "repeats": "monthly" })),
        ("budget", "save_budget", json!({ "name": "Everything", "amount": "50000", "period": "month" })),
    ] {
        let id = Uuid::now_v7().to_string();
        let mut form = form;
        form["id"] = json!(id);
        let saved = ask(browser, call, &json!({ "form": form })).await;
        assert_eq!(saved.status, 200, "{call}: {}", saved.text);
        ids.insert(name.into(), id);
    }
    let hook = json!({ "form": { "url": "http://1.1.1.1/hook", "bill_due": "on" } });
    ids.insert("hook".into(), text(&ask(browser, "add_hook", &hook).await.json()));
    let token = json!({ "form": { "purpose": "A program", "scope": "read", "days": "30" } });
    assert_eq!(ask(browser, "create_token", &token).await.status, 200);
    assert_eq!(browser.call("invite", &[("form[email]", invited), ("form[role]", "viewer")]).await.status, 200);
    let household = read(browser, "load_household").await;
    ids.insert("invitation".into(), text(&household["invited"][0]["id"]));
    let me = household["people"].as_array().unwrap().iter().find(|one| one["is_me"] == true).unwrap();
    ids.insert("user".into(), text(&me["user"]));
    ids.insert("token".into(), text(&read(browser, "load_tokens").await["tokens"][0]["id"]));
    let sessions = read(browser, "list_sessions").await;
    let session = sessions.as_array().unwrap().iter().find(|one| one["current"] == true).unwrap();
    ids.insert("session".into(), text(&session["id"]));
    let mut tx = running.backend.db.read().await.unwrap();
    let sql = "select book_id from members where user_id = $1 and role = 'owner'";
    let book: (Uuid,) = tx.query(sql).bind(ids["user"].parse::<Uuid>().unwrap()).one().await.unwrap();
    ids.insert("book".into(), book.0.to_string());
    ids
}

/// All that a person has, as they are told.
async fn everything(browser: &mut Browser, ids: &Ids) -> String {
    let mut all = Vec::new();
    for call in [
        "load_book",
        "load_household",
        "list_sessions",
        "load_tokens",
        "list_hooks",
        "load_feed",
        "load_merges",
        "load_support",
    ] {
        all.push(format!("{call}: {}", browser.call(call, &[("before", "")]).await.text));
    }
    for (call, body) in [
        ("get_hook", json!({ "form": { "id": ids["hook"] } })),
        ("find_record", json!({ "id": ids["record"] })),
        ("load_bill_history", json!({ "bill": ids["bill"] })),
        ("load_budget_history", json!({ "budget": ids["budget"] })),
    ] {
        let answer = ask(browser, call, &body).await;
        assert_eq!(answer.status, 200, "{call}: {}", answer.text);
        all.push(format!("{call}: {}", answer.text));
    }
    all.join("\n")
}

fn endpoints() -> impl Iterator<Item = &'static str> {
    paths().into_iter().filter_map(|path| path.strip_prefix("/api/"))
}

#[test]
fn every_call_that_takes_an_id_is_tried_with_a_foreign_one() {
    let tried: BTreeSet<&str> = with_ids().iter().map(|(call, _)| *call).collect();
    let forgotten: Vec<&str> = endpoints()
        .filter(|call| roles::asked_by(call).is_some())
        .filter(|call| !tried.contains(call) && !WITHOUT_IDS.contains(call) && !ELSEWHERE.contains(call))
        .collect();
    assert_eq!(forgotten, Vec::<&str>::new(), "say which ids these take");
}

#[tokio::test(flavor = "multi_thread")]
async fn ids_of_others_are_answered_as_ids_of_nobody_and_change_nothing() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        let foreign = furnish(&running, &mut asha, "one@example.com").await;
        let own = furnish(&running, &mut ravi, "two@example.com").await;
        let before = everything(&mut asha, &foreign).await;
        let own_of = |ids: &Ids| ids.iter().map(|(name, id)| (format!("own.{name}"), id.clone())).collect::<Ids>();
        // What is made under a foreign id is one's own from then on, so that comes last.
        let (makes, uses): (Vec<_>, Vec<_>) = with_ids().into_iter().partition(|(call, body)| {
            let id = &body["form"]["id"];
            call.starts_with("save_") && id.is_string() && id != "{new}"
        });
        for (call, body) in uses.into_iter().chain(makes) {
            let mut answers = Vec::new();
            for nobody in [false, true] {
                let mut ids = own_of(&own);
                ids.extend(
                    foreign
                        .iter()
                        .map(|(name, id)| (name.clone(), if nobody { Uuid::now_v7().to_string() } else { id.clone() })),
                );
                let answer = ask(&mut ravi, call, &filled(&body, &ids)).await;
                assert!(!answer.text.contains("Corner shop") || !answer.text.contains(&foreign["record"]), "{call}");
                answers.push((answer.status, if answer.status.is_success() { String::new() } else { answer.text }));
            }
            assert_eq!(answers[0], answers[1], "{call} {body}: of somebody and of nobody");
        }
        assert_eq!(everything(&mut asha, &foreign).await, before);

        // The same is understood where the ids are one's own: what was refused above was refused for the ids.
        let mut ids = own_of(&foreign);
        ids.insert("own.category".into(), foreign["second"].clone());
        ids.insert("own.account".into(), foreign["other"].clone());
        ids.extend(foreign.clone());
        for (call, body) in with_ids() {
            let answer = ask(&mut asha, call, &filled(&body, &ids)).await;
            let is_understood = answer.status.is_success() || answer.status == 409;
            assert!(is_understood, "{call} {body}: {} {}", answer.status, answer.text);
        }
        running.stop().await;
    })
    .await;
}

/// Fields that no form has, with what an attacker would like there.
fn extras(asha: &Ids, ravi: &Ids) -> Map<String, Value> {
    let fields = json!({
        "user": asha["user"], "user_id": asha["user"], "owner": ravi["user"], "owner_id": ravi["user"],
        "book": asha["book"], "book_id": asha["book"], "role": "owner", "staff": "admin", "rank": "admin",
        "is_admin": "true", "is_me": "true", "confirmed": "true", "confirmed_at": "2020-01-01T00:00:00Z",
        "disabled_at": "2020-01-01T00:00:00Z", "suspended_at": "2020-01-01T00:00:00Z", "balance": "999999",
        "balances": "999999", "total": "999999", "password_hash": "x", "email_key": "asha@example.com",
        "created_at": "2020-01-01T00:00:00Z", "made_at": "2020-01-01T00:00:00Z", "deleted": "true",
    });
    fields.as_object().unwrap().clone()
}

/// Who is who in the database: roles, ranks, confirmed addresses, and hashes of passwords.
async fn standing(running: &Running) -> String {
    let mut tx = running.backend.db.read().await.unwrap();
    let members: Vec<(Uuid, Uuid, String)> =
        tx.query("select book_id, user_id, role from members order by book_id, user_id").all().await.unwrap();
    let users: Vec<(Uuid, String, bool, bool, String, Option<String>)> = tx
        .query(
            "select id, email_key, confirmed_at is not null, disabled_at is not null, password_hash, staff
             from users order by id",
        )
        .all()
        .await
        .unwrap();
    format!("{members:?} {users:?}")
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_that_no_form_has_are_not_looked_at() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        let foreign = furnish(&running, &mut asha, "one@example.com").await;
        let own = furnish(&running, &mut ravi, "two@example.com").await;
        join(&mut asha, &mut ravi, "viewer").await;
        let (standing_before, before) = (standing(&running).await, everything(&mut asha, &foreign).await);
        let more = extras(&foreign, &own);
        let bodies: BTreeMap<&str, Value> = with_ids().into_iter().collect();
        // These end what goes on, or are somebody's own business to lose.
        let left_out =
            ["log_out", "leave", "leave_book", "end_others", "end_session", "switch_book", "change_password"];
        for call in endpoints().filter(|call| roles::asked_by(call).is_some() && !left_out.contains(call)) {
            let mut ids: Ids = own.iter().map(|(name, id)| (format!("own.{name}"), id.clone())).collect();
            ids.extend(own.clone());
            let mut body = bodies.get(call).map_or_else(
                || {
                    json!({ "form": { "name": "Asha", "email": "three@example.com", "purpose": "x", "scope": "read",
                            "days": "30", "text": "x", "typed": "x", "theme": "dark", "country": "IN",
                            "locale": "en-IN", "time_zone": "Asia/Kolkata", "key": "x" } })
                },
                |body| filled(body, &ids),
            );
            for (name, value) in &more {
                let form = body.as_object_mut().unwrap();
                form.entry(name.clone()).or_insert(value.clone());
                if let Some(form) = form.get_mut("form").and_then(Value::as_object_mut) {
                    form.entry(name.clone()).or_insert(value.clone());
                }
            }
            let answer = ask(&mut ravi, call, &body).await;
            assert!(answer.status.as_u16() < 500, "{call}: {}", answer.text);
        }
        assert_eq!(standing(&running).await, standing_before);
        assert_eq!(everything(&mut asha, &foreign).await, before, "a viewer has changed something");

        // One who may write writes into the book that is open, in their own name, and no sum.
        set_role(&mut asha, roles::Role::Editor).await;
        let balance = |book: &Value| book["balances"].to_string() + &book["rows"]["balances"].to_string();
        let was = balance(&read(&mut asha, "load_book").await);
        let id = Uuid::now_v7().to_string();
        let mut form = more.clone();
        form.extend([
            ("id".to_owned(), json!(id)),
            ("name".to_owned(), json!("Piggy bank")),
            ("kind".to_owned(), json!("cash")),
            ("book_id".to_owned(), json!(own["book"])),
        ]);
        let mut body = Value::Object(form.clone());
        body["form"] = Value::Object(form);
        let saved = ask(&mut ravi, "save_account", &body).await;
        assert_eq!(saved.status, 200, "{}", saved.text);
        let now = read(&mut asha, "load_book").await;
        assert!(now["rows"]["accounts"].to_string().contains(&id), "it is in the book that was open: {now}");
        assert!(!balance(&now).contains("99999900") && balance(&now).len() >= was.len(), "{now}");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_up_with_more_fields_is_nobody_special() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let foreign = furnish(&running, &mut asha, "one@example.com").await;
        let mut form = extras(&foreign, &foreign);
        for (name, value) in [
            ("name", "Ravi"),
            ("email", "ravi@example.com"),
            ("password", PASSWORD),
            ("confirm", PASSWORD),
            ("terms", "on"),
            ("country", "IN"),
            ("currency", "INR"),
            ("time_zone", "Asia/Kolkata"),
            ("locale", "en-IN"),
        ] {
            form.insert(name.into(), json!(value));
        }
        let mut body = Value::Object(form.clone());
        body["form"] = Value::Object(form);
        let mut ravi = Browser::at(&running.url);
        let made = ask(&mut ravi, "sign_up", &body).await;
        assert_eq!(made.status, 200, "{}", made.text);
        assert_eq!(ravi.call("find_persons", &[("typed", ""), ("after", "")]).await.status, 404, "no staff");
        let sql = "select count(*) from users where email_key = 'ravi@example.com' and confirmed_at is null";
        let mut tx = backend.db.read().await.unwrap();
        assert_eq!(tx.query(sql).one::<(i64,)>().await.unwrap().0, 1, "the address is not confirmed");
        let sql = "select count(*) from members where book_id = $1";
        let people: (i64,) = tx.query(sql).bind(foreign["book"].parse::<Uuid>().unwrap()).one().await.unwrap();
        assert_eq!(people.0, 1, "and they are in nobody's book");
        drop(tx);
        assert!(!read(&mut ravi, "load_book").await.to_string().contains("Corner shop"));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_comes_twice_is_refused_and_an_address_gives_no_fields() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let before = asha.call("load_book", &[]).await.text;
        let id = Uuid::now_v7().to_string();
        let twice = [
            ("form[id]", id.as_str()),
            ("form[name]", "Piggy bank"),
            ("form[name]", "Another"),
            ("form[kind]", "cash"),
        ];
        let answer = asha.call("save_account", &twice).await;
        assert_eq!(answer.status, 422, "{}", answer.text);
        let query = format!("form%5Bid%5D={id}&form%5Bname%5D=Piggy&form%5Bkind%5D=cash");
        let request = asha.client().post(format!("{}/api/save_account?{query}", running.url));
        let request = request.header("origin", &running.url).header("content-type", FORM).body("form%5Bkind%5D=cash");
        assert_eq!(asha.send(request).await.status, 422);
        assert_eq!(asha.call("load_book", &[]).await.text, before);
        running.stop().await;
    })
    .await;
}

#[test]
fn the_lists_name_what_is_there() {
    let known: BTreeSet<&str> = endpoints().collect();
    let named =
        with_ids().into_iter().map(|(call, _)| call).chain(WITHOUT_IDS.iter().copied()).chain(ELSEWHERE).chain(JSON);
    let gone: Vec<&str> = named.filter(|call| !known.contains(call)).collect();
    assert_eq!(gone, Vec::<&str>::new());
    assert!(PUBLIC.iter().all(|path| !JSON.contains(path)));
}
