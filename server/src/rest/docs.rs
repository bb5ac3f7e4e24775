//! The human page about the API, drawn from the `OpenAPI` document itself, so that the two cannot differ.

mod schema;

use askama::Template;
use axum::response::{Html, IntoResponse as _, Response};
use http::{HeaderValue, header};
use ledger::person::Look;
use serde_json::Value;

use super::BASE;
use super::problem::{KINDS, Problem};
use crate::config::Config;
use schema::{Shape, kind_of, rendered, shapes};

/// It runs no script, and takes nothing from elsewhere.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'",
);
/// The methods in the order in which a person looks for them.
const METHODS: [&str; 4] = ["get", "post", "put", "delete"];

/// What the page says, made once.
pub struct Docs {
    document: Value,
    /// Where people find this server.
    address: String,
    stylesheet: String,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'d> {
    theme: &'d str,
    contrast: &'d str,
    stylesheet: &'d str,
    address: &'d str,
    lead: Vec<String>,
    groups: Vec<Group>,
    problems: Vec<Row>,
    shapes: Vec<Shape>,
}

struct Group {
    name: String,
    words: String,
    operations: Vec<Operation>,
}

struct Operation {
    anchor: String,
    method: String,
    path: String,
    summary: String,
    words: Vec<String>,
    parameters: Vec<Row>,
    /// The shape of what is sent, as HTML.
    sends: Option<String>,
    example: Option<String>,
    answers: Vec<AnswerLine>,
}

/// A line of a table; kind and words are HTML, but in the table of problems.
pub struct Row {
    pub name: String,
    pub kind: String,
    pub words: String,
}

struct AnswerLine {
    status: String,
    is_good: bool,
    /// HTML.
    shape: String,
}

impl Docs {
    pub fn new(document: &str, config: &Config) -> Self {
        let options = config.leptos();
        let hashes = std::fs::read_to_string(options.hash_file.as_ref()).unwrap_or_default();
        let hash = hashes.lines().filter_map(|line| line.split_once(':')).find(|(file, _)| *file == "css");
        let hash = hash.map(|(_, hash)| format!(".{}", hash.trim())).unwrap_or_default();
        Self {
            document: serde_json::from_str(document).unwrap_or_default(),
            address: config.base_url.clone(),
            stylesheet: format!("/pkg/expenso{hash}.css"),
        }
    }

    fn page(&self, look: Look) -> Result<String, askama::Error> {
        let page = Page {
            theme: look.theme.as_str(),
            contrast: look.contrast(),
            stylesheet: &self.stylesheet,
            address: &self.address,
            lead: paragraphs(&self.document["info"]["description"]),
            groups: groups(&self.document),
            problems: KINDS
                .iter()
                .map(|(name, status, title)| Row {
                    name: (*name).to_owned(),
                    kind: status.as_str().to_owned(),
                    words: (*title).to_owned(),
                })
                .collect(),
            shapes: shapes(&self.document),
        };
        page.render()
    }
}

pub fn answer(docs: &Docs, look: Look) -> Response {
    match docs.page(look) {
        Ok(page) => ([(header::CONTENT_SECURITY_POLICY, POLICY)], Html(page)).into_response(),
        Err(error) => Problem::from(backend::Error::internal(error)).into_response(),
    }
}

/// The operations under their tags, in the order of the tags.
fn groups(document: &Value) -> Vec<Group> {
    let tags = document["tags"].as_array().map(Vec::as_slice).unwrap_or_default();
    let group = |tag: &Value| Group {
        name: words(&tag["name"]),
        words: rendered(&words(&tag["description"])),
        operations: operations(document, &tag["name"]),
    };
    tags.iter().map(group).collect()
}

fn operations(document: &Value, tag: &Value) -> Vec<Operation> {
    let Some(paths) = document["paths"].as_object() else { return Vec::new() };
    let each = |(path, item): (&String, &Value)| {
        let of_tag = |method: &&&str| item[**method]["tags"][0] == *tag;
        let found: Vec<Operation> =
            METHODS.iter().filter(of_tag).map(|method| operation(document, path, method, &item[*method])).collect();
        found
    };
    paths.iter().flat_map(each).collect()
}

fn operation(document: &Value, path: &str, method: &str, operation: &Value) -> Operation {
    let anchor = path.strip_prefix(BASE).unwrap_or(path);
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let parameter = |parameter: &Value| Row {
        name: words(&parameter["name"]),
        kind: kind_of(&parameter["schema"]),
        words: rendered(&words(&parameter["description"])),
    };
    let sent = &operation["requestBody"]["content"]["application/json"]["schema"];
    let named = sent["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    let example =
        named.map(|name| &document["components"]["schemas"][name]["example"]).filter(|found| !found.is_null());
    Operation {
        anchor: format!("{method}{}", anchor.replace(['/', '{', '}'], "-")),
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: words(&operation["summary"]),
        words: paragraphs(&operation["description"]),
        parameters: parameters.iter().map(parameter).collect(),
        sends: (!sent.is_null()).then(|| kind_of(sent)),
        example: example.and_then(|example| serde_json::to_string_pretty(example).ok()),
        answers: answers(operation),
    }
}

fn answers(operation: &Value) -> Vec<AnswerLine> {
    let Some(answers) = operation["responses"].as_object() else { return Vec::new() };
    let line = |(status, answer): (&String, &Value)| {
        let schema = &answer["content"]["application/json"]["schema"];
        let shape = match answer["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
            Some(name) => format!("<a href=\"#{name}\">{name}</a>"),
            None if schema.is_null() => rendered(&words(&answer["description"])),
            None => kind_of(schema),
        };
        AnswerLine { status: status.clone(), is_good: status.starts_with('2'), shape }
    };
    answers.iter().map(line).collect()
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// As HTML.
fn paragraphs(value: &Value) -> Vec<String> {
    words(value).split("\n\n").filter(|words| !words.trim().is_empty()).map(rendered).collect()
}
