//! A parameter that an operation does not know is refused: with a filter whose name is misspelt, everything would be
//! told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::Method;
use url::form_urlencoded;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};

use super::BASE;
use super::problem::{Answer, Problem};

/// The names that each operation knows in its query, by path and method.
pub struct Known(BTreeMap<(String, Method), BTreeSet<String>>);

impl Known {
    pub fn of(described: &utoipa::openapi::OpenApi) -> Self {
        let named = |path: &str, (method, operation): (Method, &Operation)| {
            let parameters = operation.parameters.iter().flatten().filter_map(|parameter| match parameter {
                RefOr::T(parameter) => Some(parameter),
                RefOr::Ref(_) => None,
            });
            let in_query = parameters.filter(|parameter| parameter.parameter_in == ParameterIn::Query);
            ((path.to_owned(), method), in_query.map(|parameter| parameter.name.clone()).collect())
        };
        let paths = &described.paths.paths;
        Self(paths.iter().flat_map(|(path, item)| operations(item).map(|operation| named(path, operation))).collect())
    }

    /// The first name of a query that the operation does not know, and those that it does.
    fn stranger(&self, path: &str, method: &Method, query: &str) -> Option<(String, &BTreeSet<String>)> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        let known = self.0.get(&(path.to_owned(), method.clone()))?;
        let name = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name).find(|name| !known.contains(&**name));
        name.map(|name| (name.into_owned(), known))
    }
}

fn operations(item: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    let all = [
        (Method::GET, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

/// # Errors
/// 400, with the name and with those that are known.
pub async fn check(
    State(known): State<Arc<Known>>,
    path: MatchedPath,
    request: Request,
    next: Next,
) -> Answer<Response> {
    let path = path.as_str();
    let query = request.uri().query().unwrap_or_default();
    match known.stranger(path.strip_prefix(BASE).unwrap_or(path), request.method(), query) {
        Some((name, known)) => Err(Problem::unreadable(&name, words(known))),
        None => Ok(next.run(request).await),
    }
}

fn words(known: &BTreeSet<String>) -> String {
    if known.is_empty() {
        return "There are no parameters here.".to_owned();
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    format!("There is no such parameter here. Those there are: {}.", known.join(", "))
}
