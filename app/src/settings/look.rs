//! Light or dark.

use leptos::prelude::*;

use crate::layout::{SaveTheme, Theme};
use crate::ui::{ButtonKind, Card, Choice, Form, RadioGroup, Submit, toasts};

#[component]
pub(super) fn Look() -> impl IntoView {
    let look = expect_context::<Theme>();
    let toasts = toasts();
    let options = [("auto", "Auto"), ("light", "Light"), ("dark", "Dark")];
    view! {
        <Card title="Look">
            <Form
                action={ServerAction::<SaveTheme>::new()}
                label="Theme"
                next="/settings?saved=1"
                on_done=Callback::new(move |()| toasts.ok("Theme saved"))
            >
                <RadioGroup
                    label="Theme"
                    name="theme"
                    options=options.map(|(value, label)| Choice::new(value, label)).to_vec()
                    value=look.0
                    on_input=Callback::new(move |chosen: String| look.show(&chosen))
                    hide_label=true
                />
                <Submit kind=ButtonKind::Plain>"Save theme"</Submit>
            </Form>
        </Card>
    }
    .into_any()
}
