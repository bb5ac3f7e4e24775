//! The list of records: pages by key, exact sums, and suggestions. Each question is answered from an index,
//! whatever the filter, and its text is put together from fixed fragments only.

mod plan;
mod sums;
mod words;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use ledger::filter::Filter;
use ledger::form::name_key;
use ledger::id::{BookId, RecordId};
use ledger::list::{Cursor, DaySums, FilterSums, RecordPage, SearchSuggestion};
use ledger::records::Record;

use crate::records::RecordRow;
use crate::rows::behind;
use crate::{Backend, Member, Result, Tx, accounts, categories, commands, payees};
use plan::Plan;

/// The longest page.
const PAGE_MAX: i64 = 200;
/// How many days are summed for one question.
const DAYS_MAX: usize = 200;
/// How many suggestions there are, and how many of them tags at most.
const SUGGESTIONS: usize = 8;
const TAGS: usize = 3;

/// The records that the filter shows, newest first, after `after` if that is given.
pub async fn page(
    backend: &Backend,
    member: &Member,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<RecordPage> {
    let mut tx = backend.db.read().await?;
    let head = commands::head(&mut tx, member.book()).await?;
    let limit = limit.clamp(1, PAGE_MAX);
    let enough = usize::try_from(limit).unwrap_or(usize::MAX);
    let plan = Plan::for_page(&mut tx, member.book(), head.home, filter).await?;
    let mut records = found(&mut tx, plan.clone(), after, limit + 1).await?;
    let more = records.len() > enough;
    records.truncate(enough);
    let next = records.last().filter(|_| more).map(|last| Cursor { day: last.day, id: last.id });
    let days = sums::of_days(&mut tx, &plan, &records, after, next).await?;
    Ok(RecordPage { revision: head.revision, records, days, next })
}

/// The newest records that the filter shows, as many as can be changed at once.
pub async fn matching(backend: &Backend, member: &Member, filter: &Filter) -> Result<Vec<RecordId>> {
    let mut tx = backend.db.read().await?;
    let home = commands::head(&mut tx, member.book()).await?.home;
    let plan = Plan::for_page(&mut tx, member.book(), home, filter).await?;
    let most = i64::try_from(ledger::bulk::MOST).unwrap_or(i64::MAX);
    Ok(found(&mut tx, plan, None, most).await?.into_iter().map(|record| record.id).collect())
}

/// What all records that the filter shows add up to.
pub async fn sums(backend: &Backend, member: &Member, filter: &Filter) -> Result<FilterSums> {
    let mut tx = backend.db.read().await?;
    let home = commands::head(&mut tx, member.book()).await?.home;
    let plan = Plan::for_sums(&mut tx, member.book(), home, filter).await?;
    sums::of_all(&mut tx, &plan).await
}

/// What the filter shows of each of these days, the newest [`DAYS_MAX`] of them. Days without a record are left out.
pub async fn days(
    backend: &Backend,
    member: &Member,
    filter: &Filter,
    days: &BTreeSet<NaiveDate>,
) -> Result<Vec<DaySums>> {
    let mut tx = backend.db.read().await?;
    let home = commands::head(&mut tx, member.book()).await?.home;
    let plan = Plan::for_page(&mut tx, member.book(), home, filter).await?;
    let asked =
        |day: &&NaiveDate| filter.from.is_none_or(|from| **day >= from) && filter.to.is_none_or(|to| **day <= to);
    let mut found = Vec::new();
    for day in days.iter().rev().filter(asked).take(DAYS_MAX) {
        let sums = sums::of_day(&mut tx, &plan, *day).await?;
        if sums.count > 0 {
            found.push(DaySums { day: *day, sums });
        }
    }
    Ok(found)
}

/// Payees, categories and tags to search for.
pub async fn suggest(backend: &Backend, member: &Member, typed: &str) -> Result<Vec<SearchSuggestion>> {
    let key = name_key(typed);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    let mut tx = backend.db.read().await?;
    let tags = tags(&mut tx, member.book(), &key, TAGS).await?;
    let tags: Vec<SearchSuggestion> = tags.into_iter().map(SearchSuggestion::Tag).collect();
    let mut found: Vec<SearchSuggestion> = categories::all(&mut tx, member.book())
        .await?
        .into_iter()
        .filter(|category| name_key(&category.name).contains(&key))
        .take(TAGS)
        .map(|category| SearchSuggestion::Category(category.id, category.name))
        .collect();
    let payees = payees::matching(&mut tx, member.book(), &key).await?;
    let room = SUGGESTIONS.saturating_sub(found.len() + tags.len());
    found.extend(payees.into_iter().take(room).map(|payee| SearchSuggestion::Payee(payee.payee)));
    found.extend(tags);
    Ok(found)
}

/// Tags that begin with what is typed, or any where nothing is.
pub async fn suggest_tags(backend: &Backend, member: &Member, typed: &str) -> Result<Vec<String>> {
    let key = name_key(typed.trim().trim_start_matches('#'));
    let mut tx = backend.db.read().await?;
    tags(&mut tx, member.book(), &key, SUGGESTIONS).await
}

/// At most so many tags that begin with `key`: one step of the index for each, however many records bear it.
async fn tags(tx: &mut Tx, book: BookId, key: &str, most: usize) -> Result<Vec<String>> {
    let sql = "select tag_key, tag from record_tags
               where book_id = $1 and tag_key >= $2 and tag_key < $3 order by tag_key, day, record_id limit 1";
    let mut found = Vec::new();
    let mut from = key.as_bytes().to_vec();
    while found.len() < most {
        let row =
            tx.query(sql).bind(book.0).bind(from.clone()).bind(behind(key)).optional::<(Vec<u8>, String)>().await?;
        let Some((known, tag)) = row else { break };
        from = [known.as_slice(), &[0]].concat();
        found.push(tag);
    }
    Ok(found)
}

/// The first records of the plan. Words that are not rare are looked for in the newest records at first.
async fn found(tx: &mut Tx, plan: Plan<'_>, after: Option<Cursor>, limit: i64) -> Result<Vec<Record>> {
    let Some(day) = plan.first_look(tx, after).await? else { return rows(tx, &plan, after, limit).await };
    let from = plan.filter.from.map_or(day, |from| from.max(day));
    let recent = Filter { from: Some(from), ..plan.filter.clone() };
    let records = rows(tx, &plan.within(&recent), after, limit).await?;
    let enough = i64::try_from(records.len()).is_ok_and(|found| found >= limit);
    if enough || plan.filter.from >= Some(day) {
        return Ok(records);
    }
    rows(tx, &plan.by_word(), after, limit).await
}

/// Records of each branch of the plan, merged into one order.
async fn rows(tx: &mut Tx, plan: &Plan<'_>, after: Option<Cursor>, limit: i64) -> Result<Vec<Record>> {
    let mut records: Vec<Record> = Vec::new();
    for branch in plan.branches() {
        let found: Vec<RecordRow> = plan.records(branch, after, limit).run(tx).all().await?;
        records.extend(crate::rows::each(found, RecordRow::read)?);
    }
    records.sort_by_key(|record| Reverse(record.sort_key()));
    // Several parts of one record can be asked for.
    records.dedup_by_key(|record| record.id);
    records.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(records)
}

async fn context(tx: &mut Tx, book: BookId) -> Result<words::Context> {
    let accounts = accounts::all(tx, book).await?;
    let currencies = accounts.iter().map(|(account, _)| account.currency()).collect();
    Ok(words::Context { categories: categories::all(tx, book).await?, currencies })
}
