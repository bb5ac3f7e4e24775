//! Calendar feeds: whoever has the link reads the due days, nobody else.

use std::collections::BTreeMap;

use backend::{Backend, Error, feeds};
use chrono::TimeDelta;
use ledger::bills::Bill;
use ledger::id::BillId;
use ledger::recurrence::{Ends, Repeats};
use ledger::{Command, Currency, Money};

use crate::engines::on_each;
use crate::household::{Household, day};
use crate::people::client;

async fn rent(home: &Household, name: &str) {
    let bill = Bill {
        id: BillId(home.id()),
        name: name.into(),
        amount: Money::new(1_500_000, Currency::INR),
        estimated: false,
        first_due: day("2027-01-31"),
        repeats: Repeats::Monthly,
        ends: Ends::After(3),
        category: None,
        account: None,
        remind_days: None,
        next_due: Some(day("2027-01-31")),
        changed: BTreeMap::new(),
        revision: 0,
    };
    home.run(Command::SaveBill(bill)).await;
}

async fn summaries(backend: &Backend, secret: &str) -> Vec<String> {
    let calendar = feeds::calendar(backend, secret, &client()).await.unwrap();
    calendar.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).map(str::to_owned).collect()
}

#[tokio::test]
async fn a_link_shows_the_bills_of_its_book_until_it_is_reset() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        rent(&home, "Rent").await;
        rent(&other, "Other").await;
        assert!(!feeds::exists(&backend, &home.member).await.unwrap());
        let first = feeds::reset(&backend, &home.member).await.unwrap();
        assert!(feeds::exists(&backend, &home.member).await.unwrap());
        assert!(!feeds::exists(&backend, &other.member).await.unwrap());
        assert_eq!(summaries(&backend, &first).await, ["Rent · ₹15\\,000.00"; 3]);

        let bill = home.book().await.bills.into_values().next().unwrap();
        home.run(Command::SkipBill { bill: bill.id, due: day("2027-01-31") }).await;
        assert_eq!(summaries(&backend, &first).await.len(), 2);

        let second = feeds::reset(&backend, &home.member).await.unwrap();
        assert!(matches!(feeds::calendar(&backend, &first, &client()).await, Err(Error::NotFound)));
        assert_eq!(summaries(&backend, &second).await.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn the_secret_is_not_stored_and_guessing_is_slowed_down() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let secret = feeds::reset(&backend, &home.member).await.unwrap();
        let mut tx = backend.db.read().await.unwrap();
        let (stored,) = tx.query("select secret_hash from calendar_feeds").one::<(String,)>().await.unwrap();
        drop(tx);
        assert_ne!(stored, secret);
        assert!(matches!(feeds::calendar(&backend, &stored, &client()).await, Err(Error::NotFound)));
        for _ in 0..29 {
            assert!(matches!(feeds::calendar(&backend, "guess", &client()).await, Err(Error::NotFound)));
        }
        assert!(matches!(feeds::calendar(&backend, "guess", &client()).await, Err(Error::TooMany { .. })));
        backend.clock.advance(TimeDelta::seconds(61));
        for _ in 0..30 {
            feeds::calendar(&backend, &secret, &client()).await.unwrap();
        }
        assert!(matches!(feeds::calendar(&backend, &secret, &client()).await, Err(Error::TooMany { .. })));
    })
    .await;
}
