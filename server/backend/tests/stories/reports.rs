//! Reports say of any period what its records add up to, and each sum is what its link shows.

use std::collections::BTreeMap;

use backend::{Backend, reports};
use chrono::{Days, NaiveDate, Weekday};
use ledger::budgets::{Budget, RollOver};
use ledger::filter::Filter;
use ledger::id::BudgetId;
use ledger::period::{Period, Span};
use ledger::records::{Flow, Kind, Record};
use ledger::report::{Against, Part, Report, ReportChoice, Step, Years};
use ledger::{Book, Command, Currency, Money, NumberFormat};
use uuid::Uuid;

use crate::engines::on_each;
use crate::household::{Household, day};

/// Three hundred records of all kinds, over fourteen months and into the days to come.
async fn filled(backend: &Backend) -> Household {
    let home = Household::new(backend, "asha@example.org").await;
    let categories = ["Groceries", "Eating out", "Fuel"].map(|name| home.category(name));
    let payees = ["Swiggy", "swiggy", "Big Bazaar", "Dr. Müller", "", "!!!"];
    let mut commands = Vec::new();
    for n in 0..300_usize {
        let on =
            day("2025-12-20").checked_add_days(Days::new(u64::try_from(n * 29 % 430).unwrap())).unwrap().to_string();
        let minor = i64::try_from(n * 37 % 900 + 100).unwrap() * 50;
        let record = match n % 10 {
            0 => home.income(minor * 9, &on),
            1 => home.transfer(minor, &on),
            2 => Record { flow: Flow::Expense { category: None }, ..home.expense(minor, &on) },
            _ => Record { flow: Flow::Expense { category: Some(categories[n % 3]) }, ..home.expense(minor, &on) },
        };
        let tags = [vec![], vec!["Goa".to_owned()], vec!["work".into(), "GOA".into()]][n % 3].clone();
        commands.push(Command::SaveRecord(Record { payee: payees[n % 6].into(), tags, ..record }));
    }
    for some in commands.chunks(100) {
        backend::commands::run_many(backend, &home.member, some.to_vec()).await.unwrap();
    }
    home
}

fn choices() -> Vec<ReportChoice> {
    let own = |start, end| ReportChoice::days(Period { start: day(start), end: day(end) });
    let mut choices: Vec<ReportChoice> =
        Step::ALL.map(|step| ReportChoice::of(step, day("2027-01-15"), Weekday::Mon)).to_vec();
    choices.extend([
        own("2026-12-03", "2026-12-10"),
        own("2026-02-14", "2026-11-20"),
        own("2025-01-01", "2027-12-31"),
        own("2027-01-15", "2027-01-16"),
        own("1950-01-01", "1950-02-01"),
        own("1950-05-20", "2027-03-15"),
        own("2027-01-01", "2027-01-16").beside(Some(Against::Month)),
        ReportChoice::of(Step::Year, day("2026-12-31"), Weekday::Mon).beside(Some(Against::Year)),
        ReportChoice::of(Step::Month, day("2026-12-31"), Weekday::Mon).beside(Some(Against::Before)),
    ]);
    choices
}

/// The sum of one kind in memory, in minor units.
fn sum(book: &Book, filter: &Filter, kind: Kind) -> i64 {
    book.records
        .values()
        .filter(|record| record.kind() == kind && filter.matches(record, book))
        .map(|record| record.amount.minor)
        .sum()
}

/// Asserts that a figure is what its link lists, in memory and in the database.
async fn agrees(home: &Household, book: &Book, filter: Filter, kind: Kind, minor: i64, what: &str) {
    assert_eq!(sum(book, &filter, kind), minor, "{what}: {filter:?}");
    let listed = backend::list::sums(&home.backend, &home.member, &filter).await.unwrap();
    let of_kind = if kind == Kind::Income { listed.income } else { listed.expenses };
    assert_eq!(of_kind.first().map_or(0, |money| money.minor), minor, "{what}: {filter:?}");
}

async fn check(home: &Household, book: &Book, report: &Report) {
    let period = report.choice.period;
    let of = |kind| report.of_kind(kind);
    agrees(home, book, of(Kind::Expense), Kind::Expense, report.flows.expenses, "expenses").await;
    agrees(home, book, of(Kind::Income), Kind::Income, report.flows.income, "income").await;
    for (choice, flows) in [
        (report.choice.before(), report.before),
        (report.choice.year_before(), report.year_before),
        (report.choice.other(), report.other.as_ref().map(|other| other.flows).unwrap_or_default()),
    ] {
        let Some(choice) = choice else { continue };
        let filter = Filter::of_kind(Kind::Expense, choice.period);
        agrees(home, book, filter, Kind::Expense, flows.expenses, "another period").await;
    }
    for line in &report.categories {
        agrees(home, book, of(line.kind).in_category(line.category), line.kind, line.minor, "category").await;
    }
    if let Some(other) = &report.other {
        for line in &other.categories {
            let filter = Filter::of_kind(line.kind, other.choice.period).in_category(line.category);
            agrees(home, book, filter, line.kind, line.minor, "category of another period").await;
        }
        let spent: i64 = other.days.iter().sum();
        assert_eq!(spent, other.flows.expenses, "the days of another period");
    }
    assert_eq!(report.held.iter().map(|line| line.after).sum::<i64>(), report.worth.last().unwrap().1);
    for line in &report.held {
        let account = &book.accounts[&line.account];
        let held = |end: NaiveDate| {
            let records = book.records.values().filter(|record| record.day < end);
            let changes = records.flat_map(|record| ledger::totals::differences(None, Some(record)));
            let own = changes.filter(|(key, _)| key.account == account.id);
            own.map(|(key, total)| key.kind.sign() * total.minor).sum::<i64>()
        };
        let opening = account.opening.minor;
        assert_eq!((line.before, line.after), (opening + held(period.start), opening + held(period.end)), "{period:?}");
    }
    for line in &report.accounts {
        let filter = Filter { account: Some(line.account), ..of(Kind::Expense) };
        agrees(home, book, filter, Kind::Expense, line.flows.expenses, "account").await;
    }
    for (part, flows) in &report.parts {
        agrees(home, book, Filter::of_kind(Kind::Expense, *part), Kind::Expense, flows.expenses, "part").await;
        agrees(home, book, Filter::of_kind(Kind::Income, *part), Kind::Income, flows.income, "part").await;
    }
    for (on, minor) in &report.days {
        assert_eq!(sum(book, &Filter::of_kind(Kind::Expense, Period::day(*on)), Kind::Expense), *minor, "{on}");
    }
    for (end, minor) in &report.worth {
        let until = Filter { to: Some(*end), ..Filter::default() };
        let worth = sum(book, &until, Kind::Income) - sum(book, &until, Kind::Expense);
        assert_eq!(worth, *minor, "net worth at {end} of {period:?}");
    }
    assert_eq!(report.worth.last().unwrap().0, period.last_day());
    for (kind, closer) in [(Kind::Expense, &report.closer), (Kind::Income, &report.earned)] {
        let closer = closer.as_ref().unwrap();
        for line in &closer.payees {
            agrees(home, book, of(kind).paid_to(&line.name), kind, line.minor, "payee").await;
        }
        for line in &closer.tags {
            let filter = Filter { tag: Some(line.name.clone()), ..of(kind) };
            agrees(home, book, filter, kind, line.minor, "tag").await;
        }
        let records = book.records.values().filter(|record| of(kind).matches(record, book));
        let mut minors: Vec<i64> = records.map(|record| record.amount.minor).collect();
        minors.sort_unstable_by_key(|minor| std::cmp::Reverse(*minor));
        minors.truncate(10);
        assert_eq!(closer.largest.iter().map(|record| record.amount.minor).collect::<Vec<_>>(), minors);
    }
    if let Some(usual) = &report.usual {
        let before = report.choice.three_before().unwrap();
        for (kind, third) in [(Kind::Expense, usual.flows.expenses), (Kind::Income, usual.flows.income)] {
            let all: i64 = before.iter().map(|one| sum(book, &Filter::of_kind(kind, one.period), kind)).sum();
            assert_eq!(third, all / 3, "an average one of three");
        }
        let whole = usual.days.last().copied();
        assert!(whole.is_none_or(|whole| whole == usual.flows.expenses), "its days lead to its sum");
    }
    assert_eq!(report.years.is_some(), report.choice.is_long());
    let years = report.years.unwrap_or_default();
    let before = years.last.map(|last| last.before);
    for average in [years.month, years.year, before].into_iter().flatten() {
        for (kind, minor) in [(Kind::Expense, average.flows.expenses), (Kind::Income, average.flows.income)] {
            let all = sum(book, &Filter::of_kind(kind, average.shown.period), kind);
            assert_eq!(minor, all / average.count, "an average one of {}", average.count);
        }
    }
    if let Some(last) = years.last {
        let filter = Filter::of_kind(Kind::Expense, last.shown.period);
        agrees(home, book, filter, Kind::Expense, last.flows.expenses, "the last year").await;
    }
}

#[tokio::test]
async fn every_sum_of_a_report_is_that_of_the_records_behind_it() {
    on_each(async |backend| {
        let home = filled(&backend).await;
        let book = home.book().await;
        for choice in choices() {
            let report = reports::of(&backend, &home.member, choice, day("2027-03-01")).await.unwrap();
            check(&home, &book, &report).await;
        }
        let all = reports::of(&backend, &home.member, choices()[6], day("2027-03-01")).await.unwrap();
        let closer = all.closer.unwrap();
        let names: BTreeMap<&str, i64> = closer.payees.iter().map(|line| (line.name.as_str(), line.count)).collect();
        let alike = names.keys().filter(|name| name.eq_ignore_ascii_case("swiggy")).count();
        assert_eq!((names.len(), alike, closer.tags.len()), (4, 1, 2), "case does not count: {names:?}");
        assert!(all.days.is_empty() && all.parts.len() == 36);
        let ages = reports::of(&backend, &home.member, choices()[9], day("2027-03-01")).await.unwrap();
        assert_eq!((ages.part, ages.parts.len()), (Part::Year, 78));
    })
    .await;
}

#[tokio::test]
async fn a_report_says_how_each_budget_stood_then_and_what_was_noticed() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let (food, fuel) = (home.category("Groceries"), home.category("Fuel"));
        let limit = |minor| Money::new(minor, Currency::INR);
        let monthly = Budget::monthly(BudgetId(Uuid::now_v7()), "All", limit(100_000), day("2026-01-01"));
        let rolling = Budget {
            categories: [food].into(),
            roll_over: Some(RollOver::default()),
            ..Budget::monthly(BudgetId(Uuid::now_v7()), "Food", limit(50_000), day("2026-10-01"))
        };
        let weekly = Budget { id: BudgetId(Uuid::now_v7()), name: "Weeks".into(), span: Span::Week, ..monthly.clone() };
        let of = |category, minor, on: &str| Record {
            flow: Flow::Expense { category: Some(category) },
            ..home.expense(minor, on)
        };
        let mut commands: Vec<Command> =
            [&monthly, &rolling, &weekly].map(|one| Command::SaveBudget(one.clone())).into();
        for (on, minor) in [("2026-09-03", 10_000), ("2026-10-03", 10_000), ("2026-11-03", 10_000)] {
            commands.push(Command::SaveRecord(of(fuel, 10_000, on)));
            commands.push(Command::SaveRecord(of(food, minor, on)));
        }
        commands.push(Command::SaveRecord(of(food, 60_000, "2026-12-01")));
        commands.extend((0..5).map(|_| {
            Command::SaveRecord(Record { flow: Flow::Expense { category: None }, ..home.expense(100, "2026-12-05") })
        }));
        backend::commands::run_many(&backend, &home.member, commands).await.unwrap();
        let today = day("2027-03-01");
        let choice = ReportChoice::of(Step::Month, day("2026-12-15"), Weekday::Mon);
        let report = reports::of(&backend, &home.member, choice, today).await.unwrap();
        let told: Vec<(BudgetId, Vec<(i64, i64)>)> = report
            .budgets
            .iter()
            .map(|line| {
                (line.budget, line.past.iter().map(|past| (past.spent.minor, past.limit.unwrap().minor)).collect())
            })
            .collect();
        // Food was left 40,000 in October and in November each.
        assert_eq!(told[..2], [(monthly.id, vec![(60_500, 100_000)]), (rolling.id, vec![(60_000, 130_000)])]);
        assert_eq!((told[2].0, told[2].1.len(), told[2].1[4]), (weekly.id, 5, (60_500, 100_000)));
        let usual = report.usual.unwrap();
        assert_eq!((usual.now, usual.then, usual.flows.expenses), (60_500, 20_000, 20_000));
        let book = home.book().await;
        let format = NumberFormat::of("en-IN");
        let words: Vec<String> = report.insights.iter().map(|insight| insight.words(&book, format)).collect();
        assert_eq!(
            words,
            [
                "Groceries: ₹600.00 in this period, 500 % above the usual ₹100.00.",
                "5 expenses of this period have no category, ₹5.00 together.",
            ]
        );
        for insight in &report.insights {
            let listed = backend::list::sums(&backend, &home.member, &insight.behind).await.unwrap();
            assert!([60_000, 500].contains(&listed.expenses[0].minor), "{insight:?}");
        }
        // Of a year the last twelve weeks are listed; before they began, and in days to come, there are none.
        let year = ReportChoice::of(Step::Year, day("2026-12-15"), Weekday::Mon);
        let report = reports::of(&backend, &home.member, year, today).await.unwrap();
        let counts: Vec<(usize, bool)> = report.budgets.iter().map(|line| (line.past.len(), line.has_more)).collect();
        assert_eq!(counts, [(12, false), (3, false), (12, true)]);
        for on in ["2025-12-15", "2027-04-15"] {
            let other = ReportChoice::of(Step::Month, day(on), Weekday::Mon);
            let report = reports::of(&backend, &home.member, other, today).await.unwrap();
            let kept = report.budgets.iter().flat_map(|line| &line.past).count();
            assert_eq!((kept, report.insights.len()), (usize::from(on < "2026"), 0), "{on}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_of_years_has_the_average_month_and_year_and_its_last_year_beside_the_others() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let (food, fuel) = (home.category("Groceries"), home.category("Fuel"));
        let of = |category, minor, on: &str| {
            let record = home.expense(minor, on);
            Command::SaveRecord(Record { flow: Flow::Expense { category: Some(category) }, ..record })
        };
        let mut commands = Vec::new();
        for year in 2019..=2026 {
            let spent = if year == 2026 { 2_400 } else { 1_200 };
            commands.extend([
                of(food, spent, &format!("{year}-01-31")),
                of(fuel, 1_200, &format!("{year}-12-01")),
                Command::SaveRecord(home.income(10_000, &format!("{year}-06-15"))),
            ]);
        }
        // Of a month that is not over, and of days to come.
        commands.extend([of(food, 70_000, "2027-02-10"), of(food, 70_000, "2027-11-30")]);
        backend::commands::run_many(&backend, &home.member, commands).await.unwrap();
        let (book, today) = (home.book().await, day("2027-02-20"));
        let own = |start, end| ReportChoice::days(Period { start: day(start), end: day(end) });
        for (choice, part, month, year, before) in [
            (own("2025-01-01", "2027-01-01"), Part::Month, (24, 250), (2, 3_000), (1, 2_400)),
            (own("2022-01-01", "2027-01-01"), Part::Month, (60, 220), (5, 2_640), (4, 2_400)),
            (own("2000-01-01", "2100-01-01"), Part::Year, (96, 212), (8, 2_550), (7, 2_400)),
        ] {
            let report = reports::of(&backend, &home.member, choice, today).await.unwrap();
            check(&home, &book, &report).await;
            assert_eq!((report.part, report.usual.as_ref()), (part, None));
            let years = report.years.unwrap();
            let read = |one: ledger::report::Average| (one.count, one.flows.expenses);
            let last = years.last.unwrap();
            assert_eq!((years.month.map(read), years.year.map(read)), (Some(month), Some(year)), "{choice:?}");
            assert_eq!((last.shown.words(), read(last.before)), ("2026".to_owned(), before), "{choice:?}");
            let format = NumberFormat::of("en-IN");
            let words: Vec<String> = report.insights.iter().map(|insight| insight.words(&book, format)).collect();
            let (then, others) = if before.0 == 1 { ("the year", "year") } else { ("an average year", "years") };
            let expected = [
                format!("Groceries: ₹24.00 in 2026, 100 % above the ₹12.00 of {then} before."),
                format!("In 2026 64 % of the income stayed, down from 76 % in the {others} before."),
            ];
            assert_eq!(words, expected, "{choice:?}");
            let listed = backend::list::sums(&backend, &home.member, &report.insights[0].behind).await.unwrap();
            assert_eq!(listed.expenses[0].minor, 2_400);
        }
        // Half of it has come: the twelve months up to the last one that is over.
        let going_on = reports::of(&backend, &home.member, own("2025-01-01", "2029-01-01"), today).await.unwrap();
        let last = going_on.years.unwrap().last.unwrap();
        assert_eq!(ledger::report::year_name(last.shown.period), "the year to January 2027");
        let to_come = reports::of(&backend, &home.member, own("2028-01-01", "2030-01-01"), today).await.unwrap();
        assert_eq!((to_come.years, to_come.insights.len()), (Some(Years::default()), 0));
        let other = Household::new(&backend, "ben@example.org").await;
        let nothing = reports::of(&backend, &other.member, own("2022-01-01", "2027-01-01"), today).await.unwrap();
        assert_eq!((nothing.years, nothing.insights.len()), (Some(Years::default()), 0));
    })
    .await;
}

#[tokio::test]
async fn only_the_first_fifty_names_are_listed_and_the_others_counted() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        let named = |n: i64| Record {
            payee: format!("Shop {n}"),
            tags: vec![format!("tag {n}")],
            ..home.expense(n * 100, "2027-01-14")
        };
        let commands = (1..=53).map(|n| Command::SaveRecord(named(n))).collect();
        backend::commands::run_many(&backend, &home.member, commands).await.unwrap();
        let choice = ReportChoice::of(Step::Month, day("2027-01-15"), Weekday::Mon);
        let closer = reports::of(&backend, &home.member, choice, day("2027-03-01")).await.unwrap().closer.unwrap();
        assert_eq!((closer.payees.len(), closer.more_payees), (50, 3));
        assert_eq!((closer.tags.len(), closer.more_tags), (50, 3));
        assert_eq!((closer.payees[0].name.as_str(), closer.tags[49].name.as_str()), ("Shop 53", "tag 4"));
    })
    .await;
}

#[tokio::test]
async fn a_payee_is_one_however_its_letters_are_written() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        for (payee, minor, on) in [
            ("Market", 500, "2027-01-03"),
            ("MARKET", 300, "2027-01-04"),
            ("market", 200, "2027-01-20"),
            ("Café Öl", 70, "2027-01-05"),
            ("CAFÉ ÖL", 20, "2027-01-06"),
            ("café öl", 7, "2027-01-04"),
            ("Marketing", 900, "2027-01-05"),
        ] {
            home.save(&Record { payee: payee.into(), ..home.expense(minor, on) }).await;
        }
        let choice = ReportChoice::of(Step::Month, day("2027-01-15"), Weekday::Mon);
        let report = reports::of(&backend, &home.member, choice, day("2027-03-01")).await.unwrap();
        let told: Vec<(&str, i64, i64)> = report
            .closer
            .as_ref()
            .unwrap()
            .payees
            .iter()
            .map(|line| (line.name.as_str(), line.minor, line.count))
            .collect();
        assert_eq!(told, [("market", 1_000, 3), ("Marketing", 900, 1), ("CAFÉ ÖL", 97, 3)], "as written last");
        let book = home.book().await;
        for (payee, minor) in [("market", 1_000), ("MARKET", 1_000), ("Café Öl", 97), ("CAFÉ ÖL", 97), ("café öl", 97)]
        {
            agrees(&home, &book, report.of_kind(Kind::Expense).paid_to(payee), Kind::Expense, minor, payee).await;
        }
    })
    .await;
}

#[tokio::test]
async fn another_member_sees_nothing_of_a_report() {
    on_each(async |backend| {
        let _home = filled(&backend).await;
        let other = Household::new(&backend, "ben@example.org").await;
        for choice in choices() {
            let report = reports::of(&backend, &other.member, choice, day("2027-03-01")).await.unwrap();
            assert_eq!((report.flows, report.before, report.year_before), Default::default());
            assert!(report.categories.is_empty() && report.accounts.is_empty());
            assert!(report.worth.iter().all(|(_, minor)| *minor == 0));
            assert_eq!(report.closer, Some(ledger::report::Closer::default()));
        }
        assert_eq!(
            reports::lately(&backend, &other.member, day("2027-01-15")).await.unwrap(),
            ledger::insights::Lately::default()
        );
    })
    .await;
}

#[tokio::test]
async fn days_that_nobody_can_record_are_refused() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        for (start, end) in [("1899-12-31", "1900-02-01"), ("2026-01-02", "2026-01-02"), ("2199-12-31", "2200-01-02")] {
            let choice = ReportChoice::days(Period { start: day(start), end: day(end) });
            let refused = reports::of(&backend, &home.member, choice, day("2027-03-01")).await;
            assert!(matches!(refused, Err(backend::Error::Invalid(_))), "{start}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_period_that_is_going_on_is_laid_beside_as_many_days_of_another() {
    on_each(async |backend| {
        let home = Household::new(&backend, "asha@example.org").await;
        for (minor, on) in [(30, "2027-02-03"), (500, "2027-02-25"), (100, "2027-03-05"), (50, "2027-03-28")] {
            home.save(&home.expense(minor, on)).await;
        }
        let month = ReportChoice::of(Step::Month, day("2027-03-01"), Weekday::Mon);
        for (today, sides) in [("2027-03-10", [100, 30]), ("2027-04-10", [150, 530])] {
            let choice = month.beside(Some(Against::Before));
            let report = reports::of(&backend, &home.member, choice, day(today)).await.unwrap();
            let told = report.sides().unwrap();
            assert_eq!(told.clone().map(|side| side.flows.expenses), sides, "{today}");
            for side in told {
                let filter = Filter::of_kind(Kind::Expense, side.days);
                let listed = backend::list::sums(&backend, &home.member, &filter).await.unwrap();
                assert_eq!(listed.expenses[0].minor, side.flows.expenses, "{today}");
            }
            let other = report.other.unwrap();
            assert_eq!((other.flows.expenses, other.days.len()), (530, 28), "the line goes on, and so does the table");
        }
    })
    .await;
}
