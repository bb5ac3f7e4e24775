//! Facebook, which speaks OAuth 2 without OpenID Connect: the person is asked for with the token.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use backend::sign_in_with::{Begun, Proofs};
use ledger::person::Proof;
use oauth2::basic::BasicTokenResponse;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope, TokenResponse as _};
use serde::Deserialize;

use super::code::{Places, Spoken, client, trade};
use super::peer::Peer;
use super::{Hosts, ProviderError};
use crate::config::SignInProvider;
use crate::hex::hex;

pub struct Facebook {
    given: SignInProvider,
    peer: Peer,
    dialog: String,
    graph: String,
}

#[derive(Deserialize)]
struct Person {
    id: String,
    name: Option<String>,
    email: Option<String>,
}

impl Facebook {
    pub fn new(given: &SignInProvider, hosts: &Hosts<'_>, peer: Peer) -> Self {
        Self { given: given.clone(), peer, dialog: hosts.facebook.to_owned(), graph: hosts.graph.to_owned() }
    }

    pub fn address(&self, redirect: &str, begun: &Begun) -> Result<String, ProviderError> {
        let state = begun.state.clone();
        let verifier = PkceCodeVerifier::new(begun.proofs.verifier.clone());
        let client = self.client(redirect)?;
        let request = client
            .authorize_url(|| CsrfToken::new(state))
            .add_scopes(["public_profile", "email"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        Ok(request.url().0.into())
    }

    pub async fn redeem(
        &self,
        redirect: &str,
        code: &str,
        proofs: &Proofs,
        provider: &str,
    ) -> Result<Proof, ProviderError> {
        let client = self.client(redirect)?;
        let tokens = trade(self.peer.clone(), client, code, Some(&proofs.verifier)).await?;
        let token = tokens.access_token().secret();
        let url = format!("{}/me?fields=id,name,email&appsecret_proof={}", self.graph, self.proof_of(token));
        let person: Person = self.peer.private("the answer about the person", &url, token).await?;
        if person.id.is_empty() || person.id.len() > 255 {
            return Err(ProviderError::Unproven("the answer names nobody"));
        }
        Ok(Proof {
            provider: provider.to_owned(),
            subject: person.id,
            email: person.email.and_then(|email| email.parse().ok()),
            // It never says whether it has seen that the address is theirs.
            verified: false,
            name: person.name.unwrap_or_default().trim().chars().take(80).collect(),
        })
    }

    /// Shows that whoever holds the token knows the secret too.
    fn proof_of(&self, token: &str) -> String {
        let tag = sign(&Key::new(HMAC_SHA256, self.given.client_secret.0.as_bytes()), token.as_bytes());
        hex(tag.as_ref())
    }

    fn client(&self, redirect: &str) -> Result<Spoken<BasicTokenResponse>, ProviderError> {
        let tokens = format!("{}/oauth/access_token", self.graph);
        client(&self.given, true, &Places { codes: &self.dialog, tokens: &tokens, redirect })
    }
}
