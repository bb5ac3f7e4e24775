//! Temporary: what things cost with many records.
use std::time::Instant;
use backend::{Backend, Clock, ClientInfo, bulk, commands, list, payees, sessions, users, window};
use ledger::filter::{CategoryChoice, Filter};
use ledger::id::RecordId;
use ledger::person::SignUpForm;
use ledger::records::{Flow, Kind, Record};
use ledger::{Command, Money};

#[tokio::main]
async fn main() {
    let n: u32 = std::env::args().nth(1).unwrap().parse().unwrap();
    let years: u32 = std::env::args().nth(2).unwrap().parse().unwrap();
    let url = std::env::args().nth(3).unwrap();
    let backend = Backend::open(&url, Clock::system()).await.unwrap();
    let form = SignUpForm { name: "A".into(), email: format!("a{n}-{years}-{}@example.org", backend.clock.new_id()), password: "monsoon over Pune".into(), confirm: "monsoon over Pune".into(), terms: "on".into(), country: "IN".into(), currency: "INR".into(), time_zone: "Asia/Kolkata".into(), locale: "en-IN".into(), ..SignUpForm::default() };
    let s = users::sign_up(&backend, form.parse().unwrap(), &ClientInfo::new("127.0.0.1".parse().unwrap(), "x")).await.unwrap();
    let member = sessions::find(&backend, s.session).await.unwrap().unwrap().member;
    let t = Instant::now();
    bulk::fill(&backend, &member, n, years).await.unwrap();
    println!("fill {n} over {years} years: {:?}", t.elapsed());
    let today = member.today(&backend.clock);
    let book = window::for_forms(&backend, &member).await.unwrap();
    macro_rules! time { ($name:expr, $body:expr) => {{ let mut best = Vec::new(); for _ in 0..15 { let t = Instant::now(); $body; best.push(t.elapsed()); } best.sort(); println!("{:<40} median {:>10.2?} max {:>10.2?}", $name, best[7], best[14]); }} }
    time!("window", window::load(&backend, &member, today).await.unwrap());
    let w = window::load(&backend, &member, today).await.unwrap();
    println!("window totals {} bytes {}", ledger::Book::from(w.clone()).totals.iter().count(), serde_json::to_string(&w).unwrap().len());
    let account = *book.accounts.keys().next().unwrap();
    let groceries = book.categories.values().find(|c| c.name == "Groceries").unwrap().id;
    time!("add", {
        let r = Record { id: RecordId(backend.clock.new_id()), day: today, amount: Money::new(12345, book.home), account, flow: Flow::Expense { category: Some(groceries) }, payee: "Swiggy 3".into(), note: "dinner".into(), tags: vec![], revision: 0 };
        commands::run(&backend, &member, Command::SaveRecord(r)).await.unwrap()
    });
    let f = |s: &str| Filter { search: s.into(), ..Filter::default() };
    let filters = vec![
        ("all", Filter::default()),
        ("kind transfer", Filter { kind: Some(Kind::Transfer), ..Filter::default() }),
        ("category", Filter { category: Some(CategoryChoice::Is(groceries)), ..Filter::default() }),
        ("without", Filter { category: Some(CategoryChoice::Without), ..Filter::default() }),
        ("account", Filter { account: Some(account), ..Filter::default() }),
        ("account+category", Filter { account: Some(account), category: Some(CategoryChoice::Is(groceries)), ..Filter::default() }),
        ("tag", Filter { tag: Some("tag 7".into()), ..Filter::default() }),
        ("month", Filter { from: Some(today - chrono::Days::new(30)), to: Some(today), ..Filter::default() }),
        ("search swiggy", f("swiggy")),
        ("search note 123", f("note 123")),
        ("search 12345", f("12345")),
        ("search nothing", f("zzz")),
        ("search swiggy zomato", f("swiggy zomato")),
        ("search swiggy 7", f("swiggy 7")),
        ("search groceries", f("groceries")),
        ("search 450.00", f("450.00")),
        ("search s", f("s")),
    ];
    for (name, filter) in &filters {
        time!(format!("page {name}"), list::page(&backend, &member, filter, None, 50).await.unwrap());
        time!(format!("sums {name}"), list::sums(&backend, &member, filter).await.unwrap());
    }
    time!("payees sw", payees::suggest(&backend, &member, "sw").await.unwrap());
    time!("payees 7", payees::suggest(&backend, &member, "7").await.unwrap());
    time!("suggest sw", list::suggest(&backend, &member, "sw").await.unwrap());
    time!("suggest tag", list::suggest(&backend, &member, "tag").await.unwrap());
}
