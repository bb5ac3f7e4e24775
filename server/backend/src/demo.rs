//! A demonstration: two believable years of a household in Bengaluru, the same ones each time.

mod beyond;
mod days;
mod plans;

use chrono::NaiveDate;
use ledger::accounts::{Account, AccountKind};
use ledger::id::{AccountId, CategoryId, RecordId};
use ledger::person::SignUpForm;
use ledger::records::{Flow, Record};
use ledger::{Book, Command, Currency, Money};

use crate::bulk::{self, millis};
use crate::dice::Dice;
use crate::{Backend, ClientInfo, Error, Member, Policy, Result, commands, sessions, users, window};

/// How to log in as a person that was made up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLogin {
    pub email: String,
    pub password: String,
}

const EMAIL: &str = "demo@expenso.example";
const PASSWORD: &str = "chai and samosas";

/// Makes the demonstration person with their records, bills and budgets up to today; leaves one who is there alone.
pub async fn fill(backend: &Backend) -> Result<DemoLogin> {
    let login = DemoLogin { email: EMAIL.into(), password: PASSWORD.into() };
    let Some(member) = sign_up(backend, &login).await? else { return Ok(login) };
    let home = furnish(backend, &member).await?;
    let mut records = days::until(&home, &mut Dice(2024));
    let mut tx = backend.db.write().await?;
    bulk::insert(&mut tx, member.book(), &mut records).await?;
    tx.commit().await?;
    for command in beyond::commands(&home, &mut Dice(2026)) {
        commands::run(backend, &member, command).await?;
    }
    for command in plans::commands(&home, &mut Dice(2025)) {
        commands::run(backend, &member, command).await?;
    }
    Ok(login)
}

/// The new person; `None` when they are there already.
pub(crate) async fn sign_up(backend: &Backend, login: &DemoLogin) -> Result<Option<Member>> {
    let form = SignUpForm {
        name: "Asha Rao".into(),
        email: login.email.clone(),
        password: login.password.clone(),
        confirm: login.password.clone(),
        terms: "on".into(),
        country: "IN".into(),
        currency: "INR".into(),
        time_zone: "Asia/Kolkata".into(),
        locale: "en-IN".into(),
        ..SignUpForm::default()
    };
    // Everybody knows the password of a demonstration.
    let open = Backend {
        founding: false,
        ..backend.clone().with_policy(Policy { registration_open: true, ..Policy::default() })
    };
    let client = ClientInfo::new(std::net::Ipv4Addr::LOCALHOST.into(), "demonstration");
    let session = match users::sign_up(&open, form.parse()?, &client).await {
        Err(Error::Invalid(errors)) if errors.get("email").is_some() => return Ok(None),
        other => other?,
    };
    let who = sessions::find(backend, session.session).await?.ok_or(Error::NotFound)?;
    let mut tx = backend.db.write().await?;
    tx.query("update users set confirmed_at = $1 where id = $2")
        .bind(backend.clock.now())
        .bind(who.member.user().0)
        .execute()
        .await?;
    tx.commit().await?;
    sessions::log_out(backend, &who).await?;
    Ok(Some(who.member))
}

/// The household's accounts and categories, and its today.
struct Home {
    book: Book,
    today: NaiveDate,
    bank: AccountId,
    cash: AccountId,
    wallet: AccountId,
    card: AccountId,
    dollars: AccountId,
}

async fn furnish(backend: &Backend, member: &Member) -> Result<Home> {
    let today = member.today(&backend.clock);
    let book = window::for_forms(backend, member).await?;
    let mut dice = Dice(7);
    let known = |kind| book.accounts.values().find(|account| account.kind == kind).map(|account| account.id);
    let mut new = || AccountId::new_v7(millis(today), dice.seed());
    let (wallet, card, dollars) = (new(), new(), new());
    let (Some(bank), Some(cash)) = (known(AccountKind::Bank), known(AccountKind::Cash)) else {
        return Err(Error::internal("a new book has no accounts"));
    };
    let accounts = [
        (bank, "HDFC Bank", AccountKind::Bank, Money::new(14_836_000, book.home)),
        (cash, "Cash", AccountKind::Cash, Money::new(250_000, book.home)),
        (wallet, "Paytm wallet", AccountKind::Wallet, Money::new(700_000, book.home)),
        (card, "ICICI credit card", AccountKind::Card, Money::new(-842_000, book.home)),
        (dollars, "Wise dollars", AccountKind::Bank, Money::new(64_000, Currency::USD)),
    ];
    for (position, (id, name, kind, opening)) in (1..).zip(accounts) {
        let revision = book.accounts.get(&id).map_or(0, |account| account.revision);
        let account = Account { id, name: name.into(), kind, opening, position, archived: false, revision };
        commands::run(backend, member, Command::SaveAccount(account)).await?;
    }
    let book = window::for_forms(backend, member).await?;
    Ok(Home { book, today, bank, cash, wallet, card, dollars })
}

impl Home {
    fn category(&self, name: &str) -> Option<CategoryId> {
        self.book.categories.values().find(|category| category.name == name).map(|category| category.id)
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.book.home)
    }

    /// An expense in minor units.
    fn spent(
        &self,
        dice: &mut Dice,
        day: NaiveDate,
        category: &str,
        payee: &str,
        minor: i64,
        from: AccountId,
    ) -> Record {
        let flow = Flow::Expense { category: self.category(category) };
        self.record(dice, day, flow, payee, minor, from)
    }

    fn record(
        &self,
        dice: &mut Dice,
        day: NaiveDate,
        flow: Flow,
        payee: &str,
        minor: i64,
        account: AccountId,
    ) -> Record {
        let id = RecordId::new_v7(millis(day) + dice.below(80_000_000), dice.seed());
        Record { payee: payee.into(), ..Record::plain(id, day, self.money(minor), account, flow) }
    }
}
