//! An OpenID Connect provider that answers whatever a story puts into its mouth.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub const CLIENT: &str = "expenso";
pub const KEY_ID: &str = "first";

#[derive(Clone)]
pub struct OidcPeer {
    pub issuer: String,
    pub key: EncodingKey,
    said: Arc<Mutex<Said>>,
}

#[derive(Default)]
struct Said {
    /// The answer to the next code; none for `invalid_grant`.
    id_token: Option<String>,
    /// What it says to the bearer of a token.
    about: Value,
    /// Leads elsewhere instead of telling about itself.
    redirects: bool,
    /// The forms that came with codes.
    forms: Vec<BTreeMap<String, String>>,
}

pub fn new_key() -> EncodingKey {
    let der = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new()).unwrap();
    EncodingKey::from_ec_der(der.as_ref())
}

impl OidcPeer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let peer = Self { issuer, key: new_key(), said: Arc::default() };
        let app = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            // As if another one spoke for it.
            .route("/mirror/.well-known/openid-configuration", get(discovery))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/me", get(about))
            .with_state(peer.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        peer
    }

    /// The variables of a server that offers this provider under a name.
    pub fn env(&self, name: &str) -> [(String, String); 3] {
        let key = |end: &str| format!("EXPENSO_SIGN_IN_{}_{end}", name.to_uppercase());
        [
            (key("ISSUER"), self.issuer.clone()),
            (key("CLIENT_ID"), CLIENT.to_owned()),
            (key("CLIENT_SECRET"), "a secret: with & signs".to_owned()),
        ]
    }

    pub fn will_say(&self, id_token: Option<String>) {
        self.said.lock().unwrap().id_token = id_token;
    }

    pub fn will_tell(&self, about: Value) {
        self.said.lock().unwrap().about = about;
    }

    pub fn redirect(&self) {
        self.said.lock().unwrap().redirects = true;
    }

    pub fn forms(&self) -> Vec<BTreeMap<String, String>> {
        self.said.lock().unwrap().forms.clone()
    }

    /// A token with these claims, signed as it should be.
    pub fn signed(&self, claims: &Value) -> String {
        sign(&self.key, Some(KEY_ID), claims)
    }
}

pub fn sign(key: &EncodingKey, kid: Option<&str>, claims: &Value) -> String {
    let header = Header { kid: kid.map(str::to_owned), ..Header::new(Algorithm::ES256) };
    jsonwebtoken::encode(&header, claims, key).unwrap()
}

async fn discovery(State(peer): State<OidcPeer>) -> Response {
    let issuer = &peer.issuer;
    if peer.said.lock().unwrap().redirects {
        return (StatusCode::FOUND, [(header::LOCATION, format!("{issuer}/elsewhere"))]).into_response();
    }
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/keys"),
        "userinfo_endpoint": format!("{issuer}/me"),
    }))
    .into_response()
}

async fn keys(State(peer): State<OidcPeer>) -> Json<Value> {
    let mut key = Jwk::from_encoding_key(&peer.key, Algorithm::ES256).unwrap();
    key.common.key_id = Some(KEY_ID.to_owned());
    Json(json!({ "keys": [{ "kty": "of the future", "kid": "strange" }, key] }))
}

async fn token(State(peer): State<OidcPeer>, Form(form): Form<BTreeMap<String, String>>) -> Response {
    let mut said = peer.said.lock().unwrap();
    said.forms.push(form);
    match said.id_token.take() {
        Some(id_token) => {
            Json(json!({ "access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": id_token }))
                .into_response()
        }
        None => (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response(),
    }
}

async fn about(State(peer): State<OidcPeer>) -> Json<Value> {
    Json(peer.said.lock().unwrap().about.clone())
}
