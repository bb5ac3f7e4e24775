//! Categories: what money is spent on or earned by.

mod look;
mod tree;

use serde::{Deserialize, Serialize};

use crate::book::Book;
use crate::form::{self, FieldErrors, NAME_MAX};
use crate::id::CategoryId;
use crate::records::Kind;

pub use look::{COLOUR_NAMES, COLOURS, ICONS};
pub use tree::{LEVELS, within};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub id: CategoryId,
    /// Unique in its book without regard to case and surrounding blanks ([`form::name_key`]).
    pub name: String,
    /// Expense or income; a transfer has no category.
    pub kind: Kind,
    /// What it stands below.
    pub parent: Option<CategoryId>,
    /// Its place among those beside it; 0 where nobody put them in order: then the name decides.
    #[serde(default)]
    pub position: i64,
    /// The name of an icon of the icon set; empty for none.
    pub icon: String,
    /// Which of the twelve chart colours it has, from 0.
    pub colour: u8,
    /// Not offered for new records; totals keep counting it.
    pub archived: bool,
    pub revision: i64,
}

impl Category {
    /// A new category that says no more than this.
    pub fn plain(id: CategoryId, name: impl Into<String>, kind: Kind) -> Self {
        Self {
            id,
            name: name.into(),
            kind,
            parent: None,
            position: 0,
            icon: String::new(),
            colour: 0,
            archived: false,
            revision: 0,
        }
    }
}

/// A category as typed. What is not sent stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CategoryForm {
    /// The client-made id; empty for one that the server shall make.
    pub id: String,
    /// The revision that an edit started from; empty or 0 for a new one.
    pub revision: String,
    pub name: String,
    pub kind: String,
    /// The id of what it stands below; empty for nothing.
    pub parent: Option<String>,
    pub icon: Option<String>,
    /// From 0.
    pub colour: Option<String>,
}

impl CategoryForm {
    /// `book` needs its categories only.
    ///
    /// # Errors
    /// Messages beside "name", "kind", "parent", "icon" and "colour".
    pub fn parse(&self, id: CategoryId, book: &Book) -> Result<Category, FieldErrors> {
        let before = book.categories.get(&id);
        let mut errors = FieldErrors::default();
        let name = errors.take("name", form::name(&self.name, NAME_MAX));
        let kind = errors.take("kind", self.kind(before));
        let parent = errors.take("parent", self.parent(before));
        let icon = errors.take("icon", self.icon(before));
        let colour = errors.take("colour", self.colour(id, before));
        let (Some(name), Some(kind), Some(parent), Some(icon), Some(colour)) = (name, kind, parent, icon, colour)
        else {
            return Err(errors);
        };
        let stays = before.filter(|before| before.parent == parent);
        Ok(Category {
            id,
            name,
            kind,
            parent,
            position: stays.map_or_else(|| book.position_below(parent, kind), |before| before.position),
            icon,
            colour,
            archived: before.is_some_and(|before| before.archived),
            revision: self.revision.parse().unwrap_or(0),
        })
    }

    fn kind(&self, before: Option<&Category>) -> Result<Kind, &'static str> {
        if let Some(before) = before {
            return Ok(before.kind);
        }
        self.kind.parse().ok().filter(|kind| *kind != Kind::Transfer).ok_or("Choose expense or income")
    }

    fn parent(&self, before: Option<&Category>) -> Result<Option<CategoryId>, &'static str> {
        match &self.parent {
            None => Ok(before.and_then(|before| before.parent)),
            Some(typed) => crate::bills::optional(typed, "Choose a category of the list"),
        }
    }

    fn icon(&self, before: Option<&Category>) -> Result<String, &'static str> {
        let held = before.map(|before| before.icon.as_str()).unwrap_or_default();
        match self.icon.as_deref() {
            None => Ok(held.to_owned()),
            Some(icon) if icon.is_empty() || icon == held => Ok(icon.to_owned()),
            Some(icon) => look::known_icon(icon).map(str::to_owned).ok_or("Choose a picture of the list"),
        }
    }

    fn colour(&self, id: CategoryId, before: Option<&Category>) -> Result<u8, &'static str> {
        match self.colour.as_deref() {
            None | Some("") => Ok(before.map_or(id.0.as_bytes()[15] % COLOURS, |before| before.colour)),
            Some(typed) => typed.parse().ok().filter(|colour| *colour < COLOURS).ok_or("Choose a colour of the list"),
        }
    }
}

/// What a new book starts with: name, kind, icon, colour.
pub const STARTERS: [(&str, Kind, &str); 18] = [
    ("Groceries", Kind::Expense, "shopping-basket"),
    ("Eating out", Kind::Expense, "utensils"),
    ("Transport", Kind::Expense, "bus"),
    ("Fuel", Kind::Expense, "fuel"),
    ("Rent", Kind::Expense, "house"),
    ("Utilities", Kind::Expense, "plug"),
    ("Phone and internet", Kind::Expense, "smartphone"),
    ("Health", Kind::Expense, "heart-pulse"),
    ("Education", Kind::Expense, "graduation-cap"),
    ("Shopping", Kind::Expense, "shopping-bag"),
    ("Entertainment", Kind::Expense, "clapperboard"),
    ("Travel", Kind::Expense, "plane"),
    ("Household help", Kind::Expense, "hand-helping"),
    ("Gifts and giving", Kind::Expense, "gift"),
    ("Other expenses", Kind::Expense, "circle-ellipsis"),
    ("Salary", Kind::Income, "briefcase"),
    ("Interest", Kind::Income, "percent"),
    ("Other income", Kind::Income, "circle-plus"),
];
