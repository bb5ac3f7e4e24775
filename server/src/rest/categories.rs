//! Categories over REST.

use axum::Json;
use axum::response::Response;
use ledger::categories::{Category, CategoryForm};
use ledger::id::CategoryId;
use ledger::{Book, Command};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::auth::{Caller, Id};
use super::body::Body;
use super::idempotency::Made;
use super::model::{KindWord, Revision, id_or, sent, text, whole};
use super::problem::{Answer, Problem};
use super::revision::{IfMatch, tagged};
use super::{BASE, Rest};

pub fn router() -> OpenApiRouter<Rest> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, change))
}

/// What money is spent on or earned by.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Category)]
pub struct CategoryOut {
    id: Uuid,
    revision: i64,
    /// Unique, without regard to case.
    name: String,
    kind: KindWord,
    /// The category that it stands below.
    parent_id: Option<Uuid>,
    /// The name of its picture; empty for none.
    icon: String,
    /// Which of the twelve chart colours it has, from 0.
    colour: u8,
    /// No longer offered for new records.
    archived: bool,
}

impl From<&Category> for CategoryOut {
    fn from(category: &Category) -> Self {
        Self {
            id: category.id.0,
            revision: category.revision,
            name: category.name.clone(),
            kind: category.kind.into(),
            parent_id: category.parent.map(|id| id.0),
            icon: category.icon.clone(),
            colour: category.colour,
            archived: category.archived,
        }
    }
}

/// A category to be kept. In a change, what is left out stays as it is.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(example = json!({"name": "Books", "kind": "expense"}))]
#[expect(clippy::option_option, reason = "null says that it stands below none, and nothing that it stays where it is")]
struct CategoryInput {
    id: Option<Uuid>,
    revision: Option<Revision>,
    name: Option<String>,
    /// `expense` or `income`, an expense when left out; it stays with the category.
    kind: Option<KindWord>,
    /// Null for none.
    #[serde(default, deserialize_with = "sent")]
    #[schema(value_type = Option<Uuid>)]
    parent_id: Option<Option<Uuid>>,
    icon: Option<String>,
    #[serde(default, deserialize_with = "whole")]
    #[schema(minimum = 0, maximum = 11)]
    colour: Option<u8>,
    archived: Option<bool>,
}

impl CategoryInput {
    fn parse(&self, id: CategoryId, revision: i64, book: &Book) -> Answer<Category> {
        let before = book.categories.get(&id);
        let kind = self.kind.map(ledger::records::Kind::from).or(before.map(|before| before.kind)).unwrap_or_default();
        if before.is_some_and(|before| before.kind != kind) {
            return Err(Problem::invalid("kind", "The kind of a category stays as it is"));
        }
        let form = CategoryForm {
            id: id.to_string(),
            revision: revision.to_string(),
            name: self.name.clone().or(before.map(|before| before.name.clone())).unwrap_or_default(),
            kind: kind.word().to_owned(),
            parent: self.parent_id.map(text),
            icon: self.icon.clone(),
            colour: self.colour.map(|colour| colour.to_string()),
        };
        let category = form.parse(id, book).map_err(|errors| Problem::from(errors).named(field_name))?;
        Ok(Category { archived: self.archived.unwrap_or(category.archived), ..category })
    }
}

fn field_name(field: &str) -> String {
    if field == "parent" { "parent_id".to_owned() } else { field.to_owned() }
}

#[derive(Debug, Serialize, ToSchema)]
struct CategoryList {
    categories: Vec<CategoryOut>,
    revision: i64,
}

/// List categories
#[utoipa::path(get, path = "/categories", tag = "Categories",
    responses((status = 200, description = "All of them, archived ones included.", body = CategoryList)))]
async fn list(caller: Caller) -> Answer<Json<CategoryList>> {
    let book = book(&caller).await?;
    Ok(Json(CategoryList {
        categories: book.categories.values().map(CategoryOut::from).collect(),
        revision: book.revision,
    }))
}

/// Add a category
#[utoipa::path(post, path = "/categories", tag = "Categories", request_body = CategoryInput,
    responses((status = 201, description = "It is kept.", body = CategoryOut)))]
async fn create(caller: Caller, made: Made, Body(input): Body<CategoryInput>) -> Answer<Response> {
    let id = CategoryId(id_or(input.id, made.0)?);
    let mut book = book(&caller).await?;
    // The same again is a retry and no change.
    book.categories.remove(&id);
    saved(&caller, input.parse(id, 0, &book)?, true).await
}

/// Read a category
#[utoipa::path(get, path = "/categories/{id}", tag = "Categories", params(("id" = Uuid, Path)),
    responses((status = 200, description = "The category, its revision also as ETag.", body = CategoryOut)))]
async fn get(caller: Caller, Id(id): Id) -> Answer<Response> {
    let book = book(&caller).await?;
    let category = book.categories.get(&CategoryId(id)).ok_or_else(Problem::not_found)?;
    Ok(tagged(&CategoryOut::from(category), category.revision, None))
}

/// Change a category
#[utoipa::path(put, path = "/categories/{id}", tag = "Categories", params(("id" = Uuid, Path)),
    request_body = CategoryInput, responses((status = 200, description = "It is kept.", body = CategoryOut)))]
async fn change(caller: Caller, Id(id): Id, from: IfMatch, Body(input): Body<CategoryInput>) -> Answer<Response> {
    let (book, id) = (book(&caller).await?, CategoryId(id));
    let before = book.categories.get(&id).ok_or_else(Problem::not_found)?;
    let revision = from.check(input.revision, before.revision)?;
    saved(&caller, input.parse(id, revision, &book)?, false).await
}

async fn book(caller: &Caller) -> Answer<Book> {
    Ok(backend::window::for_forms(&caller.backend, caller.member()).await?)
}

async fn saved(caller: &Caller, category: Category, is_new: bool) -> Answer<Response> {
    let id = category.id;
    let changes = caller.run(Command::SaveCategory(category)).await.map_err(|problem| problem.named(field_name))?;
    let told = changes.categories.iter().find(|known| known.id == id).ok_or_else(Problem::not_found)?;
    let place = is_new.then(|| format!("{BASE}/categories/{id}"));
    Ok(tagged(&CategoryOut::from(told), told.revision, place))
}
