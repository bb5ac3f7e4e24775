//! Google, `LinkedIn` and Facebook as they behave towards a server that knows them by name, each with its manners.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, verify};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use server::sign_in_with::Hosts;
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;

use crate::engines::start;

/// By which a person may be asked for.
const TOKEN: &str = "the-token-of-a-person";
pub const SECRET: &str = "a secret: with & signs";
pub const KNOWN: [(&str, &str); 3] = [("google", "Google"), ("linkedin", "LinkedIn"), ("facebook", "Facebook")];

type Pairs = BTreeMap<String, String>;

/// An RSA key, as all three of them sign or would sign.
static KEY: LazyLock<EncodingKey> = LazyLock::new(|| {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der: Pkcs8V1Der<'static> = pair.as_der().unwrap();
    // What stands inside PKCS #8 is what is asked for here.
    EncodingKey::from_rsa_der(&der.as_ref()[26..])
});

#[derive(Clone)]
pub struct KnownPeers {
    pub url: String,
    said: Arc<Mutex<Said>>,
}

#[derive(Default)]
struct Said {
    /// Who sits before the provider's pages.
    person: Value,
    /// What differs in the next token or answer.
    change: Value,
    /// What they answer instead of their consent.
    declines: Option<&'static str>,
    is_down: bool,
    visits: BTreeMap<String, Pairs>,
    /// Every token that was handed out.
    given: Vec<String>,
}

impl KnownPeers {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let peers = Self { url, said: Arc::default() };
        let app = Router::new()
            .route("/google/.well-known/openid-configuration", get(google))
            .route("/linkedin/oauth/.well-known/openid-configuration", get(linkedin))
            .route("/{name}/authorize", get(authorize))
            .route("/{name}/token", post(token))
            .route("/facebook/oauth/access_token", post(graph_token))
            .route("/{name}/keys", get(keys))
            .route("/{name}/userinfo", get(userinfo))
            .route("/facebook/me", get(me))
            .with_state(peers.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        peers
    }

    /// Where they are, by what is asked.
    pub fn places(&self) -> [String; 4] {
        ["google", "linkedin/oauth", "facebook/authorize", "facebook"].map(|path| format!("{}/{path}", self.url))
    }

    pub fn hosts(places: &[String; 4]) -> Hosts<'_> {
        let [google, linkedin, facebook, graph] = places;
        Hosts { google, linkedin, facebook, graph }
    }

    pub fn sits(&self, person: Value) {
        let mut said = self.said.lock().unwrap();
        let given = std::mem::take(&mut said.given);
        *said = Said { person, given, ..Said::default() };
    }

    pub fn given(&self) -> Vec<String> {
        self.said.lock().unwrap().given.clone()
    }

    /// These claims come otherwise; null leaves one out.
    pub fn will_say(&self, change: Value) {
        self.said.lock().unwrap().change = change;
    }

    pub fn decline(&self, error: &'static str) {
        self.said.lock().unwrap().declines = Some(error);
    }

    pub fn fall(&self) {
        self.said.lock().unwrap().is_down = true;
    }

    fn issuer(&self, name: &str) -> String {
        let path = if name == "linkedin" { "linkedin/oauth" } else { name };
        format!("{}/{path}", self.url)
    }

    /// Who came with this code, which is good once, from where they say, with the secret.
    fn redeem(&self, form: &Pairs) -> Option<Pairs> {
        let visit = self.said.lock().unwrap().visits.remove(form.get("code")?)?;
        let fits = form.get("redirect_uri") == visit.get("redirect_uri")
            && form.get("grant_type").is_some_and(|kind| kind == "authorization_code");
        let challenge = visit.get("code_challenge");
        let verified = challenge.is_none_or(|challenge| {
            let verifier = form.get("code_verifier").map_or("", String::as_str);
            BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)) == *challenge
        });
        (fits && verified).then_some(visit)
    }
}

fn changed(mut value: Value, change: &Value) -> Value {
    for (key, to) in change.as_object().into_iter().flatten() {
        value[key] = to.clone();
    }
    value.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    value
}

async fn google(State(peers): State<KnownPeers>) -> Response {
    let issuer = peers.issuer("google");
    document(
        &peers,
        json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"),
            "userinfo_endpoint": format!("{issuer}/userinfo"),
            "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code", "token", "id_token", "none"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "code_challenge_methods_supported": ["plain", "S256"],
        }),
    )
}

/// It names no way for the secret, and no challenges.
async fn linkedin(State(peers): State<KnownPeers>) -> Response {
    let url = &peers.url;
    document(
        &peers,
        json!({
            "issuer": peers.issuer("linkedin"),
            "authorization_endpoint": format!("{url}/linkedin/authorize"),
            "token_endpoint": format!("{url}/linkedin/token"),
            "userinfo_endpoint": format!("{url}/linkedin/userinfo"),
            "jwks_uri": format!("{url}/linkedin/keys"),
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email"],
        }),
    )
}

fn document(peers: &KnownPeers, document: Value) -> Response {
    if peers.said.lock().unwrap().is_down {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    Json(document).into_response()
}

/// The page that asks people for their consent, and sends them back.
async fn authorize(State(peers): State<KnownPeers>, Path(name): Path<String>, Query(asked): Query<Pairs>) -> Response {
    let scopes = if name == "facebook" { "public_profile email" } else { "openid email profile" };
    assert_eq!((asked["scope"].as_str(), asked["response_type"].as_str()), (scopes, "code"));
    assert_eq!(asked["client_id"], format!("{name}-client"));
    // A client of LinkedIn that has a secret shows no challenge; its tokens would be refused.
    assert_eq!(asked.contains_key("code_challenge"), name != "linkedin");
    let mut said = peers.said.lock().unwrap();
    let (redirect, state) = (&asked["redirect_uri"], &asked["state"]);
    let to = if let Some(error) = said.declines {
        format!("{redirect}?error={error}&error_reason=user_denied&error_description=No&state={state}")
    } else {
        let code = format!("{name}-code-{}", said.visits.len());
        let more = match name.as_str() {
            "google" => format!("&scope=email+profile+openid&authuser=0&prompt=consent&iss={}/google", peers.url),
            "facebook" => "#_=_".to_owned(),
            _ => String::new(),
        };
        let to = format!("{redirect}?code={code}&state={state}{more}");
        said.visits.insert(code, asked.clone());
        to
    };
    (StatusCode::FOUND, [(header::LOCATION, to)]).into_response()
}

async fn token(
    State(peers): State<KnownPeers>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Form(form): Form<Pairs>,
) -> Response {
    let refused = |error: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response();
    if peers.said.lock().unwrap().is_down {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let client = format!("{name}-client");
    let in_form = form.get("client_secret").is_some_and(|secret| secret == SECRET);
    if name == "linkedin" {
        if !in_form || form["client_id"] != client || form.contains_key("code_verifier") {
            return refused("invalid_client");
        }
    } else {
        // Both halves are encoded before they are joined (RFC 6749, 2.3.1).
        let expected = BASE64_STANDARD.encode(format!("{client}:a+secret%3A+with+%26+signs"));
        assert_eq!(headers["authorization"].to_str().unwrap(), format!("Basic {expected}"));
    }
    let Some(visit) = peers.redeem(&form) else {
        return refused(if name == "linkedin" { "invalid_request" } else { "invalid_grant" });
    };
    let mut said = peers.said.lock().unwrap();
    let now = start().timestamp();
    let mut claims = json!({ "iss": peers.issuer(&name), "aud": client, "iat": now, "exp": now + 3600 });
    if name == "google" {
        claims["nonce"] = json!(visit["nonce"]);
        claims["azp"] = json!(client);
        claims["at_hash"] = json!("HK6E_P6Dh8Y93mRNtsDB1Q");
        claims["hd"] = json!("example.com");
    }
    let claims = changed(changed(claims, &said.person), &said.change);
    let header = Header { kid: Some("one".into()), ..Header::new(Algorithm::RS256) };
    let scope = if name == "linkedin" { "email,openid,profile" } else { "openid email profile" };
    let id_token = jsonwebtoken::encode(&header, &claims, &KEY).unwrap();
    said.given.extend([TOKEN.to_owned(), id_token.clone()]);
    Json(json!({
        "access_token": TOKEN, "token_type": "Bearer", "expires_in": 3599, "scope": scope, "id_token": id_token,
    }))
    .into_response()
}

async fn keys() -> Json<Value> {
    let mut key = Jwk::from_encoding_key(&KEY, Algorithm::RS256).unwrap();
    key.common.key_id = Some("one".into());
    Json(json!({ "keys": [key] }))
}

/// What the bearer of the token may know; `LinkedIn` writes the locale in parts.
async fn userinfo(State(peers): State<KnownPeers>, headers: HeaderMap) -> Json<Value> {
    assert_eq!(headers["authorization"], format!("Bearer {TOKEN}"));
    let locale = json!({ "locale": { "country": "IN", "language": "en" } });
    Json(changed(peers.said.lock().unwrap().person.clone(), &locale))
}

async fn graph_token(State(peers): State<KnownPeers>, Form(form): Form<Pairs>) -> Response {
    if peers.said.lock().unwrap().is_down {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    assert_eq!((form["client_id"].as_str(), form["client_secret"].as_str()), ("facebook-client", SECRET));
    match peers.redeem(&form) {
        Some(_) => {
            peers.said.lock().unwrap().given.push(TOKEN.to_owned());
            Json(json!({ "access_token": TOKEN, "token_type": "bearer", "expires_in": 5_183_944 })).into_response()
        }
        None => refused_by_graph("OAuthException", "This authorization code has been used."),
    }
}

/// About the person, to whoever proves to know the secret of the app beside the token.
async fn me(State(peers): State<KnownPeers>, Query(query): Query<Pairs>, headers: HeaderMap) -> Response {
    assert_eq!(headers["authorization"], format!("Bearer {TOKEN}"));
    let proof = query.get("appsecret_proof").map_or("", String::as_str);
    let bytes: Vec<u8> =
        (0..proof.len() / 2).map(|at| u8::from_str_radix(&proof[2 * at..2 * at + 2], 16).unwrap()).collect();
    if verify(&Key::new(HMAC_SHA256, SECRET.as_bytes()), TOKEN.as_bytes(), &bytes).is_err() {
        return refused_by_graph("GraphMethodException", "Invalid appsecret_proof provided in the API argument");
    }
    let said = peers.said.lock().unwrap();
    let person = changed(said.person.clone(), &said.change);
    let mut told = json!({ "id": person["sub"] });
    for field in query["fields"].split(',').filter(|field| *field != "id") {
        if let Some(value) = person.get(field) {
            told[field] = value.clone();
        }
    }
    Json(told).into_response()
}

fn refused_by_graph(kind: &str, message: &str) -> Response {
    let error = json!({ "message": message, "type": kind, "code": 100, "fbtrace_id": "AbC" });
    (StatusCode::BAD_REQUEST, Json(json!({ "error": error }))).into_response()
}
