//! What to do first, for a book that was just begun.

use leptos::prelude::*;

use ledger::Book;

use crate::layout::{leave_to, me};
use crate::roles::may_call;
use crate::samples::{BeginSamples, SkipFirstSteps};
use crate::ui::form::endpoint;
use crate::ui::{ButtonKind, Card, Icon, PostButton};

/// Path, words, why, and icon.
const STEPS: [(&str, &str, &str, &str); 3] = [
    (
        "/accounts",
        "Say what you have",
        "Name your accounts and enter what is in them today: balances are right from then on.",
        "wallet",
    ),
    ("/budgets/new", "Set a monthly limit", "Expenso then tells you each day what is left.", "target"),
    (
        "/records/new",
        "Write down one expense",
        "The coffee of this morning will do. It takes a few seconds.",
        "receipt",
    ),
];

/// The revision of what sign-up made.
const STARTER: i64 = 1;

/// With so many records a book is begun, whatever was left out.
const BEGUN: usize = 10;

/// For those who may take them; stands until all is done, or the person skips it. The figures below stand from the first day.
#[component]
pub(super) fn FirstSteps(book: Signal<Book>) -> impl IntoView {
    let skipped = RwSignal::new(me().first_steps_skipped || !may_call(endpoint::<BeginSamples>()));
    let is_empty =
        Memo::new(move |_| book.with(|book| [book.bills.len(), book.budgets.len(), book.records.len()] == [0; 3]));
    let done = move |path: &str| {
        book.with(|book| match path {
            "/accounts" => book.accounts.values().any(|account| account.revision > STARTER),
            "/budgets/new" => !book.budgets.is_empty(),
            _ => !book.records.is_empty(),
        })
    };
    let is_begun = move || book.with(|book| book.records.len() >= BEGUN) || STEPS.iter().all(|(path, ..)| done(path));
    let is_shown = Memo::new(move |_| !skipped.get() && !is_begun());
    // Everything on every page changes with it, so it is loaded anew.
    let on_begun = Callback::new(|()| leave_to("/dashboard"));
    let on_skipped = Callback::new(move |()| skipped.set(true));
    view! {
        <Show when=move || is_shown.get()>
            <Card title="Three steps to begin with">
                <ol class="first-steps">
                    {STEPS
                        .map(|(path, words, why, icon)| {
                            view! {
                                <li class="first-step" data-done=move || done(path).then_some("true")>
                                    {move || view! { <Icon name=if done(path) { "circle-check" } else { icon }/> }}
                                    <span>
                                        <a class="reach" href=path>{words}</a>
                                        {move || done(path).then(|| view! { <span class="visually-hidden">" (done)"</span> })}
                                        <span class="muted small">{why}</span>
                                    </span>
                                </li>
                            }
                        })
                        .into_iter()
                        .collect_view()}
                </ol>
                <div class="row first-steps-ways">
                    <Show when=move || is_empty.get()>
                        <PostButton
                            action={ServerAction::<BeginSamples>::new()}
                            label="Try with sample data"
                            icon="sparkles"
                            on_done=on_begun
                        >
                            "Try with sample data"
                        </PostButton>
                    </Show>
                    <PostButton
                        action={ServerAction::<SkipFirstSteps>::new()}
                        label="Skip the first steps"
                        kind=ButtonKind::Quiet
                        on_done=on_skipped
                    >
                        "Skip"
                    </PostButton>
                </div>
            </Card>
        </Show>
    }
    .into_any()
}
