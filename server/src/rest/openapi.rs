//! The `OpenAPI` document, made from the handlers themselves; what all of them answer is added here.

use axum::response::{IntoResponse as _, Response};
use http::header;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use super::BASE;
use super::limits::WINDOW;
use super::problem::{FieldProblem, KINDS, Problem};
use crate::heard::programs::KEY_MAX;

#[derive(OpenApi)]
#[openapi(
    info(title = "Expenso", version = "1.0.0", description = "Your book for shortcuts, scripts and other programs.", license(name = "MIT")),
    tags(
        (name = "Me", description = "Whom a token stands for."),
        (name = "Records", description = "What was spent, earned or moved."),
        (name = "Categories", description = "What money is spent on or earned by."),
        (name = "Accounts", description = "Where money is."),
        (name = "Bills", description = "What falls due."),
        (name = "Budgets", description = "How much may be spent, and how that stands."),
        (name = "Dashboard", description = "The figures of this month."),
        (name = "Changes", description = "For programs that keep a copy.")
    ),
    components(schemas(Problem, FieldProblem))
)]
pub struct Described;

/// The whole document, as JSON; `most` requests of a token are answered in one window.
pub fn document(described: utoipa::openapi::OpenApi, most: u32) -> String {
    let mut document = serde_json::to_value(described).unwrap_or_default();
    let paths = std::mem::take(&mut document["paths"]);
    let paths: Map<String, Value> = match paths {
        Value::Object(paths) => {
            paths.into_iter().map(|(path, item)| (format!("{BASE}{path}"), with_usual(&path, item))).collect()
        }
        _ => Map::new(),
    };
    document["paths"] = paths.into();
    document["info"]["description"] = words(most).into();
    document["components"]["responses"] = problems().into();
    document["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "bearerFormat": "exp_…", "description": "A token from the settings." }
    });
    document["security"] = json!([{ "token": [] }]);
    document.to_string()
}

fn words(most: u32) -> String {
    format!(
        "Your book for shortcuts, scripts and other programs. Make a token in the settings and send it as \
         `Authorization: Bearer exp_…`.\n\nAmounts are decimal texts (`\"12.50\"`) or whole minor units (`1250`), and \
         never JSON fractions. Days are civil days (`2027-01-31`) where you live. Fields that are not named here are \
         not looked at, and parameters that are not are refused. A change names the revision that it starts from, in the body or as `If-Match`.\n\nA token can \
         be used {most} times in {WINDOW} seconds, at all servers together: `RateLimit-Limit`, \
         `RateLimit-Remaining` and `RateLimit-Reset` tell what is left.\n\nA POST with an `Idempotency-Key` is done \
         once: sent again within 24 hours it has the same answer."
    )
}

/// How every operation can go wrong.
fn with_usual(path: &str, mut item: Value) -> Value {
    let Value::Object(operations) = &mut item else { return item };
    for (method, operation) in operations {
        let writes = method != "get";
        let sends = operation.get("requestBody").is_some();
        let asks = operation["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["in"] == "query"));
        let names = path.contains("{id}");
        let mut usual = vec!["unauthorized", "too-many", "unavailable"];
        let rules: [(bool, &[&str]); 6] = [
            (names, &["not-found"]),
            (asks, &["unreadable", "invalid"]),
            (writes, &["forbidden", "conflict"]),
            (sends, &["unreadable", "timeout", "too-large", "media-type", "invalid"]),
            (method == "post", &["unreadable", "invalid", "too-large"]),
            (method == "put", &["stale"]),
        ];
        for (_, kinds) in rules.into_iter().filter(|(is_so, _)| *is_so) {
            usual.extend(kinds);
        }
        for name in usual {
            if let Some((_, status, _)) = KINDS.iter().find(|(known, ..)| *known == name) {
                operation["responses"][status.as_str()] = json!({ "$ref": format!("#/components/responses/{name}") });
            }
        }
        let header = match method.as_str() {
            "post" => Some(json!({
                "name": "Idempotency-Key", "in": "header", "required": false,
                "description": "Done once, however often it is sent with the same key.",
                "schema": { "type": "string", "pattern": format!("^[A-Za-z0-9_.:-]{{1,{KEY_MAX}}}$") }
            })),
            "put" => Some(json!({
                "name": "If-Match", "in": "header", "required": false,
                "description": "The revision that the change starts from, as ETag told it; `*` for whatever is there.",
                "schema": { "type": "string" }
            })),
            _ => None,
        };
        if let Some(header) = header {
            match operation["parameters"].as_array_mut() {
                Some(parameters) => parameters.push(header),
                None => operation["parameters"] = json!([header]),
            }
        }
    }
    item
}

/// Each kind of problem as an answer. Two share a status: the document names the first of them.
fn problems() -> Map<String, Value> {
    let content = json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
    let answer = |(name, _, title): &(&str, http::StatusCode, &str)| {
        ((*name).to_owned(), json!({ "description": title, "content": content }))
    };
    KINDS.iter().map(answer).collect()
}

pub fn answer(document: &str) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    (kind, document.to_owned()).into_response()
}
