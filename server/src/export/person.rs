//! What `expenso.json` says of the person: nothing that opens the account is known here, or told.

use backend::access_tokens::TokenInfo;
use backend::factors::State;
use backend::sessions::SessionInfo;
use backend::{
    Backend, SignedIn, access_tokens, addresses, factors, households, identities, passkeys, reports, sessions, staff,
};
use serde_json::{Value, json};

use super::Failure;

pub(super) async fn all(backend: &Backend, who: &SignedIn) -> Result<Value, Failure> {
    let person = &who.person;
    let sessions = sessions::list(backend, who).await?;
    let tokens = access_tokens::list(backend, &who.member).await?;
    let wanted = addresses::wanted(backend, &who.member).await?;
    Ok(json!({
        "name": person.name, "email": person.email, "email_confirmed": person.confirmed, "phone": person.phone,
        "locale": person.locale, "time_zone": person.time_zone, "country": person.country,
        "theme": person.look.theme.as_str(), "more_contrast": person.look.more_contrast, "alerts_by_mail": person.alerts_by_mail,
        "monthly_mail": reports::wants_monthly(backend, &who.member).await?,
        "leaves_at": person.leaves_at,
        "wanted_email": wanted.map(|wanted| json!({ "email": wanted.email, "until": wanted.expires_at })),
        "has_password": person.has_password,
        "second_factor": second_factor(backend, who).await?,
        "passkeys": passkeys(backend, who).await?,
        "providers": providers(backend, who).await?,
        "sessions": sessions.iter().map(session).collect::<Value>(),
        "access_tokens": tokens.iter().map(token).collect::<Value>(),
        "invitations": invitations(backend, who).await?,
        "support": support(backend, who).await?,
    }))
}

/// Since when an app is asked for a code, and how many recovery codes are left.
async fn second_factor(backend: &Backend, who: &SignedIn) -> Result<Value, Failure> {
    Ok(match factors::state(backend, who).await? {
        State::On { since, codes_left, .. } => json!({ "since": since, "recovery_codes_left": codes_left }),
        State::Off | State::Begun(_) => Value::Null,
    })
}

async fn passkeys(backend: &Backend, who: &SignedIn) -> Result<Value, Failure> {
    let keys = passkeys::list(backend, who.member.user()).await?;
    let key = |key: passkeys::PasskeyInfo| json!({ "name": key.name, "created_at": key.created_at, "last_used_at": key.last_used_at });
    Ok(keys.into_iter().map(key).collect())
}

/// How the person is known elsewhere, where they come in that way.
async fn providers(backend: &Backend, who: &SignedIn) -> Result<Value, Failure> {
    let linked = identities::of(backend, who.member.user()).await?;
    let one = |one: identities::Identity| {
        json!({
            "provider": one.provider, "subject": one.subject, "email": one.email, "created_at": one.created_at,
            "last_used_at": one.last_used_at,
        })
    };
    Ok(linked.into_iter().map(one).collect())
}

fn session(one: &SessionInfo) -> Value {
    json!({ "user_agent": one.user_agent, "created_at": one.created_at, "last_used_at": one.last_used_at })
}

fn token(one: &TokenInfo) -> Value {
    json!({
        "name": one.name, "scope": one.scope.word(), "book": one.book, "created_at": one.created_at,
        "expires_at": one.expires_at, "last_used_at": one.last_used_at,
    })
}

/// Books that the person was asked into.
async fn invitations(backend: &Backend, who: &SignedIn) -> Result<Value, Failure> {
    let received = households::received(backend, who).await?;
    let one = |one: households::Received| {
        json!({
            "book": one.offer.book, "by": one.offer.name, "role": one.offer.role.as_str(),
            "expires_at": one.expires_at,
        })
    };
    Ok(received.into_iter().map(one).collect())
}

/// When the person let staff read a book, and what staff did to them.
async fn support(backend: &Backend, who: &SignedIn) -> Result<Value, Failure> {
    let consents = staff::of_member(backend, &who.member).await?;
    let consents: Vec<Value> = consents
        .iter()
        .map(|consent| json!({ "given_at": consent.given_at, "until": consent.until, "ended_at": consent.ended_at }))
        .collect();
    let requests = staff::asked_by(backend, &who.member).await?;
    let requests: Vec<Value> = requests
        .iter()
        .map(|one| json!({ "asked_at": one.asked_at, "question": one.question, "answer": one.answer, "answered_at": one.answered_at }))
        .collect();
    let (mut deeds, mut before) = (Vec::new(), None);
    loop {
        let (page, next) = staff::about(backend, &who.member, before).await?;
        deeds.extend(page.iter().map(|entry| {
            let by = entry.by.as_ref().and_then(|by| by.name.as_deref());
            json!({ "at": entry.at, "deed": entry.deed.word(), "by": by, "detail": entry.detail, "why": entry.why })
        }));
        before = next;
        if before.is_none() {
            return Ok(json!({ "consents": consents, "requests": requests, "deeds": deeds }));
        }
    }
}
