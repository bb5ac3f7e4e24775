//! Providers that are linked to an account, and unlinked.

use chrono::TimeDelta;
use reqwest::Url;
use serde_json::{Value, json};

use super::{arrive, back, claims, count, finish, serve};
use crate::browser::{Answer, Browser, PASSWORD};
use crate::engines::{on_each, start};
use crate::oidc_peer::OidcPeer;

/// Follows a link of the settings.
pub async fn link(browser: &mut Browser, name: &str, from: &str) -> Answer {
    let request = browser.client().get(format!("{}/login/with/{name}?link=1", browser.url));
    browser.send(request.header("sec-fetch-site", from)).await
}

async fn come_linked(browser: &mut Browser, peer: &OidcPeer, name: &str, subject: &str) -> Answer {
    let answer = link(browser, name, "same-origin").await;
    assert_eq!(answer.status, 302, "{}", answer.text);
    let address = Url::parse(answer.location()).unwrap();
    let value = |name: &str| address.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned();
    let mut claims = claims(peer, &value("nonce"));
    claims["sub"] = json!(subject);
    peer.will_say(Some(peer.signed(&claims)));
    back(browser, name, &value("state")).await
}

pub async fn unlink(browser: &mut Browser, provider: &str, subject: &str) -> Answer {
    browser.call("unlink_way", &[("form[provider]", provider), ("form[subject]", subject)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn providers_are_linked_and_unlinked_by_whoever_logged_in_lately_and_the_last_way_in_stays() {
    on_each(async |backend| {
        let peer = OidcPeer::start().await;
        let running = serve(&backend, &peer, &[]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        for from in ["cross-site", "same-site", "none"] {
            let answer = link(&mut asha, "home", from).await;
            assert_eq!((answer.status.as_u16(), answer.location()), (303, "/login?again=1&next=/settings"), "{from}");
        }
        let done = come_linked(&mut asha, &peer, "home", "one").await;
        assert_eq!((done.status.as_u16(), done.location()), (303, "/settings?linked=1"), "{}", done.text);
        let confirmed = "select count(*) from users where confirmed_at is not null";
        assert_eq!(count(&backend, confirmed).await, 1, "the provider vouches for the same address");

        // Nobody else links it, and who is signed in as another does not finish what one began.
        let mut ravi = Browser::signed_up(&running.url, "ravi@example.com").await;
        assert_eq!(come_linked(&mut ravi, &peer, "home", "one").await.status, 409);
        assert_eq!(come_linked(&mut ravi, &peer, "home", "two").await.location(), "/settings?linked=1");
        assert_eq!(unlink(&mut ravi, "home", "one").await.status, 404, "it is not his");

        backend.clock.advance(TimeDelta::minutes(16));
        assert_eq!(unlink(&mut asha, "home", "one").await.status, 409, "it is a while");
        assert_eq!(link(&mut asha, "work", "same-origin").await.location(), "/login?again=1&next=/settings");
        backend.clock.set(start());
        asha.log_in("asha@example.com", PASSWORD).await;
        assert!(unlink(&mut asha, "home", "one").await.status.is_success());
        assert_eq!(count(&backend, "select count(*) from identities").await, 1);

        // Without a password, one provider stays.
        let mut meera = Browser::at(&running.url);
        let meeras = |claims: &mut Value| {
            claims["sub"] = json!("meera");
            claims["email"] = json!("meera@example.com");
        };
        assert_eq!(arrive(&mut meera, &peer, meeras).await.location(), "/signup/with");
        assert_eq!(finish(&mut meera, &[("form[terms]", "on")]).await.location(), "/dashboard");
        let refused = unlink(&mut meera, "home", "meera").await;
        assert!(refused.status == 409 && refused.text.contains("only way in"), "{}", refused.text);
        assert_eq!(come_linked(&mut meera, &peer, "work", "meera").await.location(), "/settings?linked=1");
        assert!(unlink(&mut meera, "home", "meera").await.status.is_success());
        assert_eq!(unlink(&mut meera, "work", "meera").await.status, 409);
        running.stop().await;
    })
    .await;
}
