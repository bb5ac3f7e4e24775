//! Samples: tried, and thrown away without a trace of them in what the person entered.

use backend::{Error, book_settings, reports, samples};
use chrono::Weekday;
use ledger::person::BookChange;
use ledger::{Book, Command, Currency};

use crate::engines::on_each;
use crate::household::Household;

/// All that a page shows of a book, whatever its revision.
fn contents(book: &Book) -> Book {
    Book { revision: 0, bin: ledger::book::Bin::default(), ..book.clone() }
}

#[tokio::test]
async fn samples_go_completely_and_leave_what_was_entered() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        samples::begin(&backend, &home.member).await.unwrap();
        let tried = home.book().await;
        assert!(tried.records.len() > 40 && tried.bills.len() == 3 && tried.budgets.len() == 2);
        assert_eq!(tried.totals, ledger::totals::DailyTotals::rebuilt(tried.records.values()));
        assert_eq!(contents(&other.book().await), contents(&other.first));
        let today = tried.totals.iter().map(|(key, _)| key.day).max().unwrap();
        let lately = reports::lately(&backend, &home.member, today).await.unwrap();
        let alarms: Vec<_> = lately.insights.iter().filter(|one| one.key().starts_with("unusual")).collect();
        assert!(alarms.is_empty(), "a dinner is no coffee: {alarms:?}");

        let mine = home.expense(12_300, "2027-01-15");
        home.run(Command::SaveRecord(mine.clone())).await;
        // A sample bill that is paid makes a sample of its payment.
        let (bill, due) = tried.bills.values().find_map(|bill| Some((bill.id, bill.next_due?))).unwrap();
        let record = home.expense(500, "2027-01-16");
        home.run(Command::PayBill { bill, due, record }).await;
        let known = home.book().await.revision;

        samples::end(&backend, &home.member).await.unwrap();
        let left = home.book().await;
        assert_eq!(left.records.keys().copied().collect::<Vec<_>>(), [mine.id]);
        assert!(left.bills.is_empty() && left.budgets.is_empty());
        assert_eq!(left.totals, ledger::totals::DailyTotals::rebuilt([&mine]));
        assert_eq!(left.balances[&mine.account], -12_300);
        let told = home.since(known).await;
        assert_eq!(told.deleted.len(), tried.records.len() + 1 + 3 + 2 + 1, "other devices hear of each");

        samples::end(&backend, &home.member).await.unwrap();
        samples::restore(&backend, &home.member).await.unwrap();
        let back = home.book().await;
        assert_eq!((back.records.len(), back.bills.len(), back.budgets.len()), (tried.records.len() + 2, 3, 2));
        assert_eq!(back.totals, ledger::totals::DailyTotals::rebuilt(back.records.values()));
        assert!(matches!(samples::restore(&backend, &home.member).await, Err(Error::Conflict(_))), "once");
        samples::end(&backend, &home.member).await.unwrap();
        assert_eq!(contents(&home.book().await), contents(&left), "and they go as completely as before");
    })
    .await;
}

#[tokio::test]
async fn samples_are_for_an_empty_book_and_leave_its_currency_free() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        samples::begin(&backend, &home.member).await.unwrap();
        assert!(matches!(samples::begin(&backend, &home.member).await, Err(Error::Conflict(_))));
        let change = BookChange { currency: Currency::EUR, week_start: Weekday::Mon, income: None };
        assert!(matches!(book_settings::save(&backend, &home.member, change).await, Err(Error::Invalid(_))));

        samples::end(&backend, &home.member).await.unwrap();
        samples::end(&backend, &home.member).await.unwrap();
        assert_eq!(contents(&home.book().await), contents(&home.first));
        book_settings::save(&backend, &home.member, change).await.unwrap();
        samples::begin(&backend, &home.member).await.unwrap();
        assert!(home.book().await.records.values().all(|record| record.amount.currency == Currency::EUR));
    })
    .await;
}
