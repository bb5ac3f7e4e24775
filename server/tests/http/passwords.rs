//! Passwords on pages and over the years.

use chrono::TimeDelta;

use crate::browser::{Browser, PASSWORD};
use crate::engines::{on_each, start};
use crate::running::Running;

/// The value of an attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> &'t str {
    tag.split_once(&format!(" {name}=\"")).map_or("", |(_, rest)| rest.split('"').next().unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_password_field_is_masked_and_known_to_password_managers() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let mut stranger = Browser::at(&running.url);
        backend::tokens::forgot(
            &backend,
            "asha@example.com".parse().unwrap(),
            &backend::ClientInfo::new(std::net::Ipv4Addr::LOCALHOST.into(), "a story"),
        )
        .await
        .unwrap();
        let reset = reset_link(&running).await;
        backend.clock.advance(TimeDelta::minutes(16));
        for (path, signed_in, current, new) in [
            ("/signup", false, 0, 2),
            ("/login", false, 1, 0),
            (reset.as_str(), false, 0, 2),
            ("/settings", true, 2, 2),
            ("/settings/leave", true, 1, 0),
            ("/settings/prove?next=/settings", true, 1, 0),
        ] {
            let page = if signed_in { asha.get(path).await } else { stranger.get(path).await };
            assert_eq!(page.status, 200, "{path}");
            let inputs: Vec<&str> =
                page.text.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap()).collect();
            let count = |word: &str| inputs.iter().filter(|tag| attribute(tag, "autocomplete") == word).count();
            assert_eq!((count("current-password"), count("new-password")), (current, new), "{path}");
            for tag in inputs {
                let is_password = attribute(tag, "autocomplete").ends_with("-password");
                assert_eq!(is_password, attribute(tag, "type") == "password", "{path}: {tag}");
                assert!(!tag.contains("onpaste") && (!is_password || !tag.contains("maxlength")), "{path}: {tag}");
            }
        }
        backend.clock.set(start());
        running.stop().await;
    })
    .await;
}

/// The path of the newest letter's link.
pub async fn reset_link(running: &Running) -> String {
    let folder = running.folder.path().join("mail");
    let found = || {
        let files = std::fs::read_dir(&folder).into_iter().flatten().flatten();
        let mut texts = files.filter(|file| file.file_name().to_string_lossy().starts_with("reset"));
        texts.find_map(|file| std::fs::read_to_string(file.path()).ok())
    };
    crate::provider::wait_until(|| found().is_some()).await;
    let text = found().unwrap().replace("=\r\n", "").replace("=3D", "=");
    let token: String =
        text.split("/reset?token=").nth(1).unwrap().chars().take_while(char::is_ascii_alphanumeric).collect();
    format!("/reset?token={token}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_of_two_years_ago_still_logs_in_and_nobody_asks_for_another() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        Browser::signed_up(&running.url, "asha@example.com").await;
        backend.clock.advance(TimeDelta::days(731));
        let mut asha = Browser::at(&running.url);
        let answer = asha.log_in("asha@example.com", PASSWORD).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/dashboard"), "{}", answer.text);
        let page = asha.get("/dashboard").await;
        assert!(page.status == 200 && !page.text.contains("another password"), "{}", page.text);
        backend.clock.set(start());
        running.stop().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_installation_has_nobody_and_refuses_the_log_in_of_the_demonstration() {
    on_each(async |backend| {
        let running = Running::start(&backend, &[]).await;
        let people = async || {
            let mut tx = backend.db.read().await.unwrap();
            tx.query("select count(*) from users").one::<(i64,)>().await.unwrap().0
        };
        assert_eq!(people().await, 0);
        for (email, password) in [
            ("demo@expenso.example", "chai and samosas"),
            ("admin@example.com", "admin"),
            ("admin", "admin"),
            ("root@localhost", "expenso"),
        ] {
            let answer = Browser::at(&running.url).log_in(email, password).await;
            assert!(answer.status == 422 && answer.text.contains("Incorrect email or password"), "{email}");
        }
        assert_eq!(people().await, 0, "trying makes nobody");
        // It is the log-in of the demonstration, once the operator has called for one.
        let demo = backend::demo::fill(&backend).await.unwrap();
        assert_eq!((demo.email.as_str(), demo.password.as_str()), ("demo@expenso.example", "chai and samosas"));
        let answer = Browser::at(&running.url).log_in(&demo.email, &demo.password).await;
        assert_eq!(answer.location(), "/dashboard");
        running.stop().await;
    })
    .await;
}
