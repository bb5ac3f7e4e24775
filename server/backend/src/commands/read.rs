//! The rows that a command can touch, as a small book.

mod lowered;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use ledger::budgets::Budget;
use ledger::command::Deleted;
use ledger::id::{AccountId, BillId, BookId, CategoryId, RecordId};
use ledger::period::Period;
use ledger::rates::DayRate;
use ledger::records::{Flow, Record};
use ledger::totals::{counted, tag_differences};
use ledger::{Book, Changes, Command, Currency};

use super::Head;
use crate::{
    Result, Tx, accounts, alerts, bills, budgets, carries, categories, envelopes, merges, rates, records, spending,
    tag_totals, totals,
};

/// What `command` reads and writes. Its totals are sums over stretches of days by category, filed under the
/// first day of each: enough to judge budgets, and never written.
pub(super) async fn slice(tx: &mut Tx, id: BookId, head: Head, command: &Command) -> Result<Book> {
    let mut book = Book::new(head.home, head.week_start);
    book.revision = head.revision - 1;
    let mut slice = Slice { tx, id, book };
    match command {
        Command::SaveRecord(record) => slice.save_of(record).await?,
        Command::DeleteRecord(id) => slice.deletion_of(*id).await?,
        Command::RestoreRecord(id) => slice.return_of(*id).await?,
        Command::SaveRecords(records) => slice.saves_of(records).await?,
        Command::DeleteRecords(ids) => slice.deletions_of(ids).await?,
        Command::RestoreRecords(ids) => slice.returns_of(ids).await?,
        Command::SaveCategory(category) => {
            slice.categories().await?;
            slice.merged(category.id).await?;
        }
        Command::OrderCategories(_) => slice.categories().await?,
        Command::MergeCategory { from, into, today } => {
            slice.categories().await?;
            slice.envelopes_of([*from, *into]).await?;
            slice.merged(*from).await?;
            slice.all_accounts().await?;
            let splits = merges::splits(slice.tx, slice.id, *from).await?;
            slice.records(&splits).await?;
            for (bill, deleted) in bills::of_category(slice.tx, slice.id, *from).await? {
                slice.keep_bill(bill, deleted);
            }
            for (budget, deleted) in budgets::since(slice.tx, slice.id, 0, i64::MAX).await? {
                slice.keep_budget(budget, deleted);
            }
            slice.merged_budgets(command, (*from, *into), *today).await?;
        }
        Command::UnmergeCategory(from) => {
            slice.categories().await?;
            slice.merged(*from).await?;
            let Some(merged) = slice.book.bin.merged.get(from).cloned() else { return Ok(slice.book) };
            slice.envelopes_of([*from, merged.into]).await?;
            slice.all_accounts().await?;
            slice.records(&merged.splits.iter().map(|split| split.id).collect::<Vec<_>>()).await?;
            for bill in merged.bills {
                slice.bill(bill).await?;
            }
            for (budget, _) in merged.budgets {
                slice.budget(budget).await?;
            }
        }
        Command::SaveAccount(_) | Command::OrderAccounts(_) => slice.all_accounts().await?,
        Command::ArchiveCategory { id, .. } => slice.category(Some(*id)).await?,
        Command::ArchiveAccount { id, .. } => slice.accounts([*id; 4]).await?,
        Command::SaveBill(bill) => {
            slice.bill(bill.id).await?;
            slice.category(bill.category).await?;
            slice.accounts([bill.account.unwrap_or(AccountId::NIL); 4]).await?;
        }
        Command::DeleteBill(id) | Command::RestoreBill(id) => slice.bill(*id).await?,
        Command::PayBill { bill, due, record } => {
            slice.due_day(*bill, *due).await?;
            slice.save_of(record).await?;
        }
        Command::SkipBill { bill, due } => slice.due_day(*bill, *due).await?,
        Command::ReopenBill { bill, due } => {
            slice.due_day(*bill, *due).await?;
            let paid_by = slice.book.settlements.get(&(*bill, *due)).and_then(|settled| settled.record);
            if let Some(record) = paid_by {
                slice.deletion_of(record).await?;
            }
        }
        Command::SaveBudget(budget) => {
            slice.budget(budget.id).await?;
            for category in &budget.categories {
                slice.category(Some(*category)).await?;
            }
            slice.lowered(budget).await?;
        }
        Command::DeleteBudget(id) | Command::RestoreBudget(id) => slice.budget(*id).await?,
        Command::SaveRate { currency, rate } => slice.rate(*currency, Some(*rate)).await?,
        Command::DeleteRate { currency, on } => slice.rate_of(*currency, *on).await?,
        Command::ForgetRates(ids) => slice.counted_records(ids).await?,
        Command::SeeAlerts => {
            let unseen = alerts::unseen(slice.tx, slice.id).await?;
            slice.book.alerts.extend(unseen.into_iter().map(|alert| (alert.key(), alert)));
        }
        Command::FillEnvelopes { month, .. } => slice.envelopes_in(*month).await?,
        Command::MoveMoney(deed) => {
            slice.envelopes_in(deed.month).await?;
            let made = envelopes::made(slice.tx, slice.id, deed.id).await?;
            slice.book.bin.moves.extend(made.map(|made| (made.id, made)));
        }
        Command::JudgePace { today } => slice.paces(*today).await?,
    }
    Ok(slice.book)
}

struct Slice<'t> {
    tx: &'t mut Tx,
    id: BookId,
    book: Book,
}

impl Slice<'_> {
    async fn save_of(&mut self, record: &Record) -> Result<()> {
        self.record(record.id).await?;
        let before = self.book.records.get(&record.id).cloned();
        self.accounts_of(record, before.as_ref()).await?;
        for category in record.categories() {
            self.category(category).await?;
        }
        self.rate(record.amount.currency, record.rate).await?;
        self.refunds_around(record).await?;
        self.budgets_around(std::slice::from_ref(record)).await
    }

    /// The rate of the same currency and day that is known already.
    async fn rate(&mut self, currency: Currency, rate: Option<DayRate>) -> Result<()> {
        match rate {
            Some(rate) => self.rate_of(currency, rate.on).await,
            None => Ok(()),
        }
    }

    async fn rate_of(&mut self, currency: Currency, day: NaiveDate) -> Result<()> {
        self.book.rates.extend(rates::of(self.tx, self.id, currency, day).await?);
        Ok(())
    }

    /// The refunds of a record; and of a refund its expense, with all that was given back of it.
    async fn refunds_around(&mut self, record: &Record) -> Result<()> {
        let mut expenses = vec![record.id];
        if let Some(of) = record.flow.refund_of() {
            self.record(of).await?;
            expenses.push(of);
        }
        for expense in expenses {
            let refunds = records::refunds_of(self.tx, self.id, expense).await?;
            self.book.records.extend(refunds.into_iter().map(|refund| (refund.id, refund)));
        }
        Ok(())
    }

    async fn saves_of(&mut self, records: &[Record]) -> Result<()> {
        let ids: Vec<RecordId> = records.iter().map(|record| record.id).collect();
        self.records(&ids).await?;
        self.all_accounts().await?;
        self.categories().await?;
        for record in records {
            self.rate(record.amount.currency, record.rate).await?;
            self.refunds_around(record).await?;
        }
        self.budgets_around(records).await
    }

    async fn returns_of(&mut self, ids: &[RecordId]) -> Result<()> {
        self.records(ids).await?;
        self.all_accounts().await?;
        let back: Vec<(Record, Option<ledger::bills::Settlement>)> = self.book.bin.records.values().cloned().collect();
        for paid in back.iter().filter_map(|(_, paid)| paid.as_ref()) {
            self.due_day(paid.bill, paid.due).await?;
        }
        let back: Vec<Record> = back.into_iter().map(|(record, _)| record).collect();
        for record in &back {
            self.refunds_around(record).await?;
        }
        self.budgets_around(&back).await
    }

    async fn records(&mut self, ids: &[RecordId]) -> Result<()> {
        for stored in records::stored_of(self.tx, self.id, ids).await? {
            self.keep_record(stored);
        }
        Ok(())
    }

    /// With the accounts whose balances they are counted in.
    async fn counted_records(&mut self, ids: &[RecordId]) -> Result<()> {
        self.records(ids).await?;
        self.all_accounts().await
    }

    async fn all_accounts(&mut self) -> Result<()> {
        let all = accounts::all(self.tx, self.id).await?;
        self.keep_accounts(all);
        Ok(())
    }

    /// The due days that a record settled, and their bills.
    async fn settled_by(&mut self, id: RecordId) -> Result<()> {
        for settled in bills::settled_by(self.tx, self.id, id).await? {
            self.bill(settled.bill).await?;
            self.book.settlements.insert((settled.bill, settled.due), settled);
        }
        Ok(())
    }

    async fn deletion_of(&mut self, id: RecordId) -> Result<()> {
        self.record(id).await?;
        let Some(record) = self.book.records.get(&id).cloned() else { return Ok(()) };
        self.accounts_of(&record, None).await?;
        self.budgets_around(std::slice::from_ref(&record)).await?;
        self.settled_by(id).await
    }

    async fn deletions_of(&mut self, ids: &[RecordId]) -> Result<()> {
        self.counted_records(ids).await?;
        let gone: Vec<Record> = self.book.records.values().cloned().collect();
        self.budgets_around(&gone).await?;
        for id in ids {
            self.settled_by(*id).await?;
        }
        Ok(())
    }

    async fn return_of(&mut self, id: RecordId) -> Result<()> {
        self.record(id).await?;
        let Some((record, paid)) = self.book.bin.records.get(&id).cloned() else { return Ok(()) };
        self.accounts_of(&record, None).await?;
        self.refunds_around(&record).await?;
        self.budgets_around(std::slice::from_ref(&record)).await?;
        if let Some(paid) = paid {
            self.due_day(paid.bill, paid.due).await?;
        }
        Ok(())
    }

    async fn record(&mut self, id: RecordId) -> Result<()> {
        if let Some(stored) = records::stored(self.tx, self.id, id).await? {
            self.keep_record(stored);
        }
        Ok(())
    }

    fn keep_record(&mut self, stored: records::Stored) {
        let id = stored.record.id;
        if stored.deleted {
            let revision = stored.record.revision;
            let paid =
                stored.paid.map(|(bill, due)| ledger::bills::Settlement { bill, due, record: Some(id), revision });
            self.book.bin.records.insert(id, (stored.record, paid));
        } else {
            self.book.records.insert(id, stored.record);
        }
    }

    /// The accounts that a record names, and named before.
    async fn accounts_of(&mut self, record: &Record, before: Option<&Record>) -> Result<()> {
        let other = |record: &Record| record.flow.to_account().unwrap_or(record.account);
        let before = before.unwrap_or(record);
        self.accounts([record.account, other(record), before.account, other(before)]).await
    }

    async fn accounts(&mut self, ids: [AccountId; 4]) -> Result<()> {
        let found = accounts::some(self.tx, self.id, ids).await?;
        self.keep_accounts(found);
        Ok(())
    }

    fn keep_accounts(&mut self, found: Vec<accounts::WithBalance>) {
        for (account, balance) in found {
            self.book.balances.insert(account.id, balance);
            self.book.accounts.insert(account.id, account);
        }
    }

    async fn category(&mut self, id: Option<CategoryId>) -> Result<()> {
        let Some(id) = id else { return Ok(()) };
        if let Some(category) = categories::find(self.tx, self.id, id).await? {
            self.book.categories.insert(id, category);
        }
        Ok(())
    }

    async fn categories(&mut self) -> Result<()> {
        let all = categories::all(self.tx, self.id).await?;
        self.book.categories.extend(all.into_iter().map(|category| (category.id, category)));
        Ok(())
    }

    async fn bill(&mut self, id: BillId) -> Result<()> {
        if let Some((bill, deleted)) = bills::stored(self.tx, self.id, id).await? {
            self.keep_bill(bill, deleted);
        }
        Ok(())
    }

    fn keep_bill(&mut self, bill: ledger::bills::Bill, deleted: bool) {
        let place = if deleted { &mut self.book.bin.bills } else { &mut self.book.bills };
        place.insert(bill.id, bill);
    }

    async fn merged(&mut self, from: CategoryId) -> Result<()> {
        if let Some(merged) = merges::find(self.tx, self.id, from).await? {
            self.book.bin.merged.insert(from, merged);
        }
        Ok(())
    }

    /// A due day of a bill, those after it, and deleted records that would settle it again.
    async fn due_day(&mut self, bill: BillId, due: NaiveDate) -> Result<()> {
        self.bill(bill).await?;
        let settled = bills::settled_from(self.tx, self.id, bill, due).await?;
        self.book.settlements.extend(settled.into_iter().map(|settled| ((bill, settled.due), settled)));
        for stored in records::that_paid(self.tx, self.id, bill, due).await? {
            self.keep_record(stored);
        }
        Ok(())
    }

    async fn budget(&mut self, id: ledger::id::BudgetId) -> Result<()> {
        if let Some((budget, deleted)) = budgets::stored(self.tx, self.id, id).await? {
            self.keep_budget(budget, deleted);
        }
        Ok(())
    }

    async fn envelopes_of(&mut self, categories: [CategoryId; 2]) -> Result<()> {
        for category in categories {
            let filled = envelopes::of_category(self.tx, self.id, category).await?;
            self.book.envelopes.extend(filled.into_iter().map(|envelope| (envelope.key(), envelope)));
        }
        Ok(())
    }

    async fn envelopes_in(&mut self, month: NaiveDate) -> Result<()> {
        self.categories().await?;
        let month = envelopes::of_month(self.tx, self.id, Period::month_of(month).start).await?;
        self.book.envelopes.extend(month.into_iter().map(|envelope| (envelope.key(), envelope)));
        Ok(())
    }

    fn keep_budget(&mut self, budget: Budget, deleted: bool) {
        let place = if deleted { &mut self.book.bin.budgets } else { &mut self.book.budgets };
        place.insert(budget.id, budget);
    }

    /// The budgets that count these records or refunds that they were before, what is known of their alerts, and the
    /// spending that decides about them.
    async fn budgets_around(&mut self, records: &[Record]) -> Result<()> {
        let before = records.iter().filter_map(|record| self.book.records.get(&record.id));
        let refunds: Vec<Record> = before.filter(|before| before.flow.refund_of().is_some()).cloned().collect();
        let is_expense = |record: &&Record| matches!(record.flow, Flow::Expense { .. });
        let spent: Vec<&Record> = records.iter().filter(is_expense).chain(&refunds).collect();
        let Some(newest) = spent.iter().map(|record| record.day).max() else { return Ok(()) };
        let has = |budget: &Budget| spent.iter().any(|record| budget.has(record.day));
        let budgets: Vec<Budget> = budgets::all(self.tx, self.id).await?.into_iter().filter(has).collect();
        self.categories_of(&budgets).await?;
        let week_start = self.book.week_start;
        let last_day = totals::last_expense(self.tx, self.id).await?.map_or(newest, |day| day.max(newest));
        let before = records.iter().filter_map(|record| self.book.records.get(&record.id));
        let earliest = records.iter().chain(before).map(|record| record.day).min().unwrap_or(newest);
        let mut borders = BTreeSet::new();
        for budget in budgets {
            let of = self.book.judged(&budget);
            let counts = |record: &&&Record| budget.has(record.day) && of.counts(record);
            // Where nothing is spent nothing can be exceeded.
            let judged: BTreeSet<Period> = spent
                .iter()
                .filter(counts)
                .flat_map(|record| budget.touched_by(budget.period(record.day, week_start), last_day, week_start))
                .collect();
            let Some(first) = judged.first().copied() else { continue };
            self.judge(&budget, &judged, &mut borders).await?;
            if budget.rolls_over().is_some() {
                // What is taken from an earlier day leaves more, too.
                let from = budget.period(first.start.min(earliest), week_start);
                let opening = carries::into(self.tx, self.id, &self.book, &budget, from.start).await?;
                self.book.openings.budgets.extend(opening.map(|opening| (budget.id, opening)));
                let between = budget.periods_from(from, week_start).map(|period| period.start);
                borders.extend(between.take_while(|start| *start <= first.start));
            }
            self.book.budgets.insert(budget.id, budget);
        }
        self.spending(&borders).await
    }

    /// What is known of the alerts of the budgets of some categories in the days of `today`, and the spending that
    /// decides about them once all that is filed under `from` counts under `into`.
    async fn merged_budgets(
        &mut self,
        merge: &Command,
        (from, into): (CategoryId, CategoryId),
        today: NaiveDate,
    ) -> Result<()> {
        let of_some = |budget: &Budget| !budget.categories.is_empty() && budget.has(today);
        if !self.book.budgets.values().any(of_some) {
            return Ok(());
        }
        let mut after = self.book.clone();
        if after.apply(merge).is_err() {
            return Ok(());
        }
        let week_start = self.book.week_start;
        let last_day = totals::last_expense(self.tx, self.id).await?.map_or(today, |day| day.max(today));
        let mut borders = BTreeSet::new();
        let gains = |budget: &&Budget| of_some(budget) && after.judged(budget).counts_category(Some(into));
        for budget in after.budgets.values().filter(gains) {
            let period = budget.period(today, week_start);
            let judged = budget.touched_by(period, last_day, week_start).into_iter().collect();
            self.judge(budget, &judged, &mut borders).await?;
            let opening = carries::into_merged(self.tx, self.id, &after, budget, period.start, from).await?;
            self.book.openings.budgets.extend(opening.map(|opening| (budget.id, opening)));
        }
        self.spending(&borders).await
    }

    /// Reads what is known of the alerts of periods, and notes between which days spending decides about them.
    async fn judge(
        &mut self,
        budget: &Budget,
        judged: &BTreeSet<Period>,
        borders: &mut BTreeSet<NaiveDate>,
    ) -> Result<()> {
        let (Some(first), Some(last)) = (judged.first(), judged.last()) else { return Ok(()) };
        let alerts = alerts::of(self.tx, self.id, budget.id, first.start, last.start).await?;
        self.book.alerts.extend(alerts.into_iter().map(|alert| (alert.key(), alert)));
        borders.extend(judged.iter().flat_map(|period| [period.start, period.end]));
        Ok(())
    }

    /// The budgets whose pace is watched, with what is known of their alerts, and the spending that decides.
    async fn paces(&mut self, today: NaiveDate) -> Result<()> {
        let watched = |budget: &Budget| budget.pace && budget.has(today);
        let budgets: Vec<Budget> = budgets::all(self.tx, self.id).await?.into_iter().filter(watched).collect();
        self.categories_of(&budgets).await?;
        let mut borders = BTreeSet::new();
        for budget in budgets {
            let period = budget.period(today, self.book.week_start);
            borders.extend([period.start, Period::day(today).end, period.end]);
            let opening = carries::into(self.tx, self.id, &self.book, &budget, period.start).await?;
            self.book.openings.budgets.extend(opening.map(|opening| (budget.id, opening)));
            let alerts = alerts::of(self.tx, self.id, budget.id, period.start, period.start).await?;
            self.book.alerts.extend(alerts.into_iter().map(|alert| (alert.key(), alert)));
            self.book.budgets.insert(budget.id, budget);
        }
        self.spending(&borders).await
    }

    /// What the budgets of the slice need to be judged.
    async fn spending(&mut self, borders: &BTreeSet<NaiveDate>) -> Result<()> {
        let tags = ledger::window::tags(self.book.budgets.values());
        spending::fill(self.tx, self.id, &mut self.book, borders, &tags).await
    }

    /// The tree of categories, where a budget counts some of them only.
    async fn categories_of(&mut self, budgets: &[Budget]) -> Result<()> {
        if budgets.iter().any(|budget| !budget.categories.is_empty()) {
            let all = categories::all(self.tx, self.id).await?;
            self.book.categories.extend(all.into_iter().map(|category| (category.id, category)));
        }
        Ok(())
    }
}

/// The answer to a command that changes nothing: what it looked at, as it is.
pub(super) async fn unchanged(tx: &mut Tx, id: BookId, slice: &Book) -> Result<Changes> {
    let bin = &slice.bin;
    let deleted = bin.records.keys().copied().map(Deleted::Record);
    let deleted = deleted.chain(bin.bills.keys().copied().map(Deleted::Bill));
    let deleted = deleted.chain(bin.merged.keys().copied().map(Deleted::Category));
    let deleted = deleted.chain(bin.budgets.keys().copied().map(Deleted::Budget)).collect();
    // Its totals are sums, and the openings those of few budgets.
    let mut changes = Changes { totals: Vec::new(), tags: Vec::new(), openings: None, deleted, ..slice.as_changes() };
    for (key, _) in slice.records.values().flat_map(counted) {
        let (day, month) = totals::get(tx, id, key).await?;
        changes.totals.push((key, day));
        changes.months.push((key.of_month(), month));
    }
    for (key, _) in slice.records.values().flat_map(|record| tag_differences(None, Some(record))) {
        let total = tag_totals::get(tx, id, &key).await?;
        changes.tags.push((key, total));
    }
    Ok(changes)
}
