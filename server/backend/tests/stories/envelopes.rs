//! Envelopes: planned, copied and moved, on both engines and by their own members only.

use backend::{Error, envelopes};
use ledger::envelopes::{Fill, MoveForm};
use ledger::id::MoveId;
use ledger::{Command, NumberFormat};

use crate::engines::on_each;
use crate::household::{Household, day};

async fn give(home: &Household, month: &str, name: &str, from: i64, to: i64) {
    let fills = vec![Fill { category: home.category(name), from, to }];
    home.run(Command::FillEnvelopes { month: day(month), fills }).await;
}

#[tokio::test]
async fn a_month_is_planned_like_the_one_before_and_money_is_moved_as_far_as_it_is_there() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let (format, today) = (NumberFormat::of("en-IN"), day("2027-02-10"));
        give(&home, "2027-01-01", "Groceries", 0, 50_000).await;
        give(&home, "2027-01-01", "Fuel", 0, 20_000).await;
        give(&home, "2027-02-01", "Fuel", 0, 10_000).await;
        home.save(&home.expense(30_000, "2027-01-31")).await;
        envelopes::as_before(&backend, &home.member, today, today).await.unwrap();
        let left = async |name: &str| {
            let book = home.book().await;
            book.envelopes_of(today).line(home.category(name)).map(ledger::envelopes::Line::left)
        };
        assert_eq!((left("Groceries").await, left("Fuel").await), (Some(70_000), Some(30_000)));
        let move_id = MoveId(home.id());
        let shift = async |amount: &str| {
            let id = |name: &str| home.category(name).to_string();
            let (from, to) = (id("Fuel"), id("Eating out"));
            let form = MoveForm { month: "2027-02".into(), from, to, amount: amount.into(), ..MoveForm::default() };
            envelopes::shift(&backend, &home.member, move_id, &form, format, today).await
        };
        let refused = shift("300.01").await;
        assert!(matches!(&refused, Err(Error::Invalid(errors)) if errors.get("amount").is_some()), "{refused:?}");
        let (one, other) = tokio::join!(shift("250"), shift("250"));
        assert_eq!(one.unwrap().revision, other.unwrap().revision, "sent twice it is moved once");
        shift("250").await.unwrap();
        let changed = shift("10").await;
        assert!(matches!(changed, Err(Error::Conflict(_))), "{changed:?}");
        assert_eq!((left("Fuel").await, left("Eating out").await), (Some(5_000), Some(25_000)));
        assert_eq!(home.book().await.given(day("2027-02-01"), home.category("Fuel")), -15_000);
    })
    .await;
}

#[tokio::test]
async fn another_member_sees_no_envelope_and_cannot_plan_with_foreign_categories() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        give(&home, "2027-01-01", "Groceries", 0, 50_000).await;
        let before = home.book().await;
        assert!(other.book().await.envelopes.is_empty());
        let fills = vec![Fill { category: home.category("Groceries"), from: 50_000, to: 1 }];
        let foreign = other.try_run(Command::FillEnvelopes { month: day("2027-01-01"), fills }).await;
        assert!(matches!(foreign, Err(Error::Invalid(_))), "{foreign:?}");
        assert_eq!(home.book().await, before);
    })
    .await;
}
