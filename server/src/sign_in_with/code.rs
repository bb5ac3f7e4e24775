//! A code, and the tokens that it is traded for.

use std::pin::Pin;

use oauth2::basic::{
    BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, EndpointNotSet, EndpointSet,
    PkceCodeVerifier, RedirectUrl, RequestTokenError, StandardRevocableToken, TokenResponse, TokenUrl,
};

use serde::Deserialize;

use super::ProviderError;
use super::peer::{NoAnswer, Peer};
use crate::config::SignInProvider;

/// A client that knows where codes and tokens come from.
pub type Spoken<T> = Client<
    BasicErrorResponse,
    T,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Where a provider is asked for codes, and for tokens, and where people come back to.
pub struct Places<'p> {
    pub codes: &'p str,
    pub tokens: &'p str,
    pub redirect: &'p str,
}

pub fn client<T: TokenResponse>(
    given: &SignInProvider,
    secret_in_form: bool,
    places: &Places<'_>,
) -> Result<Spoken<T>, ProviderError> {
    let bad = |error| ProviderError::away("an address of the provider", &error);
    Ok(Client::new(ClientId::new(given.client_id.clone()))
        .set_client_secret(ClientSecret::new(given.client_secret.0.clone()))
        .set_auth_type(if secret_in_form { AuthType::RequestBody } else { AuthType::BasicAuth })
        .set_auth_uri(AuthUrl::new(places.codes.to_owned()).map_err(bad)?)
        .set_token_uri(TokenUrl::new(places.tokens.to_owned()).map_err(bad)?)
        .set_redirect_uri(RedirectUrl::new(places.redirect.to_owned()).map_err(bad)?))
}

/// Trades a code for tokens. In a box that owns all it needs: the compiler cannot follow the borrows of the client
/// through the whole server.
pub fn trade<T: TokenResponse + Send + 'static>(
    peer: Peer,
    client: Spoken<T>,
    code: &str,
    verifier: Option<&str>,
) -> Pin<Box<dyn Future<Output = Result<T, ProviderError>> + Send>> {
    let code = AuthorizationCode::new(code.to_owned());
    let verifier = verifier.map(|verifier| PkceCodeVerifier::new(verifier.to_owned()));
    Box::pin(async move {
        let send = move |request| {
            let peer = peer.clone();
            async move { peer.send(request).await }
        };
        let mut request = client.exchange_code(code);
        if let Some(verifier) = verifier {
            request = request.set_pkce_verifier(verifier);
        }
        request.request_async(&send).await.map_err(|error| refused(&error))
    })
}

/// Why there are no tokens. What the provider wrote may repeat what was sent, so only its code is told.
fn refused(error: &RequestTokenError<NoAnswer, BasicErrorResponse>) -> ProviderError {
    match error {
        RequestTokenError::ServerResponse(answer) => match answer.error() {
            BasicErrorResponseType::InvalidGrant => ProviderError::Unproven("the code was refused"),
            code => ProviderError::away("the tokens were refused", code),
        },
        RequestTokenError::Request(error) => ProviderError::away("the tokens", error),
        RequestTokenError::Parse(_, body) => match serde_json::from_slice(body) {
            Ok(OwnWay { error: Own { kind, code: 100 } }) if kind == "OAuthException" => {
                ProviderError::Unproven("the code was refused")
            }
            Ok(OwnWay { error: Own { code, .. } }) => ProviderError::away("the tokens were refused", &code),
            Err(_) => ProviderError::Away("the tokens are not in their form".into()),
        },
        RequestTokenError::Other(_) => ProviderError::Away("the tokens are not in their form".into()),
    }
}

/// A refusal as Facebook writes it, which is not that of OAuth 2.
#[derive(Deserialize)]
struct OwnWay {
    error: Own,
}

#[derive(Deserialize)]
struct Own {
    #[serde(rename = "type")]
    kind: String,
    /// 100: a parameter, of which only the code was made elsewhere.
    code: i64,
}
