//! The signed token: who, in which session, on which installation, for a quarter of an hour.

use backend::{Clock, NewSession, SessionId, SignedIn};
use chrono::TimeDelta;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use ledger::id::UserId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::config::Secret;

/// How long a token is good; then the session's row is asked for a new one.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// How far the clocks of two servers may differ, in seconds.
const LEEWAY: i64 = 5;
const TYPE: &str = "session";

/// Signs and reads the tokens of one installation.
#[derive(Clone)]
pub struct Tokens {
    sign: EncodingKey,
    verify: DecodingKey,
    validation: Validation,
    issuer: String,
    clock: Clock,
}

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    /// The user.
    sub: Uuid,
    /// The session.
    sid: Uuid,
    /// What the token is for, so that none of another kind is taken for it.
    typ: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    jti: Uuid,
}

impl Tokens {
    pub fn new(secret: &Secret, clock: Clock) -> Self {
        let key = secret.derive("session token");
        let issuer = format!("expenso:{}", secret.installation());
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[&issuer]);
        validation.set_audience(&[&issuer]);
        validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
        // The times are compared below, with our own clock.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Self { sign: EncodingKey::from_secret(&key), verify: DecodingKey::from_secret(&key), validation, issuer, clock }
    }

    /// A token for a session that was just begun.
    pub fn of_new(&self, session: &NewSession) -> Option<String> {
        self.sign(session.user, session.session)
    }

    /// A further token for a session that goes on.
    pub fn of(&self, who: &SignedIn) -> Option<String> {
        self.sign(who.member.user(), who.session)
    }

    fn sign(&self, user: UserId, session: SessionId) -> Option<String> {
        let now = self.clock.now();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: self.issuer.clone(),
            sub: user.0,
            sid: session.0,
            typ: TYPE.to_owned(),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + LIFETIME).timestamp(),
            jti: self.clock.new_id(),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.sign).ok()
    }

    /// The session of a token that is ours, of this kind, and of this moment.
    pub fn session(&self, token: &str) -> Option<SessionId> {
        let claims = jsonwebtoken::decode::<Claims>(token, &self.verify, &self.validation).ok()?.claims;
        let now = self.clock.now().timestamp();
        let timely = now < claims.exp && claims.nbf <= now + LEEWAY;
        (timely && claims.typ == TYPE).then_some(SessionId(claims.sid))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone as _, Utc};
    use serde_json::{Value, json};

    use super::*;

    fn tokens_of(secret: &str) -> Tokens {
        let clock = Clock::fixed(Utc.with_ymd_and_hms(2027, 1, 15, 10, 0, 0).single().expect("an instant"));
        Tokens::new(&Secret::given(secret).expect("a secret"), clock)
    }

    fn ours() -> Tokens {
        tokens_of("0123456789abcdef0123456789abcdef")
    }

    fn claims(tokens: &Tokens) -> Value {
        let now = tokens.clock.now().timestamp();
        json!({
            "iss": tokens.issuer, "aud": tokens.issuer, "sub": Uuid::nil(), "sid": Uuid::nil(), "typ": "session",
            "iat": now, "nbf": now, "exp": now + 60, "jti": Uuid::nil(),
        })
    }

    fn signed(tokens: &Tokens, header: &Header, change: impl Fn(&mut Value)) -> String {
        let mut claims = claims(tokens);
        change(&mut claims);
        jsonwebtoken::encode(header, &claims, &tokens.sign).expect("a token")
    }

    #[test]
    fn a_token_leads_back_to_its_session() {
        let tokens = ours();
        let session = SessionId(Uuid::from_u128(7));
        let token = tokens.sign(UserId(Uuid::nil()), session).expect("a token");
        assert_eq!(tokens.session(&token), Some(session));
        tokens.clock.advance(LIFETIME);
        assert_eq!(tokens.session(&token), None, "it expires");
    }

    #[test]
    fn only_tokens_of_this_installation_kind_and_time_are_taken() {
        let tokens = ours();
        let header = Header::new(Algorithm::HS256);
        assert!(tokens.session(&signed(&tokens, &header, |_| ())).is_some());
        let now = tokens.clock.now().timestamp();
        let bad: [(&str, Value); 8] = [
            ("iss", json!("expenso:0000")),
            ("aud", json!("elsewhere")),
            ("typ", json!("refresh")),
            ("exp", json!(now)),
            ("nbf", json!(now + 60)),
            ("sid", json!("x")),
            ("exp", Value::Null),
            ("iss", Value::Null),
        ];
        for (claim, value) in bad {
            let token = signed(&tokens, &header, |claims| claims[claim] = value.clone());
            assert_eq!(tokens.session(&token), None, "{claim} {value}");
        }
    }

    #[test]
    fn forged_signatures_are_refused() {
        let tokens = ours();
        let good = signed(&tokens, &Header::new(Algorithm::HS256), |_| ());
        let parts: Vec<&str> = good.split('.').collect();
        // {"alg":"none","typ":"JWT"} and its spellings
        let none = [
            "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0",
            "eyJhbGciOiJOb25lIiwidHlwIjoiSldUIn0",
            "eyJhbGciOiJuT25FIn0",
            "eyJhbGciOiIifQ",
        ];
        let mut forged: Vec<String> = none
            .iter()
            .flat_map(|head| {
                [
                    format!("{head}.{}.", parts[1]),
                    format!("{head}.{}", parts[1]),
                    format!("{head}.{}.{}", parts[1], parts[2]),
                ]
            })
            .collect();
        forged.extend([
            format!("{}.{}.", parts[0], parts[1]),
            good[..good.len() - 2].to_owned(),
            String::new(),
            "a.b.c".into(),
        ]);
        forged.push(signed(&tokens, &Header::new(Algorithm::HS512), |_| ()));
        let foreign = tokens_of("another secret of thirty-two bytes!");
        forged.push(
            jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims(&tokens), &foreign.sign).expect("a token"),
        );
        forged.push(
            jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims(&tokens), &EncodingKey::from_secret(b"x"))
                .expect("a token"),
        );
        forged.push(foreign.sign(UserId(Uuid::nil()), SessionId(Uuid::nil())).expect("a token"));
        for token in forged {
            assert_eq!(tokens.session(&token), None, "{token}");
        }
    }
}
