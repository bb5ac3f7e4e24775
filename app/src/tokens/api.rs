//! What the server does with access tokens.

use chrono::NaiveDate;
use ledger::person::{Scope, TokenForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// A token as the page shows it. The token itself is kept nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenLine {
    pub id: String,
    pub name: String,
    pub scope: Scope,
    /// The name of the book that it opens.
    pub book: String,
    /// The civil days where the person lives.
    pub expires: NaiveDate,
    pub last_used: Option<NaiveDate>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokensState {
    /// The newest first.
    pub tokens: Vec<TokenLine>,
    /// Whether a new one needs the password.
    pub asks_password: bool,
}

#[server(name = LoadTokens, prefix = "/api", endpoint = "load_tokens")]
pub async fn load_tokens() -> Result<TokensState, AppError> {
    let (backend, who) = (crate::request::backend()?, crate::request::person()?);
    let zone = who.member.zone();
    let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).date_naive();
    let tokens = backend::access_tokens::list(&backend, &who.member).await?.into_iter().map(|token| TokenLine {
        id: token.id.0.to_string(),
        name: token.name,
        scope: token.scope,
        book: token.book,
        expires: day(token.expires_at),
        last_used: token.last_used_at.map(day),
    });
    let asks_password = who.person.has_password && !backend::fresh::fresh_enough(&backend, &who).await?;
    Ok(TokensState { tokens: tokens.collect(), asks_password })
}

/// Makes a token and answers it, the only time that it is told.
#[server(name = CreateToken, prefix = "/api", endpoint = "create_token")]
pub async fn create_token(form: TokenForm) -> Result<String, AppError> {
    let (backend, who) = (crate::request::backend()?, crate::request::person()?);
    Ok(backend::access_tokens::create(&backend, &who, form.parse()?).await?)
}

/// Which token a button is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TokenChoice {
    pub id: String,
}

#[cfg(feature = "ssr")]
impl TokenChoice {
    fn id(&self) -> Result<backend::access_tokens::TokenId, AppError> {
        self.id.parse().map(backend::access_tokens::TokenId).map_err(|_| AppError::NotFound)
    }
}

/// Whoever comes with it is refused from now on; [`restore_token`] takes that back for some minutes.
#[server(name = RevokeToken, prefix = "/api", endpoint = "revoke_token")]
pub async fn revoke_token(form: TokenChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::access_tokens::revoke(&backend, &member, form.id()?).await?;
    crate::request::redirect_posts(&format!("/settings?revoked={}", form.id));
    Ok(())
}

/// The same token is good again.
#[server(name = RestoreToken, prefix = "/api", endpoint = "restore_token")]
pub async fn restore_token(form: TokenChoice) -> Result<(), AppError> {
    let (backend, member) = crate::request::signed_in()?;
    backend::access_tokens::restore(&backend, &member, form.id()?).await?;
    crate::request::redirect_posts("/settings?saved=1");
    Ok(())
}
