//! Commands applied in memory.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Book;
use crate::bills::{Bill, Settlement};
use crate::budgets::Budget;
use crate::command::{CHANGED_ELSEWHERE, Command, Refused};
use crate::form::FieldErrors;
use crate::id::{BillId, CategoryId, RecordId};
use crate::records::{Flow, Kind, Record};
use crate::totals::{differences, tag_differences};

impl Book {
    /// Applies one command. A refused command, or one that changes nothing, leaves the revision as it was.
    ///
    /// # Errors
    /// What [`Refused`] says; the book is then unchanged.
    pub fn apply(&mut self, command: &Command) -> Result<(), Refused> {
        let revision = self.revision + 1;
        let changed = match command {
            Command::SaveRecord(record) => self.save_record(record, revision)?,
            Command::DeleteRecord(id) => self.delete_record(*id, revision)?,
            Command::RestoreRecord(id) => self.restore_record(*id, revision)?,
            Command::SaveRecords(records) => self.save_records(records, revision)?,
            Command::DeleteRecords(ids) => self.delete_records(ids, revision)?,
            Command::RestoreRecords(ids) => self.restore_records(ids, revision)?,
            Command::SaveCategory(category) => self.save_category(category, revision)?,
            Command::SaveAccount(account) => self.save_account(account, revision)?,
            Command::ArchiveCategory { id, archived } => self.archive_category(*id, *archived, revision)?,
            Command::ArchiveAccount { id, archived } => self.archive_account(*id, *archived, revision)?,
            Command::MergeCategory { from, into, today } => self.merge_category(*from, *into, *today, revision)?,
            Command::UnmergeCategory(from) => self.unmerge_category(*from, revision)?,
            Command::OrderCategories(order) => self.order_categories(order, revision)?,
            Command::OrderAccounts(order) => self.order_accounts(order, revision)?,
            Command::SaveBill(bill) => self.save_bill(bill, revision)?,
            Command::DeleteBill(id) => moved(*id, &mut self.bills, &mut self.bin.bills)?.is_some(),
            Command::RestoreBill(id) => {
                moved(*id, &mut self.bin.bills, &mut self.bills)?.map(|bill| bill.revision = revision).is_some()
            }
            Command::PayBill { bill, due, record } => self.pay_bill(*bill, *due, record, revision)?,
            Command::SkipBill { bill, due } => self.settle(*bill, *due, None, revision)?,
            Command::ReopenBill { bill, due } => self.reopen_bill(*bill, *due, revision)?,
            Command::SaveBudget(budget) => self.save_budget(budget, revision)?,
            Command::DeleteBudget(id) => moved(*id, &mut self.budgets, &mut self.bin.budgets)?.is_some(),
            Command::RestoreBudget(id) => {
                moved(*id, &mut self.bin.budgets, &mut self.budgets)?.map(|budget| budget.revision = revision).is_some()
            }
            Command::SaveRate { currency, rate } => self.save_rate(*currency, *rate)?,
            Command::DeleteRate { currency, on } => self.rates.remove(&(*currency, *on)).is_some(),
            Command::ForgetRates(ids) => self.forget_rates(ids, revision)?,
            Command::SeeAlerts => self.see_alerts(revision),
            Command::FillEnvelopes { month, fills } => self.fill_envelopes(*month, fills, revision)?,
            Command::MoveMoney(deed) => self.move_money(deed, revision)?,
            Command::JudgePace { today } => self.judge_pace(*today, revision),
        };
        if changed {
            self.revision = revision;
        }
        Ok(())
    }

    fn save_record(&mut self, record: &Record, revision: i64) -> Result<bool, Refused> {
        self.save_records(std::slice::from_ref(record), revision)
    }

    /// The record as it is to be kept, if it says something new, starts from what is there, and fits.
    pub(super) fn check_save(&self, record: &Record) -> Result<Option<Record>, Refused> {
        let checked = self.check_record(record);
        let before = self.records.get(&record.id);
        if before.is_some_and(|before| before.same_as(checked.as_ref().unwrap_or(record))) {
            return Ok(None);
        }
        let base = before.map_or(0, |before| before.revision);
        if before.is_none() && self.bin.records.contains_key(&record.id) || base != record.revision {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        let record = checked?;
        self.check_refunds(&record)?;
        Ok(Some(record))
    }

    /// Writes a record that was checked, and notes its rate; budgets are judged later.
    pub(super) fn keep_checked(&mut self, record: Record, revision: i64) {
        if let Some(rate) = record.rate {
            self.note_rate(record.amount.currency, rate);
        }
        self.keep_record(Record { revision, ..record });
    }

    /// The record with what it is worth in the home currency, if its accounts and categories are those of this
    /// book, and fit, and its parts make it up.
    ///
    /// # Errors
    /// Messages beside `account`, `to_account`, `received`, `rate`, `category` and `parts`.
    pub fn check_record(&self, record: &Record) -> Result<Record, FieldErrors> {
        let mut errors = FieldErrors::default();
        let fits = |id| self.accounts.get(&id).is_some_and(|account| account.currency() == record.amount.currency);
        if !fits(record.account) {
            errors.add("account", "Choose an account of the list");
        }
        match record.flow {
            Flow::Transfer { to } if to == record.account => errors.add("to_account", "Choose two different accounts"),
            Flow::Transfer { to } if !self.accounts.contains_key(&to) => {
                errors.add("to_account", "Choose an account of the list");
            }
            _ => {}
        }
        let unfit = |id: CategoryId| self.categories.get(&id).is_none_or(|known| known.kind != record.kind());
        if record.flow.category().is_some_and(unfit) {
            errors.add("category", "Choose a category of the list");
        }
        if record.parts.iter().filter_map(|part| part.category).any(unfit) {
            errors.add("parts", "Choose categories of the list");
        }
        record.check_parts(&mut errors);
        let mut reckoned = record.clone();
        self.reckon(&mut reckoned, &mut errors);
        errors.into_result(reckoned)
    }

    /// Writes a record and counts it.
    fn keep_record(&mut self, record: Record) {
        let before = self.records.remove(&record.id);
        self.count(before.as_ref(), Some(&record));
        self.records.insert(record.id, record);
    }

    /// Keeps totals and balances in step with a record that changed.
    pub(super) fn count(&mut self, before: Option<&Record>, after: Option<&Record>) {
        for (key, change) in differences(before, after) {
            let balance = self.balances.entry(key.account).or_default();
            *balance = crate::money::sum([*balance, key.kind.sign() * change.minor]);
            let by_day = key.day >= self.by_day_from;
            self.totals.add_to(if by_day { key } else { key.of_month() }, change);
        }
        for (key, change) in tag_differences(before, after) {
            if self.holds_tag(&key.tag) {
                self.tag_totals.add_to(key, change);
            }
        }
    }

    pub(super) fn delete_record(&mut self, id: RecordId, revision: i64) -> Result<bool, Refused> {
        self.delete_records(&[id], revision)
    }

    /// Puts a record into the bin, and answers it; `None` where it lies there already.
    pub(super) fn take_away(&mut self, id: RecordId, revision: i64) -> Option<Record> {
        let record = self.records.remove(&id)?;
        self.count(Some(&record), None);
        let paid = self.settlements.values().find(|settled| settled.record == Some(id)).cloned();
        if let Some(paid) = &paid {
            self.unsettle(paid.bill, paid.due, revision);
        }
        self.bin.records.insert(id, (record.clone(), paid));
        Some(record)
    }

    fn restore_record(&mut self, id: RecordId, revision: i64) -> Result<bool, Refused> {
        self.restore_records(&[id], revision)
    }

    /// Takes a record out of the bin, with the due day that it paid.
    pub(super) fn take_back(&mut self, id: RecordId, revision: i64) {
        let Some((record, paid)) = self.bin.records.remove(&id) else { return };
        self.keep_record(Record { revision, ..record });
        if let Some(paid) = paid {
            // The bill may have been settled otherwise since: the record then stands alone.
            let _ = self.settle(paid.bill, paid.due, Some(id), revision);
        }
    }

    fn save_bill(&mut self, bill: &Bill, revision: i64) -> Result<bool, Refused> {
        if self.bin.bills.contains_key(&bill.id) {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        let mut errors = FieldErrors::default();
        if bill.category.is_some_and(|id| self.categories.get(&id).is_none_or(|known| known.kind != Kind::Expense)) {
            errors.add("category", "Choose a category of the list");
        }
        if bill
            .account
            .is_some_and(|id| self.accounts.get(&id).is_none_or(|known| known.currency() != bill.amount.currency))
        {
            errors.add("account", "Choose an account of the list");
        }
        errors.into_result(())?;
        let saved = Bill { revision, ..bill.clone() };
        let before = self.bills.get(&bill.id);
        if before.map(|before| Bill { revision, ..before.clone() }).as_ref() == Some(&saved) {
            return Ok(false);
        }
        if before.map_or(0, |before| before.revision) != bill.revision {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        self.bills.insert(bill.id, saved);
        Ok(true)
    }

    fn save_budget(&mut self, budget: &Budget, revision: i64) -> Result<bool, Refused> {
        if self.bin.budgets.contains_key(&budget.id) {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        let foreign = |id: &CategoryId| self.categories.get(id).is_none_or(|known| known.kind != Kind::Expense);
        if budget.categories.iter().any(foreign) {
            return Err(FieldErrors::one("categories", "Choose categories of the list").into());
        }
        if budget.tag.is_some() && !budget.categories.is_empty() {
            return Err(FieldErrors::one("counts", "Choose categories or a tag").into());
        }
        let saved = Budget { revision, ..budget.clone() };
        let before = self.budgets.get(&budget.id);
        if before.map(|before| Budget { revision, ..before.clone() }).as_ref() == Some(&saved) {
            return Ok(false);
        }
        if before.map_or(0, |before| before.revision) != budget.revision {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        let lowered = before.and_then(|before| saved.lowered_from(before));
        self.budgets.insert(budget.id, saved);
        if let Some(day) = lowered {
            self.alert_lowered(budget.id, day, revision);
        }
        Ok(true)
    }

    fn pay_bill(&mut self, bill: BillId, due: NaiveDate, record: &Record, revision: i64) -> Result<bool, Refused> {
        if self.settlements.get(&(bill, due)).is_some_and(|settled| settled.record == Some(record.id)) {
            return Ok(false);
        }
        self.bills.get(&bill).ok_or(Refused::NotFound)?.check_next(due)?;
        if self.records.contains_key(&record.id) || self.bin.records.contains_key(&record.id) {
            return Err(Refused::Conflict(CHANGED_ELSEWHERE));
        }
        let record = self.check_record(record)?;
        self.check_refunds(&record)?;
        self.settle(bill, due, Some(record.id), revision)?;
        self.keep_checked(record.clone(), revision);
        self.alert_around(None, Some(&record), revision);
        Ok(true)
    }

    fn settle(&mut self, id: BillId, due: NaiveDate, record: Option<RecordId>, revision: i64) -> Result<bool, Refused> {
        // An edit of the bill can make a settled day due again.
        let open = self.bills.get(&id).is_some_and(|bill| bill.next_due == Some(due));
        if !open && self.settlements.get(&(id, due)).is_some_and(|settled| settled.record == record) {
            return Ok(false);
        }
        let bill = self.bills.get_mut(&id).ok_or(Refused::NotFound)?;
        bill.check_next(due)?;
        let settled = |day: &NaiveDate| *day == due || self.settlements.contains_key(&(id, *day));
        bill.next_due = std::iter::successors(Some(due), |day| bill.after(*day)).find(|day| !settled(day));
        bill.revision = revision;
        self.settlements.insert((id, due), Settlement { bill: id, due, record, revision });
        for (_, paid) in self.bin.records.values_mut() {
            if paid.as_ref().is_some_and(|paid| (paid.bill, paid.due) == (id, due)) {
                *paid = None;
            }
        }
        Ok(true)
    }

    fn reopen_bill(&mut self, id: BillId, due: NaiveDate, revision: i64) -> Result<bool, Refused> {
        let Some(settled) = self.settlements.get(&(id, due)).cloned() else {
            let known = self.bills.contains_key(&id) || self.bin.bills.contains_key(&id);
            return if known { Ok(false) } else { Err(Refused::NotFound) };
        };
        match settled.record {
            Some(record) if self.records.contains_key(&record) => {
                self.delete_record(record, revision)?;
                // Paying again makes a record of its own: this one does not come back with its bill.
                if let Some((_, paid)) = self.bin.records.get_mut(&record) {
                    *paid = None;
                }
            }
            _ => self.unsettle(id, due, revision),
        }
        Ok(true)
    }

    /// Opens a due day again; it is the next one if nothing before it is open.
    fn unsettle(&mut self, id: BillId, due: NaiveDate, revision: i64) {
        self.settlements.remove(&(id, due));
        if let Some(bill) = self.bills.get_mut(&id) {
            bill.next_due = Some(bill.next_due.map_or(due, |next| next.min(due)));
            bill.revision = revision;
        }
    }
}

/// What was moved from one map to the other; `None` when it lies in the other already, so that a retry is no error.
fn moved<'to, K: Ord + Copy, V>(
    id: K,
    from: &mut BTreeMap<K, V>,
    to: &'to mut BTreeMap<K, V>,
) -> Result<Option<&'to mut V>, Refused> {
    match from.remove(&id) {
        Some(thing) => Ok(Some(to.entry(id).insert_entry(thing).into_mut())),
        None if to.contains_key(&id) => Ok(None),
        None => Err(Refused::NotFound),
    }
}
