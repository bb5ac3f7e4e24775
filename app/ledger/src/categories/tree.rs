//! Categories below each other: at most [`LEVELS`] deep, always of one kind.

use std::collections::BTreeSet;

use super::Category;
use crate::book::Book;
use crate::form::{FieldErrors, name_key};
use crate::id::CategoryId;
use crate::order;
use crate::records::Kind;

/// How many levels there are: "Home › Energy › Gas" is the deepest.
pub const LEVELS: usize = 3;

/// A category and all that stands below it.
pub fn within(top: CategoryId, all: &[&Category]) -> BTreeSet<CategoryId> {
    let mut found = BTreeSet::from([top]);
    loop {
        let known = found.len();
        let below = |category: &&&Category| category.parent.is_some_and(|parent| found.contains(&parent));
        let more: Vec<CategoryId> = all.iter().filter(below).map(|category| category.id).collect();
        found.extend(more);
        if found.len() == known {
            return found;
        }
    }
}

impl Book {
    /// The categories of a kind in their order, archived ones included, each with its depth from 0 and with what
    /// stands below it right behind it.
    pub fn category_tree(&self, kind: Kind) -> Vec<(usize, &Category)> {
        let mut all: Vec<&Category> = self.categories.values().filter(|category| category.kind == kind).collect();
        all.sort_by_cached_key(|category| (category.position, name_key(&category.name)));
        let is_top =
            |category: &&&Category| category.parent.is_none_or(|parent| !self.categories.contains_key(&parent));
        let mut tree = Vec::with_capacity(all.len());
        for top in all.iter().filter(is_top) {
            grow(top, 0, &all, &mut tree);
        }
        tree
    }

    /// "Home › Energy › Gas".
    pub fn category_path(&self, category: &Category) -> String {
        let above = |category: &&Category| category.parent.and_then(|parent| self.categories.get(&parent));
        let mut names: Vec<&str> =
            std::iter::successors(Some(category), above).take(LEVELS).map(|category| category.name.as_str()).collect();
        names.reverse();
        names.join(" › ")
    }

    /// The category and all that stands below it.
    pub fn categories_within(&self, top: CategoryId) -> BTreeSet<CategoryId> {
        within(top, &self.categories.values().collect::<Vec<_>>())
    }

    pub fn has_categories_below(&self, id: CategoryId) -> bool {
        self.categories.values().any(|category| category.parent == Some(id))
    }

    /// What a category could stand below: of its kind, not archived, and with room for what stands below itself.
    pub fn parents_for(&self, category: Option<&Category>, kind: Kind) -> Vec<&Category> {
        let fits = |parent: &&Category| match category {
            Some(category) => self.has_room(category.id, parent.id),
            None => self.depth(parent.id) + 1 < LEVELS,
        };
        let held = category.and_then(|category| category.parent);
        let offered = self.category_tree(kind).into_iter().map(|(_, parent)| parent);
        offered.filter(|parent| !parent.archived || Some(parent.id) == held).filter(fits).collect()
    }

    /// Those that are not archived and stand beside a category, itself included, in their order.
    pub fn categories_beside(&self, category: &Category) -> Vec<CategoryId> {
        let tree = self.category_tree(category.kind).into_iter().map(|(_, other)| other);
        tree.filter(|other| !other.archived && other.parent == category.parent).map(|other| other.id).collect()
    }

    /// The position of a category that comes to stand below `parent`.
    pub(super) fn position_below(&self, parent: Option<CategoryId>, kind: Kind) -> i64 {
        let beside = self.categories.values().filter(|other| other.kind == kind && other.parent == parent);
        order::behind(beside.map(|other| other.position))
    }

    /// Whether what a category stands below is there, of its kind, and leaves room for what stands below itself.
    pub(crate) fn check_parent(&self, category: &Category) -> Result<(), FieldErrors> {
        let Some(parent) = category.parent else { return Ok(()) };
        let message = match self.categories.get(&parent) {
            Some(known) if known.kind != category.kind => "Choose a category of the same kind",
            Some(_) if self.categories_within(category.id).contains(&parent) => {
                "Choose a category that does not stand below this one"
            }
            Some(_) if !self.has_room(category.id, parent) => {
                "This would be too deep: categories stand on at most three levels"
            }
            Some(_) => return Ok(()),
            None => "Choose a category of the list",
        };
        Err(FieldErrors::one("parent", message))
    }

    fn has_room(&self, id: CategoryId, parent: CategoryId) -> bool {
        let below = self.categories_within(id);
        let height = below.iter().map(|below| self.depth(*below)).max().unwrap_or_default() - self.depth(id);
        !below.contains(&parent) && self.depth(parent) + 1 + height < LEVELS
    }

    /// How many categories it stands below.
    fn depth(&self, id: CategoryId) -> usize {
        let above = |id: &CategoryId| self.categories.get(id)?.parent.filter(|id| self.categories.contains_key(id));
        std::iter::successors(Some(id), above).take(LEVELS + 1).count() - 1
    }
}

fn grow<'b>(category: &'b Category, depth: usize, all: &[&'b Category], tree: &mut Vec<(usize, &'b Category)>) {
    tree.push((depth, category));
    if depth + 1 < LEVELS {
        for below in all.iter().filter(|other| other.parent == Some(category.id)) {
            grow(below, depth + 1, all, tree);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::currency::Currency;

    fn id(n: u128) -> CategoryId {
        CategoryId(uuid::Uuid::from_u128(n))
    }

    fn category(n: u128, name: &str, parent: Option<u128>) -> Category {
        let kind = if n > 90 { Kind::Income } else { Kind::Expense };
        Category { parent: parent.map(id), ..Category::plain(id(n), name, kind) }
    }

    fn book() -> Book {
        let mut book = Book::new(Currency::INR, chrono::Weekday::Mon);
        for (n, name, parent) in [
            (1, "Home", None),
            (2, "Energy", Some(1)),
            (3, "Gas", Some(2)),
            (4, "Rent", Some(1)),
            (5, "Food", None),
            (91, "Salary", None),
        ] {
            book.categories.insert(id(n), category(n, name, parent));
        }
        book
    }

    #[test]
    fn children_stand_behind_their_parents_in_the_order_that_was_chosen() {
        let mut book = book();
        let shown = |book: &Book| -> Vec<String> {
            book.category_tree(Kind::Expense)
                .iter()
                .map(|(depth, category)| "-".repeat(*depth) + &category.name)
                .collect()
        };
        assert_eq!(shown(&book), ["Food", "Home", "-Energy", "--Gas", "-Rent"]);
        book.categories.get_mut(&id(1)).expect("Home").position = 1;
        book.categories.get_mut(&id(5)).expect("Food").position = 2;
        book.categories.get_mut(&id(2)).expect("Energy").position = 9;
        assert_eq!(shown(&book), ["Home", "-Rent", "-Energy", "--Gas", "Food"]);
        assert_eq!(book.category_path(&book.categories[&id(3)]), "Home › Energy › Gas");
        assert_eq!(book.categories_within(id(2)), BTreeSet::from([id(2), id(3)]));
        assert_eq!(book.position_below(Some(id(1)), Kind::Expense), 10);
        assert_eq!(book.position_below(Some(id(2)), Kind::Expense), 0);
    }

    #[test]
    fn a_parent_is_of_the_same_kind_with_room_below_and_never_a_loop() {
        let book = book();
        let refused = |n, name, parent| {
            book.check_parent(&category(n, name, Some(parent)))
                .err()
                .and_then(|errors| errors.get("parent").map(str::to_owned))
        };
        assert_eq!((refused(5, "Food", 1), refused(6, "New", 2), refused(4, "Rent", 2)), (None, None, None));
        for (n, name, parent, words) in [
            (1, "Home", 3, "does not stand below"),
            (1, "Home", 1, "does not stand below"),
            (5, "Food", 3, "too deep"),
            (1, "Home", 5, "too deep"),
            (5, "Food", 91, "same kind"),
            (5, "Food", 77, "of the list"),
        ] {
            assert!(refused(n, name, parent).is_some_and(|message| message.contains(words)), "{name} below {parent}");
        }
        let offered = |n: u128| -> Vec<&str> {
            let known = book.categories.get(&id(n));
            book.parents_for(known, Kind::Expense).into_iter().map(|parent| parent.name.as_str()).collect()
        };
        assert_eq!(offered(5), ["Home", "Energy", "Rent"]);
        assert!(offered(1).is_empty(), "what stands below it stands two levels deep already");
        assert_eq!(offered(77), ["Food", "Home", "Energy", "Rent"]);
    }

    #[test]
    fn a_loop_of_parents_ends() {
        let mut book = book();
        book.categories.insert(id(7), category(7, "A", Some(8)));
        book.categories.insert(id(8), category(8, "B", Some(7)));
        assert_eq!(book.categories_within(id(7)).len(), 2);
        assert_eq!(book.category_path(&book.categories[&id(7)]), "A › B › A");
        assert_eq!(book.category_tree(Kind::Expense).len(), 5);
    }
}
