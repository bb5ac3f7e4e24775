//! Whether alerts come by mail.

use leptos::prelude::*;

use super::api::SaveAlerts;
use crate::layout::{leave_to, me};
use crate::ui::{ButtonKind, Card, Checkbox, Form, Submit};

#[component]
pub(super) fn Alerts() -> impl IntoView {
    let on_done = Callback::new(|()| leave_to("/settings?saved=1"));
    view! {
        <Card title="Alerts">
            <Form action={ServerAction::<SaveAlerts>::new()} label="Alerts" on_done>
                <Checkbox
                    label="Email me when a budget is exceeded"
                    name="by_mail"
                    checked=me().alerts_by_mail
                    hint="They are shown in Expenso either way"
                />
                <Submit kind=ButtonKind::Plain>"Save alerts"</Submit>
            </Form>
        </Card>
    }
    .into_any()
}
