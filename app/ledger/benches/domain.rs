//! What a page asks of the domain: the window of a year, its dashboard, an amount typed, a record applied.

use std::hint::black_box;

use chrono::{Days, NaiveDate, Weekday};
use criterion::{Criterion, criterion_group, criterion_main};
use ledger::accounts::{Account, AccountKind};
use ledger::categories::Category;
use ledger::dashboard::dashboard;
use ledger::id::{AccountId, CategoryId, RecordId};
use ledger::records::{Flow, Kind, Record};
use ledger::window::Window;
use ledger::{Book, Command, Currency, Money, NumberFormat};

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");

/// Thirteen months of five records a day over ten categories.
fn year() -> Book {
    let mut book = Book::new(Currency::INR, Weekday::Mon);
    let account = AccountId::new_v7(1, [1; 10]);
    let opened = Account::plain(account, "Bank", AccountKind::Bank, Money::zero(Currency::INR));
    book.apply(&Command::SaveAccount(opened)).expect("an account");
    for n in 0..10 {
        let category = Category::plain(CategoryId::new_v7(1, [n; 10]), format!("Category {n}"), Kind::Expense);
        book.apply(&Command::SaveCategory(Category { colour: n, ..category })).expect("a category");
    }
    for day in 0..395 {
        for n in 0..5_u8 {
            book.apply(&Command::SaveRecord(record(account, day, n))).expect("a record");
        }
    }
    book
}

fn record(account: AccountId, days_ago: u64, n: u8) -> Record {
    let (id, day) = (RecordId::new_v7(days_ago, [n; 10]), TODAY - Days::new(days_ago));
    let amount = Money::new(12_345 + i64::from(n), Currency::INR);
    let category = CategoryId::new_v7(1, [(n * 3 + u8::try_from(days_ago % 7).unwrap_or(0)) % 10; 10]);
    let flow = Flow::Expense { category: Some(category) };
    Record { payee: "Corner shop".into(), ..Record::plain(id, day, amount, account, flow) }
}

fn domain(bench: &mut Criterion) {
    let book = year();
    let format = NumberFormat::of("en-IN");
    bench.bench_function("dashboard of a 13 month window", |b| b.iter(|| dashboard(black_box(&book), TODAY)));
    bench.bench_function("window to the wire", |b| b.iter(|| Window::from(black_box(&book))));
    bench.bench_function("read an amount", |b| {
        b.iter(|| Money::parse(black_box("1,00,000+8.50"), Currency::INR, format));
    });
    bench.bench_function("write an amount", |b| {
        b.iter(|| format.money(black_box(Money::new(123_456_789, Currency::INR))));
    });
    bench.bench_function("apply a record", |b| {
        let account = *book.accounts.keys().next().expect("an account");
        b.iter_batched(
            || book.clone(),
            |mut book| book.apply(&Command::SaveRecord(record(account, 3, 9))),
            criterion::BatchSize::LargeInput,
        );
    });
}

criterion_group!(benches, domain);
criterion_main!(benches);
