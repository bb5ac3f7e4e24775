//! Other currencies, records split over categories, and refunds.

use std::collections::BTreeSet;

use backend::commands::many;
use backend::{Error, list, rates, records, reports, soundness};
use chrono::NaiveDate;
use ledger::accounts::{Account, AccountKind};
use ledger::budgets::Budget;
use ledger::categories::Category;
use ledger::command::Command;
use ledger::filter::{CategoryChoice, Filter};
use ledger::id::{AccountId, BudgetId, CategoryId};
use ledger::list::FilterSums;
use ledger::period::Period;
use ledger::rates::{DayRate, Rate};
use ledger::records::{Flow, Kind, Part, Record};
use ledger::report::{ReportChoice, Step};
use ledger::totals::TotalKind;
use ledger::{Book, Currency, Money, NumberFormat};

use crate::engines::on_each;
use crate::household::Household;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn rate(typed: &str, on: &str) -> DayRate {
    DayRate { rate: Rate::parse(typed, NumberFormat::of("en-IN")).unwrap(), on: day(on) }
}

/// An account in dollars with $100.00 in it.
async fn dollars(home: &Household) -> AccountId {
    let id = AccountId(home.id());
    let opening = Money::new(10_000, Currency::USD);
    let (name, kind) = ("Dollars".to_owned(), AccountKind::Bank);
    home.run(Command::SaveAccount(Account { id, name, kind, opening, position: 0, archived: false, revision: 0 }))
        .await;
    id
}

async fn limit(home: &Household, minor: i64, categories: BTreeSet<CategoryId>) {
    let monthly = Budget::monthly(BudgetId(home.id()), "January", Money::new(minor, Currency::INR), day("2027-01-01"));
    let budget = Budget { categories, ..monthly };
    home.run(Command::SaveBudget(budget)).await;
}

async fn sums(home: &Household, filter: &Filter) -> FilterSums {
    list::sums(&home.backend, &home.member, filter).await.unwrap()
}

async fn page(home: &Household, filter: &Filter) -> Vec<Record> {
    list::page(&home.backend, &home.member, filter, None, 50).await.unwrap().records
}

fn refused(answer: &Result<ledger::Changes, Error>, field: &str) {
    assert!(matches!(answer, Err(Error::Invalid(errors)) if errors.get(field).is_some()), "{field}: {answer:?}");
}

async fn assert_sound(home: &Household) {
    assert_eq!(soundness::check(&home.backend).await.unwrap().problems, Vec::<String>::new());
}

#[tokio::test]
async fn what_a_foreign_record_was_worth_stays_when_rates_change() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let account = dollars(&home).await;
        limit(&home, 100_000, BTreeSet::new()).await;
        let plain = home.expense(1_250, "2027-01-10");
        let spent = Record { account, amount: Money::new(1_250, Currency::USD), ..plain };
        refused(&home.try_run(Command::SaveRecord(spent.clone())).await, "rate");
        let saved = home.save(&Record { rate: Some(rate("83.25", "2027-01-09")), ..spent }).await;
        assert_eq!((saved.records[0].home, saved.balances[0].1), (104_062, 10_000 - 1_250), "half to even");
        assert_eq!(saved.alerts.iter().map(|alert| alert.threshold).collect::<Vec<_>>(), [80, 100], "it counts");

        let january = Period::month_of(day("2027-01-10"));
        let spent_in_january = async || home.book().await.totals.sum(january, TotalKind::Expense);
        assert_eq!(spent_in_january().await, 104_062);
        home.run(Command::SaveRate { currency: Currency::USD, rate: rate("90", "2027-02-01") }).await;
        let edited = Record { note: "books".into(), ..saved.records[0].clone() };
        home.save(&edited).await;
        assert_eq!(spent_in_january().await, 104_062);
        let book = home.book().await;
        assert_eq!(book.newest_rate(Currency::USD), Some(rate("90", "2027-02-01")));
        assert_eq!(book.net_worth(day("2027-02-01")).minor, 8_750 * 90);

        assert_eq!(sums(&home, &Filter::default()).await.expenses, [Money::new(104_062, Currency::INR)]);
        let of_account = Filter { account: Some(account), ..Filter::default() };
        assert_eq!(sums(&home, &of_account).await.expenses, [Money::new(1_250, Currency::USD)]);
        let choice = ReportChoice::of(Step::Month, day("2027-01-10"), chrono::Weekday::Mon);
        let report = reports::of(&backend, &home.member, choice, day("2027-03-01")).await.unwrap();
        assert_eq!(
            (report.flows.expenses, report.worth.last().unwrap().1),
            (104_062, 728_438),
            "a later rate moves nothing"
        );
        assert_eq!(report.worth[report.worth.len() - 2].1, 832_500, "before it was spent, by the first rate known");
        let held = report.held.iter().map(|line| (line.before, line.after)).collect::<Vec<_>>();
        assert_eq!(held, [(832_500, 728_438)]);
        let choice = ReportChoice::of(Step::Month, day("2027-03-15"), chrono::Weekday::Mon);
        let report = reports::of(&backend, &home.member, choice, day("2027-03-01")).await.unwrap();
        let minors: Vec<_> = report.worth.iter().map(|(_, minor)| *minor).collect();
        assert_eq!(minors[10..], [728_438, 787_500, 787_500], "the ends of January, February and March");
        // The window that the dashboard is made of says the same.
        let window = backend::window::load(&backend, &home.member, day("2027-03-15")).await.unwrap();
        let points = ledger::dashboard::worth(&Book::from(window), day("2027-03-15"));
        assert_eq!(points[..12], report.worth[..12]);
        assert_sound(&home).await;
    })
    .await;
}

#[tokio::test]
async fn a_transfer_into_another_currency_brings_what_arrived() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let account = dollars(&home).await;
        let balances = async || (home.balance("Bank").await, home.book().await.balances[&account]);
        let sent = Record { flow: Flow::Transfer { to: account }, ..home.transfer(834_000, "2027-01-12") };
        refused(&home.try_run(Command::SaveRecord(sent.clone())).await, "received");
        let saved = home.save(&Record { received: Some(Money::new(10_000, Currency::USD)), ..sent }).await;
        assert_eq!((saved.records[0].home, saved.records[0].rate), (834_000, None));
        assert_eq!(balances().await, (-834_000, 20_000));
        let into = Filter { account: Some(account), ..Filter::default() };
        assert_eq!(sums(&home, &into).await.transfers, [Money::new(10_000, Currency::USD)]);
        let found = Filter { search: "bank".into(), ..into };
        assert_eq!(sums(&home, &found).await.count, 0);
        let back = Record {
            account,
            amount: Money::new(5_000, Currency::USD),
            received: Some(Money::new(400_000, Currency::INR)),
            flow: Flow::Transfer { to: home.account("Bank") },
            payee: "Wise".into(),
            ..home.transfer(1, "2027-01-13")
        };
        let saved = home.save(&back).await;
        assert_eq!(saved.records[0].home, 400_000, "worth what it brought");
        let wise = Filter { search: "wise".into(), account: Some(home.account("Bank")), ..Filter::default() };
        assert_eq!(sums(&home, &wise).await.transfers, [Money::new(400_000, Currency::INR)]);
        home.run(Command::DeleteRecord(back.id)).await;
        assert_eq!(balances().await, (-834_000, 20_000));
        assert_sound(&home).await;
    })
    .await;
}

#[tokio::test]
async fn a_split_record_is_found_and_counted_by_each_of_its_parts() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let (food, fuel) = (home.category("Groceries"), home.category("Fuel"));
        limit(&home, 500, BTreeSet::from([fuel])).await;
        let part = |category, minor, note: &str| Part { category, minor, note: note.into() };
        let parts = vec![part(Some(food), 600, ""), part(Some(fuel), 300, "engine oil"), part(None, 100, "")];
        let flow = Flow::Expense { category: None };
        let split = Record { flow, parts, payee: "Hypermarket".into(), ..home.expense(1_000, "2027-01-10") };
        let short = Record { parts: split.parts[..2].to_vec(), ..split.clone() };
        refused(&home.try_run(Command::SaveRecord(short)).await, "parts");
        let saved = home.save(&split).await;
        home.save(&home.expense(50, "2027-01-10")).await;

        let of = |category| Filter { category: Some(CategoryChoice::of(category)), ..Filter::default() };
        for (category, minor, count) in [(Some(food), 650, 2), (Some(fuel), 300, 1), (None, 100, 1)] {
            for search in ["", "hyper"] {
                let filter = Filter { search: search.into(), ..of(category) };
                let (minor, count) =
                    if search.is_empty() || category != Some(food) { (minor, count) } else { (600, 1) };
                let found = sums(&home, &filter).await;
                assert_eq!(found.expenses, [Money::new(minor, Currency::INR)], "{category:?} {search}");
                assert_eq!((found.count, i64::try_from(page(&home, &filter).await.len()).unwrap()), (count, count));
            }
            let days = list::days(&backend, &home.member, &of(category), &BTreeSet::from([day("2027-01-10")])).await;
            assert_eq!(days.unwrap()[0].sums.expenses[0].minor, minor);
        }
        let all = sums(&home, &Filter::default()).await;
        assert_eq!((all.count, all.expenses[0].minor), (2, 1_050), "one record, however many parts it has");
        for search in ["fuel", "oil", "groceries hyper"] {
            let filter = Filter { search: search.into(), ..Filter::default() };
            assert_eq!(page(&home, &filter).await, saved.records, "{search}");
        }

        let more = vec![part(Some(food), 399, ""), part(Some(fuel), 601, "")];
        let edited = home.save(&Record { parts: more, ..saved.records[0].clone() }).await;
        assert_eq!(edited.alerts.len(), 2, "the part is over the limit of its category");
        assert_eq!(sums(&home, &of(None)).await, FilterSums::default());
        home.run(Command::DeleteRecord(split.id)).await;
        assert_eq!(sums(&home, &of(Some(fuel))).await, FilterSums::default());
        home.run(Command::RestoreRecord(split.id)).await;
        assert_eq!(sums(&home, &of(Some(fuel))).await.expenses[0].minor, 601);
        assert_sound(&home).await;
    })
    .await;
}

#[tokio::test]
async fn refunds_count_against_their_expense_and_never_go_beyond_it() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let food = home.category("Groceries");
        limit(&home, 900, BTreeSet::from([food])).await;
        let expense = home.expense(1_000, "2027-01-10");
        assert_eq!(home.save(&expense).await.alerts.len(), 2);
        let back = |minor, on: &str| Record {
            flow: Flow::Refund { category: Some(food), of: expense.id },
            ..home.expense(minor, on)
        };
        let first = back(700, "2027-01-12");
        home.save(&first).await;
        assert_eq!(home.balance("Cash").await, -300);
        refused(&home.try_run(Command::SaveRecord(back(301, "2027-01-13"))).await, "amount");
        let of_food = Filter { category: Some(CategoryChoice::Is(food)), ..Filter::default() };
        let found = sums(&home, &of_food).await;
        assert_eq!((found.expenses[0].minor, found.income.len(), found.count), (300, 0, 2));
        let choice = ReportChoice::of(Step::Month, day("2027-01-10"), chrono::Weekday::Mon);
        let report = reports::of(&backend, &home.member, choice, day("2027-03-01")).await.unwrap();
        assert_eq!((report.flows.expenses, report.flows.income), (300, 0));
        assert_eq!(report.closer.unwrap().largest.len(), 1, "a refund is no expense");

        // Over the limit once more: it was told already.
        assert!(home.save(&home.expense(700, "2027-01-14")).await.alerts.is_empty());
        let stored = home.book().await.records[&expense.id].clone();
        refused(
            &home.try_run(Command::SaveRecord(Record { amount: Money::new(699, Currency::INR), ..stored })).await,
            "amount",
        );
        let ties = records::ties(&backend, &home.member, expense.id).await.unwrap();
        assert_eq!((ties.left(), ties.refunds.len()), (Some(Money::new(300, Currency::INR)), 1));

        home.run(Command::DeleteRecord(first.id)).await;
        home.save(&back(400, "2027-01-15")).await;
        let returned = home.try_run(Command::RestoreRecord(first.id)).await;
        assert!(matches!(returned, Err(Error::Conflict(_))), "{returned:?}");
        home.run(Command::DeleteRecord(expense.id)).await;
        assert_eq!(home.balance("Cash").await, 400 - 700, "the refund stays");
        refused(&home.try_run(Command::SaveRecord(back(1, "2027-01-16"))).await, "");
        assert_sound(&home).await;
    })
    .await;
}

#[tokio::test]
async fn a_split_record_is_counted_once_however_many_of_its_parts_are_asked_for() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let (food, fuel, rent) = (home.category("Groceries"), home.category("Fuel"), home.category("Rent"));
        for (id, parent) in [(fuel, food), (rent, fuel)] {
            let revision = home.book().await.categories[&id].revision;
            let below = Category { parent: Some(parent), revision, ..home.first.categories[&id].clone() };
            home.run(Command::SaveCategory(below)).await;
        }
        let share = |category, minor| Part { category: Some(category), minor, note: String::new() };
        let whole = Record { payee: "Mall".into(), tags: vec!["goa".into()], ..home.expense(600, "2027-01-10") };
        let split = |on: &str, parts: Vec<Part>| {
            let flow = Flow::Expense { category: None };
            let amount = Money::new(parts.iter().map(|one| one.minor).sum(), Currency::INR);
            let id = home.expense(1, on).id;
            Record { id, day: day(on), flow, amount, home: amount.minor, parts, ..whole.clone() }
        };
        let other = home.category("Eating out");
        for record in [
            split("2027-01-10", vec![share(food, 100), share(fuel, 200), share(rent, 300)]),
            split("2027-01-11", vec![share(other, 100), share(rent, 20), share(fuel, 3)]),
            split("2027-02-01", vec![share(other, 100), share(rent, 7)]),
            whole.clone(),
        ] {
            home.save(&record).await;
        }
        let under = Filter::default().under_category(food);
        let january = Filter { from: Some(day("2027-01-01")), to: Some(day("2027-01-31")), ..under.clone() };
        let cash = Some(home.account("Cash"));
        for (filter, count, minor) in [
            (under.clone(), 4, 1_230),
            (january.clone(), 3, 1_223),
            (Filter { kind: Some(Kind::Expense), ..under.clone() }, 4, 1_230),
            (Filter { kind: Some(Kind::Income), ..under.clone() }, 0, 0),
            (Filter { account: cash, ..january.clone() }, 3, 1_223),
            (Filter { account: Some(home.account("Bank")), ..under.clone() }, 0, 0),
            (under.clone().paid_to("Mall"), 4, 1_230),
            (Filter { search: "mall".into(), ..january.clone() }, 3, 1_223),
            (Filter { tag: Some("Goa".into()), ..under.clone() }, 4, 1_230),
            (Filter::default().under_category(fuel), 3, 530),
            (Filter::default().under_category(rent), 3, 327),
        ] {
            let found = sums(&home, &filter).await;
            let spent = found.expenses.first().map_or(0, |money| money.minor);
            assert_eq!((found.count, spent), (count, minor), "{filter:?}");
            assert_eq!(page(&home, &filter).await.len(), usize::try_from(count).unwrap(), "{filter:?}");
        }
        assert_sound(&home).await;
    })
    .await;
}

/// Makes records as they were when no rate was known: worth nothing.
async fn without_rates(home: &Household, ids: &[ledger::id::RecordId]) {
    home.run(Command::ForgetRates(ids.to_vec())).await;
}

#[tokio::test]
async fn records_without_a_rate_are_listed_and_get_one_in_one_press() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let account = dollars(&home).await;
        let spent = |minor, on: &str| Record {
            account,
            amount: Money::new(minor, Currency::USD),
            rate: Some(rate("80", "2027-01-01")),
            tags: vec!["goa".into()],
            ..home.expense(minor, on)
        };
        let records = [spent(1_000, "2027-01-10"), spent(333, "2027-01-11"), spent(50, "2027-02-01")];
        for record in &records {
            home.save(record).await;
        }
        home.save(&home.expense(700, "2027-01-12")).await;
        let start = home.book().await;
        let ids: Vec<_> = records.iter().map(|record| record.id).collect();
        without_rates(&home, &ids[..2]).await;
        let unrated = Filter { without_rate: true, ..Filter::default() };
        let listed = sums(&home, &unrated).await;
        assert_eq!((listed.count, listed.expenses.first().map(|money| money.minor)), (2, Some(0)));
        let days: Vec<_> = page(&home, &unrated).await.iter().map(|record| record.day.to_string()).collect();
        assert_eq!(days, ["2027-01-11", "2027-01-10"]);
        assert_eq!(sums(&home, &Filter::default()).await.expenses[0].minor, 4_000 + 700);
        let missing = rates::missing(&backend, &home.member).await.unwrap();
        assert_eq!(
            missing.iter().map(|one| (one.currency, one.count, one.rate)).collect::<Vec<_>>(),
            [(Currency::USD, 2, Some(rate("80", "2027-01-01")))]
        );
        assert_sound(&home).await;

        // What stands without a rate can be changed otherwise, and go on so.
        let kept = home.book().await.records[&ids[0]].clone();
        home.save(&Record { note: "hut".into(), ..kept.clone() }).await;
        let now = home.book().await.records[&ids[0]].clone();
        assert_eq!((now.home, now.rate, now.note.as_str()), (0, None, "hut"));
        let more = home.try_run(Command::SaveRecord(Record { amount: Money::new(1_001, Currency::USD), ..now })).await;
        refused(&more, "rate");

        let given = rates::give(&backend, &home.member, Currency::USD, rate("83.25", "2027-03-01")).await.unwrap();
        assert_eq!(given.changed, 2);
        let book = home.book().await;
        let worth = |nth: usize| book.records[&ids[nth]].home;
        assert_eq!((worth(0), worth(1), worth(2)), (83_250, 27_722, 4_000), "half to even, and the third as it was");
        assert_eq!(sums(&home, &unrated).await.count, 0);
        assert_sound(&home).await;
        // Another rate later moves nothing.
        home.run(Command::SaveRate { currency: Currency::USD, rate: rate("99", "2027-03-02") }).await;
        assert_eq!(home.book().await.totals, book.totals);
        let again = rates::give(&backend, &home.member, Currency::USD, rate("99", "2027-03-02")).await.unwrap();
        assert_eq!(again.changed, 0);

        // Taken back, but for what was saved since.
        home.save(&Record { note: "kept".into(), ..book.records[&ids[1]].clone() }).await;
        let (_, left) = many::undo(&backend, &home.member, given.changes.revision).await.unwrap();
        assert_eq!(left, 1);
        let book = home.book().await;
        assert_eq!((book.records[&ids[0]].home, book.records[&ids[1]].home), (0, 27_722));
        assert_sound(&home).await;
        let other = Household::new(&backend, "ben@example.org").await;
        assert!(rates::missing(&backend, &other.member).await.unwrap().is_empty());
        assert_eq!(
            rates::give(&backend, &other.member, Currency::USD, rate("1", "2027-03-01")).await.unwrap().changed,
            0
        );
        assert_eq!(start.records.len(), book.records.len());
    })
    .await;
}

#[tokio::test]
async fn what_is_held_counts_by_the_rate_of_today_on_every_page() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let account = dollars(&home).await;
        let today = home.member.today(&backend.clock);
        let known = |typed, on: NaiveDate| DayRate { on, ..rate(typed, "2027-01-01") };
        let later = today + chrono::Days::new(20);
        for rate in [known("8300", later), known("83", today)] {
            home.run(Command::SaveRate { currency: Currency::USD, rate }).await;
        }
        let form = backend::window::for_forms(&backend, &home.member).await.unwrap();
        assert_eq!(form.worth(&form.accounts[&account], today).map(|money| money.minor), Some(830_000));
        let page = Book::from(backend::window::load(&backend, &home.member, today).await.unwrap());
        let figure = ledger::dashboard::dashboard(&page, today).balance.minor;
        let line = ledger::dashboard::worth(&page, today).last().unwrap().1;
        assert_eq!((figure, line), (830_000, 830_000));
        // Records without a rate are offered that of today too.
        home.save(&Record {
            account,
            amount: Money::new(100, Currency::USD),
            rate: Some(known("83", today)),
            ..home.expense(100, "2027-01-10")
        })
        .await;
        let ids: Vec<_> = home.book().await.records.keys().copied().collect();
        without_rates(&home, &ids).await;
        let missing = rates::missing(&backend, &home.member).await.unwrap();
        assert_eq!(missing[0].rate, Some(known("83", today)));
    })
    .await;
}

#[tokio::test]
async fn a_mistyped_rate_is_taken_away_and_the_one_before_it_holds_again() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let (account, other) = (dollars(&home).await, Household::new(&backend, "ben@example.org").await);
        let today = home.member.today(&backend.clock);
        let ago = |days, typed| DayRate { on: today - chrono::Days::new(days), ..rate(typed, "2027-01-01") };
        for known in [ago(400, "80"), ago(3, "83"), ago(1, "8300")] {
            home.run(Command::SaveRate { currency: Currency::USD, rate: known }).await;
        }
        let spent = Record { account, amount: Money::new(100, Currency::USD), ..home.expense(100, &today.to_string()) };
        home.save(&Record { rate: Some(ago(1, "8300")), ..spent }).await;
        // A page that knows the newest rate only, and one that hears of it later.
        let window = async || Book::from(backend::window::load(&backend, &home.member, today).await.unwrap());
        let (mut page, mut tab) = (window().await, window().await);
        assert_eq!(page.net_worth(today).minor, 9_900 * 8_300);
        let delete = |on| Command::DeleteRate { currency: Currency::USD, on };
        other.run(delete(ago(1, "1").on)).await;
        for _ in 0..2 {
            page.merge(&home.run(delete(ago(1, "1").on)).await);
            assert_eq!(page.net_worth(today).minor, 9_900 * 83);
        }
        tab.merge(&home.since(tab.revision).await);
        assert_eq!(
            (tab.net_worth(today), window().await.net_worth(today)),
            (page.net_worth(today), page.net_worth(today))
        );
        assert_eq!(home.book().await.records.values().next().unwrap().home, 830_000, "what was saved stays");
        let typed = rates::typed(&backend, &home.member).await.unwrap();
        assert_eq!((typed.len(), &typed[0].rates, typed[0].has_more), (1, &vec![ago(3, "83"), ago(400, "80")], false));
        assert!(rates::typed(&backend, &other.member).await.unwrap().is_empty());
        // Back again, as undo does; and away down to the last one.
        page.merge(&home.run(Command::SaveRate { currency: Currency::USD, rate: ago(1, "84") }).await);
        assert_eq!((page.net_worth(today).minor, window().await.net_worth(today).minor), (9_900 * 84, 9_900 * 84));
        for days in [1, 3, 400] {
            page.merge(&home.run(delete(ago(days, "1").on)).await);
            assert_eq!(page.net_worth(today), window().await.net_worth(today), "{days}");
        }
        assert_eq!(page.uncounted(), BTreeSet::from([Currency::USD]));
        // What the source says of the same day takes the place of what was typed.
        home.run(Command::SaveRate { currency: Currency::USD, rate: ago(0, "99") }).await;
        let per_euro =
            [(Currency::USD, rate("1.25", "2027-01-01").rate), (Currency::INR, rate("100", "2027-01-01").rate)];
        rates::keep_source(&backend, today, &per_euro).await.unwrap();
        let mut page = window().await;
        page.merge(&home.run(delete(today)).await);
        assert_eq!((page.net_worth(today).minor, window().await.net_worth(today).minor), (9_900 * 80, 9_900 * 80));
        assert_sound(&home).await;
    })
    .await;
}

#[tokio::test]
async fn the_rate_of_a_day_is_the_newest_that_is_not_of_a_later_one() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        for known in [rate("80", "2027-01-31"), rate("83.25", "2028-02-29")] {
            home.run(Command::SaveRate { currency: Currency::USD, rate: known }).await;
        }
        let source = |rate: DayRate| (Currency::USD, rate.rate);
        let per_euro = [source(rate("1.25", "2028-02-28")), (Currency::INR, rate("100", "2028-02-28").rate)];
        rates::keep_source(&backend, day("2028-02-28"), &per_euro).await.unwrap();
        rates::keep_source(&backend, day("2028-02-29"), &per_euro).await.unwrap();
        for (on, found) in [
            ("2027-01-30", None),
            ("2027-01-31", Some(rate("80", "2027-01-31"))),
            ("2028-02-27", Some(rate("80", "2027-01-31"))),
            ("2028-02-28", Some(rate("80", "2028-02-28"))),
            ("2028-02-29", Some(rate("83.25", "2028-02-29"))),
            ("2030-01-01", Some(rate("83.25", "2028-02-29"))),
        ] {
            assert_eq!(rates::on_day(&backend, &home.member, Currency::USD, day(on)).await.unwrap(), found, "{on}");
        }
        let other = Household::new(&backend, "ben@example.org").await;
        let theirs = rates::on_day(&backend, &other.member, Currency::USD, day("2028-02-29")).await.unwrap();
        assert_eq!(theirs, Some(rate("80", "2028-02-29")), "the public one only");
    })
    .await;
}
