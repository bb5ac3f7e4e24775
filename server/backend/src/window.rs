//! The part of a book that a page needs. Its cost does not grow with the length of the history.

mod held;

use std::sync::Arc;

use chrono::NaiveDate;
use ledger::window::Window;
use ledger::{Book, Changes};

use crate::{
    Backend, Member, Result, Tx, accounts, alerts, bills, budgets, carries, categories, commands, envelopes, rates,
    records, tag_totals,
};

use crate::carries::Mark;
pub(crate) use held::Held;
use held::Span;

/// How many of the newest records a window holds.
const NEWEST: i64 = 50;

/// Accounts, categories, budgets, the bills that are open or were settled lately, thirteen months of totals,
/// the latest of them day by day, the rates of their ends, and the newest records.
pub async fn load(backend: &Backend, member: &Member, today: NaiveDate) -> Result<Window> {
    let mut tx = backend.db.read().await?;
    let (window, fresh) = read(&mut tx, backend, member, today).await?;
    drop(tx);
    // Without it the page is whole all the same, and the next one works it out again.
    let _ = carries::keep(backend, member.book(), window.revision, &fresh).await;
    Ok(Window::from(&window))
}

async fn read(tx: &mut Tx, backend: &Backend, member: &Member, today: NaiveDate) -> Result<(Book, Vec<Mark>)> {
    let mut window = nouns(tx, member).await?;
    let (book, days) = (member.book(), ledger::window::days(today));
    let worth_days = ledger::dashboard::worth_days(today);
    window.rates.extend(rates::on_days(tx, book, window.home, window.foreign(), &worth_days).await?);
    let budgets = budgets::all(tx, book).await?;
    let by_day_from = ledger::window::by_day_from(today, budgets.iter(), window.week_start);
    let held_days = ledger::window::held_days(today, budgets.iter(), window.week_start);
    (window.held_from, window.by_day_from) = (held_days.start, by_day_from);
    let tags = ledger::window::tags(budgets.iter());
    window.tags_held = Some(tags.clone());
    let (openings, fresh) = carries::openings(tx, book, &window, &budgets, today).await?;
    let rows = Changes {
        revision: window.revision,
        bills: bills::open_or_settled_from(tx, book, days.start).await?,
        settlements: bills::settlements_from(tx, book, days.start).await?,
        budgets,
        alerts: alerts::after(tx, book, days.start).await?,
        envelopes: envelopes::within(tx, book, days).await?,
        records: records::newest(tx, book, NEWEST).await?,
        tags: tag_totals::within(tx, book, &tags, held_days).await?,
        openings: Some(openings),
        ..Changes::default()
    };
    window.merge(&rows);
    let totals = backend.held.totals(tx, Span { book, days: held_days, by_day_from }, window.revision).await?;
    window.totals = Arc::unwrap_or_clone(totals);
    Ok((window, fresh))
}

/// What a form needs to be read: the currency, accounts with their balances, rates of today, and categories.
pub async fn for_forms(backend: &Backend, member: &Member) -> Result<Book> {
    let mut tx = backend.db.read().await?;
    let (mut nouns, today) = (nouns(&mut tx, member).await?, member.today(&backend.clock));
    let of_today = rates::on_days(&mut tx, member.book(), nouns.home, nouns.foreign(), &[today]).await?;
    nouns.rates.extend(of_today);
    Ok(nouns)
}

/// [`for_forms`] inside a transaction, with the newest rates only, whatever day they are of.
pub async fn nouns(tx: &mut Tx, member: &Member) -> Result<Book> {
    let book = member.book();
    let head = commands::head(tx, book).await?;
    let mut nouns = Book::new(head.home, head.week_start);
    nouns.revision = head.revision;
    nouns.planned_income = head.planned_income;
    for (account, balance) in accounts::all(tx, book).await? {
        nouns.balances.insert(account.id, balance);
        nouns.accounts.insert(account.id, account);
    }
    nouns.rates.extend(rates::newest(tx, book, head.home, nouns.foreign()).await?);
    nouns.categories = categories::all(tx, book).await?.into_iter().map(|category| (category.id, category)).collect();
    Ok(nouns)
}
