//! The signed answer of an OpenID Connect provider, and everything that must be right about it (OpenID Connect
//! Core 1.0, section 3.1.3.7).

use jsonwebtoken::jwk::{Jwk, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use ledger::person::Proof;
use serde::Deserialize;
use serde_json::Value;

/// How far the clocks of the provider and of this server may differ, in seconds.
const LEEWAY: i64 = 60;
/// Of keys whose owners are known to all; one shared secret less, and nothing unsigned.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

/// What the token must say.
pub struct Expected<'e> {
    /// Any of these names.
    pub issuers: &'e [&'e str],
    /// The client that it must be for.
    pub client: &'e str,
    pub nonce: &'e str,
    /// Whether the provider repeats the nonce. One that does not may leave it out, and never says another.
    pub repeats_nonce: bool,
    /// Seconds since 1970.
    pub now: i64,
}

#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Untrue {
    /// Signed by a key that is not among those known.
    #[error("the id token is signed by an unknown key")]
    UnknownKey,
    #[error("{0}")]
    Wrong(&'static str),
}

/// What is read of a token, or of an answer about the person.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Claims {
    pub sub: String,
    aud: Value,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    pub email: Option<String>,
    /// A few write it as a text.
    email_verified: Value,
    name: Option<String>,
    given_name: Option<String>,
    preferred_username: Option<String>,
}

/// Verifies a token.
pub fn verify(token: &str, keys: &[Jwk], expected: &Expected<'_>) -> Result<Claims, Untrue> {
    let header = jsonwebtoken::decode_header(token).map_err(|_| Untrue::Wrong("the id token cannot be read"))?;
    if !ALGORITHMS.contains(&header.alg) {
        return Err(Untrue::Wrong("the id token is not signed with a public key"));
    }
    if header.crit.is_some() {
        return Err(Untrue::Wrong("the id token needs extensions that are not known"));
    }
    let fits = |key: &&Jwk| {
        let named = header.kid.is_none() || key.common.key_id == header.kid;
        named && !matches!(key.common.public_key_use, Some(PublicKeyUse::Encryption))
    };
    let mut candidates = keys.iter().filter(fits).filter_map(|key| DecodingKey::from_jwk(key).ok()).peekable();
    if candidates.peek().is_none() {
        return Err(Untrue::UnknownKey);
    }
    let mut validation = Validation::new(header.alg);
    validation.set_issuer(expected.issuers);
    validation.set_audience(&[expected.client]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp"]);
    // The times are compared below, with our own clock.
    validation.validate_exp = false;
    validation.validate_nbf = false;
    let claims = candidates
        .find_map(|key| jsonwebtoken::decode::<Claims>(token, &key, &validation).ok())
        .ok_or(Untrue::Wrong("the signature, issuer or audience of the id token is wrong"))?
        .claims;
    claims.check(expected)?;
    Ok(claims)
}

impl Claims {
    fn check(&self, expected: &Expected<'_>) -> Result<(), Untrue> {
        let for_others = self.aud.as_array().is_some_and(|all| all.len() > 1);
        let party = self.azp.as_deref();
        if party.is_some_and(|party| party != expected.client) || (for_others && party.is_none()) {
            return Err(Untrue::Wrong("the id token was issued to another client"));
        }
        if self.exp <= expected.now - LEEWAY {
            return Err(Untrue::Wrong("the id token has expired"));
        }
        if self.iat.max(self.nbf.unwrap_or_default()) > expected.now + LEEWAY {
            return Err(Untrue::Wrong("the id token is of the future"));
        }
        match self.nonce.as_deref() {
            Some(nonce) if nonce == expected.nonce => {}
            None if !expected.repeats_nonce => {}
            _ => return Err(Untrue::Wrong("the nonce of the id token is wrong")),
        }
        if self.sub.is_empty() || self.sub.len() > 255 {
            return Err(Untrue::Wrong("the id token names nobody"));
        }
        Ok(())
    }

    /// Adds what an answer about the same person says and the token does not.
    pub fn and(self, more: Self) -> Self {
        Self {
            email_verified: if self.email.is_some() { self.email_verified } else { more.email_verified },
            email: self.email.or(more.email),
            name: self.name.or(more.name),
            given_name: self.given_name.or(more.given_name),
            preferred_username: self.preferred_username.or(more.preferred_username),
            ..self
        }
    }

    pub fn into_proof(self, provider: &str) -> Proof {
        let verified = self.email_verified == Value::Bool(true) || self.email_verified == "true";
        let email = self.email.and_then(|email| email.parse().ok());
        let names = [self.name, self.given_name, self.preferred_username];
        let name = names.into_iter().flatten().find(|name| !name.trim().is_empty()).unwrap_or_default();
        // Shown in a form, which checks it as if it had been typed.
        let name = name.trim().chars().take(80).collect();
        Proof { provider: provider.to_owned(), subject: self.sub, verified: verified && email.is_some(), email, name }
    }
}
