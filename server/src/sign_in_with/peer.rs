//! How a provider is spoken to: in time, without redirects, and only so much is read.

use std::time::Duration;

use oauth2::{HttpRequest, HttpResponse};
use reqwest::redirect::Policy;
use reqwest::{Client, Request, RequestBuilder, Response};
use serde::de::DeserializeOwned;

use super::ProviderError;
use crate::answers::at_most;

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer that is read, in bytes.
const LONGEST: usize = 256 * 1024;

#[derive(Clone)]
pub struct Peer(Client);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoAnswer {
    #[error("it cannot be reached or does not answer well")]
    Unreachable(#[source] reqwest::Error),
    #[error("the answer is too long")]
    TooLong,
    #[error("the answer is not in its form")]
    Malformed,
}

impl From<reqwest::Error> for NoAnswer {
    fn from(error: reqwest::Error) -> Self {
        // The address may carry a secret.
        Self::Unreachable(error.without_url())
    }
}

impl Peer {
    pub fn new() -> reqwest::Result<Self> {
        // A redirect would lead the secret, or the whole question, to another place.
        Client::builder().redirect(Policy::none()).timeout(PATIENCE).build().map(Self)
    }

    /// A document that anybody may read.
    pub async fn document<T: DeserializeOwned>(&self, what: &'static str, url: &str) -> Result<T, ProviderError> {
        self.read(what, self.0.get(url)).await
    }

    /// What the bearer of a token may read.
    pub async fn private<T: DeserializeOwned>(
        &self,
        what: &'static str,
        url: &str,
        token: &str,
    ) -> Result<T, ProviderError> {
        self.read(what, self.0.get(url).bearer_auth(token)).await
    }

    async fn read<T: DeserializeOwned>(&self, what: &'static str, request: RequestBuilder) -> Result<T, ProviderError> {
        let read = async {
            let answer = request.header("accept", "application/json").send().await?;
            if !answer.status().is_success() {
                return Err(NoAnswer::Malformed);
            }
            serde_json::from_slice(&body(answer).await?).map_err(|_| NoAnswer::Malformed)
        };
        read.await.map_err(|error| ProviderError::away(what, &error))
    }

    /// Sends what the `oauth2` crate asks for.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let answer = self.0.execute(Request::try_from(request)?).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let mut response = HttpResponse::new(body(answer).await?);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

async fn body(answer: Response) -> Result<Vec<u8>, NoAnswer> {
    at_most(LONGEST, answer).await?.ok_or(NoAnswer::TooLong)
}
