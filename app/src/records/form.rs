//! The record form, in a dialog or on a page of its own.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Deserialize, Serialize};

use ledger::accounts::Account;
use ledger::book::TOO_MUCH_REFUNDED;
use ledger::categories::Category;
use ledger::list::Ties;
use ledger::record_form::RecordForm;
use ledger::records::{Kind, Record};
use ledger::{Book, Currency, FieldErrors, Money};

use super::api::{SaveRecord, find_record, find_ties};
use super::choices;
use super::editor::{blank, copied};
use super::exchange::{Chosen, Exchange};
use super::payee::{Fills, PayeeField};
use super::refund::refunded;
use super::save::{Saver, Typed};
use super::split::SplitFields;
use super::sum::SumOf;
use super::ties::TiesNote;
use super::url::LIST;
use crate::book::WithBook;
use crate::layout::{go, local_path_or, me};
use crate::ui::{
    Choice, Field, Form, Hidden, Load, MoneyField, MoneySize, PageHead, RadioGroup, SelectField, Submit, SubmitRow,
    TextArea, browser, query_here,
};

/// The form itself.
#[component]
pub fn RecordFormView(
    book: Signal<Book>,
    /// What it shows at first.
    start: RecordForm,
    /// The record that it changes; `None` for a new one.
    known: Option<Record>,
    /// Of the form, where another one may stand on the page.
    #[prop(default = "save_record")]
    id: &'static str,
    /// What the record is tied to, where that was asked for already.
    ties: Option<Ties>,
    /// Whether what it shows at first was typed before and never sent.
    #[prop(optional)]
    typed: bool,
    /// Where a post without JavaScript goes on.
    #[prop(default = LIST.to_owned())]
    next: String,
    /// Where "Cancel" leads, on a page of its own.
    #[prop(default = None)]
    back: Option<String>,
    /// Called as soon as what was typed is on its way.
    on_saved: Callback<()>,
) -> impl IntoView {
    let (format, saver) = (me().format(), Saver::here());
    let kind = RwSignal::new(start.kind.clone());
    let category = RwSignal::new(start.category.clone());
    let account = RwSignal::new(start.account.clone());
    let to_account = RwSignal::new(start.to_account.clone());
    // Offered even though they are archived: to edit a record is not to move it.
    let kept = RwSignal::new(vec![start.category.clone(), start.account.clone(), start.to_account.clone()]);
    let (amount, date) = (RwSignal::new(start.amount.clone()), RwSignal::new(start.date.clone()));
    let chosen = Chosen { book, kind, account, to_account };
    let (is_refund, parts) = (!start.refund_of.is_empty(), start.parts.clone());
    let tied_to = [&start.refund_of, &start.id].into_iter().find(|id| !id.is_empty()).cloned().unwrap_or_default();
    let is_new = start.revision.is_empty() || start.revision == "0";
    // A new refund begins with all that is left, and is shown before the server has its say.
    let most = (is_refund && is_new).then(|| start.amount.clone());
    let check = Callback::new(move |call: SaveRecord| {
        let record = match book.with_untracked(|book| call.form.parse(book, format)) {
            Ok(record) => record,
            Err(errors) => return errors,
        };
        let most = most.as_ref().and_then(|most| Money::parse_positive(most, record.amount.currency, format).ok());
        match most {
            Some(most) if record.amount.minor > most.minor => FieldErrors::one("amount", TOO_MUCH_REFUNDED),
            _ => FieldErrors::default(),
        }
    });
    let left = Callback::new({
        let known = known.clone();
        move |call: SaveRecord| saver.left(Typed { form: call.form, known: known.clone() })
    });
    let take = Callback::new(move |call: SaveRecord| {
        browser::ignore_second_click();
        saver.save(Typed { form: call.form, known: known.clone() });
        on_saved.run(());
    });
    let fills = Fills::new(kind, category, account, kept, is_new);
    view! {
        <Form action={ServerAction::<SaveRecord>::new()} label="Record" id next check take left typed>
            <Hidden name="id" value=start.id.clone() />
            <Hidden name="revision" value=start.revision.clone() />
            <Hidden name="refund_of" value=start.refund_of.clone() />
            <Show when=move || is_refund || !is_new>
                <TiesNote id=tied_to.clone() is_refund known=ties.clone() />
            </Show>
            <div class="record-form">
                {if is_refund {
                    view! { <Hidden name="kind" value="expense" /> }.into_any()
                } else {
                    view! {
                        <RadioGroup
                            label="Kind"
                            name="kind"
                            options=Kind::ALL.map(|kind| Choice::new(kind.word(), kind.label())).to_vec()
                            value=kind
                            on_input=Callback::new(move |chosen| kind.set(chosen))
                            hide_label=true
                        />
                    }
                    .into_any()
                }}
                <MoneyField
                    label="Amount"
                    name="amount"
                    currency=Signal::derive(move || Currency::symbol(chosen.currency()))
                    size=MoneySize::Large
                    value=start.amount.clone()
                    on_input=Callback::new(move |typed| amount.set(typed))
                />
                <SumOf amount chosen />
                <div class="record-category">
                    <CategorySelect book kind value=category kept />
                </div>
                <AccountSelect book label="Account" name="account" value=account kept />
                <div class="record-to">
                    <AccountSelect book label="To account" name="to_account" value=to_account kept optional=true />
                </div>
                <Exchange chosen start=start.clone() date amount />
                <div class="record-split">
                    <SplitFields chosen amount parts kept />
                </div>
                <Field
                    label="Date"
                    name="date"
                    kind="date"
                    value=start.date.clone()
                    on_input=Callback::new(move |day| date.set(day))
                />
                <PayeeField value=start.payee.clone() fills />
                <TextArea label="Note" name="note" rows=2 value=start.note.clone() />
                <Field label="Tags" name="tags" hint="Separated by commas" value=start.tags.clone() />
            </div>
            {match back {
                Some(back) => view! { <SubmitRow back /> }.into_any(),
                None => view! { <Submit icon="check">"Save"</Submit> }.into_any(),
            }}
        </Form>
    }
    .into_any()
}

/// The categories of the chosen kind; both kinds until the page is interactive, as the choice could change.
#[component]
fn CategorySelect(
    book: Signal<Book>,
    kind: RwSignal<String>,
    value: RwSignal<String>,
    kept: RwSignal<Vec<String>>,
) -> impl IntoView {
    let interactive = RwSignal::new(false);
    let options = Signal::derive(move || {
        let chosen: Option<Kind> = interactive.get().then(|| kind.get().parse().ok()).flatten();
        let mut options = vec![Choice::new("", "No category")];
        for kind in [Kind::Expense, Kind::Income].into_iter().filter(|kind| chosen.is_none_or(|chosen| chosen == *kind))
        {
            let is_kept = |category: &Category| kept.with(|kept| kept.contains(&category.id.to_string()));
            options.extend(book.with(|book| choices::categories(book, kind, is_kept)));
        }
        options
    });
    let select = view! {
        <SelectField
            label="Category"
            name="category"
            options
            value
            on_input=Callback::new(move |chosen| value.set(chosen))
        />
    };
    // After the effects of the fields themselves, which tell what was chosen before the page came alive.
    Effect::new(move |_| interactive.set(true));
    select.into_any()
}

#[component]
fn AccountSelect(
    book: Signal<Book>,
    label: &'static str,
    name: &'static str,
    value: RwSignal<String>,
    kept: RwSignal<Vec<String>>,
    /// Whether nothing may be chosen.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let options = Signal::derive(move || {
        let none = optional.then(|| Choice::new("", "Choose an account"));
        let is_kept = |account: &Account| kept.with(|kept| kept.contains(&account.id.to_string()));
        none.into_iter().chain(book.with(|book| choices::accounts(book, is_kept))).collect::<Vec<_>>()
    });
    view! { <SelectField label name options value on_input=Callback::new(move |chosen| value.set(chosen)) /> }
        .into_any()
}

/// `/records/new`, also with `?copy=ID` of a record that is alike, or `?refund=ID` of an expense that money came back of.
#[component]
pub fn RecordNewPage() -> impl IntoView {
    let next = list_before();
    let asked = |name: &str| query_here().with_untracked(|query| query.get(name)).unwrap_or_default();
    let (copy, refund) = (asked("copy"), asked("refund"));
    let title = if refund.is_empty() { "Add record" } else { "Add refund" };
    let source = Resource::new(
        move || (copy.clone(), refund.clone()),
        |(copy, refund)| async move {
            Ok(match (copy.as_str(), refund.as_str()) {
                ("", "") => Source::Blank,
                (_, "") => Source::Like(find_record(copy).await?),
                _ => Source::Expense(find_ties(refund).await?),
            })
        },
    );
    // Made once, by the server: the page that is hydrated must hold the same id.
    let id = SharedValue::new(|| uuid::Uuid::now_v7().to_string()).into_inner();
    view! {
        <PageHead title />
        <Load from=source children={move |source: Source| {
            let (id, next) = (id.clone(), next.clone());
            view! {
                <WithBook children={move |book: Signal<Book>| {
                    let me = me();
                    let (start, ties) = match &source {
                        Source::Like(record) => (copied(record, me.today, me.format()), None),
                        Source::Expense(ties) => (refunded(ties, me.today, me.format()), Some(ties.clone())),
                        Source::Blank => (blank(&book.get_untracked(), me.today), None),
                    };
                    let start = RecordForm { id: id.clone(), ..start };
                    view! { <FormPage book start known=None ties next=next.clone() /> }
                }} />
            }
        }} />
    }
    .into_any()
}

/// `/records/:id/edit`.
#[component]
pub fn RecordEditPage() -> impl IntoView {
    let (params, next) = (use_params_map(), list_before());
    let record = Resource::new(
        move || params.read().get("id").unwrap_or_default(),
        |id| async move {
            let record = find_record(id).await?;
            let expense = record.flow.refund_of().unwrap_or(record.id);
            let ties = find_ties(expense.to_string()).await.unwrap_or_default();
            Ok((record, ties))
        },
    );
    view! {
        <PageHead title="Edit record" />
        <Load from=record children={move |(record, ties): (Record, Ties)| {
            let next = next.clone();
            view! {
                <WithBook children={move |book: Signal<Book>| {
                    let start = RecordForm::of(&record, me().format());
                    view! { <FormPage book start known=Some(record.clone()) ties=Some(ties.clone()) next=next.clone() /> }
                }} />
            }
        }} />
    }
    .into_any()
}

/// What a new record starts from.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Source {
    Blank,
    Like(Record),
    Expense(Ties),
}

/// The list that the form was opened from, as the URL names it.
fn list_before() -> String {
    let next = query_here().with_untracked(|query| query.get("next")).unwrap_or_default();
    local_path_or(&next, LIST).to_owned()
}

/// The form on a page of its own, which leads back to the list.
#[component]
fn FormPage(
    book: Signal<Book>,
    start: RecordForm,
    known: Option<Record>,
    ties: Option<Ties>,
    next: String,
) -> impl IntoView {
    let (list, back) = (next.clone(), Some(next.clone()));
    view! { <RecordFormView book start known ties next back on_saved=Callback::new(move |()| go(&list)) /> }.into_any()
}
