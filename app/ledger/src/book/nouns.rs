//! Categories and accounts: saved, and taken out of what is offered.

use super::Book;
use crate::accounts::Account;
use crate::categories::Category;
use crate::command::{CHANGED_ELSEWHERE, Refused};
use crate::form::{FieldErrors, look_key};
use crate::id::{AccountId, CategoryId};

impl Book {
    pub(super) fn save_category(&mut self, category: &Category, revision: i64) -> Result<bool, Refused> {
        if self.bin.merged.contains_key(&category.id) {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        let key = look_key(&category.name);
        if self.categories.values().any(|other| other.id != category.id && look_key(&other.name) == key) {
            return Err(FieldErrors::one("name", "There is a category of this name already").into());
        }
        let saved = Category { revision, ..category.clone() };
        let before = self.categories.get(&category.id);
        if before.is_some_and(|before| before.kind != saved.kind) {
            return Err(FieldErrors::one("kind", "The kind of a category stays as it is").into());
        }
        self.check_parent(category)?;
        if before.map(|before| Category { revision, ..before.clone() }).as_ref() == Some(&saved) {
            return Ok(false);
        }
        if before.map_or(0, |before| before.revision) != category.revision {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        self.categories.insert(category.id, saved);
        Ok(true)
    }

    pub(super) fn save_account(&mut self, account: &Account, revision: i64) -> Result<bool, Refused> {
        let key = look_key(&account.name);
        if self.accounts.values().any(|other| other.id != account.id && look_key(&other.name) == key) {
            return Err(FieldErrors::one("name", "There is an account of this name already").into());
        }
        let saved = Account { revision, ..account.clone() };
        let before = self.accounts.get(&account.id);
        if before.map(|before| Account { revision, ..before.clone() }).as_ref() == Some(&saved) {
            return Ok(false);
        }
        if before.is_some_and(|before| before.currency() != saved.currency()) {
            return Err(FieldErrors::one("currency", "The currency of an account stays as it is").into());
        }
        if before.map_or(0, |before| before.revision) != account.revision {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        let opened = before.map_or(0, |before| before.opening.minor);
        *self.balances.entry(account.id).or_default() += saved.opening.minor - opened;
        self.accounts.insert(account.id, saved);
        Ok(true)
    }

    pub(super) fn archive_category(&mut self, id: CategoryId, archived: bool, revision: i64) -> Result<bool, Refused> {
        let category = self.categories.get_mut(&id).ok_or(Refused::NotFound)?;
        let changed = category.archived != archived;
        if changed {
            (category.archived, category.revision) = (archived, revision);
        }
        Ok(changed)
    }

    pub(super) fn archive_account(&mut self, id: AccountId, archived: bool, revision: i64) -> Result<bool, Refused> {
        let account = self.accounts.get_mut(&id).ok_or(Refused::NotFound)?;
        let changed = account.archived != archived;
        if changed {
            (account.archived, account.revision) = (archived, revision);
        }
        Ok(changed)
    }

    pub(super) fn order_categories(&mut self, order: &[CategoryId], revision: i64) -> Result<bool, Refused> {
        if order.iter().any(|id| !self.categories.contains_key(id)) {
            return Err(Refused::NotFound);
        }
        let mut changed = false;
        for (position, id) in (1..).zip(order) {
            if let Some(category) = self.categories.get_mut(id).filter(|known| known.position != position) {
                (category.position, category.revision) = (position, revision);
                changed = true;
            }
        }
        Ok(changed)
    }

    pub(super) fn order_accounts(&mut self, order: &[AccountId], revision: i64) -> Result<bool, Refused> {
        if order.iter().any(|id| !self.accounts.contains_key(id)) {
            return Err(Refused::NotFound);
        }
        let mut changed = false;
        for (position, id) in (1..).zip(order) {
            if let Some(account) = self.accounts.get_mut(id).filter(|known| known.position != position) {
                (account.position, account.revision) = (position, revision);
                changed = true;
            }
        }
        Ok(changed)
    }
}
