//! Whatever the filter, SQLite starts from an index.

use std::cmp::Reverse;

use chrono::NaiveDate;
use ledger::Command;
use ledger::filter::{CategoryChoice, Filter};
use ledger::id::{AccountId, BookId, CategoryId};
use ledger::person::SignUpForm;
use ledger::records::{Kind, Record};
use uuid::Uuid;

use super::{Branch, Plan, Sql};
use crate::planned::{self, backend};
use crate::{Backend, ClientInfo, Member, Result, Tx};

async fn explained(tx: &mut Tx, sql: Sql) -> Result<Vec<String>> {
    planned::steps(sql.explained().run(tx)).await
}

/// Fails where a table of the history is read from end to end, or records are sorted that an index has in order.
fn assert_indexed(steps: &[String], of: &str, ordered: bool) {
    for step in steps {
        let whole = step.starts_with("SCAN")
            && !step.contains("found")
            && !step.starts_with("SCAN f")
            && !step.contains("CONSTANT");
        assert!(!whole, "{of} reads a whole table: {steps:#?}");
        assert!(!(ordered && step.contains("TEMP B-TREE FOR ORDER BY")), "{of} sorts: {steps:#?}");
    }
    assert!(steps.iter().any(|step| step.contains("USING") && step.contains("book_id=?")), "{of}: {steps:#?}");
}

fn filters() -> Vec<Filter> {
    let day = NaiveDate::from_ymd_opt(2027, 1, 1);
    let mut filters = Vec::new();
    for bits in 0..128_u8 {
        let has = |bit: u8| bits & (1 << bit) != 0;
        filters.push(Filter {
            search: String::new(),
            from: day.filter(|_| has(0)),
            to: day.filter(|_| has(1)),
            kind: has(2).then_some(Kind::Expense),
            category: has(3).then_some(CategoryChoice::Is(CategoryId::NIL)),
            account: has(4).then_some(AccountId::NIL),
            payee: has(6).then(|| "Swiggy".to_owned()),
            tag: has(5).then(|| "goa".to_owned()),
            without_rate: false,
        });
    }
    filters.push(Filter { category: Some(CategoryChoice::Without), ..Filter::default() });
    filters.push(Filter { without_rate: true, ..Filter::default() });
    let under = Some(CategoryChoice::Under(CategoryId::NIL));
    filters.push(Filter { category: under, ..Filter::default() });
    filters.push(Filter { category: under, account: Some(AccountId::NIL), ..Filter::default() });
    let searches: Vec<Filter> =
        filters.iter().map(|filter| Filter { search: "swiggy 450".into(), ..filter.clone() }).collect();
    filters.extend(searches);
    filters
}

#[tokio::test]
async fn no_filter_reads_the_whole_history() -> Result<()> {
    let (_folder, backend) = backend().await?;
    let mut tx = backend.db.read().await?;
    let book = BookId(Uuid::nil());
    let cursor = ledger::list::Cursor { day: ledger::period::LAST_DAY, id: ledger::id::RecordId::NIL };
    for filter in filters() {
        let mut plan = Plan::for_page(&mut tx, book, ledger::Currency::INR, &filter).await?;
        for first in [None, (!plan.words.is_empty()).then_some(0)] {
            plan.first = first;
            for branch in plan.branches() {
                let page = explained(&mut tx, plan.records(branch, Some(cursor), 50)).await?;
                assert_indexed(&page, &format!("the page of {filter:?}"), first.is_none());
                if first.is_none()
                    && filter.category == Some(CategoryChoice::Without)
                    && matches!(branch, Branch::Whole)
                {
                    assert!(page.iter().any(|step| step.contains("records_without_category")), "{page:#?}");
                }
                if first.is_none() && plan.words.is_empty() && filter.without_rate {
                    assert!(page.iter().any(|step| step.contains("records_without_rate")), "{page:#?}");
                }
                let mut sums = plan.start(|sql| _ = sql.push("select r.kind, sum(r.minor)"), branch);
                sums.push(" group by r.kind");
                assert_indexed(&explained(&mut tx, sums).await?, &format!("the sum of {filter:?}"), false);
            }
        }
    }
    Ok(())
}

async fn member(backend: &Backend) -> Result<Member> {
    let form = SignUpForm {
        name: "Asha".into(),
        email: "asha@example.org".into(),
        password: "monsoon over Pune".into(),
        confirm: "monsoon over Pune".into(),
        terms: "on".into(),
        country: "IN".into(),
        currency: "INR".into(),
        time_zone: "Asia/Kolkata".into(),
        locale: "en-IN".into(),
        ..SignUpForm::default()
    };
    let client = ClientInfo::new(std::net::Ipv4Addr::LOCALHOST.into(), "test");
    let session = crate::users::sign_up(backend, form.parse()?, &client).await?;
    Ok(crate::sessions::find(backend, session.session).await?.ok_or(crate::Error::NotFound)?.member)
}

#[tokio::test]
async fn rare_common_and_old_words_are_all_found_in_order() -> Result<()> {
    let (_folder, backend) = backend().await?;
    let member = member(&backend).await?;
    crate::bulk::fill(&backend, &member, 400, 2).await?;
    let mut book = crate::window::for_forms(&backend, &member).await?;
    let whole = crate::changes::since(&backend, &member, 0).await?;
    book.merge(&whole);
    // A word of the older half only, which a look through the newest records does not find.
    let older: Vec<Record> = book.records.values().take(60).cloned().collect();
    for record in older {
        let edited = Command::SaveRecord(Record { note: "gym".into(), ..record });
        book.merge(&crate::commands::run(&backend, &member, edited).await?);
    }
    for search in ["gym", "gym s", "swiggy", "swiggy zomato", "s", "swiggy 7", "note", "tag 3", "groceries s"] {
        let filter = Filter { search: search.into(), ..Filter::default() };
        let mut wanted: Vec<&Record> = book.records.values().filter(|record| filter.matches(record, &book)).collect();
        wanted.sort_by_key(|record| Reverse(record.sort_key()));
        let mut shown = Vec::new();
        let mut after = None;
        loop {
            let page = crate::list::page(&backend, &member, &filter, after, 7).await?;
            shown.extend(page.records);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(shown.iter().collect::<Vec<_>>(), wanted, "{search}");
        let sums = crate::list::sums(&backend, &member, &filter).await?;
        assert_eq!(usize::try_from(sums.count).ok(), Some(wanted.len()), "{search}");
    }
    Ok(())
}
