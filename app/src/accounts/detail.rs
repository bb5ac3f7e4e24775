//! `/accounts/:id`: what one account held over the last twelve months, and its newest records.

use leptos::either::Either;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::accounts::Account;
use ledger::filter::Filter;
use ledger::id::AccountId;
use ledger::list::RecordPage;
use ledger::{Book, Command, Money, NumberFormat};

use super::api::ArchiveAccount;
use super::newest::NewestOfAccount;
use crate::book::{ArchiveButton, BookState, WithBook};
use crate::error::AppError;
use crate::layout::{NotFoundPage, me, today};
use crate::records::list_records;
use crate::ui::{
    ButtonKind, Card, Chart, ChartData, ChartKind, ChartLabel, ChartValue, Figure, FigureSize, GoButton, Load,
    PageHead, Series, SeriesTone,
};

#[component]
pub fn AccountDetailPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<AccountId>().ok()));
    // Made here and not below: what lies inside something that is waited for is made more than once on the server.
    let newest = newest_of(id.into());
    view! {
        <WithBook children={move |book: Signal<Book>| {
            let account = Memo::new(move |_| book.with(|book| book.accounts.get(&id.get()?).cloned()));
            let is_known = Memo::new(move |_| account.with(Option::is_some));
            move || if is_known.get() {
                Either::Left(view! { <Detail book account newest/> })
            } else {
                Either::Right(view! { <NotFoundPage/> })
            }
        }}/>
    }
    .into_any()
}

type Newest = Resource<Result<RecordPage, AppError>>;

fn newest_of(id: Signal<Option<AccountId>>) -> Newest {
    let touched = BookState::here().touched();
    Resource::new(
        move || (id.get(), touched.with(|touched| touched.answers)),
        |(id, _)| async move {
            match id {
                Some(account) => list_records(Filter { account: Some(account), ..Filter::default() }, None).await,
                None => Err(AppError::NotFound),
            }
        },
    )
}

/// The same beside the list of accounts.
#[component]
pub(super) fn AccountDetails(book: Signal<Book>, id: AccountId) -> impl IntoView {
    let newest = newest_of(Signal::stored(Some(id)));
    let account = Memo::new(move |_| book.with(|book| book.accounts.get(&id).cloned()));
    view! {
        <p class="muted">{move || account.with(|account| account.as_ref().map(lead_of))}</p>
        <Body book account newest/>
    }
    .into_any()
}

#[component]
fn Detail(book: Signal<Book>, account: Memo<Option<Account>>, newest: Newest) -> impl IntoView {
    let head = move || {
        account.get().map(|account| {
            view! {
                <PageHead title=account.name.clone() lead=Signal::stored(lead_of(&account))>
                    <GoButton
                        href=format!("/accounts/{}/edit", account.id)
                        label="Edit"
                        kind=ButtonKind::Quiet
                        icon="pencil"
                    />
                    <ArchiveButton
                        action={ServerAction::<ArchiveAccount>::new()}
                        id=account.id
                        archived=account.archived
                        command=|id, archived| Command::ArchiveAccount { id, archived }
                        name=account.name
                    />
                </PageHead>
            }
        })
    };
    view! {
        {head}
        <Body book account newest/>
    }
    .into_any()
}

#[component]
fn Body(book: Signal<Book>, account: Memo<Option<Account>>, newest: Newest) -> impl IntoView {
    let behind =
        move || account.with(|account| Filter { account: account.as_ref().map(|one| one.id), ..Filter::default() });
    view! {
        <div class="accounts">
            <Balance book account/>
            <Card title="Newest records">
                <Load from=newest children={move |page: RecordPage| view! { <NewestOfAccount book account page/> }}/>
                <p class="card-more"><a class="reach" href=move || behind().url()>"All records of this account"</a></p>
            </Card>
        </div>
    }
    .into_any()
}

fn lead_of(account: &Account) -> String {
    let kind = account.kind.label();
    if account.archived { format!("{kind}, archived: it is not offered for new records.") } else { kind.to_owned() }
}

#[component]
fn Balance(book: Signal<Book>, account: Memo<Option<Account>>) -> impl IntoView {
    let (format, today) = (me().format(), today());
    let of = move |read: &dyn Fn(&Book, &Account) -> Money| {
        account.with(|account| account.as_ref().map(|account| book.with(|book| read(book, account))))
    };
    let balance = Memo::new(move |_| of(&|book, account| book.balance(account)));
    let to_come = Memo::new(move |_| of(&|book, account| book.to_come(account, today.get())));
    let note = move || match (balance.get(), to_come.get()) {
        (Some(balance), Some(to_come)) if to_come.minor != 0 => {
            let now = Money::new(balance.minor.saturating_sub(to_come.minor), balance.currency);
            format!("{} today, and {} is noted for days to come", format.money(now), format.money(to_come))
        }
        _ => "The opening balance and all records".to_owned(),
    };
    let data = move || {
        let account = account.get()?;
        Some(book.with(|book| data_of(book, &account, today.get(), format)))
    };
    let empty = || ChartData {
        kind: ChartKind::Bars,
        heading: "End of".to_owned(),
        labels: Vec::new(),
        series: Vec::new(),
        line: None,
        format: NumberFormat::of("en"),
    };
    view! {
        <Figure
            label="Balance"
            testid="figure-account-balance"
            text=Signal::derive(move || balance.get().map(|money| format.money(money)).unwrap_or_default())
            minor=Signal::derive(move || balance.get().map_or(0, |money| money.minor))
            note=Signal::derive(note)
            size=FigureSize::Hero
        />
        <Card title="Balance over twelve months">
            <Chart
                id="chart-balance"
                table_id="table-balance"
                label="Balance at the end of each month"
                data=Signal::derive(move || data().unwrap_or_else(empty))
            />
        </Card>
    }
    .into_any()
}

fn data_of(book: &Book, account: &Account, today: chrono::NaiveDate, format: NumberFormat) -> ChartData {
    let held = book.held_over_time(account, today);
    let labels = held.iter().map(|held| ChartLabel {
        text: if held.day == today { "Today".to_owned() } else { held.day.format("%-d %B %Y").to_string() },
        short: held.day.format("%b").to_string(),
        colour: None,
    });
    let values = held.iter().map(|held| ChartValue {
        money: Money::new(held.minor, account.currency()),
        href: Filter { account: Some(account.id), to: Some(held.day), ..Filter::default() }.url(),
    });
    ChartData {
        kind: ChartKind::Bars,
        heading: "End of".to_owned(),
        labels: labels.collect(),
        series: vec![Series { name: "Balance".to_owned(), tone: SeriesTone::Spending, values: values.collect() }],
        line: None,
        format,
    }
}
