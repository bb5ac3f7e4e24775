//! Records: added, edited, deleted, brought back; retried, and saved by many at once.

use backend::{Error, records};
use ledger::command::{Command, Deleted};
use ledger::id::RecordId;
use ledger::records::{Flow, Record};
use ledger::totals::DailyTotals;
use ledger::{Currency, Money};

use crate::engines::on_each;
use crate::household::Household;

#[tokio::test]
async fn a_record_is_added_edited_deleted_and_brought_back() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let record = home.expense(45_000, "2027-01-14");
        let added = home.save(&record).await;
        assert_eq!(added.balances, [(record.account, -45_000)]);
        assert_eq!((added.totals.len(), added.totals[0].1.minor, added.revision), (1, 45_000, home.first.revision + 1));

        let edited = Record {
            amount: Money::new(50_000, Currency::INR),
            home: 50_000,
            day: record.day.succ_opt().unwrap(),
            ..added.records[0].clone()
        };
        let saved = home.save(&edited).await;
        assert_eq!(saved.totals.iter().map(|(_, total)| total.minor).collect::<Vec<_>>(), [0, 50_000]);
        assert_eq!(home.balance("Cash").await, -50_000);

        let gone = home.run(Command::DeleteRecord(record.id)).await;
        assert_eq!((gone.deleted, gone.balances), (vec![Deleted::Record(record.id)], vec![(record.account, 0)]));
        assert_eq!(records::find(&backend, &home.member, record.id).await.unwrap(), None);
        assert_eq!(home.since(added.revision).await.deleted, [Deleted::Record(record.id)]);

        let back = home.run(Command::RestoreRecord(record.id)).await;
        assert!(back.records[0].same_as(&edited));
        assert_eq!(home.balance("Cash").await, -50_000);
        assert_eq!(records::find(&backend, &home.member, record.id).await.unwrap().as_ref(), back.records.first());
    })
    .await;
}

#[tokio::test]
async fn a_retried_save_is_the_same_record_and_answers_it() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let record = home.expense(9_900, "2027-01-14");
        let first = home.save(&record).await;
        let again = home.save(&record).await;
        assert_eq!((again.revision, &again.records, &again.totals), (first.revision, &first.records, &first.totals));
        assert_eq!(again.balances, first.balances);
        assert_eq!(home.book().await.records.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_edit_that_began_before_another_edit_is_refused() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let opened = home.save(&home.expense(100, "2027-01-14")).await.records[0].clone();
        home.save(&Record { note: "phone".into(), ..opened.clone() }).await;
        let late = home.try_run(Command::SaveRecord(Record { note: "laptop".into(), ..opened.clone() })).await;
        assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
        let kept = records::find(&backend, &home.member, opened.id).await.unwrap().unwrap();
        assert_eq!(kept.note, "phone");
        assert_eq!(home.book().await.revision, kept.revision, "a refused save takes no revision");
    })
    .await;
}

#[tokio::test]
async fn income_and_transfers_are_never_spending() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        home.save(&home.income(8_500_000, "2027-01-01")).await;
        home.save(&home.transfer(200_000, "2027-01-02")).await;
        home.save(&home.expense(26_684, "2027-01-03")).await;
        let book = home.book().await;
        let figures = ledger::dashboard::dashboard(&book, crate::household::day("2027-01-15"));
        assert_eq!((figures.income.money.minor, figures.expenses.money.minor), (8_500_000, 26_684));
        assert_eq!(figures.balance.minor, 8_500_000 - 26_684);
        assert_eq!((home.balance("Bank").await, home.balance("Cash").await), (8_300_000, 173_316));
    })
    .await;
}

#[tokio::test]
async fn amounts_that_no_book_can_hold_are_refused_in_words() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        for minor in [0, -5, i64::MAX] {
            let refused = home.try_run(Command::SaveRecord(home.expense(minor, "2027-01-14"))).await;
            assert!(
                matches!(&refused, Err(Error::Invalid(errors)) if errors.get("amount").is_some()),
                "{minor}: {refused:?}"
            );
        }
        assert_eq!(home.book().await, *home.first);
    })
    .await;
}

#[tokio::test]
async fn another_member_sees_no_record_and_changes_none() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        let record = home.save(&home.expense(100, "2027-01-14")).await.records[0].clone();
        let before = home.book().await;

        assert_eq!(records::find(&backend, &other.member, record.id).await.unwrap(), None);
        let foreign = other.try_run(Command::SaveRecord(Record { revision: 0, ..record.clone() })).await;
        assert!(matches!(foreign, Err(Error::Invalid(_))), "the account is not theirs: {foreign:?}");
        let restored = other.try_run(Command::RestoreRecord(record.id)).await;
        assert!(matches!(restored, Err(Error::NotFound)), "{restored:?}");
        let deleted = other.try_run(Command::DeleteRecord(record.id)).await;
        assert!(matches!(deleted, Err(Error::NotFound)), "{deleted:?}");
        // Even the same id is a record of their own.
        other.save(&Record { id: record.id, ..other.expense(7, "2027-01-14") }).await;
        assert_eq!(home.book().await, before);
        assert_eq!(other.book().await.records.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn eight_writers_at_once_lose_nothing() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let saves = |_| {
            let home = home.clone();
            tokio::spawn(async move {
                for n in 1..=25 {
                    home.save(&home.expense(n, "2027-01-14")).await;
                }
            })
        };
        for writer in (0..8).map(saves).collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        let book = home.book().await;
        assert_eq!((book.records.len(), book.revision), (200, home.first.revision + 200));
        assert_eq!(book.totals, DailyTotals::rebuilt(book.records.values()));
        assert_eq!(home.balance("Cash").await, -8 * 325);
    })
    .await;
}

#[tokio::test]
async fn several_commands_run_together_or_not_at_all() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let many = async |commands| backend::commands::run_many(&backend, &home.member, commands).await;
        let (first, second) = (home.expense(1, "2027-01-14"), home.expense(2, "2027-01-14"));
        let refused = many(vec![Command::SaveRecord(first.clone()), Command::RestoreRecord(RecordId::NIL)]).await;
        assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        assert_eq!(home.book().await, *home.first);

        let commands = vec![
            Command::SaveRecord(first.clone()),
            Command::SaveRecord(first.clone()),
            Command::SaveRecord(second.clone()),
            Command::DeleteRecord(first.id),
        ];
        let done = many(commands).await.unwrap();
        let book = home.book().await;
        assert_eq!((done.revision, book.revision), (home.first.revision + 3, home.first.revision + 3));
        let mut copy = (*home.first).clone();
        copy.merge(&done);
        assert_eq!(copy, book);
        assert!(book.records[&second.id].same_as(&second));
    })
    .await;
}

#[tokio::test]
async fn a_record_names_only_what_the_book_has() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let record = home.expense(100, "2027-01-14");
        let salary = Some(home.category("Salary"));
        let cases = [
            (Record { flow: Flow::Expense { category: salary }, ..record.clone() }, "category"),
            (Record { account: ledger::id::AccountId::NIL, ..record.clone() }, "account"),
            (Record { flow: Flow::Transfer { to: record.account }, ..record.clone() }, "to_account"),
            (Record { amount: Money::new(100, Currency::USD), ..record }, "account"),
        ];
        for (record, field) in cases {
            let refused = home.try_run(Command::SaveRecord(record)).await;
            assert!(
                matches!(&refused, Err(Error::Invalid(errors)) if errors.get(field).is_some()),
                "{field}: {refused:?}"
            );
        }
    })
    .await;
}
