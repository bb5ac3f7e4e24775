//! What an OpenID Connect provider says about itself (OpenID Connect Discovery 1.0).

use serde::Deserialize;

use super::ProviderError;
use super::manners::Manners;
use super::peer::Peer;

#[derive(Clone, Debug, Deserialize)]
pub struct Discovery {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub jwks_uri: String,
    pub userinfo_endpoint: Option<String>,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl Discovery {
    pub async fn fetch(peer: &Peer, issuer: &str, manners: Manners) -> Result<Self, ProviderError> {
        let base = issuer.trim_end_matches('/');
        let url = format!("{base}/.well-known/openid-configuration");
        let found: Self = peer.document("the discovery document", &url).await?;
        if !manners.names(base).contains(&found.issuer.trim_end_matches('/')) {
            return Err(ProviderError::Away("the discovery document is of another issuer".into()));
        }
        let safe =
            |url: &str| url.starts_with("https://") || (url.starts_with("http://") && base.starts_with("http://"));
        let endpoints = [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri];
        if !endpoints.into_iter().chain(&found.userinfo_endpoint).all(|url| safe(url)) {
            return Err(ProviderError::Away("the discovery document leads to addresses without TLS".into()));
        }
        Ok(found)
    }

    /// Whether the secret is sent in the body of the form, since the usual way is not offered.
    pub fn wants_secret_in_form(&self) -> bool {
        let methods = &self.token_endpoint_auth_methods_supported;
        !methods.is_empty() && !methods.iter().any(|method| method == "client_secret_basic")
    }

    /// Whether an answer comes from this provider, as far as it says from whom it comes (RFC 9207).
    pub fn is_from_here(&self, issuer: Option<&str>, manners: Manners) -> bool {
        match issuer {
            Some(issuer) => manners.names(&self.issuer).contains(&issuer),
            None => !self.authorization_response_iss_parameter_supported,
        }
    }
}
