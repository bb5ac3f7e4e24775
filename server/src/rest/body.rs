//! What is sent: JSON objects in the body, words in the query.

use std::error::Error as _;

use axum::body::to_bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use http::header;
use http::request::Parts;
use serde::de::DeserializeOwned;

use super::Rest;
use super::problem::{Answer, Problem};
use crate::http::LARGEST_BODY;

/// A JSON object. What it holds besides is not looked at.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Rest> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &Rest) -> Answer<Self> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !is_json(kind) {
            return Err(Problem::media_type());
        }
        let unreadable = |_| Problem::unreadable("", "The request could not be read. Send it again.");
        let bytes = to_bytes(request.into_body(), LARGEST_BODY).await.map_err(unreadable)?;
        read(&bytes).map(Self)
    }
}

/// `application/json`, or another kind that is JSON underneath.
fn is_json(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Answer<T> {
    // A list would be read as the fields in their order, which nobody means.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return Err(Problem::unreadable("", "Send a JSON object, such as {\"amount\": \"12.50\"}."));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let field = error.path().to_string();
        let cause = error.into_inner();
        if cause.is_data() {
            Problem::unreadable(if field == "." { "" } else { &field }, said(&cause))
        } else {
            Problem::unreadable("", format!("This is not JSON: {cause}."))
        }
    })?;
    reader.end().map_err(|_| Problem::unreadable("", "Send one JSON object and nothing after it."))?;
    Ok(value)
}

/// The message without the place in the text, which the field tells better.
fn said(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let words = text.rsplit_once(" at line ").map_or(text.as_str(), |(words, _)| words);
    format!("This field cannot be read: {words}.")
}

/// The parameters of the address.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<Rest> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &Rest) -> Answer<Self> {
        let read = Query::<T>::try_from_uri(&parts.uri);
        read.map(|query| Self(query.0)).map_err(|error| unreadable(&error))
    }
}

/// The parameter and what is wrong with it, as the cause says `limit: invalid digit found in string`.
fn unreadable(error: &QueryRejection) -> Problem {
    let cause = error.source().map(ToString::to_string).unwrap_or_default();
    match cause.split_once(": ") {
        Some((name, why)) => Problem::unreadable(name, format!("This parameter cannot be read: {why}.")),
        None => Problem::unreadable("", format!("The parameters cannot be read: {cause}.")),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::rest::model::Decimal;

    #[derive(Debug, Deserialize)]
    struct Sent {
        #[serde(default)]
        amount: Option<Decimal>,
    }

    fn refused(text: &str) -> String {
        read::<Sent>(text.as_bytes()).map(|sent| format!("{sent:?}")).expect_err(text).detail_words()
    }

    #[test]
    fn an_amount_is_a_text_and_never_a_number() {
        let sent: Sent = read(br#" {"amount": "12.50", "user_id": 7}"#).expect("what was sent");
        assert_eq!(sent.amount.map(|amount| amount.0).as_deref(), Some("12.50"));
        for number in ["12.5", "0.30000000000000004", "9007199254740993", "1e15"] {
            let words = refused(&format!(r#"{{"amount": {number}}}"#));
            assert!(words.contains("a text such as \"12.50\""), "{words}");
        }
    }

    #[test]
    fn anything_but_one_object_is_refused() {
        for text in ["", "[]", "1", "null", "{", "{}{}", r#"{"amount":"1","amount":"2"}"#, &"[".repeat(10_000)] {
            refused(text);
        }
        refused(&format!(r#"{{"x": {}"#, "[".repeat(10_000)));
    }

    #[test]
    fn a_whole_number_may_have_a_point_and_a_list_is_no_object() {
        #[derive(Debug, Deserialize)]
        struct Numbers {
            #[serde(default, deserialize_with = "crate::rest::model::whole")]
            small: Option<u8>,
            revision: Option<crate::rest::model::Revision>,
            #[serde(default, deserialize_with = "crate::rest::model::object")]
            inner: Option<Sent>,
        }
        let read = |text: &str| read::<Numbers>(text.as_bytes()).ok();
        let all = read(r#"{"small": 3.0, "revision": 7.0, "inner": {"amount": "1"}}"#).expect("all of it");
        assert_eq!((all.small, all.revision.map(|one| one.0), all.inner.is_some()), (Some(3), Some(7), true));
        assert!(read(r#"{"small": null}"#).is_some_and(|none| none.small.is_none()));
        let large = read(r#"{"revision": 3698419905983198.0, "small": 1e2}"#).expect("the text of a large number");
        assert_eq!((large.revision.map(|one| one.0), large.small), (Some(3_698_419_905_983_198), Some(100)));
        for refused in [
            r#"{"small": 3.5}"#,
            r#"{"small": 256}"#,
            r#"{"small": "3"}"#,
            r#"{"revision": 1e300}"#,
            r#"{"inner": ["1"]}"#,
        ] {
            assert!(read(refused).is_none(), "{refused}");
        }
    }

    #[test]
    fn json_comes_under_more_than_one_name() {
        assert!(
            is_json("application/json")
                && is_json("Application/JSON; charset=utf-8")
                && is_json("application/merge-patch+json")
        );
        assert!(!is_json("") && !is_json("text/plain") && !is_json("application/x-www-form-urlencoded"));
    }
}
