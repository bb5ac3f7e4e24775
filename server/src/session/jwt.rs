//! The signed token: who, in which session, on which installation, for a quarter of an hour.

use std::sync::{PoisonError, RwLock};

use backend::signing_keys::{self, SigningKey};
use backend::{Backend, Clock, NewSession, SessionId, SignedIn};
use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{DecodingKey, EncodingKey, Header, Validation};
use ledger::id::UserId;

use crate::config::Secret;
use crate::heard::session_token::{self, ALGORITHM, Claims, TYPE};

/// How long a token is good; then the session's row is asked for a new one.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// How long a server may not know of a key that another one signs with: its tokens are then renewed by their session.
const LAG: TimeDelta = TimeDelta::minutes(1);

/// Signs and reads the tokens of one installation.
pub struct Tokens {
    secret: Secret,
    asked: Validation,
    issuer: String,
    clock: Clock,
    ring: RwLock<Ring>,
}

/// The keys in use, the newest first: it signs, the others are good for tokens that they signed before it was made.
#[derive(Default)]
struct Ring {
    keys: Vec<Key>,
    looked_at: Option<DateTime<Utc>>,
}

struct Key {
    /// The `kid` of its tokens.
    id: String,
    sign: EncodingKey,
    verify: DecodingKey,
    /// From then on no token of it is taken; `None` for the key that signs.
    ends: Option<DateTime<Utc>>,
}

impl Tokens {
    /// Knows no key yet: see [`Self::keep_up`].
    pub fn new(secret: &Secret, clock: Clock) -> Self {
        let issuer = format!("expenso:{}", secret.installation());
        let asked = session_token::asked_of(&issuer);
        Self { secret: secret.clone(), asked, issuer, clock, ring: RwLock::default() }
    }

    /// Learns of new keys, once a minute. Without the database the known ones go on.
    pub async fn keep_up(&self, backend: &Backend) {
        let now = self.clock.now();
        let is_fresh = self.ring.read().is_ok_and(|ring| ring.looked_at.is_some_and(|then| now - then < LAG));
        if is_fresh {
            return;
        }
        match signing_keys::all(backend).await {
            Ok(keys) => self.take(&keys),
            Err(error) => tracing::warn!(%error, "the signing keys cannot be read"),
        }
    }

    fn take(&self, keys: &[SigningKey]) {
        let mut newer: Option<&SigningKey> = None;
        let mut ring = Ring { keys: Vec::new(), looked_at: Some(self.clock.now()) };
        for key in keys {
            let bytes = self.secret.derive(&format!("session token {}", key.id));
            ring.keys.push(Key {
                id: key.id.simple().to_string(),
                sign: EncodingKey::from_secret(&bytes),
                verify: DecodingKey::from_secret(&bytes),
                ends: newer.map(|newer| newer.made_at + LAG + LIFETIME),
            });
            newer = Some(key);
        }
        *self.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
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
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let key = ring.keys.first()?;
        let header = Header { kid: Some(key.id.clone()), ..Header::new(ALGORITHM) };
        jsonwebtoken::encode(&header, &claims, &key.sign).ok()
    }

    /// The session of a token that is ours, of this kind, and of this moment.
    pub fn session(&self, token: &str) -> Option<SessionId> {
        let id = session_token::key_of(token)?;
        let now = self.clock.now();
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let key = ring.keys.iter().find(|key| key.id == id && key.ends.is_none_or(|ends| now < ends))?;
        let claims = session_token::read(token, &key.verify, &self.asked, now.timestamp())?;
        Some(SessionId(claims.sid))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone as _, Utc};
    use jsonwebtoken::Algorithm;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;

    fn tokens_of(secret: &str) -> Tokens {
        let clock = Clock::fixed(Utc.with_ymd_and_hms(2027, 1, 15, 10, 0, 0).single().expect("an instant"));
        let tokens = Tokens::new(&Secret::given(secret).expect("a secret"), clock);
        tokens.take(&[key(1, &tokens)]);
        tokens
    }

    fn key(id: u128, tokens: &Tokens) -> SigningKey {
        SigningKey { id: Uuid::from_u128(id), made_at: tokens.clock.now() }
    }

    fn header() -> Header {
        Header { kid: Some(Uuid::from_u128(1).simple().to_string()), ..Header::new(Algorithm::HS256) }
    }

    /// The first key, to forge with.
    fn sign_with(tokens: &Tokens) -> EncodingKey {
        tokens.ring.read().expect("a ring").keys[0].sign.clone()
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
        jsonwebtoken::encode(header, &claims, &sign_with(tokens)).expect("a token")
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
    fn a_former_key_is_good_until_its_tokens_end() {
        let tokens = ours();
        let session = SessionId(Uuid::from_u128(7));
        let before = tokens.sign(UserId(Uuid::nil()), session).expect("a token");
        let first = key(1, &tokens);
        tokens.clock.advance(TimeDelta::minutes(1));
        tokens.take(&[key(2, &tokens), first]);
        let after = tokens.sign(UserId(Uuid::nil()), session).expect("a token");
        assert_eq!((tokens.session(&before), tokens.session(&after)), (Some(session), Some(session)));
        let kid = |token: &str| jsonwebtoken::decode_header(token).expect("a header").kid;
        assert_ne!(kid(&before), kid(&after), "the new key signs");
        tokens.clock.advance(LIFETIME + LAG);
        assert_eq!(tokens.session(&before), None);
        let stolen = tokens.ring.read().expect("a ring").keys[1].sign.clone();
        let forged = jsonwebtoken::encode(&header(), &claims(&tokens), &stolen).expect("a token");
        assert_eq!(tokens.session(&forged), None, "whoever stole the former key makes nothing with it");
    }

    #[test]
    fn only_tokens_of_this_installation_kind_and_time_are_taken() {
        let tokens = ours();
        let header = header();
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
        let good = signed(&tokens, &header(), |_| ());
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
        forged.push(signed(&tokens, &Header { alg: Algorithm::HS512, ..header() }, |_| ()));
        forged.push(signed(&tokens, &Header::new(Algorithm::HS256), |_| ()));
        forged.push(signed(&tokens, &Header { kid: Some("../secret.key".into()), ..header() }, |_| ()));
        let foreign = tokens_of("another secret of thirty-two bytes!");
        forged.push(jsonwebtoken::encode(&header(), &claims(&tokens), &sign_with(&foreign)).expect("a token"));
        forged
            .push(jsonwebtoken::encode(&header(), &claims(&tokens), &EncodingKey::from_secret(b"x")).expect("a token"));
        forged.push(foreign.sign(UserId(Uuid::nil()), SessionId(Uuid::nil())).expect("a token"));
        for token in forged {
            assert_eq!(tokens.session(&token), None, "{token}");
        }
    }
}
