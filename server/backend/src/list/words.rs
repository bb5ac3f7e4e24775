//! What a person searches for: each word may stand in payee, note or tags, in a category's name, or be an amount.

use std::collections::BTreeSet;

use ledger::categories::Category;
use ledger::filter::{Filter, amount_said};
use ledger::form::name_key;
use ledger::id::BookId;
use ledger::{Currency, Money};
use uuid::Uuid;

use super::plan::Sql;
use crate::rows::behind;
use crate::{Result, Tx};

/// What search words are read with.
pub(super) struct Context {
    pub categories: Vec<Category>,
    /// Those of the accounts: an amount is searched in each.
    pub currencies: BTreeSet<Currency>,
}

/// One word of a search, in all that it can mean; [`Filter::matches`] says the same of a record in memory.
pub(super) struct Word {
    /// It begins a word of the record.
    token: Option<String>,
    /// Categories whose names hold it.
    categories: Vec<Uuid>,
    /// The amounts that it says.
    amounts: Vec<Money>,
}

impl Word {
    /// The words of the filter's search.
    pub fn all(filter: &Filter, context: &Context) -> Vec<Self> {
        let word = |text: String| {
            let named = context.categories.iter().filter(|category| name_key(&category.name).contains(&text));
            let said = |currency: &Currency| amount_said(&text, *currency);
            Self {
                categories: named.map(|category| category.id.0).collect(),
                amounts: context.currencies.iter().filter_map(said).collect(),
                token: text.chars().all(char::is_alphanumeric).then_some(text),
            }
        };
        filter.words().into_iter().map(word).collect()
    }

    /// The condition that a record `r` matches.
    pub fn condition(&self, sql: &mut Sql) {
        sql.push(" and (1 = 0");
        if let Some(token) = &self.token {
            sql.push(" or r.words like ").bind(format!("% {token}%"));
        }
        if !self.categories.is_empty() {
            sql.push(" or r.category_id in (").list(self.categories.iter().copied()).push(")");
            sql.push(" or (r.parts <> '[]' and exists (select 1 from record_parts p where p.book_id = $1");
            sql.push(" and p.record_id = r.id and p.category_id in (");
            sql.list(self.categories.iter().copied()).push(")))");
        }
        for amount in &self.amounts {
            sql.push(" or (r.minor = ").bind(amount.minor);
            sql.push(" and r.currency = ").bind(amount.currency.code().to_owned()).push(")");
        }
        sql.push(")");
    }

    /// The ids of records that may match, from indexes alone.
    pub fn candidates(&self, sql: &mut Sql) {
        sql.push("select id as record_id from records where book_id = $1 and 1 = 0");
        for meaning in self.meanings() {
            sql.push(" union ");
            self.source(sql, meaning, ["record_id", "id as record_id"]);
        }
    }

    /// How many records it may match, counted up to `most` for each meaning.
    pub async fn count(&self, tx: &mut Tx, book: BookId, most: i64) -> Result<i64> {
        let mut found = 0;
        for meaning in self.meanings() {
            let mut sql = Sql::of(book);
            sql.push("select count(*) from (");
            self.source(&mut sql, meaning, ["1 as found", "1 as found"]);
            sql.push(" limit ").bind(most).push(") found");
            found += sql.run(tx).one::<(i64,)>().await?.0;
        }
        Ok(found)
    }

    fn meanings(&self) -> Vec<Meaning> {
        let meant = [
            (Meaning::Token, self.token.is_some()),
            (Meaning::Category, !self.categories.is_empty()),
            (Meaning::Part, !self.categories.is_empty()),
            (Meaning::Amount, !self.amounts.is_empty()),
        ];
        meant.into_iter().filter(|(_, meant)| *meant).map(|(meaning, _)| meaning).collect()
    }

    /// The index rows of one meaning; `what` is selected from words, and from records.
    fn source(&self, sql: &mut Sql, meaning: Meaning, what: [&'static str; 2]) {
        let token = self.token.as_deref().unwrap_or_default();
        sql.push("select ").push(what[usize::from(!matches!(meaning, Meaning::Token | Meaning::Part))]);
        match meaning {
            Meaning::Token => {
                sql.push(" from record_words where book_id = $1 and word >= ").bind(token.as_bytes().to_vec());
                sql.push(" and word < ").bind(behind(token));
            }
            Meaning::Category => {
                sql.push(" from records where book_id = $1 and not deleted and category_id in (");
                sql.list(self.categories.iter().copied()).push(")");
            }
            Meaning::Part => {
                sql.push(" from record_parts where book_id = $1 and category_id in (");
                sql.list(self.categories.iter().copied()).push(")");
            }
            Meaning::Amount => {
                sql.push(" from records where book_id = $1 and not deleted and minor in (");
                sql.list(self.amounts.iter().map(|amount| amount.minor)).push(")");
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Token,
    Category,
    Part,
    Amount,
}
