//! The account form, on a page of its own.

use leptos::either::EitherOf3;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use ledger::accounts::{Account, AccountForm, AccountKind};
use ledger::id::AccountId;
use ledger::{Book, Command, Currency, NumberFormat};

use super::api::SaveAccount;
use crate::book::{BookState, Save, WithBook};
use crate::layout::{NotFoundPage, me};
use crate::region;
use crate::ui::form::id_of_new;
use crate::ui::{Card, Choice, Field, Form, Hidden, Leave, MoneyField, PageHead, RadioGroup, SelectField, SubmitRow};

/// `/accounts/new` and `/accounts/:id/edit`.
#[component]
pub fn AccountPage() -> impl IntoView {
    let edited = use_params_map().with_untracked(|params| params.get("id"));
    // Made once, by the server: the page that is hydrated must hold the same id.
    let id = id_of_new("save_account");
    view! {
        <WithBook children={move |book: Signal<Book>| {
            let Some(edited) = &edited else {
                let start = AccountForm { id: id.clone(), kind: AccountKind::Bank.word().to_owned(), ..AccountForm::default() };
                return EitherOf3::A(view! {
                    <PageHead title="Add account" lead="A place where money is: a wallet, a bank account, a card."/>
                    <AccountFormView book start/>
                });
            };
            let known = |id: AccountId| book.with_untracked(|book| book.accounts.get(&id).cloned());
            match edited.parse().ok().and_then(known) {
                Some(account) => EitherOf3::B(view! {
                    <PageHead title="Edit account"/>
                    <AccountFormView book start=form_of(&account, me().format())/>
                }),
                None => EitherOf3::C(view! { <NotFoundPage/> }),
            }
        }}/>
    }
    .into_any()
}

/// The form that shows an account.
pub(super) fn form_of(account: &Account, format: NumberFormat) -> AccountForm {
    AccountForm {
        id: account.id.to_string(),
        revision: account.revision.to_string(),
        name: account.name.clone(),
        kind: account.kind.word().to_owned(),
        currency: account.currency().code().to_owned(),
        opening: format.plain(account.opening),
    }
}

#[component]
pub(super) fn AccountFormView(book: Signal<Book>, start: AccountForm) -> impl IntoView {
    let (state, format) = (BookState::here(), me().format());
    let id = start.id.parse().unwrap_or(AccountId::NIL);
    let (home, known) = book.with_untracked(|book| (book.home, book.accounts.get(&id).map(Account::currency)));
    let is_new = start.name.is_empty();
    let currency = RwSignal::new(known.unwrap_or(home).code().to_owned());
    let sign = move || currency.with(|code| code.parse::<Currency>().unwrap_or(home)).symbol();
    let check = Callback::new(move |call: SaveAccount| {
        book.with_untracked(|book| match call.form.parse(id, format, book) {
            Ok(account) => match book.clone().apply(&Command::SaveAccount(account)) {
                Err(ledger::Refused::Invalid(errors)) => errors,
                _ => ledger::FieldErrors::default(),
            },
            Err(errors) => errors,
        })
    });
    let leave = use_context::<Leave>();
    let take = Callback::new(move |call: SaveAccount| {
        let Ok(account) = book.with_untracked(|book| call.form.parse(id, format, book)) else { return };
        let save = Save {
            name: account.name.clone(),
            command: Command::SaveAccount(account),
            done: if is_new { "Account added" } else { "Account saved" },
            list: "/accounts",
            form: if is_new { "/accounts/new".to_owned() } else { format!("/accounts/{id}/edit") },
        };
        state.save(call, save, leave);
    });
    let kinds = AccountKind::ALL.map(|kind| Choice::new(kind.word(), kind.label())).to_vec();
    view! {
        <div class="form-card">
            <Card>
                <Form action={ServerAction::<SaveAccount>::new()} label="Account" check take>
                    <Hidden name="id" value=start.id/>
                    <Hidden name="revision" value=start.revision/>
                    <Field label="Name" name="name" value=start.name maxlength=80 autofocus=true/>
                    <RadioGroup label="Kind" name="kind" options=kinds value=start.kind/>
                    {known.is_none().then(|| view! {
                        <SelectField
                            label="Currency"
                            name="currency"
                            options=region::currencies()
                            value=currency
                            on_input=Callback::new(move |chosen| currency.set(chosen))
                            hint="It stays with the account"
                        />
                    })}
                    <MoneyField
                        label="Opening balance"
                        name="opening"
                        currency=Signal::derive(sign)
                        value=start.opening
                        hint="What was in it before your first record here. Put a minus before a debt."
                    />
                    <SubmitRow back="/accounts"/>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}
