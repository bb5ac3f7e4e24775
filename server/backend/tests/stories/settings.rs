//! How a book is kept, and what a person wants of the program.

use backend::sessions::log_in;
use backend::{Error, book_settings, users, window};
use chrono::Weekday;
use ledger::accounts::Account;
use ledger::budgets::Budget;
use ledger::id::BudgetId;
use ledger::person::{BookChange, LogInForm, Look, ProfileForm, Theme};
use ledger::{Command, Currency, Money};

use crate::engines::on_each;
use crate::household::{Household, day};
use crate::people::client;

fn kept_in(currency: Currency) -> BookChange {
    BookChange { currency, week_start: Weekday::Mon, income: None }
}

async fn refusal(home: &Household, change: BookChange) -> String {
    match book_settings::save(&home.backend, &home.member, change).await {
        Err(Error::Invalid(errors)) => errors.get("currency").unwrap_or_default().to_owned(),
        other => panic!("{other:?}"),
    }
}

const STAYS: &str =
    "The currency stays once there are records, bills, budgets or rates: what they were worth is fixed in it";

#[tokio::test]
async fn an_empty_book_changes_its_currency_and_its_accounts_follow() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        let before = home.book().await;
        let mut bank: Account = before.accounts[&home.account("Bank")].clone();
        bank.opening = Money::new(50_050, Currency::INR);
        home.run(Command::SaveAccount(bank.clone())).await;
        let revision = home.book().await.revision;
        assert_eq!(
            refusal(&home, kept_in(Currency::JPY)).await,
            "The opening balance of Bank does not fit this currency"
        );
        assert_eq!(home.book().await.revision, revision, "what was refused changes nothing");

        let income = Some(Money::new(300_000, Currency::EUR));
        let change = BookChange { currency: Currency::EUR, week_start: Weekday::Sun, income };
        book_settings::save(&backend, &home.member, change).await.unwrap();
        let today = home.member.today(&backend.clock);
        let after = ledger::Book::from(window::load(&backend, &home.member, today).await.unwrap());
        assert_eq!((after.home, after.week_start, after.planned_income), (Currency::EUR, Weekday::Sun, income));
        assert_eq!(after.revision, revision + 1);
        assert!(after.accounts.values().all(|account| account.currency() == Currency::EUR));
        assert_eq!(after.net_worth(chrono::NaiveDate::default()), Money::new(50_050, Currency::EUR));
        let told = home.since(revision).await;
        assert_eq!(told.kept, Some(change), "other devices hear of it");
        assert_eq!((told.accounts.len(), told.balances.len()), (after.accounts.len(), after.accounts.len()));

        book_settings::save(&backend, &home.member, change).await.unwrap();
        assert_eq!(home.book().await.revision, revision + 1, "the same again is no write");
        assert_eq!(other.book().await, *other.first, "the book of another stays as it is");
    })
    .await;
}

#[tokio::test]
async fn the_currency_stays_once_there_is_something_in_it() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let record = home.expense(100, "2027-01-10");
        home.save(&record).await;
        assert_eq!(refusal(&home, kept_in(Currency::EUR)).await, STAYS);
        home.run(Command::DeleteRecord(record.id)).await;
        assert_eq!(refusal(&home, kept_in(Currency::EUR)).await, STAYS, "undo brings the record back");
        let change = BookChange { week_start: Weekday::Sat, ..kept_in(Currency::INR) };
        book_settings::save(&backend, &home.member, change).await.unwrap();
        let head = window::for_forms(&backend, &home.member).await.unwrap();
        assert_eq!((head.week_start, head.planned_income), (Weekday::Sat, None), "the plan of sign-up is gone");

        let ben = Household::new(&backend, "ben@example.org").await;
        ben.run(Command::SaveBudget(budget(&ben, 1000))).await;
        assert_eq!(refusal(&ben, kept_in(Currency::EUR)).await, STAYS);
    })
    .await;
}

fn budget(home: &Household, minor: i64) -> Budget {
    Budget::monthly(BudgetId(home.id()), "Everything", Money::new(minor, Currency::INR), day("2027-01-01"))
}

#[tokio::test]
async fn a_record_in_the_former_currency_finds_no_account() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let late = home.expense(100, "2027-01-10");
        book_settings::save(&backend, &home.member, kept_in(Currency::EUR)).await.unwrap();
        assert!(matches!(home.try_run(Command::SaveRecord(late)).await, Err(Error::Invalid(_))));
        let stale = Account { name: "Purse".into(), ..home.first.accounts[&home.account("Cash")].clone() };
        assert!(home.try_run(Command::SaveAccount(stale)).await.is_err(), "nor is an account changed back");
    })
    .await;
}

#[tokio::test]
async fn who_wants_no_alerts_by_mail_still_sees_them() {
    on_each(async |backend| {
        let (home, other) =
            (Household::new(&backend, "asha@example.org").await, Household::new(&backend, "ben@example.org").await);
        users::save_alerts_by_mail(&backend, &home.member, false).await.unwrap();
        for one in [&home, &other] {
            one.run(Command::SaveBudget(budget(one, 1000))).await;
            assert_eq!(one.save(&one.expense(2000, "2027-01-10")).await.alerts.len(), 2);
        }
        assert_eq!((home.letters("budget_alert").await, other.letters("budget_alert").await), (0, 1));
        assert!(!users::profile(&backend, &home.member).await.unwrap().alerts_by_mail);
        users::save_alerts_by_mail(&backend, &home.member, true).await.unwrap();
        home.save(&home.expense(2000, "2027-02-10")).await;
        assert_eq!(home.letters("budget_alert").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_new_device_learns_the_look_at_log_in() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        let look = Look { theme: Theme::Dark, more_contrast: true };
        users::save_look(&backend, &home.member, look).await.unwrap();
        let form = ProfileForm {
            name: "Asha".into(),
            locale: "en-IN".into(),
            time_zone: "Asia/Kolkata".into(),
            country: "IN".into(),
            ..ProfileForm::default()
        };
        let profile = users::save_profile(&backend, &home.member, form.parse().unwrap()).await.unwrap();
        assert_eq!(profile.look, look, "the profile leaves it alone");
        assert_eq!(users::profile(&backend, &other.member).await.unwrap().look, Look::default());
        let password = "monsoon over Pune".to_owned();
        let form = LogInForm { email: "asha@example.org".into(), password, ..LogInForm::default() };
        assert_eq!(log_in(&backend, form.parse().unwrap(), &client()).await.unwrap().session().unwrap().look, look);
    })
    .await;
}
