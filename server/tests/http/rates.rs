//! Rates of a source, from its answer to what an account is worth.

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::get;
use server::rates::{RatesError, RatesSource};
use tokio::net::TcpListener;

use crate::browser::Browser;
use crate::engines::on_each;
use crate::provider::eventually;
use crate::running::Running;

/// A peer that answers in the real form.
async fn source() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/eurofxref-daily.xml", listener.local_addr().unwrap());
    let app = Router::new()
        .route("/eurofxref-daily.xml", get(async || include_str!("eurofxref-daily.xml")))
        .route("/broken", get(async || (StatusCode::INTERNAL_SERVER_ERROR, "down for today")))
        .route("/nonsense", get(async || "<html>Please log in to this network</html>"))
        .route("/cut", get(async || &include_str!("eurofxref-daily.xml")[..400]))
        .route("/silent", get(std::future::pending::<()>))
        .route("/moved", get(async || Redirect::temporary("/eurofxref-daily.xml")));
    tokio::spawn(async move { axum::serve(listener, app).await });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn rates_of_a_source_are_read_once_it_is_named_and_offered_with_their_day() {
    on_each(async |backend| {
        let url = source().await;
        let running = Running::start(&backend, &[("EXPENSO_RATES_URL", &url)]).await;
        let stored = async || {
            let mut tx = backend.db.read().await.unwrap();
            tx.query("select count(*) from source_rates").one::<(i64,)>().await.unwrap().0
        };
        eventually(async || stored().await == 7).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let dollars =
            [("form[name]", "Dollars"), ("form[kind]", "bank"), ("form[currency]", "USD"), ("form[opening]", "100")];
        let saved = asha.call("save_account", &dollars).await;
        assert!(saved.status.is_success(), "{}", saved.text);
        let page = asha.get("/accounts").await.text;
        assert!(page.contains("1 USD = ₹90.6619 on 24 Nov 2026"), "{page}");
        assert!(page.contains("data-minor=\"906619\""), "{page}");
        let form = asha.get("/records/new").await.text;
        assert!(form.contains("value=\"90.661923681\""), "{form}");
        running.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_source_that_leads_elsewhere_is_not_followed() {
    on_each(async |backend| {
        let moved = source().await.replace("eurofxref-daily.xml", "moved");
        let read = RatesSource::new(&moved).unwrap().read_into(&backend).await;
        assert!(matches!(read, Err(RatesError::NotRates)), "{read:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_source_that_is_down_holds_up_nobody_and_the_last_rates_stay_with_their_day() {
    on_each(async |backend| {
        let good = source().await;
        let at = |name: &str| good.replace("eurofxref-daily.xml", name);
        RatesSource::new(&good).unwrap().read_into(&backend).await.unwrap();
        for name in ["broken", "nonsense", "cut", "gone"] {
            assert!(RatesSource::new(&at(name)).unwrap().read_into(&backend).await.is_err(), "{name}");
        }
        let nobody = RatesSource::new("http://127.0.0.1:9/rates.xml").unwrap();
        assert!(matches!(nobody.read_into(&backend).await, Err(RatesError::Unreachable(_))));
        // A server whose source never answers: it is the worker that waits.
        let running = Running::start(&backend, &[("EXPENSO_RATES_URL", &at("silent"))]).await;
        let mut asha = Browser::signed_up(&running.url, "asha@example.com").await;
        let dollars =
            [("form[name]", "Dollars"), ("form[kind]", "bank"), ("form[currency]", "USD"), ("form[opening]", "100")];
        assert!(asha.call("save_account", &dollars).await.status.is_success());
        for page in ["/dashboard", "/records", "/accounts"] {
            assert_eq!(asha.get(page).await.status, 200, "{page}");
        }
        let page = asha.get("/accounts").await.text;
        assert!(page.contains("1 USD = ₹90.6619 on 24 Nov 2026"), "{page}");
        running.stop().await;
    })
    .await;
}
