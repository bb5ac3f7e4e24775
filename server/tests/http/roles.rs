//! Who may call what: every server function, by every role, and none that nobody thought of.

use app::roles::{self, Power, Rank, Role};
use ledger::person::Scope;

use crate::browser::Browser;
use crate::calls::{PUBLIC, paths};
use crate::engines::on_each;
use crate::rest_client::Program;
use crate::running::Running;

fn endpoints() -> impl Iterator<Item = &'static str> {
    paths().into_iter().filter_map(|path| path.strip_prefix("/api/"))
}

#[test]
fn every_call_says_what_it_asks() {
    let is_public = |call: &str| PUBLIC.contains(&format!("/api/{call}").as_str());
    let forgotten: Vec<&str> = endpoints()
        .filter(|call| roles::asked_by(call).is_none() && roles::asked_of_staff(call).is_none() && !is_public(call))
        .collect();
    assert_eq!(forgotten, Vec::<&str>::new(), "say in `app::roles` what these ask");
}

/// A second person in the book of the first, by link.
pub async fn join(asha: &mut Browser, ravi: &mut Browser, role: &str) {
    let invited =
        asha.post("/settings", &[("do", "invite"), ("form[email]", "ravi@example.com"), ("form[role]", role)]).await;
    assert_eq!(invited.status, 303, "{}", invited.text);
    let page = asha.get("/settings").await.text;
    let (_, rest) = page.split_once("/invitation?token=").expect("a link");
    let token: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
    let accepted = ravi.post("/invitation", &[("do", "accept_invitation"), ("form[token]", &token)]).await;
    assert_eq!((accepted.status.as_u16(), accepted.location()), (303, "/dashboard"), "{}", accepted.text);
}

/// Gives the other person of a book of two this role.
pub async fn set_role(owner: &mut Browser, role: Role) {
    let page = owner.call("load_household", &[]).await.text;
    let household: serde_json::Value = serde_json::from_str(&page).unwrap();
    let people = household["people"].as_array().unwrap();
    let user = people.iter().find(|one| one["is_me"] == false).unwrap()["user"].as_str().unwrap();
    let set = owner.call("set_role", &[("form[user]", user), ("form[role]", role.as_str())]).await;
    assert!(set.status.is_success(), "{}", set.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_role_is_refused_what_it_may_not_before_an_argument_is_read() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        join(&mut asha, &mut ravi, "viewer").await;
        for role in [Role::Viewer, Role::Adder, Role::Editor] {
            set_role(&mut asha, role).await;
            for call in endpoints() {
                let Some(power) = roles::asked_by(call) else { continue };
                if roles::has(role, power) {
                    continue;
                }
                let refused = ravi.call(call, &[("form[nonsense]", "1")]).await;
                assert_eq!(refused.status, 403, "{call} by {role:?}: {}", refused.text);
            }
            let added = ravi.call("save_record", &[("form[kind]", "expense")]).await;
            assert_eq!(added.status == 403, !roles::has(role, Power::Add), "{role:?}: {}", added.text);
        }
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_finds_nothing_to_change() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        asha.spend("Corner shop", "12.50").await;
        join(&mut asha, &mut ravi, "viewer").await;
        let page = ravi.get("/records").await.text;
        assert!(page.contains("Corner shop"), "{page}");
        for button in ["aria-label=\"Add record\"", "aria-label=\"Edit", "aria-label=\"Delete"] {
            assert!(!page.contains(button), "{button}");
        }
        assert!(ravi.get("/records/new").await.text.contains("You can look at this book"));
        assert!(ravi.get("/settings").await.text.contains("Export my data"));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn to_others_the_area_of_staff_is_not_there() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut admin = Browser::signed_up(&running.url, "admin@example.com").await;
        let mut care = Browser::signed_up(&running.url, "care@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        backend::staff::rank(&backend, &"care@example.com".parse().unwrap(), Some(Rank::Care)).await.unwrap();
        let mut walked = 0;
        for call in endpoints() {
            let Some(asked) = roles::asked_of_staff(call) else { continue };
            walked += 1;
            let nonsense = [("form[nonsense]", "1")];
            let refused = ravi.call(call, &nonsense).await;
            assert_eq!(refused.status, 404, "{call} by a plain person: {}", refused.text);
            for (browser, rank) in [(&mut care, Rank::Care), (&mut admin, Rank::Admin)] {
                let answer = browser.call(call, &nonsense).await;
                let is_there = !answer.text.contains("NotFound") || answer.status != 404 || rank >= asked;
                assert!(is_there == (rank >= asked), "{call} by {rank:?}: {} {}", answer.status, answer.text);
            }
        }
        assert!(walked > 8, "{walked}");
        for (path, care_may) in [("/admin", false), ("/admin/users", true), ("/admin/audit", false)] {
            assert_eq!(ravi.get(path).await.status, 404, "{path}");
            assert_eq!(care.get(path).await.status == 200, care_may, "{path}");
            assert_eq!(admin.get(path).await.status, 200, "{path}");
        }
        assert!(!ravi.get("/settings").await.text.contains("/admin"));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_suspended_is_out_within_one_call() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut admin = Browser::signed_up(&running.url, "admin@example.com").await;
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        let program = Program::of(&mut ravi, Scope::Read).await;
        let found: serde_json::Value = {
            let answer = admin.call("find_persons", &[("typed", "ravi@"), ("after", "")]).await;
            serde_json::from_str(&answer.text).unwrap()
        };
        let user = found["people"][0]["user"].as_str().unwrap().to_owned();
        let page = format!("/admin/users/{user}");
        assert!(admin.get(&page).await.text.contains("ravi@example.com"));
        let unsaid = admin.post(&page, &[("do", "suspend_person"), ("form[user]", &user)]).await;
        assert!(unsaid.status == 422 && unsaid.text.contains("Say why"), "{}", unsaid.status);
        let form = [("do", "suspend_person"), ("form[user]", user.as_str()), ("form[why]", "sent spam")];
        let done = admin.post(&page, &form).await;
        assert_eq!((done.status.as_u16(), done.location()), (303, page.as_str()));
        assert_eq!(ravi.call("load_book", &[]).await.status, 401);
        program.get("/me").await.problem(401);
        let told = ravi.log_in("ravi@example.com", crate::browser::PASSWORD).await;
        assert!(told.text.contains("This account is suspended"), "{}", told.text);
        assert!(admin.get("/admin/audit").await.text.contains("sent spam"));
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_looks_by_consent_reads_what_is_told_and_does_nothing_else() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut care = Browser::signed_up(&running.url, "care@example.com").await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        asha.spend("Corner shop", "12.50").await;
        let found: serde_json::Value =
            serde_json::from_str(&care.call("find_persons", &[("typed", "asha@"), ("after", "")]).await.text).unwrap();
        let user = found["people"][0]["user"].as_str().unwrap().to_owned();
        assert_eq!(care.call("look_at_book", &[("form[user]", &user)]).await.status, 409);
        assert!(asha.call("give_consent", &[("form[hours]", "24")]).await.status.is_success());
        assert!(asha.get("/records").await.text.contains("Support may read your book until"));
        assert!(care.call("look_at_book", &[("form[user]", &user)]).await.status.is_success());

        let page = care.get("/records").await.text;
        assert!(page.contains("Corner shop") && page.contains("You look at the book of"), "{page}");
        for call in endpoints() {
            let seen = roles::sight(&format!("/api/{call}"));
            if seen == roles::Sight::Refused && !PUBLIC.contains(&format!("/api/{call}").as_str()) {
                let refused = care.call(call, &[("form[nonsense]", "1")]).await;
                assert_eq!(refused.status, 403, "{call}: {}", refused.text);
            }
        }
        assert_eq!(care.get("/export").await.status, 403);
        assert!(!care.get("/settings").await.text.contains("Export my data"));
        assert!(care.call("load_book", &[]).await.status.is_success());
        let told = asha.get("/settings").await.text;
        for what in ["Opened the book, by consent", "the page /records", "load book"] {
            assert!(told.contains(what), "{what}");
        }

        assert!(asha.call("end_consent", &[]).await.status.is_success());
        let after = care.get("/records").await.text;
        assert!(!after.contains("Corner shop") && !after.contains("You look at the book"), "{after}");
        running.stop().await;
    })
    .await;
}
