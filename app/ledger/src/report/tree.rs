//! Categories below their parents, each with what it holds in all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::CategoryLine;
use crate::book::Book;
use crate::id::CategoryId;
use crate::money::sum;
use crate::records::Kind;

/// A line of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch {
    pub category: Option<CategoryId>,
    /// 0 for those that stand below none.
    pub depth: usize,
    /// Minor units of its own records.
    pub own: i64,
    /// With all that stands below it.
    pub whole: i64,
}

/// Levels below which nothing is looked for, so that not even a loop of parents goes on without end.
const DEEPEST: usize = 8;

/// Lines of one kind as a tree, parents before what stands below them, the largest first on each level. A parent
/// without records of its own is there for the sake of its children.
pub fn tree(lines: &[CategoryLine], kind: Kind, book: &Book) -> Vec<Branch> {
    let own: BTreeMap<Option<CategoryId>, i64> =
        lines.iter().filter(|line| line.kind == kind).map(|line| (line.category, line.minor)).collect();
    let mut below: BTreeMap<Option<CategoryId>, BTreeSet<Option<CategoryId>>> = BTreeMap::new();
    for category in own.keys().copied() {
        let mut path = vec![category];
        while let Some(parent) = path.last().copied().flatten().and_then(|id| parent_of(id, book)) {
            if path.contains(&Some(parent)) {
                break;
            }
            path.push(Some(parent));
        }
        for (place, step) in path.iter().enumerate() {
            // What stands below nothing stands below `None`, where a missing category would never be looked for.
            let parent = path.get(place + 1).copied().flatten();
            below.entry(parent).or_default().insert(*step);
        }
    }
    let mut branches = Vec::new();
    grow(None, 0, &own, &below, &mut branches);
    branches
}

/// A part of one level of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    pub category: Option<CategoryId>,
    /// Minor units, with all that stands below it where it opens.
    pub minor: i64,
    /// Whether there is something below it to look at.
    pub opens: bool,
}

/// One level of the tree: what stands right below `inside`, and its own records, or what stands below nothing.
/// The largest first.
pub fn level(lines: &[CategoryLine], kind: Kind, book: &Book, inside: Option<CategoryId>) -> Vec<Slice> {
    let branches = tree(lines, kind, book);
    let from = match inside {
        None => Some((0, 0)),
        Some(_) => branches
            .iter()
            .position(|branch| branch.category == inside)
            .and_then(|at| Some((at + 1, branches.get(at)?.depth + 1))),
    };
    let Some((from, depth)) = from else { return Vec::new() };
    let below: Vec<Branch> = branches.iter().skip(from).take_while(|branch| branch.depth >= depth).copied().collect();
    let mut slices: Vec<Slice> = below
        .iter()
        .enumerate()
        .filter(|(_, branch)| branch.depth == depth)
        .map(|(at, branch)| Slice {
            category: branch.category,
            minor: branch.whole,
            opens: below.get(at + 1).is_some_and(|next| next.depth > depth),
        })
        .collect();
    if let Some(own) = branches.get(from.wrapping_sub(1)).filter(|own| inside.is_some() && own.own != 0) {
        slices.push(Slice { category: own.category, minor: own.own, opens: false });
    }
    slices.sort_by_key(|slice| Reverse(slice.minor));
    slices
}

/// The categories above `inside` and itself, from the top; empty for the top.
pub fn path(book: &Book, inside: Option<CategoryId>) -> Vec<CategoryId> {
    let above = std::iter::successors(inside, |id| parent_of(*id, book));
    let mut path: Vec<CategoryId> = above.take(DEEPEST).collect();
    path.reverse();
    path
}

fn parent_of(id: CategoryId, book: &Book) -> Option<CategoryId> {
    book.categories.get(&id)?.parent.filter(|parent| book.categories.contains_key(parent))
}

/// Adds what stands below `parent`; answers what that holds together.
fn grow(
    parent: Option<CategoryId>,
    depth: usize,
    own: &BTreeMap<Option<CategoryId>, i64>,
    below: &BTreeMap<Option<CategoryId>, BTreeSet<Option<CategoryId>>>,
    branches: &mut Vec<Branch>,
) -> i64 {
    let mut grown: Vec<(i64, Vec<Branch>)> = Vec::new();
    for category in below.get(&parent).into_iter().flatten() {
        let mut inside = Vec::new();
        let children =
            if category.is_some() && depth < DEEPEST { grow(*category, depth + 1, own, below, &mut inside) } else { 0 };
        let mine = own.get(category).copied().unwrap_or_default();
        let whole = sum([mine, children]);
        inside.insert(0, Branch { category: *category, depth, own: mine, whole });
        grown.push((whole, inside));
    }
    grown.sort_by_key(|(whole, inside)| (Reverse(*whole), inside.first().and_then(|first| first.category)));
    let all = sum(grown.iter().map(|(whole, _)| *whole));
    branches.extend(grown.into_iter().flat_map(|(_, inside)| inside));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::categories::Category;
    use crate::currency::Currency;

    fn id(n: u128) -> CategoryId {
        CategoryId(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn parents_hold_what_stands_below_them_and_loops_end() {
        let mut book = Book::new(Currency::INR, chrono::Weekday::Mon);
        for (n, parent) in [(1, None), (2, Some(1)), (3, Some(2)), (4, None), (5, Some(6)), (6, Some(5))] {
            let category = Category::plain(id(n), n.to_string(), Kind::Expense);
            book.categories.insert(id(n), Category { parent: parent.map(id), revision: 1, ..category });
        }
        let line = |category, minor| CategoryLine { kind: Kind::Expense, category, minor, count: 1 };
        let lines = [line(Some(id(3)), 50), line(Some(id(2)), 30), line(Some(id(4)), 70), line(None, 5)];
        let shown: Vec<_> = tree(&lines, Kind::Expense, &book)
            .into_iter()
            .map(|branch| (branch.category.map(|id| id.0.as_u128()), branch.depth, branch.own, branch.whole))
            .collect();
        assert_eq!(
            shown,
            [(Some(1), 0, 0, 80), (Some(2), 1, 30, 80), (Some(3), 2, 50, 50), (Some(4), 0, 70, 70), (None, 0, 5, 5)]
        );
        let level = |inside: Option<u128>| {
            let slices = level(&lines, Kind::Expense, &book, inside.map(id));
            slices
                .iter()
                .map(|slice| (slice.category.map(|id| id.0.as_u128()), slice.minor, slice.opens))
                .collect::<Vec<_>>()
        };
        assert_eq!(level(None), [(Some(1), 80, true), (Some(4), 70, false), (None, 5, false)]);
        assert_eq!(level(Some(1)), [(Some(2), 80, true)]);
        assert_eq!(level(Some(2)), [(Some(3), 50, false), (Some(2), 30, false)]);
        assert_eq!(level(Some(4)), [(Some(4), 70, false)]);
        assert_eq!(level(Some(9)), [], "what nothing is spent on has nothing inside");
        assert_eq!(path(&book, Some(id(3))), [id(1), id(2), id(3)]);
        assert_eq!(path(&book, Some(id(5))).len(), DEEPEST, "a loop ends");
        let looped = tree(&[line(Some(id(5)), 1)], Kind::Expense, &book);
        assert_eq!(looped.iter().map(|branch| branch.own).sum::<i64>(), 1);
    }
}
