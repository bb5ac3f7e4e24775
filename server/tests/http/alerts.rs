//! Budget alerts: to confirmed addresses only, about what is still true, by every way out.

use backend::outbox::{self, Push};
use backend::{Backend, ClientInfo, Member, commands, sessions, tokens};
use chrono::{NaiveDate, TimeDelta};
use ledger::budgets::Budget;
use ledger::id::BudgetId;
use ledger::person::LogInForm;
use ledger::{Command, Currency, Money};
use serde_json::json;

use crate::browser::{Browser, PASSWORD};
use crate::engines::on_each;
use crate::letters::{nothing_waits, rename, with_letters};
use crate::provider::{Mood, eventually, wait_until};
use crate::running::Running;
use crate::smtp_peer::SmtpPeer;

const SUBJECT: &str = "Your monthly expenses have exceeded your target budget";

fn elsewhere() -> ClientInfo {
    ClientInfo::new("192.0.2.9".parse().unwrap(), "story")
}

/// The person `asha@example.com`, logged in.
pub async fn member(backend: &Backend) -> Member {
    let form = LogInForm { email: "asha@example.com".into(), password: PASSWORD.into(), ..LogInForm::default() };
    let session = sessions::log_in(backend, form.parse().unwrap(), &elsewhere()).await.unwrap().session().unwrap();
    sessions::find(backend, session.session).await.unwrap().unwrap().member
}

/// A budget for the month that is there already.
async fn budget(backend: &Backend, member: &Member) -> BudgetId {
    let id = BudgetId(backend.clock.new_id());
    let since = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
    let budget = Budget::monthly(id, "Everything", Money::new(1_000_000, Currency::INR), since);
    commands::run(backend, member, Command::SaveBudget(budget)).await.unwrap();
    id
}

/// What the domain writes when a budget is passed.
async fn push_alert(backend: &Backend, member: &Member, budget: BudgetId, key: &str) {
    let payload = json!({
        "user": member.user(), "budget_id": budget, "budget": "Everything", "percent": 100, "whole_month": true,
        "limit": "₹10,000.00", "spent": "₹12,340.00", "period": "January 2027", "until": "2027-02-01",
        "path": "/budgets",
    });
    let mut tx = backend.db.write().await.unwrap();
    let due = backend.clock.now();
    let push = Push {
        key: key.into(),
        kind: "budget_alert",
        book: Some(member.book()),
        user: Some(member.user()),
        payload,
        due,
    };
    outbox::push(&mut tx, &backend.clock, push).await.unwrap();
    tx.commit().await.unwrap();
    backend.wake_outbox();
}

/// Changes the only person there is.
async fn change(backend: &Backend, statement: &'static str) {
    let mut tx = backend.db.write().await.unwrap();
    tx.query(statement).bind(backend.clock.now()).execute().await.unwrap();
    tx.commit().await.unwrap();
}

async fn confirmed(backend: &Backend) {
    change(backend, "update users set confirmed_at = $1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_waits_for_a_confirmed_address_and_goes_once_per_key() {
    on_each(async |backend| {
        let (provider, running) = with_letters(&backend, Mood::Takes).await;
        let letters = provider.wait_for(1).await;
        let asha = member(&backend).await;
        let budget = budget(&backend, &asha).await;
        push_alert(&running.backend, &asha, budget, "alert 1").await;
        eventually(async || nothing_waits(&backend).await).await;
        provider.wait_for(1).await;

        let text = letters[0].1["content"][0]["value"].as_str().unwrap();
        let secret: String =
            text.split("token=").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
        tokens::confirm_link(&running.backend, &secret, None, &elsewhere()).await.unwrap();
        assert_eq!(provider.wait_for(2).await[1].1["subject"], SUBJECT);
        for _ in 0..100 {
            push_alert(&running.backend, &asha, budget, "alert 2").await;
        }
        provider.wait_for(3).await;
        assert_eq!(provider.keys()[1..], ["alert-1", "alert-2"]);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_hears_of_a_deleted_budget_and_a_disabled_person_of_none() {
    on_each(async |backend| {
        let (provider, running) = with_letters(&backend, Mood::Takes).await;
        provider.wait_for(1).await;
        confirmed(&backend).await;
        let asha = member(&backend).await;
        let (kept, deleted) = (budget(&backend, &asha).await, budget(&backend, &asha).await);
        commands::run(&backend, &asha, Command::DeleteBudget(deleted)).await.unwrap();
        push_alert(&running.backend, &asha, deleted, "deleted").await;
        push_alert(&running.backend, &asha, kept, "kept").await;
        eventually(async || nothing_waits(&backend).await).await;
        change(&backend, "update users set disabled_at = $1").await;
        push_alert(&running.backend, &asha, kept, "disabled").await;
        eventually(async || nothing_waits(&backend).await).await;
        provider.wait_for(2).await;
        assert_eq!(provider.keys()[1..], ["kept"]);
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_the_database_does_not_let_be_written_is_tried_again() {
    on_each(async |backend| {
        let (provider, running) = with_letters(&backend, Mood::Takes).await;
        provider.wait_for(1).await;
        confirmed(&backend).await;
        let asha = member(&backend).await;
        let budget = budget(&backend, &asha).await;
        rename(&backend, "alter table budgets rename to budgets_away").await;
        push_alert(&running.backend, &asha, budget, "alert").await;
        let tried = async || {
            let mut tx = backend.db.read().await.unwrap();
            let sql = "select tries from outbox where key = 'alert'";
            tx.query(sql).one::<(i64,)>().await.unwrap().0 > 0
        };
        eventually(tried).await;
        rename(&backend, "alter table budgets_away rename to budgets").await;
        backend.clock.advance(TimeDelta::seconds(6));
        running.backend.wake_outbox();
        provider.wait_for(2).await;
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_provider_an_alert_is_a_file_named_after_its_key() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        let asha = member(&backend).await;
        let budget = budget(&backend, &asha).await;
        push_alert(&running.backend, &asha, budget, "budget-alert:1:2027-01-01:100").await;
        let file = running.folder.path().join("mail/budget-alert-1-2027-01-01-100.eml");
        wait_until(|| file.exists()).await;
        let mail = std::fs::read_to_string(&file).unwrap();
        assert!(mail.contains(&format!("Subject: {SUBJECT}")), "{mail}");
        assert!(mail.contains("Message-ID: <budget-alert-1-2027-01-01-100@localhost>"), "{mail}");
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_handed_to_a_mail_server() {
    on_each(async |backend| {
        let peer = SmtpPeer::start().await;
        let running = Running::start(&backend, &[("EXPENSO_SMTP_URL", &peer.url)]).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        peer.wait_for(1).await;
        confirmed(&backend).await;
        let asha = member(&backend).await;
        let budget = budget(&backend, &asha).await;
        push_alert(&running.backend, &asha, budget, "alert 1").await;
        let said = peer.wait_for(2).await.remove(1);
        assert_eq!(said.matches("RCPT TO:<asha@example.com>").count(), 1, "{said}");
        assert!(said.contains(&format!("Subject: {SUBJECT}")), "{said}");
        assert!(said.contains("Message-ID: <alert-1@localhost>"), "{said}");
        eventually(async || nothing_waits(&backend).await).await;
        running.stop().await;
    })
    .await;
}
