//! The signed token of a session, as it comes in a cookie: whatever a stranger writes there, only what was signed with the
//! key, for this installation, this purpose and this moment, is taken.

use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The one algorithm, whatever the token says.
pub const ALGORITHM: Algorithm = Algorithm::HS256;
/// What the token is for, so that none of another kind is taken for it.
pub const TYPE: &str = "session";
/// How far the clocks of two servers may differ, in seconds.
const LEEWAY: i64 = 5;

/// RFC 7519, with times in seconds since 1970 UTC.
#[derive(Debug, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    /// The user.
    pub sub: Uuid,
    /// The session.
    pub sid: Uuid,
    /// [`TYPE`].
    pub typ: String,
    pub iat: i64,
    pub nbf: i64,
    pub exp: i64,
    pub jti: Uuid,
}

/// What is asked of a token of this installation, which writes them and reads them itself.
pub fn asked_of(installation: &str) -> Validation {
    let mut asked = Validation::new(ALGORITHM);
    asked.set_issuer(&[installation]);
    asked.set_audience(&[installation]);
    asked.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    // The times are compared in `read`, with our own clock.
    asked.validate_exp = false;
    asked.validate_nbf = false;
    asked
}

/// The key that it says it is signed with.
pub fn key_of(token: &str) -> Option<String> {
    jsonwebtoken::decode_header(token).ok()?.kid
}

/// What it claims, where that can be believed at `now`, in seconds since 1970 UTC.
pub fn read(token: &str, key: &DecodingKey, asked: &Validation, now: i64) -> Option<Claims> {
    let claims = jsonwebtoken::decode::<Claims>(token, key, asked).ok()?.claims;
    let is_timely = now < claims.exp && claims.nbf <= now.saturating_add(LEEWAY);
    (is_timely && claims.typ == TYPE).then_some(claims)
}
