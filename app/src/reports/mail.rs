//! Whether the report of each month comes by mail.

use leptos::prelude::*;

use super::api::SaveMonthlyMail;
use crate::ui::{ButtonKind, Card, Checkbox, Form, Submit, toasts};

#[component]
pub(super) fn MonthlyMail(wanted: bool) -> impl IntoView {
    let toasts = toasts();
    let on_done = Callback::new(move |wanted: bool| {
        toasts.ok(if wanted { "The next report comes on the first of the month" } else { "No more reports by email" });
    });
    view! {
        <div class="report-mail">
            <Card title="By email">
                <Form action={ServerAction::<SaveMonthlyMail>::new()} label="Monthly report" next="/reports" on_done>
                    <Checkbox
                        label="Email me a monthly report"
                        name="monthly_report"
                        hint="On the first morning of each month, about the month before"
                        checked=wanted
                    />
                    <Submit kind=ButtonKind::Plain>"Save"</Submit>
                </Form>
            </Card>
        </div>
    }
    .into_any()
}
