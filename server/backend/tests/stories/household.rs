//! A person with a book, and short words for what they do in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use backend::{Backend, Error, Member, changes, commands};
use chrono::NaiveDate;
use ledger::id::{AccountId, CategoryId, RecordId};
use ledger::records::{Flow, Record};
use ledger::{Book, Changes, Command, Money};

use crate::people::person;

#[derive(Clone)]
pub struct Household {
    pub backend: Backend,
    pub member: Member,
    /// The book as sign-up made it.
    pub first: Arc<Book>,
    next: Arc<AtomicU64>,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

impl Household {
    pub async fn new(backend: &Backend, email: &str) -> Self {
        let member = person(backend, email).await.member;
        let first = crate::one_model::whole(backend, &member).await;
        Self { backend: backend.clone(), member, first: Arc::new(first), next: Arc::new(AtomicU64::new(1)) }
    }

    /// Everything that is stored now.
    pub async fn book(&self) -> Book {
        crate::one_model::whole(&self.backend, &self.member).await
    }

    pub fn category(&self, name: &str) -> CategoryId {
        self.first.categories.values().find(|category| category.name == name).unwrap().id
    }

    pub fn account(&self, name: &str) -> AccountId {
        self.first.accounts.values().find(|account| account.name == name).unwrap().id
    }

    /// A new id.
    pub fn id(&self) -> uuid::Uuid {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        RecordId::new_v7(1_800_000_000_000 + n, [7; 10]).0
    }

    /// An expense in cash for groceries, not saved yet; minor units.
    pub fn expense(&self, minor: i64, on: &str) -> Record {
        let amount = Money::new(minor, self.first.home);
        let flow = Flow::Expense { category: Some(self.category("Groceries")) };
        Record::plain(RecordId(self.id()), day(on), amount, self.account("Cash"), flow)
    }

    pub fn income(&self, minor: i64, on: &str) -> Record {
        let flow = Flow::Income { category: Some(self.category("Salary")) };
        Record { flow, account: self.account("Bank"), ..self.expense(minor, on) }
    }

    pub fn transfer(&self, minor: i64, on: &str) -> Record {
        Record {
            flow: Flow::Transfer { to: self.account("Cash") },
            account: self.account("Bank"),
            ..self.expense(minor, on)
        }
    }

    pub async fn run(&self, command: Command) -> Changes {
        self.try_run(command).await.unwrap()
    }

    pub async fn try_run(&self, command: Command) -> Result<Changes, Error> {
        commands::run(&self.backend, &self.member, command).await
    }

    pub async fn save(&self, record: &Record) -> Changes {
        self.run(Command::SaveRecord(record.clone())).await
    }

    pub async fn since(&self, revision: i64) -> Changes {
        changes::since(&self.backend, &self.member, revision).await.unwrap()
    }

    pub async fn balance(&self, name: &str) -> i64 {
        self.book().await.balances[&self.account(name)]
    }

    /// How many letters of this kind were ever written.
    pub async fn letters(&self, kind: &str) -> i64 {
        let mut tx = self.backend.db.read().await.unwrap();
        let sql = "select count(*) from outbox where kind = $1 and book_id = $2";
        tx.query(sql).bind(kind.to_owned()).bind(self.member.book().0).one::<(i64,)>().await.unwrap().0
    }
}
