//! An OpenID Connect provider: the authorisation code flow with PKCE, state and nonce.

use std::time::Duration;

use backend::Clock;
use backend::sign_in_with::{Begun, Proofs};
use oauth2::basic::BasicTokenType;
use oauth2::{
    CsrfToken, ExtraTokenFields, PkceCodeChallenge, PkceCodeVerifier, Scope, StandardTokenResponse, TokenResponse as _,
};
use serde::{Deserialize, Serialize};

use super::ProviderError;
use super::code::{Places, Spoken, client, trade};
use super::discovery::Discovery;
use super::id_token::{Claims, Expected, Untrue, verify};
use super::kept::Kept;
use super::keys::Keys;
use super::manners::Manners;
use super::peer::Peer;
use crate::config::SignInProvider;

/// How long a provider is taken to be as it said it was.
const FRESH: Duration = Duration::from_hours(1);

pub struct Oidc {
    issuer: String,
    given: SignInProvider,
    manners: Manners,
    peer: Peer,
    discovery: Kept<Discovery>,
    keys: Keys,
}

/// The token stands beside the usual fields.
#[derive(Deserialize, Serialize)]
struct IdToken {
    id_token: Option<String>,
}

impl std::fmt::Debug for IdToken {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("IdToken(…)")
    }
}

impl ExtraTokenFields for IdToken {}

type Tokens = StandardTokenResponse<IdToken, BasicTokenType>;

impl Oidc {
    /// Asks nobody anything yet.
    pub fn new(issuer: &str, manners: Manners, given: &SignInProvider, peer: Peer) -> Self {
        Self {
            issuer: issuer.to_owned(),
            given: given.clone(),
            manners,
            peer,
            discovery: Kept::new(FRESH),
            keys: Keys::new(),
        }
    }

    pub async fn address(&self, redirect: &str, begun: &Begun) -> Result<String, ProviderError> {
        let discovery = self.discovery().await?;
        let client = self.client(&discovery, redirect)?;
        let state = begun.state.clone();
        let mut request = client
            .authorize_url(|| CsrfToken::new(state))
            .add_scopes(["openid", "email", "profile"].map(|scope| Scope::new(scope.to_owned())))
            .add_extra_param("nonce", &begun.proofs.nonce);
        if self.manners.takes_verifier {
            let verifier = PkceCodeVerifier::new(begun.proofs.verifier.clone());
            request = request.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        }
        Ok(request.url().0.into())
    }

    pub async fn redeem(
        &self,
        redirect: &str,
        code: &str,
        issuer: Option<&str>,
        proofs: &Proofs,
        clock: &Clock,
    ) -> Result<Claims, ProviderError> {
        let discovery = self.discovery().await?;
        if !discovery.is_from_here(issuer, self.manners) {
            return Err(ProviderError::Unproven("the answer is from another issuer"));
        }
        let tokens = self.exchange(&discovery, redirect, code, proofs).await?;
        let token = tokens.extra_fields().id_token.as_deref();
        let token = token.ok_or(ProviderError::Unproven("there is no id token"))?;
        let expected = Expected {
            issuers: &self.manners.names(&discovery.issuer),
            client: &self.given.client_id,
            nonce: &proofs.nonce,
            repeats_nonce: self.manners.repeats_nonce,
            now: clock.now().timestamp(),
        };
        let claims = self.verified(token, &discovery, &expected).await?;
        match &discovery.userinfo_endpoint {
            // Some say more only when asked.
            Some(url) if claims.email.is_none() => {
                let token = tokens.access_token().secret();
                let more: Claims = self.peer.private("the answer about the person", url, token).await?;
                if more.sub != claims.sub {
                    return Err(ProviderError::Unproven("the answer about the person is about another one"));
                }
                Ok(claims.and(more))
            }
            _ => Ok(claims),
        }
    }

    async fn verified(
        &self,
        token: &str,
        discovery: &Discovery,
        expected: &Expected<'_>,
    ) -> Result<Claims, ProviderError> {
        let keys = self.keys.known(&self.peer, &discovery.jwks_uri).await?;
        let verified = match verify(token, &keys, expected) {
            // The provider may have changed its keys.
            Err(Untrue::UnknownKey) => {
                verify(token, &self.keys.newest(&self.peer, &discovery.jwks_uri).await?, expected)
            }
            other => other,
        };
        verified.map_err(|error| match error {
            Untrue::UnknownKey => ProviderError::Unproven("the id token is signed by an unknown key"),
            Untrue::Wrong(what) => ProviderError::Unproven(what),
        })
    }

    async fn exchange(
        &self,
        discovery: &Discovery,
        redirect: &str,
        code: &str,
        proofs: &Proofs,
    ) -> Result<Tokens, ProviderError> {
        let client = self.client(discovery, redirect)?;
        let verifier = self.manners.takes_verifier.then_some(proofs.verifier.as_str());
        trade(self.peer.clone(), client, code, verifier).await
    }

    async fn discovery(&self) -> Result<Discovery, ProviderError> {
        self.discovery.get(Discovery::fetch(&self.peer, &self.issuer, self.manners)).await
    }

    fn client(&self, discovery: &Discovery, redirect: &str) -> Result<Spoken<Tokens>, ProviderError> {
        let secret_in_form = self.manners.secret_in_form || discovery.wants_secret_in_form();
        let places = Places { codes: &discovery.authorization_endpoint, tokens: &discovery.token_endpoint, redirect };
        client(&self.given, secret_in_form, &places)
    }
}
