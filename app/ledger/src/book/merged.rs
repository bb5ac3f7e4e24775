//! One category merged into another, and that taken back.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Book;
use crate::categories::Category;
use crate::command::Refused;
use crate::envelopes::Envelope;
use crate::form::{FieldErrors, look_key};
use crate::id::{BillId, BudgetId, CategoryId, RecordId};
use crate::records::Record;

/// What a merge moved, kept so that it can be taken back exactly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The category as it was.
    pub category: Category,
    pub into: CategoryId,
    /// The categories that stood below it.
    pub below: Vec<CategoryId>,
    pub bills: Vec<BillId>,
    /// The budgets that counted it, and whether they counted the other one too.
    pub budgets: Vec<(BudgetId, bool)>,
    /// What its envelopes held: the first day of the month, and minor units of the home currency.
    #[serde(default)]
    pub envelopes: Vec<(NaiveDate, i64)>,
    /// Split records with a part in it, as they were: parts that become one do not say what they were.
    pub splits: Vec<Record>,
    /// The other records, deleted ones included. A database keeps them as rows of their own.
    #[serde(skip)]
    pub records: BTreeSet<RecordId>,
}

/// A merge that can still be taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastMerge {
    pub from: CategoryId,
    /// What the category was called.
    pub name: String,
    pub into: CategoryId,
    /// The civil day on which it was merged, where the person lives.
    pub on: NaiveDate,
}

pub const MERGED_ON: &str = "The category that it went into was merged too. Take that back first.";
pub const NAME_TAKEN: &str = "Another category has its name now. Rename that one, then take the merge back.";

impl Book {
    /// Whether one category can be merged into another.
    ///
    /// # Errors
    /// A message beside `into`.
    pub fn check_merge(&self, from: &Category, into: &Category) -> Result<(), FieldErrors> {
        let below = |category: &&Category| category.parent == Some(from.id);
        let fits = |child: &Category| {
            let moved = Category { parent: Some(into.id), ..child.clone() };
            self.check_parent(&moved).is_ok()
        };
        let message = match () {
            () if from.id == into.id => "Choose another category",
            () if from.kind != into.kind => "Choose a category of the same kind",
            () if self.categories_within(from.id).contains(&into.id) => {
                "This one stands below the other. Let it stand by itself first"
            }
            () if !self.categories.values().filter(below).all(fits) => {
                "What stands below it would stand too deep there: categories stand on at most three levels"
            }
            () => return Ok(()),
        };
        Err(FieldErrors::one("into", message))
    }

    pub(super) fn merge_category(
        &mut self,
        from: CategoryId,
        into: CategoryId,
        today: NaiveDate,
        revision: i64,
    ) -> Result<bool, Refused> {
        if let Some(merged) = self.bin.merged.get(&from) {
            return if merged.into == into { Ok(false) } else { Err(Refused::NotFound) };
        }
        let category = self.categories.get(&from).ok_or(Refused::NotFound)?.clone();
        let target = self.categories.get(&into).ok_or(Refused::NotFound)?;
        self.check_merge(&category, target)?;
        self.categories.remove(&from);
        let (below, bills, budgets, splits) = (vec![], vec![], vec![], vec![]);
        let envelopes = self.envelopes.values().filter(|envelope| envelope.category == from && envelope.given != 0);
        let envelopes = envelopes.map(|envelope| (envelope.month, envelope.given)).collect();
        let mut merged = Merged { category, into, below, bills, budgets, envelopes, splits, records: BTreeSet::new() };
        for (month, given) in &merged.envelopes {
            self.give(*month, from, 0, revision);
            self.give(*month, into, self.given(*month, into).saturating_add(*given), revision);
        }
        for below in self.categories.values_mut().filter(|below| below.parent == Some(from)) {
            (below.parent, below.revision) = (Some(into), revision);
            merged.below.push(below.id);
        }
        for bill in self.bills.values_mut().chain(self.bin.bills.values_mut()) {
            if bill.category == Some(from) {
                (bill.category, bill.revision) = (Some(into), revision);
                merged.bills.push(bill.id);
            }
        }
        for budget in self.budgets.values_mut().chain(self.bin.budgets.values_mut()) {
            if budget.categories.remove(&from) {
                merged.budgets.push((budget.id, !budget.categories.insert(into)));
                budget.revision = revision;
            }
        }
        let all = self.records.values().chain(self.bin.records.values().map(|(record, _)| record));
        for record in all.filter(|record| record.categories().any(|category| category == Some(from))) {
            if record.parts.is_empty() {
                merged.records.insert(record.id);
            } else {
                merged.splits.push(record.clone());
            }
        }
        for split in &merged.splits {
            self.replace(split, split.refiled(from, into), revision);
        }
        self.refile(&merged.records, from, into, revision);
        self.bin.merged.insert(from, merged);
        self.alert_merged(from, into, today, revision);
        Ok(true)
    }

    /// Brings a category back with what was moved, but for what was filed elsewhere since.
    pub(super) fn unmerge_category(&mut self, from: CategoryId, revision: i64) -> Result<bool, Refused> {
        let Some(merged) = self.bin.merged.get(&from) else {
            return if self.categories.contains_key(&from) { Ok(false) } else { Err(Refused::NotFound) };
        };
        if !self.categories.contains_key(&merged.into) {
            return Err(Refused::Conflict(MERGED_ON));
        }
        let key = look_key(&merged.category.name);
        if self.categories.values().any(|other| look_key(&other.name) == key) {
            return Err(Refused::Conflict(NAME_TAKEN));
        }
        let Some(Merged { category, into, below, bills, budgets, envelopes, splits, records }) =
            self.bin.merged.remove(&from)
        else {
            return Ok(false);
        };
        self.categories.insert(from, Category { parent: None, revision, ..category.clone() });
        for id in below {
            if let Some(below) = self.categories.get_mut(&id).filter(|below| below.parent == Some(into)) {
                (below.parent, below.revision) = (Some(from), revision);
            }
        }
        // What it stood below may be gone, or stand below it by now.
        let whole = Category { revision, ..category };
        if self.check_parent(&whole).is_ok() {
            self.categories.insert(from, whole);
        }
        for id in bills {
            let bill = self.bills.get_mut(&id).or_else(|| self.bin.bills.get_mut(&id));
            if let Some(bill) = bill.filter(|bill| bill.category == Some(into)) {
                (bill.category, bill.revision) = (Some(from), revision);
            }
        }
        for (id, both) in budgets {
            let budget = self.budgets.get_mut(&id).or_else(|| self.bin.budgets.get_mut(&id));
            if let Some(budget) = budget.filter(|budget| budget.categories.contains(&into)) {
                if !both {
                    budget.categories.remove(&into);
                }
                budget.categories.insert(from);
                budget.revision = revision;
            }
        }
        for (month, given) in envelopes {
            self.give(month, into, self.given(month, into).saturating_sub(given), revision);
            self.give(month, from, given, revision);
        }
        for split in splits {
            self.replace(&split.refiled(from, into), split, revision);
        }
        self.refile(&records, into, from, revision);
        Ok(true)
    }

    fn give(&mut self, month: NaiveDate, category: CategoryId, given: i64, revision: i64) {
        self.envelopes.insert((month, category), Envelope { month, category, given, revision });
    }

    /// Writes a record over another that still says `before`, deleted or not.
    fn replace(&mut self, before: &Record, after: Record, revision: i64) {
        if let Some(known) = self.records.get(&after.id).filter(|known| known.same_as(before)).cloned() {
            let after = Record { revision, ..after };
            self.count(Some(&known), Some(&after));
            self.records.insert(after.id, after);
        } else if let Some((known, _)) = self.bin.records.get_mut(&after.id)
            && known.same_as(before)
        {
            *known = after;
        }
    }

    /// Moves those of the records that are in one category to another.
    fn refile(&mut self, records: &BTreeSet<RecordId>, from: CategoryId, to: CategoryId, revision: i64) {
        for id in records {
            if let Some(before) = self.records.get(id).filter(|record| record.flow.category() == Some(from)).cloned() {
                let after = Record { revision, ..before.filed(Some(to)) };
                self.count(Some(&before), Some(&after));
                self.records.insert(*id, after);
            }
            if let Some((record, _)) = self.bin.records.get_mut(id)
                && record.flow.category() == Some(from)
            {
                *record = record.filed(Some(to));
            }
        }
    }
}
