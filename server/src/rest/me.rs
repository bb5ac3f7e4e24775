//! Who and what the token stands for.

use axum::Json;
use chrono::{DateTime, Utc};
use ledger::person::{Role, Scope};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::Rest;
use super::auth::Caller;
use super::problem::Answer;

pub fn router() -> OpenApiRouter<Rest> {
    OpenApiRouter::new().routes(routes!(get))
}

/// The person, the book and the token.
#[derive(Debug, Serialize, ToSchema)]
struct Me {
    user_id: Uuid,
    name: String,
    email: String,
    /// IANA, such as `Asia/Kolkata`: days begin there.
    time_zone: String,
    /// BCP 47.
    locale: String,
    /// The civil day there.
    today: chrono::NaiveDate,
    book: BookOut,
    token: TokenOut,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Book)]
struct BookOut {
    id: Uuid,
    name: String,
    /// What the person may do in it, and with them the token.
    role: RoleWord,
    /// ISO 4217: what sums are told in.
    currency: String,
    /// `monday`, `sunday` or `saturday`.
    week_start: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Role)]
enum RoleWord {
    Owner,
    Editor,
    /// Adds records and changes none.
    Adder,
    Viewer,
}

impl From<Role> for RoleWord {
    fn from(role: Role) -> Self {
        match role {
            Role::Owner => Self::Owner,
            Role::Editor => Self::Editor,
            Role::Adder => Self::Adder,
            Role::Viewer => Self::Viewer,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
struct TokenOut {
    name: String,
    scope: ScopeWord,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Scope)]
enum ScopeWord {
    Read,
    Write,
}

/// Read who you are
#[utoipa::path(get, path = "/me", tag = "Me",
    responses((status = 200, description = "Whom the token stands for, and what it may do.", body = Me)))]
async fn get(caller: Caller) -> Answer<Json<Me>> {
    let person = backend::users::profile(&caller.backend, caller.member()).await?;
    let token = &caller.bearer.token;
    let scope = if token.scope == Scope::Write { ScopeWord::Write } else { ScopeWord::Read };
    Ok(Json(Me {
        user_id: person.user.0,
        name: person.name,
        email: person.email,
        time_zone: person.time_zone,
        locale: person.locale,
        today: caller.today(),
        book: BookOut {
            id: caller.member().book().0,
            name: person.book_name,
            role: caller.member().role().into(),
            currency: person.currency.code().to_owned(),
            week_start: person.week_start,
        },
        token: TokenOut { name: token.name.clone(), scope, created_at: token.created_at, expires_at: token.expires_at },
    }))
}
