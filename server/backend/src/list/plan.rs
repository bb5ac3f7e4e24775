//! Which index a question about records starts from.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use chrono::NaiveDate;
use ledger::Currency;
use ledger::filter::{CategoryChoice, Filter};
use ledger::form::name_key;
use ledger::id::{AccountId, BookId, CategoryId};
use ledger::list::Cursor;
use ledger::period::LAST_DAY;
use ledger::records::Kind;
use uuid::Uuid;

use super::words::Word;
use crate::db::{FixedFragments, Query};
use crate::records::columns;
use crate::{Result, Tx};

// Small in tests, so that few records show every way of finding them.
/// A word of at most so many records is looked up first, and the newest are found among them.
const RARE: i64 = if cfg!(test) { 5 } else { 2000 };
/// So many of the newest records are looked through for a word that is not rare, before it is looked up after all.
const LOOK_THROUGH: i64 = if cfg!(test) { 30 } else { 20_000 };
/// How far words are counted to find the rarest.
const COUNTED: i64 = 50_000;
/// For a sum over more records than this, reading all in turn is quicker than looking each up.
const MANY: i64 = 200_000;

/// A value for a `$n`.
pub(super) enum Bound {
    Id(Uuid),
    Text(String),
    Bytes(Vec<u8>),
    Day(NaiveDate),
    Number(i64),
}

macro_rules! bounds {
    ($($kind:ident($of:ty))+) => {$(
        impl From<$of> for Bound {
            fn from(value: $of) -> Self { Self::$kind(value) }
        }
    )+};
}
bounds! { Id(Uuid) Text(String) Bytes(Vec<u8>) Day(NaiveDate) Number(i64) }

/// A statement put together from fixed fragments, with its values; `$1` is the book.
pub(super) struct Sql {
    text: String,
    values: Vec<Bound>,
}

impl Sql {
    pub fn of(book: BookId) -> Self {
        Self { text: String::new(), values: vec![Bound::Id(book.0)] }
    }

    pub fn push(&mut self, fragment: &'static str) -> &mut Self {
        self.text.push_str(fragment);
        self
    }

    /// The next `$n`, and its value.
    pub fn bind(&mut self, value: impl Into<Bound>) -> &mut Self {
        self.values.push(value.into());
        let _ = write!(self.text, "${}", self.values.len());
        self
    }

    /// Several values, separated by commas.
    pub fn list(&mut self, values: impl Iterator<Item = impl Into<Bound>>) -> &mut Self {
        for (place, value) in values.enumerate() {
            self.push(if place > 0 { ", " } else { "" }).bind(value);
        }
        self
    }

    pub fn run(self, tx: &mut Tx) -> Query<'_> {
        let query = tx.query_of(FixedFragments(self.text));
        self.values.into_iter().fold(query, |query, value| match value {
            Bound::Id(value) => query.bind(value),
            Bound::Text(value) => query.bind(value),
            Bound::Bytes(value) => query.bind(value),
            Bound::Day(value) => query.bind(value),
            Bound::Number(value) => query.bind(value),
        })
    }

    #[cfg(test)]
    pub fn explained(self) -> Self {
        Self { text: format!("explain query plan {}", self.text), ..self }
    }
}

/// How a filter is answered.
#[derive(Clone)]
pub(super) struct Plan<'f> {
    pub book: BookId,
    /// The currency that sums are in, where no account is asked for.
    pub home: Currency,
    pub filter: &'f Filter,
    pub words: Arc<[Word]>,
    /// The categories that are asked for, as parts and totals name them; empty where none are.
    asked: Arc<[Uuid]>,
    /// The word whose records are looked up first.
    first: Option<usize>,
    /// The word with the fewest records.
    rarest: Option<usize>,
}

/// A part of the records that lies in one index in the order that is wanted.
#[derive(Clone, Copy)]
pub(super) enum Branch {
    Whole,
    /// An account's records lie in two indexes: those that leave it or reach it, and transfers into it.
    From(AccountId),
    Into(AccountId),
    /// One of the categories that are asked for together.
    Of(Uuid),
    /// Parts of split records in one category.
    Parts(Uuid),
}

impl<'f> Plan<'f> {
    /// Where records are wanted in order, and not all of them.
    pub async fn for_page(tx: &mut Tx, book: BookId, home: Currency, filter: &'f Filter) -> Result<Self> {
        let mut plan = Self::read(tx, book, home, filter).await?;
        let rarest = plan.rarest(tx, COUNTED).await?;
        plan.first = rarest.filter(|(_, count)| *count <= RARE).map(|(place, _)| place);
        plan.rarest = rarest.map(|(place, _)| place);
        Ok(plan)
    }

    /// Where every record is counted.
    pub async fn for_sums(tx: &mut Tx, book: BookId, home: Currency, filter: &'f Filter) -> Result<Self> {
        let mut plan = Self::read(tx, book, home, filter).await?;
        plan.first = plan.rarest(tx, MANY).await?.filter(|(_, count)| *count < MANY).map(|(place, _)| place);
        Ok(plan)
    }

    async fn read(tx: &mut Tx, book: BookId, home: Currency, filter: &'f Filter) -> Result<Self> {
        let words = if filter.search.trim().is_empty() {
            Arc::from([])
        } else {
            Word::all(filter, &super::context(tx, book).await?).into()
        };
        let asked = asked(tx, book, filter).await?.into();
        Ok(Self { book, home, filter, words, asked, first: None, rarest: None })
    }

    /// The word with the fewest records, and how many, counted up to `most`.
    async fn rarest(&self, tx: &mut Tx, most: i64) -> Result<Option<(usize, i64)>> {
        let mut rarest: Option<(usize, i64)> = None;
        for (place, word) in self.words.iter().enumerate() {
            let count = word.count(tx, self.book, most).await?;
            if rarest.is_none_or(|(_, least)| count < least) {
                rarest = Some((place, count));
            }
        }
        Ok(rarest)
    }

    /// The same words over a few days, whose records are read one by one.
    pub fn within<'n>(&self, filter: &'n Filter) -> Plan<'n> {
        let (words, asked) = (Arc::clone(&self.words), Arc::clone(&self.asked));
        Plan { book: self.book, home: self.home, filter, words, asked, first: None, rarest: None }
    }

    /// For words that are not rare, the day back to which the newest records are looked through at first.
    pub async fn first_look(&self, tx: &mut Tx, after: Option<Cursor>) -> Result<Option<NaiveDate>> {
        if self.words.is_empty() || self.first.is_some() || self.filter.tag.is_some() {
            return Ok(None);
        }
        let newest = [self.filter.to, after.map(|after| after.day)].into_iter().flatten().min().unwrap_or(LAST_DAY);
        let sql = "select day from records where book_id = $1 and not deleted and day <= $2
                   order by day desc, id desc limit 1 offset $3";
        let query = tx.query(sql).bind(self.book.0).bind(newest).bind(LOOK_THROUGH);
        Ok(query.optional::<(NaiveDate,)>().await?.map(|(day,)| day))
    }

    /// The plan that looks the rarest word up first, however many records it has.
    #[must_use]
    pub fn by_word(self) -> Self {
        Self { first: self.rarest, ..self }
    }

    pub fn branches(&self) -> Vec<Branch> {
        if self.first.is_some() || self.filter.tag.is_some() {
            return vec![Branch::Whole];
        }
        let together = matches!(self.filter.category, Some(CategoryChoice::Under(_)));
        let mut branches: Vec<Branch> = match self.filter.account {
            Some(account) => vec![Branch::From(account)],
            None if together => self.asked.iter().copied().map(Branch::Of).collect(),
            None => vec![Branch::Whole],
        };
        branches.extend(self.asked.iter().copied().map(Branch::Parts));
        // Only a transfer reaches a second account, and it has no category.
        let transfers = self.filter.category.is_none() && self.filter.kind.is_none_or(|kind| kind == Kind::Transfer);
        branches.extend(self.filter.account.filter(|_| transfers).map(Branch::Into));
        branches
    }

    /// Whether a category is among those asked for, or none are asked for.
    pub fn asks_for(&self, category: Option<CategoryId>) -> bool {
        self.filter.category.is_none() || self.asked.contains(&category.unwrap_or(CategoryId::NIL).0)
    }

    /// Whether a split record can have several of the categories that are asked for.
    pub fn asks_for_several(&self) -> bool {
        self.asked.len() > 1
    }

    /// Whether a part `p` comes behind another one of its record that is asked for.
    pub fn push_is_further(&self, sql: &mut Sql) {
        sql.push("exists (select 1 from record_parts o where o.book_id = $1 and o.record_id = p.record_id");
        self.push_asked(sql.push(" and o.place < p.place and o.category_id in ")).push(")");
    }

    /// How many parts that are asked for come behind another one of their record.
    pub fn further_parts(&self) -> Sql {
        let mut sql = Sql::of(self.book);
        sql.push("select count(*) from record_parts p");
        if self.filter.kind.is_some() || self.filter.account.is_some() {
            sql.push(" cross join records r where r.book_id = $1 and r.id = p.record_id and p.book_id = $1");
        } else {
            sql.push(" where p.book_id = $1");
        }
        self.push_asked(sql.push(" and p.category_id in "));
        self.days(&mut sql, "p.day");
        if let Some(kind) = self.filter.kind {
            sql.push(" and r.kind = ").bind(kind.word().to_owned());
        }
        if let Some(account) = self.filter.account {
            sql.push(" and r.account_id = ").bind(account.0);
        }
        self.push_is_further(sql.push(" and "));
        sql
    }

    /// The categories that are asked for, in brackets.
    pub fn push_asked<'s>(&self, sql: &'s mut Sql) -> &'s mut Sql {
        sql.push("(").list(self.asked.iter().copied()).push(")")
    }

    /// Records of one branch, newest first.
    pub fn records(&self, branch: Branch, after: Option<Cursor>, limit: i64) -> Sql {
        let mut sql = self.start(|sql| _ = sql.push(concat!("select ", columns!())), branch);
        let (day, id) = match branch {
            Branch::Parts(_) => ("p.day", "p.record_id"),
            _ if self.by_tag() => ("t.day", "t.record_id"),
            _ => ("r.day", "r.id"),
        };
        if let Some(after) = after {
            sql.push(" and (").push(day).push(", ").push(id).push(") < (");
            sql.bind(after.day).push(", ").bind(after.id.0).push(")");
        }
        sql.push(" order by ").push(day).push(" desc, ").push(id).push(" desc limit ").bind(limit);
        sql
    }

    /// Whether the tag's own index leads.
    fn by_tag(&self) -> bool {
        self.first.is_none() && self.filter.tag.is_some()
    }

    /// What `select` writes, from where, and every condition of the filter.
    pub fn start(&self, select: impl FnOnce(&mut Sql), branch: Branch) -> Sql {
        self.onto(Sql::of(self.book), select, branch)
    }

    /// The same behind what `sql` says already.
    pub fn onto(&self, mut sql: Sql, select: impl FnOnce(&mut Sql), branch: Branch) -> Sql {
        // A cross join is read from left to right by SQLite; to PostgreSQL it is a join like any other.
        if let Some(word) = self.first.and_then(|place| self.words.get(place)) {
            sql.push("with found as (");
            word.candidates(&mut sql);
            sql.push(") ");
            select(&mut sql);
            sql.push(" from found f cross join records r where r.id = f.record_id");
        } else if self.by_tag() {
            select(&mut sql);
            sql.push(" from record_tags t cross join records r where r.id = t.record_id and t.book_id = $1");
            sql.push(" and t.tag_key = ").bind(self.tag());
            self.days(&mut sql, "t.day");
        } else if let Branch::Parts(category) = branch {
            select(&mut sql);
            sql.push(" from record_parts p cross join records r where r.id = p.record_id and p.book_id = $1");
            sql.push(" and p.category_id = ").bind(category);
            // Once, even where several parts have come to be of one category.
            sql.push(
                " and not exists (select 1 from record_parts q where q.book_id = $1 and q.record_id = p.record_id",
            );
            sql.push(" and q.place < p.place and q.category_id = p.category_id)");
            self.days(&mut sql, "p.day");
        } else {
            select(&mut sql);
            sql.push(" from records r where 1 = 1");
        }
        sql.push(" and r.book_id = $1 and not r.deleted");
        self.conditions(&mut sql, branch);
        sql
    }

    fn tag(&self) -> Vec<u8> {
        name_key(self.filter.tag.as_deref().unwrap_or_default()).into_bytes()
    }

    fn days(&self, sql: &mut Sql, day: &'static str) {
        if let Some(from) = self.filter.from {
            sql.push(" and ").push(day).push(" >= ").bind(from);
        }
        if let Some(to) = self.filter.to {
            sql.push(" and ").push(day).push(" <= ").bind(to);
        }
    }

    fn categories(&self, sql: &mut Sql, branch: Branch) {
        let Some(choice) = self.filter.category else { return };
        match branch {
            Branch::Parts(_) => return,
            Branch::Of(category) => {
                sql.push(" and r.category_id = ").bind(category);
                return;
            }
            _ => {}
        }
        // Parts have branches of their own, unless words or a tag lead.
        let with_parts = self.first.is_some() || self.filter.tag.is_some();
        sql.push(if with_parts { " and ((" } else { " and (" });
        match choice {
            CategoryChoice::Is(category) => drop(sql.push("r.category_id = ").bind(category.0)),
            CategoryChoice::Under(_) => drop(self.push_asked(sql.push("r.category_id in "))),
            CategoryChoice::Without => {
                sql.push("coalesce(r.category_id, r.to_account_id) is null and r.parts = '[]'");
            }
        }
        sql.push(")");
        if with_parts {
            sql.push(" or exists (select 1 from record_parts p where p.book_id = $1 and p.record_id = r.id");
            self.push_asked(sql.push(" and p.category_id in ")).push("))");
        }
    }

    fn conditions(&self, sql: &mut Sql, branch: Branch) {
        self.days(sql, "r.day");
        if let Some(kind) = self.filter.kind {
            sql.push(" and r.kind = ").bind(kind.word().to_owned());
        }
        self.categories(sql, branch);
        match (branch, self.filter.account) {
            (Branch::From(account), _) | (Branch::Parts(_), Some(account)) => {
                sql.push(" and r.account_id = ").bind(account.0);
            }
            (Branch::Into(account), _) => drop(sql.push(" and r.to_account_id = ").bind(account.0)),
            (Branch::Whole, Some(account)) => {
                sql.push(" and (r.account_id = ").bind(account.0);
                sql.push(" or r.to_account_id = ").bind(account.0).push(")");
            }
            (Branch::Of(_), _) | (_, None) => {}
        }
        if let Some(payee) = &self.filter.payee {
            same_payee(sql, payee);
        }
        if self.first.is_some() && self.filter.tag.is_some() {
            sql.push(" and exists (select 1 from record_tags t where t.book_id = $1 and t.tag_key = ").bind(self.tag());
            sql.push(" and t.day = r.day and t.record_id = r.id)");
        }
        if self.filter.without_rate {
            sql.push(" and r.home = 0 and r.rate is null");
        }
        for word in &*self.words {
            word.condition(sql);
        }
    }
}

/// The condition that a record `r` is of this payee, without regard to case. `lower` of one engine knows ASCII only, so
/// that the other letters of the payee are made small one by one.
fn same_payee(sql: &mut Sql, payee: &str) {
    let key = name_key(payee);
    let others: BTreeSet<char> = key.chars().filter(|letter| !letter.is_ascii()).collect();
    let large = |small: &char| small.to_uppercase().to_string();
    let others: Vec<char> = others.into_iter().filter(|small| large(small) != small.to_string()).collect();
    sql.push(" and (r.payee = ").bind(payee.to_owned()).push(" or ");
    for _ in &others {
        sql.push("replace(");
    }
    sql.push("lower(r.payee)");
    for small in &others {
        sql.push(", ").bind(large(small)).push(", ").bind(small.to_string()).push(")");
    }
    sql.push(" = ").bind(key).push(")");
}

/// The categories that a filter asks for: all zeros stand for none.
async fn asked(tx: &mut Tx, book: BookId, filter: &Filter) -> Result<Vec<Uuid>> {
    match filter.category {
        None => Ok(Vec::new()),
        Some(CategoryChoice::Is(category)) => Ok(vec![category.0]),
        Some(CategoryChoice::Without) => Ok(vec![CategoryId::NIL.0]),
        Some(CategoryChoice::Under(top)) => {
            let all = crate::categories::all(tx, book).await?;
            let within = ledger::categories::within(top, &all.iter().collect::<Vec<_>>());
            Ok(within.into_iter().map(|id| id.0).collect())
        }
    }
}

#[cfg(test)]
mod tests;
