//! The list: pages, filters, search and sums say what the same filter says of the book in memory.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use backend::{list, payees};
use chrono::{Days, NaiveDate};
use ledger::categories::Category;
use ledger::filter::{CategoryChoice, Filter};
use ledger::list::{Cursor, DaySums, FilterSums, SearchSuggestion};
use ledger::records::{Flow, Kind, Record};
use ledger::{Book, Command, Money};

use crate::engines::on_each;
use crate::household::{Household, day};

/// Some three hundred records of all kinds over two months.
async fn filled(backend: &backend::Backend) -> Household {
    let home = Household::new(backend, "asha@example.org").await;
    let payees = ["Swiggy", "Swiggy Instamart", "Big Bazaar", "Dr. Müller", "", "Indian Oil"];
    let categories = ["Groceries", "Eating out", "Fuel"].map(|name| home.category(name));
    let mut commands = Vec::new();
    for n in 0..300_usize {
        let on = day("2026-12-01").checked_add_days(Days::new(u64::try_from(n * 7 % 61).unwrap())).unwrap();
        let minor = i64::try_from(n * 37 % 900 + 100).unwrap() * 50;
        let record = match n % 10 {
            0 => home.income(minor, &on.to_string()),
            1 => home.transfer(minor, &on.to_string()),
            2 => Record { flow: Flow::Expense { category: None }, ..home.expense(minor, &on.to_string()) },
            _ => Record {
                flow: Flow::Expense { category: Some(categories[n % 3]) },
                ..home.expense(minor, &on.to_string())
            },
        };
        let tags = [vec![], vec!["Goa".to_owned()], vec!["work".into(), "GOA trip".into()]][n % 3].clone();
        let note = if n % 11 == 0 { "dinner-party at 7".into() } else { String::new() };
        commands.push(Command::SaveRecord(Record { payee: payees[n % 6].into(), note, tags, ..record }));
    }
    // Of the three, one stands below another.
    let eating = home.first.categories[&categories[1]].clone();
    commands.push(Command::SaveCategory(Category { parent: Some(categories[0]), ..eating }));
    backend::commands::run_many(backend, &home.member, commands).await.unwrap();
    let gone = home.book().await.records.keys().copied().step_by(17).collect::<Vec<_>>();
    for id in gone {
        home.run(Command::DeleteRecord(id)).await;
    }
    home
}

fn searched(search: &str) -> Filter {
    Filter { search: search.into(), ..Filter::default() }
}

fn filters(home: &Household) -> Vec<Filter> {
    let groceries = Some(CategoryChoice::Is(home.category("Groceries")));
    let (bank, cash) = (Some(home.account("Bank")), Some(home.account("Cash")));
    let january = Filter { from: Some(day("2027-01-01")), to: Some(day("2027-01-31")), ..Filter::default() };
    let mut filters = vec![
        Filter::default(),
        january.clone(),
        Filter { from: Some(day("2027-02-01")), to: Some(day("2027-01-01")), ..Filter::default() },
        Filter { category: groceries, ..january.clone() },
        Filter { category: Some(CategoryChoice::Without), ..Filter::default() },
        Filter { category: Some(CategoryChoice::Without), kind: Some(Kind::Transfer), ..Filter::default() },
        Filter { account: cash, ..Filter::default() },
        Filter::default().under_category(home.category("Groceries")),
        Filter::default().under_category(home.category("Fuel")),
        january.clone().under_category(home.category("Groceries")),
        Filter { account: cash, ..january.clone().under_category(home.category("Groceries")) },
        searched("swiggy").under_category(home.category("Groceries")),
        Filter { tag: Some("Goa".into()), ..Filter::default().under_category(home.category("Groceries")) },
        Filter { payee: Some("Swiggy".into()), ..Filter::default().under_category(home.category("Groceries")) },
        Filter { account: bank, kind: Some(Kind::Transfer), ..Filter::default() },
        Filter { account: cash, category: groceries, ..january.clone() },
        Filter { tag: Some(" goa ".into()), ..Filter::default() },
        Filter { tag: Some("goa trip".into()), account: cash, ..january.clone() },
        Filter { tag: Some("Goa".into()), ..searched("swig") },
        Filter { account: cash, ..searched("eating") },
        Filter { kind: Some(Kind::Income), ..january },
    ];
    filters.extend(Kind::ALL.map(|kind| Filter { kind: Some(kind), ..Filter::default() }));
    let words = [
        "swiggy",
        "SWIG insta",
        "müller",
        "muller",
        "goa",
        "fuel",
        "ocer",
        "dinner-party",
        "450",
        "450.00",
        "₹450",
        "7",
        "swiggy fuel",
        "nothing",
        "%",
        "_",
        "'",
        "12/24",
        "7-Eleven",
        "₹7,500.00",
        "7.500,00",
        "& swiggy",
        "oil 120",
        "a b c d e f g h i",
        "\u{0}",
        "🍛",
    ];
    filters.extend(words.map(searched));
    filters
}

fn expected<'b>(book: &'b Book, filter: &Filter) -> Vec<&'b Record> {
    let mut shown: Vec<&Record> = book.records.values().filter(|record| filter.matches(record, book)).collect();
    shown.sort_by_key(|record| Reverse(record.sort_key()));
    shown
}

fn sums<'b>(records: impl IntoIterator<Item = &'b Record>) -> FilterSums {
    let mut sums = FilterSums::default();
    for record in records {
        sums.add(record.kind(), record.amount, 1);
    }
    sums
}

#[tokio::test]
async fn every_filter_shows_in_pages_and_sums_what_it_matches_in_memory() {
    on_each(async |backend| {
        let home = filled(&backend).await;
        let book = home.book().await;
        for filter in filters(&home) {
            let wanted = expected(&book, &filter);
            let mut shown: Vec<Record> = Vec::new();
            let mut after: Option<Cursor> = None;
            loop {
                let page = list::page(&backend, &home.member, &filter, after, 40).await.unwrap();
                let days: BTreeSet<_> = page.records.iter().map(|record| record.day).collect();
                assert_eq!(
                    page.days.iter().map(|day| day.day).collect::<Vec<_>>(),
                    days.into_iter().rev().collect::<Vec<_>>()
                );
                for whole in &page.days {
                    let of_day = wanted.iter().copied().filter(|record| record.day == whole.day);
                    assert_eq!(whole.sums, sums(of_day), "{filter:?} on {}", whole.day);
                }
                shown.extend(page.records);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(shown.iter().collect::<Vec<_>>(), wanted, "{filter:?}");
            let days: BTreeSet<_> = book.records.values().map(|record| record.day).collect();
            let asked = list::days(&backend, &home.member, &filter, &days).await.unwrap();
            let of_day = |day: &NaiveDate| sums(wanted.iter().copied().filter(|record| record.day == *day));
            let known = days.iter().rev().map(|day| DaySums { day: *day, sums: of_day(day) });
            assert_eq!(asked, known.filter(|day| day.sums.count > 0).collect::<Vec<_>>(), "{filter:?}");
            assert_eq!(list::sums(&backend, &home.member, &filter).await.unwrap(), sums(wanted), "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_search_follows_edits_and_deletions() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let found = async |search: &str| {
            list::page(&backend, &home.member, &searched(search), None, 10).await.unwrap().records.len()
        };
        let record = Record { payee: "Swigy".into(), tags: vec!["lunch".into()], ..home.expense(45_000, "2027-01-14") };
        let saved = home.save(&record).await.records[0].clone();
        assert_eq!((found("swigy").await, found("lunch").await, found("450").await), (1, 1, 1));
        let mended = Record { payee: "Swiggy".into(), tags: vec![], day: day("2027-01-10"), ..saved };
        home.save(&mended).await;
        assert_eq!((found("swigy").await, found("lunch").await, found("swiggy").await), (0, 0, 1));
        home.run(Command::DeleteRecord(record.id)).await;
        assert_eq!((found("swiggy").await, found("450").await, found("groceries").await), (0, 0, 0));
        home.run(Command::RestoreRecord(record.id)).await;
        assert_eq!((found("swiggy").await, found("groceries").await), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn payees_bring_their_last_category_and_account_and_forget_a_mended_typo() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let suggest = async |typed: &str| payees::suggest(&backend, &home.member, typed).await.unwrap();
        let named = |payee: &str, on: &str| Record { payee: payee.into(), ..home.expense(100, on) };
        home.save(&named("Big Bazaar", "2027-01-10")).await;
        let eating = Flow::Expense { category: Some(home.category("Eating out")) };
        home.save(&Record { flow: eating, account: home.account("Bank"), ..named("big bazaar", "2027-01-12") }).await;
        home.save(&named("Big Bazaar", "2026-01-12")).await;
        let typo = home.save(&named("Bgi Bazaar", "2027-01-12")).await.records[0].clone();
        home.save(&Record { payee: "Big Bazaar".into(), ..typo }).await;

        for typed in ["big", "BIG  BAZ", "baz", ""] {
            let found = suggest(typed).await;
            assert_eq!(found.iter().map(|found| found.payee.as_str()).collect::<Vec<_>>(), ["Big Bazaar"], "{typed}");
        }
        let newest = home.save(&Record { flow: eating, ..named("Big Bazaar", "2027-01-13") }).await.records[0].clone();
        let found = suggest("b").await.remove(0);
        assert_eq!(
            (found.category, found.account, found.kind),
            (newest.flow.category(), newest.account, Kind::Expense)
        );
        assert!(suggest("azaar").await.is_empty() && suggest("%").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_search_box_suggests_categories_payees_and_tags() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let tags = vec!["Food fest".into(), "food".into()];
        for n in 0..3 {
            home.save(&Record { payee: "Foodhall".into(), tags: tags.clone(), ..home.expense(100 + n, "2027-01-10") })
                .await;
        }
        let found = list::suggest(&backend, &home.member, "fo").await.unwrap();
        let tag = |text: &str| SearchSuggestion::Tag(text.into());
        assert_eq!(found, [SearchSuggestion::Payee("Foodhall".into()), tag("food"), tag("Food fest")]);
        let eating = list::suggest(&backend, &home.member, "EATING").await.unwrap();
        assert_eq!(eating, [SearchSuggestion::Category(home.category("Eating out"), "Eating out".into())]);
        assert!(list::suggest(&backend, &home.member, "  ").await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn another_member_finds_nothing_in_list_sums_or_suggestions() {
    on_each(async |backend| {
        let home = filled(&backend).await;
        let other = Household::new(&backend, "ben@example.org").await;
        for filter in filters(&home) {
            let page = list::page(&backend, &other.member, &filter, None, 50).await.unwrap();
            assert!(page.records.is_empty() && page.days.is_empty() && page.next.is_none(), "{filter:?}");
            assert_eq!(list::sums(&backend, &other.member, &filter).await.unwrap(), FilterSums::default());
        }
        for typed in ["swiggy", "goa"] {
            assert!(payees::suggest(&backend, &other.member, typed).await.unwrap().is_empty());
            assert!(list::suggest(&backend, &other.member, typed).await.unwrap().is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn a_day_of_many_records_is_paged_without_gap_or_repeat() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let records: Vec<Record> = (1..=25).map(|n| home.expense(n, "2027-01-14")).collect();
        let commands = records.iter().cloned().map(Command::SaveRecord).collect();
        backend::commands::run_many(&backend, &home.member, commands).await.unwrap();
        let mut seen = Vec::new();
        let mut after = None;
        for _ in 0..3 {
            let page = list::page(&backend, &home.member, &Filter::default(), after, 10).await.unwrap();
            assert_eq!(
                page.days[0].sums.expenses,
                [Money::new(325, home.first.home)],
                "a day's sum is that of the whole day"
            );
            after = page.next;
            seen.extend(page.records.iter().map(|record| record.amount.minor));
        }
        assert_eq!((seen, after), ((1..=25).rev().collect(), None));
    })
    .await;
}
