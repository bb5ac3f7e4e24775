//! The card of the settings.

use leptos::prelude::*;

use crate::layout::me;
use crate::ui::{ButtonKind, Card, GoButton};

#[component]
pub(crate) fn YourData() -> impl IntoView {
    let is_leaving = me().leaves_on.is_some();
    view! {
        <Card title="Your data">
            <p class="muted">
                "Everything you keep here, as one zip: JSON for programs, CSV sheets for a spreadsheet, a folder for each further book."
            </p>
            <div class="row">
                // A form and not the router: the answer is a file.
                <form method="get" action="/export">
                    <button type="submit" class=ButtonKind::Plain.class()>
                        <span>"Export my data"</span>
                    </button>
                </form>
                {(!is_leaving)
                    .then(|| {
                        view! {
                            <GoButton href="/settings/leave" label="Delete my account" kind=ButtonKind::Quiet icon="trash">
                                "Delete my account"
                            </GoButton>
                        }
                    })}
            </div>
        </Card>
    }
    .into_any()
}
