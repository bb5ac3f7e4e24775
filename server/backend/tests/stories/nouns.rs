//! Categories, accounts, and what a new book has.

use backend::{Error, window};
use ledger::accounts::{Account, AccountKind, STARTERS};
use ledger::categories::Category;
use ledger::id::{AccountId, CategoryId};
use ledger::records::Kind;
use ledger::{Book, Command, Currency, Money};

use crate::engines::on_each;
use crate::household::{Household, day};

fn category(home: &Household, name: &str) -> Category {
    Category { colour: 1, ..Category::plain(CategoryId(home.id()), name, Kind::Expense) }
}

fn account(home: &Household, name: &str, opening: i64) -> Account {
    Account::plain(AccountId(home.id()), name, AccountKind::Card, Money::new(opening, Currency::INR))
}

fn message<T: std::fmt::Debug>(result: &Result<T, Error>, field: &str) -> String {
    match result {
        Err(Error::Invalid(errors)) => errors.get(field).unwrap_or_default().to_owned(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_new_book_has_categories_and_accounts_in_their_order() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let names: Vec<&str> = home.first.categories.values().map(|category| category.name.as_str()).collect();
        assert_eq!(names, ledger::categories::STARTERS.map(|(name, ..)| name));
        let open: Vec<&str> = home.first.open_accounts().iter().map(|account| account.name.as_str()).collect();
        assert_eq!(open, STARTERS.map(|(name, _)| name));
        assert_eq!(home.first.net_worth(chrono::NaiveDate::default()), Money::zero(Currency::INR));
    })
    .await;
}

#[tokio::test]
async fn food_and_food_with_blanks_are_one_category() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let food = category(&home, "Food");
        let saved = home.run(Command::SaveCategory(food.clone())).await.categories[0].clone();
        for alike in [" food ", "FOOD", "food", "Fo\u{200d}od", "Food\u{fe0f}"] {
            let refused = home.try_run(Command::SaveCategory(category(&home, alike))).await;
            assert_eq!(message(&refused, "name"), "There is a category of this name already");
        }
        // Its own name in other letters is a rename.
        let renamed = home.run(Command::SaveCategory(Category { name: "FOOD".into(), ..saved })).await;
        assert_eq!(renamed.categories[0].name, "FOOD");
        let other = Household::new(&backend, "ben@example.org").await;
        other.run(Command::SaveCategory(category(&other, "food"))).await;
    })
    .await;
}

#[tokio::test]
async fn a_renamed_or_archived_category_keeps_its_totals() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let record = home.expense(45_000, "2027-01-14");
        home.save(&record).await;
        let groceries = home.first.categories[&home.category("Groceries")].clone();
        home.run(Command::SaveCategory(Category { name: "Kirana".into(), archived: true, ..groceries.clone() })).await;
        let book = home.book().await;
        let figures = ledger::dashboard::dashboard(&book, day("2027-01-15"));
        assert_eq!(figures.by_category[0].0, Some(groceries.id));
        assert_eq!((figures.by_category[0].1.money.minor, book.category_name(Some(groceries.id))), (45_000, "Kirana"));
        assert!(book.categories_of(Kind::Expense).iter().all(|category| category.id != groceries.id));
    })
    .await;
}

#[tokio::test]
async fn a_balance_is_always_the_exact_sum() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let card = account(&home, "ICICI card", -250_000);
        let opened = home.run(Command::SaveAccount(card.clone())).await;
        assert_eq!(opened.balances, [(card.id, -250_000)]);
        let record = ledger::records::Record { account: card.id, ..home.expense(1_999, "2027-01-14") };
        home.save(&record).await;
        let opening = Money::new(-100_000, Currency::INR);
        let mended = home.run(Command::SaveAccount(Account { opening, ..opened.accounts[0].clone() })).await;
        assert_eq!(mended.balances, [(card.id, -101_999)]);
        let book = window::for_forms(&backend, &home.member).await.unwrap();
        assert_eq!(book.balances[&card.id], -101_999);

        for alike in [" icici CARD", "ICICI\u{200c} card"] {
            let refused = home.try_run(Command::SaveAccount(account(&home, alike, 0))).await;
            assert_eq!(message(&refused, "name"), "There is an account of this name already");
        }
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_a_category_or_account_that_began_before_another_is_refused() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let groceries = home.first.categories[&home.category("Groceries")].clone();
        let cash = home.first.accounts[&home.account("Cash")].clone();
        home.run(Command::SaveCategory(Category { name: "Kirana".into(), ..groceries.clone() })).await;
        let opening = Money::new(5_000, Currency::INR);
        home.run(Command::SaveAccount(Account { opening, ..cash.clone() })).await;
        for late in [
            Command::SaveCategory(Category { name: "Vegetables".into(), ..groceries.clone() }),
            Command::SaveAccount(Account { name: "Purse".into(), ..cash.clone() }),
        ] {
            let refused = home.try_run(late).await;
            assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
        }
        // To archive is no edit of what is shown: it keeps what others changed.
        let archived = home.run(Command::ArchiveCategory { id: groceries.id, archived: true }).await;
        assert_eq!((archived.categories[0].name.as_str(), archived.categories[0].archived), ("Kirana", true));
        home.run(Command::ArchiveAccount { id: cash.id, archived: true }).await;
        let book = home.book().await;
        assert_eq!((book.accounts[&cash.id].opening, book.accounts[&cash.id].archived), (opening, true));
        assert_eq!(book.balances[&cash.id], 5_000);
        let again = home.run(Command::ArchiveAccount { id: cash.id, archived: true }).await;
        assert_eq!((again.revision, again.accounts.len()), (book.revision, 1));
        assert_eq!(home.since(home.first.revision).await.categories, archived.categories);
    })
    .await;
}

#[tokio::test]
async fn another_member_sees_no_account_or_category_and_changes_none() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        let mine = category(&home, "Garden");
        home.run(Command::SaveCategory(mine.clone())).await;
        let before = home.book().await;
        // The same ids are their own things.
        other.run(Command::SaveCategory(Category { name: "Theirs".into(), ..mine.clone() })).await;
        let cash = home.first.accounts[&home.account("Cash")].clone();
        other.run(Command::SaveAccount(Account { name: "Theirs".into(), revision: 0, ..cash })).await;
        let archived = other.try_run(Command::ArchiveCategory { id: home.category("Fuel"), archived: true }).await;
        assert!(matches!(archived, Err(Error::NotFound)), "{archived:?}");
        assert_eq!(home.book().await, before);
        let seen = window::for_forms(&backend, &other.member).await.unwrap();
        assert!(seen.categories.values().all(|category| category.name != "Garden"));
        let window = Book::from(window::load(&backend, &other.member, day("2027-01-15")).await.unwrap());
        assert_eq!((window.accounts.len(), window.records.len()), (3, 0));
    })
    .await;
}

#[tokio::test]
async fn a_window_is_the_part_of_the_book_that_its_days_need() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        for (n, on) in ["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-15", "2027-02-01"].into_iter().enumerate() {
            home.save(&home.expense(100 + i64::try_from(n).unwrap(), on)).await;
        }
        let window = Book::from(window::load(&backend, &home.member, day("2027-01-15")).await.unwrap());
        let book = home.book().await;
        assert_eq!(
            (window.revision, &window.accounts, &window.balances),
            (book.revision, &book.accounts, &book.balances)
        );
        assert_eq!((window.categories.len(), window.records.len()), (18, 5));
        let days: Vec<String> = window.totals.iter().map(|(key, _)| key.day.to_string()).collect();
        assert_eq!(
            days,
            ["2026-01-01", "2026-12-01", "2027-01-15", "2027-02-01"],
            "past months as one sum each, this one day by day, and what is to come"
        );
        let figures = |book: &Book| ledger::dashboard::dashboard(book, day("2027-01-15"));
        assert_eq!(figures(&window), figures(&book));
    })
    .await;
}

#[tokio::test]
async fn a_window_follows_what_is_saved_in_the_months_that_it_holds_as_sums() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let today = day("2027-01-20");
        for on in ["2026-03-03", "2026-03-30", "2027-01-15"] {
            home.save(&home.expense(100, on)).await;
        }
        let load = async || Book::from(window::load(&backend, &home.member, today).await.unwrap());
        let mut kept = load().await;
        for command in [
            Command::SaveRecord(home.expense(250, "2026-03-03")),
            Command::SaveRecord(home.expense(7, "2026-12-31")),
            Command::SaveRecord(home.expense(9, "2027-01-16")),
            Command::DeleteRecord(kept.records.values().next().unwrap().id),
        ] {
            // The same in memory, and by the answer of the server.
            let mut guessed = kept.clone();
            guessed.apply(&command).unwrap();
            kept.merge(&home.run(command).await);
            assert_eq!((&guessed.totals, &guessed.balances), (&kept.totals, &kept.balances));
            assert_eq!(kept.totals, load().await.totals);
        }
        assert_eq!(ledger::dashboard::dashboard(&kept, today), ledger::dashboard::dashboard(&home.book().await, today));
    })
    .await;
}
