//! Light or dark, and how much everything stands out.

use leptos::prelude::*;

use crate::layout::{SaveTheme, Theme};
use crate::ui::{ButtonKind, Card, Checkbox, Choice, Form, RadioGroup, Submit, toasts};

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
                    value=look.theme
                    on_input=Callback::new(move |chosen: String| look.show(&chosen))
                    hide_label=true
                />
                <Checkbox
                    label="More contrast"
                    name="contrast"
                    checked=look.more_contrast.get_untracked()
                    on_input=Callback::new(move |more| look.show_contrast(more))
                    hint="Stronger colours and lines. Otherwise your device decides."
                />
                <Submit kind=ButtonKind::Plain>"Save theme"</Submit>
            </Form>
        </Card>
    }
    .into_any()
}
