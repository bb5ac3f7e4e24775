//! A browser without JavaScript: it keeps cookies and says where its forms come from.

use std::collections::BTreeMap;

use reqwest::header::{ACCEPT, COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::{Client, RequestBuilder, StatusCode, redirect};

pub const FORM: &str = "application/x-www-form-urlencoded";
pub const PASSWORD: &str = "monsoon over Pune";

#[derive(Clone)]
pub struct Browser {
    pub url: String,
    pub cookies: BTreeMap<String, String>,
    /// What proxies on the way say about the client's address.
    pub forwarded_for: Option<&'static str>,
    client: Client,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }
}

impl Browser {
    pub fn at(url: &str) -> Self {
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        Self { url: url.to_owned(), cookies: BTreeMap::new(), forwarded_for: None, client }
    }

    /// A person who just signed up.
    pub async fn signed_up(url: &str, email: &str) -> Self {
        let mut browser = Self::at(url);
        let answer = browser.sign_up(email, PASSWORD).await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, "/dashboard"), "{}", answer.text);
        browser
    }

    pub async fn sign_up(&mut self, email: &str, password: &str) -> Answer {
        let form = [
            ("do", "sign_up"),
            ("form[name]", "Asha"),
            ("form[email]", email),
            ("form[password]", password),
            ("form[confirm]", password),
            ("form[terms]", "on"),
            ("form[country]", "IN"),
            ("form[currency]", "INR"),
            ("form[time_zone]", "Asia/Kolkata"),
            ("form[locale]", "en-IN"),
        ];
        self.post("/signup", &form).await
    }

    pub async fn log_in(&mut self, email: &str, password: &str) -> Answer {
        self.post("/login", &[("do", "log_in"), ("form[email]", email), ("form[password]", password)]).await
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        let request = self.client.get(format!("{}{path}", self.url)).header(ACCEPT, "text/html");
        self.send(request).await
    }

    /// Posts a form as the page at `path` would.
    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request =
            self.client.post(format!("{}{path}", self.url)).header(ORIGIN, &self.url).header(ACCEPT, "text/html");
        self.send(request.body(encoded(form)).header("content-type", FORM)).await
    }

    /// Calls a server function as the hydrated page would.
    pub async fn call(&mut self, name: &str, form: &[(&str, &str)]) -> Answer {
        let request = self.client.post(format!("{}/api/{name}", self.url)).header(ORIGIN, &self.url);
        let request = request.header(ACCEPT, "application/json").header("content-type", FORM);
        self.send(request.body(encoded(form))).await
    }

    /// Saves an expense from the first account.
    pub async fn spend(&mut self, payee: &str, amount: &str) {
        self.spend_on("2027-01-10", payee, amount).await;
    }

    /// The same on a day, ISO 8601.
    pub async fn spend_on(&mut self, day: &str, payee: &str, amount: &str) {
        let account = self.first_account().await;
        let saved = self.try_to_spend(&account, day, payee, amount).await;
        assert!(saved.status.is_success(), "{}", saved.text);
    }

    /// The id of an account that one can spend from.
    pub async fn first_account(&mut self) -> String {
        let book: serde_json::Value = serde_json::from_str(&self.call("load_book", &[]).await.text).unwrap();
        book["rows"]["accounts"][0]["id"].as_str().unwrap().to_owned()
    }

    /// Sends a new expense, whatever comes of it.
    pub async fn try_to_spend(&mut self, account: &str, day: &str, payee: &str, amount: &str) -> Answer {
        let id = uuid::Uuid::now_v7().to_string();
        let form = [
            ("form[id]", id.as_str()),
            ("form[kind]", "expense"),
            ("form[amount]", amount),
            ("form[account]", account),
            ("form[date]", day),
            ("form[payee]", payee),
        ];
        self.call("save_record", &form).await
    }

    /// Sends any request with the cookies, and keeps those that come back.
    pub async fn send(&mut self, request: RequestBuilder) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = if cookies.is_empty() { request } else { request.header(COOKIE, cookies.join("; ")) };
        let request = match self.forwarded_for {
            Some(addresses) => request.header("x-forwarded-for", addresses),
            None => request,
        };
        let response = request.send().await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (pair, _) = cookie.to_str().unwrap().split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    pub fn client(&self) -> &Client {
        &self.client
    }
}

fn encoded(form: &[(&str, &str)]) -> String {
    let plain = |text: &str| -> String {
        text.bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect()
    };
    form.iter().map(|(name, value)| format!("{}={}", plain(name), plain(value))).collect::<Vec<_>>().join("&")
}
