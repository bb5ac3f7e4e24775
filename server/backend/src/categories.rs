//! Categories.

use ledger::categories::Category;
use ledger::form::name_key;
use ledger::id::{BookId, CategoryId};
use uuid::Uuid;

use crate::rows::{each, number, word};
use crate::{Result, Tx};

#[derive(sqlx::FromRow)]
struct CategoryRow {
    id: Uuid,
    name: String,
    kind: String,
    parent_id: Option<Uuid>,
    position: i64,
    icon: String,
    colour: i64,
    archived: bool,
    revision: i64,
}

impl CategoryRow {
    fn read(self) -> Result<Category> {
        Ok(Category {
            id: CategoryId(self.id),
            name: self.name,
            kind: word(&self.kind)?,
            parent: self.parent_id.map(CategoryId),
            position: self.position,
            icon: self.icon,
            colour: number(self.colour)?,
            archived: self.archived,
            revision: self.revision,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, name, kind, parent_id, position, icon, colour, archived, revision from categories where book_id = $1",
            $rest
        )
    };
}

pub(crate) async fn all(tx: &mut Tx, book: BookId) -> Result<Vec<Category>> {
    each(tx.query(select!("")).bind(book.0).all().await?, CategoryRow::read)
}

pub(crate) async fn find(tx: &mut Tx, book: BookId, id: CategoryId) -> Result<Option<Category>> {
    let row = tx.query(select!(" and id = $2")).bind(book.0).bind(id.0).optional().await?;
    row.map(CategoryRow::read).transpose()
}

/// Written after revision `from`, up to `to`.
pub(crate) async fn since(tx: &mut Tx, book: BookId, from: i64, to: i64) -> Result<Vec<Category>> {
    let rows =
        tx.query(select!(" and revision > $2 and revision <= $3")).bind(book.0).bind(from).bind(to).all().await?;
    each(rows, CategoryRow::read)
}

/// Takes the row of a category away that was merged into another.
pub(crate) async fn delete(tx: &mut Tx, book: BookId, id: CategoryId) -> Result<()> {
    tx.query("delete from categories where book_id = $1 and id = $2").bind(book.0).bind(id.0).execute().await?;
    Ok(())
}

pub(crate) async fn put(tx: &mut Tx, book: BookId, category: &Category) -> Result<()> {
    tx.query(
        "insert into categories (book_id, id, name, name_key, kind, parent_id, icon, colour, archived, revision, position)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         on conflict (book_id, id) do update set name = excluded.name, name_key = excluded.name_key,
            parent_id = excluded.parent_id, icon = excluded.icon, colour = excluded.colour,
            archived = excluded.archived, revision = excluded.revision, position = excluded.position",
    )
    .bind(book.0)
    .bind(category.id.0)
    .bind(category.name.clone())
    .bind(name_key(&category.name))
    .bind(category.kind.word())
    .bind(category.parent.map(|id| id.0))
    .bind(category.icon.clone())
    .bind(i64::from(category.colour))
    .bind(category.archived)
    .bind(category.revision)
    .bind(category.position)
    .execute()
    .await?;
    Ok(())
}
