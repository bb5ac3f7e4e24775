//! Books filled at once agree with themselves as if each record had been saved alone.

use backend::sessions::{self, log_in};
use backend::{bulk, demo, list, payees, soundness};
use ledger::Book;
use ledger::filter::Filter;
use ledger::person::LogInForm;
use ledger::records::Record;
use ledger::totals::{DailyTotals, TagTotals};

use crate::engines::on_each;
use crate::household::Household;
use crate::people::client;

fn assert_consistent(book: &Book) {
    assert_eq!(book.totals, DailyTotals::rebuilt(book.records.values()));
    assert_eq!(book.tag_totals, TagTotals::rebuilt(book.records.values()));
    for account in book.accounts.values() {
        let effects: i64 = book.records.values().map(|record| record.effect_on(account.id)).sum();
        assert_eq!(book.balances[&account.id], account.opening.minor + effects, "{}", account.name);
    }
}

#[tokio::test]
async fn the_demonstration_is_a_book_like_any_other_and_is_made_once() {
    on_each(async |backend| {
        let login = demo::fill(&backend).await.unwrap();
        assert_eq!(demo::fill(&backend).await.unwrap(), login);
        let form = LogInForm { email: login.email, password: login.password, ..LogInForm::default() };
        let session = log_in(&backend, form.parse().unwrap(), &client()).await.unwrap().session().unwrap();
        let member = sessions::find(&backend, session.session).await.unwrap().unwrap().member;
        let book = crate::one_model::whole(&backend, &member).await;
        assert_consistent(&book);
        assert!((2_000..6_000).contains(&book.records.len()), "{} records", book.records.len());
        let today = member.today(&backend.clock);
        assert!(book.records.values().all(|record| record.day <= today));
        assert_eq!((book.accounts.len(), book.bills.len(), book.budgets.len()), (5, 7, 4));
        assert!(book.open_bills().iter().any(|bill| bill.next_due < Some(today)), "one is overdue");
        let figures = ledger::dashboard::dashboard(&book, today);
        for month in &figures.by_month[..11] {
            let (income, spent) = (month.income.money.minor, month.expenses.money.minor);
            assert!(spent > 5_000_000 && income > spent / 2, "{:?}: {income} earned, {spent} spent", month.month);
        }
        assert!(figures.balance.minor > 0 && figures.by_category.len() > 5);
        assert!(book.records.values().any(|record| record.rate.is_some()));
        assert!(book.records.values().any(|record| record.parts.len() > 1));
        assert!(book.records.values().any(|record| record.flow.refund_of().is_some()));
        assert_eq!(soundness::check(&backend).await.unwrap().problems, Vec::<String>::new());
        for account in [book.open_accounts()[0], book.open_accounts()[2]] {
            assert!(book.balance(account).minor > -2_000_000, "{} holds {}", account.name, book.balance(account).minor);
        }
    })
    .await;
}

#[tokio::test]
async fn a_book_filled_at_once_is_found_counted_and_edited_like_any_other() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        bulk::fill(&backend, &home.member, 2_500, 3).await.unwrap();
        let book = home.book().await;
        assert_eq!(book.records.len(), 2_500);
        assert_consistent(&book);
        for search in ["swiggy 7", "note", "tag 12"] {
            let filter = Filter { search: search.into(), ..Filter::default() };
            let wanted = book.records.values().filter(|record| filter.matches(record, &book)).count();
            let sums = list::sums(&backend, &home.member, &filter).await.unwrap();
            assert_eq!(usize::try_from(sums.count).unwrap(), wanted, "{search}");
        }
        assert_eq!(payees::suggest(&backend, &home.member, "zom").await.unwrap().len(), 8);
        let record = book.records.values().next_back().unwrap().clone();
        home.save(&Record { note: "edited".into(), payee: "New".into(), ..record }).await;
        assert_consistent(&home.book().await);
    })
    .await;
}
