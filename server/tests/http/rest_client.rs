//! A program with a token.

use ledger::person::Scope;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;

use crate::browser::{Answer, Browser};

#[derive(Clone)]
pub struct Program {
    pub url: String,
    pub token: String,
    client: Client,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{} {error}: {}", self.status, self.text))
    }

    /// A problem of this status in the form that is documented.
    pub fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string() && problem["type"].as_str().unwrap().starts_with("/api/v1/docs#"));
        assert!(!problem["detail"].as_str().unwrap().is_empty(), "{problem}");
        problem
    }

    /// The field that a problem names first.
    pub fn field(&self, status: u16) -> String {
        self.problem(status)["errors"][0]["field"].as_str().unwrap_or_default().to_owned()
    }
}

impl Program {
    /// With a token that this person makes.
    pub async fn of(person: &mut Browser, scope: Scope) -> Self {
        let form = [("form[purpose]", "A program"), ("form[scope]", scope.word()), ("form[days]", "30")];
        let answer = person.call("create_token", &form).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        let token = serde_json::from_str(&answer.text).unwrap();
        Self { url: person.url.clone(), token, client: person.client().clone() }
    }

    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// The same program at another server.
    pub fn at(&self, url: &str) -> Self {
        Self { url: url.to_owned(), ..self.clone() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}/api/v1{path}", self.url));
        if self.token.is_empty() { request } else { request.header(AUTHORIZATION, format!("Bearer {}", self.token)) }
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    pub fn with_json(&self, method: Method, path: &str, body: &Value) -> RequestBuilder {
        self.request(method, path).header(CONTENT_TYPE, "application/json").body(body.to_string())
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(self.with_json(Method::POST, path, body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(self.with_json(Method::PUT, path, body)).await
    }

    /// What is answered, which must be well.
    pub async fn read(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        answer.json()
    }

    /// What was made, which must be well.
    pub async fn make(&self, path: &str, body: &Value) -> Value {
        let answer = self.post(path, body).await;
        assert_eq!(answer.status, 201, "{path}: {}", answer.text);
        let made = answer.json();
        assert_eq!(answer.header("location"), format!("/api/v1{path}/{}", made["id"].as_str().unwrap()));
        assert_eq!(answer.header("etag"), format!("\"{}\"", made["revision"]));
        made
    }
}
