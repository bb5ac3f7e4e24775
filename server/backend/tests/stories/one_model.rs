//! One model: random commands leave the book in memory, SQLite and PostgreSQL equal.

use backend::{Backend, Error, Member, changes, commands as store, soundness, window};
use chrono::{Months, NaiveDate, NaiveTime};
use ledger::command::Refused;
use ledger::openings::Openings;
use ledger::totals::{DailyTotals, TagTotals};
use ledger::{Book, Command};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::commands::{Step, command, day, step};
use crate::engines::on_each;
use crate::people::person_from;

/// A day on which no page holds what the commands are about.
const LONG_AFTER: NaiveDate = NaiveDate::from_ymd_opt(2028, 6, 20).unwrap();

/// The whole book as the database holds it.
pub async fn whole(backend: &Backend, member: &Member) -> Book {
    let empty = window::for_forms(backend, member).await.unwrap();
    let mut book = Book::new(empty.home, empty.week_start);
    catch_up(backend, member, &mut book).await;
    book
}

/// Brings a copy up to now by asking for what changed since.
pub async fn catch_up(backend: &Backend, member: &Member, book: &mut Book) {
    loop {
        let changes = changes::since(backend, member, book.revision).await.unwrap();
        let done = changes.revision == book.revision;
        book.merge(&changes);
        if done {
            return;
        }
    }
}

/// All but what undo would bring back, which no copy holds, and what is told beside all that it follows from.
fn shown(book: &Book) -> Book {
    Book { bin: ledger::book::Bin::default(), openings: Openings::default(), ..book.clone() }
}

/// Whether a window, or what answers made of it, carries what the whole book does.
fn carries_alike(window: &Book, whole: &Book, today: NaiveDate) -> Result<(), String> {
    for budget in whole.budgets.values().filter(|budget| window.holds_spending_of(budget, today)) {
        let (seen, known) = (window.judged(budget).progress(today), whole.judged(budget).progress(today));
        if seen != known {
            return Err(format!("{budget:?}\nstands at {seen:?}\nnot {known:?}\nin {:?}", window.openings));
        }
    }
    for months in 0..3 {
        let month = today.checked_add_months(Months::new(months)).unwrap();
        let (seen, known) = (window.envelopes_of(month), whole.envelopes_of(month));
        if seen != known {
            return Err(format!("envelopes of {seen:?}\nnot {known:?}\nin {:?}", window.openings));
        }
    }
    Ok(())
}

fn alike(memory: &Result<(), Refused>, stored: Result<i64, &Error>) -> bool {
    match (memory, stored) {
        (Ok(()), Ok(_)) | (Err(Refused::NotFound), Err(Error::NotFound)) => true,
        (Err(Refused::Conflict(a)), Err(Error::Conflict(b))) => a == b,
        (Err(Refused::Invalid(a)), Err(Error::Invalid(b))) => a == b,
        _ => false,
    }
}

/// Whether the totals of a window, which are kept from one to the next, are those of the book.
async fn window_is_of(backend: &Backend, member: &Member, book: &Book, today: NaiveDate) -> Result<Book, String> {
    let window = Book::from(window::load(backend, member, today).await.map_err(|error| error.to_string())?);
    let first = ledger::window::held_days(today, book.budgets.values(), book.week_start).start;
    let mut expected = DailyTotals::default();
    for (key, total) in book.totals.iter().filter(|(key, _)| key.day >= first) {
        expected.add_to(if key.day >= window.by_day_from { key } else { key.of_month() }, total);
    }
    if window.totals != expected {
        return Err(format!("a window of\n{window:#?}\nnot\n{expected:#?}"));
    }
    carries_alike(&window, book, today)?;
    Ok(window)
}

async fn told(backend: &Backend, steps: &[Step], case: u32) -> Result<(), String> {
    let address = format!("10.{}.{}.{}", case >> 16 & 255, case >> 8 & 255, case & 255);
    // While all this happens, or when it is long ago.
    let today = if case.is_multiple_of(2) { day(50) } else { LONG_AFTER };
    backend.clock.set(today.and_time(NaiveTime::MIN).and_utc());
    let member = person_from(backend, &format!("case{case}@example.org"), &address).await.member;
    let mut memory = whole(backend, &member).await;
    let mut answered = memory.clone();
    let mut copy = memory.clone();
    let mut page = window_is_of(backend, &member, &memory, today).await?;
    let mut tab = page.clone();
    let mut last: Option<Command> = None;
    for (nth, step) in steps.iter().enumerate() {
        let command = command(&memory, step, last.as_ref());
        let expected = memory.apply(&command);
        let stored = store::run(backend, &member, command.clone()).await;
        if !alike(&expected, stored.as_ref().map(|changes| changes.revision)) {
            return Err(format!("{command:?}\nmemory: {expected:?}\nstored: {stored:?}"));
        }
        if let Ok(changes) = stored {
            answered.merge(&changes);
            if shown(&answered) != shown(&memory) {
                return Err(format!("the answer to {command:?} leads to\n{answered:#?}\nnot to\n{memory:#?}"));
            }
            page.merge(&changes);
            if page.misses_a_tag() || page.is_too_short(today) {
                page = window_is_of(backend, &member, &memory, today).await?;
            }
            carries_alike(&page, &memory, today).map_err(|error| format!("after {command:?}\n{error}"))?;
            carries_alike(&answered, &memory, today)?;
        }
        if nth % 4 == 0 {
            window_is_of(backend, &member, &memory, today).await?;
        }
        if nth == steps.len() / 2 {
            copy = shown(&memory);
        }
        last = Some(command);
    }
    let stored = whole(backend, &member).await;
    if shown(&stored) != shown(&memory) {
        return Err(format!("stored\n{stored:#?}\nin memory\n{memory:#?}"));
    }
    if stored.totals != DailyTotals::rebuilt(stored.records.values()) {
        return Err("the totals are not those of the records".into());
    }
    if stored.tag_totals != TagTotals::rebuilt(stored.records.values()) {
        return Err("the totals of tags are not those of the records".into());
    }
    let worths = stored.records.values().map(|record| record.shares().iter().map(|share| share.2).sum::<i64>());
    if worths.zip(stored.records.values()).any(|(shares, record)| shares != record.home) {
        return Err("a record is not worth what its shares are".into());
    }
    catch_up(backend, &member, &mut tab).await;
    if !tab.misses_a_tag() && !tab.is_too_short(today) {
        carries_alike(&tab, &memory, today).map_err(|error| format!("in another tab\n{error}"))?;
    }
    catch_up(backend, &member, &mut copy).await;
    if shown(&copy) != shown(&memory) {
        return Err(format!("a copy caught up to\n{copy:#?}\nnot to\n{memory:#?}"));
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_commands_leave_memory_sqlite_and_postgresql_equal() {
    on_each(async |backend| {
        let (handle, sound) = (tokio::runtime::Handle::current(), backend.clone());
        let work = move || {
            let case = std::cell::Cell::new(0);
            let config = Config { cases: 64, max_shrink_iters: 300, failure_persistence: None, ..Config::default() };
            TestRunner::new(config).run(&proptest::collection::vec(step(), 1..50), |steps| {
                case.set(case.get() + 1);
                handle.block_on(told(&backend, &steps, case.get())).map_err(TestCaseError::fail)
            })
        };
        if let Err(failure) = tokio::task::spawn_blocking(work).await.unwrap() {
            panic!("{failure}");
        }
        assert_eq!(soundness::check(&sound).await.unwrap().problems, Vec::<String>::new());
    })
    .await;
}
