//! What is worth a sentence, and how it is dismissed.

use backend::reports;
use chrono::{Days, Weekday};
use ledger::NumberFormat;
use ledger::command::Command;
use ledger::records::{Flow, Record};
use ledger::report::{ReportChoice, Step};

use crate::engines::on_each;
use crate::household::{Household, day};

#[tokio::test]
async fn a_busy_book_hears_of_its_monthly_charges_too() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let today = day("2027-02-10");
        let to = |payee: &str, record: Record| Command::SaveRecord(Record { payee: payee.into(), ..record });
        let mut commands = vec![to("", home.expense(1, "2025-01-01"))];
        for (on, minor) in [("2026-12-05", 49_900), ("2027-01-05", 49_900), ("2027-02-05", 64_900)] {
            commands.push(to("Netflix", home.expense(minor, on)));
        }
        commands.extend(["2027-01-04", "2027-02-04"].map(|on| to("Gym", home.expense(150_000, on))));
        // Eight a day, of twelve payees, so that the newest five hundred go back two months only.
        for (back, nth) in (0..130_u64).flat_map(|back| (0..8).map(move |nth| (back, nth))) {
            let on = (today - Days::new(back)).to_string();
            let minor = 10_000 + i64::try_from(back * 8 + nth).unwrap();
            commands.push(to(&format!("Shop {}", (back * 8 + nth) % 12), home.expense(minor, &on)));
        }
        for some in commands.chunks(100) {
            backend::commands::run_many(&backend, &home.member, some.to_vec()).await.unwrap();
        }
        let (book, format) = (home.book().await, NumberFormat::of("en-IN"));
        let lately = reports::lately(&backend, &home.member, today).await.unwrap();
        let words: Vec<String> = lately.insights.iter().map(|insight| insight.words(&book, format)).collect();
        assert!(words.contains(&"Netflix went up from ₹499.00 to ₹649.00.".to_owned()), "{words:?}");
        assert!(words.iter().any(|words| words.starts_with("Gym has charged ₹1,500.00 in 2 months")), "{words:?}");
        let month = ReportChoice::of(Step::Month, today, Weekday::Mon);
        let report = reports::of(&backend, &home.member, month, today).await.unwrap();
        let words: Vec<String> = report.insights.iter().map(|insight| insight.words(&book, format)).collect();
        assert!(words.iter().any(|words| words.starts_with("Netflix")), "{words:?}");
    })
    .await;
}

#[tokio::test]
async fn an_insight_is_dismissed_for_one_member_here_and_in_reports() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let other = Household::new(&backend, "ben@example.org").await;
        for house in [&home, &other] {
            for n in 1..=5 {
                let record = house.expense(n, "2027-01-14");
                house.save(&Record { flow: Flow::Expense { category: None }, ..record }).await;
            }
        }
        let told = async |house: &Household, on| {
            let lately = reports::lately(&backend, &house.member, day(on)).await.unwrap();
            lately.insights.iter().map(ledger::insights::Insight::key).collect::<Vec<_>>()
        };
        let january = "uncategorised:2027-01-01:2027-01-31";
        assert_eq!(told(&home, "2027-01-15").await, [january]);
        let lately = reports::lately(&backend, &home.member, day("2027-01-15")).await.unwrap();
        assert_eq!(lately.days, [(day("2027-01-14"), 15)]);
        for key in [january, january, "nonsense"] {
            reports::dismiss(&backend, &home.member, day("2027-01-15"), key, "").await.unwrap();
        }
        assert!(told(&home, "2027-01-31").await.is_empty());
        assert_eq!(told(&other, "2027-01-15").await, [january]);
        // The report of the month says the same, and so it is dismissed there too, and the other way round.
        let month = ReportChoice::of(Step::Month, day("2027-01-15"), Weekday::Mon);
        let reported = async |house: &Household| {
            let report = reports::of(&backend, &house.member, month, day("2027-03-01")).await.unwrap();
            report.insights.iter().map(ledger::insights::Insight::key).collect::<Vec<_>>()
        };
        assert!(reported(&home).await.is_empty());
        assert_eq!(reported(&other).await, [january]);
        reports::dismiss(&backend, &other.member, day("2027-03-01"), january, &month.query()).await.unwrap();
        assert!(reported(&other).await.is_empty() && told(&other, "2027-01-20").await.is_empty());
        for n in 1..=5 {
            let record = home.expense(n, "2027-02-01");
            home.save(&Record { flow: Flow::Expense { category: None }, ..record }).await;
        }
        assert_eq!(
            told(&home, "2027-02-02").await,
            ["uncategorised:2027-02-01:2027-02-28"],
            "another month, another pile"
        );
        let mut tx = backend.db.read().await.unwrap();
        let (kept,) = tx.query("select count(*) from dismissed_insights").one::<(i64,)>().await.unwrap();
        assert_eq!(kept, 2, "only what is told can be dismissed");
        drop(tx);
        reports::tell_again(&backend, &home.member, january).await.unwrap();
        assert_eq!(told(&home, "2027-01-20").await, [january]);
        assert!(told(&other, "2027-01-20").await.is_empty(), "for nobody else");
    })
    .await;
}
