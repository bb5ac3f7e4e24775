//! Categories: what money is spent on or earned by.

use serde::{Deserialize, Serialize};

use crate::form::{self, FieldErrors, NAME_MAX};
use crate::id::CategoryId;
use crate::records::Kind;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub id: CategoryId,
    /// Unique in its book without regard to case and surrounding blanks ([`form::name_key`]).
    pub name: String,
    /// Expense or income; a transfer has no category.
    pub kind: Kind,
    pub parent: Option<CategoryId>,
    /// The name of an icon of the icon set; empty for none.
    pub icon: String,
    /// Which of the twelve chart colours it has, from 0.
    pub colour: u8,
    /// Not offered for new records; totals keep counting it.
    pub archived: bool,
    pub revision: i64,
}

/// How many chart colours there are.
pub const COLOURS: u8 = 12;

/// A category as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CategoryForm {
    /// The client-made id; empty for one that the server shall make.
    pub id: String,
    /// The revision that an edit started from; empty or 0 for a new one.
    pub revision: String,
    pub name: String,
    pub kind: String,
    pub icon: String,
}

impl CategoryForm {
    /// # Errors
    /// Messages beside "name" and "kind".
    pub fn parse(&self, id: CategoryId, before: Option<&Category>) -> Result<Category, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.take("name", form::name(&self.name, NAME_MAX));
        let kind = match before {
            Some(before) => Some(before.kind),
            None => errors.take("kind", self.kind.parse::<Kind>()).filter(|kind| *kind != Kind::Transfer),
        };
        let colour = id.0.as_bytes()[15] % COLOURS;
        match (name, kind) {
            (Some(name), Some(kind)) if errors.is_empty() => Ok(Category {
                id,
                name,
                kind,
                parent: before.and_then(|before| before.parent),
                icon: before.map_or_else(|| self.icon.clone(), |before| before.icon.clone()),
                colour: before.map_or(colour, |before| before.colour),
                archived: before.is_some_and(|before| before.archived),
                revision: self.revision.parse().unwrap_or(0),
            }),
            _ => {
                if errors.is_empty() {
                    errors.add("kind", "Choose expense or income");
                }
                Err(errors)
            }
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
