//! Facebook, which speaks OAuth 2 without OpenID Connect: the person is asked for with the token.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use backend::sign_in_with::{Begun, Proofs};
use ledger::person::Proof;
use oauth2::basic::BasicTokenResponse;
use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope, TokenResponse as _};
use serde::Deserialize;

use super::ProviderError;
use super::code::{Places, Spoken, client, trade};
use super::peer::Peer;
use crate::config::SignInProvider;

const DIALOG: &str = "https://www.facebook.com/v23.0/dialog/oauth";
const GRAPH: &str = "https://graph.facebook.com/v23.0";

pub struct Facebook {
    given: SignInProvider,
    peer: Peer,
    graph: String,
}

#[derive(Deserialize)]
struct Person {
    id: String,
    name: Option<String>,
    email: Option<String>,
}

impl Facebook {
    pub fn new(given: &SignInProvider, peer: Peer) -> Self {
        Self { given: given.clone(), peer, graph: GRAPH.to_owned() }
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
        use std::fmt::Write as _;
        let tag = sign(&Key::new(HMAC_SHA256, self.given.client_secret.0.as_bytes()), token.as_bytes());
        tag.as_ref().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    fn client(&self, redirect: &str) -> Result<Spoken<BasicTokenResponse>, ProviderError> {
        let tokens = format!("{}/oauth/access_token", self.graph);
        client(&self.given, true, &Places { codes: DIALOG, tokens: &tokens, redirect })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use axum::extract::Query;
    use axum::http::HeaderMap;
    use axum::routing::{get, post};
    use axum::{Form, Json, Router};
    use serde_json::{Value, json};
    use tokio::net::TcpListener;

    use super::*;
    use crate::config::{ClientSecret, ProviderKind};

    type Pairs = BTreeMap<String, String>;

    /// A Graph API that takes one code, and tells about one person who shows the right proofs.
    async fn graph(person: Value) -> String {
        let token = |Form(form): Form<Pairs>| async move {
            assert_eq!((form["code"].as_str(), form["client_secret"].as_str()), ("a-code", "key"));
            assert!(form["code_verifier"].len() >= 43);
            Json(json!({ "access_token": "The quick brown fox jumps over the lazy dog", "token_type": "bearer" }))
        };
        let me = move |Query(query): Query<Pairs>, headers: HeaderMap| async move {
            // The known HMAC-SHA-256 of this text under the key "key".
            let proof = "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8";
            assert_eq!((query["appsecret_proof"].as_str(), query["fields"].as_str()), (proof, "id,name,email"));
            assert!(headers["authorization"].to_str().is_ok_and(|bearer| bearer.ends_with("lazy dog")));
            Json(person)
        };
        let app = Router::new().route("/oauth/access_token", post(token)).route("/me", get(me));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, app).await });
        url
    }

    async fn proof(person: Value) -> Result<Proof, ProviderError> {
        let given = SignInProvider {
            name: "facebook".into(),
            label: "Facebook".into(),
            kind: ProviderKind::Facebook,
            client_id: "expenso".into(),
            client_secret: ClientSecret("key".into()),
        };
        let facebook = Facebook { graph: graph(person).await, ..Facebook::new(&given, Peer::new().expect("a client")) };
        let proofs = Proofs { nonce: String::new(), verifier: "v".repeat(64) };
        let redirect = "https://money.example.org/login/with/facebook/callback";
        facebook.redeem(redirect, "a-code", &proofs, "facebook").await
    }

    #[tokio::test]
    async fn facebook_vouches_for_no_address_and_may_tell_none() {
        let said = json!({ "id": "42", "name": "Asha Rao", "email": "asha@example.com" });
        let asha = proof(said).await.expect("a proof");
        assert_eq!((asha.subject.as_str(), asha.name.as_str(), asha.verified), ("42", "Asha Rao", false));
        assert!(asha.email.is_some() && asha.vouched().is_none());
        assert_eq!(proof(json!({ "id": "42" })).await.expect("a proof").email, None);
        assert!(proof(json!({ "id": "" })).await.is_err());
    }
}
