//! What budgets and envelopes carry, over years: on the page that changes something, in another tab, and when loaded anew.

use backend::{Backend, book_settings, budgets, window};
use chrono::{Months, NaiveDate, TimeZone, Utc, Weekday};
use ledger::budgets::{Budget, RollOver};
use ledger::categories::Category;
use ledger::envelopes::Fill;
use ledger::id::BudgetId;
use ledger::person::BookChange;
use ledger::records::Record;
use ledger::{Book, Command, Currency, Money};

use crate::engines::on_each;
use crate::household::{Household, day};

const TODAY: &str = "2030-05-10";

/// A household that began in January 2027 and lives in May 2030 now.
async fn later(backend: &Backend) -> Household {
    let home = Household::new(backend, "asha@example.org").await;
    backend.clock.set(Utc.with_ymd_and_hms(2030, 5, 10, 10, 0, 0).single().unwrap());
    home
}

async fn loaded(home: &Household) -> Book {
    Book::from(window::load(&home.backend, &home.member, day(TODAY)).await.unwrap())
}

fn left(book: &Book, home: &Household, name: &str) -> i64 {
    book.envelopes_of(day(TODAY)).line(home.category(name)).unwrap().left()
}

fn carried(book: &Book, budget: BudgetId) -> i64 {
    book.judged(&book.budgets[&budget]).progress(day(TODAY)).carried.minor
}

async fn give(home: &Household, month: NaiveDate, name: &str, from: i64, to: i64) -> ledger::Changes {
    home.run(Command::FillEnvelopes { month, fills: vec![Fill { category: home.category(name), from, to }] }).await
}

/// Runs a command on one page, and answers that page, another tab that asks what was changed, and a page loaded anew.
async fn on_all_pages(home: &Household, command: Command) -> [Book; 3] {
    let mut page = loaded(home).await;
    let mut tab = page.clone();
    page.merge(&home.run(command).await);
    tab.merge(&home.since(tab.revision).await);
    [page, tab, loaded(home).await]
}

async fn marks(home: &Household) -> i64 {
    let mut tx = home.backend.db.read().await.unwrap();
    let sql = "select count(*) from carries where book_id = $1";
    tx.query(sql).bind(home.member.book().0).one::<(i64,)>().await.unwrap().0
}

#[tokio::test]
async fn an_envelope_forgets_nothing_over_forty_months() {
    on_each(async |backend| {
        let home = later(&backend).await;
        let other = Household::new(&backend, "ben@example.org").await;
        let months: Vec<NaiveDate> =
            (0..40).map(|nth| day("2027-01-01").checked_add_months(Months::new(nth)).unwrap()).collect();
        for month in &months {
            give(&home, *month, "Fuel", 0, 100_000).await;
        }
        let first = home.expense(30_000, "2027-01-31");
        home.save(&first).await;
        assert_eq!(left(&loaded(&home).await, &home, "Fuel"), 4_000_000, "groceries have no envelope");
        let fuel = ledger::records::Flow::Expense { category: Some(home.category("Fuel")) };
        let revision = home.book().await.records[&first.id].revision;
        let filed = Record { flow: fuel, revision, ..first };
        for _ in 0..2 {
            // The second time it changes nothing.
            for book in on_all_pages(&home, Command::SaveRecord(filed.clone())).await {
                assert_eq!(left(&book, &home, "Fuel"), 3_970_000);
            }
        }
        for book in on_all_pages(&home, Command::DeleteRecord(filed.id)).await {
            assert_eq!(left(&book, &home, "Fuel"), 4_000_000);
        }
        for book in on_all_pages(&home, Command::RestoreRecord(filed.id)).await {
            assert_eq!(left(&book, &home, "Fuel"), 3_970_000);
        }
        let fill = Fill { category: home.category("Fuel"), from: 100_000, to: 50_000 };
        for book in on_all_pages(&home, Command::FillEnvelopes { month: months[1], fills: vec![fill] }).await {
            assert_eq!(left(&book, &home, "Fuel"), 3_920_000);
        }
        // Groceries of the first month are taken from the envelope above them.
        home.save(&home.expense(20_000, "2027-01-15")).await;
        let groceries = loaded(&home).await.categories[&home.category("Groceries")].clone();
        let below = Category { parent: Some(home.category("Fuel")), ..groceries };
        for book in on_all_pages(&home, Command::SaveCategory(below)).await {
            assert_eq!(left(&book, &home, "Fuel"), 3_900_000);
        }
        let merge = Command::MergeCategory {
            from: home.category("Fuel"),
            into: home.category("Eating out"),
            today: day(TODAY),
        };
        for book in on_all_pages(&home, merge).await {
            assert_eq!(left(&book, &home, "Eating out"), 3_900_000);
        }
        for book in on_all_pages(&home, Command::UnmergeCategory(home.category("Fuel"))).await {
            assert_eq!(left(&book, &home, "Fuel"), 3_900_000);
        }
        assert_eq!(loaded(&home).await.envelopes_of(day(TODAY)), home.book().await.envelopes_of(day(TODAY)));
        assert_eq!((marks(&other).await, other.book().await.envelopes.len()), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn months_and_weeks_roll_over_for_three_years_and_every_edit_is_followed() {
    on_each(async |backend| {
        let home = later(&backend).await;
        let (id, week_id) = (BudgetId(home.id()), BudgetId(home.id()));
        let rule = Some(RollOver { overspending: true, most: None });
        let limit = Money::new(100_000, Currency::INR);
        let month = Budget { roll_over: rule, ..Budget::monthly(id, "Month", limit, day("2027-01-01")) };
        let week = Budget { id: week_id, span: "week".parse().unwrap(), ..month.clone() };
        home.run(Command::SaveBudget(month.clone())).await;
        home.run(Command::SaveBudget(week)).await;
        // 40 whole months; 175 whole weeks from Monday, 28 December 2026.
        let (months, weeks) = (40 * 100_000, 175 * 100_000);
        let book = loaded(&home).await;
        assert_eq!((carried(&book, id), carried(&book, week_id)), (months, weeks));
        let first = home.expense(70_000, "2027-01-01");
        for _ in 0..2 {
            for book in on_all_pages(&home, Command::SaveRecord(first.clone())).await {
                assert_eq!((carried(&book, id), carried(&book, week_id)), (months - 70_000, weeks - 70_000));
            }
        }
        for on in ["2028-02-29", "2029-12-31", "2030-04-30"] {
            home.save(&home.expense(1_000, on)).await;
        }
        let revision = home.book().await.records[&first.id].revision;
        let moved = Record { day: day(TODAY), revision, ..first };
        for book in on_all_pages(&home, Command::SaveRecord(moved)).await {
            assert_eq!((carried(&book, id), carried(&book, week_id)), (months - 3_000, weeks - 3_000));
        }
        let whole = home.book().await;
        for budget in [id, week_id] {
            let judged = whole.judged(&whole.budgets[&budget]);
            let told =
                async |before| budgets::history(&backend, &home.member, budget, before, day(TODAY)).await.unwrap();
            let mut page = told(None).await.unwrap();
            assert_eq!((&page.past, page.has_earlier), (&judged.history(day(TODAY)), true));
            // All periods page by page are all periods, and each is told once.
            let mut pages = 1;
            while page.has_earlier {
                let oldest = page.past.last().unwrap().period.start;
                page = told(Some(oldest)).await.unwrap();
                assert_eq!(page.past, judged.history_up_to(oldest.pred_opt().unwrap(), day(TODAY)));
                assert_eq!(page.past[0].period.end, oldest);
                pages += 1;
            }
            let oldest = page.past.last().unwrap().period.start;
            assert!(oldest <= day("2027-01-01"), "{oldest}");
            assert_eq!(pages, if budget == id { 4 } else { 15 });
        }
        let now = loaded(&home).await.budgets[&id].clone();
        let capped = Budget { roll_over: Some(RollOver { overspending: true, most: Some(500) }), ..now.clone() };
        for book in on_all_pages(&home, Command::SaveBudget(capped)).await {
            assert_eq!(carried(&book, id), 500);
        }
        let revision = loaded(&home).await.budgets[&id].revision;
        let raised = Budget { limit: Money::new(200_000, Currency::INR), revision, ..now };
        for book in on_all_pages(&home, Command::SaveBudget(raised)).await {
            assert_eq!(carried(&book, id), 2 * months - 3_000);
        }
        for book in on_all_pages(&home, Command::DeleteBudget(week_id)).await {
            assert!(!book.budgets.contains_key(&week_id));
        }
        for book in on_all_pages(&home, Command::RestoreBudget(week_id)).await {
            assert_eq!(carried(&book, week_id), weeks - 3_000);
        }
        // Weeks from Sunday, 27 December 2026.
        let change = BookChange { currency: Currency::INR, week_start: Weekday::Sun, income: None };
        book_settings::save(&backend, &home.member, change).await.unwrap();
        assert_eq!(carried(&loaded(&home).await, week_id), weeks - 3_000);
        assert_eq!(carried(&home.book().await, week_id), weeks - 3_000);
    })
    .await;
}

#[tokio::test]
async fn an_alert_is_judged_by_all_that_was_carried_and_letters_tell_what_can_still_be_mended() {
    on_each(async |backend| {
        let home = later(&backend).await;
        let rule = Some(RollOver { overspending: true, most: None });
        let limit = Money::new(1_000, Currency::INR);
        let month =
            Budget { roll_over: rule, ..Budget::monthly(BudgetId(home.id()), "Month", limit, day("2027-01-01")) };
        home.run(Command::SaveBudget(month)).await;
        assert!(home.save(&home.expense(30_000, TODAY)).await.alerts.is_empty(), "41 months have 410.00 to spend");
        home.save(&home.expense(100, "2029-03-10")).await;
        let told = home.save(&home.expense(12_000, "2027-01-10")).await.alerts;
        let loud: Vec<_> =
            told.iter().filter(|alert| !alert.seen).map(|alert| (alert.period.start, alert.limit.minor)).collect();
        assert_eq!(loud, [(day("2027-01-01"), 1_000), (day("2030-05-01"), 28_900)]);
        // All that was spent in the month before is more than what it had.
        let told = home.save(&home.expense(20_000, "2028-12-31")).await.alerts;
        let loud: Vec<_> = told.iter().filter(|alert| !alert.seen).map(|alert| alert.period.start).collect();
        assert_eq!(loud, [day("2028-12-01"), day("2029-03-01")]);
        assert_eq!(home.letters("budget_alert").await, 3, "March 2029 is over");
    })
    .await;
}

#[tokio::test]
async fn what_was_worked_out_is_kept_once_for_each_year_and_is_not_worked_out_again() {
    on_each(async |backend| {
        let home = later(&backend).await;
        let rule = Some(RollOver::default());
        let limit = Money::new(1_000, Currency::INR);
        let budget =
            Budget { roll_over: rule, ..Budget::monthly(BudgetId(home.id()), "Month", limit, day("2027-01-01")) };
        home.run(Command::SaveBudget(budget.clone())).await;
        loaded(&home).await;
        let kept = marks(&home).await;
        assert!((1..=4).contains(&kept), "{kept}");
        for month in ["2030-06-01", "2030-12-31", "2031-01-31", "2031-12-01"] {
            window::load(&backend, &home.member, day(month)).await.unwrap();
        }
        let kept = marks(&home).await;
        assert!((1..=6).contains(&kept), "{kept}");
        loaded(&home).await;
        // What is kept is what is read.
        let mut tx = backend.db.write().await.unwrap();
        tx.query("update carries set minor = 7 where book_id = $1").bind(home.member.book().0).execute().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(carried(&loaded(&home).await, budget.id), 7 + 12 * 1_000);
        home.save(&home.expense(1, "2030-05-01")).await;
        assert_eq!(carried(&loaded(&home).await, budget.id), 7 + 12 * 1_000, "of a day after it");
        home.save(&home.expense(1, "2026-12-31")).await;
        assert_eq!(carried(&loaded(&home).await, budget.id), 40 * 1_000);
    })
    .await;
}

#[tokio::test]
async fn what_was_given_no_job_goes_on_over_years_on_every_page() {
    on_each(async |backend| {
        let home = later(&backend).await;
        let change = BookChange { currency: Currency::INR, week_start: Weekday::Mon, income: None };
        book_settings::save(&backend, &home.member, change).await.unwrap();
        let before = |book: &Book| book.envelopes_of(day(TODAY)).unassigned_before.minor;
        let income = async |minor, on| {
            let record = home.income(minor, on);
            home.save(&record).await;
            record
        };
        income(70_000, "2026-12-31").await;
        let first = income(50_000, "2027-01-31").await;
        assert_eq!(before(&loaded(&home).await), 0, "no envelope has begun");
        give(&home, day("2027-01-01"), "Fuel", 0, 20_000).await;
        income(10_000, "2028-02-29").await;
        home.save(&home.expense(3_000, "2029-12-31")).await;
        assert_eq!(before(&loaded(&home).await), 50_000 - 20_000 + 10_000 - 3_000);
        let revision = home.book().await.records[&first.id].revision;
        let more = Record { amount: Money::new(60_000, Currency::INR), revision, ..first };
        for book in on_all_pages(&home, Command::SaveRecord(more)).await {
            assert_eq!(before(&book), 47_000);
        }
        let fill = Fill { category: home.category("Fuel"), from: 20_000, to: 5_000 };
        for book in on_all_pages(&home, Command::FillEnvelopes { month: day("2027-01-01"), fills: vec![fill] }).await {
            assert_eq!(before(&book), 62_000);
        }
        // Kept once a year, and read from there.
        assert_eq!(before(&loaded(&home).await), before(&home.book().await));
        let kept = marks(&home).await;
        assert!((1..=8).contains(&kept), "{kept}");
        let mut tx = backend.db.write().await.unwrap();
        let sql = "update carries set unassigned = 7 where book_id = $1 and unassigned is not null";
        assert!(tx.query(sql).bind(home.member.book().0).execute().await.unwrap() > 0);
        tx.commit().await.unwrap();
        assert_eq!(before(&loaded(&home).await), 7 - 3_000, "what is kept is what is read");
        // A plan of income is looked at anew: it spares months without any income the debt.
        give(&home, day("2027-03-01"), "Fuel", 0, 100_000).await;
        assert_eq!(before(&loaded(&home).await), -38_000);
        let plan = BookChange { income: Some(Money::new(30_000, Currency::INR)), ..change };
        book_settings::save(&backend, &home.member, plan).await.unwrap();
        assert_eq!(before(&loaded(&home).await), before(&home.book().await));
        assert!(before(&loaded(&home).await) > -38_000);
    })
    .await;
}
